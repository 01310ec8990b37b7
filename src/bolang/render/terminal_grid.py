"""Tables that fit a terminal: numbers are never cut or folded, texts fold, and what is still too wide becomes several tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bolang.document.model import Cell, Column, Number, Table
from bolang.foundation.text import Lang
from bolang.foundation.units import number_text
from bolang.render.terminal_fold import folded

if TYPE_CHECKING:
    from rich.table import Table as Grid

GAP, TIGHT = 3, 1
"""Cells between two columns of a table, and where there is no room."""
NARROWEST = 12
"""A text of this width is not folded further."""
NARROWEST_HEAD = 10
"""So wide may a heading without spaces become before it is folded."""

SHORT_HEAD = 18
"""A column of this width is not folded as long as the line has room."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column as it will be printed: what it needs at the least, and what it would like to have."""

    head: str
    cells: tuple[str, ...]
    column: Column
    need: int
    wish: int


def grids(table: Table, lang: Lang, width: int) -> list[Grid]:
    """Lay a table out for a terminal.

    Intervals move to a second line, and columns closer together, before they move to a second table; each further table
    repeats the first column.

    Parameters
    ----------
    table : Table
    lang : {'zh', 'en'}
    width : int
        Cells of a line.
    """
    drawn = any(_has_interval(cell) for row in table.rows for cell in row.cells)
    plain = _columns(table, lang, stacked=False)
    stacked = _columns(table, lang, stacked=True) if drawn else plain
    strong = [row.strong for row in table.rows]
    for columns, gap in ((plain, GAP), (stacked, GAP), (stacked, TIGHT)):
        parts = _parts(columns, width, gap)
        if len(parts) == 1:
            return [_grid(columns, strong, width, gap)]
    return [_grid([stacked[k] for k in part], strong, width, GAP) for part in _parts(stacked, width, GAP)]


def clean(text: str) -> str:
    """Drop what would move the cursor or colour the terminal."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())


def _has_interval(cell: Cell) -> bool:
    return isinstance(cell, Number) and cell.low is not None and cell.high is not None


def _columns(table: Table, lang: Lang, *, stacked: bool) -> list[GridColumn]:
    from rich.cells import cell_len

    found = []
    for k, column in enumerate(table.columns):
        head = _head(column, lang)
        cells = [row.cells[k] for row in table.rows]
        texts = tuple(_text(cell, lang, stacked=stacked) for cell in cells)
        lines = [line for text in (head, *texts) for line in text.split("\n")]
        fixed = [
            line
            for cell, text in zip(cells, texts, strict=True)
            if isinstance(cell, Number)
            for line in text.split("\n")
        ]
        loose = [
            min(cell_len(text), NARROWEST)
            for cell, text in zip(cells, texts, strict=True)
            if not isinstance(cell, Number)
        ]
        need = max([1, *map(cell_len, fixed), *loose, *map(_least, head.split())])
        found.append(GridColumn(head, texts, column, need, max(map(cell_len, lines))))
    return found


def _least(word: str) -> int:
    """Return the width that a word of a heading needs: Latin words stay whole, Chinese ones fold."""
    from rich.cells import cell_len

    return cell_len(word) if word.isascii() else min(cell_len(word), NARROWEST_HEAD)


def _head(column: Column, lang: Lang) -> str:
    label = column.label.in_(lang)
    return clean(f"{column.group.in_(lang)} {label}" if column.group else label)


def _text(cell: Cell, lang: Lang, *, stacked: bool) -> str:
    if not isinstance(cell, Number):
        return clean(cell.in_(lang))
    if not stacked or cell.low is None or cell.high is None:
        return clean(cell.plain(lang))
    scale, digits = cell.unit.scale(lang), cell.digits_in(lang)
    ends = (number_text(end * scale, digits, signed=cell.signed) for end in (cell.low, cell.high))
    return clean(replace(cell, low=None, high=None).plain(lang)) + "\n" + "~".join(ends)


def _edges(gap: int) -> int:
    """Return the cells left and right of a table: none where there is no room."""
    return 0 if gap == TIGHT else 2


def _parts(columns: Sequence[GridColumn], width: int, gap: int) -> list[list[int]]:
    """Split columns into tables that fit the width, each with the first column."""
    parts: list[list[int]] = []
    for k in range(1, len(columns)):
        used = sum(columns[m].need + gap for m in parts[-1]) if parts else 0
        if not parts or used + columns[k].need + _edges(gap) > width:
            parts.append([0, k])
        else:
            parts[-1].append(k)
    return parts or [[0]]


def _widths(columns: Sequence[GridColumn], width: int, gap: int) -> list[int]:
    """Share the line: every column what it needs, then short headings their line, the rest to those that lack most."""
    widths = [column.need for column in columns]
    rest = width - sum(widths) - gap * (len(columns) - 1) - _edges(gap)
    for k, column in enumerate(columns):
        if widths[k] < column.wish <= SHORT_HEAD and column.wish - widths[k] <= rest:
            rest -= column.wish - widths[k]
            widths[k] = column.wish
    while rest > 0:
        lack = [column.wish - w for column, w in zip(columns, widths, strict=True)]
        if max(lack) <= 0:
            break
        widths[lack.index(max(lack))] += 1
        rest -= 1
    return widths


def _grid(columns: Sequence[GridColumn], strong: Sequence[bool], width: int, gap: int) -> Grid:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text as Line

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, (gap - 1) // 2), show_edge=gap != TIGHT)
    widths = _widths(columns, width, gap)
    for column, wide in zip(columns, widths, strict=True):
        head = Line("\n".join(folded(column.head, wide)))
        grid.add_column(head, justify=column.column.align, overflow="fold", width=wide)
    for row, bold in enumerate(strong):
        cells = ("\n".join(folded(column.cells[row], wide)) for column, wide in zip(columns, widths, strict=True))
        grid.add_row(*(Line(cell, style="bold" if bold else "") for cell in cells))
    return grid
