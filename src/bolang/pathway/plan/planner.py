"""A plan for any county from its name: facts, type, neighbours, model, debt and risk put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import Atlas, asked
from bolang.atlas.model import County
from bolang.economy.levers.catalogue import Lever, lever
from bolang.economy.levers.local_cost import relative_size
from bolang.economy.scenarios.effects import effects
from bolang.economy.scenarios.fiscal import revenue_base
from bolang.economy.scenarios.running import calibrated
from bolang.foundation import doors
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr
from bolang.pathway.cross_border import modelled_risk
from bolang.pathway.debt import FiscalPosition, county_assumptions, fiscal_position
from bolang.pathway.plan.ceiling import check_limit
from bolang.pathway.plan.check import check_plan
from bolang.pathway.plan.county_menu import Base, county_menu, offer
from bolang.pathway.plan.make import Setting, check_budget, make_plan
from bolang.pathway.plan.menu import Goal
from bolang.pathway.plan.result import Plan
from bolang.pathway.risk.shocks import shock_stresses
from bolang.pathway.shared import advise_neighbours, national, transport

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration
    from bolang.economy.core.migration import Closure

Progress = Callable[[str, float], None]
GOALS: tuple[Goal, ...] = ("income", "gdp", "revenue")
CLOSURES: tuple[Closure, ...] = ("national", "province", "fixed")
WAN_PER_YI = 1e4


@doors.door(
    budget=doors.money,
    debt_limit=doors.money,
    goal=doors.one_of(GOALS),
    closure=doors.one_of(CLOSURES),
    chosen=doors.names,
    also=doors.names,
    fiscal=doors.numbers_by_name,
    growth=doors.real(-0.5, 1.0),
    draws=doors.whole(1, 5000),
    seed=doors.seed,
    atlas=doors.a(Atlas, called=Text("bl.Atlas", "a bl.Atlas")),
)
def plan(
    county: str | County,
    *,
    budget: float | None = None,
    debt_limit: float | None = None,
    goal: Goal = "income",
    closure: Closure = "national",
    chosen: Sequence[str] | None = None,
    also: Sequence[str] = (),
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
        Levers to choose from, by key or label. By default those whose effect somebody has measured, for which the county
        has the condition, and which it has not pulled already; the others are reported as left out, with the reason.
    also : sequence of str
        Levers to offer beside the default ones, such as one that nobody has measured.
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
    _check(goal, closure, draws)
    check_budget(budget)
    check_limit(debt_limit)
    wanted = None if chosen is None else _levers(chosen)
    added = _levers(also)
    tell = progress or (lambda stage, share: None)
    facts, place = asked(county, atlas)
    _check_known(facts, place)
    position = fiscal_position(facts, place, fiscal)
    assumptions, deviation = county_assumptions(facts, place, growth)
    # All input is checked by now: what follows takes minutes for a county that has not been solved yet.
    found = effects(facts, place, closure=closure, interactions=False, progress=tell)
    keys, not_offered = offer(facts, place, found, wanted, added)
    found = effects(facts, place, closure=closure, among=keys, progress=tell)
    calibration = calibrated(facts)
    base, notes = _base(calibration, place, position, float(assumptions.growth[0]))
    menu = county_menu(found, base, keys, goal=goal, draws=draws, seed=seed)
    tell("risk", 0.0)
    risk = modelled_risk(facts, found)
    setting = Setting(
        county=place,
        position=position if position.gdp is not None else replace(position, gdp=base.gdp, estimated=("gdp",)),
        assumptions=assumptions,
        growth_deviation=deviation,
        stresses=shock_stresses(risk.shocks),
        county_type=national(facts).of(place),
        neighbours=advise_neighbours(facts, place, transport(facts)),
        risk=risk,
    )
    made = make_plan(
        setting, menu, budget=budget, debt_limit=debt_limit, notes=notes, not_offered=not_offered, seed=seed
    )
    tell("check", 0.0)
    return made.with_check(check_plan(facts, place, menu, made.steps, closure))


def _base(
    calibration: Calibration, county: County, position: FiscalPosition, growth: float
) -> tuple[Base, tuple[Text, ...]]:
    """Baselines in 亿元: as published, otherwise the model's of 2020, marked."""
    size = relative_size(calibration, county.index)
    gdp, notes = position.gdp, []
    if gdp is None:
        gdp = float(calibration.economy.income[county.index]) / WAN_PER_YI
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
    for name, value, known in ((tr("目标", "goal"), goal, GOALS), (tr("人口流动假定", "closure"), closure, CLOSURES)):
        if value not in known:
            listed = ", ".join(known)
            raise BadInputError(
                tr(f"没有名为 {value!r} 的{name}。", f"Unknown {name} {value!r}."),
                tr(f"可用：{listed}。", f"Known: {listed}."),
            )
    if not 1 <= draws <= 5000:
        raise BadInputError(
            tr(
                f"抽样次数应在1与5000之间，收到 {draws}。",
                f"The number of draws lies between 1 and 5,000, got {draws}.",
            )
        )


def _levers(names: Sequence[str]) -> list[Lever]:
    return [lever(name) for name in names]


def _check_known(atlas: Atlas, county: County) -> None:
    """Refuse a county without employment data: nothing of it is in the model."""
    if np.isnan(atlas.employment(2020)[county.index]).any():
        raise BadInputError(
            tr(
                f"{county.name}没有人口普查就业数据，不在模型中，无法做方案。",
                f"The census has no employment of {county.name}; it is not in the model and no plan can be made.",
            ),
            tr("请选择其他县。", "Choose another county."),
        )
