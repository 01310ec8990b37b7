"""Residents' disposable income where no office has published it, from GDP per head and the urban share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import MissingFactError
from bolang.foundation.parameters import load_parameters

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]
YUAN_PER_WAN, YUAN_PER_YI = 1e4, 1e8


def income_per_head(gdp_per_head: float | Floats, urban: float | Floats) -> Floats:
    """Estimate disposable income per head.

    ``(urban * y_u + (1 - urban) * y_r) * (gdp_per_head / national) ** elasticity``, at most the highest that any county has
    published: the nation's urban and rural incomes in the county's own proportion, moved by its output. The elasticity is fitted
    to the counties that publish both; it is below one, as the output of mines and factories goes largely to firms, to the state
    and to owners elsewhere.

    Parameters
    ----------
    gdp_per_head : float or (n,) array
        Yuan a resident and year.
    urban : float or (n,) array
        Urban share of residents, 0 to 1.

    Returns
    -------
    array
        Yuan a resident and year.
    """
    cited = load_parameters("bolang.pathway.plan")
    mixed = urban * cited.number("urban_income") + (1.0 - urban) * cited.number("rural_income")
    moved = (np.asarray(gdp_per_head) / cited.number("national_gdp_per_head")) ** cited.number("income_elasticity")
    return np.minimum(mixed * moved, cited.number("income_ceiling"))


def estimated_incomes(atlas: Atlas, year: int) -> Floats:
    """Return the estimated income of all residents of every county, 亿元 a year; NaN where there is no GDP of that year."""
    census = atlas.vintage.census
    people = atlas.column("population", census)
    output = _earned(atlas, year) * YUAN_PER_WAN / people
    return income_per_head(output, atlas.column("urban_share", census) / 100.0) * people / YUAN_PER_YI


def _earned(atlas: Atlas, year: int) -> Floats:
    """Return GDP, 万元; where mines are a large part of the jobs, that which the rest of the nation has for its farms and services.

    What a mine yields goes to its owners and to the state, so that residents' income there follows the other sectors.
    """
    cited, census = load_parameters("bolang.pathway.plan"), atlas.vintage.census
    gdp = atlas.column("gdp", year, estimated=True)
    try:
        others = gdp - atlas.column("gdp_secondary", year, estimated=True)
    except MissingFactError:
        return gdp
    jobs = atlas.column("employed", census)
    mines = np.divide(atlas.column("mining", census), jobs, out=np.zeros_like(gdp), where=jobs > 0) > cited.number(
        "mining_share"
    )
    return np.where(mines & np.isfinite(others), others / (1.0 - cited.number("national_secondary_share")), gdp)
