"""Conditional permutations of all units at once, from draws that all units share."""

from __future__ import annotations

import numpy as np

from bolang.measures._arrays import BoolArray, FloatArray, IntArray
from bolang.measures.spatial_weights import SpatialWeights

BLOCK = 4_000_000
"""Cells of a block of drawn lags; bounds the memory (32 MB)."""
TIE = 1e-12
"""Relative difference below which a draw counts as equal to the observed value."""


def conditional_tail_counts(
    z: FloatArray, lag: FloatArray, weights: SpatialWeights, permutations: int, seed: int
) -> FloatArray:
    """Count the draws whose local statistic is at least the observed one.

    For each permutation a few distinct units are drawn in random order. Unit i takes the first ones, as many as it
    has neighbours; if it was drawn itself, the next one stands in. What i receives is then a random sample without
    replacement of all others. Where the weights of a row are equal, units with equally many neighbours share one
    sorted reference distribution; otherwise their draws are one matrix product.

    Parameters
    ----------
    z, lag : ndarray, shape (n, v)
        Deviations from the mean and their observed spatial lags.
    weights : SpatialWeights
        Weights of the n units, every one with a neighbour.
    permutations, seed : int
        Number and seed of the draws.

    Returns
    -------
    ndarray, shape (n, v)
        Number of draws with ``z_i lag >= z_i lag_observed``.
    """
    cardinality = weights.cardinality
    first = weights.matrix.data[weights.matrix.indptr[:-1]]
    equal = bool((weights.matrix.data == np.repeat(first, cardinality)).all())
    drawn = distinct_draws(len(z), int(cardinality.max()) + 1, permutations, seed)
    counts = np.zeros(z.shape)
    for neighbours in np.unique(cardinality):
        units = np.flatnonzero(cardinality == neighbours)
        for column in range(z.shape[1]):
            values, observed = z[:, column], lag[units, column]
            if equal:
                found = _shared_counts(values, observed / first[units], units, drawn[:, : neighbours + 1])
            else:
                found = _separate_counts(values, observed, units, drawn[:, : neighbours + 1], weights)
            counts[units, column] = np.where(values[units] == 0.0, permutations, found)
    return counts


def distinct_draws(size: int, count: int, permutations: int, seed: int) -> IntArray:
    """Draw `count` distinct units in random order, for every permutation.

    Returns
    -------
    ndarray of int, shape (permutations, count)
    """
    rng = np.random.default_rng(seed)
    if count * count > size:
        return np.argsort(rng.random((permutations, size)), axis=1)[:, :count].astype(np.int64)
    drawn = rng.integers(size, size=(permutations, count))
    repeated = np.arange(permutations)
    while repeated.size:
        ordered = np.sort(drawn[repeated], axis=1)
        repeated = repeated[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        drawn[repeated] = rng.integers(size, size=(repeated.size, count))
    return drawn


def _shared_counts(z: FloatArray, observed: FloatArray, units: IntArray, drawn: IntArray) -> FloatArray:
    """Count by rank in the shared distribution of sums, then mend the few draws that hold the unit itself."""
    sums = z[drawn[:, :-1]].sum(axis=1)
    ordered = np.sort(sums)
    margin = TIE * np.abs(observed)
    at_least = len(sums) - np.searchsorted(ordered, observed - margin, side="left")
    at_most = np.searchsorted(ordered, observed + margin, side="right")
    counts = np.where(z[units] < 0.0, at_most, at_least).astype(np.float64)
    permutation, _, unit = _own_draws(len(z), units, drawn)
    before = sums[permutation]
    after = before - z[units[unit]] + z[drawn[permutation, -1]]
    falling, bar = z[units[unit]] < 0.0, observed[unit]
    mended = _reached(after, bar, falling).astype(np.float64) - _reached(before, bar, falling)
    return counts + np.bincount(unit, mended, len(units))


def _separate_counts(
    z: FloatArray, observed: FloatArray, units: IntArray, drawn: IntArray, weights: SpatialWeights
) -> FloatArray:
    """Form every unit's draws with its own weights."""
    counts = np.zeros(len(units))
    step = max(1, BLOCK // len(drawn))
    others = z[drawn[:, :-1]]
    for start in range(0, len(units), step):
        block = units[start : start + step]
        weight = weights.matrix.data[weights.matrix.indptr[block][:, None] + np.arange(drawn.shape[1] - 1)]
        lags = others @ weight.T
        permutation, position, unit = _own_draws(len(z), block, drawn)
        lags[permutation, unit] += weight[unit, position] * (z[drawn[permutation, -1]] - z[block[unit]])
        reached = _reached(lags, observed[start : start + step], z[block] < 0.0)
        counts[start : start + step] = reached.sum(axis=0)
    return counts


def _own_draws(size: int, units: IntArray, drawn: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Permutation, position and unit (as a position in `units`) of every draw of a unit for itself."""
    place = np.full(size, -1)
    place[units] = np.arange(len(units))
    own = place[drawn[:, :-1]]
    permutation, position = np.nonzero(own >= 0)
    return permutation, position, own[permutation, position]


def _reached(drawn: FloatArray, observed: FloatArray, falling: BoolArray) -> BoolArray:
    margin = TIE * np.abs(observed)
    return np.where(falling, drawn <= observed + margin, drawn >= observed - margin)
