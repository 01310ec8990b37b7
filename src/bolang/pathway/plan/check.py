"""The recommended levers solved together in the model: whether the sum holds, and who else gains and loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.economy.scenarios.describe import summarise
from bolang.economy.scenarios.results import PlaceEffect, Simulation
from bolang.economy.scenarios.running import run
from bolang.economy.scenarios.scenario import LeverUse, Scenario
from bolang.foundation.text import Text, join
from bolang.pathway.plan.county_menu import MEASURE
from bolang.pathway.plan.menu import Menu

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.core.migration import Closure
    from bolang.pathway.plan.result import Step

NAMED = 3


@dataclass(frozen=True, eq=False)
class ModelCheck:
    """All recommended levers at their central effects, solved at once.

    Attributes
    ----------
    simulation : Simulation
        The model's answer for county, neighbours, province and nation, with winners and losers.
    added_up : float
        Change of the goal by the sum of single levers and their interactions, a fraction.
    solved : float
        Change of the goal when solved together, a fraction.
    sentence : Text
    """

    simulation: Simulation
    added_up: float
    solved: float
    sentence: Text


def check_plan(atlas: Atlas, county: County, menu: Menu, steps: Sequence[Step], closure: Closure) -> ModelCheck | None:
    """Solve the recommended levers together; None for an empty plan."""
    if not steps:
        return None
    sizes = {step.lever: step.size for step in steps}
    uses = tuple(LeverUse(lever=key, scale=size) for key, size in sizes.items())
    scenario = Scenario(county, levers=uses, closure=closure, draws=0)
    found = summarise(run(scenario, atlas, decomposed=False))
    solved = next(e.value for e in found.effects if e.circle == "county" and e.measure == MEASURE[menu.goal])
    added = added_up(menu, sizes)
    return ModelCheck(found, added, solved, _sentence(found, added, solved))


def added_up(menu: Menu, sizes: dict[str, float]) -> float:
    """Sum of single effects at the mean of the draws and of pairwise interactions, as the plan reckons; a fraction."""
    places = {lever.key: k for k, lever in enumerate(menu.levers)}
    steps = menu.sizes.tolist()
    total = sum(float(menu.levers[places[key]].goal[:, steps.index(size)].mean()) for key, size in sizes.items())
    keys = list(sizes)
    for i, one in enumerate(keys):
        for other in keys[i + 1 :]:
            total += float(menu.interaction[places[one], places[other]]) * sizes[one] * sizes[other]
    return total


def _sentence(found: Simulation, added: float, solved: float) -> Text:
    own = next(e for e in found.effects if e.circle == "county" and e.measure == "gdp")
    nation = next(e for e in found.effects if e.circle == "nation" and e.measure == "gdp")
    text = Text(
        f"各项一起求解，目标变化{100 * solved:+.2f}%（逐项相加{100 * added:+.2f}%）；本县GDP每年{own.amount:+.2f}亿元，"
        f"全国{nation.amount:+.2f}亿元（2020年规模，估计）。",
        f"Solved together the goal moves by {100 * solved:+.2f} % (added up: {100 * added:+.2f} %); the county's GDP by "
        f"{own.amount / 10:+.3f}, the nation's by {nation.amount / 10:+.3f} billion yuan a year (size of 2020, estimated). ",
    )
    for label, listed in (
        (Text("受益较多：", "Gaining most: "), found.winners[:NAMED]),
        (Text("受损较多：", "Losing most: "), found.losers[:NAMED]),
    ):
        if listed:
            text += label + join([_place(place) for place in listed], "、", ", ") + Text("亿元。", " billion yuan. ")
    return text


def _place(place: PlaceEffect) -> Text:
    name = place.county.name
    return Text(f"{name}{place.amount:+.2f}", f"{name} {place.amount / 10:+.3f}")
