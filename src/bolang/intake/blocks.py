"""What a file holds, whatever its format: headings, paragraphs and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bolang.intake import title
from bolang.intake.characters import clean
from bolang.intake.layout import column_of_cells, table_length, table_rows, unwrapped, without_bare_bars


@dataclass(frozen=True, slots=True)
class TextHeading:
    """A heading; level 1 for 一、, 2 for （一）, 3 for 1."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of running text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FilledTable:
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


Block = TextHeading | Passage | FilledTable


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a file left unreadable or half said.

    Attributes
    ----------
    key : str
        ``hidden``, ``formulas``, ``merged``, ``empty_pages`` or ``part_of_year``; the wording has a sentence for each.
    values : mapping
        Names and numbers of the sentence.
    """

    key: str
    values: Mapping[str, str | int]

    @property
    def plain(self) -> dict[str, str | int]:
        """The note for machines."""
        return {"note": self.key, **self.values}


@dataclass
class SourceText:
    """A file as blocks.

    Attributes
    ----------
    title : str
        Title found at the top, or the file's name.
    blocks : list of Block
        Content in order.
    notes : list of SourceNote
        What the reader of the format has to say (formulas without values, pages without text).
    """

    title: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[SourceNote] = field(default_factory=list)


_HEADINGS = (
    (
        1,
        re.compile(r"^(?!一、二、(?:和)?三)(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}[、.·])\s*"),
    ),
    (2, re.compile(r"^\([一二三四五六七八九十]{1,3}\)\s*[、.]?")),
    (3, re.compile(r"^(?:\d{1,2}[、.](?!\d)|\(\d{1,2}\)|[①-⑳])\s*")),
)
_BARE_HEADING = re.compile(
    r"(?!.*(?:公报|报告|决算|执行|情况|公告|说明))(?:(?:19|20)\d{2}年|今年|过去(?:一|五)年|今后五年|下一步|下一阶段)"
    r"[^，。；：]{0,14}?(?:工作|目标|任务|回顾|总结|安排|打算|展望|计划)[^，。；：]{0,10}"
)
"""A heading without a number: 2025年工作安排."""
_APPENDIX = re.compile(r"^附(?:表|件|录|：)")
_FIGURE = re.compile(r"\d(?:[\d.,]*)(?:万|亿|元|%|‰|人|户|个百分点)")


def blocks_of_lines(lines: Sequence[str], joined: bool = False) -> list[Block]:
    """Turn lines of text into blocks.

    Parameters
    ----------
    lines : sequence of str
        Lines as they stand in the file.
    joined : bool
        False if lines may be cut in the middle of a sentence (PDF, text wrapped at a width).
    """
    whole = lines if joined else unwrapped(lines)
    numbered = [(number, line.rstrip("\r\n")) for number, line in enumerate(without_bare_bars(whole), 1)]
    blocks: list[Block] = []
    position = 0
    caption: list[str] = []
    while position < len(numbered):
        number, raw = numbered[position]
        length = table_length(numbered, position)
        if length:
            rows = table_rows([line for _, line in numbered[position : position + length]])
            blocks.append(
                FilledTable(tuple(tuple(row) for row in rows), f"第{number}行表", number, _caption(caption, 4))
            )
            position += length
            caption = []
            continue
        cells = column_of_cells(numbered, position)
        if cells:
            column, length = cells
            blocks.append(
                FilledTable(column, f"第{number}行表", number, "\n".join(filter(None, [_caption(caption, 3), raw])))
            )
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
        return [TextHeading(1, text, number)]
    if len(text) <= 28 and _BARE_HEADING.fullmatch(text):
        return [TextHeading(1, text, number)]
    for level, pattern in _HEADINGS:
        found = pattern.match(text)
        if not found:
            continue
        rest = text[found.end() :]
        stop = rest.find("。")
        if len(rest) <= 45 and not _FIGURE.search(rest) and stop in (-1, len(rest) - 1):
            return [TextHeading(level, rest.rstrip("。：:"), number)]
        lead = re.split(r"[。：]", rest, maxsplit=1)[0]
        if len(lead) <= 30 and not _FIGURE.search(lead) and "，" not in lead[:-1] and len(lead) < len(rest):
            cut = raw.find(lead[-1:]) if lead else -1
            body = re.split(r"[。：:]", raw, maxsplit=1)
            if cut >= 0 and len(body) == 2:
                return [TextHeading(level, lead, number), Passage(body[1], number)]
        return [Passage(_without_marker(raw, level), number)]
    return [Passage(raw, number)]


def _without_marker(raw: str, level: int) -> str:
    marker = {
        1: r"^\s*(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}\s*[、.．·])",
        2: r"^\s*[(（][一二三四五六七八九十]{1,3}[)）]",
        3: r"^\s*(?:[\d０-９]{1,2}[、.．]|[(（]\d{1,2}[)）]|[①-⑳])",
    }[level]
    return re.sub(marker, "", raw)


_LONGEST_JOINED = 5000


def _rejoin(blocks: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a line break cut in the middle of a sentence."""
    listed = list(blocks)
    widths = sorted(len(block.text) for block in listed if isinstance(block, Passage))
    full = widths[int(len(widths) * 0.9)] if len(widths) >= 5 else 10**9
    wrapped = bool(widths) and full <= 60 and sum(width >= 0.8 * full for width in widths) >= 0.4 * len(widths)
    joined: list[Block] = []
    for block in listed:
        last = joined[-1] if joined else None
        if wrapped and isinstance(block, Passage) and isinstance(last, Passage) and _goes_on(last.text, full):
            joined[-1] = Passage(last.text + block.text.lstrip(), last.line)
        else:
            joined.append(block)
    return joined


def _goes_on(text: str, full: int) -> bool:
    """Tell whether a wrapped text goes on in the next line; no sentence is longer than some thousand characters."""
    if len(text) > _LONGEST_JOINED:
        return False
    end = text[-60:].rstrip()[-1:]
    return end in "，；" or (len(text) >= 0.75 * full and end not in "。！？：；")


def find_title(blocks: Sequence[Block], fallback: str) -> str:
    """Return the title of a document: the line among the first that calls itself a bulletin or a report."""
    return title.find_title([block.text for block in blocks if not isinstance(block, FilledTable)], fallback)
