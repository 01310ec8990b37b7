"""A simulation: the answer, the effects on county, neighbours, province and nation, who gains and loses, what must be known."""

from __future__ import annotations

import math
from datetime import date

from bolang.atlas.model import INDUSTRY_LABELS
from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.economy.scenarios.results import Effect, PlaceEffect, Simulation
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_YI, NONE
from bolang.pages.simulate.sentences import closure_text, description, headline, known
from bolang.wording import load

WORDS = load("simulate")
MEASURES = (
    "gdp",
    "real_income",
    "employment",
    "manufacturing",
    "wholesale",
    "exports",
    "throughput",
    "revenue",
    "welfare",
)
CIRCLES = ("county", "neighbours", "province", "nation")
SHOWN = 8


def simulate_page(found: Simulation, day: date | None = None) -> Document:
    """Write the result of a scenario."""
    county = place(found.county.name)
    front: list[Block] = [_said(headline(found), "answer"), _said(description(found))]
    front += [_said(text, "bullet") for text in known(found)]
    front.append(_effects(found))
    others: list[Block] = [
        _places(rows, key) for rows, key in ((found.winners, "winners"), (found.losers, "losers")) if rows
    ]
    behind: list[Block] = [_industries(found), *_costs(found)]
    return Document(
        title=WORDS("title", county=county),
        subtitle=same(""),
        kicker=place(found.county.full_name),
        authors=WORDS("authors"),
        date=day or date.today(),
        front=tuple(front),
        sections=(
            Section("others", WORDS("others.title"), tuple(others)),
            Section("behind", WORDS("behind.title"), tuple(behind)),
        ),
    )


def _said(text: Text, role: str = "body") -> Paragraph:
    return Paragraph((Sentence(text),), role=role)  # type: ignore[arg-type]


def _percent(effect: Effect | None) -> Cell:
    if effect is None or not math.isfinite(effect.value):
        return same("–")
    low, high = (100 * effect.low, 100 * effect.high) if math.isfinite(effect.low) else (None, None)
    return Number(100 * effect.value, 2, NONE, None, "derived", low=low, high=high, signed=True)


def _effects(found: Simulation) -> Table:
    by = {(effect.measure, effect.circle): effect for effect in found.effects}
    columns = (
        Column(WORDS("column.measure"), "left", 1.4),
        *(Column(WORDS(f"circle.{circle}")) for circle in CIRCLES),
    )
    rows = tuple(
        Row((WORDS(f"measure.{measure}"), *(_percent(by.get((measure, circle))) for circle in CIRCLES)), key=measure)
        for measure in MEASURES
        if (measure, "county") in by
    )
    return Table(
        "effects",
        WORDS("effects.caption"),
        columns,
        rows,
        WORDS("effects.source", closure=closure_text(found.scenario.closure)),
    )


def _places(listed: tuple[PlaceEffect, ...], key: str) -> Table:
    columns = (
        Column(WORDS("column.county"), "left", 2.0),
        Column(WORDS("column.percent")),
        Column(WORDS("column.amount")),
    )
    rows = tuple(
        Row(
            (
                place(item.county.full_name),
                Number(100 * item.gdp, 3, NONE, None, "derived", signed=True),
                Number(
                    item.amount,
                    2,
                    MONEY_YI,
                    None,
                    "derived",
                    low=item.low if math.isfinite(item.low) else None,
                    high=item.high if math.isfinite(item.high) else None,
                    signed=True,
                ),
            ),
            key=item.county.code,
        )
        for item in listed[:SHOWN]
    )
    return Table(key, WORDS(f"caption.{key}"), columns, rows, WORDS("model"))


def _industries(found: Simulation) -> Table:
    columns = (Column(WORDS("column.industry"), "left", 2.0), Column(WORDS("column.percent")))
    rows = tuple(
        Row((INDUSTRY_LABELS[item.industry], Number(100 * item.value, 2, NONE, None, "derived", signed=True)))
        for item in sorted(found.industries, key=lambda item: -abs(item.value))[:SHOWN]
    )
    return Table("industries", WORDS("industries.caption"), columns, rows, WORDS("model"))


def _costs(found: Simulation) -> tuple[Block, ...]:
    if not found.costs:
        return ()
    columns = (
        Column(WORDS("column.lever"), "left", 2.0),
        Column(WORDS("column.total")),
        Column(WORDS("column.local")),
    )
    rows = tuple(
        Row(
            (
                cost.lever.label.text,
                Number(cost.total, 2, MONEY_YI, None, "estimated", low=cost.low, high=cost.high),
                Number(cost.local, 2, MONEY_YI, None, "estimated"),
            )
        )
        for cost in found.costs
    )
    return (Table("costs", WORDS("costs.caption"), columns, rows, WORDS("costs.source")),)
