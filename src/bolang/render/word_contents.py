"""The contents in two columns: a plain table of one row that never breaks, whose page numbers Word computes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from docx.shared import Mm

from bolang.document.numbering import Heading
from bolang.render import word_xml as xml

if TYPE_CHECKING:
    from bolang.render.word import _WordWriter

_GAP_MM = 8.0


def add_contents(writer: _WordWriter, entries: Sequence[Heading], pages: Sequence[int]) -> None:
    """Append the contents: each entry a link to its chapter, with the page as a field that is already filled.

    A contents field cannot stand in two columns without tearing at a page end, and LibreOffice takes it out of a table.
    """
    writer.add("Spacer")
    width = (writer.page.text_width - _GAP_MM) / 2
    made = writer.docx.add_table(1, 2)
    made.autofit = False
    made.rows[0]._tr.get_or_add_trPr().append(xml.element("cantSplit"))
    listed = list(zip(entries, pages, strict=True))
    middle = len(listed) - len(listed) // 2
    for cell, column in zip(made.rows[0].cells, (listed[:middle], listed[middle:]), strict=True):
        cell.width = Mm(width + _GAP_MM / 2)
        paragraphs = [*cell.paragraphs, *(cell.add_paragraph() for _ in column[1:])]
        for paragraph, entry in zip_longest(paragraphs, column):
            xml.set_style(paragraph, "toc 1")
            if entry is not None:
                _tabs(paragraph, width)
                _entry(writer, paragraph, *entry)


def _entry(writer: _WordWriter, paragraph: Any, heading: Heading, number: int) -> None:
    anchor = xml.anchor(heading.section.key, "section")
    start = len(paragraph._p)
    gap = " " if writer.lang == "en" and heading.section.numbered else ""
    writer.run(paragraph, heading.number.in_(writer.lang) + gap + heading.section.title.in_(writer.lang))
    paragraph.add_run().add_tab()
    xml.add_field(paragraph, f"PAGEREF {anchor} \\h", str(number))
    link = xml.anchor_link(paragraph, anchor)
    xml.move_into(link, paragraph, start)


def _tabs(paragraph: Any, width_mm: float) -> None:
    tabs = xml.element("tabs")
    tabs.append(xml.element("tab", val="right", leader="dot", pos=round(width_mm * 56.7)))
    paragraph._p.get_or_add_pPr()._insert_tabs(tabs)
