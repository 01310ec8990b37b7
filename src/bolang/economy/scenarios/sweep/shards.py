"""Shards: one Parquet file a block, written whole or not at all, and read only where it is whole and its own."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl

from bolang.economy.scenarios.sweep.blocks import Block
from bolang.economy.scenarios.sweep.solving import CIRCLES, MEASURES, NAMED, SolvedBlock
from bolang.foundation import files

EFFECTS = tuple(f"{measure}_{circle}" for measure in MEASURES for circle in CIRCLES)
"""Columns of effects."""
SCHEMA: dict[str, pl.DataType] = {
    "key": pl.String(),
    "lever": pl.String(),
    "county": pl.String(),
    "state": pl.String(),
    "residual": pl.Float32(),
    "first_residual": pl.Float32(),
    "iterations": pl.UInt16(),
    **{name: pl.Float32() for name in EFFECTS},
    **{f"{who}_{k + 1}": pl.String() for who in ("gainer", "loser") for k in range(NAMED)},
    **{f"{what}_{k + 1}": pl.Float32() for what in ("gained", "lost") for k in range(NAMED)},
}


def frame_of(block: Block, solved: SolvedBlock, codes: tuple[str, ...]) -> pl.DataFrame:
    """Return a block as a table; what was not solved is null."""
    count = len(block.codes)
    columns: dict[str, object] = {
        "key": [block.key] * count,
        "lever": [block.lever.key] * count,
        "county": list(block.codes),
        "state": list(solved.states),
        "residual": solved.residual,
        "first_residual": solved.first,
        "iterations": [solved.iterations] * count,
    }
    for m, measure in enumerate(MEASURES):
        columns.update({f"{measure}_{circle}": solved.effect[:, m, c] for c, circle in enumerate(CIRCLES)})
    for k in range(NAMED):
        columns[f"gainer_{k + 1}"] = [codes[int(row)] if row >= 0 else None for row in solved.gainers[:, k]]
        columns[f"loser_{k + 1}"] = [codes[int(row)] if row >= 0 else None for row in solved.losers[:, k]]
        columns[f"gained_{k + 1}"], columns[f"lost_{k + 1}"] = solved.gained[:, k], solved.lost[:, k]
    plain = {
        name: values.astype(np.float32) if isinstance(values, np.ndarray) else values
        for name, values in columns.items()
    }
    return pl.DataFrame({name: plain[name] for name in SCHEMA}, schema=SCHEMA).fill_nan(None)


def content_of(frame: pl.DataFrame) -> bytes:
    """Return a shard's bytes, the same for the same rows."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def write(folder: Path, block: Block, content: bytes) -> None:
    """Put a shard in its place at once."""
    files.replace(folder / block.name, lambda handle: handle.write(content))


def read(folder: Path, block: Block) -> pl.DataFrame | None:
    """Return a shard that is whole and of this block; None otherwise, and then it is made again."""
    path = folder / block.name
    if not path.is_file():
        return None
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return None
    fits = frame.schema == SCHEMA and frame["county"].to_list() == list(block.codes)
    return frame if fits and set(frame["key"]) == {block.key} else None
