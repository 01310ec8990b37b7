"""OpenDocument files: sheets (.ods) with their stored values, texts (.odt) with paragraphs and tables in order."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from bolang.foundation.text import tr
from bolang.intake.blocks import FilledTable, SourceNote, SourceText, find_title
from bolang.intake.files.assemble import assemble
from bolang.intake.files.bounds import bound, damaged, part, too_large
from bolang.intake.files.sheets import grids_of_rows, title_of_grids

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def read_ods(archive: zipfile.ZipFile, name: str, stem: str) -> SourceText:
    """Read every visible sheet of an OpenDocument spreadsheet."""
    root = _root(archive, name)
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    document = SourceText(stem)
    for table in root.iter(f"{_TABLE}table"):
        title = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name") in hidden:
            document.notes.append(SourceNote("hidden", {"sheet": title}))
            continue
        document.blocks.extend(grids_of_rows(_rows(table), title))
    document.title = title_of_grids(document.blocks, stem)
    return document


def read_odt(archive: zipfile.ZipFile, name: str, stem: str) -> SourceText:
    """Read the body of an OpenDocument text."""
    body = _root(archive, name).find(f"{_OFFICE}body/{_OFFICE}text")
    items = list(_items(body)) if body is not None else []
    if sum(len(item) for item in items if isinstance(item, str)) > bound("characters"):
        raise too_large(tr("文档过长", "The document is too long"), str(bound("characters")))
    blocks = assemble(items)
    return SourceText(find_title(blocks, stem), blocks)


def _root(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(part(archive, "content.xml", name))
    except ElementTree.ParseError as error:
        raise damaged(name, "OpenDocument") from error


def _items(parent: ElementTree.Element) -> Iterator[str | FilledTable]:
    for element in parent:
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from _words(element).split("\n")
        elif element.tag == f"{_TABLE}table":
            yield FilledTable(tuple(_rows(element)), "", 1)
        elif element.tag not in (f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content"):
            yield from _items(element)


def _words(element: ElementTree.Element) -> str:
    """Return the text of a paragraph; notes are left out, spaces and breaks written out."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(_count(child, f"{_TEXT}c"), 100))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in (f"{_TEXT}note", f"{_OFFICE}annotation"):
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _count(element: ElementTree.Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 1


def _rows(table: ElementTree.Element) -> list[tuple[str, ...]]:
    """Return the cells of a table; what a count repeats to the edge of the sheet is blank and is dropped."""
    rows: list[list[str]] = []
    spans: list[tuple[int, int, int, int, str]] = []
    cells = 0
    for row in table.iter(f"{_TABLE}table-row"):
        texts = _row(row, len(rows), spans)
        cells += len(texts)
        repeated = (
            _count(row, f"{_TABLE}number-rows-repeated")
            if any(texts)
            else min(_count(row, f"{_TABLE}number-rows-repeated"), 1)
        )
        if len(rows) + repeated > bound("rows") or cells > bound("cells"):
            raise too_large(
                tr("表格过大", "The table is too large"), tr(f"{bound('rows')} 行", f"{bound('rows')} rows")
            )
        rows.extend(list(texts) for _ in range(repeated))
    for top, left, down, across, text in spans:
        for line in rows[top : top + down]:
            line.extend([""] * (left + across - len(line)))
            line[left : left + across] = [cell or text for cell in line[left : left + across]]
    while rows and not any(rows[-1]):
        rows.pop()
    return [tuple(row) for row in rows]


def _row(row: ElementTree.Element, index: int, spans: list[tuple[int, int, int, int, str]]) -> list[str]:
    texts: list[str] = []
    limit = bound("columns")
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text = _cell(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        down, across = _count(cell, f"{_TABLE}number-rows-spanned"), _count(cell, f"{_TABLE}number-columns-spanned")
        figure = cell.get(f"{_OFFICE}value") is not None
        if text and down > 1 and figure:
            text = ""  # one figure across the rows of several areas
        elif text and (down > 1 or across > 1):
            spans.append((index, len(texts), min(down, bound("rows")), min(across, limit), text))
        repeated = _count(cell, f"{_TABLE}number-columns-repeated")
        texts.extend([text] * min(repeated if text else min(repeated, limit), limit - len(texts)))
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _cell(cell: ElementTree.Element) -> str:
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value")
    if kind == "percentage" and value:
        return f"{float(value) * 100:.12g}%"
    if kind in ("float", "currency") and value:
        return f"{float(value):.15g}"
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")[:10]
    return "\n".join(_words(paragraph) for paragraph in cell if paragraph.tag == f"{_TEXT}p").strip()
