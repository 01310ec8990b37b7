"""The best and the second-best way between two places, and what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.errors import BadInputError
from bolang.space.ends import End, place_end
from bolang.space.engine import EngineName, PathEngine, open_engine
from bolang.space.modes import Cargo, Mode, ModeSet
from bolang.space.route import Route, route_of
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED
from bolang.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas

WORLD: tuple[tuple[str, ModeSet], ...] = (
    ("rotterdam", "all"),
    ("los_angeles", "all"),
    ("dubai", "all"),
    ("madrid", "land"),
)
"""Markets of the table of routes, with the modes to use."""

DETOUR = 1.5
"""A second way by the same means avoids the links of the best one unless they are this much cheaper."""


@dataclass(frozen=True)
class Routes:
    """Ways between two places, the cheapest first.

    Attributes
    ----------
    routes : tuple of Route
        Distinct ways by generalised cost: the best, the second best, and others.
    notes : tuple of Text
        Weaknesses of the data that matter for these ways.
    """

    routes: tuple[Route, ...]
    notes: tuple[Text, ...]

    @property
    def best(self) -> Route:
        """The cheapest way."""
        return self.routes[0]

    @property
    def second(self) -> Route | None:
        """The cheapest way by other means or over other gateways; None if there is no other."""
        return self.routes[1] if len(self.routes) > 1 else None


def find_routes(
    atlas: Atlas,
    origin: str,
    destination: str,
    *,
    cargo: Cargo | None = None,
    modes: ModeSet = "all",
    system: TransportSystem | None = None,
    engine: EngineName = "scipy",
) -> Routes:
    """Return the ways from one place to another.

    Candidates are the cheapest ways by all modes, by road, by rail, by water and by land alone, the way that avoids the
    gateway of the best one, and a detour. Equal ones are merged.

    Parameters
    ----------
    atlas : Atlas
    origin, destination : str
        Counties by name or code; ports, crossings and markets by name.
    cargo : {'general', 'container'}, optional
        By default containers to and from gateways and markets, general cargo between counties.
    modes : {'all', 'road', 'rail', 'water', 'land'}
        Only ways by these modes.
    system : TransportSystem, optional
        The transport system, edited or not; the shipped one by default.
    engine : {'scipy', 'cch', 'auto'}
        For single routes Dijkstra needs no preparation.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If a name does not fit.
    BadInputError
        If the places are the same, or no way joins them.
    """
    system = system or TransportSystem.standard(atlas)
    ends = place_end(system, origin), place_end(system, destination)
    if ends[0].node == ends[1].node:
        raise BadInputError(tr("起点与终点相同。", "Origin and destination are the same place."))
    chosen: Cargo = cargo or ("general" if all(end.unit is not None for end in ends) else "container")
    search = _Search(system, ends, chosen, modes, engine)
    distinct: dict[object, Route] = {}
    for route in search.candidates():
        known = distinct.get(route.signature)
        if known is None or route.cost < known.cost:
            distinct[route.signature] = route
    if not distinct:
        raise BadInputError(
            tr(f"{origin}与{destination}之间没有可用通路。", f"No way joins {origin} and {destination}."),
            tr(
                "境外市场只接受集装箱（--cargo container）。",
                "Markets abroad take containers only (--cargo container).",
            ),
        )
    routes = tuple(sorted(distinct.values(), key=lambda route: route.cost))
    return Routes(routes, _notes(routes))


def routes_to_the_world(
    atlas: Atlas,
    origin: str,
    destinations: Sequence[tuple[str, ModeSet]] = WORLD,
    *,
    system: TransportSystem | None = None,
) -> tuple[Route, ...]:
    """Return the best way of a container from a county to its cheapest ocean port and to some markets.

    Parameters
    ----------
    atlas : Atlas
    origin : str
        A county by name or code.
    destinations : sequence of (str, ModeSet)
        Markets by name or id, each with the modes to use; by default Rotterdam, Los Angeles and Dubai by all modes, and
        Madrid by land.
    system : TransportSystem, optional

    Returns
    -------
    tuple of Route
        The port first; destinations that no way leads to are left out.
    """
    system = system or TransportSystem.standard(atlas)
    start = place_end(system, origin)
    if start.unit is None:
        raise BadInputError(tr(f"{origin}不是县级单位。", f"{origin} is not a county-level unit."))
    port = str(atlas.table("access")["port_cheapest"][start.unit])
    found, prices = [], system.prices("container")
    engines: dict[ModeSet, PathEngine] = {}
    for name, modes in ((port, "all"), *destinations):
        if modes not in engines:
            engines[modes] = open_engine(system.graph, system.prices("container", modes).weights, "scipy")
        end = place_end(system, name)
        cost, links = engines[modes].path(start.node, end.node)
        if cost < CLOSED and len(links):
            found.append(route_of(system, prices, "container", (start, end), links))
    return tuple(found)


class _Search:
    """Runs one shortest-path search a candidate."""

    def __init__(
        self, system: TransportSystem, ends: tuple[End, End], cargo: Cargo, modes: ModeSet, engine: EngineName
    ) -> None:
        self.system, self.ends, self.cargo, self.engine = system, ends, cargo, engine
        self.all = system.prices(cargo)
        self.weights = system.prices(cargo, modes).weights

    def candidates(self) -> Iterator[Route]:
        best = self.route(self.weights)
        if best is None:
            return
        yield best
        sets: tuple[ModeSet, ...] = ("road", "rail", "water", "land")
        narrower = (np.maximum(self.weights, self.system.prices(self.cargo, modes).weights) for modes in sets)
        avoiding = np.where(self._gateway_links(best), CLOSED, self.weights).astype(np.uint32)
        for weights in (*narrower, avoiding, self._dearer(best)):
            route = self.route(weights)
            if route is not None:
                yield route

    def route(self, weights: np.ndarray) -> Route | None:
        cost, links = open_engine(self.system.graph, weights, self.engine).path(self.ends[0].node, self.ends[1].node)
        return None if cost == CLOSED else route_of(self.system, self.all, self.cargo, self.ends, links)

    def _gateway_links(self, best: Route) -> np.ndarray:
        """Mark the links of the kinds of gateway that the best way passes: its berth, its border crossing."""
        links = self.system.network.links
        through = best.links[np.isin(links.mode[best.links], (Mode.OCEAN, Mode.RAIL_ABROAD, Mode.QUAY, Mode.TERMINAL))]
        banned = np.zeros(len(links), dtype=bool)
        banned[through] = True
        # All lanes of the port of departure, not only the one to this market.
        ports = links.tail[through[links.mode[through] == Mode.OCEAN]]
        return np.asarray(banned | (np.isin(links.tail, ports) & (links.mode == Mode.OCEAN)))

    def _dearer(self, best: Route) -> np.ndarray:
        weights = self.weights.astype(np.float64)
        weights[best.links] *= DETOUR
        return np.minimum(np.rint(weights), float(CLOSED)).astype(np.uint32)


def _notes(routes: tuple[Route, ...]) -> tuple[Text, ...]:
    """State the weaknesses of the data that the listed ways depend on."""
    used = {leg.mode.en for route in routes[:2] for leg in route.legs}
    repaired = sum(leg.repaired_km for leg in routes[0].legs)
    notes = []
    if "Road" in used:
        notes.append(
            Text(
                "路网（OpenStreetMap 简化图）无道路等级与收费，里程一般比公布里程短约5%，西部山区偏差更大。",
                "The road graph has no class or toll; it is some 5 % shorter than published distances, more in the mountains.",
            )
        )
    if "Rail" in used:
        notes.append(
            Text(
                "铁路网不区分高铁与货运线，货车实际运价里程可能更长。",
                "The rail graph does not tell high-speed from freight lines; tariff distances can be longer.",
            )
        )
    if repaired > 1:
        notes.append(
            Text(
                f"最优路线含约 {repaired:.0f} 公里图中缺失、按直线补接的线路（估计）。",
                f"About {repaired:.0f} km of the best way are missing from the graph and estimated from the straight gap.",
            )
        )
    if "Sea" in used:
        notes.append(
            Text(
                "海运价为上海出口集装箱运价指数某一周的即期水平，波动可达数倍。",
                "Ocean freight is the spot level of one week of the Shanghai index; it can move by several times.",
            )
        )
    return tuple(notes)
