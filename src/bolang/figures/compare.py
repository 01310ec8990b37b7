"""The county among others: dimensions against the benchmark, and the plane of market and workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """Index of one dimension (0-100) for the county, its peers and the benchmark."""

    label: Text
    own: float | None
    peers: Sequence[float]
    benchmark: float | None


@dataclass(frozen=True, slots=True)
class Cross:
    """A county's pair of quotients with their intervals, named on the plane."""

    name: Text
    x: float
    y: float
    x_interval: tuple[float, float] | None = None
    y_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Plane:
    """Quotients of manufacturing (`x`) and trade (`y`) of all units, the threshold, and the units to name."""

    x: Array
    y: Array
    threshold: float
    own: Cross
    peers: Sequence[Cross]
    benchmark: Cross | None


@canvas.in_house_style
def draw_dimensions(lang: Lang, lines: Sequence[DimensionLine], own: Text, benchmark: Text | None) -> Drawing:
    """Draw a row a dimension: peers as a band of marks, their median, the benchmark and the county."""
    drawing = canvas.new_drawing(15 + 5.4 * len(lines))
    axes = drawing.subplots()
    ordered = list(reversed(lines))
    for row, line in enumerate(ordered):
        axes.axhline(row, color=canvas.PALE, lw=4, zorder=0, solid_capstyle="butt")
        if line.peers:
            axes.plot(line.peers, [row] * len(line.peers), "|", ms=8, color=canvas.GREY, mew=0.9)
            axes.plot(float(np.median(line.peers)), row, "|", ms=13, color=canvas.INK, mew=1.6)
        if line.benchmark is not None and benchmark is not None:
            axes.plot(line.benchmark, row, "D", ms=5, mfc="white", mec=canvas.ACCENT, mew=1.2)
        if line.own is not None:
            axes.plot(line.own, row, "o", ms=7, color=canvas.HIGHLIGHT, zorder=3)
            axes.annotate(
                f"{line.own:.0f}",
                (line.own, row),
                (0, 5.5),
                textcoords="offset points",
                ha="center",
                fontsize=7,
                color=canvas.HIGHLIGHT,
            )
    axes.set_yticks(range(len(ordered)), [line.label.in_(lang) for line in ordered])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, len(ordered) - 0.2)
    axes.set_xlabel(
        "指数（0—100，各指标全国百分位的平均）" if lang == "zh" else "Index (0–100, mean national percentile)"
    )
    axes.legend(handles=_dimension_key(lang, own, benchmark), loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=4)
    return drawing


def _dimension_key(lang: Lang, own: Text, benchmark: Text | None) -> list[Any]:
    from matplotlib.lines import Line2D

    marks = [Line2D([], [], marker="o", ms=6, lw=0, color=canvas.HIGHLIGHT, label=own.in_(lang))]
    if benchmark is not None:
        label = benchmark.in_(lang)
        marks.append(Line2D([], [], marker="D", ms=5, lw=0, mfc="white", mec=canvas.ACCENT, mew=1.2, label=label))
    names = ("对标县", "中位数") if lang == "zh" else ("Peers", "Median")
    marks.append(Line2D([], [], marker="|", ms=8, lw=0, color=canvas.GREY, label=names[0]))
    marks.append(Line2D([], [], marker="|", ms=11, lw=0, color=canvas.INK, mew=1.6, label=names[1]))
    return marks


@canvas.in_house_style
def draw_plane(lang: Lang, data: Plane) -> Drawing:
    """Draw manufacturing against trade quotients of all units, the threshold, the peers and the county."""
    drawing = canvas.new_drawing(80)
    axes = drawing.subplots()
    axes.scatter(data.x, data.y, s=3, color="#c3cad1", lw=0, rasterized=True)
    threshold = data.threshold
    axes.fill_between([threshold, 40.0], threshold, 40.0, color=canvas.ACCENT, alpha=0.06, lw=0)
    axes.plot([threshold, threshold, 40.0], [40.0, threshold, threshold], color=canvas.ACCENT, lw=0.8, ls=(0, (4, 2)))
    axes.axvline(1.0, color=canvas.LIGHT, lw=0.6, zorder=0)
    axes.axhline(1.0, color=canvas.LIGHT, lw=0.6, zorder=0)
    _plane_axes(axes, lang, data)
    _crosses(axes, lang, data)
    text = "“市场＋工厂”区" if lang == "zh" else "Market plus workshop"
    axes.annotate(
        text,
        (threshold, 1.0),
        (3, -3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        fontsize=7.5,
        color=canvas.ACCENT,
    )
    return drawing


def _plane_axes(axes: Axes, lang: Lang, data: Plane) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    for values, here, limits, axis in (
        (data.x, data.own.x, axes.set_xlim, axes.xaxis),
        (data.y, data.own.y, axes.set_ylim, axes.yaxis),
    ):
        known = values[np.isfinite(values) & (values > 0)]
        low, high = np.quantile(known, [0.01, 0.999])
        limits(min(low, here * 0.8) if here > 0 else low, max(high, here * 1.3))
        ticks = [t for t in (0.05, 0.1, 0.2, 0.5, 1, 2, 3, 4) if low * 0.8 <= t <= max(high, here) * 1.3]
        axis.set_ticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.set_xlabel("制造业区位商（对数刻度）" if lang == "zh" else "Location quotient of manufacturing (log scale)")
    axes.set_ylabel("批发零售业区位商（对数刻度）" if lang == "zh" else "Location quotient of trade (log scale)")


def _crosses(axes: Axes, lang: Lang, data: Plane) -> None:
    placed: list[tuple[float, float]] = []
    marked = [(data.own, canvas.HIGHLIGHT, 7.0, 8.5)]
    if data.benchmark is not None:
        marked.append((data.benchmark, canvas.ACCENT, 6.0, 8.0))
    marked += [(peer, canvas.SOFT, 4.5, 7.0) for peer in data.peers]
    for cross, color, size, font in marked:
        if cross.x_interval and cross.y_interval:
            axes.plot(cross.x_interval, [cross.y] * 2, color=color, lw=1.0, zorder=3)
            axes.plot([cross.x] * 2, cross.y_interval, color=color, lw=1.0, zorder=3)
        axes.plot(cross.x, cross.y, "o", ms=size, color=color, mec="white", mew=0.5, zorder=4)
        here = axes.transData.transform((cross.x, cross.y))
        side, shift = _free_side(axes, here, placed)
        if side is None:
            continue
        axes.annotate(
            cross.name.in_(lang),
            (cross.x, cross.y),
            (5 * side, shift),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=font,
            color=color if size > 5 else canvas.INK,
            zorder=5,
        )


def _free_side(axes: Axes, here: Array, placed: list[tuple[float, float]]) -> tuple[int | None, float]:
    """Find a side and a height for a label that no earlier label takes; give up where the plane is crowded."""
    for side, shift in ((1, 0.0), (-1, 0.0), (1, 8.0), (1, -8.0), (-1, 8.0), (-1, -8.0)):
        spot = (float(here[0]) + side * 22.0, float(here[1]) + shift * 1.2)
        if all(abs(spot[0] - x) > 40 or abs(spot[1] - y) > 9 for x, y in placed):
            placed.append(spot)
            return side, shift
    return None, 0.0
