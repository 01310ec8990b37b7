"""What every step of the pipeline is given: where to read, where to write, and a voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

TABLES = Path(__file__).parent.parent / "src" / "bolang" / "atlas" / "tables"


class PipelineError(Exception):
    """A source or a result is not what the pipeline was written for."""


@dataclass(frozen=True)
class Build:
    """One run of the pipeline.

    Attributes
    ----------
    source : Path
        Folder of the source extracts.
    tables : Path
        Folder that receives one Parquet file a table.
    say : callable
        Receives every line of the account: what was read, dropped, repaired, and why.
    """

    source: Path
    tables: Path = TABLES
    say: Callable[[str], None] = print

    def read(self, table: str) -> pl.DataFrame:
        """Return a table that an earlier step has written."""
        return pl.read_parquet(self.tables / f"{table}.parquet")

    def write(self, table: str, frame: pl.DataFrame, *, sort: list[str] | None = None) -> None:
        """Check a table and write it so that the same content always gives the same bytes."""
        from pipeline.schemas import validate

        if sort:
            frame = frame.sort(sort)
        validate(table, frame)
        self.tables.mkdir(parents=True, exist_ok=True)
        path = self.tables / f"{table}.parquet"
        part = path.with_suffix(".part")
        # One row group and no parallel writer state: the file depends on its content alone.
        frame.rechunk().write_parquet(
            part, compression="zstd", compression_level=19, statistics=False, row_group_size=max(frame.height, 1)
        )
        part.replace(path)
        self.say(f"  -> {table}: {frame.height:,} rows x {frame.width} columns, {path.stat().st_size / 1024:,.0f} KB")

    def dropped(self, count: int, what: str, why: str) -> None:
        """Report rows that were left out."""
        if count:
            self.say(f"  dropped {count:,} {what}: {why}")


def require(condition: bool, message: str) -> None:
    """Stop the pipeline when a check fails."""
    if not condition:
        raise PipelineError(message)
