"""The industry classification GB/T 4754-2017."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build, require


def build_standards(build: Build) -> None:
    """Write `gbt4754`: sections, divisions, groups and classes with the section that each belongs to."""
    raw = pl.read_csv(build.source / "gbt4754_2017.csv", infer_schema_length=0)
    classes = ["class1", "class2", "class3", "class4"]
    frame = raw.select(
        pl.coalesce([pl.col(c) for c in reversed(classes)]).alias("code"),
        pl.col("class1").forward_fill().alias("section"),
        pl.col("level").cast(pl.Int8),
        pl.col("name"),
    )
    require(frame.filter(pl.col("level") == 1)["code"].to_list() == list("ABCDEFGHIJKLMNOPQRST"), "sections A to T")
    # The source prints 3741 with the code of its group.
    slip = (pl.col("code") == "374") & (pl.col("name") == "飞机制造")
    frame = frame.with_columns(
        pl.when(slip).then(pl.lit("3741")).otherwise("code").alias("code"),
        pl.when(slip).then(pl.lit(4, pl.Int8)).otherwise("level").alias("level"),
    )
    require(frame["code"].n_unique() == frame.height, "gbt4754: a code occurs twice")
    build.write("gbt4754", frame)
