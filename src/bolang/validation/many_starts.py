"""Is the equilibrium of the calibrated economy the only one? Looked for from many starts, on provinces and on one province's counties.

Without intermediate inputs ``psi theta < 1`` is known to suffice (Kucheryavyy, Lyn and Rodríguez-Clare 2023, AEJ: Macroeconomics
15(2)); with inputs, hubs that grow with their trade, and people who move, no condition on parameters alone is known to this
project. What is left is to look: a search can refute uniqueness, never prove it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.kernels import KernelCosts
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import Options, System, solve
from bolang.economy.core.technology import Elasticities
from bolang.foundation.errors import ConvergenceError
from bolang.validation.fewer_places import grouped_places

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

SAME = 1e-5
"""Largest difference in logs between two solutions that count as one."""
PATIENT = Options(tolerance=1e-9, iterations=3000, damping=0.3)
"""Options for starts far from the solution."""


@dataclass(frozen=True, slots=True)
class StartsTally:
    """What many starts led to.

    Attributes
    ----------
    equilibria : int
        Distinct equilibria.
    reached, lost : int
        Starts that led to one, and that led nowhere.
    apart : float
        Largest difference in logs between two starts' sales, wages and hub sizes within one equilibrium.
    """

    equilibria: int
    reached: int
    lost: int
    apart: float


def from_many_starts(
    economy: Economy,
    shock: Shock,
    *,
    closure: Closure = "fixed",
    elasticities: Elasticities | None = None,
    starts: int = 40,
    spread: float = 0.7,
    seed: int = 0,
) -> StartsTally:
    """Solve from the baseline and from random states of wages, sales, prices, people and hub sizes around it.

    The wages of the numeraires stay: they are held where they start, so that another value of one is another unit of account, and
    another value of several that share one is another economy.

    Parameters
    ----------
    spread : float
        Standard deviation of the starts in logs; every second start is drawn with twice as much.
    """
    rng = np.random.default_rng(seed)
    chosen = elasticities or economy.elasticities
    base = System(economy, shock, closure, chosen, 1).start()
    found: list[Array] = []
    lost, apart = 0, 0.0
    for number in range(starts + 1):
        state = base + (rng.normal(0, spread * (1 + number % 2), base.shape) if number else 0.0)
        state[:, : len(economy.places)][:, economy.numeraires] = 0.0
        try:
            # A start far off may overflow on its way; it is then counted as lost.
            with np.errstate(over="ignore", invalid="ignore"):
                done = solve(economy, shock, closure=closure, elasticities=chosen, options=PATIENT, start=state)
        except ConvergenceError:
            lost += 1
            continue
        active = economy.sales > 0
        sales = np.log(done.sales[..., 0][active])
        seen = np.concatenate([sales, np.log(done.wage[:, 0]), np.log(done.population[:, 0])])
        gaps = [float(np.abs(seen - other).max()) for other in found]
        if not gaps or min(gaps) > SAME:
            found.append(seen)
        else:
            apart = max(apart, min(gaps))
    return StartsTally(len(found), starts + 1 - lost, lost, apart)


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
