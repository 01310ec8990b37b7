"""Public finance: revenue, taxes, expenditure, self-sufficiency, transfers, funds and land."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.diagnosis.desk import DeskCell
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, PERCENT, number_text
from bolang.pages.report import chart_figure
from bolang.pages.report.context import Context
from bolang.pages.report.facts import derived, notes_of, number_of, row_notes, wan
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
    moved, weight = _sufficiency(context), _weight(context)
    first = clauses([s.text for s in (moved, weight) if s], [note for s in (moved, weight) if s for note in s.notes])
    text = filled(paragraph(first, *_shares(context)))
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
    """Say how the part of its spending that the county pays moved over a few years, and which side moved it."""
    row = context.desk.row("self_sufficiency")
    if row.latest is None:
        return None
    cell = row.latest
    early = (c for c in row.cells[:-1] if 2 <= cell.year - c.year <= _YEARS)
    before = next((c for c in early if context.atlas.territory.comparable(context.county, c.year, cell.year)), None)
    if before is None:
        return None
    moved = _moved(before, cell)
    if moved is None:
        return None
    sides = _sides(context, before.year, cell.year)
    return clauses((moved, sides), row_notes(row, (before.year, cell.year)))


def _weight(context: Context) -> Sentence | None:
    """Say that revenue is an unusual part of output, which one-off items would explain."""
    output = context.desk.row("gdp")
    years = [cell.year for cell in output.cells if context.desk.row("fiscal_revenue").of(cell.year) and cell.value > 0]
    if not years:
        return None
    own, made = context.desk.row("fiscal_revenue").of(years[-1]), output.of(years[-1])
    assert own is not None
    assert made is not None
    value = 100.0 * own.value / made.value
    if value < load_parameters("bolang.pages.report").number("revenue_weight"):
        return None
    return say(WORDS, "weight", notes_of((*own.facts, *made.facts)), year=own.year, value=number_text(value, 1) + "%")


def _moved(before: DeskCell, cell: DeskCell) -> Text | None:
    """Say that the ratio fell, or rose as it did in few counties; None between."""
    gap = cell.value - before.value
    key = f"moved.{grade('moved', gap)}"
    if key not in WORDS:
        return None
    return WORDS(key, first=before.year, last=cell.year, points=number_text(abs(gap), 1))


def _sides(context: Context, first: int, last: int) -> Text | None:
    """Say which way revenue and expenditure moved between two years, where the change of their ratio does not say it already."""
    rates = []
    for key in ("fiscal_revenue", "fiscal_expenditure"):
        found = context.desk.row(key)
        low, high = found.of(first), found.of(last)
        if low is None or high is None or low.value <= 0 or high.value <= 0:
            return None
        rates.append(100.0 * ((high.value / low.value) ** (1.0 / (last - first)) - 1.0))
    key = "sides." + ".".join("still" if unmoved(rate) else "up" if rate > 0 else "down" for rate in rates)
    return WORDS(key) if key in WORDS else None


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
    if key == "tax" and ratio >= load_parameters("bolang.pages.report").number("tax_share_low"):
        return None
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
