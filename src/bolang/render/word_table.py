"""Tables of Word: three rules, repeated headers, and the strip of key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from bolang.document.model import Box, Column, KeyFigure, KeyFigures, Number, Row, Table
from bolang.foundation.text import Text
from bolang.render import word_xml as xml
from bolang.render.widths import fitted, stays_whole
from bolang.render.word_styles import ACCENT, INK, RULE, TINT

if TYPE_CHECKING:
    from bolang.render.word import _WordWriter

_ENDS = 1
"""Rows at either end of a longer table that stay with the next one towards its middle: no page for a single row."""
_CARDS_IN_A_ROW = 3
_MARGIN = 70
"""Twentieths of a point on either side of the text of a cell."""


def fill_table(writer: _WordWriter, table: Table) -> None:
    """Append a table in three rules (三线表) whose header rows repeat on every page."""
    grouped = any(column.group for column in table.columns)
    heads = 2 if grouped else 1
    made = _new_table(writer, heads + len(table.rows), fitted(table, writer.lang))
    _head(writer, made, table.columns, grouped)
    short = stays_whole(table, writer.lang)
    for position, row in enumerate(table.rows):
        cells = made.rows[heads + position].cells
        edge = position < _ENDS or position >= len(table.rows) - 1 - _ENDS
        _row(writer, cells, row, table.columns, keep=short or edge)
    _rules(made, heads)


def _new_table(writer: _WordWriter, rows: int, widths: list[float]) -> Any:
    made = writer.docx.add_table(rows, len(widths))
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _margins(made)
    total = sum(widths)
    full = writer.page.text_width
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(full * width / total)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(xml.element("cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(full * width / total)
    return made


def _margins(made: Any) -> None:
    """Say the room beside the text of cells in the table itself: LibreOffice does not read it from the style, and takes more."""
    margins = xml.element("tblCellMar")
    for side in ("left", "right"):
        margins.append(xml.element(side, w=_MARGIN, type="dxa"))
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _head(writer: _WordWriter, made: Any, columns: tuple[Column, ...], grouped: bool) -> None:
    labels = [column.label.in_(writer.lang) for column in columns]
    rows = made.rows[: 2 if grouped else 1] if grouped else [made.rows[0]]
    for row in rows:
        row._tr.get_or_add_trPr().append(xml.element("tblHeader"))
    bottom = rows[-1].cells
    for position, column in enumerate(columns):
        if grouped and column.group is None:
            bottom[position].merge(rows[0].cells[position])
        cell = rows[0].cells[position] if grouped and column.group is None else bottom[position]
        _write(writer, cell, labels[position], column.align, "Table Head")
    if grouped:
        _groups(writer, rows[0], columns)


def _groups(writer: _WordWriter, row: Any, columns: tuple[Column, ...]) -> None:
    start = 0
    while start < len(columns):
        group = columns[start].group
        end = start
        while end + 1 < len(columns) and group is not None and columns[end + 1].group == group:
            end += 1
        if group is not None:
            cell = row.cells[start].merge(row.cells[end]) if end > start else row.cells[start]
            _write(writer, cell, group.in_(writer.lang), "center", "Table Head")
            _underline(cell._tc, (4, RULE))
        start = end + 1


def _row(writer: _WordWriter, cells: Any, row: Row, columns: tuple[Column, ...], *, keep: bool) -> None:
    for cell, content, column in zip(cells, row.cells, columns, strict=True):
        text = content.plain(writer.lang) if isinstance(content, Number) else content.in_(writer.lang)
        paragraph = _write(writer, cell, text, column.align, "Table Text", strong=row.strong)
        if content is row.cells[0]:
            writer.pieces(paragraph, writer.numbering.note_pieces(row.notes))
        if keep:
            paragraph.paragraph_format.keep_with_next = True


def _write(writer: _WordWriter, cell: Any, text: str, align: str, style: str, *, strong: bool = False) -> Any:
    paragraph = cell.paragraphs[0]
    xml.set_style(paragraph, style)
    if align != "left":
        paragraph._p.get_or_add_pPr().append(xml.element("jc", val=align))
    if text:
        writer.run(paragraph, _breakable(text), "Strong" if strong else None)
    cell._tc.get_or_add_tcPr().append(xml.element("vAlign", val="center"))
    return paragraph


def _breakable(text: str) -> str:
    """Let a line break before a full-width bracket: no rule of line breaking allows it, and a number would break instead."""
    return text.replace("（", "\u200b（")


def _rules(made: Any, heads: int) -> None:
    _set_borders(made, xml.borders("tblBorders", top=(12, INK), bottom=(12, INK)))
    # Every cell of the row itself, not those that python-docx shows in place of merged ones.
    for cell in made.rows[heads - 1]._tr.tc_lst:
        _underline(cell, (6, INK))


def _underline(cell: Any, line: tuple[int, str]) -> None:
    """Draw a line under a cell; borders stand before the vertical alignment in the schema."""
    properties = cell.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcBorders")):
        properties.remove(old)
    rule, align = xml.borders("tcBorders", bottom=line), properties.find(qn("w:vAlign"))
    if align is None:
        properties.append(rule)
    else:
        align.addprevious(rule)


def _set_borders(made: Any, border: Any) -> None:
    properties = made._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        layout.addprevious(border)
    else:
        properties.append(border)


def fill_keyfigures(writer: _WordWriter, block: KeyFigures) -> None:
    """Append the strip of key figures as a plain table of cards."""
    count = len(block.items)
    rows = -(-count // _CARDS_IN_A_ROW)
    made = _new_table(writer, rows, [1.0] * _CARDS_IN_A_ROW)
    _set_borders(made, xml.borders("tblBorders", top=(8, INK), bottom=(8, INK), insideH=(4, RULE)))
    for position, item in enumerate(block.items):
        row, column = divmod(position, _CARDS_IN_A_ROW)
        _card(writer, made.rows[row].cells[column], item)
    writer.add("Spacer")


def _card(writer: _WordWriter, cell: Any, item: KeyFigure) -> None:
    label = cell.paragraphs[0]
    xml.set_style(label, "Key Label")
    writer.run(label, item.label.in_(writer.lang))
    writer.pieces(label, writer.numbering.note_pieces(item.notes))
    value = cell.add_paragraph()
    xml.set_style(value, "Key Value")
    writer.run(value, item.number.bare(writer.lang))
    unit = item.number.unit_and_mark(writer.lang)
    if unit:
        writer.run(value, " " + unit, "Key Unit")
    _remark(writer, cell, item.remark)


def _remark(writer: _WordWriter, cell: Any, remark: Text) -> None:
    paragraph = cell.add_paragraph()
    xml.set_style(paragraph, "Key Remark")
    writer.run(paragraph, remark.in_(writer.lang))
    xml.shade(cell._tc.get_or_add_tcPr(), TINT)


def fill_box(writer: _WordWriter, box: Box, *, whole: bool) -> None:
    """Append a passage set apart as a tinted cell: a row that may not break stays whole in every program."""
    made = writer.docx.add_table(1, 1)
    made.autofit = False
    cell = made.rows[0].cells[0]
    cell.width = Mm(writer.page.text_width)
    if whole:
        made.rows[0]._tr.get_or_add_trPr().append(xml.element("cantSplit"))
    properties = cell._tc.get_or_add_tcPr()
    properties.append(xml.borders("tcBorders", left=(24, ACCENT)))
    xml.shade(properties, TINT)
    heading = cell.paragraphs[0]
    xml.set_style(heading, "Box Heading")
    writer.run(heading, box.title.in_(writer.lang))
    for paragraph in box.paragraphs:
        writer.paragraph(paragraph, "Box Text", cell)
    writer.add("Spacer")
