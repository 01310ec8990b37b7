"""Road and rail networks of the mainland: cut, repaired, tied to county seats and gateways, contracted, written."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import airportsdata
import numpy as np
import polars as pl
import shapely
from scipy.spatial import cKDTree

from pipeline.build import Build, require
from pipeline.network_contract import ContractedGraph, contract
from pipeline.network_deadends import LONG, SHORT, join_dead_ends
from pipeline.network_raw import RawGraph, cut, mainland, read_world, sphere
from pipeline.network_repair import components, join_components

HERE = Path(__file__).parent
REPAIR_KM = {"road": 10.0, "rail": 25.0}
SOURCE = {"road": "world_highways", "rail": "world_railways"}

SECTORS = 8
NEAR_KM = 8.0
"""A seat is tied to the nearest point in each of eight directions, within this distance of it."""

FAR_KM = 100.0
"""Beyond this a seat is not on the mainland's roads at all."""

RAIL_KM = 20.0
"""A county has a freight station if a track passes within this distance of its seat (assumption)."""

YARD_KM = 30.0
"""Ports and container terminals that are known to be on the railway are tied to it within this distance."""

MINIMUM_COMPONENT = 10
"""Smaller fragments that could not be joined are dropped."""


@dataclass
class Ties:
    """Links between places (units, gateways) and points of a layer, collected before contraction."""

    place: list[str] = field(default_factory=list)
    point: list[int] = field(default_factory=list)
    metres: list[int] = field(default_factory=list)

    def add(self, place: str, point: int, km: float) -> None:
        """Add one tie of a straight length."""
        self.place.append(place)
        self.point.append(int(point))
        self.metres.append(max(1, round(km * 1000)))


@dataclass(frozen=True)
class Place:
    """Something on the map that must be tied to the networks."""

    id: str
    lon: float
    lat: float
    road: bool = True
    rail_km: float = 0.0


def read_csv(name: str) -> list[dict[str, str]]:
    """Read one of the pipeline's own lists of facts."""
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


NOT_CIVIL = ("DEJ", "DEQ", "LHK", "LIA", "NAY", "RUG", "SXJ", "SZV", "WHU", "XEN", "XIN", "YEH", "YHJ")
"""Codes in the list without scheduled flights: closed, military or general aviation."""

MOVED = {"KMG": (102.93, 25.10)}
"""Kunming's airport has been Changshui since 2012; the list still has the old one."""


def airports() -> list[tuple[str, float, float]]:
    """Return the airports with scheduled flights: those with an IATA code, less the exceptions above."""
    found = []
    for code, airport in sorted(airportsdata.load("IATA").items()):
        planned = "under construction" in airport["name"]
        if airport["country"] == "CN" and code not in NOT_CIVIL and not planned:
            found.append((f"airport_{code}", *MOVED.get(code, (airport["lon"], airport["lat"]))))
    return found


def places(build: Build) -> list[Place]:
    """Return units, gateways and terminals with their positions; islands served by ship only have no road."""
    units = {row["code"]: row for row in build.read("units").iter_rows(named=True)}
    by_ship = {row["tail_unit"] for row in read_csv("network_fixed.csv") if row["tail_unit"]}
    found = [Place(code, row["lon"], row["lat"], code not in by_ship, RAIL_KM) for code, row in units.items()]
    for row in read_csv("network_gateways.csv"):
        require(row["unit"] in units, f"gateway {row['id']}: no unit {row['unit']}")
        lon, lat = (float(row[k] or units[row["unit"]][k]) for k in ("lon", "lat"))
        found.append(Place(row["id"], lon, lat, True, YARD_KM if row["on_rail"] == "1" else 0.0))
    found.extend(Place(name, lon, lat) for name, lon, lat in airports())
    for row in read_csv("network_terminals.csv"):
        unit = units[row["unit"]]
        found.append(Place(f"terminal_{row['unit']}", unit["lon"], unit["lat"], False, YARD_KM))
    return found


def tie(graph: RawGraph, all_places: list[Place], layer: str) -> Ties:
    """Tie places to a layer: to the road in up to eight directions, to the railway at the nearest point."""
    ties, points = Ties(), graph.points()
    tree = cKDTree(points)
    for place in all_places:
        here = sphere(np.array([place.lon]), np.array([place.lat]))[0]
        reach = place.rail_km if layer == "rail" else FAR_KM * place.road
        nearest_km, nearest = tree.query(here)
        if nearest_km > reach:
            continue
        if layer == "rail":
            ties.add(place.id, int(nearest), float(nearest_km))
            continue
        around = np.array(tree.query_ball_point(here, max(NEAR_KM, nearest_km * 1.2)))
        distance = np.linalg.norm(points[around] - here, axis=1)
        angle = np.arctan2(graph.lat[around] - place.lat, graph.lon[around] - place.lon)
        sector = np.floor((angle + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
        order = np.argsort(distance, kind="stable")
        for slot in order[np.unique(sector[order], return_index=True)[1]]:
            ties.add(place.id, around[slot], distance[slot])
    return ties


def build_network(build: Build) -> None:
    """Write `road_nodes`, `road_edges`, `rail_nodes`, `rail_edges`, `access_links` and `fixed_links`."""
    area, all_places = mainland(), places(build)
    access: list[pl.DataFrame] = []
    fixed: list[dict[str, object]] = []
    for layer in ("road", "rail"):
        graph, repaired = _layer(build, layer, area)
        ties = tie(graph, all_places, layer)
        links = _fixed_links(graph, layer)
        protected = np.zeros(graph.size, dtype=bool)
        protected[ties.point] = True
        protected[[p for link in links for p in (link["tail_point"], link["head_point"]) if isinstance(p, int)]] = True
        short = contract(graph, repaired, protected)
        merged = graph.size - len(short.node)
        build.dropped(merged, f"{layer} points", "between two junctions: their edges became one that keeps its line")
        number = np.full(graph.size, -1)
        number[short.node] = np.arange(len(short.node))
        _write_layer(build, layer, graph, short)
        access.append(
            pl.DataFrame(
                {"place": ties.place, "layer": layer, "node": number[ties.point], "metres": ties.metres},
                schema={"place": pl.String, "layer": pl.String, "node": pl.Int32, "metres": pl.Int32},
            )
        )
        fixed.extend(_renumbered(link, number) for link in links)
    table = pl.concat(access)
    _check_ties(build, table)
    build.write("access_links", table, sort=["layer", "place", "metres", "node"])
    build.write("fixed_links", pl.DataFrame(fixed, schema=FIXED_SCHEMA))


FIXED_SCHEMA = {
    "name_zh": pl.String,
    "name_en": pl.String,
    "mode": pl.String,
    "layer": pl.String,
    "tail_place": pl.String,
    "tail_node": pl.Int32,
    "head_node": pl.Int32,
    "km": pl.Float64,
}


def _layer(build: Build, layer: str, area: shapely.Geometry) -> tuple[RawGraph, np.ndarray]:
    """Return a layer with its broken lines joined, and the mask of the edges that are repairs."""
    world = read_world(SOURCE[layer])
    ours = cut(world, area)
    build.dropped(world.size - ours.size, f"{layer} points", "outside the mainland's customs territory")
    graph, repaired = join_components(ours, REPAIR_KM[layer])
    pieces = int(repaired.sum())
    for rule in (SHORT, LONG):
        graph, repaired = join_dead_ends(graph, repaired, rule)
    build.say(
        f"  {layer}: {graph.size:,} points, {graph.metres.sum() / 1000:,.0f} km; joined {pieces} pieces and "
        f"{int(repaired.sum()) - pieces} pairs of dead ends, {graph.metres[repaired].sum() / 1000:.0f} km"
    )
    labels = components(graph)
    keep = np.bincount(labels)[labels] >= MINIMUM_COMPONENT
    build.dropped(int((~keep).sum()), f"{layer} points", "in fragments of fewer than 10 points that nothing joins")
    return graph.subset(keep), repaired[keep[graph.tail]]


def _fixed_links(graph: RawGraph, layer: str) -> list[dict[str, object]]:
    tree, links = cKDTree(graph.points()), []

    def nearest(lon: str, lat: str) -> int | None:
        if not lon:
            return None
        return int(tree.query(sphere(np.array([float(lon)]), np.array([float(lat)]))[0])[1])

    for row in read_csv("network_fixed.csv"):
        if row["layer"] == layer:
            link: dict[str, object] = {key: row[key] for key in ("name_zh", "name_en", "mode", "layer")}
            link |= {"tail_place": row["tail_unit"] or None, "km": float(row["km"])}
            link["tail_point"] = nearest(row["tail_lon"], row["tail_lat"])
            link["head_point"] = nearest(row["head_lon"], row["head_lat"])
            links.append(link)
    return links


def _renumbered(link: dict[str, object], number: np.ndarray) -> dict[str, object]:
    ends = {}
    for end in ("tail", "head"):
        point = link[f"{end}_point"]
        ends[f"{end}_node"] = int(number[point]) if isinstance(point, int) else None
    return {key: value for key, value in link.items() if not key.endswith("_point")} | ends


def _write_layer(build: Build, layer: str, graph: RawGraph, short: ContractedGraph) -> None:
    nodes = {"lon": graph.lon[short.node], "lat": graph.lat[short.node]}
    build.write(f"{layer}_nodes", pl.DataFrame(nodes).cast(pl.Float32))
    edges = pl.DataFrame(
        {
            "tail": short.tail,
            "head": short.head,
            "metres": short.metres,
            "repaired": short.repaired,
            "line": short.lines,
        },
        schema={
            "tail": pl.Int32,
            "head": pl.Int32,
            "metres": pl.Int32,
            "repaired": pl.Boolean,
            "line": pl.List(pl.Int16),
        },
    )
    build.write(f"{layer}_edges", edges)


def _check_ties(build: Build, links: pl.DataFrame) -> None:
    units = build.read("units")["code"]
    nearest = (
        links.filter(pl.col("place").is_in(units.implode())).group_by("layer", "place").agg(pl.col("metres").min())
    )
    for layer in ("road", "rail"):
        km = nearest.filter(pl.col("layer") == layer)["metres"].to_numpy() / 1000
        spread = f"median {np.median(km):.1f} km, at most {km.max():.0f}"
        build.say(f"  {layer}: {len(km):,} units tied; nearest point: {spread}")
    road = set(nearest.filter(pl.col("layer") == "road")["place"])
    missing = sorted(set(units) - road)
    build.say(f"  reached by ship only: {' '.join(missing)}")
    require(len(missing) <= 5, f"units without a road: {missing}")
