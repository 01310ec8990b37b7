"""Widths of the columns of a table, from what stands in them: no figure breaks, no column is wider than it has to be."""

from __future__ import annotations

import math
import re

from bolang.document.model import Cell, Number, Row, Table
from bolang.foundation.text import Lang

TEXT_MM = 160.0
_TEXT_PT, _HEAD_PT, _MARK_PT = 9.0, 8.5, 5.5
_MM = 25.4 / 72.0
_PADDING = 3.2
_WIDE = re.compile(r"[\u2e80-\uffef]")
_BOLD = 1.08
"""Heads are set in a wider face."""
_LINE = 62.0
"""A column of words takes no more than this in millimetres before its text is broken."""
_MOST_ROWS, _MOST_MM = 7, 60.0
"""Rows and height of a table that is never broken."""
_LINE_MM, _GAP_MM = 4.2, 1.4
_MOST_SIGNS = 400
"""Characters of a head or cell beyond which breaking rows would only make pages of one column."""
_CHINESE_LEAST = 3
"""Characters of Chinese that stay on one line."""


def fitted(table: Table, lang: Lang) -> list[float]:
    """Return the width of each column in millimetres, as browsers lay out a table: first what may not break, then what would not."""
    least = [_least(table, lang, place) + _PADDING for place in range(len(table.columns))]
    wished = [max(low, _wished(table, lang, place) + _PADDING) for place, low in enumerate(least)]
    room = TEXT_MM - sum(wished)
    if room >= 0:
        return [wish + room / len(wished) for wish in wished]
    spare = TEXT_MM - sum(least)
    if spare <= 0:
        return [TEXT_MM * low / sum(least) for low in least]
    longing = [wish - low for wish, low in zip(wished, least, strict=True)]
    return [low + spare * more / sum(longing) for low, more in zip(least, longing, strict=True)]


def stays_whole(table: Table, lang: Lang) -> bool:
    """Whether a table is small enough to stand on one page without leaving much of the page before it empty."""
    if len(table.rows) > _MOST_ROWS:
        return False
    if outgrows_a_page(table, lang):
        return True
    widths = fitted(table, lang)
    lines = [
        max(
            math.ceil(_width(_shown(cell, lang), _TEXT_PT) / max(width - _PADDING, 1.0))
            for cell, width in zip(row.cells, widths, strict=True)
        )
        for row in table.rows
    ]
    return sum(_LINE_MM * max(count, 1) + _GAP_MM for count in lines) <= _MOST_MM


def outgrows_a_page(table: Table, lang: Lang) -> bool:
    """Whether a head or a cell holds so many words that it could not stand on a page together with others."""
    heads = [text for column in table.columns for text in (column.label, column.group) if text is not None]
    cells = [_shown(cell, lang) for row in table.rows for cell in row.cells]
    return max(map(len, [*(head.in_(lang) for head in heads), *cells]), default=0) > _MOST_SIGNS


def _wished(table: Table, lang: Lang, place: int) -> float:
    marks = [0.5 * _MARK_PT * _MM * len(_marks(row)) if place == 0 else 0.0 for row in table.rows]
    cells = [
        _width(_shown(row.cells[place], lang), _TEXT_PT) + mark for row, mark in zip(table.rows, marks, strict=True)
    ]
    return min(
        _LINE, max([*cells, *(_width(part, _HEAD_PT) for part in _halves(table.columns[place].label.in_(lang)))])
    )


def _halves(head: str) -> list[str]:
    """A head may take two lines."""
    if len(head) < 2 * _CHINESE_LEAST:
        return [head]
    middle = min(
        (i for i, c in enumerate(head) if c in " （("), key=lambda i: abs(i - len(head) / 2), default=len(head) // 2
    )
    return [head[:middle], head[middle:].strip()]


def _least(table: Table, lang: Lang, place: int) -> float:
    parts = [_width(part, _TEXT_PT) for row in table.rows for part in _unbroken(row.cells[place], lang)]
    heads = [_width(part, _HEAD_PT * _BOLD) for part in _tokens(table.columns[place].label.in_(lang))]
    return max([*parts, *heads, 6.0])


def _unbroken(cell: Cell, lang: Lang) -> list[str]:
    text = _shown(cell, lang)
    return [text] if isinstance(cell, Number) and len(text) < 12 else _tokens(text)


def _tokens(text: str) -> list[str]:
    """Cut a text where a line may break: at spaces, before brackets, and in Chinese after a few characters."""
    found = []
    for word in text.replace("（", " （").split():
        wide = _WIDE.search(word)
        found.append(word if not wide else max(re.split(_WIDE, word), key=len) + "汉" * min(_CHINESE_LEAST, len(word)))
    return found


def _shown(cell: Cell, lang: Lang) -> str:
    return cell.plain(lang) if isinstance(cell, Number) else cell.in_(lang)


def _marks(row: Row) -> str:
    return "[12]" * len(row.notes)


def _width(text: str, points: float) -> float:
    wide = len(_WIDE.findall(text))
    return (wide + 0.52 * (len(text) - wide)) * points * _MM
