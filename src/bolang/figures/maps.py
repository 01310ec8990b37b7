"""What maps share: the frame, coloured units, outlines, and the nation with the official boundary lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path, frame_of, line_path, sea_frame
from bolang.foundation.text import Lang
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = load("figures")

Frame = tuple[float, float, float, float]
"""West, south, east, north (or west, south, width, height) of a part of a map."""
ISLAND_PROVINCE = "460000"
"""Hainan, whose islands reach far into the South China Sea."""
_COARSE_KM = 6.0
_INSET_KM = (640.0, 840.0)


def prepare(axes: Axes, frame: Frame) -> None:
    """Set the frame of a map, without axes."""
    axes.set_xlim(frame[0], frame[2])
    axes.set_ylim(frame[1], frame[3])
    axes.set_aspect("equal")
    axes.set_axis_off()


def in_frame(bounds: NDArray[np.float64], frame: Frame) -> NDArray[np.bool_]:
    """Return which bounds meet a frame."""
    west, south, east, north = bounds.T
    return np.asarray((west < frame[2]) & (east > frame[0]) & (south < frame[3]) & (north > frame[1]))


def color_units(axes: Axes, shapes: Shapes, rows: NDArray[np.int64], colors: Sequence[Any]) -> None:
    """Fill units with one colour each."""
    from matplotlib.collections import PathCollection

    paths = [area_path(shapes.units[i]) for i in rows]
    axes.add_collection(PathCollection(paths, facecolors=colors, edgecolors="white", linewidths=0.35), autolim=False)


def draw_outlines(axes: Axes, shapes: Shapes, frame: Frame) -> None:
    """Draw the outlines of provinces and the official boundary lines, which are borders and coasts like them, in one grey."""
    import shapely

    near = shapely.intersects(shapes.outlines, shapely.box(*frame))
    for outline in shapes.outlines[near]:
        draw_patch(axes, outline, facecolor="none", edgecolor=canvas.GREY, lw=0.7)
    _official_lines(axes, shapes, 0.7, canvas.GREY)


def draw_patch(axes: Axes, geometry: Any, **options: Any) -> None:
    """Draw one geometry."""
    from matplotlib.patches import PathPatch

    axes.add_artist(PathPatch(area_path(geometry), **options))


def shows_undemarcated(shapes: Shapes, province: str) -> bool:
    """Whether a line that is not demarcated crosses the frame of a province."""
    import shapely

    frame = shapely.box(*frame_of(shapes.outline(province)))
    return bool(shapely.intersects(shapes.lines["undemarcated"], frame).any())


def _official_lines(axes: Axes, shapes: Shapes, width: float = 0.8, color: str = canvas.INK) -> None:
    from matplotlib.patches import PathPatch

    for kind, lines in shapes.lines.items():
        dash = (0, (3, 2)) if kind == "undemarcated" else "-"
        axes.add_artist(PathPatch(line_path(lines), facecolor="none", edgecolor=color, lw=width, ls=dash))


def own_outline(axes: Axes, shapes: Shapes, own: int) -> None:
    """Draw round the county of the report."""
    draw_patch(axes, shapes.units[own], facecolor="none", edgecolor="white", lw=2.6)
    draw_patch(axes, shapes.units[own], facecolor="none", edgecolor=canvas.HIGHLIGHT, lw=1.6)


def sea_inset(axes: Axes, shapes: Shapes, lang: Lang, place: Frame, outlines: NDArray[Any] | None = None) -> None:
    """Add the islands of the South China Sea with their boundary line, as every map of the nation must."""
    outlines = shapes.outlines if outlines is None else outlines
    inset = axes.inset_axes(place, transform=axes.transData if place[2] > 1.0 else None)
    frame = sea_frame()
    inset.set_xlim(frame[0], frame[2])
    inset.set_ylim(frame[1], frame[3])
    inset.set_xticks([])
    inset.set_yticks([])
    for spine in inset.spines.values():
        spine.set(visible=True, linewidth=0.6, edgecolor=canvas.GREY)
    _areas(inset, outlines, canvas.PALE, canvas.GREY, 0.4)
    _official_lines(inset, shapes, 0.7)
    text = WORDS("maps.south_sea").in_(lang)
    inset.text(0.96, 0.03, text, transform=inset.transAxes, ha="right", va="bottom", fontsize=5.5)


def _areas(axes: Axes, geometries: Any, fill: str, edge: str, width: float) -> None:
    from matplotlib.collections import PathCollection

    paths = [area_path(geometry) for geometry in geometries]
    axes.add_collection(PathCollection(paths, facecolors=fill, edgecolors=edge, linewidths=width), autolim=False)


def draw_nation(axes: Axes, shapes: Shapes, lang: Lang, fill: Callable[[], None]) -> None:
    """Draw the nation with its official boundary lines and the inset of the South China Sea; `fill` draws the rest."""
    import shapely

    coarse = shapely.coverage_simplify(shapes.outlines, _COARSE_KM)
    west, _, east, north = shapely.total_bounds(coarse)
    # Down to the south of Hainan; the islands beyond are in the inset.
    bottom = frame_of(shapes.outline(ISLAND_PROVINCE))[1]
    edge = max(east, _taiwan_east(shapes) + 60.0 + _INSET_KM[0])
    prepare(axes, (west - 40.0, bottom, edge + 20.0, north + 40.0))
    _areas(axes, coarse, canvas.PALE, "#b8c0c8", 0.5)
    _areas(axes, [shapely.coverage_union_all(coarse)], "none", canvas.INK, 0.8)
    _official_lines(axes, shapes)
    fill()
    sea_inset(axes, shapes, lang, (edge - _INSET_KM[0], bottom, *_INSET_KM), coarse)


def _taiwan_east(shapes: Shapes) -> float:
    """Return how far east Taiwan reaches, so that the inset does not cover it."""
    return float(shapes.outline("710000").bounds[2])
