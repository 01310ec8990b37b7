"""The stress test of debt, from figures of one year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bolang.document.model import Block, Column, Note, Number, Row, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join
from bolang.foundation.units import MONEY_YI, PERCENT, number_text
from bolang.pages.debt.sentences import assumed_text, case_text, crossed_text, line_text
from bolang.pages.report.context import Context
from bolang.pages.report.facts import notes_of, wan
from bolang.pages.report.say import lower, open_ended, say
from bolang.pathway.debt import DebtAssessment, FiscalPosition, assess
from bolang.pathway.debt.sources import county_assumptions
from bolang.pathway.debt.stress import Outcome, standard_stresses
from bolang.wording import load

WORDS = load("report_debt")
ITEMS: dict[str, str] = {
    "gdp": "gdp",
    "revenue": "fiscal_revenue",
    "expenditure": "fiscal_expenditure",
    "transfers": "transfers",
    "fund_revenue": "fund_revenue",
    "fund_expenditure": "fund_expenditure",
    "general_debt": "debt_balance_general",
    "special_debt": "debt_balance_special",
    "debt": "debt_balance",
    "quota": "debt_limit",
}
"""Items of a fiscal position and their indicators."""
_DRAWS = 100
_NOTHING = 1e-6
"""Difference from the baseline below which a test says nothing: what it shocks is not known here."""


def stress_blocks(context: Context) -> list[Block]:
    """Return the test as a table with a sentence on where it starts; nothing where one year lacks debt, output or revenue."""
    position = _position(context)
    if position is None:
        return []
    assumptions, deviation = county_assumptions(context.atlas, context.county)
    found = assess(position, assumptions, deviation, stresses=standard_stresses(assumptions, deviation), draws=_DRAWS)
    outcomes = _distinct(found)
    if not outcomes:
        return []
    start = number_text(100.0 * float(_to_gdp(outcomes[0])[0]), 1) + "%"
    assumed = [*(assumed_text(outcome) for outcome in outcomes), _borrowed(found)]
    note = Note("stress", join(assumed, "；", "; ") + Text("。", "."))
    columns = (
        Column(WORDS("stress.path"), "left"),
        Column(WORDS("stress.end")),
        Column(WORDS("stress.crossed"), "left"),
    )
    rows = tuple(_row(outcome, position.year) for outcome in outcomes)
    caption = WORDS("stress", years=assumptions.years, year=position.year, value=start)
    since = _since(context, position.year)
    below = join((WORDS("stress.source"), *((lower(open_ended(since.text)),) if since else ())), "；", "; ")
    return [Table("stress", caption, columns, rows, below, (note, *(since.notes if since else ())))]


def _borrowed(found: DebtAssessment) -> Text:
    """Say what the baseline borrows: as much as in the last year, or nothing where the year before is not known."""
    note = next((note for note in found.notes if note.kind == "borrowing"), None)
    if note is None or note.amount is None:
        return WORDS("stress.borrows.nothing")
    return WORDS("stress.borrows", amount=Number(note.amount, 1, MONEY_YI, None, "estimated"))


def _since(context: Context, start: int) -> Sentence | None:
    """Say how far the balance has moved since the test's first year; None where it has hardly moved or nothing newer is known."""
    balance = context.yearly("debt_balance")
    newest = max(balance)
    change = 100.0 * (wan(balance[newest]) / wan(balance[start]) - 1.0) if wan(balance[start]) > 0 else 0.0
    if newest <= start or round(abs(change), 9) < load_parameters("bolang.pages.report").number("stress_stale"):
        return None
    return say(
        WORDS,
        f"stress.since.{'up' if change > 0 else 'down'}",
        notes_of((balance[newest],)),
        year=newest,
        change=number_text(abs(change), 0) + "%",
    )


def _distinct(found: DebtAssessment) -> list[Outcome]:
    """Keep one outcome a key: the assessment adds its own standard tests."""
    kept: dict[str, Outcome] = {}
    for outcome in found.outcomes:
        if np.isfinite(_to_gdp(outcome)).all():
            kept.setdefault(outcome.key, outcome)
    if not kept:
        return []
    calm, *tests = kept.values()
    end = float(_to_gdp(calm)[-1])
    return [
        calm,
        *(t for t in tests if abs(float(_to_gdp(t)[-1]) - end) > _NOTHING or t.crossed != calm.crossed),
    ]


def _to_gdp(outcome: Outcome) -> NDArray[np.float64]:
    """Return the path of debt over output."""
    path: NDArray[np.float64] = np.asarray(outcome.balance.debt / outcome.balance.gdp, dtype=float)
    return path


def _row(outcome: Outcome, year: int) -> Row:
    crossed = [
        crossed_text(key, ahead) if ahead else WORDS("stress.now", line=line_text(key))
        for key, ahead in outcome.crossed.items()
    ]
    end = Number(100.0 * float(_to_gdp(outcome)[-1]), 1, PERCENT, year + _to_gdp(outcome).size - 1, "estimated")
    shown = join(crossed, "、", ", ") if crossed else WORDS("stress.none")
    return Row((case_text(outcome), Text(end.bare("zh"), end.bare("en")), shown), key=outcome.key)


def _position(context: Context) -> FiscalPosition | None:
    """Return the position of the newest year that has debt, output and revenue; items of other years stay out."""
    series = {item: context.yearly(indicator) for item, indicator in ITEMS.items()}
    years = set(series["debt"]) & set(series["gdp"]) & set(series["revenue"])
    if not years:
        return None
    year = max(years)
    values = {item: wan(found[year]) * 1e-4 for item, found in series.items() if year in found}
    if "general_debt" not in values or "special_debt" not in values:
        values.pop("general_debt", None)
        values.pop("special_debt", None)
    sources = {item: found[year].source for item, found in series.items() if year in found and item in values}
    before = series["debt"].get(year - 1)
    if before is not None:
        values["debt_before"] = wan(before) * 1e-4
    return replace(FiscalPosition(year=year, sources=sources), **values)  # type: ignore[arg-type]
