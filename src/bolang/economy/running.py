"""Run a scenario: the central case, draws for the intervals, and what follows for county, neighbours and nation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.arrays import Array, cast
from bolang.economy.calibration import Calibration, calibrate
from bolang.economy.decomposition import Decomposition, decompose
from bolang.economy.draws import Draws, central, one_at_a_time, sample
from bolang.economy.equilibrium import Economy, Shock
from bolang.economy.lever_catalogue import Lever, lever
from bolang.economy.mechanisms import ShockBuilder
from bolang.economy.outcomes import Outcomes, outcomes
from bolang.economy.scenario import LeverUse, Scenario, TradeShock
from bolang.economy.solver import Options, Solution, solve
from bolang.economy.technology import Elasticities
from bolang.errors import BadInputError
from bolang.text import tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas

CENTRAL = Options(tolerance=1e-8)
SWEEP = Options(tolerance=3e-6, relative=1e-3, iterations=120)
BATCH = 24
"""Scenarios solved side by side in a sweep; bounds memory to about 1.5 GB."""

Progress = Callable[[str, float], None]


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
    drawn : Outcomes or None
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
    drawn: Outcomes | None
    sensitivity: dict[str, tuple[float, float]]
    decomposition: Decomposition | None


@lru_cache(maxsize=2)
def calibrated(atlas: Atlas) -> Calibration:
    """Return the calibrated economy of an atlas, kept for the session."""
    return calibrate(atlas)


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
        Receives the stage and the largest residual.
    """
    tell = progress or (lambda stage, value: None)
    tell("calibration", 0.0)
    calibration = calibrated(atlas)
    county = atlas.county(scenario.county).index
    placed = tuple(_place(atlas, use, county) for use in scenario.levers)
    if not placed and not scenario.shocks and not scenario.edits:
        raise BadInputError(
            tr("情景是空的：没有抓手，也没有冲击。", "The scenario is empty: no lever and no shock."),
            tr("例如 --lever sea_rail。", "For example --lever sea_rail."),
        )
    spoken = [(item.lever, item.effect) for item in placed]
    economy, shock, elasticities = _assemble(calibration, scenario, placed, central(calibration.parameters, spoken))
    tell("central", 0.0)
    found = solve(
        economy,
        shock,
        closure=scenario.closure,
        elasticities=elasticities,
        options=CENTRAL,
        progress=lambda _, miss: tell("central", miss),
    )
    split = _split(calibration, economy, shock, scenario, found, county) if decomposed else None
    drawn = None
    if scenario.draws:
        columns = sample(calibration.parameters, spoken, scenario.draws, scenario.seed)
        drawn = _sweep(calibration, scenario, placed, columns, tell)
    tested: dict[str, tuple[float, float]] = {}
    if sensitivity:
        columns, names = one_at_a_time(calibration.parameters, spoken)
        ends = _sweep(calibration, scenario, placed, columns, tell).by_county("gdp")[county]
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
    if scenario.edits:
        _rebuild(calibration, builder, scenario.edits)
    built = builder.build()
    return builder.economy, built, draws.elasticities(len(calibration.economy.sectors))


def _apply(calibration: Calibration, builder: ShockBuilder, shock: TradeShock) -> None:
    change = np.array(shock.change)
    if shock.kind in ("tariff", "own_tariff"):
        builder.tariff(shock.region, change, at_home=shock.kind == "own_tariff")
    elif shock.kind == "foreign_demand":
        builder.foreign_demand(shock.region, change)
    elif shock.kind == "sea_freight":
        builder.sea_freight(shock.region, change)
    elif shock.place is None:
        raise BadInputError(tr(f"{shock.kind} 需要给出 place。", f"{shock.kind} needs a place."))
    elif shock.kind == "market_closed":
        builder.close_hub(calibration.atlas.county(shock.place).index)
    else:
        from bolang.space import CloseGateway

        _rebuild(calibration, builder, (CloseGateway(shock.place),))


def _rebuild(calibration: Calibration, builder: ShockBuilder, edits: Sequence[object]) -> None:
    """Price the changed network and let the builder use it."""
    from bolang.economy.calibration import geography_of

    changed = geography_of(calibration.atlas, calibration.regions, tuple(edits))
    builder.new_freight(changed.home, changed.abroad)


def _sweep(
    calibration: Calibration, scenario: Scenario, placed: Sequence[Placed], draws: Draws, tell: Progress
) -> Outcomes:
    """Solve all columns in single precision, a batch at a time."""
    parts = []
    for start in range(0, draws.count, BATCH):
        columns = slice(start, min(start + BATCH, draws.count))
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
        parts.append(outcomes(calibration, single, found))
    joined = {name: np.concatenate([part.after[name] for part in parts], axis=1) for name in parts[0].after}
    return Outcomes(parts[0].before, joined)


def _split(
    calibration: Calibration, economy: Economy, shock: Shock, scenario: Scenario, found: Solution, county: int
) -> Decomposition:
    settled = found if scenario.closure == "fixed" else solve(economy, shock, closure="fixed", options=CENTRAL)
    levels = (price_level(calibration, economy, settled), price_level(calibration, economy, found))
    return decompose(economy, shock, settled, found, county, levels)


def price_level(calibration: Calibration, economy: Economy, found: Solution) -> float:
    """National price of final goods over the baseline, weighted by baseline final spending."""
    n = calibration.home
    local: Array = (economy.technology.final[:n] * np.log(found.price[:n, :, 0])).sum(axis=1)
    spent = economy.final_spending[:n]
    return float(np.exp((spent / spent.sum()) @ local))
