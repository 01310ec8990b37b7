"""Lines of routes for maps: the points behind the links of the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.space.modes import FAMILIES, Family, Mode
from bolang.space.route import Route
from bolang.space.system import TransportSystem

MILLI = 1000.0


@dataclass(frozen=True)
class RouteLine:
    """One leg on the map.

    Attributes
    ----------
    means : Family
        Means of transport of the leg.
    lonlat : float64 [k, 2]
        Points in degrees.
    """

    means: Family
    lonlat: NDArray[np.float64]


def route_lines(system: TransportSystem, route: Route) -> tuple[RouteLine, ...]:
    """Return the lines of a route, a leg each; legs without extent (berths) are left out.

    Parameters
    ----------
    system : TransportSystem
        The system in which the route was found.
    route : Route
    """
    links, drawer = system.network.links, _Drawer(system)
    lines: list[RouteLine] = []
    group: list[NDArray[np.float64]] = []
    previous: Family | None = None
    node = route.origin.node
    for link in route.links:
        here = FAMILIES[Mode(int(links.mode[link]))]
        if previous is not None and here != previous:
            lines.append(_joined(previous, group))
            group = []
        end = int(links.tail[link]) + int(links.head[link]) - node
        points = drawer.points(int(link))
        group.append(points if int(links.tail[link]) == node else points[::-1])
        previous, node = here, end
    if previous is not None:
        lines.append(_joined(previous, group))
    return tuple(line for line in lines if len(np.unique(line.lonlat, axis=0)) > 1)


def _joined(means: Family, parts: list[NDArray[np.float64]]) -> RouteLine:
    return RouteLine(means, np.concatenate(parts))


class _Drawer:
    """Finds the points of a link: the stored line of roads, tracks and lanes, or its two ends."""

    def __init__(self, system: TransportSystem) -> None:
        self.network = system.network
        tables = system.atlas.table
        self.road, self.rail = tables("road_edges")["line"], tables("rail_edges")["line"]
        places = {node: name for name, node in system.network.places.items()}
        self.place = {node: name.split("/")[0] for node, name in places.items()}
        rows = tables("sea_distances").select("tail", "head", "line").iter_rows()
        self.lanes = {(tail, head): line for tail, head, line in rows}

    def points(self, link: int) -> NDArray[np.float64]:
        """Return the points of a link from its tail to its head."""
        links, network = self.network.links, self.network
        tail, head = int(links.tail[link]), int(links.head[link])
        ends = np.array([[network.lon[tail], network.lat[tail]], [network.lon[head], network.lat[head]]], dtype=float)
        if link < len(self.road):
            return _with_line(ends, self.road[link])
        if link < len(self.road) + len(self.rail):
            return _with_line(ends, self.rail[link - len(self.road)])
        lane = self.lanes.get((self.place.get(tail, ""), self.place.get(head, "")))
        if lane is None or links.mode[link] not in (Mode.OCEAN, Mode.COASTAL, Mode.RIVER):
            return ends
        return np.array(lane, dtype=np.float64).reshape(-1, 2)


def _with_line(ends: NDArray[np.float64], line: Iterable[int]) -> NDArray[np.float64]:
    steps = np.array(list(line), dtype=np.float64).reshape(-1, 2) / MILLI
    between = ends[0] + np.cumsum(steps, axis=0)
    return np.vstack([ends[:1], between, ends[1:]])
