"""Statutory government debt: by county from provincial documents, by prefecture and province; never added twice."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require

WAN_PER_YI = 1e4
SIDES = {"balance": "debt_balance", "limit": "debt_limit"}
KINDS = {"total": "", "general": "_general", "special": "_special"}
AMOUNTS = {f"{side}_{kind}_yi": f"{SIDES[side]}{KINDS[kind]}" for side in SIDES for kind in KINDS}
"""Columns of the extracts and the indicators that they become, from 亿元 to 万元."""
FLAGS = {
    "balance_above_limit": "balance_above_limit",
    "balance_jump": "debt_jump",
    "limit_sum": "limit_sum",
    "parts_do_not_reach_total": "debt_parts",
}
AREA_FLAGS = {
    "excl_province_managed_counties": "without_province_managed",
    "own_level_incl_districts": "own_level_with_districts",
    "city_incl_districts_excl_counties": "own_level_with_districts",
}
AREA_LEVELS = ("own_level", "prefecture", "province")
"""Rows of the documents that are not of a county."""
GRADES = {"A1": "official_debt", "A2": "official_debt", "B2": "rating_reports"}
"""Grades that ship: official documents and the national platform, and rating reports; commercial pages do not."""
WRONG = {("420200", 2019), ("420700", 2019), ("532900", 2025), ("620500", 2025), ("152900", 2022), ("442000", 2025)}
"""Prefecture rows whose debt contradicts the years beside it: 黄石, 鄂州, 大理, 天水, 阿拉善, 中山."""


def build_public_debt(build: Build) -> None:
    """Write `debt`, `area_debt`, `area_accounts` and `province_accounts`."""
    raw = pl.read_csv(build.source / "local_debt_county_official_2018_2025.csv.gz", infer_schema_length=0)
    _write_counties(build, raw)
    _write_areas(build, raw)
    _write_prefectures(build)
    _write_provinces(build)


def _amounts(raw: pl.DataFrame) -> list[pl.Expr]:
    return [
        (pl.col(old).cast(pl.Float64) * WAN_PER_YI).round(2).alias(new)
        for old, new in AMOUNTS.items()
        if old in raw.columns
    ]


def _flags(known: dict[str, str]) -> pl.Expr:
    listed = pl.col("flag").fill_null("").str.split(";").list.eval(pl.element().replace_strict(known, default=""))
    return listed.list.eval(pl.element().filter(pl.element() != "")).list.join(";").alias("flag")


def _write_counties(build: Build, raw: pl.DataFrame) -> None:
    units = set(build.read("units")["code"])
    rows = raw.filter(pl.col("level") == "county")
    stray = rows.filter(~pl.col("unit2020").is_in(list(units)))
    build.dropped(stray.height, "rows of county debt", "no unit of the census")
    frame = rows.filter(pl.col("unit2020").is_in(list(units))).select(
        pl.col("unit2020").alias("code"),
        pl.col("year").cast(pl.Int16),
        *_amounts(raw),
        pl.col("status").alias("stage"),
        pl.col("province").add(pl.col("year")).alias("document"),
        _flags(FLAGS),
    )
    require(not frame.select(pl.struct("code", "year").is_duplicated().any()).item(), "debt: duplicated rows")
    require(frame["code"].n_unique() >= 860, "debt: fewer counties than in the extract this step was written for")
    build.write("debt", frame, sort=["code", "year"])


def _write_areas(build: Build, raw: pl.DataFrame) -> None:
    """Write what the documents say of prefectures (own level, whole area) and provinces; `level` keeps them apart."""
    zones = raw.filter(pl.col("level") == "zone")
    build.dropped(zones.height, "rows of zone debt", "zones have no code of their own")
    frame = raw.filter(pl.col("level").is_in(AREA_LEVELS)).select(
        "code",
        pl.col("year").cast(pl.Int16),
        "level",
        *_amounts(raw),
        pl.col("status").alias("stage"),
        _flags(FLAGS | AREA_FLAGS),
    )
    require(
        not frame.select(pl.struct("code", "year", "level").is_duplicated().any()).item(), "area debt: duplicated rows"
    )
    build.write("area_debt", frame, sort=["code", "year", "level"])


def _write_prefectures(build: Build) -> None:
    raw = pl.read_csv(build.source / "prefecture_debt_fiscal_2018_2025.csv.gz", infer_schema_length=0)
    kept = raw.filter(pl.col("grade").is_in(list(GRADES)))
    build.dropped(raw.height - kept.height, "prefecture rows", "commercial pages and unverified compilations")
    wrong = pl.struct("code", "year").map_elements(lambda r: (r["code"], int(r["year"])) in WRONG, pl.Boolean)
    debts = list(AMOUNTS.values())
    frame = kept.select(
        "code",
        pl.col("year").cast(pl.Int16),
        *_yuan(raw),
        *_amounts(raw),
        pl.col("grade").replace_strict(GRADES).alias("source"),
        _flags(FLAGS | {"jump:balance_total_yi": "debt_jump", "spike:balance_total_yi": "debt_jump"}),
        wrong.alias("wrong"),
    )
    build.say(f"  prefecture debt set aside as wrong: {frame['wrong'].sum()} rows")
    frame = frame.with_columns(pl.when(~pl.col("wrong")).then(pl.col(c)).alias(c) for c in debts).drop("wrong")
    build.write("area_accounts", frame, sort=["code", "year"])


def _write_provinces(build: Build) -> None:
    raw = pl.read_csv(build.source / "province_debt_budget_2015_2025.csv.gz", infer_schema_length=0)
    odd = pl.col("flag").fill_null("")
    budget = odd.str.contains("implausible|copy_of")
    frame = raw.select(
        "code",
        "name",
        pl.col("year").cast(pl.Int16),
        *(pl.when(~budget).then(e).alias(e.meta.output_name()) for e in _yuan(raw)),
        *_amounts(raw),
        _flags(FLAGS | {"plan_city_not_in_province_debt": "plan_city"}),
    )
    build.write("province_accounts", frame, sort=["code", "year"])


def _yuan(raw: pl.DataFrame) -> list[pl.Expr]:
    names = {
        "gdp_yi": "gdp",
        "budget_revenue_yi": "fiscal_revenue",
        "budget_expenditure_yi": "fiscal_expenditure",
        "fund_revenue_yi": "fund_revenue",
    }
    found = [
        (pl.col(old).cast(pl.Float64) * WAN_PER_YI).round(2).alias(new)
        for old, new in names.items()
        if old in raw.columns
    ]
    if "gdp_growth_pct" in raw.columns:
        found.append(pl.col("gdp_growth_pct").cast(pl.Float64).alias("gdp_growth"))
    return found
