"""Gateways: ports, border crossings, rail terminals and airports."""

from __future__ import annotations

import airportsdata
import polars as pl

from pipeline.build import Build, require
from pipeline.network import airports, read_csv

DEEP_SEA_TEU = 250
"""Ports that handled more containers (10,000 TEU in the first quarter of 2020) have direct ocean services."""

LISTS = {
    "A": "铁路集装箱中心站（中长期铁路网规划，2004/2008）",
    "C": "中欧班列建设发展规划（2016—2020年）枢纽节点",
    "D": "国家物流枢纽布局和建设规划（2018年）陆港型",
}

SCHEMA = {
    "id": pl.String,
    "kind": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "code": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "on_rail": pl.Boolean,
    "deep_sea": pl.Boolean,
    "teu_q1_2020": pl.Float64,
    "source": pl.String,
}

PORT_SOURCE = "交通运输部：2020年一季度全国港口集装箱吞吐量（前20位）；位置为公开地图，约1公里"


def build_gateways(build: Build) -> None:
    """Write `gateways`."""
    rows = _listed(build) + _terminals(build) + _airports(build)
    frame = pl.DataFrame(rows, schema=SCHEMA)
    require(frame["id"].is_unique().all(), "gateway ids repeat")
    build.write("gateways", frame, sort=["kind", "id"])


def _listed(build: Build) -> list[dict[str, object]]:
    units = {row["code"]: row for row in build.read("units").iter_rows(named=True)}
    rows: list[dict[str, object]] = []
    for row in read_csv("network_gateways.csv"):
        teu = float(row["teu_q1_2020"]) if row["teu_q1_2020"] else None
        lon, lat = (float(row[k] or units[row["unit"]][k]) for k in ("lon", "lat"))
        rows.append(
            {key: row[key] for key in ("id", "kind", "name_zh", "name_en")}
            | {"code": row["unit"], "lon": lon, "lat": lat, "on_rail": row["on_rail"] == "1"}
            | {"deep_sea": row["kind"] == "seaport" and (teu or 0) > DEEP_SEA_TEU, "teu_q1_2020": teu}
            | {"source": PORT_SOURCE if "port" in row["kind"] else "国家对外开放口岸"}
        )
    return rows


def _terminals(build: Build) -> list[dict[str, object]]:
    """Rail container terminals, placed on the track nearest to the seat of the county they lie in."""
    ties = build.read("access_links").filter(pl.col("layer") == "rail")
    node = dict(ties.select("place", "node").iter_rows())
    points = build.read("rail_nodes").rows()
    rows: list[dict[str, object]] = []
    for row in read_csv("network_terminals.csv"):
        name = f"terminal_{row['unit']}"
        require(name in node, f"terminal {row['name_zh']}: no railway near the seat of {row['unit']}")
        lon, lat = points[node[name]]
        rows.append(
            {"id": name, "kind": "rail_terminal", "code": row["unit"], "on_rail": True}
            | {"name_zh": row["name_zh"], "name_en": row["name_en"], "deep_sea": False, "teu_q1_2020": None}
            | {"lon": round(lon, 3), "lat": round(lat, 3), "source": "；".join(LISTS[c] for c in row["list"])}
        )
    return rows


def _airports(build: Build) -> list[dict[str, object]]:
    names = airportsdata.load("IATA")
    rows: list[dict[str, object]] = []
    for name, lon, lat in airports():
        code = name.removeprefix("airport_")
        row: dict[str, object] = {"id": name, "kind": "airport", "name_zh": code, "name_en": names[code]["name"]}
        row |= {"code": None, "lon": lon, "lat": lat, "on_rail": False, "deep_sea": False}
        rows.append(row | {"teu_q1_2020": None, "source": "airportsdata"})
    build.say(f"  airports: {len(rows)}")
    return rows
