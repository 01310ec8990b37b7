"""What a file holds, whatever its format: headings, paragraphs and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bolang.intake.characters import clean, has_chinese


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 for 一、, 2 for （一）, 3 for 1."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, with merged cells already filled in.

    Attributes
    ----------
    rows : tuple of tuple of str
        Cells as text.
    name : str
        Sheet, or the table's place in the document.
    line : int
        Line of its first row.
    caption : str
        Title and unit that stand above it.
    first_row : int
        Number of its first row as cells are named: 1, or the row of the sheet.
    """

    rows: tuple[tuple[str, ...], ...]
    name: str
    line: int
    caption: str = ""
    first_row: int = 1


Block = Heading | Paragraph | Grid


@dataclass
class Document:
    """A file as blocks.

    Attributes
    ----------
    title : str
        Title found at the top, or the file's name.
    blocks : list of Block
        Content in order.
    notes : list of str
        What the reader of the format has to say (formulas without values, pages without text).
    """

    title: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


_HEADINGS = (
    (1, re.compile(r"^(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}[、.·])\s*")),
    (2, re.compile(r"^\([一二三四五六七八九十]{1,3}\)\s*[、.]?")),
    (3, re.compile(r"^(?:\d{1,2}[、.](?!\d)|\(\d{1,2}\)|[①-⑳])\s*")),
)
_APPENDIX = re.compile(r"^附(?:表|件|录|：)")
_FIGURE = re.compile(r"\d(?:[\d.,]*)(?:万|亿|元|%|‰|人|户|个百分点)")
_TITLE = re.compile(r"公报|报告|情况|决算|主要(?:经济)?指标|统计|说明|月报|年报|快报|分析")


def blocks_of_lines(lines: Sequence[str], joined: bool = False) -> list[Block]:
    """Turn lines of text into blocks.

    Parameters
    ----------
    lines : sequence of str
        Lines as they stand in the file.
    joined : bool
        False if lines may be cut in the middle of a sentence (PDF, text wrapped at a width).
    """
    numbered = [(number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1)]
    blocks: list[Block] = []
    position = 0
    caption: list[str] = []
    while position < len(numbered):
        number, raw = numbered[position]
        length = _table_length(numbered, position)
        if length:
            rows = [_cells(line) for _, line in numbered[position : position + length]]
            blocks.append(Grid(tuple(tuple(row) for row in rows), f"第{number}行表", number, _caption(caption, 4)))
            position += length
            caption = []
            continue
        cells = _column_of_cells(numbered, position)
        if cells:
            column, length = cells
            blocks.append(Grid(column, f"第{number}行表", number, "\n".join(filter(None, [_caption(caption, 3), raw]))))
            position += length
            caption = []
            continue
        if raw.strip():
            caption.append(raw)
            blocks.extend(_blocks_of_line(raw, number))
        position += 1
    return blocks if joined else _rejoin(blocks)


def _caption(lines: Sequence[str], count: int) -> str:
    """Return the lines above a table that name it: the last ones, up to the sentence before them."""
    named: list[str] = []
    for line in reversed(lines[-count:]):
        if re.search(r"[。；]\s*$", line):
            break
        named.insert(0, line)
    return "\n".join(named)


def _blocks_of_line(raw: str, number: int) -> list[Block]:
    text = clean(raw.strip()).text
    if _APPENDIX.match(text) and len(text) <= 60 and not _FIGURE.search(text) and "。" not in text:
        return [Heading(1, text, number)]
    for level, pattern in _HEADINGS:
        found = pattern.match(text)
        if not found:
            continue
        rest = text[found.end() :]
        stop = rest.find("。")
        if len(rest) <= 45 and not _FIGURE.search(rest) and stop in (-1, len(rest) - 1):
            return [Heading(level, rest.rstrip("。：:"), number)]
        lead = re.split(r"[。：]", rest, maxsplit=1)[0]
        if len(lead) <= 30 and not _FIGURE.search(lead) and "，" not in lead[:-1] and len(lead) < len(rest):
            cut = raw.find(lead[-1:]) if lead else -1
            body = re.split(r"[。：:]", raw, maxsplit=1)
            if cut >= 0 and len(body) == 2:
                return [Heading(level, lead, number), Paragraph(body[1], number)]
        return [Paragraph(_without_marker(raw, level), number)]
    return [Paragraph(raw, number)]


def _without_marker(raw: str, level: int) -> str:
    marker = {
        1: r"^\s*(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}\s*[、.．·])",
        2: r"^\s*[(（][一二三四五六七八九十]{1,3}[)）]",
        3: r"^\s*(?:[\d０-９]{1,2}[、.．]|[(（]\d{1,2}[)）]|[①-⑳])",
    }[level]
    return re.sub(marker, "", raw)


def _rejoin(blocks: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a line break cut in the middle of a sentence."""
    listed = list(blocks)
    widths = sorted(len(block.text) for block in listed if isinstance(block, Paragraph))
    full = widths[int(len(widths) * 0.9)] if len(widths) >= 5 else 10**9
    wrapped = bool(widths) and full <= 60 and sum(width >= 0.8 * full for width in widths) >= 0.4 * len(widths)
    joined: list[Block] = []
    for block in listed:
        last = joined[-1] if joined else None
        if (
            wrapped
            and isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and len(last.text.split("\n")[-1]) >= 0.75 * full
            and not re.search(r"[。！？：；]\s*$", last.text)
        ) or (
            wrapped
            and isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and re.search(r"[，；]\s*$", last.text)
        ):
            joined[-1] = Paragraph(last.text + block.text.lstrip(), last.line)
        else:
            joined.append(block)
    return joined


# ---------------------------------------------------------------- tables in running text
_ROW = re.compile(
    r"^\s*[#※△]?\s*(?P<label>\S.*?)(?P<numbers>(?:[\s\u3000]+(?:[-－+]?[\d０-９][\d０-９.,．，]*[%％]?|[-—–－]{1,2}|…))+)\s*$"
)


def _table_length(lines: Sequence[tuple[int, str]], position: int) -> int:
    """Return how many lines from here on form a table; 0 if none do."""
    pipes = 0
    while position + pipes < len(lines) and lines[position + pipes][1].count("|") >= 2:
        pipes += 1
    if pipes >= 2:
        return pipes
    tabs = 0
    while position + tabs < len(lines) and "\t" in lines[position + tabs][1].strip():
        tabs += 1
    if tabs >= 2:
        return tabs
    spaced = 0
    while position + spaced < len(lines) and _is_spaced_row(lines[position + spaced][1]):
        spaced += 1
    if spaced >= 2:
        return spaced
    if spaced == 0 and position + 2 < len(lines) and _is_header(lines[position][1]):
        rest = 0
        while position + 1 + rest < len(lines) and _is_spaced_row(lines[position + 1 + rest][1]):
            rest += 1
        return rest + 1 if rest >= 2 else 0
    return 0


_UNIT_LINE = re.compile(r"^[(（]?\s*(?:计量)?单位\s*[:：]\s*\S{1,12}[)）]?$")
_NUMBER_LINE = re.compile(r"^[-－]?[\d０-９][\d０-９,.，．]*[%％]?$")


def _column_of_cells(lines: Sequence[tuple[int, str]], position: int) -> tuple[tuple[tuple[str, ...], ...], int] | None:
    """Read a table that a page left as one cell a line, below its unit: labels, each with its numbers.

    Blank cells leave no trace in such a text, so only tables in which no label has more than one number are read.
    """
    if not _UNIT_LINE.match(lines[position][1].strip()):
        return None
    rows: list[tuple[str, ...]] = []
    label, end = "", position + 1
    for end in range(position + 1, len(lines) + 1):
        text = lines[end][1].strip() if end < len(lines) else "。"
        if not text:
            continue
        if len(text) > 24 or re.search(r"[。；！]", text):
            break
        if _NUMBER_LINE.match(text):
            if not label:
                return None
            rows.append((label, text))
            label = ""
        else:
            label = re.sub(r"[\s\u3000]+", "", text)
    return (tuple(rows), end - position) if len(rows) >= 3 else None


def _is_spaced_row(line: str) -> bool:
    found = _ROW.match(line)
    return bool(found) and has_chinese(line) and "。" not in line and "，" not in line and len(line) <= 120


def _is_header(line: str) -> bool:
    cells = re.split(r"[\s\u3000]+", line.strip())
    return len(cells) >= 2 and not re.search(r"[。，；]", line) and has_chinese(line) and len(line) <= 80


def _cells(line: str) -> list[str]:
    if line.count("|") >= 2:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    if "\t" in line.strip():
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    found = _ROW.match(line)
    if found:
        return [
            re.sub(r"[\s\u3000]+", "", found.group("label")),
            *re.split(r"[\s\u3000]+", found.group("numbers").strip()),
        ]
    # 项  目: a name spread out for looks is one cell.
    joined = re.sub(r"(?<!\S)([\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff](?!\S))", r"\1", line.strip())
    return re.split(r"[\s\u3000]+", joined)


def find_title(blocks: Sequence[Block], fallback: str) -> str:
    """Return the title of a document: the first short line that calls itself a bulletin or a report."""
    seen = 0
    for block in blocks:
        if isinstance(block, Grid):
            continue
        text = clean(block.text.strip()).text
        seen += 1
        if len(text) <= 60 and _TITLE.search(text) and "。" not in text:
            return text
        if seen >= 12:
            break
    return fallback
