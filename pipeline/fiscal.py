"""Budgets of the formerly poor counties, item names harmonised; and Taobao villages."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build
from pipeline.codes import read_changes
from pipeline.gdp import on_units

# The names of one thing: where two of them stand in one county and year, the figures are equal (several hundred
# pairs). The broader 财政收入 contains the centre's share: it exceeds them by two thirds at the median.
ITEMS = {
    "fiscal_revenue": (
        "一般公共预算收入",
        "地方一般公共预算收入",
        "公共财政收入",
        "地方公共财政收入",
        "地方财政一般预算收入",
        "地方财政收入",
        "地方财政预算内收入",
    ),
    "fiscal_expenditure": (
        "一般公共预算支出",
        "地方一般公共预算支出",
        "公共财政支出",
        "地方公共财政支出",
        "地方财政一般预算支出",
        "一般预算支出",
        "地方财政支出",
        "地方财政预算内支出",
    ),
    "fiscal_total_revenue": ("财政收入",),
    "fiscal_total_expenditure": ("财政支出",),
    "tax_revenue": ("税收收入",),
    "vat_revenue": ("增值税",),
}


def build_fiscal(build: Build) -> None:
    """Write `fiscal` and `taobao`."""
    units = frozenset(build.read("units")["code"])
    changes = read_changes(build.source)
    raw = pl.read_csv(build.source / "poverty_county_fiscal_2000_2023.csv.gz", schema_overrides={"code": pl.String})
    raw = on_units(build, raw.with_columns(pl.col("year").cast(pl.Int16)), units, changes, "fiscal rows")
    zero = raw.filter(pl.col("value_wan") <= 0)
    build.dropped(zero.height, "fiscal rows", "zero or negative")
    raw = raw.filter(pl.col("value_wan") > 0)
    frame = raw.select("code", "year").unique().sort("code", "year")
    for name, items in ITEMS.items():
        frame = frame.join(_harmonised(build, raw, name, items), on=["code", "year"], how="left")
    build.write("fiscal", frame, sort=["code", "year"])
    _write_taobao(build, units)


def _harmonised(build: Build, raw: pl.DataFrame, name: str, items: tuple[str, ...]) -> pl.DataFrame:
    """Return one figure a county and year, under the most recent of its names."""
    rank = {item: i for i, item in enumerate(items)}
    rows = raw.filter(pl.col("item").is_in(list(items))).with_columns(pl.col("item").replace_strict(rank).alias("rank"))
    groups = rows.sort("code", "year", "rank").group_by("code", "year", maintain_order=True)
    frame = groups.agg(
        pl.col("value_wan").first().round(2).alias(name),
        pl.col("item").first().alias(f"{name}_item"),
        (pl.col("value_wan").max() / pl.col("value_wan").min() - 1).alias("gap"),
        pl.len().alias("names"),
    )
    several = frame.filter(pl.col("names") > 1)
    build.say(
        f"  {name}: {frame.height:,} figures; under several names {several.height:,}, "
        f"of which {(several['gap'] > 1e-3).sum()} disagree"
    )
    return frame.drop("gap", "names") if len(items) > 1 else frame.drop("gap", "names", f"{name}_item")


def _write_taobao(build: Build, units: frozenset[str]) -> None:
    raw = pl.read_csv(
        build.source / "taobao_villages_by_county_2014_2016.csv", schema_overrides={"code": pl.String}
    ).drop_nulls("code")
    long = raw.unpivot(
        [f"taobao_villages_{y}" for y in (2014, 2015, 2016)],
        index=["code"],
        variable_name="year",
        value_name="taobao_villages",
    ).with_columns(pl.col("year").str.slice(-4).cast(pl.Int16))
    long = on_units(build, long, units, read_changes(build.source), "Taobao village rows")
    build.write("taobao", long.select("code", "year", pl.col("taobao_villages").cast(pl.Int16)), sort=["code", "year"])
