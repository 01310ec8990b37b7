"""What levers and shocks would do to a county: effects with their intervals on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bolang.figures import canvas
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_GRADE_COLOR = {"strong": canvas.ACCENT, "moderate": canvas.ACCENT, "weak": canvas.SOFT, "none": canvas.GREY}
_LINEAR = 0.2
_TICKS = (-20, -10, -5, -2, -1, -0.5, -0.2, 0, 0.2, 0.5, 1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class EffectLine:
    """Effect of one lever or shock on GDP in per cent, with its interval.

    Attributes
    ----------
    grade : {'strong', 'moderate', 'weak', 'none', 'shock'}
        Quality of the evidence, or a shock from outside.
    open : bool
        Drawn hollow: pulled already, or not possible here.
    """

    label: Text
    value: float
    low: float
    high: float
    grade: str
    open: bool = False


@canvas.in_house_style
def draw_effects(lang: Lang, levers: Sequence[EffectLine], shocks: Sequence[EffectLine]) -> Drawing:
    """Draw levers above shocks, one row each, on an axis that is linear around zero and logarithmic beyond."""
    rows = [*levers, *shocks]
    drawing = canvas.new_drawing(17 + 5.0 * len(rows))
    axes = drawing.subplots()
    for place, line in enumerate(reversed(rows)):
        color = canvas.HIGHLIGHT if line.grade == "shock" else _GRADE_COLOR[line.grade]
        axes.plot([line.low, line.high], [place, place], color=color, lw=1.4, solid_capstyle="round")
        axes.plot(line.value, place, "o", ms=5, mec=color, mew=1.1, mfc="white" if line.open else color, zorder=3)
    axes.axvline(0, color=canvas.INK, lw=0.6)
    if levers and shocks:
        axes.axhline(len(shocks) - 0.5, color=canvas.LIGHT, lw=0.8)
    axes.set_yticks(range(len(rows)), [line.label.in_(lang) for line in reversed(rows)])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    _scale(axes, rows)
    axes.grid(axis="x")
    axes.set_xlabel(
        "对本县生产总值的长期影响（%，±0.2%以内为线性刻度，以外为对数刻度）"
        if lang == "zh"
        else "Long-run effect on the county's GDP (%, linear within ±0.2 %, logarithmic beyond)"
    )
    axes.legend(handles=_legend(lang), loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=5, columnspacing=1.0)
    return drawing


def _scale(axes: Axes, rows: Sequence[EffectLine]) -> None:
    axes.set_xscale("symlog", linthresh=_LINEAR, linscale=0.8)
    low = min(-_LINEAR, *(line.low for line in rows))
    high = max(_LINEAR, *(line.high for line in rows))
    axes.set_xlim(low * 1.25, high * 1.25)
    ticks = [t for t in _TICKS if low * 1.25 <= t <= high * 1.25]
    axes.set_xticks(ticks, [f"{t:g}".replace("-", "−") for t in ticks])
    axes.minorticks_off()


def _legend(lang: Lang) -> list[Any]:
    from matplotlib.lines import Line2D

    names = {
        canvas.ACCENT: Text("证据较好", "sound evidence"),
        canvas.SOFT: Text("证据弱", "weak evidence"),
        canvas.GREY: Text("无因果证据", "no causal evidence"),
        canvas.HIGHLIGHT: Text("外部冲击", "shock from outside"),
    }
    marks: list[Any] = [
        Line2D([], [], marker="o", ms=5, lw=1.4, color=color, label=name.in_(lang)) for color, name in names.items()
    ]
    hollow = Text("已实行或不具备条件", "in place or not possible")
    marks.append(Line2D([], [], marker="o", ms=5, lw=0, mec=canvas.INK, mfc="white", mew=1.1, label=hollow.in_(lang)))
    return marks
