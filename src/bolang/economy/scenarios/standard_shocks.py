"""Standard shocks from abroad on one county, under central and drawn parameters: what risk and stress tests build on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.calibration.calibration import Calibration
from bolang.economy.core.arrays import Array
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import solve
from bolang.economy.levers.draws import UNCERTAIN, Draws, central, sample
from bolang.economy.levers.mechanisms import ShockBuilder
from bolang.economy.scenarios.outcomes import MEASURES, outcomes
from bolang.economy.scenarios.running import BATCH, SWEEP, calibrated
from bolang.economy.scenarios.scenario import TradeShock
from bolang.economy.scenarios.workers import in_parallel, spread
from bolang.foundation import memory
from bolang.foundation.progress import Progress
from bolang.foundation.store import stored

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

PARAMETER_DRAWS = 6
"""Sets of model parameters under which every shock is solved beside the central one."""
SHOCKS = {
    "tariff_north_america": TradeShock(kind="tariff", region="north_america", change=0.25),
    "tariff_europe": TradeShock(kind="tariff", region="europe", change=0.25),
    "demand": TradeShock(kind="foreign_demand", change=-0.2),
    "freight": TradeShock(kind="sea_freight", change=0.5),
}
"""Standard shocks from outside."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardShocks:
    """Effects of the standard shocks on one county, as fractions of the baseline.

    Attributes
    ----------
    county : County
    closure : {'fixed', 'province', 'national'}
    measures : tuple of str
        Keys of `bolang.economy.scenarios.outcomes.MEASURES`, the last axis of the arrays.
    shocks : tuple of str
        Keys of `SHOCKS`.
    change : array (K, M)
        Under central parameters.
    under_parameters : array (P, K, M)
        Under each drawn set of parameters.
    """

    county: County
    closure: Closure
    measures: tuple[str, ...]
    shocks: tuple[str, ...]
    change: Array
    under_parameters: Array


def standard_shocks(
    atlas: Atlas, county: County | str, *, closure: Closure = "national", progress: Progress | None = None
) -> StandardShocks:
    """Solve the standard shocks; all counties' answers come out of one solution, and are kept in the user's cache.

    Parameters
    ----------
    atlas : Atlas
    county : County or str
    closure : {'national', 'province', 'fixed'}
    progress : callable, optional
        Receives the stage and the residual.
    """
    place = atlas.county(county)
    tell = progress or (lambda stage, value: None)
    found = _solved(calibrated(atlas), closure, tell)["changes"][..., place.index]
    return StandardShocks(place, closure, MEASURES, tuple(SHOCKS), found[0], found[1:])


@stored(
    "economy-standard-shocks",
    inputs=lambda calibration, closure, tell: (calibration.key, calibration.parameters.values, closure),
)
def _solved(calibration: Calibration, closure: Closure, tell: Progress) -> dict[str, Array]:
    """Changes of all measures in all counties, ``changes`` (1 + P, K, M, N), the central parameters first."""
    memory.require(memory.SWEEP)
    sets = central(calibration.parameters, []).joined(sample(calibration.parameters, [], PARAMETER_DRAWS, seed=0))
    columns = list(product(range(PARAMETER_DRAWS + 1), SHOCKS))

    def batch(part: slice) -> Array:
        some = columns[part]
        chosen = [number for number, _ in some]
        draws = Draws({name: sets.parameters[name][chosen] for name in UNCERTAIN}, np.empty((0, len(some))))
        builder = ShockBuilder(calibration, draws)
        for key, shock in SHOCKS.items():
            active = np.array([own == key for _, own in some], dtype=float)
            if active.any():
                _apply(builder, shock, active * shock.change)
        single = calibration.single
        solved = solve(
            single,
            builder.build(),
            closure=closure,
            elasticities=draws.elasticities(len(single.sectors)),
            scenarios=len(some),
            options=SWEEP,
            progress=partial(_tell, tell, f"{part.stop}/{len(columns)}"),
        )
        done = outcomes(calibration, single, solved)
        return np.stack([done.by_county(measure).T for measure in MEASURES], axis=1)

    changes = np.concatenate(in_parallel(batch, spread(len(columns), BATCH)))
    return {"changes": changes.reshape(PARAMETER_DRAWS + 1, len(SHOCKS), *changes.shape[1:]).astype(np.float32)}


def _apply(builder: ShockBuilder, shock: TradeShock, change: Array) -> None:
    if shock.kind == "tariff":
        builder.tariff(shock.region, change)
    elif shock.kind == "foreign_demand":
        builder.foreign_demand(shock.region, change)
    else:
        builder.sea_freight(shock.region, change)


def _tell(tell: Progress, stage: str, iteration: int, residual: float) -> None:
    del iteration
    tell(stage, residual)
