"""Markets abroad: where they are, how large, and what a container from Shanghai to them costs at sea."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipeline.build import Build, require
from pipeline.network import read_csv

REFERENCE_PORT = "shanghai_yangshan"
BRIDGES = ("busan", "tokyo", "singapore", "dubai")
"""Routes of the freight index between whose distances the missing rates are interpolated."""

MARKET_SCHEMA = {
    "id": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "sea_port": pl.String,
    "sea_port_zh": pl.String,
    "near_sea": pl.Boolean,
    "rate_usd_teu": pl.Float64,
    "rate_status": pl.String,
    "inland_km": pl.Float64,
    "gdp_2020_busd": pl.Float64,
    "economies": pl.String,
}


def build_markets(build: Build) -> None:
    """Write `markets`."""
    lanes = build.read("sea_distances").filter((pl.col("tail") == REFERENCE_PORT) & (pl.col("mode") == "sea"))
    km = dict(lanes.select("head", "km").iter_rows())
    frame = _with_rates(pl.DataFrame(_rows(), schema=MARKET_SCHEMA), km)
    by_sea = frame.filter(pl.col("sea_port").is_not_null())
    require(by_sea["rate_usd_teu"].is_not_null().all(), "a market by sea has no freight rate")
    build.write("markets", frame, sort=["id"])


def _rows() -> list[dict[str, object]]:
    """Size is the sum of the economies' GDP; the United States and Canada are split between their coasts."""
    gdp = {row["economy"]: float(row["gdp_musd_2020"]) for row in read_csv("network_gdp.csv")}
    rows: list[dict[str, object]] = []
    for row in read_csv("network_markets.csv"):
        parts = [part.partition("*") for part in row["economies"].split()]
        size = sum(gdp[name] * float(share or 1) for name, _, share in parts)
        quoted = row["scfi_usd_teu"]
        record: dict[str, object] = {key: row[key] for key in ("id", "name_zh", "name_en", "economies")}
        record |= {"lon": float(row["lon"] or row["rail_lon"]), "lat": float(row["lat"] or row["rail_lat"])}
        record |= {
            "sea_port": row["sea_port"] or None,
            "sea_port_zh": row["sea_port_zh"] or None,
            "near_sea": row["near_sea"] == "1",
        }
        record |= {"rate_usd_teu": float(quoted) if quoted else None, "rate_status": "measured" if quoted else None}
        rows.append(record | {"inland_km": float(row["inland_km"]), "gdp_2020_busd": round(size / 1000, 1)})
    return rows


def _with_rates(frame: pl.DataFrame, km: dict[str, float]) -> pl.DataFrame:
    """Fill the rates of markets that the index does not quote, by distance from Shanghai."""
    known = {row["id"]: row["rate_usd_teu"] for row in frame.iter_rows(named=True)}
    distances, rates = [km[name] for name in BRIDGES], [known[name] for name in BRIDGES]
    filled = [
        rate if rate is not None or name not in km else round(float(np.interp(km[name], distances, rates)))
        for name, rate in frame.select("id", "rate_usd_teu").iter_rows()
    ]
    status = [
        old or (None if rate is None else "estimated") for old, rate in zip(frame["rate_status"], filled, strict=True)
    ]
    return frame.with_columns(
        pl.Series("rate_usd_teu", filled, pl.Float64), pl.Series("rate_status", status, pl.String)
    )
