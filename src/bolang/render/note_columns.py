"""The notes in two columns: rows that no page end tears, the columns of a row of nearly the same height."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from bolang.render.widths import TEXT_MM, line_mm

NOTE_POINTS = 8.0
GAP_MM = 8.0
NUMBER_MM = 7.0
"""Room for the number of a note."""
_MOST_LINES = 12
"""Lines of a column in one row: a fifth of a page."""


def note_columns(texts: Sequence[str]) -> list[tuple[range, range]]:
    """Cut notes into rows of a left and a right column.

    Parameters
    ----------
    texts : sequence of str
        Notes in the order of their numbers.

    Returns
    -------
    list of (range, range)
        Positions of the notes of the left and of the right column, row by row.
    """
    room = (TEXT_MM - GAP_MM) / 2 - NUMBER_MM
    lines = [max(1, math.ceil(line_mm(text, NOTE_POINTS) / room)) for text in texts]
    count = max(1, math.ceil(sum(lines) / (2 * _MOST_LINES)))
    done = [sum(lines[:place]) for place in range(len(lines) + 1)]
    ends = [min(range(len(done)), key=lambda at: abs(done[at] - done[-1] * row / count)) for row in range(count + 1)]
    return [
        (range(start, _middle(lines, start, end)), range(_middle(lines, start, end), end))
        for start, end in pairwise(dict.fromkeys(ends))
    ]


def _middle(lines: Sequence[int], start: int, end: int) -> int:
    """Return where the right column begins: the taller of the two is as low as it can be, the left one not the lower."""
    return min(
        range(start + 1, end + 1),
        key=lambda cut: (max(sum(lines[start:cut]), sum(lines[cut:end])), -cut),
    )
