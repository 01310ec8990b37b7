"""Changes of the transport network and of its prices, as objects that can be listed, combined and costed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bolang.foundation.errors import BadInputError, ParameterError, UnknownPlaceError
from bolang.foundation.text import tr
from bolang.space.ends import End, place_end, straight_km
from bolang.space.engine import open_engine
from bolang.space.gateways import berths_of
from bolang.space.modes import Mode
from bolang.space.network import Links, Network
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED

Layer = Literal["road", "rail"]

LINE_CIRCUITY = 1.15
"""Length of a new line over the straight line where the user gives none: planned expressways and railways."""


@dataclass(frozen=True)
class AddLink:
    """Build a road or a railway between two places (counties, ports, crossings).

    Parameters
    ----------
    start, end : str
        Names or codes of counties, or names of gateways.
    layer : {'road', 'rail'}
        A railway starts at the freight station of a county; a county without one gets one at its seat.
    km : float, optional
        Length; by default 1.15 times the straight line.
    """

    start: str
    end: str
    layer: Layer = "road"
    km: float | None = None

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the line built."""
        one, other = place_end(system, self.start), place_end(system, self.end)
        if one.node == other.node:
            raise BadInputError(tr("起点与终点相同。", "Start and end are the same place."))
        km = self.km if self.km is not None else LINE_CIRCUITY * straight_km(one, other)
        if not np.isfinite(km) or km <= 0:
            raise BadInputError(
                tr(f"里程 {km} 无效，应为正数。", f"A length of {km} km is not valid; give a positive one.")
            )
        if self.layer == "road":
            network = system.network.with_links(Links.of([one.node], [other.node], Mode.ROAD, [km]))
            return replace(system, network=network)
        network, first = _station(system.network, one)
        network, second = _station(network, other)
        return replace(system, network=network.with_links(Links.of([first], [second], Mode.RAIL, [km])))


def _station(network: Network, end: End) -> tuple[Network, int]:
    """Return the track that a place uses, laying one at a county seat or a berth that has none."""
    modes = (Mode.STATION, Mode.TERMINAL) if end.unit is not None else (Mode.SPUR, Mode.BORDER)
    found = network.neighbours(end.node, *modes)
    if found:
        return network, min(found, key=lambda pair: network.links.km[pair[1]])[0]
    track = network.size
    network = network.with_node(end.lon, end.lat, end.name.forms)
    return network.with_links(Links.of([end.node], [track], modes[0], [0.0])), track


@dataclass(frozen=True)
class UpgradeLink:
    """Make the present best road or railway between two places cheaper and faster.

    Parameters
    ----------
    start, end : str
    layer : {'road', 'rail'}
    factor : float
        Cost and time of every stretch of the way become this share of what they were; between 0.2 and 1.
    """

    start: str
    end: str
    layer: Layer = "road"
    factor: float = 0.8

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the way improved."""
        if not 0.2 <= self.factor <= 1:
            raise BadInputError(
                tr(f"改造系数 {self.factor} 超出范围。", f"The factor {self.factor} is out of range."),
                tr("请取0.2至1之间。", "Give one between 0.2 and 1."),
            )
        mode = Mode.ROAD if self.layer == "road" else Mode.RAIL
        prices = system.prices("general", "road" if self.layer == "road" else "rail")
        weights = prices.weights
        if self.layer == "rail":
            weights = np.where(system.network.links.mode == Mode.ROAD, CLOSED, weights).astype(np.uint32)
        one, other = place_end(system, self.start), place_end(system, self.end)
        cost, way = open_engine(system.graph, weights, "scipy").path(one.node, other.node)
        if cost == CLOSED or not len(way):
            raise BadInputError(
                tr(
                    f"{self.start}与{self.end}之间没有{'公路' if self.layer == 'road' else '铁路'}。",
                    f"No {'road' if self.layer == 'road' else 'railway'} joins the two.",
                ),
                tr("新建线路请用 AddLink。", "Use AddLink to build one."),
            )
        factor = system.network.links.factor.copy()
        improved = way[system.network.links.mode[way] == mode]
        factor[improved] *= self.factor
        return _with_links(system, replace(system.network.links, factor=factor))


def _with_links(system: TransportSystem, links: Links) -> TransportSystem:
    return replace(system, network=replace(system.network, links=links))


@dataclass(frozen=True)
class OpenSeaRailTerminal:
    """Open a rail container terminal in a county, from which trains run to the ports and to the border.

    Parameters
    ----------
    place : str
        A county with a railway within 20 km of its seat.
    """

    place: str

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the terminal open."""
        return replace(system, network=_terminal(system, self.place, 0.0))


@dataclass(frozen=True)
class OpenDryPort:
    """Open a dry port (内陆港): a rail container terminal where boxes are also cleared, picked up and returned.

    What a shipper pays for fetching and returning boxes at the seaport is saved.
    """

    place: str

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the dry port open."""
        saved = min(system.tariff["truck_box_fixed"], 0.9 * system.tariff["rail_box_handling"])
        return replace(system, network=_terminal(system, self.place, -saved))


def _terminal(system: TransportSystem, place: str, surcharge: float) -> Network:
    end = place_end(system, place)
    network = system.network
    tracks = network.neighbours(end.node, Mode.STATION, Mode.TERMINAL)
    if end.unit is None or not tracks:
        raise BadInputError(
            tr(f"{place}附近20公里内没有铁路。", f"{place} has no railway within 20 km of its seat."),
            tr("请先用 AddLink 修建铁路。", "Build a railway with AddLink first."),
        )
    open_already = network.neighbours(end.node, Mode.TERMINAL)
    track, link = min(open_already or tracks, key=lambda pair: network.links.km[pair[1]])
    km = float(network.links.km[link])
    return network.with_links(Links.of([end.node], [track], Mode.TERMINAL, [km], surcharge=[surcharge]))


@dataclass(frozen=True)
class CloseGateway:
    """Close a port, with all its berths, or a border crossing to all traffic."""

    name: str

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system without the gateway."""
        berths = [gateway.id for gateway in berths_of(system.atlas, self.name)]
        if set(berths) & set(system.network.markets):
            raise UnknownPlaceError(
                tr(f"“{self.name}”不是港口或口岸。", f"{self.name!r} is not a port or a border crossing."),
                tr("例：宁波港、阿拉山口口岸。", "Such as 宁波港 or Alashankou."),
            )
        places = system.network.places
        keys = [f"{berth}{part}" for berth in berths for part in ("", "/coastal", "/ocean")]
        nodes = [places[key] for key in keys if key in places]
        links = system.network.links
        touched = np.isin(links.tail, nodes) | np.isin(links.head, nodes)
        return _with_links(system, replace(links, closed=links.closed | touched))


@dataclass(frozen=True)
class CloseTerminal:
    """Close the rail container terminal of a county; its trucks go to the next one or to the port."""

    place: str

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system without the terminal."""
        end = place_end(system, self.place)
        found = [link for _, link in system.network.neighbours(end.node, Mode.TERMINAL)]
        if not found:
            raise BadInputError(tr(f"{self.place}没有铁路集装箱站。", f"{self.place} has no rail container terminal."))
        closed = system.network.links.closed.copy()
        closed[found] = True
        return _with_links(system, replace(system.network.links, closed=closed))


@dataclass(frozen=True)
class ChangeTariff:
    """Set a parameter of prices, speeds or waiting times, or multiply it.

    Parameters
    ----------
    parameter : str
        Name in the parameter file, such as ``rail_rate``.
    value, factor : float, optional
        Exactly one of them: the new value, or what to multiply the present one with.
    """

    parameter: str
    value: float | None = None
    factor: float | None = None

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the parameter changed."""
        if (self.value is None) == (self.factor is None):
            raise ParameterError(tr("value 与 factor 须给且只给一个。", "Give either a value or a factor."))
        if self.parameter == "access_circuity":
            raise ParameterError(
                tr("集散道路系数不能改动。", "The circuity of access roads cannot be changed by an edit.")
            )
        present = system.tariff.values.get(self.parameter, 0.0)
        value = self.value if self.value is not None else present * float(self.factor or 0.0)
        return replace(system, tariff=system.tariff.changed(self.parameter, value))


@dataclass(frozen=True)
class AvoidSuez:
    """Send ships to Europe around the Cape of Good Hope; their rates and times grow with the distance."""

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the longer lanes."""
        links, places = system.network.links, system.network.places
        km, extra = links.km.copy(), links.extra_km.copy()
        ocean = np.flatnonzero(links.mode == Mode.OCEAN)
        lane = {(int(links.tail[i]), int(links.head[i])): i for i in ocean}
        rows = system.atlas.table("sea_distances").select("tail", "head", "mode", "km", "km_cape").iter_rows()
        for port, market, mode, short, long in rows:
            if mode == "sea":
                link = lane[places[f"{port}/ocean"], places.get(f"{market}/port", places[market])]
                km[link] += long - short
                extra[link] += long - short
        return _with_links(system, replace(links, km=km, extra_km=extra))
