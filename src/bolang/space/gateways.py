"""Finding ports, crossings and markets by the names that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bolang.foundation.errors import AmbiguousPlaceError, UnknownPlaceError
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Kind = Literal["seaport", "river_port", "rail_border", "road_border", "market"]

_NOISE = re.compile(r"[（()）\s,\-]|舟山|口岸|港|port of|port$", re.IGNORECASE)


@dataclass(frozen=True)
class Gateway:
    """A port, a border crossing or a market abroad.

    Attributes
    ----------
    id : str
    kind : str
    name : Text
    lon, lat : float
    """

    id: str
    kind: Kind
    name: Text
    lon: float
    lat: float


def gateways(atlas: Atlas) -> tuple[Gateway, ...]:
    """Return the ports and crossings that the network has, then the markets abroad."""
    rows = atlas.table("gateways").iter_rows(named=True)
    found = [_gateway(row, row["kind"]) for row in rows if row["kind"] not in ("airport", "rail_terminal")]
    return (*found, *(_gateway(row, "market") for row in atlas.table("markets").iter_rows(named=True)))


def _gateway(row: dict[str, object], kind: str) -> Gateway:
    name = Text(str(row["name_zh"]), str(row["name_en"]))
    return Gateway(str(row["id"]), kind, name, float(str(row["lon"])), float(str(row["lat"])))  # type: ignore[arg-type]


def find_gateway(atlas: Atlas, name: str) -> Gateway:
    """Return a gateway by its id, its name, or a part of its name that only one port city or market has.

    Of several berths of one port the first listed (the deepest) is taken.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If no gateway, or more than one, matches.
    """
    order = {"seaport": 0, "river_port": 1}
    return min(berths_of(atlas, name), key=lambda g: (order.get(g.kind, 2), _berth_order(g)))


def berths_of(atlas: Atlas, name: str) -> tuple[Gateway, ...]:
    """Return all gateways of one city or market that a name fits: both berths of 上海港, one of 上海港（洋山）.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If no gateway matches, or those of more than one city.
    """
    listed = gateways(atlas)
    wanted = _plain(name)
    exact = [g for g in listed if name == g.id or g.name.called(name)]
    matching = exact or [g for g in listed if wanted and any(wanted in _plain(n) for n in g.name.forms)]
    if not matching:
        raise UnknownPlaceError(
            tr(f"没有名为“{name}”的港口、口岸或境外市场。", f"No port, crossing or market is called {name!r}."),
            tr("可用：", "Known: ") + "、".join(g.name.key for g in listed),
        )
    if len({_city(g) for g in matching}) > 1:
        names = tuple(str(g.name) for g in matching)
        raise AmbiguousPlaceError(
            tr(f"“{name}”对应多个港口或市场。", f"{name!r} matches several ports or markets."),
            tr("请写明：", "Say which: ") + "、".join(names),
            names,
        )
    return tuple(matching)


def _berth_order(gateway: Gateway) -> int:
    """Put Yangshan before Waigaoqiao and Yantian before Shekou: the berths for the largest ships."""
    return 0 if gateway.id.endswith(("yangshan", "yantian")) else 1


def _plain(name: str) -> str:
    return _NOISE.sub("", name).casefold()


def _city(gateway: Gateway) -> str:
    return re.split(r"[（港]", gateway.name.key)[0] if gateway.kind != "market" else gateway.id
