"""Ports where seagoing ships call that the network's table lacks, and the way to them: what a plan needs to know of water."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County


@dataclass(frozen=True, slots=True)
class WayToPort:
    """The nearest port of a kind.

    Attributes
    ----------
    name : str
        In Chinese.
    km : float
        By road where the network has the way, otherwise the straight line times the usual detour; zero in the unit itself.
    """

    name: str
    km: float


@cache
def _file() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(
        resources.files("bolang.pathway.plan").joinpath("ports.yaml").read_text(encoding="utf-8")
    )
    return found


def seaport_of(atlas: Atlas, county: County, by_road: float) -> WayToPort:
    """Return the nearest port where seagoing ships call: that of the network, or one of the list if it is nearer.

    Parameters
    ----------
    atlas : Atlas
    county : County
    by_road : float
        Road to the nearest seaport of the network, km.
    """
    table = atlas.table("gateways")
    access = atlas.table("access")
    own = access.filter(access["code"] == county.code)["seaport"][0]
    known = WayToPort(table.filter(table["id"] == own)["name_zh"][0], by_road)
    listed = [WayToPort(port["name"]["zh"], _km(atlas, county, port["code"])) for port in _file()["ports"]]
    return min((known, *listed), key=lambda way: way.km)


def river_port_of(atlas: Atlas, county: County) -> WayToPort:
    """Return the nearest river port with container services."""
    table = atlas.table("gateways")
    rows = table.filter(table["kind"] == "river_port").select("code", "name_zh").iter_rows()
    return min((WayToPort(name, _km(atlas, county, code)) for code, name in rows), key=lambda way: way.km)


def _km(atlas: Atlas, county: County, code: str) -> float:
    """Straight line between seats of government times the usual detour; zero in the unit itself."""
    if county.code == code:
        return 0.0
    from bolang.space.ends import great_circle_km

    other = atlas.county(code)
    line = great_circle_km(np.array(county.lon), np.array(county.lat), other.lon, other.lat)
    return float(_file()["circuity"] * line)
