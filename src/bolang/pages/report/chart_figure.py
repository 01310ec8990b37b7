"""A chart as a figure of a document: its drawing, its alternative text with values, its table of data."""

from __future__ import annotations

from bolang.document.chart import Chart
from bolang.document.model import Column, Figure, Note, Number, Row, Table
from bolang.figures.chart import draw_chart
from bolang.foundation.text import Lang, Text
from bolang.foundation.units import number_text
from bolang.pages.report.facts import BLANK
from bolang.wording import load

WORDS = load("report")


def figure(key: str, caption: Text, chart: Chart, source: Text, notes: tuple[Note, ...]) -> Figure:
    """Build the figure."""
    return Figure(
        key,
        caption,
        _alternative(caption, chart),
        source,
        lambda lang: draw_chart(lang, chart),
        notes,
        _data(key, caption, chart, source),
        chart,
    )


def _alternative(caption: Text, chart: Chart) -> Text:
    return Text(_values(caption, chart, "zh"), _values(caption, chart, "en"))


def _values(caption: Text, chart: Chart, lang: Lang) -> str:
    gap, end = ("、", "。") if lang == "zh" else (", ", ". ")
    lines = []
    for series, values in zip(chart.series, chart.shown(lang), strict=True):
        pairs = [
            f"{category.in_(lang)} {number_text(value, chart.digits_in(lang))}"
            for category, value in zip(chart.categories, values, strict=True)
            if value is not None
        ]
        lines.append(WORDS("chart.series", name=series.name, unit=chart.unit.name, values=gap.join(pairs)).in_(lang))
    return WORDS("chart.alternative", caption=caption, series=end.join(lines)).in_(lang)


def _data(key: str, caption: Text, chart: Chart, source: Text) -> Table:
    columns = (Column(WORDS("data.category"), "left"), *(Column(series.name) for series in chart.series))
    rows = []
    for place, category in enumerate(chart.categories):
        cells = [series.values[place] for series in chart.series]
        numbers = [
            BLANK if value is None else Number(value, chart.digits, chart.unit, _year(category)) for value in cells
        ]
        rows.append(Row((category, *numbers)))
    return Table(f"{key}-data", caption, columns, tuple(rows), source)


def _year(category: Text) -> int | None:
    return int(category.zh) if category.zh.isdigit() else None
