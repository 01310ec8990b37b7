"""Public finance: revenue, taxes, expenditure, self-sufficiency, transfers, funds and land."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.diagnosis.desk import DeskCell
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, PERCENT, number_text
from bolang.pages.report import chart_figure
from bolang.pages.report.context import Context
from bolang.pages.report.facts import cell_number, derived, notes_of, number_of, row_notes, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, paragraph, say
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.wording import load

WORDS = load("report_finance")
ROWS: tuple[str, ...] = (
    "fiscal_revenue",
    "tax_revenue",
    "fiscal_expenditure",
    "transfers",
    "fund_revenue",
    "fund_expenditure",
    "land_revenue",
)
_YEARS, _SPAN = 5, 8


def finance(context: Context) -> Section:
    """Build the chapter."""
    text = filled(paragraph(_sufficiency(context), *_shares(context)))
    blocks: list[Block] = list(text)
    table = _table(context)
    if table is not None:
        blocks.append(table)
    figure = _figure(context)
    if figure is not None:
        blocks.append(figure)
    blocks += also_imported(context, "finance", ROWS)
    return Section("finance", WORDS("title"), tuple(blocks))


def _table(context: Context) -> Block | None:
    series = {key: context.yearly(key) for key in ROWS}
    if not series["fiscal_revenue"] and not series["fiscal_expenditure"]:
        return None
    years = best_years(series.values(), _YEARS, span=_SPAN)
    lines = []
    for key, found in series.items():
        if found:
            lines.append(YearLine.from_facts(WORDS(f"row.{key}"), found, years))
        if key == "tax_revenue":
            lines.append(_ratio_line("tax_share", series["tax_revenue"], series["fiscal_revenue"], years))
        if key == "fiscal_expenditure":
            lines.append(_ratio_line("self_sufficiency", series["fiscal_revenue"], found, years))
    lines = [line for line in lines if line.figures]
    caption = WORDS("table", county=context.short)
    return year_table("finance", caption, WORDS("table.head"), years, lines, WORDS("table.source"))


def _ratio_line(key: str, above: dict[int, Fact], below: dict[int, Fact], years: tuple[int, ...]) -> YearLine:
    figures = {}
    for year in years:
        if year in above and year in below and wan(below[year]) > 0:
            value = 100.0 * wan(above[year]) / wan(below[year])
            figures[year] = derived(value, 1, PERCENT, year, (above[year], below[year]))
    return YearLine(WORDS(f"row.{key}"), figures)


def _sufficiency(context: Context) -> Sentence | None:
    """Say how much of its spending the county pays, against a few years ago, and which side moved it."""
    row = context.desk.row("self_sufficiency")
    if row.latest is None:
        return None
    cell = row.latest
    level = WORDS(f"sufficiency.{grade('self', cell.value)}", year=cell.year, value=cell_number(cell, "%"))
    early = (c for c in row.cells[:-1] if 2 <= cell.year - c.year <= _YEARS)
    before = next((c for c in early if context.atlas.territory.comparable(context.county, c.year, cell.year)), None)
    if before is None:
        return clauses((level,), row_notes(row, (cell.year,)))
    moved = _moved(before, cell)
    return clauses((level, moved, *_sides(context, before.year, cell.year)), row_notes(row, (before.year, cell.year)))


def _moved(before: DeskCell, cell: DeskCell) -> Text:
    gap = cell.value - before.value
    if abs(gap) < 1.0:
        return WORDS("moved.level", first=before.year)
    return WORDS("moved.up" if gap > 0 else "moved.down", first=before.year, points=number_text(abs(gap), 1))


def _sides(context: Context, first: int, last: int) -> tuple[Text, ...]:
    """Say how fast revenue and expenditure moved between two years: the cause of a change of their ratio."""
    rates = []
    for key in ("fiscal_revenue", "fiscal_expenditure"):
        found = context.desk.row(key)
        low, high = found.of(first), found.of(last)
        if low is None or high is None or low.value <= 0 or high.value <= 0:
            return ()
        rates.append(100.0 * ((high.value / low.value) ** (1.0 / (last - first)) - 1.0))
    if any(map(unmoved, rates)):
        named = zip(("revenue", "spent"), rates, strict=True)
        return (WORDS("sides.still", **{side: _pace(side, rate) for side, rate in named}),)
    key = "sides." + ".".join("up" if rate >= 0 else "down" for rate in rates)
    revenue, spent = (number_text(abs(rate), 1) + "%" for rate in rates)
    return (WORDS(key, revenue=revenue, spent=spent),)


def _pace(side: str, rate: float) -> Text:
    if unmoved(rate):
        return WORDS(f"pace.{side}.still")
    return WORDS(f"pace.{side}.up" if rate > 0 else f"pace.{side}.down", rate=number_text(abs(rate), 1) + "%")


def _shares(context: Context) -> list[Sentence | None]:
    revenue = context.yearly("fiscal_revenue")
    return [
        _share(context, "tax", context.yearly("tax_revenue"), revenue),
        _share(context, "land", context.yearly("land_revenue"), revenue) or _fund(context),
    ]


def _share(context: Context, key: str, above: dict[int, Fact], below: dict[int, Fact]) -> Sentence | None:
    years = [year for year in above if year in below and wan(below[year]) > 0]
    if not years:
        return None
    year = max(years)
    ratio = 100.0 * wan(above[year]) / wan(below[year])
    value = number_text(ratio, 1) + "%"
    return say(WORDS, key, notes_of((above[year], below[year])), year=year, value=value)


def _fund(context: Context) -> Sentence | None:
    series = context.yearly("fund_revenue")
    if not series:
        return None
    fact = series[max(series)]
    return say(WORDS, "fund", notes_of((fact,)), year=fact.year, value=number_of(fact))


def _figure(context: Context) -> Figure | None:
    revenue, spent = context.yearly("fiscal_revenue"), context.yearly("fiscal_expenditure")
    years = sorted(set(revenue) & set(spent))
    years = [year for year in years if year > years[-1] - _SPAN]
    if len(years) < 3:
        return None
    series = (
        ChartSeries(WORDS("revenue.name"), tuple(wan(revenue[y]) for y in years)),
        ChartSeries(WORDS("expenditure.name"), tuple(wan(spent[y]) for y in years)),
    )
    digits = 0 if wan(spent[years[-1]]) >= 1e6 else 1
    chart = Chart("bar", tuple(same(str(y)) for y in years), series, MONEY_WAN, digits)
    facts = [found[year] for found in (revenue, spent) for year in years]
    caption: Text = WORDS("figure", county=context.short)
    return chart_figure.figure("budget", caption, chart, WORDS("figure.source"), notes_of(facts))
