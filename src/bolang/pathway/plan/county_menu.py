"""The menu of one county, from the model: effects with their uncertainty, interactions, costs and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from bolang.economy.levers.catalogue import Lever as Cited
from bolang.economy.levers.conditions import hindrance
from bolang.economy.levers.local_cost import cost_factor as local_factor
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pathway.plan.menu import Goal, Lever, Menu
from bolang.pathway.plan.result import LeftOut, Reason

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.scenarios.effects import LeverEffects

Floats = NDArray[np.float64]
MEASURE: dict[Goal, str] = {"income": "real_income", "gdp": "gdp", "revenue": "revenue"}


@dataclass(frozen=True, slots=True)
class Base:
    """Baselines that effects are turned into money with.

    Attributes
    ----------
    gdp, revenue : float
        亿元 a year.
    revenue_estimated : bool
    growth : float
        Nominal growth a year.
    size : float
        Economy of the county over that of the median county.
    """

    gdp: float
    revenue: float
    revenue_estimated: bool
    growth: float
    size: float


def county_menu(
    found: LeverEffects, base: Base, keys: Sequence[str], *, goal: Goal = "income", draws: int = 200, seed: int = 0
) -> Menu:
    """Build the menu of a county from the effects of levers in the model.

    A draw takes one set of model parameters, and for every lever an effect and a cost from their distributions.

    Parameters
    ----------
    found : LeverEffects
    base : Base
    keys : sequence of str
        Levers on offer.
    goal : {'income', 'gdp', 'revenue'}
        What the plan is for: real income per head times GDP, GDP, or general budget revenue.
    draws, seed : int
    """
    offered = [found.position(key) for key in keys]
    sizes = _sizes()
    measure, revenue = found.measures.index(MEASURE[goal]), found.measures.index("revenue")
    effect = np.stack([found.draws(draws, seed, size)[:, :, measure] for size in sizes.tolist()], axis=-1)
    mean_revenue = np.stack([found.at_size(size)[:, revenue] for size in sizes.tolist()], axis=-1)
    uniform = qmc.LatinHypercube(d=len(found.levers), rng=np.random.default_rng(seed + 1)).random(draws)
    levers = []
    for k in offered:
        cited = found.levers[k]
        cost = cited.cost.centre * cited.local_share * local_factor(cited, base.size)
        levers.append(
            Lever(
                key=cited.key,
                label=cited.label.text,
                years=cited.years,
                cost=sizes * cost,
                goal=effect[:, k].astype(float),
                revenue=mean_revenue[k].astype(float),
                cost_factor=np.asarray(cited.cost.quantile(uniform[:, k]) / cited.cost.centre, dtype=float),
                requires=tuple(key for key in found.requires.get(cited.key, ()) if key in keys),
                evidence=cited.evidence.text,
                condition=cited.requires.text,
            )
        )
    return Menu(
        levers=tuple(levers),
        sizes=sizes,
        interaction=found.interaction[np.ix_(offered, offered)][:, :, measure].astype(float),
        goal=goal,
        goal_base=base.revenue if goal == "revenue" else base.gdp,
        revenue_base=base.revenue,
        growth=base.growth,
        revenue_estimated=base.revenue_estimated,
        closure=Text("模型假定：", "In the model: ") + found.closure_text + Text("。", "."),
    )


def offer(
    atlas: Atlas,
    county: County,
    found: LeverEffects,
    chosen: Sequence[Cited] | None = None,
    also: Sequence[Cited] = (),
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Say which levers a county can choose from, and why not from the others.

    Levers that the user names are taken at their word, except where they cannot work. Of the others those are left out
    whose effect nobody has measured, which the county has pulled already, or for which it lacks the condition (a rail
    freight station within reach, a wholesale market, a countryside).
    """
    listed = tuple(found.levers if chosen is None else (*chosen, *(x for x in also if x not in chosen)))
    named = {lever.key for lever in (*(chosen or ()), *also)}
    keys = {lever.key for lever in listed if lever.key in named or not unmeasured(lever)}
    offered, left = [], []
    for lever in listed:
        asked = lever.key in named
        missing = [key for key in found.requires.get(lever.key, ()) if key not in keys]
        against = hindrance(atlas, county, lever)
        if lever.key not in keys:
            left.append(_left(lever, "no_evidence", _no_evidence(lever)))
        elif against is not None and not (asked and against.kind == "in_place"):
            left.append(_left(lever, against.kind, against.why))
        elif missing:
            left.append(_left(lever, "not_possible", Text("本县没有批发市场", "the county has no wholesale market")))
        else:
            offered.append(lever.key)
    return tuple(offered), tuple(left)


def unmeasured(lever: Cited) -> bool:
    """Whether nobody has measured the lever's effect, so that its size is the user's to set."""
    return lever.evidence.zh.startswith("无")


def _no_evidence(lever: Cited) -> Text:
    return Text(
        f"没有可用的因果证据，默认不参选；如对当地效果有把握，请用 --also {lever.key} 加入",
        f"nobody has measured its effect, so it is not offered by default; add it with --also {lever.key}",
    )


def _left(lever: Cited, reason: Reason, why: Text) -> LeftOut:
    label, nan = lever.label.text, float("nan")
    return LeftOut(lever.key, label, reason, nan, nan, nan, label + Text("：", ": ") + why + Text("。", "."))


def _sizes() -> Floats:
    steps = load_parameters("bolang.pathway.plan")["size_steps"].value
    assert isinstance(steps, list)
    return np.array([float(step) for step in steps])
