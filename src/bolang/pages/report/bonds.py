"""When the bonds that the user has listed fall due: a chart by year and a sentence on the heaviest one."""

from __future__ import annotations

from collections import defaultdict

from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Number
from bolang.foundation.text import same
from bolang.foundation.units import MONEY_YI, number_text
from bolang.intake.user_tables import rows_of
from bolang.pages.report import chart_figure
from bolang.pages.report.context import Context
from bolang.pages.report.facts import digits_of
from bolang.pages.report.say import paragraph, say
from bolang.wording import load

WORDS = load("report_bonds")
_LONGEST = 15
"""Years of a chart; what falls due later is in its last column."""


def maturities(context: Context) -> list[Block]:
    """Return the sentence and the chart; nothing where no bond has both a balance and a year."""
    due: dict[int, float] = defaultdict(float)
    for row in rows_of(context.atlas, context.county, "bonds"):
        if "due" in row.values and "balance" in row.values:
            due[int(row.values["due"])] += float(row.values["balance"])
    if not due:
        return []
    first, last = min(due), max(due)
    peak = max(due, key=lambda year: (due[year], -year))
    total = sum(due.values())
    soon = sum(amount for year, amount in due.items() if year <= context.day.year + 1)
    whole = _amount(total, last)
    if first == last:
        text = say(WORDS, "due.once", total=whole, first=first)
    else:
        text = say(WORDS, "due", total=whole, first=first, last=last, peak=peak, most=_amount(due[peak], peak))
    year = context.day.year + 1
    near = say(WORDS, "soon", year=year, share=_share(soon, total)) if soon else say(WORDS, "soon.none", year=year)
    return [paragraph(text, near), *_chart(context, due)]


def _chart(context: Context, due: dict[int, float]) -> list[Block]:
    first, last = min(due), max(due)
    if len(due) < 2:
        return []
    end = min(last, first + _LONGEST - 1)
    years = range(first, end + 1)
    values = [
        due.get(year, 0.0) + (sum(v for y, v in due.items() if y > end) if year == end else 0.0) for year in years
    ]
    names = tuple(same(str(year) + ("+" if year == end and last > end else "")) for year in years)
    # A year without maturities has no bar and no label.
    series = ChartSeries(WORDS("series"), tuple(value or None for value in values))
    chart = Chart("bar", names, (series,), MONEY_YI, 1)
    caption = WORDS("figure", county=context.short)
    return [chart_figure.figure("maturities", caption, chart, WORDS("source"), ())]


def _amount(value: float, year: int) -> Number:
    return Number(value, digits_of(value, "亿元"), MONEY_YI, year)


def _share(part: float, whole: float) -> str:
    return number_text(100.0 * part / whole, 0) + "%"
