"""Financial resources: deposits, loans, their ratio."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.document.model import Block, Section
from bolang.foundation.text import Text
from bolang.foundation.units import PERCENT, number_text
from bolang.pages.report import user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.facts import derived, notes_of, number_of, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import nominal, unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, paragraph
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.wording import load

WORDS = load("report_resources")
ROWS: tuple[str, ...] = ("deposits", "household_deposits", "loans")
_YEARS, _SPAN = 5, 8

SHORTEST = 2
"""Years between the ends of a rate that is compared with those of other counties."""


def resources(context: Context) -> Section:
    """Build the chapter."""
    (stocks, held), (growth, grown) = _stocks(context), _growth(context)
    blocks: list[Block] = list(filled(paragraph(clauses((stocks, growth), notes_of((*held, *grown))))))
    table = _table(context)
    if table is not None:
        blocks.append(table)
    blocks += user_rows.tables(context, ("assets",))
    blocks += also_imported(context, "resources", ROWS)
    return Section("resources", WORDS("title"), tuple(blocks))


def _stocks(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    """Say how much of what is saved is lent, where that is unusual, and the facts it rests on."""
    deposits, loans = context.yearly("household_deposits"), context.yearly("loans")
    both = sorted(set(deposits) & set(loans))
    if both:
        year = both[-1]
        own, lent = deposits[year], loans[year]
        value = 100.0 * wan(lent) / wan(own)
        key = f"stocks.{grade('loans', value)}"
        if key not in WORDS:
            return None, ()
        return WORDS(key, year=year, ratio=number_text(value, 0) + "%"), (own, lent)
    for key, series in (("deposits", deposits), ("loans", loans)):
        if series:
            fact = series[max(series)]
            return WORDS(f"alone.{key}", year=fact.year, **{key: number_of(fact)}), (fact,)
    return None, ()


def _growth(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    found = nominal(context, context.yearly("household_deposits"), revised=False)
    if found is None or found.last - found.first < SHORTEST:
        return None, ()
    if unmoved(found.rate):
        return WORDS("growth.still", first=found.first, last=found.last), found.facts
    key = "growth.fell" if found.rate < 0 else f"growth.{grade('deposits', found.rate)}"
    return (WORDS(key, first=found.first, last=found.last), found.facts) if key in WORDS else (None, ())


def _table(context: Context) -> Block | None:
    series = {key: context.yearly(key) for key in ROWS}
    years = best_years(series.values(), _YEARS, span=_SPAN)
    if not years:
        return None
    lines = [YearLine.from_facts(WORDS(f"row.{key}"), found, years) for key, found in series.items() if found]
    ratio = {
        year: derived(100.0 * wan(series["loans"][year]) / wan(series["household_deposits"][year]), 0, PERCENT, year)
        for year in years
        if year in series["loans"] and year in series["household_deposits"]
    }
    if ratio:
        lines.append(YearLine(WORDS("row.ratio"), ratio))
    if sum(len(line.figures) for line in lines) < 2:
        return None
    caption = WORDS("table", county=context.short)
    return year_table("resources", caption, WORDS("table.head"), years, lines, WORDS("table.source"))
