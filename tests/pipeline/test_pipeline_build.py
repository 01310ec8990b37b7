"""Tables are checked before they are written, and the same source gives the same bytes."""

import os
from pathlib import Path

import pandera.errors
import polars as pl
import pytest

from pipeline.__main__ import STEPS
from pipeline.build import TABLES, Build
from pipeline.schemas import SCHEMAS, validate

SOURCE = os.environ.get("BOLANG_SOURCE", "")


@pytest.mark.parametrize("table", sorted(SCHEMAS))
def test_the_shipped_tables_pass_their_checks(table):
    validate(table, pl.read_parquet(TABLES / f"{table}.parquet"))


@pytest.mark.parametrize(
    "change",
    [
        pl.lit(-1.0).alias("gdp"),
        pl.lit("guess").alias("status"),
        pl.lit("33078").alias("code"),
        pl.lit(2020, pl.Int16).alias("year"),
        pl.col("gdp").cast(pl.Float32),
    ],
)
def test_a_bad_table_is_not_written(change, tmp_path):
    frame = pl.read_parquet(TABLES / "gdp.parquet").with_columns(change)
    with pytest.raises(pandera.errors.SchemaErrors):
        Build(Path(), tmp_path, lambda line: None).write("gdp", frame)
    assert list(tmp_path.iterdir()) == []


def test_the_same_content_gives_the_same_bytes(tmp_path):
    frame = pl.read_parquet(TABLES / "units.parquet")
    written = []
    for name in ("one", "other"):
        build = Build(Path(), tmp_path / name, lambda line: None)
        build.write("units", frame.sample(fraction=1, shuffle=True, seed=len(name)), sort=["code"])
        written.append((tmp_path / name / "units.parquet").read_bytes())
    assert written[0] == written[1]


@pytest.mark.slow
@pytest.mark.skipif(not SOURCE, reason="set BOLANG_SOURCE to the folder of the source extracts")
def test_the_whole_pipeline_gives_the_shipped_tables(tmp_path):
    """Every step but the networks, which take minutes: byte for byte what is shipped."""
    import importlib

    build = Build(Path(SOURCE), tmp_path, lambda line: None)
    for name, target in STEPS.items():
        module, function = target.split(":")
        if "network" not in module and "access" not in module and name != "catalogue":
            getattr(importlib.import_module(module), function)(build)
    for path in sorted(tmp_path.glob("*.parquet")):
        assert path.read_bytes() == (TABLES / path.name).read_bytes(), path.stem
