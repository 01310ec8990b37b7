"""The ends of a trip or of a new line: counties, ports, crossings and markets, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.foundation.errors import UnknownPlaceError
from bolang.foundation.text import Text, tr
from bolang.space.gateways import find_gateway

if TYPE_CHECKING:
    from bolang.space.system import TransportSystem

EARTH_KM = 6371.0088


@dataclass(frozen=True)
class End:
    """One end.

    Attributes
    ----------
    node : int
        Node of the network.
    name : Text
    lon, lat : float
    unit : int or None
        Row of the county, if it is one.
    gateway : str or None
        Id of the port, crossing or market, if it is one.
    """

    node: int
    name: Text
    lon: float
    lat: float
    unit: int | None = None
    gateway: str | None = None


def place_end(system: TransportSystem, name: str) -> End:
    """Return a county by name or code, otherwise a port, crossing or market.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If nothing, or more than one thing, has the name.
    """
    network = system.network
    try:
        county = system.atlas.county(name)
    except UnknownPlaceError as unknown:
        try:
            gateway = find_gateway(system.atlas, name)
        except UnknownPlaceError:
            raise _no_end(unknown) from None
        return End(network.places[gateway.id], gateway.name, gateway.lon, gateway.lat, gateway=gateway.id)
    node = int(network.units[county.index])
    return End(node, network.name(node), county.lon, county.lat, unit=county.index)


def _no_end(unknown: UnknownPlaceError) -> UnknownPlaceError:
    hint = tr(
        "也可写港口（宁波港）、口岸（阿拉山口口岸）或境外市场（鹿特丹、洛杉矶、迪拜、马德里）。",
        "Ports (宁波港), crossings (Alashankou) and markets (Rotterdam, Los Angeles, Dubai, Madrid) work too.",
    )
    return UnknownPlaceError(unknown.message, f"{unknown.hint} {hint}".strip())


def straight_km(one: End, other: End) -> float:
    """Return the great-circle distance between two ends in kilometres."""
    return float(great_circle_km(np.array(one.lon), np.array(one.lat), other.lon, other.lat))


def great_circle_km(lon: np.ndarray, lat: np.ndarray, other_lon: float, other_lat: float) -> np.ndarray:
    """Return great-circle distances in kilometres from points to one point (haversine, mean Earth radius)."""
    east, north = np.radians(lon - other_lon), np.radians(lat - other_lat)
    chord = np.sin(north / 2) ** 2 + np.cos(np.radians(lat)) * np.cos(np.radians(other_lat)) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(chord)))
