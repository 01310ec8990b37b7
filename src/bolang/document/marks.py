"""The mark of an estimate said once: in the head of a column whose figures all carry it, or in the first cell of such a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bolang.document.model import SHORT_MARKS, Cell, Number, Row, Table
from bolang.foundation.text import Lang, Text

_FEWEST = 2
_CLOSE: dict[Lang, str] = {"zh": "）", "en": ")"}
_COMMA: dict[Lang, str] = {"zh": "，", "en": ", "}


def said_once(table: Table) -> Table:
    """Return a table in which a mark that all figures of a column or row share stands in its head and nowhere else.

    Columns come first; a row is looked at for what no column took. One figure alone keeps its mark.
    """
    heads = {n: mark for n in range(len(table.columns)) if (mark := _shared([row.cells[n] for row in table.rows]))}
    columns = tuple(
        replace(column, label=_with(column.label, heads[n])) if n in heads else column
        for n, column in enumerate(table.columns)
    )
    rows = tuple(_row(row, heads) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _row(row: Row, heads: dict[int, str]) -> Row:
    left = [cell for n, cell in enumerate(row.cells) if n not in heads]
    mark = _shared(left)
    first = row.cells[0]
    along = mark if isinstance(first, Text) else ""
    cells = tuple(_bare(cell) if n in heads or along else cell for n, cell in enumerate(row.cells))
    if along and isinstance(first, Text):
        cells = (_with(first, along), *cells[1:])
    return replace(row, cells=cells)


def _shared(cells: Sequence[Cell]) -> str:
    """Return the mark that all figures among some cells carry; nothing where one has none, or where there are too few."""
    marks = [
        cell.mark_key if cell.marked else "" for cell in cells if isinstance(cell, Number) and cell.value is not None
    ]
    return marks[0] if len(marks) >= _FEWEST and len(set(marks)) == 1 else ""


def _bare(cell: Cell) -> Cell:
    return replace(cell, marked=False) if isinstance(cell, Number) else cell


def _with(label: Text, key: str) -> Text:
    """Put a mark into the brackets at the end of a label, or behind it."""
    mark = SHORT_MARKS[key]

    def worded(lang: Lang) -> str:
        text, shown = label.in_(lang), mark.in_(lang)
        if not text.endswith(_CLOSE[lang]):
            return text + shown
        return text[:-1] + _COMMA[lang] + shown.strip(" （()）") + _CLOSE[lang]

    return Text(worded("zh"), worded("en"))
