"""What the county lives from: its industries against the nation, and where its jobs came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.figures import canvas
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_FLOOR = 0.05
"""Smallest quotient drawn on the logarithmic axis."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """One industry: share of employment in per cent, quotient with interval, quotient ten years before."""

    label: Text
    share: float
    value: float
    low: float
    high: float
    earlier: float | None


@dataclass(frozen=True, slots=True)
class Shift:
    """Change of employment in one industry and its three parts."""

    label: Text
    national: float
    mix: float
    regional: float

    @property
    def total(self) -> float:
        """The change that the parts add up to."""
        return self.national + self.mix + self.regional


@canvas.in_house_style
def draw_quotients(lang: Lang, lines: Sequence[Quotient]) -> Drawing:
    """Draw quotients with intervals on a logarithmic axis, largest industry on top; hollow marks are ten years old."""
    ordered = sorted(lines, key=lambda line: line.share)
    drawing = canvas.new_drawing(16 + 4.5 * len(ordered))
    axes = drawing.subplots()
    axes.axvline(1.0, color=canvas.INK, lw=0.8)
    rows = range(len(ordered))
    colors = [_color(line) for line in ordered]
    bounds = [[max(bound, _FLOOR) for bound in (line.low, line.high)] for line in ordered]
    axes.hlines(rows, [low for low, _ in bounds], [high for _, high in bounds], colors=colors, lw=2.2, alpha=0.55)
    before = [(max(line.earlier, _FLOOR), row) for row, line in enumerate(ordered) if line.earlier is not None]
    axes.plot([x for x, _ in before], [y for _, y in before], "o", ms=4, mfc="white", mec=canvas.GREY, mew=0.8)
    axes.scatter([max(line.value, _FLOOR) for line in ordered], rows, s=25, c=colors, zorder=3)
    for row, line in enumerate(ordered):
        axes.annotate(
            f"{line.value:.2f}",
            (1.0, row),
            (4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
        )
    _quotient_axis(axes, lang, ordered)
    _quotient_key(axes, lang, any(line.earlier is not None for line in ordered))
    return drawing


def _color(line: Quotient) -> str:
    if line.low > 1.0:
        return canvas.ACCENT
    return canvas.WARM if line.high < 1.0 else canvas.GREY


def _quotient_axis(axes: Axes, lang: Lang, ordered: Sequence[Quotient]) -> None:
    axes.set_xscale("log")
    highest = max(4.0, *(line.high * 1.25 for line in ordered))
    ticks = [tick for tick in (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64) if tick <= highest]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlim(_FLOOR * 0.9, highest)
    axes.set_yticks(range(len(ordered)), [f"{line.label.in_(lang)}  {line.share:.1f}%" for line in ordered])
    axes.set_ylim(-0.7, len(ordered) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel("区位商（全国＝1，对数刻度）" if lang == "zh" else "Location quotient (nation = 1, log scale)")


def _quotient_key(axes: Axes, lang: Lang, with_earlier: bool) -> None:
    from matplotlib.lines import Line2D

    names = {
        canvas.ACCENT: Text("区间高于1", "interval above 1"),
        canvas.GREY: Text("区间跨1", "interval spans 1"),
        canvas.WARM: Text("区间低于1", "interval below 1"),
    }
    marks = [Line2D([], [], marker="o", ms=4.5, color=c, lw=2, label=t.in_(lang)) for c, t in names.items()]
    if with_earlier:
        label = "2010年" if lang == "zh" else "2010"
        marks.append(Line2D([], [], marker="o", ms=4, mfc="white", mec=canvas.GREY, lw=0, label=label))
    axes.legend(handles=marks, loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=4, columnspacing=1.4)


@canvas.in_house_style
def draw_shifts(lang: Lang, lines: Sequence[Shift], most: int = 10) -> Drawing:
    """Draw the parts of the change of employment as stacked bars for the industries that changed most."""
    chosen = sorted(lines, key=lambda line: abs(line.total), reverse=True)[:most]
    ordered = sorted(chosen, key=lambda line: line.total)
    drawing = canvas.new_drawing(20 + 6.5 * len(ordered))
    axes = drawing.subplots()
    parts = (
        (canvas.LIGHT, Text("全国份额效应", "National growth"), [line.national for line in ordered]),
        (canvas.SOFT, Text("产业结构效应", "Industry mix"), [line.mix for line in ordered]),
        (canvas.ACCENT, Text("竞争力效应", "Competitive shift"), [line.regional for line in ordered]),
    )
    above, below = [0.0] * len(ordered), [0.0] * len(ordered)
    for color, name, values in parts:
        starts = [up if v >= 0 else down for v, up, down in zip(values, above, below, strict=True)]
        axes.barh(range(len(ordered)), values, left=starts, height=0.62, color=color, label=name.in_(lang))
        above = [up + max(v, 0.0) for v, up in zip(values, above, strict=True)]
        below = [down + min(v, 0.0) for v, down in zip(values, below, strict=True)]
    totals = [line.total for line in ordered]
    actual = "实际变化" if lang == "zh" else "Actual change"
    axes.plot(totals, range(len(ordered)), "D", ms=4.5, color=canvas.HIGHLIGHT, label=actual, zorder=3)
    axes.axvline(0, color=canvas.INK, lw=0.7)
    axes.set_yticks(range(len(ordered)), [line.label.in_(lang) for line in ordered])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace("-", "−"))
    axes.set_xlabel(
        "2010—2020年就业变化（10%抽样人数）" if lang == "zh" else "Change of employment 2010–2020 (10 % sample)"
    )
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=4, columnspacing=1.4)
    return drawing
