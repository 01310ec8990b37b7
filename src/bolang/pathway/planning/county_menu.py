"""The menu of one county, from the model: effects with their uncertainty, interactions, costs and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from bolang.economy.calibration import parameters
from bolang.economy.in_place import in_place
from bolang.economy.lever_catalogue import Lever as Cited
from bolang.parameters import load_parameters
from bolang.pathway.planning.menu import Goal, Lever, Menu
from bolang.pathway.planning.result import LeftOut, Reason
from bolang.text import Text

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.economy.effects import LeverEffects

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
    scale = base.size ** load_parameters("bolang.pathway.planning").number("cost_scale")
    levers = []
    for k in offered:
        cited = found.levers[k]
        cost = cited.cost.centre * cited.local_share * (1.0 if cited.mechanism == "hub" else scale)
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
    atlas: Atlas, county: int, found: LeverEffects, chosen: Sequence[Cited] | None
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Say which levers a county can choose from, and why not from the others.

    Without a choice by the user, levers whose effect nobody has measured are not offered. A lever is not offered either
    where the county lacks its condition (a rail freight station within reach, a wholesale market) or has it already.
    """
    reach = load_parameters("bolang.pathway.planning").number("station_reach")
    station = float(atlas.column("station_km", 2020)[county])
    listed = tuple(found.levers if chosen is None else chosen)
    keys = {lever.key for lever in listed if chosen is not None or not unmeasured(lever)}
    offered, left = [], []
    for lever in listed:
        needs = [key for key in found.requires.get(lever.key, ()) if key not in keys]
        if lever.key not in keys:
            left.append(_left(lever, *_no_evidence(lever)))
        elif lever.mechanism in ("sea_leg", "rail_europe") and not station <= reach:
            left.append(
                _left(
                    lever,
                    f"最近的铁路货运站在{station:.0f}公里外",
                    f"the nearest rail freight station is {station:.0f} km away",
                )
            )
        elif chosen is None and (known := in_place(lever.key, atlas.counties[county], parameters())) is not None:
            left.append(_left(lever, known.zh, known.en))
        elif needs:
            left.append(_left(lever, "本县没有批发市场", "the county has no wholesale market"))
        else:
            offered.append(lever.key)
    return tuple(offered), tuple(left)


def unmeasured(lever: Cited) -> bool:
    """Whether nobody has measured the lever's effect, so that its size is the user's to set."""
    return lever.evidence.zh.startswith("无")


def _no_evidence(lever: Cited) -> tuple[str, str]:
    return (
        f"没有可用的因果证据，默认不参选；如对当地效果有把握，请用 --lever {lever.key} 指定",
        f"nobody has measured its effect, so it is not offered by default; name it with --lever {lever.key} to offer it",
    )


def _left(lever: Cited, zh: str, en: str) -> LeftOut:
    label, nan = lever.label.text, float("nan")
    reason: Reason = "no_evidence" if unmeasured(lever) else "not_possible"
    return LeftOut(lever.key, label, reason, nan, nan, nan, Text(f"{label.zh}：{zh}。", f"{label.en}: {en}."))


def _sizes() -> Floats:
    steps = load_parameters("bolang.pathway.planning")["size_steps"].value
    assert isinstance(steps, list)
    return np.array([float(step) for step in steps])
