"""A way from one place to another, with its legs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.text import Text
from bolang.space.ends import End, great_circle_km
from bolang.space.modes import FAMILIES, Cargo, Family, Mode, carriers
from bolang.space.pricing import Prices
from bolang.space.system import TransportSystem


class StopKind(StrEnum):
    """What a turning point of a route is."""

    PLACE = "place"
    STATION = "station"
    TERMINAL = "terminal"
    NODE = "node"


@dataclass(frozen=True)
class Stop:
    """A turning point of a route.

    Attributes
    ----------
    kind : StopKind
        A freight station or rail container terminal is named after its county; a node of the network has no name.
    name : Text or None
    """

    kind: StopKind
    name: Text | None


@dataclass(frozen=True)
class Leg:
    """A part of a route by one means of transport.

    Attributes
    ----------
    means : Family
    start, end : Stop
    km, hours : float
    money : float
        Yuan per tonne or TEU.
    repaired_km : float
        Kilometres across gaps that were closed by assumption.
    straight_km : float
        Great-circle distance between its ends.
    """

    means: Family
    start: Stop
    end: Stop
    km: float
    hours: float
    money: float
    repaired_km: float
    straight_km: float


@dataclass(frozen=True)
class Route:
    """A way between two places.

    Attributes
    ----------
    origin, destination : End
    cargo : {'general', 'container'}
        Whether money is per tonne or per TEU.
    legs : tuple of Leg
    carriers : tuple of Family
        What carries the goods, in order, such as rail and sea.
    ends_money : float
        Loading and unloading, or fetching and returning the box.
    time_money : float
        Cost of the time in transit.
    gateways : tuple of Text
        Ports and crossings on the way, without the ends.
    gateway_nodes : tuple of int
        Their nodes.
    via : Text or None
        For a way by road alone, the county seat nearest to its middle.
    links : int64 [k]
        Links of the network in order.
    """

    origin: End
    destination: End
    cargo: Cargo
    legs: tuple[Leg, ...]
    carriers: tuple[Family, ...]
    ends_money: float
    time_money: float
    gateways: tuple[Text, ...]
    gateway_nodes: tuple[int, ...]
    via: Text | None
    links: NDArray[np.int64] = field(repr=False)

    @property
    def km(self) -> float:
        """Length of the way."""
        return sum(leg.km for leg in self.legs)

    @property
    def hours(self) -> float:
        """Duration with waiting."""
        return sum(leg.hours for leg in self.legs)

    @property
    def money(self) -> float:
        """What is paid, yuan per tonne or TEU."""
        return sum(leg.money for leg in self.legs) + self.ends_money

    @property
    def cost(self) -> float:
        """Generalised cost: money and the cost of time."""
        return self.money + self.time_money

    @property
    def signature(self) -> tuple[tuple[Family, Stop, Stop], ...]:
        """Means and turning points: two routes with the same signature are one alternative."""
        return tuple((leg.means, leg.start, leg.end) for leg in self.legs)


def route_of(
    system: TransportSystem, prices: Prices, cargo: Cargo, ends: tuple[End, End], links: NDArray[np.int64]
) -> Route:
    """Describe a path as a route with legs.

    Parameters
    ----------
    system : TransportSystem
    prices : Prices
        Of the cargo, for all modes that the path uses.
    cargo : {'general', 'container'}
    ends : (End, End)
    links : int64 [k]
        Links of the path, in order from the first end.
    """
    nodes = _nodes(system, ends[0].node, links)
    modes = [Mode(int(mode)) for mode in system.network.links.mode[links]]
    legs = _legs(system, prices, links, nodes, modes)
    hours = sum(leg.hours for leg in legs)
    passed = _gateways(system, ends, nodes)
    return Route(
        origin=ends[0],
        destination=ends[1],
        cargo=cargo,
        legs=legs,
        carriers=carriers(modes),
        ends_money=system.tariff.ends(cargo),
        time_money=hours * system.tariff.hour(cargo),
        gateways=tuple(system.network.name(node) for node in passed),
        gateway_nodes=passed,
        via=_via(system, ends, links, nodes) if set(modes) <= {Mode.ROAD, Mode.ACCESS, Mode.FERRY} else None,
        links=links,
    )


def _nodes(system: TransportSystem, start: int, links: NDArray[np.int64]) -> list[int]:
    """Return the nodes that a path visits."""
    nodes = [start]
    for tail, head in zip(system.network.links.tail[links], system.network.links.head[links], strict=True):
        nodes.append(int(tail) + int(head) - nodes[-1])
    return nodes


def _gateways(system: TransportSystem, ends: tuple[End, End], nodes: list[int]) -> tuple[int, ...]:
    kinds = {row["id"]: row["kind"] for row in system.atlas.table("gateways").iter_rows(named=True)}
    wanted = ("seaport", "river_port", "rail_border", "road_border")
    wanted_nodes = {node for name, node in system.network.places.items() if kinds.get(name) in wanted}
    inner = [node for node in nodes if node in wanted_nodes and node not in (ends[0].node, ends[1].node)]
    return tuple(dict.fromkeys(inner))


def _legs(
    system: TransportSystem, prices: Prices, links: NDArray[np.int64], nodes: list[int], modes: list[Mode]
) -> tuple[Leg, ...]:
    groups = [FAMILIES[mode] for mode in modes]
    turns = (at for at, (here, there) in enumerate(itertools.pairwise(groups), start=1) if here != there)
    cuts = [0, *turns, len(groups)]
    names = _Names(system, nodes, modes)
    columns, legs = system.network.links, []
    for start, end in itertools.pairwise(cuts):
        part = links[start:end]
        legs.append(
            Leg(
                means=groups[start],
                start=names.at(start),
                end=names.at(end),
                km=float(columns.km[part].sum()),
                hours=float(prices.hours[part].sum()),
                money=float(prices.money[part].sum()),
                repaired_km=float(columns.km[part][columns.repaired[part]].sum()),
                straight_km=_straight(system, nodes[start], nodes[end]),
            )
        )
    return tuple(legs)


def _straight(system: TransportSystem, start: int, end: int) -> float:
    lon, lat = system.network.lon, system.network.lat
    return float(great_circle_km(lon[start : start + 1], lat[start : start + 1], float(lon[end]), float(lat[end]))[0])


def _via(system: TransportSystem, ends: tuple[End, End], links: NDArray[np.int64], nodes: list[int]) -> Text | None:
    """Name the seat nearest to the middle of a way, if it is not one of the ends."""
    km = np.cumsum(system.network.links.km[links])
    middle = nodes[int(np.searchsorted(km, km[-1] / 2)) + 1]
    lon, lat, units = system.network.lon, system.network.lat, system.network.units
    seat = int(units[great_circle_km(lon[units], lat[units], float(lon[middle]), float(lat[middle])).argmin()])
    return None if seat in (ends[0].node, ends[1].node) else system.network.name(seat)


class _Names:
    """Names the turning points of a path: a track is called after the station whose link ends on it."""

    def __init__(self, system: TransportSystem, nodes: list[int], modes: list[Mode]) -> None:
        self.system, self.nodes, self.modes = system, nodes, modes
        rows = system.atlas.table("gateways").iter_rows(named=True)
        listed = {row["code"]: Text(row["name_zh"], row["name_en"]) for row in rows if row["kind"] == "rail_terminal"}
        unit = {code: int(node) for code, node in zip(system.atlas.codes, system.network.units, strict=True)}
        self.terminals = {unit[code]: name for code, name in listed.items() if code in unit}

    def at(self, position: int) -> Stop:
        """Return the place at a position of the path."""
        node = self.nodes[position]
        if node in self.system.network.names:
            return Stop(StopKind.PLACE, self.system.network.name(node))
        for neighbour in (position - 1, position):
            if 0 <= neighbour < len(self.modes) and self.modes[neighbour] in (Mode.STATION, Mode.TERMINAL):
                hub = self.nodes[neighbour] + self.nodes[neighbour + 1] - node
                return self._station(hub, self.modes[neighbour])
        return Stop(StopKind.NODE, None)

    def _station(self, hub: int, mode: Mode) -> Stop:
        name = self.system.network.name(hub)
        if mode == Mode.TERMINAL:
            return Stop(StopKind.TERMINAL, self.terminals.get(hub, name))
        return Stop(StopKind.STATION, name)
