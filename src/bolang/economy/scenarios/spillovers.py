"""Who gains if a county pulls a lever: first-order effects of every county on every county."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bolang.economy.calibration.calibration import Calibration
from bolang.economy.core.aggregate import GROUPS, aggregated
from bolang.economy.core.arrays import Array, IntArray, cast
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.industries import MANUFACTURING, MARKET_SERVICES
from bolang.economy.core.migration import Closure
from bolang.economy.core.tangent import SmallShock, Tangent
from bolang.economy.scenarios.workers import in_parallel, spread
from bolang.foundation.store import stored

CHUNK = 192
"""Counties whose levers one thread solves side by side; bounds memory to about 0.5 GB a thread."""
Direction = Literal["manufacturing", "entry", "productivity", "exports"]


@dataclass(frozen=True, slots=True, eq=False)
class Spillovers:
    """Elasticities of outcomes in every county to a lever in every county.

    Attributes
    ----------
    gdp, income : float32 array (N, N)
        ``gdp[n, i]``: change of county n's GDP (at national prices) or real income per head, in per cent, per one per
        cent of the lever in county i.
    direction : {'manufacturing', 'entry', 'productivity', 'exports'}
        Unit cost of manufactures falls; number of firms; unit cost of all industries; closeness to all foreign buyers.
    closure : {'fixed', 'province', 'national'}
    """

    gdp: Array
    income: Array
    direction: Direction
    closure: Closure


def spillovers(
    calibration: Calibration,
    direction: Direction = "manufacturing",
    closure: Closure = "fixed",
    *,
    progress: Callable[[float], None] | None = None,
) -> Spillovers:
    """Solve the linearised economy of four groups of industries for a small gain in each county.

    The result is kept in the user's cache. It is for screening: against the full model of 19 industries with hubs,
    direct effects agree within a few per cent of their size; docs/validation.md gives the comparison.
    """
    found = _solved(calibration, direction, closure, progress)
    return Spillovers(found["gdp"], found["income"], direction, closure)


@stored(
    "economy-spillovers", inputs=lambda calibration, direction, closure, progress: (calibration.key, direction, closure)
)
def _solved(
    calibration: Calibration, direction: Direction, closure: Closure, progress: Callable[[float], None] | None
) -> dict[str, Array]:
    small = cast(aggregated(calibration.economy), np.float32)
    tangent = Tangent(small, closure)
    gdp = np.empty((calibration.home, calibration.home), dtype=np.float32)
    income = np.empty_like(gdp)
    home, done = calibration.home, 0
    spent = small.final_spending[:home]
    share = spent / spent.sum()

    def chunk(part: slice) -> None:
        nonlocal done
        columns = np.arange(part.start, part.stop)
        found = tangent.solve(_shock(small, direction, columns, home), len(columns), tolerance=2e-3, depth=6)
        local = (small.technology.final[:home, :, None] * found.price[:home]).sum(axis=1)
        gdp[:, columns] = (found.wage + found.population)[:home] - share @ local
        income[:, columns] = found.real_income[:home]
        done += len(columns)
        if progress is not None:
            progress(done / home)

    in_parallel(chunk, spread(home, CHUNK))
    return {"gdp": gdp, "income": income}


def _shock(small: Economy, direction: Direction, columns: IntArray, home: int) -> SmallShock:
    """One column a county, a change of one log unit."""
    count = len(columns)
    at = np.arange(count)
    if direction == "exports":
        regions = len(small.places) - home
        outward = np.zeros((regions, home, 1, count), dtype=np.float32)
        outward[:, columns, 0, at] = 1.0
        return SmallShock(outward=outward)
    theta = small.elasticities.trade[:, 0]
    productivity = np.zeros((*small.sales.shape, count), dtype=np.float32)
    for g, size in enumerate(_size(direction, theta)):
        productivity[columns, g, at] = size
    return SmallShock(productivity=productivity)


def _size(direction: Direction, theta: Array) -> Array:
    """Log change of ``T`` by group for one log unit of the lever."""
    if direction == "productivity":
        return theta
    if direction == "manufacturing":
        return np.where([g[0] == MANUFACTURING[0] for g in GROUPS], theta, 0)
    moved = {*MANUFACTURING.tolist(), *MARKET_SERVICES.tolist()}
    return np.array([len(moved & set(members.tolist())) / len(members) for members in GROUPS])
