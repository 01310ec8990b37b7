"""A plan as a result: measures with their standing, the account, what the treasury pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from bolang.atlas import County
from bolang.atlas.register import PolicyState
from bolang.atlas.status import StatusKey
from bolang.foundation.text import Lang
from bolang.foundation.voice import spoken
from bolang.pathway.debt import FiscalPosition
from bolang.pathway.plan.account import Account, Base
from bolang.pathway.plan.effects import Freight
from bolang.pathway.plan.measures import Measure
from bolang.pathway.plan.modelled import ModelledEffect
from bolang.pathway.plan.preconditions import Precondition
from bolang.pathway.plan.schedule import CashSpan, schedule
from bolang.pathway.plan.sea_calls import WayToPort
from bolang.pathway.types.roads import Cell
from bolang.pathway.types.special_roads import Situation

if TYPE_CHECKING:
    import polars as pl

Standing = Literal[
    "in_place",
    "apply",
    "ask",
    "do",
    "pilot",
    "later",
    "unset",
    "unlikely",
    "does_not_pay",
    "too_dear",
    "impossible",
    "off_road",
]
STANDINGS: tuple[Standing, ...] = (
    "do", "pilot", "apply", "ask", "in_place", "later", "unset", "too_dear", "unlikely", "does_not_pay", "impossible", "off_road",
)  # fmt: skip
"""Order of reading."""
LISTS: tuple[StatusKey, ...] = ("key_assistance", "grain")
"""Official lists that change what a county should look at first."""


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One measure in one county.

    Attributes
    ----------
    standing : str
        ``in_place``: the county has it. ``apply``: others decide, its conditions are met. ``ask``: whether it is in place,
        or whether a condition is met, is not known. ``do``: measured and worth its cost in most draws. ``pilot``: possible
        and on the county's road, but nobody has measured it. ``later``: a pilot beyond the number that can be measured at
        once. ``unset``: the model carries it, but its size is the user's to set, so it is not offered
        before that is done. ``unlikely``: it would pay only by an effect that nobody has ever seen. ``does_not_pay``, ``too_dear``: measured
        and not worth it, or without effect; beyond the budget. ``impossible``: a condition is not
        met here. ``off_road``: possible, but not what its type needs first.
    policy : PolicyState or None
    tests : tuple of Precondition
    account : Account or None
        Where the county decides, so that it is its money, and its base is known.
    """

    measure: Measure
    standing: Standing
    policy: PolicyState | None
    tests: tuple[Precondition, ...]
    account: Account | None = None

    @property
    def key(self) -> str:
        """Key of the measure."""
        return self.measure.key

    @property
    def failed(self) -> Precondition | None:
        """The first condition that is not met."""
        return next((test for test in self.tests if test.met is False), None)

    @property
    def unknown(self) -> Precondition | None:
        """The first condition of which the value is not known."""
        return next((test for test in self.tests if test.met is None), None)

    @property
    def strength(self) -> float:
        """How far the condition that counts is met, as a ratio to its line; 1 where there is none."""
        name = self.measure.strength or next((t.key for t in self.tests if t.direction != "listed"), "")
        test = next((t for t in self.tests if t.key == name), None)
        if test is None or test.value is None:
            return 1.0
        if test.direction == "at_most":
            return test.line / max(test.value, 0.25 * test.line)
        return test.value / test.line


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for one county; money in 亿元 at constant prices.

    Attributes
    ----------
    county : County
    cell : str or None
        Type of the county; its probability is `certainty`.
    cells : tuple of str
        All types likely enough for their road to count.
    situation : str or None
        What sets the county apart from its type.
    entries : tuple of PlanEntry
        Every measure, in the order of reading.
    base : Base or None
        What effects are turned into money with; None where neither income nor GDP is known.
    fiscal : FiscalPosition
        Public finances as published or given.
    budget : float or None
        Own money that the user gave.
    freight : Freight or None
        The direct saving of sea-rail, where exports are published.
    river_port : WayToPort or None
        The nearest river port with container services, where one is as near as a seaport would have to be.
    lists : tuple of str
        Official lists that name the county and bear on the plan (`LISTS`).
    modelled : mapping of str to ModelledEffect
        What the equilibrium says of levers here, by key of the lever, as far as the shipped table goes.
    latest : int
        Year of the newest accounts of the atlas.
    draws, seed : int
    """

    county: County
    cell: Cell | None
    cells: tuple[Cell, ...]
    certainty: float
    situation: Situation | None
    entries: tuple[PlanEntry, ...]
    base: Base | None
    fiscal: FiscalPosition
    budget: float | None
    freight: Freight | None
    river_port: WayToPort | None
    lists: tuple[str, ...]
    modelled: Mapping[str, ModelledEffect]
    latest: int
    draws: int
    seed: int

    def explain(self, lang: Lang = "zh") -> str:
        """Return what the first page of the plan says, as plain text."""
        return spoken("plan", self, lang)

    def of(self, *standings: Standing) -> tuple[PlanEntry, ...]:
        """Return the entries of some standings, in order."""
        return tuple(entry for entry in self.entries if entry.standing in standings)

    def entry(self, key: str) -> PlanEntry:
        """Return one measure by key."""
        return next(entry for entry in self.entries if entry.key == key)

    @property
    def recommended(self) -> tuple[PlanEntry, ...]:
        """What the county is told to do or to pilot."""
        return self.of("do", "pilot")

    @property
    def cash(self) -> tuple[float, ...]:
        """What the treasury pays for all that is recommended, year by year."""
        paid = [entry.account.cash for entry in self.recommended if entry.account]
        return tuple(float(x) for x in np.sum(paid, axis=0)) if paid else ()

    @property
    def schedule(self) -> tuple[CashSpan, ...]:
        """The same by spans of years, building and running apart, beside what residents would have to gain."""
        return schedule(entry.account for entry in self.recommended if entry.account)

    @property
    def room(self) -> float | None:
        """Debt limit less debt, where both are published for one year."""
        debt, quota = self.fiscal.total_debt, self.fiscal.quota
        return None if debt is None or quota is None else quota - debt

    def to_frame(self) -> pl.DataFrame:
        """Return the measures as rows, numbers and keys only."""
        import polars as pl

        return pl.DataFrame([_row(entry) for entry in self.entries], infer_schema_length=None)


def _row(entry: PlanEntry) -> dict[str, object]:
    found = entry.account
    effect = found.effect if found else None
    return {
        "measure": entry.key,
        "standing": entry.standing,
        "decider": entry.measure.decider,
        "since": entry.policy.since if entry.policy else None,
        "card": entry.measure.card,
        "outlay": found.outlay if found else None,
        "running": found.running if found else None,
        "county_share": found.share if found else None,
        "break_even": found.break_even if found else None,
        "effect": effect.mean if effect else None,
        "effect_low": effect.low if effect else None,
        "effect_high": effect.high if effect else None,
        "pays": found.pays if found else None,
        "benefit_cost": found.benefit_cost if found else None,
        "unrealistic": found.unrealistic if found else None,
        "strength": entry.strength,
    }
