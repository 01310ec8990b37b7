"""County accounts as printed in the county yearbooks: budget, deposits, loans, firms, people, schools, beds."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require

COLUMNS: dict[str, str] = {
    "budget_revenue_wan": "fiscal_revenue",
    "budget_expenditure_wan": "fiscal_expenditure",
    "household_deposits_wan": "household_deposits",
    "loans_wan": "loans",
    "industrial_firms_above_scale_n": "industry_firms_above_scale",
    "industrial_output_above_scale_wan": "industry_output_above_scale",
    "fixed_investment_wan": "fixed_investment",
    "retail_sales_wan": "retail_sales",
    "income_per_capita_yuan": "income",
    "income_urban_yuan": "income_urban",
    "income_rural_yuan": "income_rural",
    "registered_population_persons": "population_registered",
    "secondary_students_n": "secondary_students",
    "primary_students_n": "primary_students",
    "medical_beds_n": "hospital_beds",
    "welfare_beds_n": "welfare_beds",
}
"""Columns of the extracts and the indicators that they become."""
PERSONS = {"total_population_wan": 1e4, "registered_population_wan": 1e4}
"""Columns in 10,000 persons that become registered persons."""
FLAGS = {
    "revenue_jump_2020_2023": "revenue_jump",
    "gdp_jump_2020_2023": "",
    "differs_from_county_gdp_2000_2021": "",
    "differs_from_county_gdp": "",
    "revenue_to_gdp_odd": "revenue_odd",
    "unchecked": "",
    "code_by_unique_name": "matched_by_name",
}
"""Remarks of the extracts that concern the columns kept here; those on GDP stand with the table of GDP."""
POSITIVE = ("fiscal_revenue", "fiscal_expenditure", "household_deposits", "loans")
"""Zero stands for a blank in these."""
FEWEST = {2020: 2000, 2023: 2000}
"""Units with general budget revenue without which an extract is not the one this step was written for."""


def build_accounts(build: Build) -> None:
    """Write `accounts`."""
    units = set(build.read("units")["code"])
    parts = [
        _extract(build, "county_yearbook_2020_2023.csv.gz", None),
        _extract(build, "county_two_provinces_2018_2023.csv.gz", "province_yearbook"),
        _extract(build, "county_yearbook_2001_2017_partial.csv.gz", "county_yearbook_older"),
    ]
    frame = pl.concat(parts, how="diagonal")
    stray = frame.filter(~pl.col("code").is_in(list(units)))
    build.dropped(stray.height, "rows of county accounts", "no unit of the census")
    frame = frame.filter(pl.col("code").is_in(list(units)))
    # A merged unit has several rows: which of them the unit is, nobody says, so none is kept.
    several = frame.select(pl.struct("code", "year", "source").is_duplicated()).to_series()
    build.dropped(int(several.sum()), "rows of county accounts", "several territories of one unit")
    frame = frame.filter(~several).unique(["code", "year"], keep="first", maintain_order=True)
    values = [c for c in COLUMNS.values() if c in frame.columns]
    frame = frame.filter(~pl.all_horizontal(pl.col(v).is_null() for v in values))
    counts = dict(frame.filter(pl.col("fiscal_revenue").is_not_null()).group_by("year").len().iter_rows())
    for year, least in FEWEST.items():
        require(counts.get(year, 0) >= least, f"accounts: {counts.get(year, 0)} units with revenue of {year}")
    build.say(f"  units with general budget revenue: {', '.join(f'{y} {n}' for y, n in sorted(counts.items()))}")
    frame = frame.select("code", pl.col("year").cast(pl.Int16), *values, "source", "flag")
    build.write("accounts", frame, sort=["code", "year"])


def _extract(build: Build, name: str, source: str | None) -> pl.DataFrame:
    raw = pl.read_csv(build.source / name, infer_schema_length=0)
    numbers = [pl.col(old).cast(pl.Float64).round(2).alias(new) for old, new in COLUMNS.items() if old in raw.columns]
    numbers += [
        (pl.col(old).cast(pl.Float64) * factor).round(0).alias("population_registered")
        for old, factor in PERSONS.items()
        if old in raw.columns
    ]
    year = pl.col("year").cast(pl.Int16)
    dated = pl.lit(source) if source else pl.format("county_volume_{}", year + 1)
    frame = raw.select(pl.col("unit2020").alias("code"), year, *numbers, dated.alias("source"), _flag(raw))
    positive = [pl.when(pl.col(n) > 0).then(pl.col(n)).alias(n) for n in POSITIVE if n in frame.columns]
    return frame.with_columns(positive).drop_nulls("code")


def _flag(raw: pl.DataFrame) -> pl.Expr:
    if "flag" not in raw.columns:
        return pl.lit("").alias("flag")
    known = pl.col("flag").fill_null("").str.split(";").list.eval(pl.element().replace_strict(FLAGS | {"": ""}))
    return (
        known.list.eval(pl.element().filter(pl.element() != ""))
        .list.unique(maintain_order=True)
        .list.join(";")
        .alias("flag")
    )
