"""Spreadsheets, read as a stream: cells with their stored values, merged cells filled in, nothing computed or run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from bolang.foundation.text import tr
from bolang.intake.blocks import SourceNote, SourceText
from bolang.intake.cells import is_year, number
from bolang.intake.files.bounds import bound, damaged, part, too_large
from bolang.intake.files.sheets import grids_of_rows, title_of_grids

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_DATE_FORMATS = {*range(14, 23), *range(45, 48), 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
_PERCENT_FORMATS = {9, 10}


def read_xlsx(archive: zipfile.ZipFile, name: str, stem: str) -> SourceText:
    """Read every visible sheet of a workbook.

    Raises
    ------
    BadInputError
        If a part is missing or damaged, or a sheet has more rows, columns or text than allowed.
    """
    try:
        return _workbook(archive, name, stem)
    except (
        ElementTree.ParseError,
        expat.ExpatError,
        KeyError,
        ValueError,
        OverflowError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
    ) as error:
        from bolang.foundation.errors import BolangError

        if isinstance(error, BolangError):
            raise
        raise damaged(name, "xlsx") from error


def _workbook(archive: zipfile.ZipFile, name: str, stem: str) -> SourceText:
    strings = _strings(archive, name)
    formats = _formats(archive, name)
    document = SourceText(stem)
    for title, path, hidden, base_1904 in _sheets(archive, name):
        if hidden:
            document.notes.append(SourceNote("hidden", {"sheet": title}))
            continue
        with archive.open(path) as stream:
            sheet = _Sheet(stream, strings, formats, base_1904)
            rows = sheet.rows()
        if sheet.formulas:
            document.notes.append(SourceNote("formulas", {"sheet": title, "count": sheet.formulas}))
        if sheet.shared:
            listed = "、".join(sheet.shared[:8])
            values: dict[str, str | int] = {"sheet": title, "count": len(sheet.shared), "listed": listed}
            document.notes.append(SourceNote("merged", values))
        document.blocks.extend(grids_of_rows(rows, title))
    document.title = title_of_grids(document.blocks, stem)
    return document


def _sheets(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str, bool, bool]]:
    relations = ElementTree.fromstring(part(archive, "xl/_rels/workbook.xml.rels", name))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = ElementTree.fromstring(part(archive, "xl/workbook.xml", name))
    properties = next((item for item in book.iter() if _tag(item) == "workbookPr"), None)
    base_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    for sheet in (item for item in book.iter() if _tag(item) == "sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if target and path in archive.namelist() and "chartsheet" not in path:
            yield sheet.get("name", ""), path, sheet.get("state", "visible") != "visible", base_1904


def _tag(item: ElementTree.Element) -> str:
    return item.tag.rsplit("}", 1)[-1]


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return the shared strings, phonetic guides left out."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    limit, total = bound("characters"), 0
    strings: list[str] = []
    with archive.open("xl/sharedStrings.xml") as stream:
        for _, item in ElementTree.iterparse(stream):
            tag = _tag(item)
            if tag == "rPh":
                item.clear()
            elif tag == "si":
                text = "".join(piece.text or "" for piece in item.iter() if _tag(piece) == "t")
                total += len(text)
                if total > limit:
                    raise too_large(tr("工作簿文字过多", "The workbook holds too much text"), str(limit))
                strings.append(text)
                item.clear()
    return strings


def _formats(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return for each cell style whether it shows a date, a percentage or a plain number."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(part(archive, "xl/styles.xml", name))
    custom = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter() if _tag(item) == "numFmt"
    }
    styles = next((item for item in root.iter() if _tag(item) == "cellXfs"), None)
    return [_format(int(item.get("numFmtId", "0")), custom) for item in styles] if styles is not None else []


def _format(identifier: int, custom: dict[int, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", custom.get(identifier, ""))
    if identifier in _PERCENT_FORMATS or "%" in code:
        return "percent"
    if identifier in _DATE_FORMATS or re.search(r"[yY]{2,4}|[mM]{1,4}[-/]|d{1,2}", code):
        return "date"
    return "plain"


class _Sheet:
    """One sheet, read cell by cell as a stream, so that a huge one is refused early and at little memory."""

    def __init__(self, stream: IO[bytes], strings: list[str], formats: list[str], base_1904: bool) -> None:
        self.stream = stream
        self.strings = strings
        self.formats = formats
        self.origin = date(1904, 1, 1) if base_1904 else date(1899, 12, 30)
        self.formulas = 0
        self.cells: dict[tuple[int, int], str] = {}
        self.shared: list[str] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.limits = bound("rows"), bound("columns"), bound("cells")
        self.row = self.column = 0
        self.kind, self.style = "n", 0
        self.value: list[str] | None = None
        self.collecting = self.has_value = self.has_formula = False

    def rows(self) -> list[tuple[str, ...]]:
        """Return the filled rectangle of the sheet as text."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.ParseFile(self.stream)
        return self._rectangle()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        elif tag == "c":
            self.column = _column(attributes.get("r", "")) or self.column + 1
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self.value, self.has_value, self.has_formula = [], False, False
        elif tag == "v" or (tag == "t" and self.kind == "inlineStr"):
            self.collecting = self.has_value = True
        elif tag == "f":
            self.has_formula = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _characters(self, text: str) -> None:
        if self.collecting and self.value is not None:
            self.value.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("v", "t"):
            self.collecting = False
        elif tag == "c" and self.value is not None:
            text = self._text("".join(self.value)) if self.has_value else ""
            self.formulas += self.has_formula and not text
            self.value = None
            if text:
                self._keep(text)

    def _keep(self, text: str) -> None:
        rows, columns, cells = self.limits
        if self.row > rows:
            raise too_large(
                tr(f"工作表到第 {self.row} 行还有内容", f"The sheet goes on to row {self.row}"),
                tr(f"{rows} 行", f"{rows} rows"),
            )
        if self.column <= columns:
            self.cells[self.row, self.column] = text
        if len(self.cells) > cells:
            raise too_large(tr("工作表单元格过多", "The sheet has too many cells"), str(cells))

    def _text(self, value: str) -> str:
        if self.kind == "s":
            index = int(value)
            return self.strings[index].strip() if 0 <= index < len(self.strings) else ""
        if self.kind in ("str", "b", "d", "inlineStr"):
            return value.strip()
        return "" if self.kind == "e" else self._number(value.strip())

    def _number(self, value: str) -> str:
        shown = self.formats[self.style] if 0 <= self.style < len(self.formats) else "plain"
        try:
            amount = float(value)
        except ValueError:
            return value
        if shown == "date" and 0 < amount < 2_958_466:
            return (self.origin + timedelta(days=int(amount))).isoformat()
        if shown == "percent":
            return f"{amount * 100:.12g}%"
        return f"{amount:.15g}" if "e" not in f"{amount:.15g}" else f"{amount:f}"

    def _merge(self, reference: str) -> None:
        found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", reference)
        if found and len(self.merged) < self.limits[0]:
            left, top, right, bottom = found.groups()
            self.merged.append((int(top), _column(left), int(bottom), _column(right)))

    def _rectangle(self) -> list[tuple[str, ...]]:
        if not self.cells:
            return []
        height = max(row for row, _ in self.cells)
        width = max(column for _, column in self.cells)
        if height * width > 10 * self.limits[2]:
            raise too_large(tr("工作表过大而稀疏", "The sheet is too large and sparse"), str(10 * self.limits[2]))
        for top, left, bottom, right in self.merged:
            text = self.cells.get((top, left))
            if text and bottom > top and number(text) is not None and not is_year(text):
                # One figure across the rows of several areas is a figure of none of them alone.
                self.shared.append(text)
                del self.cells[top, left]
                continue
            for row in range(top, min(bottom, height) + 1) if text else ():
                for column in range(left, min(right, width) + 1):
                    self.cells.setdefault((row, column), text or "")
        columns = range(1, width + 1)
        return [tuple(self.cells.get((row, column), "") for column in columns) for row in range(1, height + 1)]


def _column(reference: str) -> int:
    """Return the number of a column: ``C5`` and ``C`` give 3; 0 if the reference names none."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    number = 0
    for letter in letters.group() if letters else "":
        number = number * 26 + ord(letter) - 64
    return number
