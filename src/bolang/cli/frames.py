"""A frame in a file: CSV that spreadsheets open as it is, or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bolang.foundation.text import tr

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".csv", ".parquet")


def write_csv(frame: pl.DataFrame, output: Path) -> None:
    """Write a frame as CSV; no text in it is a formula to a spreadsheet.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing is left half-written.
    BadInputError
        If a column holds binary data or lists.
    """
    import polars as pl

    from bolang.foundation import files
    from bolang.foundation.errors import BadInputError
    from bolang.foundation.plain import cell_text

    plain = frame.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join("；")
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.List) and not dtype.inner.is_nested()
    )
    unfit = [name for name, dtype in plain.schema.items() if dtype.is_nested() or dtype == pl.Binary]
    if unfit:
        names = ", ".join(unfit)
        raise BadInputError(
            tr(f"这些列不能写入 CSV：{names}。", f"These columns cannot be written to CSV: {names}."),
            tr("请在查询中去掉它们。", "Leave them out of the query."),
        )
    words = [
        name
        for name, dtype in plain.schema.items()
        if dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum)
    ]
    safe = plain.with_columns(pl.col(words).cast(pl.String).map_elements(cell_text, return_dtype=pl.String))
    safe = safe.rename({name: cell_text(name) for name in safe.columns})
    # The mark lets spreadsheets open the Chinese text as UTF-8.
    files.write(output, b"\xef\xbb\xbf" + safe.write_csv().encode())


def check_frame(output: Path) -> None:
    """Refuse a file that `write_frame` could not write, before any work is done.

    Raises
    ------
    BadInputError, OutputError
        If the ending is unknown or the file cannot be written.
    """
    from bolang.foundation import files
    from bolang.foundation.errors import BadInputError

    named = output.suffix or output.name
    if output.suffix.lower() not in SUFFIXES:
        raise BadInputError(
            tr(f"不支持的格式 {named!r}。", f"Unknown format {named!r}."),
            tr("请用 .csv 或 .parquet。", "Use .csv or .parquet."),
        )
    files.check_writable(output)


def write_frame(frame: pl.DataFrame, output: Path) -> int:
    """Write a frame as CSV or Parquet, as the file's suffix says, and return its number of rows.

    Raises
    ------
    BadInputError, OutputError
        If the ending is unknown or the file cannot be written.
    """
    from bolang.foundation import files

    check_frame(output)
    if output.suffix.lower() == ".csv":
        write_csv(frame, output)
    else:
        files.write(output, frame.write_parquet)
    return frame.height
