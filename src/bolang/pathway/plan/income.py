"""Residents' disposable income of every county where no office has published it, from the facts of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.economy.levers.residents import earned_by_residents, income_per_head
from bolang.foundation.errors import MissingFactError

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]
YUAN_PER_WAN, YUAN_PER_YI = 1e4, 1e8


def estimated_incomes(atlas: Atlas, year: int) -> Floats:
    """Return the estimated income of all residents of every county, 亿元 a year; NaN where there is no GDP of that year."""
    census = atlas.vintage.census
    people, jobs = atlas.column("population", census), atlas.column("employed", census)
    gdp = atlas.column("gdp", year, estimated=True)
    mines = np.divide(atlas.column("mining", census), jobs, out=np.zeros_like(gdp), where=jobs > 0)
    output = earned_by_residents(gdp, _secondary(atlas, year), mines) * YUAN_PER_WAN / people
    return income_per_head(output, atlas.column("urban_share", census) / 100.0) * people / YUAN_PER_YI


def _secondary(atlas: Atlas, year: int) -> Floats:
    try:
        return atlas.column("gdp_secondary", year, estimated=True)
    except MissingFactError:
        return np.full(len(atlas.counties), np.nan)
