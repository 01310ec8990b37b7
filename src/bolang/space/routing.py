"""The best and the second-best way between two places, and what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.space.ends import End, place_end
from bolang.space.engine import EngineName, PathEngine, open_engine
from bolang.space.modes import Cargo, Mode, ModeSet
from bolang.space.notes import Weakness, notes_on
from bolang.space.route import Route, route_of
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED

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

LEAN = 4.0
"""How much dearer roads are made to find the best way that rests on railways, or on water."""

SHARED = 0.7
"""Two ways by the same means with the same turning points are alternatives if they share less of their length."""


@dataclass(frozen=True)
class Routes:
    """Ways between two places, the cheapest first.

    Attributes
    ----------
    routes : tuple of Route
        Distinct ways by generalised cost: the best, the second best, and others.
    notes : tuple of Weakness
        Weaknesses of the data that matter for these ways.
    """

    routes: tuple[Route, ...]
    notes: tuple[Weakness, ...]

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

    Candidates are the cheapest ways by all modes, by road, by rail, by water and by land alone, those that rest on
    railways or on water even where a truck is cheaper, the way that avoids the gateway of the best one, and a detour.
    Equal ones are merged.

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
    routes = _distinct(system, search.candidates())
    if not routes:
        raise BadInputError(
            tr(f"{origin}与{destination}之间没有可用通路。", f"No way joins {origin} and {destination}."),
            tr(
                "境外市场只接受集装箱（--cargo container）。",
                "Markets abroad take containers only (--cargo container).",
            ),
        )
    return Routes(routes, notes_on(routes))


def _distinct(system: TransportSystem, candidates: Iterable[Route]) -> tuple[Route, ...]:
    """Keep the cheapest of ways that are the same to a shipper, the cheapest first."""
    kept: list[Route] = []
    for route in sorted(candidates, key=lambda route: route.cost):
        alike = [other for other in kept if other.signature == route.signature]
        if all(_shared(system, other, route) < SHARED for other in alike):
            kept.append(route)
    return tuple(kept)


def _shared(system: TransportSystem, one: Route, other: Route) -> float:
    """Return the share of the second way's length that the first way runs over; all of it where railways are used."""
    if other.via is None:
        return 1.0
    km = system.network.links.km
    return float(km[np.intersect1d(one.links, other.links)].sum() / max(other.km, 1e-9))


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
        self.through = self._through_markets()
        self.weights = self.limited(modes)

    def limited(self, modes: ModeSet) -> np.ndarray:
        """Return the weights by some modes; no way may pass through a market abroad to another place."""
        weights = self.system.prices(self.cargo, modes).weights
        return np.where(self.through, CLOSED, weights).astype(np.uint32)

    def _through_markets(self) -> np.ndarray:
        links, places = self.system.network.links, self.system.network.places
        markets = [end.gateway for end in self.ends if end.gateway in self.system.network.markets]
        own = [places[name] for m in markets for name in (m, f"{m}/port") if name in places]
        abroad = np.isin(links.mode, (Mode.OCEAN, Mode.RAIL_ABROAD, Mode.ROAD_ABROAD))
        return np.asarray(abroad & ~np.isin(links.tail, own) & ~np.isin(links.head, own))

    def candidates(self) -> Iterator[Route]:
        best = self.route(self.weights)
        if best is None:
            return
        yield best
        sets: tuple[ModeSet, ...] = ("road", "rail", "water", "land")
        narrower = [np.maximum(self.weights, self.limited(modes)) for modes in sets]
        leaning = (self._dearer(narrower[sets.index(name)], self._roads(), LEAN) for name in ("rail", "water"))
        avoiding = np.where(self._gateway_links(best), CLOSED, self.weights).astype(np.uint32)
        for weights in (*narrower, avoiding, self._dearer(self.weights, best.links, DETOUR)):
            route = self.route(weights)
            if route is not None:
                yield route
        for weights in leaning:
            route = self.route(weights)
            if route is not None and route.via is None:
                yield route

    def _roads(self) -> np.ndarray:
        return np.flatnonzero(self.system.network.links.mode == Mode.ROAD)

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

    @staticmethod
    def _dearer(weights: np.ndarray, links: np.ndarray, factor: float) -> np.ndarray:
        raised = weights.astype(np.float64)
        raised[links] *= factor
        return np.minimum(np.rint(raised), float(CLOSED)).astype(np.uint32)
