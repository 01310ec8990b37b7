"""Tables behind a plan: what the treasury pays year by year, and what the model says that measures would do here."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.document.marks import said_once
from bolang.document.model import Cell, Column, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_YI, PERCENT, number_text
from bolang.pages.plan.sentences import measure_name
from bolang.pathway.plan.modelled import ModelledEffect
from bolang.pathway.plan.recommend import without_effect
from bolang.pathway.plan.result import Plan, PlanEntry, Standing
from bolang.pathway.plan.schedule import CashSpan
from bolang.wording import load

WORDS = load("plan")
DIGITS = 3
"""Decimals of modelled per cent: effects of single measures are small."""
_BESIDE: tuple[Standing, ...] = ("do", "pilot", "apply", "ask", "later", "too_dear", "unlikely", "does_not_pay")
"""Standings of measures that are new and possible here."""


def cash_table(plan: Plan) -> Table | None:
    """Set out the treasury's cash by year beside what residents would have to gain; None where nothing is recommended."""
    spans = plan.schedule
    if not spans:
        return None
    names = ("once", "running", "paid", "needed")
    columns = (Column(WORDS("cash.year"), "left"), *(Column(WORDS(f"cash.{name}")) for name in names))
    county = place(plan.county.name)
    rows = tuple(_cash_row(span, _priced(plan)) for span in spans)
    return said_once(Table("cash", WORDS("cash.caption", county=county), columns, rows, WORDS("cash.source")))


def _priced(plan: Plan) -> int | None:
    """Return the year whose prices and accounts the amounts are of."""
    return plan.base.year if plan.base else None


def _cash_row(span: CashSpan, year: int | None) -> Row:
    single = span.first == span.last
    label = WORDS("cash.one", year=span.first) if single else WORDS("cash.span", first=span.first, last=span.last)
    values = (span.once, span.running, span.paid, span.needed)
    return Row((label, *(Number(value, 2, MONEY_YI, year, "estimated") for value in values)), key=f"{span.last}")


def model_table(plan: Plan) -> Table | None:
    """Set out what the equilibrium says of measures that are new here; None where it says nothing of any."""
    found = [
        (entry, effect)
        for entry in plan.of(*_BESIDE)
        if not without_effect(entry.measure) and (effect := plan.modelled.get(entry.measure.lever or "")) is not None
    ]
    if not found:
        return None
    columns = (
        Column(WORDS("model.measure"), "left"),
        Column(WORDS("model.size"), "left"),
        Column(WORDS("model.income")),
        Column(WORDS("model.interval")),
        Column(WORDS("model.gdp")),
        Column(WORDS("model.neighbours")),
    )
    assert plan.county.atlas is not None
    year = plan.county.atlas.vintage.census
    rows = tuple(_model_row(entry, effect, year) for entry, effect in found)
    caption = WORDS("model.caption", county=place(plan.county.name))
    return said_once(Table("model", caption, columns, rows, WORDS("model.source")))


def _model_row(entry: PlanEntry, effect: ModelledEffect, year: int) -> Row:
    """Set out one measure; the economy that it is solved in is that of the census."""
    lever = effect.lever
    size = WORDS("model.size.of", unit=lever.unit.text, value=Number(100 * lever.effect.centre, 1, PERCENT))
    neighbours: Cell = same("–") if effect.neighbours is None else _change(effect.neighbours, year)
    cells: tuple[Cell, ...] = (
        measure_name(entry),
        size,
        _change(effect.income, year),
        _interval(effect),
        _change(effect.gdp, year),
        neighbours,
    )
    return Row(cells, key=entry.key)


def _change(share: float, year: int) -> Number:
    return Number(100.0 * share, DIGITS, PERCENT, year, "estimated", signed=True)


def _interval(effect: ModelledEffect) -> Text:
    if effect.low is None or effect.high is None:
        return WORDS("model.central_only")
    ends = {"low": number_text(100 * effect.low, DIGITS), "high": number_text(100 * effect.high, DIGITS)}
    return WORDS("model.solved" if effect.solved else "model.scaled", **ends)
