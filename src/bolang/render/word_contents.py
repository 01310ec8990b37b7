"""The contents in two columns: a plain table of one row, so that it never breaks, with a field a column.

Each field lists the chapters inside a bookmark of its own, so that Word fills both again when asked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.shared import Mm

from bolang.document.numbering import Heading
from bolang.render import word_xml as xml

if TYPE_CHECKING:
    from bolang.render.word import _Writer

_GAP_MM = 8.0
_SIDES = ("left", "right")


def halves(count: int) -> tuple[int, int]:
    """Return how many entries stand in the left column and in the right one."""
    return count - count // 2, count // 2


def add_contents(writer: _Writer, entries: Sequence[Heading], pages: Sequence[int]) -> None:
    """Append the contents, already filled."""
    writer.add("Spacer")
    width = (writer.page.text_width - _GAP_MM) / 2
    made = writer.docx.add_table(1, 2)
    made.autofit = False
    made.rows[0]._tr.get_or_add_trPr().append(xml.element("cantSplit"))
    start = 0
    for side, cell, count in zip(_SIDES, made.rows[0].cells, halves(len(entries)), strict=True):
        cell.width = Mm(width + _GAP_MM / 2)
        listed = list(zip(entries, pages, strict=True))[start : start + count]
        start += count
        _column(writer, cell, side, listed, width)


def bookmark_halves(writer: _Writer) -> None:
    """Set the bookmarks that the fields look into, once all chapters stand."""
    chapters = writer.chapters
    if not chapters:
        return
    left, _ = halves(len(chapters))
    first, last = chapters[0]._p, writer.docx.element.body.sectPr
    middle = chapters[left]._p if left < len(chapters) else last
    for side, begin, end in zip(_SIDES, (first, middle), (middle, last), strict=True):
        number = writer.bookmarks.take()
        begin.addprevious(xml.element("bookmarkStart", id=number, name=_name(side)))
        end.addprevious(xml.element("bookmarkEnd", id=number))


def _name(side: str) -> str:
    return f"_contents_{side}"


def _column(writer: _Writer, cell: Any, side: str, listed: Sequence[tuple[Heading, int]], width: float) -> None:
    for position, (heading, number) in enumerate(listed):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        xml.set_style(paragraph, f"toc {heading.level}")
        _tabs(paragraph, width)
        if position == 0:
            _field_part(paragraph, "begin")
            _field_code(paragraph, f' TOC \\o "1-1" \\h \\z \\u \\b {_name(side)} ')
            _field_part(paragraph, "separate")
        _entry(writer, paragraph, heading, number)
        if position == len(listed) - 1:
            _field_part(paragraph, "end")


def _entry(writer: _Writer, paragraph: Any, heading: Heading, number: int) -> None:
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


def _field_part(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._r.append(xml.element("fldChar", fldCharType=kind))


def _field_code(paragraph: Any, code: str) -> None:
    made = xml.element("instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = code
    paragraph.add_run()._r.append(made)
