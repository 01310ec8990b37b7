"""Assembles the multimodal network from the tables of the atlas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.romanize import romanize
from bolang.space.modes import Mode
from bolang.space.network import Links, Network

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas, County

SHANGHAI = "shanghai_yangshan"
"""The port whose distances the ocean rates refer to."""

UNDRAWN_KM = 5.0
"""A port whose railway ends further away has a branch that the source does not draw."""


def load_network(atlas: Atlas, circuity: float) -> Network:
    """Assemble the network from the tables of the atlas.

    Parameters
    ----------
    atlas : Atlas
    circuity : float
        Length of an access road over the straight line.
    """
    return _Assembly(atlas, circuity).network()


def short_name(county: County) -> str:
    """Return the name that tells a unit from others on a route: districts go with their city."""
    return f"{county.prefecture}{county.name}" if county.kind == "district" else county.name


class _Assembly:
    """Numbers the nodes and collects the links."""

    def __init__(self, atlas: Atlas, circuity: float) -> None:
        self.atlas, self.circuity = atlas, circuity
        road, rail = atlas.table("road_nodes"), atlas.table("rail_nodes")
        counties = atlas.counties
        self.lon = [road["lon"].to_numpy(), rail["lon"].to_numpy(), np.array([c.lon for c in counties])]
        self.lat = [road["lat"].to_numpy(), rail["lat"].to_numpy(), np.array([c.lat for c in counties])]
        self.rail_offset = len(road)
        self.units = np.arange(len(counties), dtype=np.int32) + len(road) + len(rail)
        self.places: dict[str, int] = {}
        names = [short_name(county) for county in counties]
        self.names = {int(node): (name, romanize(name)) for node, name in zip(self.units, names, strict=True)}
        self.next = len(road) + len(rail) + len(counties)
        self.unit_node = {c.code: int(node) for c, node in zip(counties, self.units, strict=True)}
        self.gateways = {row["id"]: row for row in atlas.table("gateways").iter_rows(named=True)}
        self.markets = {row["id"]: row for row in atlas.table("markets").iter_rows(named=True)}

    def add(self, name: str, row: dict[str, object], suffix: str = "") -> int:
        """Give a gateway or market the next node."""
        node, self.next = self.next, self.next + 1
        self.places[name] = node
        self.lon.append(np.array([row["lon"]]))
        self.lat.append(np.array([row["lat"]]))
        self.names[node] = (f"{row['name_zh']}{suffix}", f"{row['name_en']}{suffix}")
        return node

    def network(self) -> Network:
        parts = [*self._lines(), *self._ports(), *self._markets(), *self._access(), *self._fixed()]
        parts += [*self._shipping(), *self._abroad()]
        return Network(
            lon=np.concatenate(self.lon).astype(np.float32),
            lat=np.concatenate(self.lat).astype(np.float32),
            links=Links.joined(parts),
            units=self.units,
            places=self.places,
            markets=tuple(self.markets),
            names=self.names,
            rail_offset=self.rail_offset,
        )

    def _lines(self) -> list[Links]:
        links = []
        for layer, mode, offset in (("road", Mode.ROAD, 0), ("rail", Mode.RAIL, self.rail_offset)):
            edges = self.atlas.table(f"{layer}_edges").select("tail", "head", "metres", "repaired")
            tail, head = edges["tail"].to_numpy() + offset, edges["head"].to_numpy() + offset
            km, repaired = edges["metres"].to_numpy() / 1000, edges["repaired"].to_numpy()
            links.append(Links.of(tail, head, mode, km, repaired=repaired))
        return links

    def _ports(self) -> list[Links]:
        """Add gateways; a port is a quay with a berth for domestic and, at the sea, one for foreign trade."""
        domestic, foreign = [], []
        for name, row in self.gateways.items():
            if row["kind"] == "rail_terminal":
                continue
            node = self.add(name, row)
            if row["kind"] in ("seaport", "river_port"):
                domestic.append((node, self.add(f"{name}/coastal", row)))
            if row["kind"] == "seaport":
                foreign.append((node, self.add(f"{name}/ocean", row)))
        return [self._pairs(domestic, Mode.QUAY), self._pairs(foreign, Mode.OCEAN_QUAY)]

    def _markets(self) -> list[Links]:
        """Add markets; one that lies inland has a port of its own."""
        inland = []
        for name, row in self.markets.items():
            node = self.add(name, row)
            if row["inland_km"] > 0:
                port = self.add(f"{name}/port", row | {"name_zh": row["sea_port_zh"], "name_en": row["sea_port"]})
                inland.append((node, port, row["inland_km"]))
        tail, head, km = zip(*inland, strict=True)
        return [Links.of(tail, head, Mode.ROAD_ABROAD, km)]

    def _access(self) -> list[Links]:
        """Tie counties and gateways to roads and railways."""
        rows: dict[Mode, list[tuple[int, int, float]]] = {}
        for place, layer, node, metres in self.atlas.table("access_links").iter_rows():
            here = self.unit_node.get(place, self.places.get(place, -1))
            target = node + (self.rail_offset if layer == "rail" else 0)
            if place.startswith("terminal_"):
                here, mode = self.unit_node[place.removeprefix("terminal_")], Mode.TERMINAL
            elif layer == "road":
                mode = Mode.ACCESS
            elif place in self.unit_node:
                mode = Mode.STATION
            else:
                mode = Mode.BORDER if self.gateways[place]["kind"] == "rail_border" else Mode.SPUR
            rows.setdefault(mode, []).append((here, target, metres / 1000 * self.circuity))
        ties = {mode: self._triples(links, mode) for mode, links in rows.items()}
        ties[Mode.SPUR].repaired[:] = ties[Mode.SPUR].km > UNDRAWN_KM
        return list(ties.values())

    def _fixed(self) -> list[Links]:
        rows: dict[Mode, list[tuple[int, int, float]]] = {}
        for row in self.atlas.table("fixed_links").iter_rows(named=True):
            offset = self.rail_offset if row["layer"] == "rail" else 0
            tail = self.unit_node[row["tail_place"]] if row["tail_place"] else row["tail_node"] + offset
            self._name_shores(row, tail, row["head_node"] + offset)
            mode = Mode.ROAD if row["mode"] in ("bridge", "road") else (Mode.RAIL_FERRY if offset else Mode.FERRY)
            rows.setdefault(mode, []).append((tail, row["head_node"] + offset, row["km"]))
        return [self._triples(links, mode) for mode, links in rows.items()]

    def _name_shores(self, row: dict[str, str], *ends: int) -> None:
        """Call the ends of a ferry after its ports, which its name lists in order."""
        listed = (
            row["name_zh"].split("（")[-1].rstrip("）").split("—"),
            row["name_en"].split("(")[-1].rstrip(")").split("-"),
        )
        if all(len(names) == len(ends) for names in listed):
            for node, *names in zip(ends, *listed, strict=True):
                self.names.setdefault(node, (f"{names[0]}渡口", f"{names[1]} ferry port"))

    def _shipping(self) -> list[Links]:
        frame = self.atlas.table("sea_distances")
        links = []
        for name, mode in (("coastal", Mode.COASTAL), ("river", Mode.RIVER)):
            rows = frame.filter(frame["mode"] == name).select("tail", "head", "km").iter_rows()
            triples = [(self.places[f"{a}/coastal"], self.places[f"{b}/coastal"], km) for a, b, km in rows]
            links.append(self._triples(triples, mode))
        links.append(self._ocean(frame.filter(frame["mode"] == "sea")))
        return links

    def _ocean(self, lanes: pl.DataFrame) -> Links:
        rows = list(lanes.select("tail", "head", "km").iter_rows())
        reference = {market: km for port, market, km in rows if port == SHANGHAI}
        return Links.of(
            [self.places[f"{port}/ocean"] for port, _, _ in rows],
            [self.places.get(f"{market}/port", self.places[market]) for _, market, _ in rows],
            Mode.OCEAN,
            [km for _, _, km in rows],
            usd=[self.markets[market]["rate_usd_teu"] for _, market, _ in rows],
            extra_km=[km - reference[market] for _, market, km in rows],
        )

    def _abroad(self) -> list[Links]:
        rows: dict[Mode, list[tuple[int, int, float, float]]] = {}
        for row in self.atlas.table("abroad_distances").iter_rows(named=True):
            mode = Mode.RAIL_ABROAD if row["mode"] == "rail_abroad" else Mode.ROAD_ABROAD
            ends = self.places[row["tail"]], self.places[row["head"]]
            rows.setdefault(mode, []).append((*ends, row["km"], row["changes"]))
        links = []
        for mode, listed in rows.items():
            tail, head, km, changes = zip(*listed, strict=True)
            links.append(Links.of(tail, head, mode, km, changes=changes))
        return links

    @staticmethod
    def _pairs(pairs: Sequence[tuple[int, int]], mode: Mode) -> Links:
        return _Assembly._triples([(a, b, 0.0) for a, b in pairs], mode)

    @staticmethod
    def _triples(rows: Sequence[tuple[int, int, float]], mode: Mode) -> Links:
        tail, head, km = zip(*rows, strict=True)
        return Links.of(tail, head, mode, km)
