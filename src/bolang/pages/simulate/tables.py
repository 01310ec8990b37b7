"""The tables of a simulation."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bolang.atlas.model import INDUSTRY_LABELS
from bolang.atlas.romanize import place
from bolang.document.model import Cell, Column, Number, Row, Table
from bolang.economy.calibration.calibration import parameters
from bolang.economy.core.decomposition import Decomposition
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.outcomes import MEASURES
from bolang.economy.scenarios.results import Effect, PlaceEffect, Simulation
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_YI, NONE, exact_span, exact_text
from bolang.pages.simulate.sentences import closure_text
from bolang.wording import load

WORDS = load("simulate")
SCENARIO = load("scenario")
CIRCLES = ("county", "neighbours", "province", "nation")
SHOWN = 8
INDUSTRIES_SHOWN = 6
ROUND = 5e-6
"""A smaller change is none."""


def effects(found: Simulation) -> Table:
    """Return the changes by measure and circle, with intervals, and the county's amount a year."""
    by = {(effect.measure, effect.circle): effect for effect in found.effects}
    columns = (
        Column(WORDS("column.measure"), "left"),
        *(Column(WORDS(f"circle.{circle}")) for circle in CIRCLES),
        Column(WORDS("column.year")),
    )
    rows = tuple(
        Row(
            (
                WORDS(f"measure.{measure}"),
                *(_change(by.get((measure, circle))) for circle in CIRCLES),
                _amount(by[measure, "county"]),
            ),
            key=measure,
        )
        for measure in MEASURES
        if (measure, "county") in by and math.isfinite(by[measure, "county"].value)
    )
    draws = found.scenario.draws
    source = WORDS("effects.source", closure=closure_text(found.scenario.closure))
    if draws:
        source = WORDS("effects.source.draws", closure=closure_text(found.scenario.closure), draws=draws)
    return Table("effects", WORDS("effects.caption"), columns, rows, source)


def percent(value: float, low: float = math.nan, high: float = math.nan) -> Cell:
    """Return a relative change in per cent with the digits that its size deserves; what rounds to nothing is zero."""
    if not math.isfinite(value):
        return same("–")
    digits = 2 if abs(value) >= 1e-3 else 3
    if abs(value) < ROUND:
        value, digits = 0.0, 0
    ends = (100 * low, 100 * high) if math.isfinite(low) and max(abs(low), abs(high)) >= ROUND else (None, None)
    return Number(100 * value, digits, NONE, None, "derived", WORDS("model"), low=ends[0], high=ends[1], signed=True)


def _change(effect: Effect | None) -> Cell:
    return same("–") if effect is None else percent(effect.value, effect.low, effect.high)


def _amount(effect: Effect) -> Cell:
    if not math.isfinite(effect.amount):
        return same("")
    if effect.measure == "employment":
        return Number(effect.amount, 0, NONE, None, "derived", WORDS("model"), signed=True)
    return money(effect.amount)


def money(value: float, low: float = math.nan, high: float = math.nan) -> Number:
    """Return a change in 亿元 a year."""
    ends = (low, high) if math.isfinite(low) else (None, None)
    digits = 2 if abs(value) >= 0.1 else 3
    return Number(value, digits, MONEY_YI, None, "derived", WORDS("model"), low=ends[0], high=ends[1], signed=True)


def places(listed: Sequence[PlaceEffect], key: str) -> Table:
    """Return the counties that gain or lose most."""
    columns = (
        Column(WORDS("column.county"), "left"),
        Column(WORDS("column.amount")),
        Column(WORDS("column.percent")),
    )
    rows = tuple(
        Row(
            (place(item.county.full_name), money(item.amount, item.low, item.high), percent(item.gdp)),
            key=item.county.code,
        )
        for item in listed[:SHOWN]
    )
    return Table(key, WORDS(f"caption.{key}"), columns, rows, WORDS("model"))


def industries(found: Simulation) -> Table:
    """Return the industries of the county whose output changes most."""
    columns = (Column(WORDS("column.industry"), "left"), Column(WORDS("column.percent")))
    moved = sorted(found.industries, key=lambda item: -abs(item.value))[:INDUSTRIES_SHOWN]
    rows = tuple(
        Row((INDUSTRY_LABELS[item.industry], percent(item.value, item.low, item.high)), key=item.industry)
        for item in moved
    )
    return Table("industries", WORDS("industries.caption"), columns, rows, WORDS("model"))


def parts(found: Decomposition) -> Table:
    """Return the parts of the change of the county's GDP."""
    columns = (Column(WORDS("column.part"), "left"), Column(WORDS("column.points")))
    rows = [
        Row((SCENARIO(f"term.{name}"), _points(share)), key=name)
        for name, share in found.parts.items()
        if abs(share) > ROUND / 10
    ]
    rows.append(Row((WORDS("parts.total"), _points(found.total)), strong=True, key="total"))
    return Table("parts", WORDS("parts.caption"), columns, tuple(rows), WORDS("model"))


def _points(share: float) -> Number:
    return Number(100 * share, 3, NONE, None, "derived", WORDS("model"), signed=True)


def costs(found: Simulation) -> Table:
    """Return the outlay by lever."""
    columns = (Column(WORDS("column.lever"), "left"), Column(WORDS("column.total")), Column(WORDS("column.local")))
    rows = tuple(
        Row(
            (
                cost.lever.label.text,
                Number(cost.total, 2, MONEY_YI, None, "estimated", WORDS("costs.source"), low=cost.low, high=cost.high),
                Number(cost.local, 2, MONEY_YI, None, "estimated", WORDS("costs.source")),
            ),
            key=cost.lever.key,
        )
        for cost in found.costs
    )
    return Table("costs", WORDS("costs.caption"), columns, rows, WORDS("costs.source"))


def sensitivity(found: Simulation) -> Table:
    """Return the change of the county's GDP with each parameter at the ends of its range, the widest first."""
    columns = (
        Column(WORDS("column.parameter"), "left"),
        Column(WORDS("column.range"), "left"),
        Column(WORDS("column.low")),
        Column(WORDS("column.high")),
    )
    listed = sorted(found.sensitivity.items(), key=lambda item: -abs(item[1][1] - item[1][0]))
    rows = tuple(Row((*_parameter(name), percent(low), percent(high)), key=name) for name, (low, high) in listed)
    return Table("sensitivity", WORDS("sensitivity.caption"), columns, rows, WORDS("model"))


def _parameter(name: str) -> tuple[Text, Text]:
    known = levers()
    if name in known:
        return known[name].label.text, WORDS("range.lever")
    cited = parameters()[name]
    low, high = cited.range or (cited.number, cited.number)
    span, own = exact_span(low, high), exact_text(cited.number)
    return Text(cited.label.zh, cited.label.en), Text(f"{own} ({span.zh})", f"{own} ({span.en})")
