"""A plan for any county from its name: facts, type, neighbours, model, debt and risk put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.model import County
from bolang.economy.effects import effects
from bolang.economy.fiscal import revenue_base
from bolang.economy.lever_catalogue import lever
from bolang.economy.running import calibrated
from bolang.errors import BadInputError
from bolang.pathway.debt import FiscalPosition, county_assumptions, fiscal_position
from bolang.pathway.neighbours import Neighbours, Surroundings
from bolang.pathway.planning.check import check_plan
from bolang.pathway.planning.county_menu import Base, county_menu, offer
from bolang.pathway.planning.make import Setting, make_plan
from bolang.pathway.planning.menu import Goal
from bolang.pathway.planning.result import Plan
from bolang.pathway.risk import assess_risk, county_exposure
from bolang.pathway.risk.ports import port_use
from bolang.pathway.risk.shocks import modelled_exports, shock_effects, shock_stresses
from bolang.pathway.types import National
from bolang.space import TransportSystem
from bolang.space.travel import isochrone
from bolang.text import Text

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.economy.calibration import Calibration
    from bolang.economy.migration import Closure

Progress = Callable[[str, float], None]
GOALS: tuple[Goal, ...] = ("income", "gdp", "revenue")
CLOSURES: tuple[Closure, ...] = ("national", "province", "fixed")
WAN_PER_YI = 1e4


def plan(
    county: str | County,
    *,
    budget: float | None = None,
    debt_limit: float | None = None,
    goal: Goal = "income",
    closure: Closure = "national",
    chosen: Sequence[str] | None = None,
    fiscal: Mapping[str, float] | None = None,
    growth: float | None = None,
    draws: int = 200,
    seed: int = 0,
    atlas: Atlas | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Choose levers, sizes and timing for a county under a budget and a debt limit.

    Parameters
    ----------
    county : str or County
        A county, or a name or code that resolves to one.
    budget : float, optional
        Own money in 亿元, arriving over five years; by default an illustration, marked as such.
    debt_limit : float, optional
        Greatest debt for the plan at the end of any year, 亿元. Known debt tightens it to the official lines; without
        it and without debt figures the plan does not borrow.
    goal : {'income', 'gdp', 'revenue'}
        What the plan is for: real income, GDP, or general budget revenue.
    closure : {'national', 'province', 'fixed'}
        Who may move in the model.
    chosen : sequence of str, optional
        Levers to choose from, by key or label. By default those whose effect somebody has measured; the others are
        reported as left out for want of evidence.
    fiscal : mapping, optional
        Items of `bolang.pathway.debt.FiscalPosition` in 亿元, laid over what is published.
    growth : float, optional
        Nominal growth ahead, such as 0.05; the province's recent average by default.
    draws, seed : int
        Draws of effects, costs and parameters; the same seed gives the same plan.
    atlas : Atlas, optional
    progress : callable, optional
        Receives the stage and the share done.

    Returns
    -------
    Plan
        ``.steps``, ``.left_out``, ``.runners_up``, ``.holds``, ``.debt``, ``.brief``; ``.to_frame()``, ``.explain()``.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If the name does not resolve to one county.
    BadInputError
        If an argument is out of range.
    """
    from bolang.atlas import Atlas as Facts

    _check(goal, closure, draws)
    tell = progress or (lambda stage, share: None)
    facts = atlas or Facts()
    place = facts.county(county)
    found = effects(facts, place, closure=closure, progress=tell)
    calibration = calibrated(facts)
    position = fiscal_position(facts, place, fiscal)
    assumptions, deviation = county_assumptions(facts, place, growth)
    base, notes = _base(calibration, place, position, float(assumptions.growth[0]))
    wanted = None if chosen is None else [lever(name) for name in chosen]
    keys, not_offered = offer(facts, place.index, found, wanted)
    menu = county_menu(found, base, keys, goal=goal, draws=draws, seed=seed)
    tell("risk", 0.0)
    system = _system(facts)
    exports = modelled_exports(calibration, place.index)
    ports = port_use(system, place, exports.by_market)
    shocks = shock_effects(found, ports.first if ports else None, facts)
    setting = Setting(
        county=place,
        position=position if position.gdp is not None else replace(position, gdp=base.gdp, estimated=("gdp",)),
        assumptions=assumptions,
        growth_deviation=deviation,
        stresses=shock_stresses(shocks),
        county_type=_national(facts).of(place),
        neighbours=advise_neighbours(facts, place, system),
        risk=assess_risk(county_exposure(facts, place, exports.to_gdp, exports.markets), ports, shocks),
    )
    made = make_plan(
        setting, menu, budget=budget, debt_limit=debt_limit, notes=notes, not_offered=not_offered, seed=seed
    )
    tell("check", 0.0)
    return made.with_check(check_plan(facts, place, menu, made.steps, closure))


def advise_neighbours(atlas: Atlas, county: County, system: TransportSystem | None = None) -> Neighbours:
    """Advise a county on the neighbours to join, by drives on the road network."""
    hours = isochrone(system or _system(atlas), county.code).hours
    return _surroundings(atlas).advise(county, hours)


@lru_cache(maxsize=2)
def _system(atlas: Atlas) -> TransportSystem:
    return TransportSystem.standard(atlas)


@lru_cache(maxsize=2)
def _surroundings(atlas: Atlas) -> Surroundings:
    return Surroundings(atlas)


@lru_cache(maxsize=2)
def _national(atlas: Atlas) -> National:
    return National(atlas)


def _base(
    calibration: Calibration, county: County, position: FiscalPosition, growth: float
) -> tuple[Base, tuple[Text, ...]]:
    """Baselines in 亿元: as published, otherwise the model's of 2020, marked."""
    modelled = calibration.economy.income[: calibration.home]
    size = float(modelled[county.index] / np.median(modelled))
    gdp, notes = position.gdp, []
    if gdp is None:
        gdp = float(modelled[county.index]) / WAN_PER_YI
        notes.append(
            Text(
                f"GDP未公布，按模型基期（2020年）的{gdp:.1f}亿元估计。",
                f"GDP is not published; the model's baseline of 2020, {gdp / 10:.2f} billion yuan, is used (estimated).",
            )
        )
    if position.revenue is not None:
        return Base(gdp, position.revenue, False, growth, size), tuple(notes)
    known = revenue_base(calibration.atlas, calibration, county.index)
    return Base(gdp, known.value, known.estimated, growth, size), tuple(notes)


def _check(goal: str, closure: str, draws: int) -> None:
    for name, value, known in (("goal", goal, GOALS), ("closure", closure, CLOSURES)):
        if value not in known:
            raise BadInputError(f"Unknown {name} {value!r}: expected one of {', '.join(known)}.")
    if not 1 <= draws <= 5000:
        raise BadInputError(f"The number of draws lies between 1 and 5,000, got {draws}.")
