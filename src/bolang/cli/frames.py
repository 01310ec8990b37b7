"""A frame on the terminal, or in a CSV file that spreadsheets open as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bolang.foundation.text import tr

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console


def print_frame(console: Console, frame: pl.DataFrame) -> None:
    """Print a frame; a frame too wide for the terminal is printed a block of columns at a time."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table

    texts = {name: [_cell(value) for value in frame[name].to_list()] for name in frame.columns}
    block: list[str] = []
    width = 0
    blocks = [block]
    for name, cells in texts.items():
        need = min(max([cell_len(name), *map(cell_len, cells)]), console.width // 2) + 2
        if block and width + need > console.width:
            block, width = [], 0
            blocks.append(block)
        block.append(name)
        width += need
    for names in blocks:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in names:
            right = frame[name].dtype.is_numeric()
            table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=right)
        for row in range(frame.height):
            table.add_row(*(texts[name][row] for name in names))
        console.print(table, markup=False)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bytes):
        return f"<{len(value)} B>"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


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
