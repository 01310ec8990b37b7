"""Effects of every lever on one county, with draws and interactions: what planners and the report build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.calibration.calibration import Calibration
from bolang.economy.core.arrays import Array, cast
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import solve
from bolang.economy.levers.catalogue import Lever, levers
from bolang.economy.levers.draws import UNCERTAIN, Draws, central, sample
from bolang.economy.levers.hub_opening import hub_position
from bolang.economy.levers.mechanisms import ShockBuilder
from bolang.economy.scenarios.circles import circles
from bolang.economy.scenarios.outcomes import MEASURES, outcomes
from bolang.economy.scenarios.running import BATCH, SWEEP, calibrated
from bolang.economy.scenarios.scenario import TradeShock
from bolang.economy.scenarios.workers import in_parallel, spread
from bolang.foundation.store import stored

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

PARAMETER_DRAWS = 6
"""Sets of model parameters under which every lever is solved; draws of effect sizes scale these solutions."""
SHOCKS = {
    "tariff_north_america": TradeShock(kind="tariff", region="north_america", change=0.25),
    "tariff_europe": TradeShock(kind="tariff", region="europe", change=0.25),
    "demand": TradeShock(kind="foreign_demand", change=-0.2),
    "freight": TradeShock(kind="sea_freight", change=0.5),
}
"""Standard shocks from outside."""
CIRCLE_KEYS = ("county", "neighbours", "province", "nation")
MEASURE_KEYS = MEASURES

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, eq=False)
class LeverEffects:
    """Effects of all levers, and of standard shocks, on one county.

    Changes are fractions of the baseline. Axes: L levers, K shocks, P sets of parameters, M measures (in the order of
    `measures`), C circles (county, neighbours, province, nation).

    Attributes
    ----------
    county : County
    closure : {'fixed', 'province', 'national'}
    levers : tuple of Lever
    requires : mapping of lever key to keys
        Levers without which another one does nothing in this county.
    measures : tuple of str
        Keys of `bolang.economy.scenarios.outcomes.MEASURES`.
    effect : array (L, M, C)
        At standard size, central parameters.
    under_parameters : array (P, L, M)
        On the county, for each set of parameters, at standard size.
    doubled : array (L, M)
        On the county at twice the standard size.
    interaction : array (L, L, M)
        On the county: effect of a pair beyond the sum of both, at standard size; symmetric, zero diagonal.
    shocks : tuple of str
        Keys of `SHOCKS`.
    shock : array (K, M, C)
    shock_under_parameters : array (P, K, M)
    """

    county: County
    closure: Closure
    levers: tuple[Lever, ...]
    requires: dict[str, tuple[str, ...]]
    measures: tuple[str, ...]
    effect: Array
    under_parameters: Array
    doubled: Array
    interaction: Array
    shocks: tuple[str, ...]
    shock: Array
    shock_under_parameters: Array

    def position(self, key: str) -> int:
        """Place of a lever."""
        return [lever.key for lever in self.levers].index(key)

    def at_size(self, size: float) -> Array:
        """Central effects on the county at a multiple of the standard size, (L, M), through zero, one and two."""
        one = self.effect[:, :, 0]
        curve = (self.doubled - 2 * one) / 2
        result: Array = (one - curve) * size + curve * size**2
        return result

    def draws(self, count: int, seed: int = 0, size: float = 1.0) -> Array:
        """Draw effects on the county, (count, L, M).

        Each draw takes one set of model parameters and, for every lever, a size from the lever's distribution, by which
        the solution at standard size is scaled.
        """
        rng = np.random.default_rng(seed)
        sets = rng.integers(0, len(self.under_parameters), count)
        uniform = rng.random((count, len(self.levers)))
        ratio = np.stack(
            [item.effect.quantile(uniform[:, i]) / item.effect.centre for i, item in enumerate(self.levers)], axis=1
        )
        one = self.effect[:, :, 0]
        scale = np.where(one != 0, self.at_size(size) / np.where(one != 0, one, 1.0), size)
        drawn: Array = self.under_parameters[sets] * ratio[:, :, None] * scale
        return drawn

    def interval(self, key: str, measure: str, count: int = 2000) -> tuple[float, float]:
        """Return the 5 and 95 % quantile of a lever's effect on the county."""
        drawn = self.draws(count)[:, self.position(key), self.measures.index(measure)]
        low, high = np.quantile(drawn, (0.05, 0.95))
        return float(low), float(high)


def effects(
    atlas: Atlas,
    county: County | str,
    *,
    closure: Closure = "national",
    interactions: bool = True,
    among: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> LeverEffects:
    """Solve all levers and standard shocks for one county; results are kept in the user's cache.

    Parameters
    ----------
    atlas : Atlas
    county : County or str
    closure : {'national', 'province', 'fixed'}
    interactions : bool
        Also solve pairs of levers; zero if not.
    among : sequence of str, optional
        Levers whose pairs are solved; all by default.
    progress : callable, optional
        Receives the stage and the residual.
    """
    calibration = calibrated(atlas)
    place = atlas.county(county)
    known = tuple(levers().values())
    tell = progress or (lambda stage, value: None)
    single = _singles(calibration, place.index, known, closure, tell)
    pairs = np.zeros((len(known), len(known), len(MEASURE_KEYS)))
    if interactions:
        wanted = [i for i, item in enumerate(known) if among is None or item.key in among]
        pairs = _pairs(calibration, place.index, known, wanted, closure, single, tell)["pairs"]
    has_market = hub_position(calibration.economy, place.index) is not None
    return LeverEffects(
        county=place,
        closure=closure,
        levers=known,
        requires={} if has_market else {"market_procurement": ("market_platform",)},
        measures=MEASURE_KEYS,
        effect=single["effect"],
        under_parameters=single["under_parameters"],
        doubled=single["doubled"],
        interaction=pairs,
        shocks=tuple(SHOCKS),
        shock=single["shock"],
        shock_under_parameters=single["shock_under_parameters"],
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One scenario of the batch: levers with sizes, a shock, and a set of parameters (0 is central)."""

    sizes: tuple[tuple[int, float], ...] = ()
    shock: str = ""
    parameters: int = 0


def _solved_for(calibration: Calibration, county: int, known: Sequence[Lever], closure: Closure) -> tuple[object, ...]:
    """Everything that the effects of levers in a county depend on, apart from the source."""
    spec = [item.key + item.mechanism + item.effect.model_dump_json() for item in known]
    return calibration.key, calibration.parameters.values, spec, county, closure


@stored(
    "economy-effects",
    inputs=lambda calibration, county, known, closure, tell: _solved_for(calibration, county, known, closure),
)
def _singles(
    calibration: Calibration, county: int, known: Sequence[Lever], closure: Closure, tell: Progress
) -> dict[str, Array]:
    """Every lever alone at one and two sizes and under all parameters; every shock under all parameters."""
    count, sets = len(known), range(PARAMETER_DRAWS + 1)
    columns = [_Column(sizes=((i, 1.0),), parameters=p) for p in sets for i in range(count)]
    columns += [_Column(sizes=((i, 2.0),)) for i in range(count)]
    columns += [_Column(shock=key, parameters=p) for p in sets for key in SHOCKS]
    changes = _solved(calibration, county, known, closure, columns, tell)
    levered = changes[: len(sets) * count].reshape(len(sets), count, *changes.shape[1:])
    shocked = changes[len(sets) * count + count :].reshape(len(sets), len(SHOCKS), *changes.shape[1:])
    return {
        "effect": levered[0],
        "under_parameters": levered[1:, :, :, 0],
        "doubled": changes[len(sets) * count : len(sets) * count + count, :, 0],
        "shock": shocked[0],
        "shock_under_parameters": shocked[1:, :, :, 0],
    }


@stored(
    "economy-pairs",
    inputs=lambda calibration, county, known, wanted, closure, single, tell: (
        *_solved_for(calibration, county, known, closure),
        tuple(wanted),
    ),
)
def _pairs(
    calibration: Calibration,
    county: int,
    known: Sequence[Lever],
    wanted: Sequence[int],
    closure: Closure,
    single: dict[str, Array],
    tell: Progress,
) -> dict[str, Array]:
    """Effect of pairs of the wanted levers beyond the sum of both, ``pairs`` (L, L, M)."""
    pairs = list(combinations(wanted, 2))
    if not pairs:
        return {"pairs": np.zeros((len(known), len(known), len(MEASURE_KEYS)))}
    columns = [_Column(sizes=((i, 1.0), (j, 1.0))) for i, j in pairs]
    both = _solved(calibration, county, known, closure, columns, tell)[:, :, 0]
    alone = single["effect"][:, :, 0]
    table = np.zeros((len(known), len(known), both.shape[1]))
    for (i, j), change in zip(pairs, both, strict=True):
        table[i, j] = table[j, i] = change - alone[i] - alone[j]
    return {"pairs": table}


def _solved(
    calibration: Calibration,
    county: int,
    known: Sequence[Lever],
    closure: Closure,
    columns: Sequence[_Column],
    tell: Progress,
) -> Array:
    """Changes of all measures in all circles, (columns, M, C)."""
    rows = circles(calibration.atlas, county)
    sets = central(calibration.parameters, []).joined(sample(calibration.parameters, [], PARAMETER_DRAWS, seed=0))

    def batch(part: slice) -> Array:
        some = columns[part]
        chosen = [column.parameters for column in some]
        draws = Draws({name: sets.parameters[name][chosen] for name in UNCERTAIN}, np.empty((0, len(some))))
        economy, built = _built(calibration, county, known, some, draws)
        single = calibration.single if economy is calibration.economy else cast(economy, np.float32)
        solved = solve(
            single,
            built,
            closure=closure,
            elasticities=draws.elasticities(len(single.sectors)),
            scenarios=len(some),
            options=SWEEP,
            progress=partial(_tell, tell, f"{part.stop}/{len(columns)}"),
        )
        done = outcomes(calibration, single, solved)
        changes = np.full((len(some), len(MEASURE_KEYS), len(CIRCLE_KEYS)), np.nan)
        for c, circle in enumerate(CIRCLE_KEYS):
            for m, measure in enumerate(MEASURE_KEYS):
                if len(rows[circle]):
                    changes[:, m, c] = done.change(measure, rows[circle])
        return changes

    return np.concatenate(in_parallel(batch, spread(len(columns), BATCH)))


def _built(
    calibration: Calibration, county: int, known: Sequence[Lever], some: Sequence[_Column], draws: Draws
) -> tuple[Economy, Shock]:
    """Turn columns into an economy, with a market if one opens, and a shock."""
    builder = ShockBuilder(calibration, draws)
    for i in sorted(range(len(known)), key=lambda i: known[i].mechanism != "hub"):
        size = np.array([dict(column.sizes).get(i, 0.0) for column in some])
        mechanism = known[i].mechanism
        if size.any() and not (mechanism == "hub_border" and hub_position(builder.economy, county) is None):
            builder.lever(mechanism, county, size * known[i].effect.centre)
    for key, shock in SHOCKS.items():
        active = np.array([column.shock == key for column in some], dtype=float)
        if active.any():
            _apply(builder, shock, active * shock.change)
    built = builder.build()
    return builder.economy, built


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
