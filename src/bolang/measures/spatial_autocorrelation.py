"""Moran's I and local Moran: whether, and where, similar places lie together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation import doors
from bolang.foundation.errors import BadInputError
from bolang.foundation.names import Names
from bolang.foundation.text import Text, tr
from bolang.measures._arrays import BoolArray, FloatArray, IntArray, as_numbers, two_sided_p, unknown_choice
from bolang.measures.conditional_permutation import TIE, conditional_tail_counts
from bolang.measures.spatial_weights import SpatialWeights

QUADRANTS = ("not_significant", "high_high", "low_high", "low_low", "high_low")
"""Clusters by code: the unit first, then its neighbours; `QUADRANT_NAMES` has their names."""
QUADRANT_NAMES: Mapping[str, Text] = Names("bolang.measures", "quadrants")

Assumption = Literal["normality", "randomization"]


@dataclass(frozen=True, slots=True)
class Moran:
    """Global Moran's I of one or several variables, shape (v,) each.

    Attributes
    ----------
    statistic, expected : ndarray
        I and its expectation ``-1/(n-1)``.
    variance_normality, variance_randomization : ndarray
        Variance if the values are normal draws, and over all permutations of the values.
    p_permutation : ndarray
        One-sided pseudo p-value in the direction of the deviation; NaN without permutations.
    units : ndarray of int
        Number of units that took part.
    """

    statistic: FloatArray
    expected: FloatArray
    variance_normality: FloatArray
    variance_randomization: FloatArray
    p_permutation: FloatArray
    units: IntArray

    def z(self, assumption: Assumption = "randomization") -> FloatArray:
        """Return the standardised statistic."""
        if assumption not in ("normality", "randomization"):
            raise unknown_choice("assumption", assumption, ("normality", "randomization"))
        variance = self.variance_normality if assumption == "normality" else self.variance_randomization
        return np.asarray((self.statistic - self.expected) / np.sqrt(variance))

    def p(self, assumption: Assumption = "randomization") -> FloatArray:
        """Return the two-sided analytic p-value."""
        return two_sided_p(self.z(assumption))


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """Local Moran of one or several variables; NaN (quadrant 0) for islands and missing values.

    Attributes
    ----------
    statistic : ndarray, shape (n, v)
        ``I_i = z_i lag(z)_i / m2`` with ``m2 = sum z^2 / (n - 1)``.
    quadrant : ndarray of int, shape (n, v)
        1 high-high, 2 low-high, 3 low-low, 4 high-low, whatever the significance.
    expected, variance : ndarray, shape (n, v)
        Moments over conditional permutations (unit i held fixed), after Sokal, Oden and Thomson (1998).
    p_permutation : ndarray, shape (n, v)
        One-sided pseudo p-values from conditional permutations; NaN without permutations.
    """

    statistic: FloatArray
    quadrant: IntArray
    expected: FloatArray
    variance: FloatArray
    p_permutation: FloatArray

    @property
    def z(self) -> FloatArray:
        """Standardised statistic under conditional permutation."""
        return np.asarray((self.statistic - self.expected) / np.sqrt(self.variance))

    @property
    def p_analytic(self) -> FloatArray:
        """Two-sided p-value of `z` from the normal distribution, which small neighbourhoods follow poorly."""
        return two_sided_p(self.z)

    def clusters(self, alpha: float = 0.05, *, fdr: bool = True) -> IntArray:
        """Return quadrants where significant and 0 elsewhere, shape (n, v).

        Parameters
        ----------
        alpha : float
            Level of the test; with `fdr` the expected share of false clusters among those shown.
        fdr : bool
            Control the false discovery rate (Benjamini and Hochberg) over the units of each variable.
        """
        p = self.p_permutation if np.isfinite(self.p_permutation).any() else self.p_analytic
        adjusted = false_discovery_rate(p) if fdr else p
        return np.where(np.nan_to_num(adjusted, nan=1.0) <= alpha, self.quadrant, 0)


@doors.door(
    weights=doors.a(SpatialWeights, called=Text("SpatialWeights 空间权重", "SpatialWeights")),
    permutations=doors.whole(0, 1_000_000),
    seed=doors.seed,
)
def morans_i(values: ArrayLike, weights: SpatialWeights, *, permutations: int = 0, seed: int = 0) -> Moran:
    """Global Moran's I with analytic and, if asked, permutation inference.

    ``I = (n / S0) (z' W z) / (z' z)`` with ``z`` the deviations from the mean. Islands and units with NaN are left out
    before anything is computed (row-standardised weights are standardised anew), so that I is that of the units that
    have neighbours.

    Parameters
    ----------
    values : array_like, shape (n,) or (n, v)
        One or several variables.
    weights : SpatialWeights
        Weights of the n units.
    permutations : int
        Number of random permutations; 0 for none.
    seed : int
        Seed of the permutations: the same seed gives the same answer.

    Returns
    -------
    Moran

    Raises
    ------
    BadInputError
        If the sizes differ, a variable is constant, or fewer than four units are left.

    References
    ----------
    Moran, P. A. P. (1950), Biometrika 37, 17-23. Cliff, A. D. and Ord, J. K. (1981), Spatial Processes.
    """
    x = _columns(values, weights)
    fields = np.full((5, x.shape[1]), np.nan)
    units = np.zeros(x.shape[1], dtype=np.int64)
    for keep, columns in _complete_cases(x, weights):
        z, w = _deviations(x[keep][:, columns]), weights.subset(keep)
        statistic = _statistic(z, w)
        fields[0, columns] = statistic
        fields[1:4, columns] = _moments(z, w)
        units[columns] = len(z)
        if permutations:
            fields[4, columns] = _permutation_p(z, w, statistic, permutations, seed)
    return Moran(fields[0], fields[1], fields[2], fields[3], fields[4], units)


@doors.door(
    weights=doors.a(SpatialWeights, called=Text("SpatialWeights 空间权重", "SpatialWeights")),
    permutations=doors.whole(0, 1_000_000),
    seed=doors.seed,
)
def local_moran(values: ArrayLike, weights: SpatialWeights, *, permutations: int = 999, seed: int = 0) -> LocalMoran:
    """Local Moran with conditional permutation and analytic inference.

    Unit i keeps its own value while its neighbours are drawn without replacement from all others. Islands and units
    with NaN are left out as in `morans_i` and hold NaN.

    Parameters
    ----------
    values : array_like, shape (n,) or (n, v)
        One or several variables.
    weights : SpatialWeights
        Weights of the n units.
    permutations : int
        Number of conditional permutations a unit; 0 for analytic inference only.
    seed : int
        Seed of the permutations.

    Returns
    -------
    LocalMoran

    Raises
    ------
    BadInputError
        As in `morans_i`.

    References
    ----------
    Anselin, L. (1995), Geographical Analysis 27(2), 93-115. Sokal, R. R., Oden, N. L. and Thomson, B. A. (1998),
    Geographical Analysis 30(4), 331-354.
    """
    x = _columns(values, weights)
    statistic, expected, variance, p = (np.full(x.shape, np.nan) for _ in range(4))
    quadrant = np.zeros(x.shape, dtype=np.int64)
    for keep, columns in _complete_cases(x, weights):
        w = weights.subset(keep)
        z = _deviations(x[keep][:, columns])
        lag = w.lag(z)
        cells = np.ix_(np.flatnonzero(keep), columns)
        m2 = np.sum(z**2, axis=0) / (len(z) - 1)
        statistic[cells] = z * lag / m2
        quadrant[cells] = np.where(z > 0, np.where(lag > 0, 1, 4), np.where(lag > 0, 2, 3))
        expected[cells], variance[cells] = _conditional_moments(z, w, m2)
        if permutations:
            larger = conditional_tail_counts(z, lag, w, permutations, seed)
            p[cells] = _pseudo_p(larger, permutations)
    return LocalMoran(statistic, quadrant, expected, variance, p)


@doors.door(method=doors.one_of(("bh", "by")))
def false_discovery_rate(p_values: ArrayLike, method: Literal["bh", "by"] = "bh") -> FloatArray:
    """Adjust p-values so that a cut at alpha keeps the false discovery rate below alpha.

    Parameters
    ----------
    p_values : array_like, shape (n,) or (n, v)
        Each column is adjusted by itself; NaN stays NaN and does not count.
    method : {'bh', 'by'}
        Benjamini-Hochberg, or Benjamini-Yekutieli, which holds under any dependence.

    Returns
    -------
    ndarray, same shape

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995), JRSS B 57(1), 289-300. Caldas de Castro, M. and Singer, B. H. (2006),
    Geographical Analysis 38(2), 180-208.
    """
    p = as_numbers(p_values, "p_values", 1)
    columns = p.reshape(len(p), -1) if p.size else np.empty((len(p), 0))
    known = np.sum(~np.isnan(columns), axis=0)
    rank = np.arange(1.0, len(p) + 1.0)[:, None]
    if method == "bh":
        penalty = np.ones(len(known))
    elif method == "by":
        penalty = np.where(known > 0, np.cumsum(1.0 / rank[:, 0])[np.maximum(known, 1) - 1], 1.0)
    else:
        raise unknown_choice("method", method, ("bh", "by"))
    order = np.argsort(columns, axis=0, kind="stable")
    scaled = np.take_along_axis(columns, order, axis=0) * (known * penalty) / rank
    stepped = np.fmin.accumulate(scaled[::-1], axis=0)[::-1]
    adjusted = np.empty_like(columns)
    np.put_along_axis(adjusted, order, np.minimum(stepped, 1.0), axis=0)
    return np.where(np.isnan(p), np.nan, adjusted.reshape(p.shape))


def _columns(values: ArrayLike, weights: SpatialWeights) -> FloatArray:
    x = as_numbers(values, "values", 1)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) != weights.size:
        raise BadInputError(
            tr(
                f"变量应有 {weights.size} 行,与空间权重一致,实为 {x.shape}。",
                f"The variables should have {weights.size} rows like the weights, their shape is {x.shape}.",
            )
        )
    return x


def _complete_cases(x: FloatArray, weights: SpatialWeights) -> list[tuple[BoolArray, IntArray]]:
    """Group the variables by the units that take part: those with a value and, among these, with a neighbour."""
    columns: dict[bytes, list[int]] = {}
    for j, present in enumerate(np.isfinite(x).T):
        columns.setdefault(present.tobytes(), []).append(j)
    links = weights.transformed("binary").matrix
    cases = []
    for pattern, members in columns.items():
        keep = np.frombuffer(pattern, dtype=np.bool_).copy()
        while (alone := keep & (links @ keep == 0.0)).any():
            keep &= ~alone
        if keep.sum() < 4:
            raise BadInputError(
                tr("有邻居且有数值的单元不足四个。", "Fewer than four units have both a value and a neighbour.")
            )
        cases.append((keep, np.array(members)))
    return cases


def _deviations(x: FloatArray) -> FloatArray:
    z = x - x.mean(axis=0)
    if not (np.ptp(x, axis=0) > 0.0).all():
        raise BadInputError(
            tr("变量为常数,空间自相关没有定义。", "A variable is constant, so spatial autocorrelation is not defined.")
        )
    return np.asarray(z)


def _statistic(z: FloatArray, w: SpatialWeights) -> FloatArray:
    products = np.sum(z * w.lag(z), axis=0)
    return np.asarray(len(z) / float(w.matrix.sum()) * products / np.sum(z**2, axis=0))


def _moments(z: FloatArray, w: SpatialWeights) -> FloatArray:
    """Return expectation, variance under normality and under randomization, shape (3, v)."""
    n = float(len(z))
    s0, s1, s2 = w.moments()
    expected = -1.0 / (n - 1.0)
    normal = (n**2 * s1 - n * s2 + 3.0 * s0**2) / (s0**2 * (n**2 - 1.0)) - expected**2
    kurtosis = n * np.sum(z**4, axis=0) / np.sum(z**2, axis=0) ** 2
    first = n * ((n**2 - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0**2)
    second = kurtosis * ((n**2 - n) * s1 - 2.0 * n * s2 + 6.0 * s0**2)
    randomized = (first - second) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0**2) - expected**2
    return np.stack([np.full_like(randomized, expected), np.full_like(randomized, normal), randomized])


def _permutation_p(z: FloatArray, w: SpatialWeights, statistic: FloatArray, permutations: int, seed: int) -> FloatArray:
    """Return pseudo p-values from products of two sets of random permutations.

    The products of two independent sets are uniform and pairwise independent, so the p-value has the mean and the
    variance that as many independent permutations give, for a small part of the random numbers.
    """
    rng = np.random.default_rng(seed)
    side = math.isqrt(permutations - 1) + 1
    outer, inner = rng.permuted(np.tile(np.arange(len(z)), (2, side, 1)), axis=2)
    inner = np.ascontiguousarray(inner.T)
    bar = statistic * float(w.matrix.sum()) / len(z) * np.sum(z**2, axis=0)
    bar -= TIE * np.abs(bar)
    larger = np.zeros(len(statistic))
    for first, order in enumerate(outer):
        columns = inner[:, : max(0, permutations - first * side)]
        for j in range(z.shape[1]):
            drawn = z[order, j][columns]
            larger[j] += np.sum(np.einsum("ij,ij->j", drawn, w.lag(drawn)) >= bar[j])
    return _pseudo_p(larger, permutations)


def _pseudo_p(larger: FloatArray, permutations: int) -> FloatArray:
    return np.asarray((np.minimum(larger, permutations - larger) + 1.0) / (permutations + 1.0))


def _conditional_moments(z: FloatArray, w: SpatialWeights, m2: FloatArray) -> tuple[FloatArray, FloatArray]:
    n = len(z)
    sums = np.asarray(w.matrix.sum(axis=1)).ravel()[:, None]
    squares = np.asarray((w.matrix**2).sum(axis=1)).ravel()[:, None]
    spread = np.sum(z**2, axis=0) / n
    expected = -(z**2) * sums / (n - 1.0) / m2
    inner = (squares - sums**2 / (n - 1.0)) * (n * spread - z**2 - z**2 / (n - 1.0)) / (n - 2.0)
    return expected, (z / m2) ** 2 * inner
