"""Rank intervals of a composite index under other weights, other normalisations and sampling error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, names, real, whole
from bolang.foundation.doors import seed as seed_rule
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import BoolArray, FloatArray, divide, same_shape, table, vector
from bolang.measures.composite import Normalization, composite_score, cost_columns, enough_weight, normalize
from bolang.measures.ranking import rank_descending


@dataclass(frozen=True, slots=True)
class RankRobustness:
    """Ranks of units over many equally defensible variants of one index; NaN where a unit lacks an indicator.

    Attributes
    ----------
    score : ndarray, shape (n,)
        Index with the given weights and the first normalisation.
    rank : ndarray, shape (n,)
        Its rank from the highest (1).
    low, median, high : ndarray, shape (n,)
        Best, middle and worst rank over the draws at the level asked.
    level : float
        Share of the draws between `low` and `high`.
    """

    score: FloatArray
    rank: FloatArray
    low: FloatArray
    median: FloatArray
    high: FloatArray
    level: float


@door(
    normalizations=names,
    concentration=real(0.0),
    draws=whole(1, 1_000_000),
    level=real(0.0, 1.0),
    seed=seed_rule,
    minimum_share=real(0.0, 1.0),
)
def rank_robustness(
    values: ArrayLike,
    weights: ArrayLike,
    costs: ArrayLike | None = None,
    *,
    errors: ArrayLike | None = None,
    normalizations: Sequence[Normalization] = ("minmax", "zscore", "rank"),
    concentration: float | None = None,
    draws: int = 500,
    level: float = 0.9,
    seed: int = 0,
    minimum_share: float = 1.0,
) -> RankRobustness:
    """Rank units under drawn weights, normalisations and, if standard errors are given, drawn indicator values.

    Weights are drawn from the Dirichlet distribution with mean `weights` and the given concentration; with
    ``concentration = m`` and equal weights every set of weights is equally likely. The normalisations take turns.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Units by indicators; see `minimum_share` for NaN.
    weights : array_like, shape (m,)
        Central weights.
    costs : array_like of bool, shape (m,), optional
        Indicators of which less is better.
    errors : array_like, shape (n, m), optional
        Standard errors of the values; every draw adds normal errors of that size.
    normalizations : sequence of str
        Names as in `normalize`; the first defines the score.
    concentration : float, optional
        The higher, the closer the drawn weights stay to the given ones; m by default.
    draws : int
        Number of variants.
    level : float
        Share of the variants that the interval holds.
    seed : int
        Seed of the draws.
    minimum_share : float
        Share of the given weights that a unit must have values for; the weight of what it lacks is shared by the rest.

    Returns
    -------
    RankRobustness

    Raises
    ------
    BadInputError
        If an argument lies outside its range.

    References
    ----------
    Saisana, M., Saltelli, A. and Tarantola, S. (2005), JRSS A 168(2), 307-323. OECD/JRC (2008), Handbook on
    Constructing Composite Indicators.
    """
    x = table(values, "values", nonnegative=False)
    w = vector(weights, "weights", x.shape[1], complete=True)
    if draws < 1 or not 0.0 < level < 1.0 or not normalizations or not w.sum() > 0.0:
        raise BadInputError(
            tr(
                "抽样次数应为正、水平应在 0 与 1 之间、权重之和应为正、至少给出一种标准化。",
                "Draws should be positive, the level between 0 and 1, the weights add up to more than zero, "
                "and there should be a normalisation.",
            )
        )
    known = enough_weight(~np.isnan(x), w, minimum_share)
    used = x[known]
    less = cost_columns(costs, x.shape[1])
    error: FloatArray | None = None
    uncertain: BoolArray = np.zeros(x.shape[1], dtype=np.bool_)
    if errors is not None:
        given = table(errors, "errors")
        same_shape(x, given, "values, errors")
        error = np.nan_to_num(given[known])
        uncertain = np.asarray((error > 0.0).any(axis=0), dtype=np.bool_)
    rng = np.random.default_rng(seed)
    spread = float(x.shape[1] if concentration is None else concentration)
    sets = _drawn_weights(w / w.sum(), spread, draws, rng)
    scaled = [_scaled(used, name, less) for name in normalizations]
    scores = np.empty((len(used), draws))
    for i in range(draws):
        turn = i % len(normalizations)
        if error is not None and uncertain.any():
            drawn = scaled[turn].copy()
            moved = used[:, uncertain] + error[:, uncertain] * rng.standard_normal((len(used), int(uncertain.sum())))
            drawn[:, uncertain] = _scaled(moved, normalizations[turn], less[uncertain])
            scores[:, i] = _mean_of_known(drawn, sets[i])
        else:
            scores[:, i] = _mean_of_known(scaled[turn], sets[i])
    ranks = rank_descending(scores)
    tail = (1.0 - level) / 2.0
    low, median, high = np.quantile(ranks, [tail, 0.5, 1.0 - tail], axis=1, method="nearest")
    score = composite_score(scaled[0], w, minimum_share=minimum_share)
    return RankRobustness(
        _spread(score, known),
        _spread(rank_descending(score), known),
        _spread(low, known),
        _spread(median, known),
        _spread(high, known),
        level,
    )


def _scaled(values: FloatArray, method: Normalization, costs: ArrayLike | None) -> FloatArray:
    """Normalise; an indicator that cannot tell units apart counts as zero for all that have it."""
    return np.where(np.isnan(values), np.nan, np.nan_to_num(normalize(values, method, costs)))


def _mean_of_known(scaled: FloatArray, weights: FloatArray) -> FloatArray:
    known = ~np.isnan(scaled)
    return divide(np.where(known, scaled, 0.0) @ weights, known @ weights)


def _drawn_weights(w: FloatArray, concentration: float, draws: int, rng: np.random.Generator) -> FloatArray:
    used = w > 0.0
    sets = np.zeros((draws, w.size))
    sets[:, used] = rng.dirichlet(concentration * w[used], size=draws)
    return sets


def _spread(values: FloatArray, known: BoolArray) -> FloatArray:
    out = np.full(known.size, np.nan)
    out[known] = values
    return out
