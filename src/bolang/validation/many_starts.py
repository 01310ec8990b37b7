"""Is the equilibrium of the calibrated economy the only one? Looked for from many starts, on provinces and on one province's counties.

Without intermediate inputs ``psi theta < 1`` is known to suffice (Kucheryavyy, Lyn and Rodríguez-Clare 2023, AEJ: Macroeconomics
15(2)); with inputs, hubs that grow with their trade, and people who move, no condition on parameters alone is known to this
project. What is left is to look: a search can refute uniqueness, never prove it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.kernels import KernelCosts
from bolang.validation.fewer_places import grouped_places

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration


def provinces(calibration: Calibration) -> Economy:
    """Return the calibrated economy on provinces."""
    return _grouped(calibration, "")


def counties_of(calibration: Calibration, province_code: str) -> Economy:
    """Return the calibrated economy on the counties of one province, the other provinces whole."""
    return _grouped(calibration, province_code)


def _grouped(calibration: Calibration, apart: str) -> Economy:
    keys = [c.full_name if c.province_code == apart else c.province for c in calibration.atlas.counties]
    names = list(dict.fromkeys(keys))
    group = np.array([names.index(key) for key in keys], dtype=np.intp)
    return grouped_places(calibration.economy, group, names, calibration.flows)


def standard_searches(economy: Economy) -> Mapping[str, Shock]:
    """Return shocks to search under: none, dearer exports, a better largest hub, and its closure."""
    hubs = economy.trade.hubs  # type: ignore[attr-defined]
    largest = int(np.argmax(hubs.reference))
    better = np.ones((*economy.sales.shape, 1))
    better[hubs.places[largest], hubs.service] = 1.05 ** float(economy.elasticities.trade[hubs.service, 0])
    closed = np.ones((hubs.count, 1, 1))
    closed[largest] = 0.0
    return {
        "none": Shock(),
        "exports": Shock(costs=KernelCosts(demand_abroad=np.full((1, 1, 1), 0.75))),
        "better_hub": Shock(productivity=better),
        "closed_hub": Shock(costs=KernelCosts(hub_factor=closed)),
    }
