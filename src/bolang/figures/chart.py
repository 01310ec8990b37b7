"""Bars, stacked bars and lines, as a word processor would draw them: readable in grey, values at the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.document.chart import Chart
from bolang.figures import canvas
from bolang.foundation.text import Lang
from bolang.foundation.units import number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

SHADES: tuple[str, ...] = ("#1f4e79", "#b9d2ea", "#cf7f45", "#5f6b76")
"""Fills that differ in lightness, so that they are told apart in grey."""
DARK = 110.0
"""Lightness, of 255, below which what stands on a fill is white."""
_HEIGHT = 54.0
_WIDTH = 0.72


@canvas.in_house_style
def draw_chart(lang: Lang, chart: Chart) -> Drawing:
    """Draw a chart with its values; the legend stands above the plot, inside the frame of the drawing."""
    drawing = canvas.new_drawing(_HEIGHT)
    axes = drawing.subplots()
    places = np.arange(len(chart.categories))
    if chart.form == "line":
        _lines(axes, lang, chart)
    elif chart.form == "stacked":
        _stacks(axes, lang, chart)
    else:
        _bars(axes, lang, chart)
    axes.set_xticks(places, [category.in_(lang) for category in chart.categories])
    axes.set_xlim(-0.6, len(places) - 0.4)
    axes.tick_params(axis="x", length=0)
    axes.set_ylabel(chart.unit.label.in_(lang).strip())
    axes.grid(axis="y")
    axes.margins(y=0.16)
    if len(chart.series) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=len(chart.series), borderaxespad=0.2)
    return drawing


def lightness(color: str) -> float:
    """Return the grey, of 255, as which a printer without colours shows a colour."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _bars(axes: Axes, lang: Lang, chart: Chart) -> None:
    count = len(chart.series)
    width = _WIDTH / count
    for row, values in enumerate(chart.shown(lang)):
        shift = (row - (count - 1) / 2) * width
        known = [(i, v) for i, v in enumerate(values) if v is not None]
        if not known:
            continue
        at = np.array([i + shift for i, _ in known])
        heights = [v for _, v in known]
        made = axes.bar(at, heights, width * 0.92, color=SHADES[row], label=chart.series[row].name.in_(lang))
        labels = [number_text(v, chart.digits_in(lang)) for v in heights]
        axes.bar_label(made, labels, padding=1.5, fontsize=7 if count * len(chart.categories) <= 12 else 6)


def _stacks(axes: Axes, lang: Lang, chart: Chart) -> None:
    base = np.zeros(len(chart.categories))
    values = [np.array([v or 0.0 for v in row]) for row in chart.shown(lang)]
    for row, heights in enumerate(values):
        made = axes.bar(
            np.arange(base.size), heights, _WIDTH * 0.8, base, color=SHADES[row], label=chart.series[row].name.in_(lang)
        )
        thin = chart.thin(row)
        labels = ["" if i in thin else number_text(v, chart.digits_in(lang)) for i, v in enumerate(heights)]
        axes.bar_label(
            made,
            labels,
            label_type="center",
            fontsize=7,
            color="white" if lightness(SHADES[row]) < DARK else canvas.INK,
        )
        base = base + heights


def _lines(axes: Axes, lang: Lang, chart: Chart) -> None:
    styles = ("-", (0, (4, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
    for row, values in enumerate(chart.shown(lang)):
        heights = np.array([np.nan if v is None else v for v in values])
        axes.plot(
            np.arange(heights.size),
            heights,
            ls=styles[row % 4],
            marker="o",
            ms=3.5,
            color=SHADES[row],
            label=chart.series[row].name.in_(lang),
        )
        for place, height in enumerate(heights):
            if np.isfinite(height) and row == 0:
                axes.annotate(
                    number_text(float(height), chart.digits_in(lang)),
                    (place, float(height)),
                    (0, 4),
                    textcoords="offset points",
                    ha="center",
                    fontsize=7,
                )
