"""Run a scenario: the central case, draws for the intervals, and what follows for county, neighbours and nation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.kept import kept
from bolang.economy.calibration.calibration import Calibration, calibrate, geography_of, parameters
from bolang.economy.calibration.regions import Regions
from bolang.economy.core.arrays import Array, cast
from bolang.economy.core.decomposition import Decomposition, decompose
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import Options, Solution, solve
from bolang.economy.core.technology import Elasticities
from bolang.economy.levers.catalogue import Lever, lever
from bolang.economy.levers.draws import Draws, central, one_at_a_time, sample
from bolang.economy.levers.mechanisms import ShockBuilder
from bolang.economy.scenarios.outcomes import Outcomes, industry_changes, outcomes, price_level
from bolang.economy.scenarios.scenario import LeverUse, Scenario, TradeShock
from bolang.economy.scenarios.workers import in_parallel, spread
from bolang.foundation import memory
from bolang.foundation.errors import BadInputError
from bolang.foundation.progress import Progress
from bolang.foundation.text import tr
from bolang.space import CloseGateway

if TYPE_CHECKING:
    from bolang.atlas import Atlas

CENTRAL = Options(tolerance=1e-8)
SWEEP = Options(tolerance=3e-6, relative=1e-3, iterations=120)
BATCH = 24
"""Scenarios solved side by side in a sweep; bounds memory to about 1.5 GB."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A lever with the counties where it is pulled.

    Attributes
    ----------
    lever : Lever
    counties : tuple of int
    effect : float or None
        Given by the user, already scaled; None is drawn from the lever's distribution.
    scale : float
    """

    lever: Lever
    counties: tuple[int, ...]
    effect: float | None
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class Swept:
    """Many solutions side by side.

    Attributes
    ----------
    outcomes : Outcomes
    industries : array (S, B)
        Relative change of the county's output by industry.
    """

    outcomes: Outcomes
    industries: Array


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All numbers of a scenario, before they are put into words.

    Attributes
    ----------
    calibration : Calibration
    economy : Economy
        With markets that the scenario opens.
    scenario : Scenario
    placed : tuple of Placed
    county : int
    solution : Solution
        Central case.
    central : Outcomes
    drawn : Swept or None
        One column a draw.
    sensitivity : mapping of parameter to (low, high)
        Relative change of the county's GDP with the parameter at the ends of its range.
    decomposition : Decomposition or None
    """

    calibration: Calibration
    economy: Economy
    scenario: Scenario
    placed: tuple[Placed, ...]
    county: int
    solution: Solution
    central: Outcomes
    drawn: Swept | None
    sensitivity: dict[str, tuple[float, float]]
    decomposition: Decomposition | None


def calibrated(atlas: Atlas, progress: Progress | None = None) -> Calibration:
    """Return the calibrated economy of an atlas, kept with it."""
    room = _room(atlas)
    if not room:
        room.append(calibrate(atlas, progress=progress))
    return room[0]


@kept
def _room(atlas: Atlas) -> list[Calibration]:
    """Room for the calibration of one atlas."""
    del atlas
    return []


def run(
    scenario: Scenario,
    atlas: Atlas,
    *,
    sensitivity: bool = False,
    decomposed: bool = True,
    progress: Progress | None = None,
) -> Run:
    """Solve a scenario.

    Parameters
    ----------
    scenario : Scenario
    atlas : Atlas
    sensitivity : bool
        Also solve with each parameter at the ends of its range.
    decomposed : bool
        Also solve without migration and split the effect.
    progress : callable, optional
        Receives the stage and the largest residual (for freight costs, the share that is done).
    """
    tell = progress or (lambda stage, value: None)
    placed = _checked(scenario, atlas)
    memory.require(memory.SWEEP if scenario.draws or sensitivity else memory.SOLVE)
    county = atlas.county(scenario.county).index
    calibration = calibrated(atlas, progress)
    spoken = [(item.lever, item.effect) for item in placed]
    economy, shock, elasticities = _assemble(calibration, scenario, placed, central(calibration.parameters, spoken))
    apart = decomposed and scenario.closure != "fixed"

    def settled(closure: Closure) -> Solution:
        stage = "central" if closure == scenario.closure else "parts"
        return solve(
            economy,
            shock,
            closure=closure,
            elasticities=elasticities,
            options=CENTRAL,
            progress=lambda _, miss: tell(stage, miss),
        )

    wanted: list[Closure] = [scenario.closure, "fixed"] if apart else [scenario.closure]
    found, *fixed = in_parallel(settled, wanted)
    split = _split(calibration, economy, shock, (*fixed, found)[0], found, county) if decomposed else None
    drawn = None
    if scenario.draws:
        columns = sample(calibration.parameters, spoken, scenario.draws, scenario.seed)
        drawn = _sweep(calibration, scenario, placed, columns, county, tell)
    tested: dict[str, tuple[float, float]] = {}
    if sensitivity:
        columns, names = one_at_a_time(calibration.parameters, spoken)
        swept = _sweep(calibration, scenario, placed, columns, county, partial(_renamed, tell))
        ends = swept.outcomes.by_county("gdp")[county]
        tested = {name: (float(ends[2 * i]), float(ends[2 * i + 1])) for i, name in enumerate(names)}
    return Run(
        calibration=calibration,
        economy=economy,
        scenario=scenario,
        placed=placed,
        county=county,
        solution=found,
        central=outcomes(calibration, economy, found),
        drawn=drawn,
        sensitivity=tested,
        decomposition=split,
    )


def _renamed(tell: Progress, stage: str, value: float) -> None:
    del stage
    tell("sensitivity", value)


def _checked(scenario: Scenario, atlas: Atlas) -> tuple[Placed, ...]:
    """Find all places, levers and regions before any long work starts."""
    county = atlas.county(scenario.county).index
    if not scenario.levers and not scenario.shocks and not scenario.edits:
        raise BadInputError(
            tr("情景是空的：没有抓手，也没有冲击。", "The scenario is empty: no lever and no shock."),
            tr(
                "例如 --lever sea_rail；全部抓手见 bolang simulate --list。",
                "For example --lever sea_rail; bolang simulate --list shows all.",
            ),
        )
    regions = Regions.from_parameters(atlas, parameters())
    for shock in scenario.shocks:
        if shock.region is not None:
            regions.position(shock.region)
        if shock.kind == "market_closed" and shock.place:
            atlas.county(shock.place)
    return tuple(_place(atlas, use, county) for use in scenario.levers)


def _place(atlas: Atlas, use: LeverUse, county: int) -> Placed:
    chosen = lever(use.lever)
    if use.province is not None:
        wanted = use.province.strip()
        rows = tuple(c.index for c in atlas.counties if wanted in (c.province, c.province_code, c.province[:-1]))
        if not rows:
            known = ", ".join(sorted({c.province for c in atlas.counties}))
            raise BadInputError(tr(f"没有省份 {wanted!r}。", f"No province {wanted!r}."), known)
    else:
        rows = (atlas.county(use.county).index if use.county else county,)
    effect = None if use.effect is None else use.effect * use.scale
    if effect is None and use.scale != 1.0:
        effect = chosen.effect.centre * use.scale
    return Placed(chosen, rows, effect, use.scale)


def _assemble(
    calibration: Calibration, scenario: Scenario, placed: Sequence[Placed], draws: Draws
) -> tuple[Economy, Shock, Elasticities | None]:
    """Turn a scenario and its draws into an economy and a shock."""
    builder = ShockBuilder(calibration, draws)
    order = sorted(range(len(placed)), key=lambda i: placed[i].lever.mechanism != "hub")
    for i in order:
        for row in placed[i].counties:
            builder.lever(placed[i].lever.mechanism, row, draws.effects[i])
    for shock in scenario.shocks:
        _apply(calibration, builder, shock)
    edits = (
        *(CloseGateway(shock.place) for shock in scenario.shocks if shock.place and shock.kind == "port_closed"),
        *scenario.edits,
    )
    if edits:
        changed = geography_of(calibration.atlas, calibration.regions, edits)
        builder.new_freight(changed.home, changed.abroad)
    built = builder.build()
    return builder.economy, built, draws.elasticities(len(calibration.economy.sectors))


def _apply(calibration: Calibration, builder: ShockBuilder, shock: TradeShock) -> None:
    """Add a shock; closed ports change the network and wait for its other edits."""
    change = np.array(shock.change)
    if shock.kind in ("tariff", "own_tariff"):
        builder.tariff(shock.region, change, at_home=shock.kind == "own_tariff")
    elif shock.kind == "foreign_demand":
        builder.foreign_demand(shock.region, change)
    elif shock.kind == "sea_freight":
        builder.sea_freight(shock.region, change)
    elif shock.kind == "market_closed" and shock.place:
        builder.close_hub(calibration.atlas.county(shock.place).index)


def _sweep(
    calibration: Calibration,
    scenario: Scenario,
    placed: Sequence[Placed],
    draws: Draws,
    county: int,
    tell: Progress,
) -> Swept:
    """Solve all columns in single precision, in batches side by side."""

    def batch(columns: slice) -> tuple[Outcomes, Array]:
        some = Draws({name: v[columns] for name, v in draws.parameters.items()}, draws.effects[:, columns])
        economy, shock, elasticities = _assemble(calibration, scenario, placed, some)
        single = calibration.single if economy is calibration.economy else cast(economy, np.float32)
        found = solve(
            single,
            shock,
            closure=scenario.closure,
            elasticities=elasticities,
            scenarios=some.count,
            options=SWEEP,
            progress=lambda _, miss: tell("draws", miss),
        )
        return outcomes(calibration, single, found), industry_changes(single, calibration.home, found, county)

    parts = in_parallel(batch, spread(draws.count, BATCH))
    first = parts[0][0]
    joined = {name: np.concatenate([part.after[name] for part, _ in parts], axis=1) for name in first.after}
    return Swept(Outcomes(first.before, joined), np.concatenate([industries for _, industries in parts], axis=1))


def _split(
    calibration: Calibration, economy: Economy, shock: Shock, settled: Solution, found: Solution, county: int
) -> Decomposition:
    levels = (
        float(price_level(economy, calibration.home, settled)[0]),
        float(price_level(economy, calibration.home, found)[0]),
    )
    return decompose(economy, shock, settled, found, county, levels)
