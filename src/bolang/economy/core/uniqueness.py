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
from bolang.economy.core.solver import Options, System, solve
from bolang.economy.core.technology import Elasticities
from bolang.foundation.errors import ConvergenceError

USUAL = Options()
SAME = 1e-4
"""Largest difference in logs between two solutions that count as one."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What was found from several starts.

    Attributes
    ----------
    equilibria : array (K, M, S)
        Log changes of sales in each equilibrium found, the one reached from the baseline first.
    starts : int
        Starts that led to an equilibrium.
    lost : int
        Starts that led nowhere.
    """

    equilibria: Array
    starts: int
    lost: int

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
    options: Options = USUAL,
) -> Search:
    """Solve from the baseline and from random states around it.

    Parameters
    ----------
    economy, shock, closure, elasticities, options
        As for `solve`, one scenario.
    starts : int
        Random starts.
    spread : float
        Standard deviation of the starts in logs.
    seed : int
    """
    rng = np.random.default_rng(seed)
    chosen = elasticities or economy.elasticities
    base = System(economy, shock, closure, chosen, 1).start()
    begin = [base, *(base + rng.normal(0, spread, base.shape) for _ in range(starts))]
    found: list[Array] = []
    reached = 0
    for state in begin:
        try:
            done = solve(economy, shock, closure=closure, elasticities=chosen, options=options, start=state)
        except ConvergenceError:
            continue
        reached += 1
        active = economy.sales > 0
        sales = np.where(active, np.log(np.where(active, done.sales[..., 0], 1.0)), 0.0)
        if all(float(np.abs(sales - other).max()) > SAME for other in found):
            found.append(sales)
    if not found:
        raise ConvergenceError("No start led to an equilibrium.")
    return Search(np.stack(found), reached, len(begin) - reached)
