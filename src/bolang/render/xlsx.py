"""Excel: every number as a number, with its unit, year, status and source."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolang.atlas.catalogue import unit_text
from bolang.document.model import STATUS_TEXT, Cell, Document, KeyFigures, Number, Table
from bolang.document.numbering import Numbering
from bolang.foundation.text import Lang, Text, join, same
from bolang.render.flat import cell_text
from bolang.render.labels import caption_gap
from bolang.wording import load
from bolang.wording.dates import date_text

WORDS = load("formats")
_COUNT = re.compile(r"[1-9]\d{0,3}")
_NARROWEST, _WIDEST = 11.0, 60.0
_NUMBER_COLUMNS = {
    "head.where": 10,
    "head.row": 26,
    "head.column": 30,
    "head.value": 16,
    "head.unit": 14,
    "head.year": 8,
    "head.low": 12,
    "head.high": 12,
    "head.status": 16,
    "head.source": 60,
}
"""Heads of the sheet of all numbers, and their widths."""
_KEY_COLUMNS = {
    "head.figure": 26,
    "head.value": 16,
    "head.unit": 16,
    "head.year": 8,
    "head.status": 18,
    "head.remark": 50,
    "head.source": 60,
}
_FACT_COLUMNS = {
    "head.note": 8,
    "head.code": 10,
    "head.indicator": 26,
    "head.value": 16,
    "head.unit": 12,
    "head.year": 8,
    "head.period": 9,
    "head.status": 12,
    "head.source": 60,
    "head.method": 40,
    "head.steps": 40,
    "head.definition": 30,
    "head.origin": 12,
}


def render_xlsx(document: Document, lang: Lang) -> bytes:
    """Render a document as the bytes of an .xlsx workbook: index, tables, figure data, all numbers, facts.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of labels; it also sets the unit (亿元, or billion yuan).
    """
    import xlsxwriter

    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = document.date
    book.set_properties(
        {
            "title": document.title.in_(lang),
            "author": document.authors.in_(lang),
            "created": datetime(day.year, day.month, day.day),
        }
    )
    _WorkbookWriter(book, document, lang).write()
    book.close()
    return raw.getvalue()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number and where it stands."""

    where: str
    row: str
    column: str
    number: Number
    source: Text


class _WorkbookWriter:
    def __init__(self, book: Any, document: Document, lang: Lang) -> None:
        self.book, self.document, self.lang = book, document, lang
        self.numbering = Numbering(document)
        self._formats: dict[tuple[str, int, bool, bool, str], Any] = {}
        font = {"font_name": "Microsoft YaHei" if lang == "zh" else "Arial", "font_size": 10}
        self.base = font
        self.title = book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#1F4E79"})
        ruled = {"top": 2, "bottom": 1, "bg_color": "#F3F6F9"}
        centred = {"text_wrap": True, "valign": "vcenter", "align": "center"}
        self.head = book.add_format({**font, **ruled, **centred, "bold": True})
        self.small = book.add_format({**font, "font_size": 9, "font_color": "#5F6B76"})
        self.text = book.add_format({**font, "valign": "top"})
        self.link = book.add_format({**font, "font_color": "#1F4E79", "underline": 1})

    def write(self) -> None:
        index = self._sheet(WORDS("sheet.index"))
        lang = self.lang
        blocks = self.document.walk()
        entries = [
            (self._keyfigures(block), WORDS("sheet.keys").in_(lang))
            for block in blocks
            if isinstance(block, KeyFigures)
        ]
        entries += [(self._table(key, table), table.caption.in_(lang)) for key, table in self._all_tables()]
        entries.append((self._numbers(), WORDS("sheet.numbers").in_(self.lang)))
        entries.append((self._facts(), WORDS("sheet.facts").in_(self.lang)))
        self._fill_index(index, entries)

    def _all_tables(self) -> list[tuple[str, Table]]:
        """Return tables, then the numbers behind figures, each with the key that numbers it."""
        behind = [(figure.key, figure.data) for figure in self.document.figures() if figure.data is not None]
        return [(table.key, table) for table in self.document.tables()] + behind + self._annex()

    def _annex(self) -> list[tuple[str, Table]]:
        return [(table.key, table) for table in self.document.annex]

    def _label(self, key: str) -> str:
        """Return the number of a table or figure; a table of the annex goes by its name."""
        apart = next((table for table in self.document.annex if table.key == key), None)
        return self.numbering.label(key).in_(self.lang) if apart is None else apart.caption.in_(self.lang)

    def _sheet(self, name: Text | str) -> Any:
        sheet = self.book.add_worksheet((name.in_(self.lang) if isinstance(name, Text) else name)[:31])
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _fill_index(self, sheet: Any, entries: list[tuple[str, str]]) -> None:
        document, lang = self.document, self.lang
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, document.title.in_(lang), self.title)
        sheet.write_string(1, 0, document.subtitle.in_(lang), self.text)
        sheet.write_string(2, 0, f"{document.authors.in_(lang)}　{date_text(document.date).in_(lang)}", self.small)
        for row, (name, caption) in enumerate(entries, 4):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            sheet.write_string(row, 1, caption, self.text)

    def _keyfigures(self, block: KeyFigures) -> str:
        sheet = self._sheet(WORDS("sheet.keys"))
        self._columns(sheet, _KEY_COLUMNS)
        for row, item in enumerate(block.items, 1):
            number = item.number
            sheet.write_string(row, 0, item.label.in_(self.lang), self.text)
            self._number(sheet, row, 1, number)
            sheet.write_string(row, 2, number.unit.label.in_(self.lang).strip(), self.text)
            self._year(sheet, row, 3, number)
            sheet.write_string(row, 4, _status(number).in_(self.lang), self.text)
            sheet.write_string(row, 5, item.remark.in_(self.lang), self.text)
            sheet.write_string(row, 6, number.source.in_(self.lang), self.text)
        sheet.freeze_panes(1, 1)
        return WORDS("sheet.keys").in_(self.lang)

    def _table(self, key: str, table: Table) -> str:
        label = self._label(key)
        sheet = self._sheet(label)
        caption = table.caption.in_(self.lang)
        sheet.write_string(0, 0, caption if caption == label else label + caption_gap(self.lang) + caption, self.title)
        for position, column in enumerate(table.columns):
            head = self._head_of(table, position)
            sheet.set_column(position, position, _width(table, position, head, self.lang))
            sheet.write_string(2, position, head, self.head)
            for line, row in enumerate(table.rows, 3):
                self._cell(sheet, line, position, row.cells[position], (column.align, row.strong))
        below = 4 + len(table.rows)
        sheet.write_string(below, 0, WORDS("source", names=table.source).in_(self.lang), self.small)
        sheet.freeze_panes(3, 1)
        return label

    def _head_of(self, table: Table, position: int) -> str:
        """Return the head of a column, with the unit of its numbers where neither it nor the names of the rows say it."""
        column, lang = table.columns[position], self.lang
        said = column.label
        if column.group is not None:
            said = WORDS("head.grouped", group=column.group, name=said)
        name = said.in_(lang)
        found = {
            cell.unit.label.in_(lang).strip() for row in table.rows if isinstance(cell := row.cells[position], Number)
        }
        unit = found.pop() if len(found) == 1 else ""
        if not unit or unit in name or all(unit in cell_text(row.cells[0], lang) for row in table.rows):
            return name
        return WORDS("head.with_unit", name=said, unit=unit).in_(lang)

    def _cell(self, sheet: Any, line: int, position: int, cell: Cell, look: tuple[str, bool]) -> None:
        """Write a cell as its column is set; a text that is a year or a rank is written as the number that it is."""
        if isinstance(cell, Number):
            self._number(sheet, line, position, cell)
            return
        text, style = cell.in_(self.lang), self._style(f"text {look[0]}", 0, look[1], False)
        if _COUNT.fullmatch(text) and position:
            sheet.write_number(line, position, int(text), style)
        else:
            sheet.write_string(line, position, text, style)

    def _number(self, sheet: Any, row: int, column: int, number: Number) -> None:
        value = number.shown(self.lang)
        if value is None:
            sheet.write_string(row, column, number.missing.in_(self.lang), self._style("missing", 0, False, False))
        else:
            year = number.year_behind(self.lang)
            style = self._style(
                "number", number.digits_in(self.lang), number.status == "estimated", number.signed, year
            )
            sheet.write_number(row, column, _exact(value), style)

    def _style(self, kind: str, digits: int, marked: bool, signed: bool, behind: str = "") -> Any:
        """Return a cell format; an estimated number is in italics, a strong row in bold; `behind` stands after the value."""
        key = (kind, digits, marked, signed, behind)
        if key not in self._formats:
            options: dict[str, Any] = dict(self.base)
            if kind == "number":
                form = "#,##0" + ("." + "0" * digits if digits else "") + (f'"{behind}"' if behind else "")
                options["num_format"] = f"+{form};-{form};{form}" if signed else form
                options["italic"] = marked
            elif kind == "missing":
                options |= {"align": "right", "font_color": "#8A949E"}
            else:
                options |= {"bold": marked, "align": kind.removeprefix("text ")}
            self._formats[key] = self.book.add_format(options)
        return self._formats[key]

    def _year(self, sheet: Any, row: int, column: int, number: Number) -> None:
        if number.year is not None:
            sheet.write_number(row, column, number.year, self.text)

    def _numbers(self) -> str:
        sheet = self._sheet(WORDS("sheet.numbers"))
        self._columns(sheet, _NUMBER_COLUMNS)
        for row, placed in enumerate(self._placed(), 1):
            number, scale = placed.number, placed.number.unit.scale(self.lang)
            for column, text in enumerate((placed.where, placed.row, placed.column)):
                sheet.write_string(row, column, text, self.text)
            self._number(sheet, row, 3, number)
            unit = number.unit.label.in_(self.lang).strip() or WORDS("ratio").in_(self.lang)
            sheet.write_string(row, 4, unit, self.text)
            self._year(sheet, row, 5, number)
            for column, bound in ((6, number.low), (7, number.high)):
                if bound is not None:
                    style = self._style("number", number.digits_in(self.lang), False, number.signed)
                    sheet.write_number(row, column, _exact(bound * scale), style)
            sheet.write_string(row, 8, _status(number).in_(self.lang), self.text)
            source = number.source if number.source.zh else placed.source
            sheet.write_string(row, 9, source.in_(self.lang), self.text)
        sheet.freeze_panes(1, 0)
        return WORDS("sheet.numbers").in_(self.lang)

    def _placed(self) -> Iterator[_Placed]:
        lang = self.lang
        for block in self.document.walk():
            if isinstance(block, KeyFigures):
                for item in block.items:
                    yield _Placed(WORDS("sheet.keys").in_(lang), item.label.in_(lang), "", item.number, same(""))
        for key, table in self._all_tables():
            for row in table.rows:
                name = row.cells[0]
                first = name.plain(lang) if isinstance(name, Number) else name.in_(lang)
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if isinstance(cell, Number):
                        label = column.label.in_(lang)
                        yield _Placed(self._label(key), first, label, cell, table.source)

    def _facts(self) -> str:
        sheet = self._sheet(WORDS("sheet.facts"))
        self._columns(sheet, _FACT_COLUMNS)
        row = 0
        for note in self.numbering.notes:
            for fact in note.facts:
                row += 1
                sheet.write_number(row, 0, self.numbering.note_number(note), self.text)
                sheet.write_string(row, 1, fact.code, self.text)
                sheet.write_string(row, 2, fact.label.in_(self.lang), self.text)
                style = self._style("number", _digits(fact.value), fact.status == "estimated", False)
                sheet.write_number(row, 3, _exact(fact.value), style)
                sheet.write_string(
                    row, 4, unit_text(fact.unit).in_(self.lang) or WORDS("ratio").in_(self.lang), self.text
                )
                sheet.write_number(row, 5, fact.year, self.text)
                known = fact.provenance
                period = WORDS("whole_year") if fact.period == "year" else same(fact.period)
                steps = join(known.said_steps, "；", "; ")
                status, origin = STATUS_TEXT[fact.status], WORDS(f"origin.{fact.origin}")
                texts = (period, status, known.source, known.method, steps, known.definition, origin)
                for column, text in enumerate((text.in_(self.lang) for text in texts), 6):
                    sheet.write_string(row, column, text, self.text)
        sheet.freeze_panes(1, 0)
        return WORDS("sheet.facts").in_(self.lang)

    def _columns(self, sheet: Any, columns: Mapping[str, int]) -> None:
        for position, (head, width) in enumerate(columns.items()):
            sheet.set_column(position, position, width)
            sheet.write_string(0, position, WORDS(head).in_(self.lang), self.head)


def _status(number: Number) -> Text:
    return STATUS_TEXT["missing" if number.value is None else number.status]


def _exact(value: float) -> float:
    """Drop what multiplying by the unit has added behind the last digit of the source."""
    return float(f"{value:.12g}")


def _width(table: Table, position: int, head: str, lang: Lang) -> float:
    """Return the width of a column in characters, for its longest cell and half its head."""
    cells = [cell_text(row.cells[position], lang) for row in table.rows]
    return min(_WIDEST, max(_NARROWEST, _signs(head) / 2 + 2, *(_signs(cell) + 2 for cell in cells)))


def _signs(text: str) -> float:
    """Count characters, a Chinese one as two."""
    return float(sum(1 + (ord(sign) > 0x2E7F) for sign in text))


def _digits(value: float) -> int:
    """Decimals that show the value as it is stored, up to four."""
    return next((digits for digits in range(4) if round(value, digits) == value), 4)
