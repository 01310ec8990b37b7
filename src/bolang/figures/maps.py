"""Maps: the province with its clusters, and the nation with the official boundary lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path, frame_of, line_path, sea_frame
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

Frame = tuple[float, float, float, float]
"""West, south, east, north (or west, south, width, height) of a part of a map."""
_ISLAND_PROVINCE = "460000"
_OUTSIDE = 0.45
_MOST_NAMES = 14
_COARSE_KM = 6.0
_INSET_KM = (640.0, 840.0)

CLASSES = (0.3, 0.6, 1.0, 1.5, 2.0)
"""Upper bounds of the classes of the quotient; the last class is open."""
_FILLS = ("#f4f6f8", "#dbe5ef", "#b7cde2", "#86acd0", "#4d82b5", "#1f4e79")
_UNKNOWN = "#ffffff"
HIGH_HIGH, LOW_LOW = 1, 3


@dataclass(frozen=True, slots=True)
class ClusterMap:
    """What the provincial map shows.

    Attributes
    ----------
    quotient : ndarray, shape (n,)
        Location quotient that fills the units; NaN stays white.
    cluster : ndarray of int, shape (n,)
        Local Moran class of every unit: 0 not significant, 1 high-high, 2 low-high, 3 low-low, 4 high-low.
    marked : ndarray of bool, shape (n,)
        Units with a dot (market plus workshop).
    centers : ndarray, shape (n, 2)
        Where dots and names stand, in projected kilometres.
    names : sequence of Text
        Name of every unit.
    own, province_code
        Row of the county and its province.
    named : sequence of int
        Rows to name if there is room, the most telling first.
    """

    shapes: Shapes
    quotient: NDArray[np.float64]
    cluster: NDArray[np.int64]
    marked: NDArray[np.bool_]
    centers: NDArray[np.float64]
    names: Sequence[Text]
    own: int
    province_code: str
    named: Sequence[int]


@canvas.in_house_style
def draw_cluster_map(lang: Lang, data: ClusterMap) -> Drawing:
    """Draw the quotient of the province and its surroundings, round off clusters, and mark the county."""
    shapes = data.shapes
    frame = frame_of(shapes.outline(data.province_code))
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    tall = min(90.0, max(70.0, 112.0 * height / width))
    drawing = canvas.new_drawing(tall + 18.0)
    axes = drawing.subplots()
    prepare(axes, frame)
    inside = in_frame(shapes.bounds, frame)
    _fill_units(axes, data, inside)
    draw_outlines(axes, shapes, frame)
    _ring(axes, shapes.units[inside & (data.cluster == LOW_LOW)], canvas.GREY, (0, (2, 1.5)))
    _ring(axes, shapes.units[inside & (data.cluster == HIGH_HIGH)], canvas.WARM, "-")
    own_outline(axes, shapes, data.own)
    dots = inside & data.marked
    axes.plot(*data.centers[dots].T, "o", ms=3.0, color=canvas.INK, mec="white", mew=0.4)
    _names(axes, data, frame, lang)
    if data.province_code == _ISLAND_PROVINCE:
        _sea_inset(axes, shapes.outlines, shapes, lang, (0.84, 0.0, 0.16, 0.3))
    _cluster_key(drawing, lang)
    return drawing


def _ring(axes: Axes, units: NDArray[Any], color: str, dash: Any) -> None:
    """Draw the common outline of units."""
    import shapely

    if len(units):
        draw_patch(axes, shapely.coverage_union_all(units), facecolor="none", edgecolor=color, lw=1.5, ls=dash)


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


def _fill_units(axes: Axes, data: ClusterMap, inside: NDArray[np.bool_]) -> None:
    import shapely
    from matplotlib.colors import to_rgba

    shapes = data.shapes
    home = shapely.contains_xy(shapely.buffer(shapes.outline(data.province_code), 1.0), data.centers)
    rows = np.flatnonzero(inside)
    colors = [to_rgba(_fill(data.quotient[i]), 1.0 if home[i] else _OUTSIDE) for i in rows]
    color_units(axes, shapes, rows, colors)


def color_units(axes: Axes, shapes: Shapes, rows: NDArray[np.int64], colors: Sequence[Any]) -> None:
    """Fill units with one colour each."""
    from matplotlib.collections import PathCollection

    paths = [area_path(shapes.units[i]) for i in rows]
    axes.add_collection(PathCollection(paths, facecolors=colors, edgecolors="white", linewidths=0.35), autolim=False)


def _fill(quotient: float) -> str:
    return _UNKNOWN if np.isnan(quotient) else _FILLS[int(np.searchsorted(CLASSES, quotient, side="right"))]


def draw_outlines(axes: Axes, shapes: Shapes, frame: Frame) -> None:
    """Draw the outlines of provinces and the official boundary lines."""
    import shapely

    near = shapely.intersects(shapes.outlines, shapely.box(*frame))
    for outline in shapes.outlines[near]:
        draw_patch(axes, outline, facecolor="none", edgecolor=canvas.GREY, lw=0.7)
    _official_lines(axes, shapes)


def draw_patch(axes: Axes, geometry: Any, **options: Any) -> None:
    """Draw one geometry."""
    from matplotlib.patches import PathPatch

    axes.add_artist(PathPatch(area_path(geometry), **options))


def _official_lines(axes: Axes, shapes: Shapes, width: float = 0.8) -> None:
    from matplotlib.patches import PathPatch

    for kind, lines in shapes.lines.items():
        dash = (0, (3, 2)) if kind == "undemarcated" else "-"
        axes.add_artist(PathPatch(line_path(lines), facecolor="none", edgecolor=canvas.INK, lw=width, ls=dash))


def own_outline(axes: Axes, shapes: Shapes, own: int) -> None:
    """Draw round the county of the report."""
    draw_patch(axes, shapes.units[own], facecolor="none", edgecolor="white", lw=2.6)
    draw_patch(axes, shapes.units[own], facecolor="none", edgecolor=canvas.HIGHLIGHT, lw=1.6)


def _names(axes: Axes, data: ClusterMap, frame: Frame, lang: Lang) -> None:
    """Name the county, then others as long as no two names meet."""
    from matplotlib.patheffects import withStroke

    scale = (frame[2] - frame[0]) / 130.0
    taken: list[tuple[float, float, float]] = []
    for count, row in enumerate([data.own, *(r for r in data.named if r != data.own)]):
        if len(taken) > _MOST_NAMES:
            break
        own = count == 0
        x, y = data.centers[row]
        if not (frame[0] < x < frame[2] and frame[1] < y < frame[3]):
            continue
        name = data.names[row].in_(lang)
        half = (0.55 if own else 0.45) * 2.9 * _width(name) * scale
        if any(abs(x - ox) < half + oh and abs(y - oy) < 3.6 * scale for ox, oy, oh in taken):
            continue
        taken.append((float(x), float(y + 1.8 * scale), half))
        axes.annotate(
            name,
            (x, y),
            (0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5 if own else 6.3,
            color=canvas.INK,
            path_effects=[withStroke(linewidth=1.8, foreground="white")],
            annotation_clip=True,
        )


def _width(name: str) -> float:
    """Width of a name in Chinese characters; Latin letters take about half of one."""
    return sum(1.0 if character > "\u2e80" else 0.55 for character in name)


def _cluster_key(drawing: Drawing, lang: Lang) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    zh = lang == "zh"
    middle = [f"{low:g}–{high:g}" for low, high in pairwise(CLASSES)]
    edges = [f"<{CLASSES[0]:g}", *middle, f"≥{CLASSES[-1]:g}"]
    fills: list[Any] = [Patch(fc=c, ec=canvas.LIGHT, lw=0.4, label=t) for c, t in zip(_FILLS, edges, strict=True)]
    signs: list[Any] = [
        Line2D([], [], color=canvas.WARM, lw=1.5, label="高—高集聚区" if zh else "High–high cluster"),
        Line2D([], [], color=canvas.GREY, lw=1.5, ls=(0, (2, 1.5)), label="低—低区" if zh else "Low–low"),
        Line2D(
            [], [], marker="o", ms=3.5, lw=0, color=canvas.INK, label="“市场＋工厂”型" if zh else "Market plus workshop"
        ),
        Line2D([], [], color=canvas.HIGHLIGHT, lw=1.6, label="本县" if zh else "This county"),
    ]
    drawing.legend(handles=signs, loc="outside lower center", ncols=4, columnspacing=1.4, fontsize=7)
    title = "制造业区位商" if zh else "Quotient of manufacturing"
    drawing.legend(
        handles=fills, loc="outside upper center", ncols=6, columnspacing=1.0, fontsize=7, title=title, title_fontsize=7
    )


def _sea_inset(axes: Axes, outlines: NDArray[Any], shapes: Shapes, lang: Lang, place: Frame) -> None:
    """Add the islands of the South China Sea with their boundary line, as every map of the nation must."""
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
    text = "南海诸岛" if lang == "zh" else "South China\nSea Islands"
    inset.text(0.96, 0.03, text, transform=inset.transAxes, ha="right", va="bottom", fontsize=5.5)


def _areas(axes: Axes, geometries: Any, fill: str, edge: str, width: float) -> None:
    from matplotlib.collections import PathCollection

    paths = [area_path(geometry) for geometry in geometries]
    axes.add_collection(PathCollection(paths, facecolors=fill, edgecolors=edge, linewidths=width), autolim=False)


@dataclass(frozen=True, slots=True)
class NationalMap:
    """What the national map shows: units that are filled, those that are certain among them, the county, its peers."""

    shapes: Shapes
    sure: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    centers: NDArray[np.float64]
    own: int
    own_name: Text
    peers: Sequence[int]


@canvas.in_house_style
def draw_national_map(lang: Lang, data: NationalMap) -> Drawing:
    """Draw market-plus-workshop units, the county and its peers on the nation with its official boundary lines."""
    from matplotlib.patheffects import withStroke

    drawing = canvas.new_drawing(99.0)
    axes = drawing.subplots()
    shapes = data.shapes

    def fill() -> None:
        for rows, color in ((data.possible & ~data.sure, canvas.WARM), (data.sure, canvas.HIGHLIGHT)):
            _areas(axes, shapes.units[rows], color, color, 0.3)
        axes.plot(*data.centers[list(data.peers)].T, "^", ms=4, mfc="white", mec=canvas.ACCENT, mew=0.9)
        x, y = data.centers[data.own]
        axes.plot(x, y, "*", ms=11, color=canvas.INK, mec="white", mew=0.7)
        axes.annotate(
            data.own_name.in_(lang),
            (x, y),
            (8, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            path_effects=[withStroke(linewidth=2.0, foreground="white")],
        )

    draw_nation(axes, shapes, lang, fill)
    _national_key(axes, lang)
    return drawing


def draw_nation(axes: Axes, shapes: Shapes, lang: Lang, fill: Callable[[], None]) -> None:
    """Draw the nation with its official boundary lines and the inset of the South China Sea; `fill` draws the rest."""
    import shapely

    coarse = shapely.coverage_simplify(shapes.outlines, _COARSE_KM)
    west, _, east, north = shapely.total_bounds(coarse)
    # Down to the south of Hainan; the islands beyond are in the inset.
    bottom = frame_of(shapes.outline(_ISLAND_PROVINCE))[1]
    edge = max(east, _taiwan_east(shapes) + 60.0 + _INSET_KM[0])
    prepare(axes, (west - 40.0, bottom, edge + 20.0, north + 40.0))
    _areas(axes, coarse, canvas.PALE, "#b8c0c8", 0.5)
    _areas(axes, [shapely.coverage_union_all(coarse)], "none", canvas.INK, 0.8)
    _official_lines(axes, shapes)
    fill()
    _sea_inset(axes, coarse, shapes, lang, (edge - _INSET_KM[0], bottom, *_INSET_KM))


def _taiwan_east(shapes: Shapes) -> float:
    """Return how far east Taiwan reaches, so that the inset does not cover it."""
    return float(shapes.outline("710000").bounds[2])


def _national_key(axes: Axes, lang: Lang) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    zh = lang == "zh"
    marks: list[Any] = [
        Line2D([], [], marker="*", ms=9, lw=0, color=canvas.INK, label="本县" if zh else "This county"),
        Line2D([], [], marker="^", ms=4.5, lw=0, mfc="white", mec=canvas.ACCENT, label="对标县" if zh else "Peers"),
        Patch(color=canvas.HIGHLIGHT, label="“市场＋工厂”型（确定）" if zh else "Market plus workshop (certain)"),
        Patch(color=canvas.WARM, label="点估计达标、区间跨门槛" if zh else "Estimate reaches it, interval does not"),
    ]
    axes.legend(handles=marks, loc="lower left", fontsize=7)
