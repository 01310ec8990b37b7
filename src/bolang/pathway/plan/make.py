"""Puts a plan together from its parts: menu, public finances, type, neighbours and risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bolang.atlas.model import County
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, tr
from bolang.pathway.debt import Assumptions, FiscalPosition, Stress, assess
from bolang.pathway.neighbours import Neighbours
from bolang.pathway.plan.brief import write_brief
from bolang.pathway.plan.ceiling import debt_ceiling
from bolang.pathway.plan.choice import choose
from bolang.pathway.plan.findings import read_left_out, read_robust, read_runners_up, read_steps
from bolang.pathway.plan.menu import Menu
from bolang.pathway.plan.options import Terms, build_options, build_problem
from bolang.pathway.plan.result import LeftOut, Plan
from bolang.pathway.risk import CrossBorderRisk
from bolang.pathway.types import CountyType


@dataclass(frozen=True, eq=False)
class Setting:
    """What a plan is made for.

    Attributes
    ----------
    county : County
    position : FiscalPosition
    assumptions : Assumptions
    growth_deviation : float or None
    stresses : tuple of Stress
        Trade shocks from the model, beside the standard stress tests.
    county_type, neighbours, risk
    """

    county: County
    position: FiscalPosition
    assumptions: Assumptions
    growth_deviation: float | None = None
    stresses: tuple[Stress, ...] = ()
    county_type: CountyType | None = None
    neighbours: Neighbours | None = None
    risk: CrossBorderRisk | None = None


def make_plan(
    setting: Setting,
    menu: Menu,
    *,
    budget: float | None = None,
    debt_limit: float | None = None,
    terms: Terms | None = None,
    rivals: int = 4,
    notes: Sequence[Text] = (),
    not_offered: Sequence[LeftOut] = (),
    seed: int = 0,
) -> Plan:
    """Choose levers, sizes and timing for a county.

    Parameters
    ----------
    setting : Setting
    menu : Menu
    budget : float, optional
        Own money, 亿元; it arrives in equal parts over `Terms.budget_years` and keeps. By default an illustrative share
        of GDP, marked as such.
    debt_limit : float, optional
        Greatest debt the plan may owe at the end of any year, 亿元.
    terms : Terms, optional
    rivals : int
        Number of runners-up.
    notes : sequence of Text
        Remarks on the inputs, passed on.
    not_offered : sequence of LeftOut
        Levers that were not offered, with the reason, passed on.
    seed : int
        Of the fan charts.

    Raises
    ------
    BadInputError
        If the budget is negative, or missing while GDP is unknown.
    """
    terms = terms or Terms.from_parameters()
    money, illustration = _budget(setting.position, budget, terms.budget_years)
    before = assess(setting.position, setting.assumptions, setting.growth_deviation, draws=1, seed=seed)
    ceiling = debt_ceiling(before, debt_limit, terms.finance_years)
    options = build_options(menu, terms)
    problem = build_problem(menu, options, terms, terms.arrival(money), ceiling.limit)
    choice = choose(problem, rivals=rivals)
    debt = assess(
        setting.position,
        setting.assumptions,
        setting.growth_deviation,
        stresses=setting.stresses,
        plan_debt=choice.plan.debt,
        seed=seed,
    )
    low, high = np.quantile(choice.plan.worth, [0.05, 0.95])
    steps = read_steps(menu, options, choice)
    parts = {
        "county": setting.county,
        "goal": menu.goal,
        "budget": money,
        "budget_is_illustration": illustration,
        "ceiling": ceiling,
        "steps": steps,
        "robust": read_robust(menu, options, problem, choice, steps),
        "left_out": (*read_left_out(menu, options, problem, choice), *not_offered),
        "runners_up": read_runners_up(menu, options, choice),
        "worth": choice.plan.mean,
        "low": float(low),
        "high": float(high),
        "choice": choice,
        "returns": float((options.revenue @ options.discount)[choice.plan.options].sum()),
        "outlay": float(options.outlay[choice.plan.options].sum()),
        "debt": debt,
        "county_type": setting.county_type,
        "neighbours": setting.neighbours,
        "risk": setting.risk,
        "menu": menu,
        "options": options,
        "terms": terms,
        "notes": (*notes, *_notes(menu, money, illustration), ceiling.note, *debt.notes),
    }
    return Plan(**parts, brief=write_brief(parts))  # type: ignore[arg-type]


def check_budget(budget: float | None) -> None:
    """Refuse a budget that is negative or no number.

    Raises
    ------
    BadInputError
    """
    if budget is not None and not (np.isfinite(budget) and budget >= 0):
        raise BadInputError(
            tr(f"预算应为非负数（亿元），收到 {budget}。", f"The budget should be 0 or more (亿元), got {budget}.")
        )


def _budget(position: FiscalPosition, budget: float | None, years: int) -> tuple[float, bool]:
    check_budget(budget)
    if budget is not None:
        return budget, False
    if position.gdp is None:
        raise BadInputError(
            tr("没有GDP数据，无法给出示例预算。", "GDP is unknown, so no illustrative budget can be set."),
            tr("请用 --budget 给出预算（亿元）。", "Give a budget in 亿元 with --budget."),
        )
    share = load_parameters("bolang.pathway.plan").number("illustrative_budget")
    return share * position.gdp * years, True


def _notes(menu: Menu, budget: float, illustration: bool) -> list[Text]:
    notes = []
    if illustration:
        notes.append(
            Text(
                f"未给出预算：以五年内每年GDP的1%、共{budget:.1f}亿元为示例，并非当地实际预算。",
                f"No budget is given: 1 % of GDP a year for five years, {budget / 10:.2f} billion yuan in all, is an illustration, not the "
                "county's own budget.",
            )
        )
    if menu.revenue_estimated:
        notes.append(
            Text(
                "一般公共预算收入未公布，增收按估计的基数计算。",
                "General budget revenue is not published; additional revenue is reckoned on an estimate.",
            )
        )
    if menu.closure.zh:
        notes.append(menu.closure)
    return notes
