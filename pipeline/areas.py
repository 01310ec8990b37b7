"""Facts about provinces and prefectures: output, wages, freight, customs trade."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require
from pipeline.codes import CENSUS_YEAR, ChangeList, read_changes

GDP_SPIKE = 0.4
"""A year whose GDP departs from both neighbouring years by more than this (in logarithms) is a slip."""
GDP_BREAK = 2.5
"""A first year that is more than this (in logarithms) from the second is in another unit."""
WAGE_FACTOR = 4.0
"""A wage more than this many times above or below the year's median is a slip."""

PROVINCES_EN = (
    "Beijing Tianjin Hebei Shanxi Inner_Mongolia Liaoning Jilin Heilongjiang Shanghai Jiangsu Zhejiang Anhui Fujian "
    "Jiangxi Shandong Henan Hubei Hunan Guangdong Guangxi Hainan Chongqing Sichuan Guizhou Yunnan Tibet Shaanxi Gansu "
    "Qinghai Ningxia Xinjiang"
)
PROVINCE_CODES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
FREIGHT_COLUMNS = {
    "primary_GDP": "primary_100m",
    "secondary_GDP": "secondary_100m",
    "tertiary_GDP": "tertiary_100m",
    "Export": "exports_10k_usd",
    "Freight_Transport": "freight_10k_t",
    "Highway": "highway_km",
    "Railway": "railway_km",
    "Population": "population_10k",
    "Urbanization": "urban_share",
    "Fixed_Asset_Investment": "fixed_investment_100m",
}


def build_areas(build: Build) -> None:
    """Write `prefecture_panel`, `province_gdp`, `province_panel` and `customs`."""
    changes = read_changes(build.source)
    _write_prefectures(build, changes)
    _write_province_gdp(build, changes)
    _write_province_panel(build)
    _write_customs(build, changes)


def _write_prefectures(build: Build, changes: ChangeList) -> None:
    raw = pl.read_csv(
        build.source / "prefecture_panel_2000_2021.csv.gz",
        schema_overrides={"citycode": pl.String},
        infer_schema_length=None,
    )
    names = {code: _name_of(code, changes) for code in raw["citycode"].unique()}
    unknown = sorted(code for code, name in names.items() if not name)
    build.dropped(raw.filter(pl.col("citycode").is_in(unknown)).height, "prefecture rows", f"unknown codes {unknown}")
    frame = raw.filter(~pl.col("citycode").is_in(unknown)).select(
        pl.col("citycode").alias("prefecture_code"),
        pl.col("citycode").replace_strict(names, default="").alias("prefecture"),
        pl.col("year").cast(pl.Int16),
        pl.col("gdp_yi").round(4).alias("gdp_100m"),
        pl.col("share1").alias("share_primary"),
        pl.col("share2").alias("share_secondary"),
        pl.col("share3").alias("share_tertiary"),
        pl.col("pop_wan").alias("registered_population_10k"),
        pl.col("employed_wan").alias("urban_employed_10k"),
        pl.col("avg_wage").alias("average_wage"),
    )
    off = frame.filter((pl.sum_horizontal("share_primary", "share_secondary", "share_tertiary") - 100).abs() > 1.5)
    off = off.filter(pl.col("share_primary").is_not_null())
    shares = [pl.col(f"share_{s}") for s in ("primary", "secondary", "tertiary")]
    bad = pl.struct("prefecture_code", "year").is_in(off.select("prefecture_code", "year").to_struct())
    build.dropped(off.height, "triples of sector shares", "they do not add up to 100 %")
    frame = frame.with_columns(pl.when(bad).then(None).otherwise(s).alias(s.meta.output_name()) for s in shares)
    frame = _without_slips(build, frame.sort("prefecture_code", "year"))
    build.write("prefecture_panel", frame, sort=["prefecture_code", "year"])


def _without_slips(build: Build, frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out GDP that no path of output explains, and wages far from everybody else's."""
    log = pl.col("gdp_100m").log()
    before, after = log - log.shift(1).over("prefecture_code"), log.shift(-1).over("prefecture_code") - log
    spike = (before.abs() > GDP_SPIKE) & (after.abs() > GDP_SPIKE) & (before.sign() != after.sign())
    collapse = (after.abs() > GDP_BREAK) & before.is_null()
    ratio = pl.col("average_wage") / pl.col("average_wage").median().over("year")
    wage = (ratio > WAGE_FACTOR) | (ratio < 1 / WAGE_FACTOR)
    checked = frame.with_columns(
        (spike | collapse).fill_null(value=False).alias("bad_gdp"), wage.fill_null(value=False).alias("bad_wage")
    )
    for flag, column in (("bad_gdp", "gdp_100m"), ("bad_wage", "average_wage")):
        for name, year, value in checked.filter(pl.col(flag)).select("prefecture", "year", column).iter_rows():
            build.say(f"  {column} of {name} {year}: {value:,.10g} is a slip of the source, left out")
    gdp = ["gdp_100m", "share_primary", "share_secondary", "share_tertiary"]
    return checked.with_columns(
        *(pl.when("bad_gdp").then(None).otherwise(pl.col(c)).alias(c) for c in gdp),
        pl.when("bad_wage").then(None).otherwise(pl.col("average_wage")).alias("average_wage"),
    ).drop("bad_gdp", "bad_wage")


def _name_of(code: str, changes: ChangeList) -> str:
    record = changes.at(code, CENSUS_YEAR)
    return record.name if record is not None else ""


def _write_province_gdp(build: Build, changes: ChangeList) -> None:
    raw = pl.read_csv(build.source / "province_gdp_2015_2024.csv")
    codes = {r.name: r.code for r in changes.in_force(CENSUS_YEAR, "省级").values()}
    frame = raw.select(
        pl.col("省份").replace_strict(codes, default=None).alias("province_code"),
        pl.col("省份").alias("province"),
        pl.col("年份").cast(pl.Int16).alias("year"),
        pl.col("GDP总量").alias("gdp_100m"),
        pl.col("第一产业").alias("primary_100m"),
        pl.col("第二产业").alias("secondary_100m"),
        pl.col("第三产业").alias("tertiary_100m"),
    )
    unknown = frame.filter(pl.col("province_code").is_null())
    build.dropped(unknown.height, "provincial rows", f"not a province: {sorted(set(unknown['province']))}")
    frame = frame.drop_nulls("province_code").with_columns(pl.col("province_code").cast(pl.String))
    gap = (pl.sum_horizontal("primary_100m", "secondary_100m", "tertiary_100m") / pl.col("gdp_100m") - 1).abs()
    off = frame.filter(gap > 0.005)
    for row in off.iter_rows(named=True):
        build.say(f"  {row['province']} {row['year']}: sectors add up to something else than GDP (kept as printed)")
    build.write("province_gdp", frame, sort=["province_code", "year"])


def _write_province_panel(build: Build) -> None:
    raw = pl.read_csv(build.source / "province_export_freight_1998_2019.csv")
    names = [name.replace("_", " ") for name in PROVINCES_EN.split()]
    codes = dict(zip(names, (f"{c}0000" for c in PROVINCE_CODES.split()), strict=True))
    frame = raw.select(
        pl.col("Location").replace_strict(codes).alias("province_code"),
        pl.col("Year").cast(pl.Int16).alias("year"),
        *(pl.col(old).cast(pl.Float64).alias(new) for old, new in FREIGHT_COLUMNS.items()),
    )
    unused = sorted(set(raw.columns) - {"Year", "Location", *FREIGHT_COLUMNS})
    build.say(f"  province panel: columns not carried: {', '.join(unused)}")
    build.write("province_panel", frame, sort=["province_code", "year"])


def _write_customs(build: Build, changes: ChangeList) -> None:
    raw = pl.read_csv(build.source / "customs_trade_province_io42_1997_2017.csv.gz", infer_schema_length=None)
    short = {}
    for record in changes.in_force(CENSUS_YEAR, "省级").values():
        for length in (2, 3):
            short[record.name[:length]] = record.code
    frame = raw.select(
        pl.col("province").replace_strict(short).alias("province_code"),
        pl.col("year").cast(pl.Int16),
        pl.col("io_sector").cast(pl.String).str.zfill(2).alias("sector"),
        pl.col("flow").replace_strict({"X": "exports", "M": "imports"}),
        pl.col("bec_use").alias("use"),
        pl.col("usd_domestic_firms").round().cast(pl.Int64).alias("domestic_firms_usd"),
        pl.col("usd_foreign_invested").round().cast(pl.Int64).alias("foreign_invested_usd"),
        pl.col("usd_total").round().cast(pl.Int64).alias("total_usd"),
    )
    doubled = (pl.col("year") == 1997) & (pl.col("flow") == "exports")
    build.dropped(
        frame.filter(doubled).height, "customs rows (exports of 1997)", "twice the official total of 182.8 billion US$"
    )
    frame = frame.filter(~doubled)
    uses = frame.filter(pl.col("use") == "all").select("year", "flow", "total_usd").group_by("year", "flow").sum()
    for year, flow, total in uses.sort("year", "flow").iter_rows():
        build.say(f"  customs {flow} {year}: {total / 1e9:,.0f} billion US$")
    duplicated = frame.select(pl.struct("province_code", "year", "sector", "flow", "use").is_duplicated().any()).item()
    require(not duplicated, "customs: duplicated rows")
    build.write("customs", frame, sort=["year", "province_code", "flow", "sector", "use"])
