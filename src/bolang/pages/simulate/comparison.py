"""Scenarios of one county side by side: what each gives to whom, what it costs, and whether the difference can be told."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bolang.document.model import Cell, Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.economy.scenarios.results import Effect, Simulation
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_YI, NONE, PERCENT
from bolang.pages.short import page_of
from bolang.wording import load

WORDS = load("web_scenario")
SIMULATE = load("simulate")
ROWS = (
    ("gdp", "county"),
    ("real_income", "county"),
    ("employment", "county"),
    ("manufacturing", "county"),
    ("exports", "county"),
    ("revenue", "county"),
    ("gdp", "neighbours"),
    ("gdp", "province"),
    ("gdp", "nation"),
)
"""What is compared: a measure, and where."""


@dataclass(frozen=True, slots=True)
class ScenarioColumn:
    """What one scenario gives: numbers only, light enough to travel between processes.

    Attributes
    ----------
    effects : tuple of Effect
    total, local : float
        Outlay of all payers and of the county, 亿元.
    revenue_gain : float
        亿元 a year.
    winner, loser : str
        Code of the other county that gains or loses most; empty where none does.
    """

    effects: tuple[Effect, ...]
    total: float
    local: float
    revenue_gain: float
    winner: str
    loser: str

    @classmethod
    def from_simulation(cls, found: Simulation) -> ScenarioColumn:
        """Take from a simulation what is compared."""
        first = [items[0].county.code if items else "" for items in (found.winners, found.losers)]
        return cls(
            found.effects,
            sum(cost.total for cost in found.costs),
            sum(cost.local for cost in found.costs),
            found.revenue_gain,
            *first,
        )

    def effect(self, measure: str, circle: str = "county") -> Effect | None:
        """Return an effect; None where the scenario has none."""
        return next((e for e in self.effects if (e.measure, e.circle) == (measure, circle)), None)


def comparison_page(
    county: Text,
    listed: Sequence[tuple[str, Text, ScenarioColumn]],
    place_of: Callable[[str], Text],
    day: date | None = None,
) -> Document:
    """Write scenarios side by side.

    Parameters
    ----------
    county : Text
        Its name.
    listed : sequence of (str, Text, ScenarioColumn)
        Letter of each scenario, what it is called, and what it gives.
    place_of : callable
        Name of a county by its code.
    """
    heads = [WORDS("compare.head", letter=same(letter), label=label) for letter, label, _ in listed]
    columns = (Column(WORDS("compare.scenario"), "left"), *(Column(head, "right") for head in heads))
    found = [column for _, _, column in listed]
    rows = [_effects(found, measure, circle) for measure, circle in ROWS]
    money = (("total", "estimated"), ("local", "estimated"), ("revenue_gain", "derived"))
    for name, status in money:
        key = "gain" if name == "revenue_gain" else name
        cells = [Number(getattr(c, name), 2, MONEY_YI, None, status) for c in found]  # type: ignore[arg-type]
        rows.append(Row((WORDS(f"compare.{key}"), *cells), key=key))
    for name in ("winner", "loser"):
        codes = [getattr(column, name) for column in found]
        named = [place_of(code) if code else same("–") for code in codes]
        rows.append(Row((WORDS(f"compare.{name}"), *named), key=name))
    table = Table("scenarios", WORDS("compare.caption"), columns, tuple(rows), WORDS("compare.source"))
    answer = Paragraph(tuple(Sentence(text) for text in _verdict(listed)), role="answer")
    title = WORDS("compare.title", county=county)
    return page_of(title, (answer, table), day=day)


def _effects(found: Sequence[ScenarioColumn], measure: str, circle: str) -> Row:
    effects = [column.effect(measure, circle) for column in found]
    name = WORDS("compare.row", circle=SIMULATE(f"circle.{circle}"), measure=SIMULATE(f"measure.{measure}"))
    return Row((name, *map(_percent, effects)), strong=(measure, circle) == ROWS[0], key=f"{circle}-{measure}")


def _percent(effect: Effect | None) -> Cell:
    if effect is None or not math.isfinite(effect.value):
        return same("–")
    drawn = math.isfinite(effect.low)
    low, high = (100 * effect.low, 100 * effect.high) if drawn else (None, None)
    return Number(100 * effect.value, 3, NONE, None, "derived", low=low, high=high, signed=True)


def _verdict(listed: Sequence[tuple[str, Text, ScenarioColumn]]) -> list[Text]:
    """Say which scenario does most for the county, and whether the intervals tell it from the next."""
    scored = [(effect, same(letter)) for letter, _, column in listed if (effect := column.effect("gdp"))]
    scored.sort(key=lambda pair: -pair[0].value)
    if not scored:
        return []
    best, label = scored[0]
    value = Number(100 * best.value, 3, PERCENT, None, "derived", signed=True).text
    said = [WORDS("compare.best" if best.value > 0 else "compare.least", best=label, value=value)]
    if len(scored) > 1:
        highest = max((effect.high for effect, _ in scored[1:]), default=math.nan)
        if not all(math.isfinite(effect.low) for effect, _ in scored):
            said.append(WORDS("compare.no_draws"))
        elif best.low > highest:
            said.append(WORDS("compare.apart"))
        else:
            said.append(WORDS("compare.overlap", other=scored[1][1]))
    return said
