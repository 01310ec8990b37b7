"""Accounts of prefecture-level cities, and of their districts together, from the city yearbooks."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require

COLUMNS: dict[str, tuple[str, float]] = {
    "gdp_yi": ("gdp", 1e4),
    "gdp_growth_pct": ("gdp_growth", 1.0),
    "share1_pct": ("share_primary", 1.0),
    "share2_pct": ("share_secondary", 1.0),
    "share3_pct": ("share_tertiary", 1.0),
    "registered_population_wan": ("population_registered", 1e4),
    "budget_revenue_wan": ("fiscal_revenue", 1.0),
    "budget_expenditure_wan": ("fiscal_expenditure", 1.0),
    "budget_revenue_districts_wan": ("fiscal_revenue_districts", 1.0),
    "budget_expenditure_districts_wan": ("fiscal_expenditure_districts", 1.0),
    "deposits_wan": ("deposits", 1.0),
    "household_deposits_wan": ("household_deposits", 1.0),
    "loans_wan": ("loans", 1.0),
    "retail_sales_wan": ("retail_sales", 1.0),
    "exports_wan": ("exports_cny", 1.0),
    "imports_wan": ("imports_cny", 1.0),
    "average_wage_yuan": ("average_wage", 1.0),
    "industrial_firms_n": ("industry_firms_above_scale", 1.0),
    "expressway_km": ("expressway_km", 1.0),
    "highway_km": ("highway_km", 1.0),
}
"""Columns of the extract, the indicators that they become, and the factor to their unit."""
JUMPS = {"retail_sales_wan_jump": "retail_sales", "loans_wan_jump": "loans", "deposits_wan_jump": "deposits"}


def build_city_accounts(build: Build) -> None:
    """Write `city_accounts`."""
    raw = pl.read_csv(build.source / "prefecture_city_yearbook_2018_2023.csv.gz", infer_schema_length=0)
    frame = raw.select(
        "code",
        "name",
        pl.col("year").cast(pl.Int16),
        *((pl.col(old).cast(pl.Float64) * factor).round(4).alias(new) for old, (new, factor) in COLUMNS.items()),
        pl.format("city_yearbook_{}", pl.col("year").cast(pl.Int16) + 1).alias("source"),
        pl.col("flag").fill_null("").alias("odd"),
    )
    frame = frame.with_columns(
        pl.when(~pl.col("odd").str.contains(flag)).then(pl.col(column)).alias(column) for flag, column in JUMPS.items()
    ).drop("odd")
    require(frame.filter(pl.col("year") == 2023).height >= 290, "city yearbook: fewer cities of 2023 than expected")
    require(not frame.select(pl.struct("code", "year").is_duplicated().any()).item(), "city yearbook: duplicated rows")
    build.write("city_accounts", frame, sort=["code", "year"])
