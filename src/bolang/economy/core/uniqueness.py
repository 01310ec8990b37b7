"""Is an equilibrium the only one? Looked for from many starts, because no condition on parameters alone says so.

With ``psi theta < 1`` in every sector the equilibrium is unique without intermediate inputs; with inputs a sector's scale
feeds on its own cheapness, and a second equilibrium can exist even without a shock.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import Options, Solution, System, solve
from bolang.economy.core.technology import Elasticities
from bolang.foundation.errors import ConvergenceError

SAME = 1e-5
"""Largest difference in logs between two solutions that count as one."""
PATIENT = Options(tolerance=1e-9, iterations=3000, damping=0.3)
"""Options for starts far from the solution."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What was found from several starts.

    Attributes
    ----------
    equilibria : array (K, D)
        Log changes in each equilibrium found, the one reached from the baseline first: sales of active sectors (place by
        place), wages, people.
    starts : int
        Starts that led to an equilibrium.
    lost : int
        Starts that led nowhere.
    apart : float
        Largest difference in logs between two starts that led to one equilibrium.
    """

    equilibria: Array
    starts: int
    lost: int
    apart: float

    @property
    def unique(self) -> bool:
        """Whether all starts led to one equilibrium; a search can refute uniqueness, never prove it."""
        return len(self.equilibria) == 1


def search(
    economy: Economy,
    shock: Shock,
    *,
    starts: int = 8,
    spread: float = 0.5,
    seed: int = 0,
    closure: Closure = "fixed",
    elasticities: Elasticities | None = None,
    options: Options = PATIENT,
) -> Search:
    """Solve from the baseline and from random states of wages, sales, prices, people and hub sizes around it.

    The wages of the numeraires stay: they are held where they start, so that another value of one is another unit of account,
    and another value of several that share one is another economy.

    Parameters
    ----------
    economy, shock, closure, elasticities, options
        As for `solve`, one scenario.
    starts : int
        Random starts.
    spread : float
        Standard deviation of the starts in logs; every second start is drawn with twice as much.
    seed : int

    Raises
    ------
    ConvergenceError
        If no start leads to an equilibrium.
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
                done = solve(economy, shock, closure=closure, elasticities=chosen, options=options, start=state)
        except ConvergenceError:
            lost += 1
            continue
        seen = _logs(economy, done)
        gaps = [float(np.abs(seen - other).max()) for other in found]
        if not gaps or min(gaps) > SAME:
            found.append(seen)
        else:
            apart = max(apart, min(gaps))
    if not found:
        raise ConvergenceError("No start led to an equilibrium.")
    return Search(np.stack(found), starts + 1 - lost, lost, apart)


def _logs(economy: Economy, done: Solution) -> Array:
    sales = done.sales[..., 0][economy.sales > 0]
    return np.log(np.concatenate([sales, done.wage[:, 0], done.population[:, 0]]))
