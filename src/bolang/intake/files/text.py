"""Text and csv files in the encodings that are met in practice."""

from __future__ import annotations

import csv
import io
import re

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.intake.blocks import SourceText, blocks_of_lines, find_title
from bolang.intake.files.bounds import bound, too_large
from bolang.intake.files.sheets import grids_of_rows
from bolang.intake.title import find_title as title_of_lines

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def looks_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding that is read."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return False
    head = data[:8192]
    return b"\x00" in head or sum(byte < 9 or 13 < byte < 32 for byte in head) > 0.02 * len(head)


def decode(data: bytes, name: str) -> str:
    """Decode text: by its mark, as declared, as UTF-8, as GB 18030 (which covers GBK and GB 2312), as Big5.

    Raises
    ------
    BadInputError
        If none of them decodes all of it.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding) or _refuse(name)
    declared = _DECLARED.search(data[:2048])
    named = declared.group(1).decode("ascii").lower() if declared else ""
    candidates = ["utf-8", "gb18030", "big5"]
    if named in ("big5", "big5-hkscs"):
        candidates = ["utf-8", "big5", "gb18030"]
    for encoding in candidates:
        text = _decoded(data, encoding)
        if text is not None:
            return text
    return _refuse(name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _refuse(name: str) -> str:
    raise BadInputError(
        tr(f"认不出 {name} 的文字编码。", f"The text encoding of {name} is not known."),
        tr("请另存为 UTF-8 或 GBK（GB18030）编码。", "Save it as UTF-8 or GBK (GB 18030)."),
    )


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a web page."""
    head = text[:4096].lower()
    return bool(re.search(r"<!doctype html|<html|<body|<table|<div|<p[ >]", head))


def read_text(text: str, stem: str) -> SourceText:
    """Read running text."""
    _check_length(text)
    blocks = blocks_of_lines(text.splitlines())
    return SourceText(find_title(blocks, stem), blocks)


def read_csv(text: str, stem: str) -> SourceText:
    """Read a csv file; the separator is the one that its lines agree on."""
    _check_length(text)
    limit = bound("rows")
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=_separator(text)):
            rows.append(tuple(row))
            if len(rows) > limit:
                raise too_large(tr("表格行数过多", "The table has too many rows"), tr(f"{limit} 行", f"{limit} rows"))
    except csv.Error as error:
        raise BadInputError(tr(f"csv 格式有误：{error}。", f"The csv is not valid: {error}.")) from error
    grids = grids_of_rows(rows, "csv")
    lines = [row[0] for row in rows[:4] if row and row[0].strip() and not any(cell.strip() for cell in row[1:])]
    return SourceText(title_of_lines(lines, stem), list(grids))


def _check_length(text: str) -> None:
    limit = bound("characters")
    if len(text) > limit:
        raise too_large(tr(f"文本有 {len(text)} 字", f"The text has {len(text)} characters"), str(limit))


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    scores = {mark: [line.count(mark) for line in lines] for mark in (",", "\t", ";", "|", "，")}
    return max(scores, key=lambda mark: (sum(count > 0 for count in scores[mark]), sum(scores[mark])))[0]
