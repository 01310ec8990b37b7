"""Residents' disposable income of every county where no office has published it, from the facts of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from bolang.economy.calibration.calibration import parameters
from bolang.economy.levers.residents import earned_by_residents, income_per_head
from bolang.foundation.errors import MissingFactError

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Floats = NDArray[np.float64]
YUAN_PER_WAN, YUAN_PER_YI = 1e4, 1e8
IncomeFrom = Literal["published", "output", "without_mines", "ceiling"]
"""Where a county's income is from: an office, its output, its output without its mines, or the highest that any has published."""


def estimated_incomes(atlas: Atlas, year: int) -> Floats:
    """Return the estimated income of all residents of every county, 亿元 a year; NaN where there is no GDP of that year."""
    census = atlas.vintage.census
    people = atlas.column("population", census)
    output = _earned(atlas, year) * YUAN_PER_WAN / people
    return income_per_head(output, atlas.column("urban_share", census) / 100.0) * people / YUAN_PER_YI


def estimated_from(atlas: Atlas, county: County, year: int) -> IncomeFrom:
    """Return what the estimate of a county rests on."""
    at = county.index
    people = atlas.column("population", atlas.vintage.census)[at]
    if estimated_incomes(atlas, year)[at] * YUAN_PER_YI / people > 0.999 * parameters().number("income_ceiling"):
        return "ceiling"
    return "output" if _earned(atlas, year)[at] == atlas.column("gdp", year, estimated=True)[at] else "without_mines"


def _earned(atlas: Atlas, year: int) -> Floats:
    census = atlas.vintage.census
    gdp, jobs = atlas.column("gdp", year, estimated=True), atlas.column("employed", census)
    mines = np.divide(atlas.column("mining", census), jobs, out=np.zeros_like(gdp), where=jobs > 0)
    return earned_by_residents(gdp, _secondary(atlas, year), mines)


def _secondary(atlas: Atlas, year: int) -> float | Floats:
    try:
        return atlas.column("gdp_secondary", year, estimated=True)
    except MissingFactError:
        return np.nan
