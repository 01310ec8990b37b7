"""Where a county lies: its prefecture in the province, and the county among the units of the prefecture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, frame_of, north_angle
from bolang.figures.maps import (
    ISLAND_PROVINCE,
    Frame,
    color_units,
    draw_outlines,
    draw_patch,
    in_frame,
    prepare,
    sea_inset,
)
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_HEIGHT = 56.0
_ASIDE, _MEMBER = "#f4f6f8", "#c9d8e6"
_MARGIN = 0.12
_AROUND = 0.35
"""Room round the province, for its corners once turned."""
_SMALL = 0.004
"""Share of a panel below which a county is marked with a ring."""
_TALL, _BESIDE, _ALONE = 50.0, 84.0, 150.0
"""Height of a panel, and width of the right one beside another and alone, in millimetres."""
_STRONG, _PLAIN = 7.5, 6.5
_AIR = 0.7
"""Millimetres kept free round a name."""
_HELD = 0.6
"""Breadth of a unit, as a share of half its name, below which the name would hide it."""
_POINT = 25.4 / 72.0
_CHINESE, _LATIN = 0x2E7F, 0.58
"""First sign that is as wide as it is tall, and how wide the others are."""


@dataclass(frozen=True, slots=True)
class LocationMap:
    """What the map shows.

    Attributes
    ----------
    shapes : Shapes
    own : int
        Row of the county.
    members : ndarray of int
        Rows of the units of its prefecture, the county among them.
    names : tuple of Text
        Names of the members, for the right panel.
    province : str
        Code of the province.
    wide, near : Text
        Titles of the left and the right panel; without `wide` there is one panel, as in a municipality.
    """

    shapes: Shapes
    own: int
    members: NDArray[np.int64]
    names: tuple[Text, ...]
    province: str
    wide: Text | None
    near: Text


@canvas.in_house_style
def draw_location_map(lang: Lang, data: LocationMap) -> Drawing:
    """Draw both panels, north upward, with the outlines of provinces and the official boundary lines."""
    turned = _north_up(data)
    drawing = canvas.new_drawing(_HEIGHT)
    panels = drawing.subplots(1, 2, width_ratios=(1.0, 1.25), squeeze=False)[0] if data.wide else [drawing.subplots()]
    if data.wide:
        _panel(panels[0], turned, _with_own(turned, frame_of(turned.shapes.outline(data.province))))
        _title(panels[0], data.wide.in_(lang))
        if data.province == ISLAND_PROVINCE:
            sea_inset(panels[0], data.shapes, lang, (0.74, 0.0, 0.26, 0.42))
    _panel(panels[-1], turned, _near(turned))
    _names(panels[-1], turned, lang)
    _title(panels[-1], data.near.in_(lang))
    return drawing


def _title(axes: Axes, text: str) -> None:
    axes.set_title(text, fontsize=7.5, color=canvas.GREY, pad=2)


def _north_up(data: LocationMap) -> LocationMap:
    """Turn the shapes about the county, so that its meridian is upright; the map of the nation leans far from its middle.

    Units far from the province are left out.
    """
    import shapely

    x, y = (float(value) for value in shapely.get_coordinates(shapely.centroid(data.shapes.units[data.own]))[0])
    angle = north_angle(x, y)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def turned(geometries: Any) -> NDArray[Any]:
        return np.asarray(shapely.transform(geometries, lambda points: points @ turn))

    kept = np.flatnonzero(in_frame(data.shapes.bounds, frame_of(data.shapes.outline(data.province), _AROUND)))
    units, near = (
        turned(data.shapes.units[kept]),
        in_frame(shapely.bounds(data.shapes.outlines), frame_of(data.shapes.outline(data.province), _AROUND)),
    )
    codes = tuple(code for code, here in zip(data.shapes.outline_codes, near.tolist(), strict=True) if here)
    shapes = Shapes(
        units=units,
        bounds=shapely.bounds(units),
        outlines=turned(data.shapes.outlines[near]),
        outline_codes=codes,
        lines={kind: turned(found) for kind, found in data.shapes.lines.items()},
    )
    own = int(np.searchsorted(kept, data.own))
    return replace(data, shapes=shapes, own=own, members=np.searchsorted(kept, data.members))


def _near(data: LocationMap) -> Frame:
    """Return the frame of the right panel: the prefecture's main parts and the whole county."""
    return _room(_with_own(data, frame_of(data.shapes.units[data.members], _MARGIN)))


def _with_own(data: LocationMap, frame: Frame) -> Frame:
    own = data.shapes.bounds[data.own]
    low, high = np.minimum(frame[:2], own[:2]), np.maximum(frame[2:], own[2:])
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _room(frame: Frame) -> Frame:
    """Widen a frame to the form of the panel, so that no panel is a strip."""
    west, south, east, north = frame
    width, height = east - west, north - south
    more = max(0.0, 1.35 * height - width) / 2, max(0.0, 0.5 * width - height) / 2
    return west - more[0], south - more[1], east + more[0], north + more[1]


def _panel(axes: Axes, data: LocationMap, frame: Frame) -> None:
    prepare(axes, frame)
    for outline in data.shapes.outlines:
        draw_patch(axes, outline, facecolor=_ASIDE, edgecolor="none")
    rows = np.flatnonzero(in_frame(data.shapes.bounds, frame))
    members = set(data.members.tolist())
    fills = [canvas.HIGHLIGHT if row == data.own else _MEMBER if row in members else _ASIDE for row in rows.tolist()]
    color_units(axes, data.shapes, rows, fills)
    draw_outlines(axes, data.shapes, frame)
    own = data.shapes.units[data.own]
    draw_patch(axes, own, facecolor="none", edgecolor=canvas.HIGHLIGHT, lw=0.8)
    if _small(own, frame):
        x, y = own.point_on_surface().coords[0]
        axes.plot(x, y, "o", ms=9, mfc="none", mec=canvas.HIGHLIGHT, mew=1.2)


def _small(own: Any, frame: Frame) -> bool:
    return bool(own.area < _SMALL * (frame[2] - frame[0]) * (frame[3] - frame[1]))


def _names(axes: Axes, data: LocationMap, lang: Lang) -> None:
    """Name the county, then the other units from the largest, as long as no two names meet."""
    import shapely
    from matplotlib.patheffects import withStroke

    points = shapely.get_coordinates(shapely.point_on_surface(data.shapes.units[data.members]))
    areas = shapely.area(data.shapes.units[data.members])
    own = int(np.flatnonzero(data.members == data.own)[0])
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    per_mm = max((north - south) / _TALL, (east - west) / (_BESIDE if data.wide else _ALONE))
    if _small(data.shapes.units[data.own], (west, south, east, north)):
        points[own, 1] += 0.09 * (north - south)
    taken: list[Frame] = []
    for place in sorted(range(len(points)), key=lambda i: (i != own, -areas[i])):
        name, strong = data.names[place].in_(lang), place == own
        size = _STRONG if strong else _PLAIN
        wide, tall = per_mm * (0.5 * _long(name, size) + _AIR), per_mm * (0.5 * size * _POINT + _AIR)
        if not strong and areas[place] < (_HELD * wide) ** 2:
            continue
        x, y = (float(value) for value in points[place])
        x = min(max(x, west + wide), east - wide)
        here = (x - wide, y - tall, x + wide, y + tall)
        if any(here[0] < b[2] and b[0] < here[2] and here[1] < b[3] and b[1] < here[3] for b in taken):
            continue
        taken.append(here)
        axes.text(
            x,
            y,
            name,
            ha="center",
            va="center",
            fontsize=size,
            color=canvas.INK,
            path_effects=[withStroke(linewidth=1.8, foreground="white")],
            clip_on=True,
        )


def _long(name: str, size: float) -> float:
    """Return the length of a name on paper in millimetres; a Chinese sign is a square."""
    return size * _POINT * sum(1.0 if ord(sign) > _CHINESE else _LATIN for sign in name)
