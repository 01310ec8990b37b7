"""Travel by road: times and distances between counties and to the nearest of some places; isochrones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.space.ends import End, place_end
from bolang.space.engine import open_engine
from bolang.space.modes import Mode
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED

Floats = NDArray[np.float64]
Vehicle = Literal["car", "truck"]

MINUTE_UNITS = 1000
"""Integer weights of travel times are thousandths of a minute."""

BY_ROAD = (Mode.ROAD, Mode.ACCESS, Mode.FERRY)


@dataclass(frozen=True)
class Nearest:
    """The nearest of some places for every county.

    Attributes
    ----------
    which : int64 [N]
        Position among the places; -1 where none is reached.
    amount : float64 [N]
        Hours or kilometres; infinite where none is reached.
    """

    which: NDArray[np.int64]
    amount: Floats


@dataclass(frozen=True)
class Isochrone:
    """What can be reached by road from a place.

    Attributes
    ----------
    origin : End
    hours : float64 [N]
        Hours to every county.
    node_hours : float64 [n]
        Hours to every node of the road network, for maps.
    limits : tuple of float
        Bounds of the bands in hours.
    band : int64 [N]
        Band of every county; ``len(limits)`` beyond the last bound.
    """

    origin: End
    hours: Floats
    node_hours: Floats
    limits: tuple[float, ...]
    band: NDArray[np.int64]

    def within(self, values: Floats) -> tuple[float, ...]:
        """Add up a county figure, such as population, inside each bound."""
        return tuple(float(np.nansum(values[self.band <= position])) for position in range(len(self.limits)))


class RoadTravel:
    """Road network of a transport system, weighted by hours or kilometres."""

    def __init__(self, system: TransportSystem) -> None:
        self.system = system
        links = system.network.links
        self.rows = np.flatnonzero(np.isin(links.mode, BY_ROAD) & ~links.closed)

    def hours(self, vehicle: Vehicle = "car") -> csr_matrix:
        """Return the network weighted by hours."""
        return self._matrix(self.link_hours(vehicle))

    def link_hours(self, vehicle: Vehicle) -> Floats:
        """Return the hours on each road link (`rows`)."""
        links, tariff = self.system.network.links, self.system.tariff
        speeds = {
            Mode.ROAD: tariff["car_speed" if vehicle == "car" else "truck_speed"],
            Mode.ACCESS: tariff["access_speed"],
            Mode.FERRY: tariff["coastal_speed"],
        }
        speed = np.array([speeds.get(Mode(m), 1.0) for m in range(max(Mode) + 1)])[links.mode[self.rows]]
        wait = np.where(links.mode[self.rows] == Mode.FERRY, tariff["ferry_hours"], 0.0)
        return np.asarray(links.factor[self.rows] * (links.km[self.rows] / speed + wait))

    def kilometres(self) -> csr_matrix:
        """Return the network weighted by kilometres."""
        return self._matrix(self.system.network.links.km[self.rows])

    def _matrix(self, weight: Floats) -> csr_matrix:
        links, size = self.system.network.links, self.system.network.size
        low = np.minimum(links.tail, links.head)[self.rows].astype(np.int64)
        high = np.maximum(links.tail, links.head)[self.rows].astype(np.int64)
        order = np.lexsort((weight, high, low))
        code = low[order] * size + high[order]
        kept = order[np.concatenate([[True], code[1:] != code[:-1]])]
        ends = np.concatenate([low[kept], high[kept]]), np.concatenate([high[kept], low[kept]])
        return csr_matrix((np.tile(np.maximum(weight[kept], 1e-9), 2), ends), shape=(size, size))

    def nearest(self, network: csr_matrix, places: Sequence[int]) -> Nearest:
        """Return the nearest of some nodes for every county.

        Parameters
        ----------
        network : csr_matrix
            From `hours` or `kilometres`.
        places : sequence of int
            Nodes, in any order.
        """
        if not len(places):
            raise BadInputError(tr("没有可供比较的地点。", "There is no place to be near to."))
        nodes = np.asarray(places)
        amount, _, origin = dijkstra(network, indices=nodes, min_only=True, return_predecessors=True)
        units = self.system.network.units
        position = {int(node): index for index, node in reversed(list(enumerate(nodes)))}
        which = np.array([position.get(int(node), -1) for node in origin[units]], dtype=np.int64)
        return Nearest(which, amount[units])


def car_table(system: TransportSystem) -> NDArray[np.float32]:
    """Return the minutes by car between all counties, float32 [N, N]."""
    travel = RoadTravel(system)
    links = system.network.links
    weights = np.full(len(links), CLOSED, dtype=np.uint32)
    weights[travel.rows] = np.maximum(np.rint(travel.link_hours("car") * 60 * MINUTE_UNITS), 1).astype(np.uint32)
    table = open_engine(system.graph, weights).table(system.network.units, system.network.units)
    return np.asarray(np.where(table < CLOSED, table / MINUTE_UNITS, np.inf), dtype=np.float32)


def isochrone(
    system: TransportSystem, place: str, hours: Sequence[float] = (0.5, 1.0, 2.0, 4.0), vehicle: Vehicle = "car"
) -> Isochrone:
    """Return what can be reached by road from a place within some hours.

    Parameters
    ----------
    system : TransportSystem
    place : str
        A county, port or crossing.
    hours : sequence of float
        Bounds, increasing and positive.
    vehicle : {'car', 'truck'}

    Raises
    ------
    BadInputError
        If the bounds are not increasing and positive.
    """
    limits = tuple(float(h) for h in hours)
    if not limits or limits[0] <= 0 or any(b <= a for a, b in itertools.pairwise(limits)):
        raise BadInputError(
            tr(f"时间界限 {limits} 须为递增的正数。", f"The bounds {limits} must increase and be positive.")
        )
    origin = place_end(system, place)
    travel = RoadTravel(system)
    node_hours = dijkstra(travel.hours(vehicle), indices=np.array([origin.node]))[0]
    at_units = node_hours[system.network.units]
    return Isochrone(origin, at_units, node_hours, limits, np.searchsorted(limits, at_units).astype(np.int64))
