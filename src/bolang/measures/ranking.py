"""Ranks that admit what is not known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.measures._arrays import FloatArray, as_numbers, same_shape, vector


@dataclass(frozen=True, slots=True)
class RankBounds:
    """Best and worst rank that the intervals allow; rank 1 is the highest value.

    Attributes
    ----------
    rank, best, worst : ndarray, shape (n,)
        Rank of the estimate (ties share the better rank) and its bounds; NaN where the unit has no value.
    """

    rank: FloatArray
    best: FloatArray
    worst: FloatArray


def rank_descending(values: ArrayLike) -> FloatArray:
    """Rank from the highest (1); ties share the better rank, NaN stays NaN.

    Parameters
    ----------
    values : array_like, shape (n,) or (n, m)
        Each column is ranked by itself.

    Returns
    -------
    ndarray of float, same shape
    """
    x = as_numbers(values, "values", 1)
    columns = -x.reshape(len(x), -1) if x.size else np.empty((len(x), 0))
    ranks = np.empty_like(columns)
    for j, column in enumerate(columns.T):
        ranks[:, j] = 1.0 + np.searchsorted(np.sort(column), column, side="left")
    return np.where(np.isnan(x), np.nan, ranks.reshape(x.shape))


def rank_bounds(estimate: ArrayLike, low: ArrayLike, high: ArrayLike) -> RankBounds:
    """Bounds on every unit's rank from the intervals of all units.

    The best rank of a unit is one more than the number of units whose interval lies wholly above its own; the worst is
    the number of units less those wholly below. If the intervals hold jointly with probability 1 - a, so do the ranks.

    Parameters
    ----------
    estimate, low, high : array_like, shape (n,)
        Estimates and interval limits; NaN in any of them leaves the unit out.

    Returns
    -------
    RankBounds

    Raises
    ------
    BadInputError
        If the arrays have different lengths.

    References
    ----------
    Klein, M., Wright, T. and Wieczorek, J. (2020), A joint confidence region for an overall ranking of populations,
    JRSS C 69(3), 589-606.
    """
    e = vector(estimate, "estimate", nonnegative=False)
    bottom = vector(low, "low", e.size, nonnegative=False)
    top = vector(high, "high", e.size, nonnegative=False)
    same_shape(bottom, top, "low, high")
    known = ~np.isnan(e + bottom + top)
    rank, best, worst = (np.full(e.size, np.nan) for _ in range(3))
    n = int(known.sum())
    rank[known] = rank_descending(e[known])
    best[known] = 1 + n - np.searchsorted(np.sort(bottom[known]), top[known], side="right")
    worst[known] = n - np.searchsorted(np.sort(top[known]), bottom[known], side="left")
    return RankBounds(rank, best, worst)
