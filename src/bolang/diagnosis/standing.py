"""Rank and percentile of every unit within its groups, for all units at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.diagnosis.result import Standing

MOST_TIES = 0.05
"""Share of a group that may have the very same value before a rank among them says nothing."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Ranks of all units within the groups of one grouping; rows without a value hold rank 0.

    Attributes
    ----------
    rank, count : ndarray of int, shape (n,)
        Rank from the strongest (1) and number of units in the group that have a value.
    percentile : ndarray of float, shape (n,)
        Share of the other units of the group that are weaker, ties counted half, in per cent; NaN where the
        unit has no value or no one to compare with.
    tied : ndarray of int, shape (n,)
        Other units of the group with the very same value, such as zero.
    """

    rank: NDArray[np.int64]
    count: NDArray[np.int64]
    percentile: NDArray[np.float64]
    tied: NDArray[np.int64]

    def at(self, index: int) -> Standing | None:
        """Return the standing of one unit, or None where there is no comparison."""
        if np.isnan(self.percentile[index]):
            return None
        return Standing(int(self.rank[index]), int(self.count[index]), float(self.percentile[index]))


def telling(found: Standings, index: int) -> Standing | None:
    """Return a standing that says something: None where many units share the very same value, such as zero."""
    if found.tied[index] > max(MOST_TIES * found.count[index], 2):
        return None
    return found.at(index)


def standings(strength: NDArray[np.float64], groups: NDArray[np.int64]) -> Standings:
    """Rank every unit within its own group.

    Parameters
    ----------
    strength : ndarray, shape (n,)
        Higher is stronger; NaN means no value.
    groups : ndarray of int, shape (n,)
        Non-negative label of the group of each unit.

    Returns
    -------
    Standings
    """
    known = ~np.isnan(strength)
    size = len(strength)
    rank = np.zeros(size, dtype=np.int64)
    count = np.zeros(size, dtype=np.int64)
    percentile = np.full(size, np.nan)
    tied = np.zeros(size, dtype=np.int64)
    if known.any():
        level = np.unique(strength[known], return_inverse=True)[1]
        width = int(level.max()) + 1
        start_key = groups[known].astype(np.int64) * width
        key = start_key + level
        ordered = np.sort(key)
        first, last = np.searchsorted(ordered, key, "left"), np.searchsorted(ordered, key, "right")
        start, end = np.searchsorted(ordered, start_key, "left"), np.searchsorted(ordered, start_key + width, "left")
        rank[known] = end - last + 1
        count[known] = end - start
        tied[known] = last - first - 1
        others = end - start - 1
        weaker = first - start + 0.5 * (last - first - 1)
        percentile[known] = np.divide(100.0 * weaker, others, out=np.full(len(key), np.nan), where=others > 0)
    return Standings(rank, count, percentile, tied)


def standing_among(strength: NDArray[np.float64], members: NDArray[np.int64], index: int) -> Standing | None:
    """Rank one unit among chosen others (which need not include it)."""
    own = strength[index]
    others = strength[members[members != index]]
    others = others[~np.isnan(others)]
    if np.isnan(own) or not others.size:
        return None
    stronger, weaker = int((others > own).sum()), int((others < own).sum())
    ties = others.size - stronger - weaker
    return Standing(stronger + 1, others.size + 1, 100.0 * (weaker + 0.5 * ties) / others.size)
