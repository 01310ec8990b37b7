"""Difference in differences with placebo events: treated counties against the mean of the others in their province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import BadInputError

FEWEST_CONTROLS = 5
"""Counties of the province that a treated one is compared with, at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """What happened to treated counties beyond the others.

    Attributes
    ----------
    rows : int array (K,)
        Treated counties that could be judged.
    each : array (K,)
        Their changes beyond the controls', in log points over 100 (0.1 is ten log points).
    mean : float
    spread : float
        Standard deviation of the same mean over placebo events.
    low, high : float
        5 and 95 % of the placebo means.
    share : float
        Share of placebo events at least as far from zero.
    """

    rows: IntArray
    each: Array
    mean: float
    spread: float
    low: float
    high: float
    share: float


def estimate(
    changes: Mapping[int, Array],
    years: Mapping[int, int],
    spared: NDArray[np.bool_],
    province: IntArray,
    *,
    placebos: int,
    seed: int,
) -> Estimate:
    """Compare treated counties with those of their province that were never treated.

    Parameters
    ----------
    changes : mapping of year to array (N,)
        Log change of every county around an event of that year; NaN where unknown.
    years : mapping of county row to year
        Treated counties.
    spared : bool array (N,)
        Counties that may serve as controls.
    province : int array (N,)
    placebos : int
        Events drawn among the controls, one control for each treated county.

    Raises
    ------
    BadInputError
        If no treated county can be judged.
    """
    rng = np.random.default_rng(seed)
    rows, each, drawn = [], [], []
    for row, year in sorted(years.items()):
        change = changes[year]
        pool = change[spared & (province == province[row]) & np.isfinite(change)]
        if not np.isfinite(change[row]) or len(pool) < FEWEST_CONTROLS:
            continue
        middle = float(np.mean(pool))
        rows.append(row)
        each.append(float(change[row]) - middle)
        drawn.append(rng.choice(pool, placebos) - middle)
    if not rows:
        raise BadInputError(
            "No treated county has the outcome before and after and enough counties to compare it with."
        )
    mean, means = float(np.mean(each)), np.mean(drawn, axis=0)
    low, high = (float(q) for q in np.quantile(means, [0.05, 0.95]))
    return Estimate(
        rows=np.array(rows, dtype=np.intp),
        each=np.array(each),
        mean=mean,
        spread=float(means.std()),
        low=low,
        high=high,
        share=float(np.mean(np.abs(means) >= abs(mean))),
    )
