"""Distances by sea, along the coast, by river and by rail abroad, between gateways and markets."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import searoute
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely.geometry import LineString

from pipeline.build import Build, require
from pipeline.network import read_csv
from pipeline.network_raw import read_world, sphere
from pipeline.network_repair import join_components

EURASIA = (-12.0, 150.0, 0.0, 72.0)
BROKEN_TRACK_KM = 25.0

RAIL_MARKETS = {
    "alashankou": ("rotterdam", "warsaw", "madrid", "moscow", "almaty"),
    "khorgos": ("rotterdam", "warsaw", "madrid", "moscow", "almaty"),
    "erenhot": ("rotterdam", "warsaw", "madrid", "moscow", "ulaanbaatar"),
    "manzhouli": ("rotterdam", "warsaw", "madrid", "moscow"),
    "suifenhe": ("moscow",),
    "pingxiang": ("hanoi",),
    "mohan": ("vientiane",),
}
"""Which markets the trains of each border crossing serve."""

MISSING_LINES = (((80.41, 44.21), (77.11, 43.68), 293.0),)
"""Lines that the source lacks, by the ends and the kilometres: Altynkol (Khorgos) to Zhetygen, opened in 2012."""

CHANGES = {"rotterdam": 2, "warsaw": 2, "madrid": 3, "hanoi": 0, "vientiane": 0}
"""Changes of gauge on the way to a market by rail; one elsewhere."""

ROAD_MARKETS = {("huanggang", "hong_kong"): 45.0, ("youyiguan", "hanoi"): 170.0}
"""Road distance in kilometres from a road crossing to a market; public maps."""


def build_sea_distances(build: Build) -> None:
    """Write `sea_distances`: ports to markets, ports along the coast, river ports."""
    gateways = {row["id"]: row for row in build.read("gateways").iter_rows(named=True)}
    seaports = sorted(name for name, row in gateways.items() if row["kind"] == "seaport")
    rows: list[dict[str, object]] = []
    for market in read_csv("network_markets.csv"):
        if market["sea_port"]:
            served = [port for port in seaports if gateways[port]["deep_sea"] or market["near_sea"] == "1"]
            rows.extend(_lane(port, market["id"], "sea", _at(gateways[port]), _at(market)) for port in served)
    pairs = combinations(seaports, 2)
    rows.extend(_lane(one, other, "coastal", _at(gateways[one]), _at(gateways[other])) for one, other in pairs)
    for river in read_csv("network_rivers.csv"):
        ends = [_at(gateways[river[end]]) for end in ("tail", "head")]
        line = [round(v, 2) for point in ends for v in point]
        km = float(river["km"])
        rows.append(
            {"tail": river["tail"], "head": river["head"], "mode": "river", "km": km, "km_cape": km, "line": line}
        )
    frame = pl.DataFrame(rows, schema_overrides={"line": pl.List(pl.Float32)})
    rotterdam = frame.filter((pl.col("tail") == "ningbo_beilun") & (pl.col("head") == "rotterdam"))["km"].item()
    require(abs(rotterdam - 19361) < 5, f"Ningbo to Rotterdam is {rotterdam} km")
    build.write("sea_distances", frame, sort=["mode", "tail", "head"])


def _at(row: dict[str, Any]) -> tuple[float, float]:
    return float(row["lon"]), float(row["lat"])


def _lane(tail: str, head: str, mode: str, start: tuple[float, float], end: tuple[float, float]) -> dict[str, object]:
    """Return a lane with its length, and its length when the Suez Canal is avoided."""
    route = searoute.searoute(list(start), list(end), restrictions=["northwest"])
    around = searoute.searoute(list(start), list(end), restrictions=["northwest", "suez"])
    # Neighbouring ports may hang on the same point of the sea network: never shorter than the straight line.
    straight = float(np.linalg.norm(np.subtract(*(sphere(np.array([x]), np.array([y]))[0] for x, y in (start, end)))))
    km, km_cape = (max(found.properties["length"], straight) for found in (route, around))
    require(np.isfinite(km) and km > 0, f"no sea route from {tail} to {head}")
    line = LineString([start, *map(tuple, route.geometry["coordinates"]), end]).simplify(0.1)
    return {
        "tail": tail,
        "head": head,
        "mode": mode,
        "km": round(km, 1),
        "km_cape": round(km_cape, 1),
        "line": [round(v, 2) for point in line.coords for v in point],
    }


def build_rail_abroad(build: Build) -> None:
    """Write `abroad_distances`: border crossing to market by rail (OpenStreetMap tracks) or road."""
    world = read_world("world_railways")
    west, east, south, north = EURASIA
    inside = (world.lon > west) & (world.lon < east) & (world.lat > south) & (world.lat < north)
    graph, _ = join_components(world.subset(inside), BROKEN_TRACK_KM)
    tree = cKDTree(graph.points())
    added = [(_nearest(tree, *start), _nearest(tree, *end), km) for start, end, km in MISSING_LINES]
    tail, head, km = (
        np.concatenate(parts)
        for parts in zip((graph.tail, graph.head, graph.metres / 1000), zip(*added, strict=True), strict=True)
    )
    ends = (np.concatenate([tail, head]), np.concatenate([head, tail]))
    matrix = coo_matrix((np.tile(km, 2), ends), shape=(graph.size, graph.size)).tocsr()
    gateways = {row["id"]: row for row in build.read("gateways").iter_rows(named=True)}
    markets = {row["id"]: row for row in read_csv("network_markets.csv")}
    rows: list[dict[str, object]] = []
    for crossing, served in RAIL_MARKETS.items():
        reach = dijkstra(matrix, indices=np.array([_nearest(tree, *_at(gateways[crossing]))]))[0]
        for market in served:
            end = _nearest(tree, float(markets[market]["rail_lon"]), float(markets[market]["rail_lat"]))
            rows.append(_abroad(crossing, market, "rail_abroad", float(reach[end]), CHANGES.get(market, 1)))
    for (crossing, market), road_km in ROAD_MARKETS.items():
        rows.append(_abroad(crossing, market, "road_abroad", road_km, 0))
    frame = pl.DataFrame(rows)
    require(frame["km"].is_finite().all(), "a market abroad is not reached by rail")
    build.write("abroad_distances", frame, sort=["tail", "head"])


def _abroad(tail: str, head: str, mode: str, km: float, changes: int) -> dict[str, object]:
    return {"tail": tail, "head": head, "mode": mode, "km": round(km, 1), "changes": changes}


def _nearest(tree: cKDTree, lon: float, lat: float) -> int:
    return int(tree.query(sphere(np.array([lon]), np.array([lat]))[0])[1])
