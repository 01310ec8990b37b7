"""The map of a route: the ways on the nation with its official boundary lines; abroad only as far as the frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path, line_path, project, shapes
from bolang.foundation.text import Lang, Text
from bolang.space.modes import Family
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from bolang.space.route import Route
    from bolang.space.routing import Routes
    from bolang.space.system import TransportSystem

COLORS = {
    Family.ROAD: "#b5482f",
    Family.RAIL: "#1f2933",
    Family.SEA: "#1f4e79",
    Family.COASTAL: "#1f4e79",
    Family.RIVER: "#3f8fb0",
}
OTHER_COLOR = "#6b4e8f"
ABROAD = (Family.SEA, Family.RAIL_ABROAD, Family.ROAD_ABROAD)
"""Legs that the map shows only as far as its frame, which fits the others."""
WORDS = load("figures")
ATTRIBUTION = "© OpenStreetMap contributors"

MARGIN_KM = 60.0
SMALLEST_KM = 240.0
DETAIL_KM = 900.0
"""Maps narrower than this show counties."""


def draw_route_map(system: TransportSystem, found: Routes, lang: Lang, named: Callable[[Family], Text]) -> Drawing:
    """Draw the best and the second-best way.

    Parameters
    ----------
    system : TransportSystem
        In which the ways were found.
    found : Routes
    lang : {'zh', 'en'}
    named : callable
        Names a means of transport.
    """
    from bolang.space.lines import route_lines

    ways = found.routes[:2]
    lines = [route_lines(system, route) for route in ways]
    home = [line.lonlat for way in lines for line in way if line.means not in ABROAD]
    points = project(np.concatenate(home or [line.lonlat for way in lines for line in way]))
    with canvas.house_style():
        frame = _frame(points)
        tall = min(190.0, max(80.0, canvas.FULL_MM * (frame[3] - frame[1]) / (frame[2] - frame[0])))
        drawing = canvas.new_drawing(tall + 14.0)
        axes = drawing.subplots()
        _background(axes, shapes(system.atlas), frame)
        for rank, way in reversed(list(enumerate(lines))):
            for line in way:
                x, y = project(line.lonlat).T
                color = COLORS.get(line.means, OTHER_COLOR)
                axes.plot(
                    x, y, color=color, lw=2.2 if rank == 0 else 1.0, ls="-" if rank == 0 else (0, (4, 2)), zorder=5
                )
        _names(axes, system, ways[0], lang, frame)
        _key(drawing, lines, lang, named)
    return drawing


def _frame(points: np.ndarray) -> tuple[float, float, float, float]:
    (west, south), (east, north) = points.min(axis=0) - MARGIN_KM, points.max(axis=0) + MARGIN_KM
    middle = (west + east) / 2, (south + north) / 2
    width, height = max(east - west, SMALLEST_KM), max(north - south, SMALLEST_KM * 0.7)
    width = max(width, height * 0.8)
    return middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2


def _background(axes: Axes, shapes: Shapes, frame: tuple[float, float, float, float]) -> None:
    import shapely
    from matplotlib.collections import PathCollection
    from matplotlib.patches import PathPatch

    axes.set_xlim(frame[0], frame[2])
    axes.set_ylim(frame[1], frame[3])
    axes.set_aspect("equal")
    axes.set_axis_off()
    near = shapely.intersects(shapes.outlines, shapely.box(*frame))
    paths = [area_path(outline) for outline in shapes.outlines[near]]
    axes.add_collection(PathCollection(paths, facecolors=canvas.PALE, edgecolors="#b8c0c8", linewidths=0.9))
    if frame[2] - frame[0] < DETAIL_KM:
        counties = [area_path(u) for u in shapes.units[_inside(shapes.bounds, frame)]]
        axes.add_collection(PathCollection(counties, facecolors="none", edgecolors="white", linewidths=0.7))
    for kind, lines in shapes.lines.items():
        dash: Any = (0, (3, 2)) if kind == "undemarcated" else "-"
        axes.add_patch(PathPatch(line_path(lines), facecolor="none", edgecolor=canvas.INK, lw=0.8, ls=dash))


def _inside(bounds: np.ndarray, frame: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = bounds.T
    return np.asarray((west < frame[2]) & (east > frame[0]) & (south < frame[3]) & (north > frame[1]))


def _gateway_points(system: TransportSystem, route: Route) -> list[tuple[Text, float, float]]:
    network = system.network
    return [(network.name(node), float(network.lon[node]), float(network.lat[node])) for node in route.gateway_nodes]


def _names(
    axes: Axes, system: TransportSystem, route: Route, lang: Lang, frame: tuple[float, float, float, float]
) -> None:
    """Name the ends and the gateways; a market abroad is named beside the gateway that leads to it."""
    from matplotlib.patheffects import withStroke

    options: dict[str, Any] = {
        "textcoords": "offset points",
        "path_effects": [withStroke(linewidth=2.0, foreground="white")],
    }
    points = [(route.origin.name, route.origin.lon, route.origin.lat), *_gateway_points(system, route)]
    last = len(points) - 1
    beyond = route.destination.gateway in system.network.markets
    if not beyond:
        points.append((route.destination.name, route.destination.lon, route.destination.lat))
    for position, (name, lon, lat) in enumerate(points):
        x, y = project(np.array([[lon, lat]]))[0]
        text = name.in_(lang) + (f" → {route.destination.name.in_(lang)}" if beyond and position == last else "")
        right = x > (frame[0] + frame[2]) / 2
        axes.plot(x, y, "o", ms=5, color=canvas.INK, mec="white", mew=0.8, zorder=6)
        place: dict[str, Any] = {"xytext": (-6 if right else 6, 6), "ha": "right" if right else "left"}
        axes.annotate(text, (x, y), fontsize=8.5, zorder=7, **place, **options)
    axes.text(
        0.99,
        0.99,
        ATTRIBUTION,
        transform=axes.transAxes,
        ha="right",
        va="top",
        fontsize=5.5,
        color=canvas.GREY,
    )


def _key(drawing: Drawing, lines: list[Any], lang: Lang, named: Callable[[Family], Text]) -> None:
    from matplotlib.lines import Line2D

    used = dict.fromkeys(line.means for way in lines for line in way)
    handles: list[Any] = [
        Line2D([], [], color=COLORS.get(means, OTHER_COLOR), lw=2, label=named(means).in_(lang)) for means in used
    ]
    handles.append(Line2D([], [], color="#8a949e", lw=2.2, label=WORDS("route.best").in_(lang)))
    if len(lines) > 1:
        handles.append(Line2D([], [], color="#8a949e", lw=1.0, ls=(0, (4, 2)), label=WORDS("route.second").in_(lang)))
    drawing.legend(handles=handles, loc="outside lower center", ncols=6, fontsize=7)
