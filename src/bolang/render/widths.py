"""Widths of the columns of a table, from what stands in them: no figure breaks, no column is wider than it has to be."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.document.model import Cell, Number, Row, Table
from bolang.foundation.text import Lang

TEXT_MM = 160.0
_TEXT_PT, _HEAD_PT, _MARK_PT = 9.0, 8.5, 6.0
_MM = 25.4 / 72.0
_PADDING = 3.2
_WIDE = re.compile(r"[\u2e80-\uffef]")
_HAN = re.compile(r"[\u2e80-\u2fff\u3040-\ufaff]")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_BOLD = 1.08
"""Heads are set in a wider face."""
_NARROWEST = 8.0
_FLOOR = 11.0
"""Width in millimetres below which a column gives nothing to the others."""
_BROKEN, _MOST_LINES = 0.3, 16
_LOOKED_AT = 100
"""Rows from whose texts widths are found."""
_MOST_ROWS, _MOST_MM = 9, 52.0
"""Rows and height of a table that is never broken."""
_LINE_MM, _GAP_MM = 4.2, 1.4
_MOST_SIGNS = 400
"""Characters of a head or cell beyond which breaking rows would only make pages of one column."""
_LATIN = 0.55
"""Width of a Latin character in ems: of the wider of the faces in use."""
_SET = 0.85
"""What a text takes of its allowance in the narrower face, that of Word."""
TITLE_PT = (22.0, 21.0, 20.0, 19.0)
_FINEST = 0.1
"""Millimetres that even an empty cell is taken to fill a line by."""
_TAIL = 0.2
"""Share of a line below which the last line of a title is a remnant."""
_CHINESE_LEAST = 3
"""Characters of Chinese that stay on one line."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """Widths of the texts of a table on one line, the heads first; `grain` is what a line leaves empty at its end."""

    long: NDArray[np.float64]
    grain: NDArray[np.float64]
    wide: NDArray[np.bool_]

    def lines(self, widths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Count the lines of every cell; Chinese fills a line sign by sign, Latin text word by word; heads may take two."""
        room = widths - _PADDING
        signs = np.maximum(np.floor(room / self.grain + 1e-9), 1.0) * self.grain
        usable = np.where(self.wide, signs, np.maximum(room - 0.5 * self.grain, 1.0))
        found = np.where(self.long <= room + 1e-9, 1.0, np.maximum(np.ceil(self.long / usable - 1e-9), 2.0))
        found[0] = np.maximum(found[0] - 1.0, 1.0)
        return found

    def height(self, widths: NDArray[np.float64]) -> float:
        """Return the height of all rows in lines; every broken cell counts a little, also beside one that is taller."""
        lines = self.lines(widths)
        return float(lines.max(axis=1).sum() + _BROKEN * (lines - 1.0).sum())

    def steps(self, place: int) -> NDArray[np.float64]:
        """Return the widths of a column at which some cell needs a line less."""
        long, grain = self.long[:, place], self.grain[:, place]
        counts = np.arange(1, _MOST_LINES)[:, None]
        broken = np.where(
            self.wide[:, place],
            np.ceil(np.ceil(long / grain - 1e-9) / counts) * grain,
            np.where(counts == 1, long, long / counts + 0.5 * grain),
        )
        return np.unique(np.ceil(broken * 10.0) / 10.0) + _PADDING


def fitted(table: Table, lang: Lang) -> list[float]:
    """Return the width of each column in millimetres: what may not break, and the rest where it saves most lines."""
    least = np.array([_least(table, lang, place) + _PADDING for place in range(len(table.columns))])
    if least.sum() >= TEXT_MM:
        return _squeezed(least)
    texts, widths = _texts(table, lang), least
    while (wider := _wider(texts, widths)) is not None:
        widths = wider
    return [float(width) for width in widths + (TEXT_MM - widths.sum()) / widths.size]


def _wider(texts: _Texts, widths: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Widen one column to where some cell needs a line less, at the best gain for the room; None where nothing gains."""
    room, before = TEXT_MM - widths.sum(), texts.height(widths)
    best, found = 0.0, None
    for place, width in enumerate(widths):
        steps = texts.steps(place)
        for wanted in steps[(steps > width) & (steps <= width + room)]:
            tried = widths.copy()
            tried[place] = wanted
            gain = (before - texts.height(tried)) / (wanted - width)
            if gain > best:
                best, found = gain, tried
    return found


def _squeezed(least: NDArray[np.float64]) -> list[float]:
    """Take what is too much from the wide columns: a narrow one has nothing to give."""
    spare = np.maximum(least - _FLOOR, 0.0)
    taken = min(1.0, (least.sum() - TEXT_MM) / spare.sum())
    widths = least - taken * spare
    return [float(width) for width in TEXT_MM * widths / widths.sum()]


def _texts(table: Table, lang: Lang) -> _Texts:
    heads = [column.label.in_(lang) for column in table.columns]
    rows = [[_shown(cell, lang) for cell in row.cells] for row in table.rows[:_LOOKED_AT]]
    long = np.array(
        [[line_mm(text, _HEAD_PT) for text in heads], *([line_mm(text, _TEXT_PT) for text in row] for row in rows)]
    )
    for place, row in enumerate(table.rows[:_LOOKED_AT], 1):
        long[place, 0] += 0.5 * _MARK_PT * _MM * len(_marks(row))
    shown = [heads, *rows]
    wide = np.array([[_WIDE.search(text) is not None for text in row] for row in shown])
    words = np.array([[max(len(text.split()), 1) for text in row] for row in shown])
    return _Texts(long, np.where(wide, _TEXT_PT * _MM, np.maximum(long / words, _FINEST)), wide)


def stays_whole(table: Table, lang: Lang) -> bool:
    """Whether a table is small enough to stand on one page without leaving much of the page before it empty."""
    if len(table.rows) > _MOST_ROWS:
        return False
    if outgrows_a_page(table, lang):
        return True
    widths = fitted(table, lang)
    lines = [
        max(
            math.ceil(_SET * line_mm(_shown(cell, lang), _TEXT_PT) / max(width - _PADDING, 1.0))
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


def _least(table: Table, lang: Lang, place: int) -> float:
    parts = [line_mm(part, _TEXT_PT) for row in table.rows for part in _tokens(_shown(row.cells[place], lang))]
    heads = [line_mm(part, _HEAD_PT * _BOLD) for part in _tokens(table.columns[place].label.in_(lang))]
    return max([*parts, *heads, _NARROWEST])


def _tokens(text: str) -> list[str]:
    """Cut a text where a line may break: at spaces, after hyphens, before brackets, and in Chinese after a few characters."""
    found = []
    for word in _HYPHEN.sub("- ", text.replace("（", " （")).split():
        signs = _HAN.search(word)
        found.append(word if not signs else max(re.split(_WIDE, word), key=len) + "汉" * min(_CHINESE_LEAST, len(word)))
    return found


def _shown(cell: Cell, lang: Lang) -> str:
    return cell.plain(lang) if isinstance(cell, Number) else cell.in_(lang)


def _marks(row: Row) -> str:
    return "[12]" * len(row.notes)


def line_mm(text: str, points: float) -> float:
    """Return the length of a text on one line in millimetres."""
    wide = len(_WIDE.findall(text))
    return (wide + _LATIN * (len(text) - wide)) * points * _MM


def title_points(title: str) -> float:
    """Return the size of a title: the full one, or the next smaller at which no last line of a sign or two remains."""
    for points in TITLE_PT:
        over = (line_mm(title, points) / TEXT_MM) % 1.0
        if not 0.0 < over < _TAIL:
            return points
    return TITLE_PT[0]
