"""Growth against the prefecture and the province, with breaks of the statistics marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.figures import canvas
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing


@dataclass(frozen=True, slots=True)
class Series:
    """A yearly series of one place; `breaks` are years whose figure does not continue the one before."""

    label: Text
    values: Mapping[int, float]
    breaks: frozenset[int] = frozenset()
    estimated: frozenset[int] = frozenset()


@canvas.in_house_style
def draw_growth(lang: Lang, own: Series, others: Sequence[Series], base: int) -> Drawing:
    """Draw nominal GDP as an index (base year = 100, logarithmic), breaking lines where the statistics break."""
    drawing = canvas.new_drawing(72)
    axes = drawing.subplots()
    ends: list[tuple[float, int, str, str]] = []
    for series, color in zip(others, (canvas.GREY, canvas.SOFT), strict=False):
        _line(axes, series, base, color, 1.2)
        ends.append(_end(series, base, color, lang))
    _line(axes, own, base, canvas.HIGHLIGHT, 1.9)
    ends.append(_end(own, base, canvas.HIGHLIGHT, lang))
    for year in sorted(own.breaks):
        axes.axvline(year - 0.5, color=canvas.HIGHLIGHT, lw=0.7, ls=(0, (2, 2)))
        label = "口径修订" if lang == "zh" else "revision"
        axes.annotate(
            label,
            (year - 0.5, 0.0),
            (2, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            fontsize=7,
            va="bottom",
            color=canvas.HIGHLIGHT,
        )
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    ticks = [
        t for t in (10, 15, 25, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000) if low <= t <= high
    ]
    axes.set_yticks(ticks, [str(t) for t in ticks])
    axes.minorticks_off()
    axes.grid(axis="y")
    years = sorted({year for series in (own, *others) for year in series.values})
    step = max(1, -(-(years[-1] - years[0]) // 10))
    axes.set_xticks(range(years[0], years[-1] + 1, step))
    axes.set_ylabel(f"{base}年＝100（现价，对数刻度）" if lang == "zh" else f"{base} = 100 (current prices, log scale)")
    _labels(axes, ends)
    return drawing


def _line(axes: Axes, series: Series, base: int, color: str, width: float) -> None:
    years = sorted(series.values)
    runs: list[list[int]] = []
    for year in years:
        if runs and year - runs[-1][-1] == 1 and year not in series.breaks:
            runs[-1].append(year)
        else:
            runs.append([year])
    for run in runs:
        values = [100.0 * series.values[y] / series.values[base] for y in run]
        axes.plot(run, values, color=color, lw=width, marker="o" if len(run) == 1 else None, ms=3)
    guessed = [y for y in years if y in series.estimated]
    values = [100.0 * series.values[y] / series.values[base] for y in guessed]
    axes.plot(guessed, values, "o", ms=4, mfc="white", mec=color, zorder=3)


def _end(series: Series, base: int, color: str, lang: Lang) -> tuple[float, int, str, str]:
    last = max(series.values)
    return 100.0 * series.values[last] / series.values[base], last, color, series.label.in_(lang)


def _labels(axes: Axes, ends: list[tuple[float, int, str, str]]) -> None:
    """Name the lines at their ends, pushed apart where they meet."""
    import math

    previous = -math.inf
    for value, year, color, name in sorted(ends):
        height = float(axes.transData.transform((year, value))[1])
        shown = max(height, previous + 13.0)
        previous = shown
        axes.annotate(
            f"{name} {value:,.0f}",
            (year, value),
            (5, (shown - height) * 0.72),
            textcoords="offset points",
            fontsize=7.5,
            va="center",
            color=canvas.INK if color in (canvas.GREY, canvas.LIGHT) else color,
        )
