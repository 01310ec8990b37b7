"""When the first high-speed railway reached a prefecture."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require

HIGH_SPEED = 250.0
"""km/h of design speed from which a line counts as high-speed, as in 《铁路安全管理条例》 (2013), article 107."""
START_OF_WORKS = "opened_is_start_of_works"


def build_rail_openings(build: Build) -> None:
    """Write `rail_openings`: a row a prefecture and line, high-speed lines only."""
    lines = pl.read_csv(build.source / "rail_lines_2021.csv.gz", infer_schema_length=None)
    fast = lines.filter((pl.col("class") == "高速铁路") & (pl.col("design_speed_kmh") >= HIGH_SPEED))
    dated = fast.filter(pl.col("flag").fill_null("") != START_OF_WORKS)
    build.dropped(
        fast.height - dated.height, "high-speed lines", "the source gives the start of works, not the opening"
    )
    units = build.read("units")
    areas = pl.concat(
        [
            units.select(name="prefecture", code="prefecture_code"),
            units.select(name="province", code="province_code").filter(pl.col("name").str.ends_with("市")),
        ]
    ).unique()
    areas = areas.with_columns(pl.col("name").str.replace("(市|地区|盟)$", "")).unique("name", keep="first")
    stops = dated.with_columns(name=pl.col("cities").str.split("-")).explode("name").unique(["line", "name"])
    placed = stops.join(areas, on="name", how="inner")
    build.dropped(stops.height - placed.height, "stops of high-speed lines", "not the name of a prefecture")
    require(placed["code"].n_unique() > 80, "fewer than eighty prefectures with a high-speed line")
    table = placed.select(
        "code",
        pl.col("opened_year").cast(pl.Int16).alias("year"),
        "line",
        pl.col("design_speed_kmh").cast(pl.Float64).alias("design_speed"),
    )
    build.write("rail_openings", table, sort=["code", "year", "line"])
