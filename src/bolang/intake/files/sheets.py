"""Rows of a sheet cut into tables: titles above, continuation pages, blank margins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bolang.intake.blocks import Block, FilledTable
from bolang.intake.cells import number

_CONTINUED = re.compile(r"续\s*表|\(续\)|（续）|[Cc]ontinued|续\d")
_CAPTION = re.compile(r"^(?:表\s*)?\d{1,2}\s*[-—–－]\s*\d{1,3}|^(?:附?表\s*[\d一二三四五六七八九十]+)")


def grids_of_rows(rows: Sequence[Sequence[str]], name: str) -> list[FilledTable]:
    """Cut the rows of a sheet into tables.

    A new table starts at a line of its own that says 续表 or numbers a table, once numbers have been seen. A continuation
    without column names takes over those of the page before.
    """
    trimmed = [tuple(cell.strip() for cell in row) for row in rows]
    starts = _starts(trimmed)
    grids: list[FilledTable] = []
    header: list[tuple[str, ...]] = []
    titles: list[tuple[str, ...]] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(trimmed)
        body = trimmed[start:end]
        if not any(cell for row in body for cell in row):
            continue
        continued = index > 0 and any(_CONTINUED.search(cell) for cell in body[0])
        own = _header(body[1:] if continued else body)
        if not continued:
            titles = [row for row in own if len(set(filter(None, row))) == 1]
        repeated: list[tuple[str, ...]] = []
        if continued and not any(len(set(filter(None, row))) > 1 for row in own):
            repeated = header
        else:
            repeated = titles if continued else []
            header = [*repeated, *own]
        body = [*repeated, *body[1:]] if continued else body
        first = start + 1 + (1 - len(repeated) if continued else 0)
        label = name if len(starts) == 1 else f"{name}（{index + 1}）"
        grids.append(FilledTable(tuple(body), label, first, first_row=first))
    return grids


def title_of_grids(blocks: Sequence[Block], fallback: str) -> str:
    """Return the title of a workbook: a cell of its first rows that names a year, else the fallback."""
    first = next((block for block in blocks if isinstance(block, FilledTable)), None)
    heads = [
        cell
        for row in (first.rows[:3] if first else ())
        for cell in row
        if re.search(r"(?:19|20)\d{2}\s*年?", cell)
        and len(cell) <= 60
        and not re.search(r"导出|下载|时间|日期|来源", cell)
    ]
    return next((head for head in heads if re.search(r"[\u4e00-\u9fff]{3}", head)), fallback)


def _starts(rows: Sequence[Sequence[str]]) -> list[int]:
    starts, seen = [0], False
    for index, row in enumerate(rows):
        filled = list(dict.fromkeys(cell for cell in row if cell))
        if any(number(cell) is not None for cell in filled):
            seen = True
        elif seen and filled and len(filled) <= 2 and (_CONTINUED.search(filled[0]) or _CAPTION.search(filled[0])):
            starts.append(index)
            seen = False
    return starts


def _header(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    header = []
    for row in rows:
        if any(number(cell) is not None for cell in row if not re.fullmatch(r"(?:19|20)\d{2}", cell)):
            break
        header.append(row)
    return header
