"""What plain text does to a layout, undone: lines wrapped at a width, tables by bars, tabs or spaces, cells one a line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from bolang.intake.characters import has_chinese

Numbered = Sequence[tuple[int, str]]
"""Lines with their numbers."""

_LONGEST_ROW = 400
_LONGEST_JOINED = 5000
_END = re.compile(r"[。！？：:；;…”》]\s*$")
_MARKER = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[部章节]|\d{1,2}[、.](?!\d)|——|附[表件])"
)
_SHORTEST, _WIDEST, _LEAST = 40, 140, 3
"""Widths in columns of the screen, a Chinese character counting two; and how many lines must end at one."""


# ---------------------------------------------------------------- wrapped lines
def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of a text that was wrapped at a fixed width, even in the middle of a number; line numbers stay.

    A width is believed if several lines end at it without a full stop and go on in the next line. Without one, lines of
    running text that break off in the middle of a sentence, if there are several.
    """
    width = _width(lines)
    broken = [_breaks_off(line) for line in lines]
    if sum(broken) < _LEAST - 1:
        broken = [False] * len(lines)
    if width is None and not any(broken):
        return list(lines)
    whole: list[str] = []
    home: int | None = None
    for position, line in enumerate(lines):
        if home is not None and line.strip():
            whole[home] += line.strip()
            whole.append("")
            home = home if len(whole[home]) < _LONGEST_JOINED else None
        else:
            home = position
            whole.append(line.rstrip())
        runs_on = (
            ((width is not None and _cut(line, width)) or broken[position])
            and position + 1 < len(lines)
            and not _MARKER.match(lines[position + 1])
        )
        home = home if runs_on and line.strip() else None
    return whole


def _cut(line: str, width: int) -> bool:
    return width - 4 <= _columns(line) <= width + 1 and not _END.search(line) and not _is_tabular(line)


def _breaks_off(line: str) -> bool:
    """Tell whether a line is running text that stops in the middle of a sentence."""
    return (
        _columns(line) >= _SHORTEST
        and re.search(r"[，,；;。]", line) is not None
        and not _END.search(line)
        and not _is_tabular(line)
        and len(line.split()) <= 3
    )


def _columns(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line.rstrip())


def _is_tabular(line: str) -> bool:
    return "\t" in line.strip() or "|" in line or re.search(r"\S {3,}\S", line) is not None


def _width(lines: Sequence[str]) -> int | None:
    lengths = Counter(
        _columns(line)
        for line, following in itertools.pairwise(lines)
        if not _END.search(line) and following.strip() and has_chinese(line) and not _is_tabular(line)
    )
    best = max(
        range(_SHORTEST, _WIDEST + 1), key=lambda w: (sum(lengths[k] for k in range(w - 3, w + 1)), -w), default=0
    )
    cut = sum(lengths[k] for k in range(best - 3, best + 1))
    others = sum(count for length, count in lengths.items() if length > best + 1)
    full = sum(1 for line in lines if _columns(line) > best + 1)
    return best if cut >= _LEAST and others <= cut and full <= max(2, cut) else None


# ---------------------------------------------------------------- tables
def without_bare_bars(lines: Sequence[str]) -> list[str]:
    """Blank the lines that hold nothing but the bars between cells."""
    return ["" if line.strip() and not line.strip().strip("|｜ ") else line.replace("｜", "|") for line in lines]


def table_length(lines: Numbered, position: int) -> int:
    """Return how many lines from here on form a table; 0 if none do."""
    bars = _run(lines, position, lambda line: "|" in line)
    if bars >= 2 and any(line.count("|") >= 2 for _, line in lines[position : position + bars]):
        return bars
    tabs = _run(lines, position, lambda line: "\t" in line.strip())
    if tabs >= 2:
        return tabs
    spaced = _run(lines, position, _is_spaced_row)
    if spaced >= 2:
        return spaced
    if spaced == 0 and position + 2 < len(lines) and _is_header(lines[position][1]):
        rest = _run(lines, position + 1, _is_spaced_row)
        return rest + 1 if rest >= 2 else 0
    return 0


def _run(lines: Numbered, position: int, belongs: object) -> int:
    assert callable(belongs)
    end = position
    while end < len(lines) and belongs(lines[end][1]):
        end += 1
    return end - position


def table_rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of the lines of a table; a header that was broken over lines becomes one row again."""
    if not any("|" in line for line in lines):
        return [_cells(line) for line in lines]
    rows = [_barred(line) for line in lines]
    if all(not row[0] for row in rows):
        rows = [row[1:] for row in rows]
    width = max(len(row) for row in rows)
    body = next((index for index, row in enumerate(rows) if len(row) == width), 0)
    head = [cell for row in rows[:body] for cell in row]
    if body and len(head) == width and all(len(row) < width for row in rows[:body]):
        return [head, *rows[body:]]
    return rows


def _barred(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.strip().split("|")]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


_UNIT_LINE = re.compile(r"^[(（]?\s*(?:计量)?单位\s*[:：]\s*\S{1,12}[)）]?$")
_NUMBER_LINE = re.compile(r"^[-－+]?[\d０-９][\d０-９,.，．]*[%％]?$")
_LONGEST_CELL = 24
_MOST_CELLS = 2000


def column_of_cells(lines: Numbered, position: int) -> tuple[tuple[tuple[str, ...], ...], int] | None:
    """Read a table that a page left as one cell a line, below its unit.

    Blank cells leave no trace in such a text. So every label must have as many numbers as the header has columns; where no
    header can be told, every label must have one number only.
    """
    if not _UNIT_LINE.match(lines[position][1].strip()):
        return None
    cells, end = _cells_below(lines, position + 1)
    first = next((index for index, cell in enumerate(cells) if _NUMBER_LINE.match(cell)), None)
    if first is None or first == 0:
        return None
    header, rest = cells[: first - 1], cells[first - 1 :]
    rows = _rows_of(rest, len(header) - 1) if len(header) >= 2 else None
    if rows:
        return (tuple(header), *rows), end - position
    rows = _single_rows(cells)
    return (rows, end - position) if rows and len(rows) >= 3 else None


def _cells_below(lines: Numbered, start: int) -> tuple[list[str], int]:
    cells: list[str] = []
    end = start
    for end in range(start, len(lines) + 1):
        text = lines[end][1].strip() if end < len(lines) else "。"
        if (
            len(text) > _LONGEST_CELL
            or len(cells) > _MOST_CELLS
            or re.search(r"[。；！]", text)
            or _UNIT_LINE.match(text)
        ):
            break
        if text:
            cells.append(text if _NUMBER_LINE.match(text) else re.sub(r"[\s\u3000]+", "", text))
    return cells, end


def _rows_of(cells: Sequence[str], count: int) -> tuple[tuple[str, ...], ...] | None:
    """Cut cells into rows of a label and `count` numbers; None if they do not all fit."""
    if count < 1 or len(cells) % (count + 1) or len(cells) < 2 * (count + 1):
        return None
    rows = tuple(tuple(cells[at : at + count + 1]) for at in range(0, len(cells), count + 1))
    fit = all(not _NUMBER_LINE.match(row[0]) and all(_NUMBER_LINE.match(cell) for cell in row[1:]) for row in rows)
    return rows if fit else None


def _single_rows(cells: Sequence[str]) -> tuple[tuple[str, ...], ...] | None:
    rows: list[tuple[str, ...]] = []
    label = ""
    for cell in cells:
        if not _NUMBER_LINE.match(cell):
            label = cell
        elif not label:
            return None
        else:
            rows.append((label, cell))
            label = ""
    return tuple(rows)


_ROW_NUMBER = re.compile(r"[-－+]?[\d０-９][\d０-９.,．，]*[%％]?|[-—–－]{1,2}|…")


def _spaced(line: str) -> tuple[str, list[str]] | None:
    """Split a line into a label and the numbers behind it; None if it is no such row. One pass, whatever the line."""
    if len(line) > _LONGEST_ROW:
        return None
    words = line.split()
    numbers: list[str] = []
    while words and _ROW_NUMBER.fullmatch(words[-1]):
        numbers.insert(0, words.pop())
    label = "".join(words).lstrip("#※△")
    return (label, numbers) if label and numbers else None


def _is_spaced_row(line: str) -> bool:
    if "。" in line or "，" in line or len(line) > _LONGEST_ROW:
        return False
    found = _spaced(line)
    return found is not None and has_chinese(line) and len(" ".join(line.split())) <= 120


def _is_header(line: str) -> bool:
    return (
        2 <= len(line) <= 200
        and not re.search(r"[。，；]", line)
        and has_chinese(line)
        and len(line.split()) >= 2
        and len(" ".join(line.split())) <= 80
    )


def _cells(line: str) -> list[str]:
    if "\t" in line.strip():
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    found = _spaced(line)
    if found:
        return [found[0], *found[1]]
    # 项  目: a name spread out for looks is one cell.
    joined = re.sub(r"(?<!\S)([\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff](?!\S))", r"\1", line.strip())
    return re.split(r"[\s\u3000]+", joined)
