"""The county's own response to a small gain of productivity, which turns evidence on GDP into a productivity gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.solver import Options, Solution, solve
from bolang.foundation.store import stored

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

STEP = 0.01


def own_gdp_response(calibration: Calibration, county: int) -> float:
    """Elasticity of a county's GDP to the productivity of all its industries, people free to move in the nation."""
    return float(_response(calibration, county)["elasticity"])


@stored("economy-own-gdp", inputs=lambda calibration, county: (calibration.key, county))
def _response(calibration: Calibration, county: int) -> dict[str, np.ndarray]:
    economy = calibration.single
    productivity = np.ones((*economy.sales.shape, 1))
    productivity[county] = np.exp(STEP * calibration.economy.elasticities.trade)
    found = solve(economy, Shock(productivity=productivity), closure="national", options=Options(tolerance=3e-5))
    return {"elasticity": np.array(elasticity_of(found, county, 0))}


def elasticity_of(found: Solution, county: int, column: int) -> float:
    """Read the elasticity off a solution whose productivity has grown by `STEP`."""
    return float(np.log(found.wage[county, column] * found.population[county, column])) / STEP
