"""Debt: balance and limit, narrow and broad rate, the sister counties, a stress test where the figures allow one."""

from __future__ import annotations

from dataclasses import replace

from bolang.atlas.model import Fact
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Number, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, PERCENT, number_text
from bolang.pages.report import bonds, chart_figure, stress, user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.facts import cell_number, derived, digits_of, notes_of, number_of, row_notes, unit_of, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import nominal
from bolang.pages.report.imported import also_imported
from bolang.pages.report.peers import sister_table
from bolang.pages.report.say import filled, paragraph, say
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
        blocks: list[Block] = list(filled(paragraph(*_balance(context)), paragraph(*_ratios(context))))
        blocks.append(_table(context))
        figure = _figure(context)
        blocks += [figure] if figure else []
        blocks += stress.stress_blocks(context)
    else:
        blocks = [paragraph(say(WORDS, "unknown"), _city(context))]
    sisters = sister_table(context)
    blocks += [sisters] if sisters else []
    blocks += user_rows.tables(context, ("platforms",))
    blocks += bonds.maturities(context)
    blocks += user_rows.tables(context, ("bonds",))
    blocks += also_imported(context, "debt", ROWS)
    return Section("debt", WORDS("title"), tuple(blocks))


def _city(context: Context) -> Sentence | None:
    found = context.above(context.county.prefecture_code, "debt_balance")
    if not found:
        return None
    revenue = context.above(context.county.prefecture_code, "fiscal_revenue")
    years = [year for year in found if year in revenue and wan(revenue[year]) > 0]
    if not years:
        return None
    fact, own = found[max(years)], revenue[max(years)]
    times = wan(fact) / wan(own)
    return say(
        WORDS,
        f"city.{grade('times', times)}",
        notes_of((fact, own)),
        place=same(context.county.prefecture),
        value=number_of(fact),
        year=fact.year,
        times=number_text(times, 1),
    )


def _balance(context: Context) -> list[Sentence | None]:
    row = context.desk.row("debt_balance")
    cell = row.latest
    if cell is None:
        return []
    value, traced = _plain(cell_number(cell, row.unit)), row_notes(row, (cell.year,))
    general, special = (context.yearly(f"debt_balance_{part}").get(cell.year) for part in ("general", "special"))
    if general is not None and special is not None:
        parts = {"general": _plain(number_of(general)), "special": _plain(number_of(special))}
        first = say(WORDS, "balance", traced, year=cell.year, value=value, **parts)
    else:
        first = say(WORDS, "balance.alone", traced, year=cell.year, value=value)
    expected = say(WORDS, "expected") if cell.stage == "expected" else None
    return [first, _limit(context, cell.year, cell.value), expected, _growth(context)]


def _plain(number: Number) -> Number:
    """Drop the mark of an expected outcome: one sentence of the paragraph says it of all."""
    return replace(number, stage="")


def _limit(context: Context, year: int, balance: float) -> Sentence | None:
    row = context.desk.row("debt_limit")
    cell = row.of(year)
    if cell is None or cell.value <= 0:
        return None
    left = cell.value - balance
    used = number_text(100.0 * balance / cell.value, 1) + "%"
    rest = derived(left, digits_of(left, row.unit), unit_of(row.unit), year)
    return say(WORDS, "limit", row_notes(row, (year,)), limit=_plain(cell_number(cell, row.unit)), used=used, left=rest)


def _growth(context: Context) -> Sentence | None:
    found = nominal(context, context.yearly("debt_balance"), revised=False)
    if found is None:
        return None
    moved = WORDS("moved.up" if found.rate >= 0 else "moved.down")
    rate = number_text(abs(found.rate), 1) + "%"
    return say(WORDS, "growth", notes_of(found.facts), first=found.first, last=found.last, moved=moved, rate=rate)


def _ratios(context: Context) -> list[Sentence | None]:
    balance, gdp, revenue = (context.yearly(key) for key in ("debt_balance", "gdp", "fiscal_revenue"))
    newest = max(balance)
    made: list[Sentence | None] = []
    if newest in gdp:
        value = number_text(100.0 * wan(balance[newest]) / wan(gdp[newest]), 1) + "%"
        made.append(say(WORDS, "to_gdp", notes_of((gdp[newest],)), value=value))
    years = [year for year in balance if year in revenue]
    if years:
        year = max(years)
        times = number_text(wan(balance[year]) / wan(revenue[year]), 1)
        if year == newest:
            made.append(say(WORDS, "to_revenue", notes_of((revenue[year],)), times=times))
        else:
            made.append(say(WORDS, "to_revenue.other", notes_of((revenue[year],)), year=year, times=times))
    made.append(_rate(context))
    made.append(_broad(context, balance, revenue))
    return made


def _rate(context: Context) -> Sentence:
    row = context.desk.row("debt_rate")
    if row.latest is None:
        return say(WORDS, "rate.unknown")
    cell = row.latest
    name = WORDS(f"band.{band(cell.value / 100.0)}")
    return say(WORDS, "rate", row_notes(row, (cell.year,)), value=cell_number(cell, "%"), year=cell.year, band=name)


def _broad(context: Context, balance: dict[int, Fact], revenue: dict[int, Fact]) -> Sentence:
    platforms = user_rows.platform_debt(context)
    years = [year for year in balance if year in revenue]
    if platforms is None or not years:
        return say(WORDS, "broad.unknown")
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
