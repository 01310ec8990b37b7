"""Lines of a terminal: broken between words and between Chinese signs, never inside a number, never before a closing sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = re.compile(r"\s+|[“‘”’]|[^\s“‘”’\u2e80-\uffff]+|.")
_HYPHEN = re.compile(r"(?<=[a-z]-)(?=[a-z])")
_CLOSING = frozenset("，。、；：！？）》】」』〉〕”’…％～")
"""No line begins with one of these."""
_OPENING = frozenset("（《【「『〈〔“‘")
"""No line ends with one of these."""
_COUNTED = frozenset("亿万元年月日个位项类家人倍吨级")
"""A sign that stays with the number before it."""


def folded(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many cells.

    Examples
    --------
    >>> folded("引力占31%。", 7)
    ['引力占', '31%。']
    >>> folded("地区生产总值（亿元）", 14)
    ['地区生产总值', '（亿元）']
    """
    return [line for part in text.split("\n") for line in _lines(part, max(width, 2))]


def _lines(text: str, width: int) -> Iterator[str]:
    from rich.cells import cell_len

    line, used = "", 0
    for piece in _pieces(text):
        if piece.isspace() or used + cell_len(piece.rstrip()) <= width:
            line += piece
            used += cell_len(piece)
            continue
        if line.strip():
            yield line.rstrip()
        line = piece.lstrip()
        while (taken := _fitting(line, width)) < len(line):
            yield line[:taken]
            line = line[taken:]
        used = cell_len(line)
    yield line.rstrip()


def _fitting(line: str, width: int) -> int:
    """Return how many signs at the head of a line fit, read once: a word may be of any length."""
    from rich.cells import cell_len

    used = 0
    for count, sign in enumerate(line):
        used += cell_len(sign)
        if used > width:
            return max(count, 1)
    return len(line)


def _pieces(text: str) -> list[str]:
    """Return what may not be broken: words, numbers with their unit, signs with the punctuation that belongs to them."""
    found: list[str] = []
    for unit in (part for word in _UNIT.findall(text) for part in _HYPHEN.split(word)):
        last = found[-1] if found else ""
        tied = unit in _CLOSING or (unit in _COUNTED and last[-1:].isdigit()) or last[-1:] in _OPENING
        if tied and last and not last.isspace():
            found[-1] += unit
        else:
            found.append(unit)
    return found
