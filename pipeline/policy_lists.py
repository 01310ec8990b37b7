"""What is in place where: official lists of policies, zones and services, one row a place and policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.build import Build, require

FOLDER = "policies"
EUROPE_TRAINS = Path(__file__).parent / "europe_trains.csv"
NAMED_ZONES = Path(__file__).parent / "named_zones.csv"
UNDATED = ("year from memory", "early years unverified")


@dataclass(frozen=True)
class PolicyList:
    """A file of the extracts and the policies that its items stand for.

    `total` is what the official list counts: only a list that reaches it can make an absence a fact.
    """

    file: str
    items: Mapping[str, str]
    total: int | None = None


LISTS = (
    PolicyList(
        "county_power_reforms",
        {"province_managed_fiscal": "province_managed_finance", "county_power_expansion": "county_powers"},
    ),
    PolicyList("market_procurement_1039", {"market_procurement_1039": "market_procurement"}, total=39),
    PolicyList("cbec_pilot_zones", {"cbec_pilot_zone": "cross_border_zone"}, total=181),
    PolicyList(
        "rural_ecommerce_counties",
        {"rural_ecommerce_demo_county": "e_commerce_demonstration"},
    ),
    PolicyList(
        "bonded_and_free_trade_zones",
        {"bonded_zone": "bonded_zone", "free_trade_zone_area": "free_trade_zone", "free_trade_zone": "free_trade_zone"},
    ),
    PolicyList(
        "logistics_hubs",
        {
            "national_logistics_hub": "logistics_hub",
            "cold_chain_base": "cold_chain_base",
            "china_europe_rail_hub": "europe_rail",
        },
    ),
    PolicyList("national_etdz", {"national_etdz": "development_zone"}, total=233),
    PolicyList("national_hightech_zones", {"national_hightech_zone": "hightech_zone"}),
    PolicyList(
        "sea_rail_services",
        {"sea_rail_service": "sea_rail", "sea_rail_block_train": "sea_rail", "sea_rail_teu": "sea_rail"},
    ),
)
PROVINCE_ADMINISTERED = ("4190", "4290", "4690", "6590")
"""Codes of counties that the province runs without a prefecture between."""


def build_policies(build: Build) -> None:
    """Write `policies`."""
    units = frozenset(build.read("units")["code"])
    rows = [row for found in LISTS for row in _rows(build, found)]
    rows += _province_administered(build)
    rows += _poor_counties(build)
    rows += _taobao_villages(build)
    rows += _trains_to_europe(build)
    rows += _named_zones()
    frame = pl.DataFrame(rows, schema=SCHEMA)
    frame = on_units_of_census(build, frame, units)
    # One place and policy: what was read wins over what was recalled, then the earliest year.
    frame = frame.sort("code", "policy", pl.col("verified").not_(), "year", nulls_last=True)
    frame = frame.unique(["code", "policy", "detail"], keep="first", maintain_order=True)
    build.write("policies", frame, sort=["code", "policy", "year", "detail"])


SCHEMA = {
    "code": pl.String,
    "level": pl.String,
    "policy": pl.String,
    "year": pl.Int16,
    "year_verified": pl.Boolean,
    "detail": pl.String,
    "source": pl.String,
    "verified": pl.Boolean,
}


def read_list(build: Build, name: str) -> pl.DataFrame:
    """Return a file of the policy lists as text, blanks as nulls."""
    frame = pl.read_csv(build.source / FOLDER / f"{name}.csv", infer_schema_length=0)
    return frame.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))


def short_source(text: str | None) -> str:
    """Return the title of a source without the repository through which it was read, and without (recalled)."""
    plain = re.sub(r" (?:\S+ )?\(recalled\)", "", text or "").replace("general knowledge", "凭记忆录入，未核实")
    if plain.startswith(("replication archive", "public repository")):
        plain = plain.replace("replication archive", "公开复制档案").replace("public repository", "公开仓库")
    return re.split(r", (?:read in )?public repository|; public repository|, via public| \(commit", text or "")[
        0
    ].strip()


def _rows(build: Build, found: PolicyList) -> list[dict[str, object]]:
    frame = read_list(build, found.file)
    if found.total is not None:
        count = frame.filter(pl.col("item").is_in(list(found.items))).height
        require(abs(count - found.total) <= 1, f"{found.file}: {count} rows, the official list counts {found.total}")
    kept = frame.filter(pl.col("item").is_in(list(found.items)) & pl.col("code").is_not_null())
    build.dropped(frame.height - kept.height, f"rows of {found.file}", "another item or no code")
    return [_row(row, found.items[row["item"]]) for row in kept.iter_rows(named=True)]


def _row(row: Mapping[str, str | None], policy: str) -> dict[str, object]:
    year, note = row["year"] or "", row["note"] or ""
    page = row["basis"] == "page"
    known = page and not any(mark in note for mark in UNDATED) and "capped" not in note and "caps early" not in note
    code = row["code"] or ""
    return {
        "code": code,
        "level": "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county",
        "policy": policy,
        "year": int(year) if year.isdigit() else None,
        "year_verified": known and year.isdigit(),
        "detail": row["detail"] or "",
        "source": short_source(row["source"]),
        "verified": page,
    }


def _province_administered(build: Build) -> list[dict[str, object]]:
    units = build.read("units").filter(pl.col("code").str.slice(0, 4).is_in(list(PROVINCE_ADMINISTERED)))
    return [
        {
            "code": code,
            "level": "county",
            "policy": "province_administered",
            "year": None,
            "year_verified": False,
            "detail": "",
            "source": "GB/T 2260",
            "verified": True,
        }
        for code in units["code"]
    ]


def _poor_counties(build: Build) -> list[dict[str, object]]:
    """Every formerly poor county was a demonstration county of rural e-commerce by 2020."""
    said = read_list(build, "rural_ecommerce_counties").filter(pl.col("item") == "rural_ecommerce_poor_counties_all")
    require(said.height == 1, "rural e-commerce: the row on all formerly poor counties is missing")
    source = short_source(said["source"][0])
    return [
        {
            "code": code,
            "level": "county",
            "policy": "e_commerce_demonstration",
            "year": 2020,
            "year_verified": False,
            "detail": "832个原国家级贫困县全覆盖（至2020年）",
            "source": source,
            "verified": True,
        }
        for code in formerly_poor(build)
    ]


def formerly_poor(build: Build) -> list[str]:
    """Return the codes of the formerly poor counties in the extracts on them (832 in the nation)."""
    files = ("poverty_county_gdp_2019_2023.csv.gz", "poverty_county_fiscal_2000_2023.csv.gz")
    codes = {c for f in files for c in pl.read_csv(build.source / f, infer_schema_length=0)["code"].drop_nulls()}
    return sorted(codes)


def _taobao_villages(build: Build) -> list[dict[str, object]]:
    """A county with villages on the lists has rural e-commerce at work, whoever started it."""
    listed = build.read("taobao").filter(pl.col("taobao_villages") > 0).sort("code", "year")
    first = listed.group_by("code", maintain_order=True).agg(
        pl.col("year").first(), pl.col("year").last().alias("last"), pl.col("taobao_villages").last().alias("villages")
    )
    return [
        _seen(code, "taobao_village", year, f"{last}年{villages}个淘宝村", "阿里研究院 淘宝村名单 2014—2016")
        for code, year, last, villages in first.iter_rows()
    ]


def _trains_to_europe(build: Build) -> list[dict[str, object]]:
    """The early regular lines and the counties of their terminals; a county that is not listed may have later trains."""
    source = "推进“一带一路”建设工作领导小组办公室《中欧班列建设发展规划（2016—2020年）》"
    rows = pl.read_csv(EUROPE_TRAINS, infer_schema_length=0)
    return [_seen(code, "europe_rail", int(year), detail, source) for code, year, detail in rows.iter_rows()]


def _named_zones() -> list[dict[str, object]]:
    """Zones of a province of which a source says in which county they lie, where the list has the province alone."""
    rows = pl.read_csv(NAMED_ZONES, infer_schema_length=0)
    return [_seen(code, policy, int(year), *rest) for code, policy, year, *rest in rows.iter_rows()]


def _seen(code: str, policy: str, year: int, detail: str, source: str) -> dict[str, object]:
    return {
        "code": code,
        "level": "county",
        "policy": policy,
        "year": year,
        "year_verified": True,
        "detail": detail,
        "source": source,
        "verified": True,
    }


def on_units_of_census(build: Build, frame: pl.DataFrame, units: frozenset[str]) -> pl.DataFrame:
    """Move county rows to the units of the census; rows of divided territories are dropped and said."""
    current = build.read("unit_codes").filter(pl.col("unit").is_not_null())
    known = {code: unit for code, unit in current.select("code", "unit").iter_rows() if code not in units}
    moved = frame.with_columns(
        pl.when(pl.col("level") == "county").then(pl.col("code").replace(known)).otherwise(pl.col("code")).alias("code")
    )
    stray = moved.filter((pl.col("level") == "county") & ~pl.col("code").is_in(list(units)))
    build.dropped(stray.height, "policy rows", f"no unit of the census: {' '.join(sorted(set(stray['code'])))}")
    return moved.filter((pl.col("level") != "county") | pl.col("code").is_in(list(units)))
