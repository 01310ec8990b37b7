"""Debt: balance and limit, narrow and broad rate, the sister counties, a stress test where the figures allow one."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.document.chart import Chart, ChartSeries
from bolang.document.marks import said_once
from bolang.document.model import Block, Cell, Column, Figure, Note, Number, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, NONE, PERCENT, number_text
from bolang.pages.report import bonds, chart_figure, stress, user_rows
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, cell_number, derived, notes_of, number_of, row_notes, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import Growth, nominal, unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.peers import sister_table
from bolang.pages.report.say import clauses, filled, listed, paragraph, say
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.pathway.debt.rules import band
from bolang.wording import load

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
_DIRECT = "直辖"
_NAMED, _CLAUSES = 3, 2
"""Units of the prefecture with a published balance that are named; clauses of a sentence with a figure each."""


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
        blocks = _unknown(context)
    sisters = sister_table(context)
    blocks += [sisters] if sisters else []
    blocks += user_rows.tables(context, ("platforms",))
    blocks += bonds.maturities(context)
    blocks += user_rows.tables(context, ("bonds",))
    blocks += also_imported(context, "debt", ROWS)
    return Section("debt", WORDS("title"), tuple(blocks))


def _unknown(context: Context) -> list[Block]:
    """Say which units of the prefecture publish their debt and that the prefecture owes much or little; set it beside the unit."""
    above, known = _of_prefecture(context), _sisters_known(context)
    table = None if above is None else _above_table(context, *above, alone=not known)
    parts = list(known)
    traced: tuple[Note, ...] = ()
    if above is not None:
        city, traced = _city(context, *above)
        parts += [] if city is None else [city]
    if table is None and not parts:
        parts = [WORDS("unknown")]
    return [*filled(paragraph(clauses(parts, traced))), *([] if table is None else [table])]


def _of_prefecture(context: Context) -> tuple[Fact, Fact] | None:
    """Return the debt and the revenue of the prefecture in its newest year with both; units under the province directly have none."""
    debt, revenue = (context.above(context.county.prefecture_code, key) for key in ("debt_balance", "fiscal_revenue"))
    years = [year for year in debt if year in revenue and wan(revenue[year]) > 0]
    if context.county.prefecture.endswith(_DIRECT):
        return None
    return (debt[max(years)], revenue[max(years)]) if years else None


def _city(context: Context, debt: Fact, revenue: Fact) -> tuple[Text | None, tuple[Note, ...]]:
    """Say that the prefecture owes little or much; a usual debt stands in the table alone."""
    times = wan(debt) / wan(revenue)
    key = f"city.{grade('times', times)}"
    if key not in WORDS:
        return None, ()
    place, shown = same(context.county.prefecture), number_text(times, 1)
    return WORDS(key, place=place, times=shown, year=debt.year), notes_of((debt, revenue))


def _above_table(context: Context, debt: Fact, revenue: Fact, *, alone: bool) -> Table:
    """Set the unit, whose debt is not published, beside its whole prefecture."""
    own, place = context.desk.row("fiscal_revenue").latest, same(context.county.prefecture)
    columns = (
        Column(WORDS("table.unit"), "left"),
        *(Column(WORDS(f"above.{key}")) for key in ("debt", "revenue", "times")),
    )
    unknown = Number(None, 1, MONEY_WAN)
    name = WORDS("above.own", county=context.short)
    if own is not None:
        name = WORDS("above.own.year", county=context.short, year=own.year)
    cells: tuple[Cell, ...] = (unknown, BLANK if own is None else cell_number(own, "万元"), BLANK)
    times = derived(wan(debt) / wan(revenue), 1, NONE, debt.year, (debt, revenue))
    above: tuple[Cell, ...] = (number_of(debt), number_of(revenue), times)
    rows = (
        Row((name, *cells), notes=() if own is None else notes_of(own.facts), strong=True, key="own"),
        Row((WORDS("above.all", place=place, year=debt.year), *above), notes=notes_of((debt, revenue)), key="all"),
    )
    area = area_word(context.county.prefecture, "same")
    lonely = alone and len(context.desk.sisters) > 1 and not context.in_municipality
    source = WORDS("above.source", area=area) if lonely else WORDS("above.source.plain")
    return said_once(Table("above", WORDS("above", place=place), columns, rows, source))


def _sisters_known(context: Context) -> tuple[Text, ...]:
    """Say which units of the prefecture publish their debt while this one does not, and who owes most beside its output."""
    others = [sister for sister in context.desk.sisters if sister.county.code != context.county.code]
    known = [sister for sister in others if "debt_balance" in sister.cells]
    if context.in_municipality or not known:
        return ()
    area = area_word(context.county.prefecture, "same")
    rated = [sister for sister in known if "debt_ratio" in sister.cells]
    if len(known) <= _NAMED:
        first = WORDS("unknown.some", area=area, names=listed(same(sister.county.name) for sister in known))
    else:
        first = WORDS("unknown.few" if 2 * len(known) < len(others) else "unknown.many", area=area)
    if not rated:
        return (first,)
    most = max(rated, key=lambda sister: sister.cells["debt_ratio"].value)
    cell = most.cells["debt_ratio"]
    value = number_text(cell.value, 0) + "%"
    return first, WORDS("sisters.most", name=same(most.county.name), value=value, year=cell.year)


def _balance(context: Context) -> Sentence | None:
    """Say how much of the balance is special debt and how fast it moved; beside output where neither is known."""
    cell = context.desk.row("debt_balance").latest
    if cell is None:
        return None
    parts: list[Text] = []
    facts: list[Fact] = list(cell.facts)
    special = context.yearly("debt_balance_special").get(cell.year)
    if special is not None and cell.value > 0:
        share = 100.0 * wan(special) / cell.value
        parts.append(WORDS(f"special.{grade('special', share)}", share=number_text(share, 0) + "%", year=cell.year))
        facts.append(special)
    found = nominal(context, context.yearly("debt_balance"), revised=False)
    if found is not None:
        parts.append(_pace(found))
        facts += found.facts
    output = context.yearly("gdp").get(cell.year)
    if len(parts) < _CLAUSES and output is not None and wan(output) > 0:
        ratio = 100.0 * cell.value / wan(output)
        value = number_text(ratio, 1) + "%"
        parts.insert(0, WORDS(f"to_gdp.{grade('to_gdp', ratio)}", value=value, year=cell.year))
        facts.append(output)
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
    return say(WORDS, "broad", (), year=year, times=number_text(total / wan(revenue[year]), 1))


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
