"""The notes of Word in two columns: plain tables of one row, so that they follow the text and no page holds them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Mm

from bolang.render import word_xml as xml
from bolang.render.note_columns import GAP_MM, note_columns

if TYPE_CHECKING:
    from bolang.render.word import _WordWriter


def add_notes(writer: _WordWriter) -> None:
    """Append the notes: each a numbered paragraph that its marks point at."""
    notes = writer.numbering.notes
    rows = note_columns([note.text.in_(writer.lang) for note in notes])
    made = writer.docx.add_table(len(rows), 2)
    made.autofit = False
    last = len(rows) - 1
    half = (writer.page.text_width - GAP_MM) / 2
    for number, (row, columns) in enumerate(zip(made.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(xml.element("cantSplit"))
        for cell, places, width in zip(row.cells, columns, (half + GAP_MM, half), strict=True):
            cell.width = Mm(width)
            paragraphs = [*cell.paragraphs, *(cell.add_paragraph() for _ in places[1:])]
            for paragraph, place in zip(paragraphs, places, strict=False):
                xml.set_style(paragraph, "Note Text")
                if number == last and writer.closing is not None:
                    paragraph.paragraph_format.keep_with_next = True
                writer.run(paragraph, notes[place].text.in_(writer.lang))
                writer.bookmarks.around(paragraph, xml.anchor(str(place + 1), "note"), 1)
