"""The shipped tables: Parquet files beside this module, read lazily and kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation.errors import UnknownIndicatorError
from bolang.foundation.text import tr

if TYPE_CHECKING:
    import duckdb
    import polars as pl

FOLDER = Path(__file__).parent / "tables"


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of the shipped tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.parquet")))


def table_path(name: str) -> Path:
    """Return the file of a table.

    Raises
    ------
    UnknownIndicatorError
        If no table has this name.
    """
    if name not in table_names():
        raise UnknownIndicatorError(
            tr(f"没有名为 {name!r} 的数据表。", f"There is no table {name!r}."),
            tr("现有数据表：", "Tables: ") + ", ".join(table_names()),
        )
    return FOLDER / f"{name}.parquet"


@cache
def load(name: str) -> pl.DataFrame:
    """Return a table as a frame; frames are shared, so treat them as read-only."""
    import polars as pl

    return pl.read_parquet(table_path(name))


def connect() -> duckdb.DuckDBPyConnection:
    """Open an in-memory database with one view a table."""
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in table_names():
        path = str(FOLDER / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{path}')")
    return connection


def frame_of(result: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """Return the result of a query as a frame.

    Row by row: results are small, and the direct way would make every installation carry pyarrow (170 MB).
    """
    import polars as pl

    types = {
        "VARCHAR": pl.String,
        "DOUBLE": pl.Float64,
        "FLOAT": pl.Float32,
        "TINYINT": pl.Int8,
        "SMALLINT": pl.Int16,
        "INTEGER": pl.Int32,
        "BIGINT": pl.Int64,
        "BOOLEAN": pl.Boolean,
        "BLOB": pl.Binary,
        "VARCHAR[]": pl.List(pl.String),
        "SMALLINT[]": pl.List(pl.Int16),
    }
    schema: dict[str, Any] = {
        name: types.get(str(kind)) for name, kind in zip(result.columns, result.types, strict=True)
    }
    return pl.DataFrame(result.fetchall(), schema=schema, orient="row", infer_schema_length=None)
