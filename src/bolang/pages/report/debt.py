"""Debt: balance and limit, narrow and broad rate, the sister counties, a stress test where the figures allow one."""

from __future__ import annotations

from dataclasses import replace

from bolang.atlas.model import Fact
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Note, Number, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, PERCENT, number_text
from bolang.pages.report import bonds, chart_figure, stress, user_rows
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import cell_number, derived, notes_of, number_of, row_notes, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import Growth, nominal, unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.peers import sister_table
from bolang.pages.report.say import clauses, filled, paragraph, say
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.pathway.debt.rules import band
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("report_debt")
ROWS: tuple[str, ...] = (
    "debt_balance",
    "debt_balance_general",
    "debt_balance_special",
    "debt_limit",
    "debt_limit_general",
    "debt_limit_special",
    "debt_interest",
)
_YEARS, _SPAN = 5, 8


def debt(context: Context) -> Section:
    """Build the chapter."""
    series = context.yearly("debt_balance")
    if series:
        blocks: list[Block] = list(filled(paragraph(_balance(context), _rate(context), _broad(context))))
        blocks.append(_table(context))
        figure = _figure(context)
        blocks += [figure] if figure else []
        blocks += stress.stress_blocks(context)
    else:
        blocks = list(filled(paragraph(_unknown(context))))
    sisters = sister_table(context)
    blocks += [sisters] if sisters else []
    blocks += user_rows.tables(context, ("platforms",))
    blocks += bonds.maturities(context)
    blocks += user_rows.tables(context, ("bonds",))
    blocks += also_imported(context, "debt", ROWS)
    return Section("debt", WORDS("title"), tuple(blocks))


def _unknown(context: Context) -> Sentence | None:
    """Say that the balance is not published, what the whole prefecture owes, and which of its units publish theirs."""
    city, traced = _city(context)
    return clauses((WORDS("unknown"), city, _sisters_known(context)), traced)


def _city(context: Context) -> tuple[Text | None, tuple[Note, ...]]:
    found = context.above(context.county.prefecture_code, "debt_balance")
    revenue = context.above(context.county.prefecture_code, "fiscal_revenue")
    years = [year for year in found if year in revenue and wan(revenue[year]) > 0]
    if not years:
        return None, ()
    fact, own = found[max(years)], revenue[max(years)]
    times = wan(fact) / wan(own)
    values: dict[str, Value] = {"value": _plain(number_of(fact)), "times": number_text(times, 1)}
    key = f"city.{grade('times', times)}"
    return WORDS(key, place=same(context.county.prefecture), year=fact.year, **values), notes_of((fact, own))


def _sisters_known(context: Context) -> Text | None:
    """Say how many units of the prefecture publish their debt, and which owes most beside its output."""
    others = [sister for sister in context.desk.sisters if sister.county.code != context.county.code]
    if context.in_municipality or not others:
        return None
    area = area_word(context.county.prefecture, "same")
    known = [sister for sister in others if "debt_balance" in sister.cells]
    if not known:
        return (
            WORDS("sisters.none", area=area, count=len(others)) if len(others) > 1 else WORDS("sisters.one", area=area)
        )
    rated = [sister for sister in known if "debt_ratio" in sister.cells]
    if not rated:
        return WORDS("sisters.some", area=area, count=len(others), known=len(known))
    most = max(rated, key=lambda sister: sister.cells["debt_ratio"].value)
    cell = most.cells["debt_ratio"]
    values: dict[str, Value] = {
        "name": same(most.county.name),
        "value": number_text(cell.value, 0) + "%",
        "year": cell.year,
    }
    return WORDS("sisters.most", area=area, count=len(others), known=len(known), **values)


def _balance(context: Context) -> Sentence | None:
    """Say the balance beside output, how much of it is special debt, and how fast it moved."""
    row = context.desk.row("debt_balance")
    cell = row.latest
    if cell is None:
        return None
    first = WORDS("balance", year=cell.year, value=cell_number(cell, row.unit))
    parts: list[Text | None] = [first]
    facts: list[Fact] = list(cell.facts)
    output = context.yearly("gdp").get(cell.year)
    if output is not None and wan(output) > 0:
        ratio = 100.0 * cell.value / wan(output)
        parts.append(WORDS(f"to_gdp.{grade('to_gdp', ratio)}", value=number_text(ratio, 1) + "%"))
        facts.append(output)
    special = context.yearly("debt_balance_special").get(cell.year)
    if special is not None and cell.value > 0:
        share = 100.0 * wan(special) / cell.value
        parts.append(WORDS(f"special.{grade('special', share)}", share=number_text(share, 0) + "%"))
        facts.append(special)
    found = nominal(context, context.yearly("debt_balance"), revised=False)
    if found is not None:
        parts.append(_pace(found))
        facts += found.facts
    return clauses(parts, notes_of(facts))


def _pace(found: Growth) -> Text:
    """Say how fast the balance moved, over one year or several."""
    if unmoved(found.rate):
        return WORDS("growth.still", first=found.first)
    moved = WORDS("moved.up" if found.rate >= 0 else "moved.down")
    rate = number_text(abs(found.rate), 1) + "%"
    if found.last - found.first == 1:
        return WORDS("growth.one", last=found.last, moved=moved, rate=rate)
    return WORDS("growth", first=found.first, last=found.last, moved=moved, rate=rate)


def _plain(number: Number) -> Number:
    """Drop the mark of an expected outcome: one sentence of the paragraph says it of all."""
    return replace(number, stage="")


def _rate(context: Context) -> Sentence | None:
    row = context.desk.row("debt_rate")
    if row.latest is None:
        return None
    cell = row.latest
    name = WORDS(f"band.{band(cell.value / 100.0)}")
    return say(WORDS, "rate", row_notes(row, (cell.year,)), value=cell_number(cell, "%"), year=cell.year, band=name)


def _broad(context: Context) -> Sentence | None:
    balance, revenue = context.yearly("debt_balance"), context.yearly("fiscal_revenue")
    platforms = user_rows.platform_debt(context)
    years = [year for year in balance if year in revenue]
    if platforms is None or not years:
        return None
    year = max(years)
    total = platforms + wan(balance[year])
    shown: dict[str, Value] = {
        "platforms": derived(platforms, 1, MONEY_WAN, year),
        "total": derived(total, 1, MONEY_WAN, year),
        "times": number_text(total / wan(revenue[year]), 1),
    }
    return say(WORDS, "broad", (), **shown)


def _table(context: Context) -> Block:
    series = {key: context.yearly(key) for key in ROWS}
    years = best_years(series.values(), _YEARS, span=_SPAN)
    lines = [YearLine.from_facts(WORDS(f"row.{key}"), found, years) for key, found in series.items() if found]
    lines += [
        _ratio_line("used", series["debt_balance"], series["debt_limit"], years),
        _ratio_line("ratio", series["debt_balance"], context.yearly("gdp"), years),
    ]
    lines = [line for line in lines if line.figures]
    caption: Text = WORDS("table", county=context.short)
    return year_table("debt", caption, WORDS("table.head"), years, lines, WORDS("table.source"))


def _ratio_line(key: str, above: dict[int, Fact], below: dict[int, Fact], years: tuple[int, ...]) -> YearLine:
    figures = {
        year: derived(100.0 * wan(above[year]) / wan(below[year]), 1, PERCENT, year, (above[year], below[year]))
        for year in years
        if year in above and year in below and wan(below[year]) > 0
    }
    return YearLine(WORDS(f"row.{key}"), figures)


def _figure(context: Context) -> Figure | None:
    balance, limit = context.yearly("debt_balance"), context.yearly("debt_limit")
    years = sorted(set(balance) & set(limit))
    years = [year for year in years if year > years[-1] - _SPAN]
    if len(years) < 3:
        return None
    series = (
        ChartSeries(WORDS("balance.name"), tuple(wan(balance[y]) for y in years)),
        ChartSeries(WORDS("limit.name"), tuple(wan(limit[y]) for y in years)),
    )
    chart = Chart(
        "bar", tuple(same(str(y)) for y in years), series, MONEY_WAN, 0 if wan(limit[years[-1]]) >= 1e6 else 1
    )
    facts = [found[year] for found in (balance, limit) for year in years]
    caption: Text = WORDS("figure", county=context.short)
    return chart_figure.figure("debt-figure", caption, chart, WORDS("figure.source"), notes_of(facts))
