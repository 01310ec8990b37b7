"""The map of what is within reach of the county by car."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes
from bolang.figures.maps import color_units, draw_outlines, in_frame, own_outline, prepare
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

HOURS = (1.0, 2.0, 3.0, 4.0)
"""Bounds of the classes; what is farther stays pale."""
_FILLS = ("#1f4e79", "#4d82b5", "#86acd0", "#b7cde2", "#f4f6f8")
_MARGIN_KM = 25.0
_WIDEST_KM = 450.0


@dataclass(frozen=True, slots=True)
class ReachMap:
    """What the map of reach shows.

    Attributes
    ----------
    hours : ndarray, shape (n,)
        Drive from the county to the seat of every unit; infinite where no road leads.
    centers : ndarray, shape (n, 2)
        Seats in projected kilometres.
    cities : tuple of (int, Text)
        Rows and names of the cities to name.
    """

    shapes: Shapes
    hours: NDArray[np.float64]
    centers: NDArray[np.float64]
    own: int
    name: Text
    cities: tuple[tuple[int, Text], ...]


@canvas.in_house_style
def draw_reach_map(lang: Lang, data: ReachMap) -> Drawing:
    """Fill the units by the hours it takes to drive there, and name the county and the cities within reach."""
    frame = _frame(data)
    drawing = canvas.new_drawing(112.0)
    axes = drawing.subplots()
    prepare(axes, frame)
    rows = np.flatnonzero(in_frame(data.shapes.bounds, frame))
    classes = np.searchsorted(HOURS, data.hours[rows], side="left")
    color_units(axes, data.shapes, rows, [_FILLS[c] for c in classes])
    draw_outlines(axes, data.shapes, frame)
    own_outline(axes, data.shapes, data.own)
    for row, name in ((data.own, data.name), *data.cities):
        x, y = data.centers[row]
        if frame[0] < x < frame[2] and frame[1] < y < frame[3]:
            _label(axes, x, y, name.in_(lang), canvas.HIGHLIGHT if row == data.own else canvas.INK)
    _key(drawing, lang)
    return drawing


def _frame(data: ReachMap) -> tuple[float, float, float, float]:
    """Frame what lies within the last bound, but no more than a readable neighbourhood."""
    reached = data.centers[data.hours <= HOURS[-1]]
    x, y = data.centers[data.own]
    half = np.abs(reached - (x, y)).max(axis=0) + _MARGIN_KM
    half = np.clip(half, 120.0, _WIDEST_KM)
    return x - half[0], y - half[1], x + half[0], y + half[1]


def _label(axes: Axes, x: float, y: float, name: str, color: str) -> None:
    from matplotlib.patheffects import withStroke

    axes.plot(x, y, "o", ms=2.5, color=color, mec="white", mew=0.5)
    halo = [withStroke(linewidth=1.6, foreground="white")]
    axes.annotate(
        name,
        (x, y),
        (3, 3),
        textcoords="offset points",
        fontsize=7,
        color=color,
        path_effects=halo,
        annotation_clip=True,
    )


def _key(drawing: Drawing, lang: Lang) -> None:
    from matplotlib.patches import Patch

    zh = lang == "zh"
    inner = [f"≤{h:g} 小时" if zh else f"≤{h:g} h" for h in HOURS]
    labels = [*inner, f">{HOURS[-1]:g} 小时" if zh else f">{HOURS[-1]:g} h"]
    fills: list[Any] = [Patch(fc=c, ec=canvas.LIGHT, lw=0.4, label=t) for c, t in zip(_FILLS, labels, strict=True)]
    drawing.legend(handles=fills, loc="outside upper center", ncols=len(fills), columnspacing=1.0, fontsize=7)
