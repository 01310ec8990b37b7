"""Residents' disposable income where no office has published it, from output per head, the urban share and the mines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.economy.calibration.calibration import parameters
from bolang.economy.core.industries import MINING, SECONDARY

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

Floats = NDArray[np.float64]


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
    cited = parameters()
    mixed = urban * cited.number("urban_income") + (1.0 - urban) * cited.number("rural_income")
    moved = (np.asarray(gdp_per_head) / cited.number("national_gdp_per_head")) ** cited.number("income_elasticity")
    return np.minimum(mixed * moved, cited.number("income_ceiling"))


def earned_by_residents(gdp: float | Floats, secondary: float | Floats, mines: float | Floats) -> Floats:
    """Return GDP; where mines are a large part of the jobs, that which the nation has for the county's farms and services.

    What a mine yields goes to its owners and to the state, so that residents' income there follows the other sectors.

    Parameters
    ----------
    gdp, secondary : float or (n,) array
        GDP and the part of the secondary sector in it; where that is not known (NaN), GDP stays as it is.
    mines : float or (n,) array
        Share of mining in jobs.
    """
    cited = parameters()
    others = np.asarray(gdp - secondary) / (1.0 - cited.number("national_secondary_share"))
    return np.where((np.asarray(mines) > cited.number("mining_share")) & np.isfinite(others), others, gdp)


def residents_income(calibration: Calibration, county: int) -> float:
    """Return the income of a county's residents in the money of the model, 万元.

    Output per head relative to the nation's is carried over to the year of the cited incomes, and the share of income in
    output back.
    """
    seen, gdp = calibration.observed, calibration.economy.income[: calibration.home]
    added = calibration.value_added.value[county]
    mines = float(seen.employment[county, MINING] / seen.employment[county].sum())
    money = calibration.parameters.number("national_gdp_per_head") / (gdp.sum() / seen.population.sum())
    earned = float(earned_by_residents(gdp[county], added[SECONDARY].sum(), mines))
    urban = float(calibration.atlas.column("urban_share", seen.year)[county]) / 100.0
    people = float(seen.population[county])
    return float(income_per_head(earned / people * money, urban)) * people / money
