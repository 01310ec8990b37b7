"""Word documents: paragraphs and tables in the order of the body."""

from __future__ import annotations

import io
import re
from typing import Any

from bolang.foundation.text import tr
from bolang.intake.blocks import FilledTable, SourceText, find_title
from bolang.intake.files.assemble import assemble
from bolang.intake.files.bounds import bound, damaged, too_large

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes, name: str, stem: str) -> SourceText:
    """Read the body of a Word document; deleted text, footnote marks and text boxes' duplicates are left out."""
    import docx

    try:
        body = docx.Document(io.BytesIO(data)).element.body
        items = _items(body)
    except (KeyError, ValueError, AttributeError, OSError, EOFError) as error:
        raise damaged(name, "docx") from error
    except Exception as error:
        # python-docx and lxml raise classes of their own for broken packages and XML.
        if type(error).__module__.startswith(("docx", "lxml", "zipfile", "zlib")) or type(error).__name__ == "error":
            raise damaged(name, "docx") from error
        raise
    blocks = assemble(items)
    return SourceText(find_title(blocks, stem), blocks)


def _items(body: Any) -> list[str | FilledTable]:
    limit, total = bound("characters"), 0
    items: list[str | FilledTable] = []
    for element in body.iterchildren():
        if element.tag == f"{_W}p":
            for line in _text(element).split("\n"):
                total += len(line)
                items.append(line)
        elif element.tag == f"{_W}tbl":
            items.append(_grid(element))
        elif element.tag == f"{_W}sdt":
            items.extend(_items(element.find(f"{_W}sdtContent")) if element.find(f"{_W}sdtContent") is not None else [])
        if total > limit:
            raise too_large(tr("文档过长", "The document is too long"), str(limit))
    return items


def _text(element: Any) -> str:
    """Return the text of a paragraph or cell, without raised digits (footnote marks) and deletions."""
    pieces: list[str] = []
    for run in element.iter(f"{_W}r"):
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        text = "".join(_piece(child) for child in run)
        if (
            raised is not None
            and raised.get(f"{_W}val") == "superscript"
            and re.fullmatch(r"\s*\W?\d{1,2}\W?\s*", text)
        ):
            continue
        pieces.append(text)
    return "".join(pieces)


def _piece(child: Any) -> str:
    if child.tag == f"{_W}t":
        return child.text or ""
    if child.tag == f"{_W}tab":
        return "\t"
    return "\n" if child.tag in (f"{_W}br", f"{_W}cr") else ""


def _grid(table: Any) -> FilledTable:
    """Return a table with merged cells filled in."""
    rows: list[list[str]] = []
    for row in table.findall(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            width = min(int(span.get(f"{_W}val", "1")), 100) if span is not None else 1
            text = "".join(_text(paragraph) for paragraph in cell.findall(f"{_W}p")).strip()
            if down is not None and down.get(f"{_W}val") != "restart" and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            cells.extend([text] * width)
        rows.append(cells)
    breadth = max((len(row) for row in rows), default=0)
    return FilledTable(tuple(tuple(row + [""] * (breadth - len(row))) for row in rows), "", 0)
