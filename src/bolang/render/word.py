"""Word: native and editable, with heading styles, captions, contents, numbered notes and East Asian fonts."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from bolang.document.closing import take_closing
from bolang.document.model import (
    Block,
    Box,
    Document,
    Figure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    Sentence,
    Style,
    Table,
)
from bolang.document.numbering import Numbering, Piece
from bolang.figures.canvas import png
from bolang.foundation.plain import line
from bolang.foundation.text import Lang, Text
from bolang.render import word_xml as xml
from bolang.render.flat import WHOLE_BOX, ties
from bolang.render.labels import caption_gap
from bolang.render.widths import title_points
from bolang.render.word_chart import add_chart
from bolang.render.word_contents import add_contents
from bolang.render.word_notes import add_notes
from bolang.render.word_styles import FALLBACKS, RULE, page, styles_element
from bolang.render.word_table import fill_box, fill_keyfigures, fill_table
from bolang.wording import load
from bolang.wording.dates import date_text

WORDS = load("formats")

_DPI = 200


def render_word(document: Document, lang: Lang, style: Style) -> bytes:
    """Render a document as the bytes of a .docx file.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of every text.
    style : {'analyst', 'official'}
        Page layout; ``official`` follows GB/T 9704-2012.
    """
    writer = _WordWriter(document, lang, style)
    writer.write()
    return xml.package_bytes(writer.docx, document.date)


STYLES = {
    "body": "Body Text",
    "answer": "Body Text",
    "bullet": "List Bullet",
    "small": "Small Text",
    "closing": "Small Text",
    "address": "Address",
    "signature": "Signature",
}
"""Styles of paragraphs by role."""
_JOINER = "\ufeff"
"""A no-width non-break that Word and LibreOffice both honour: no line begins with the mark of a note."""
PROPERTY = 255
"""Characters that Word takes in a property of a file."""


class _WordWriter:
    """Writes one document; holds what every part of it needs."""

    def __init__(self, document: Document, lang: Lang, style: Style) -> None:
        self.document, self.closing = take_closing(document)
        self.lang, self.style = lang, style
        self.numbering = Numbering(self.document)
        self.page = page(style)
        self.docx = _blank(lang, style)
        self.bookmarks = xml.Bookmarks()
        self.charts = 0
        self.headings = {id(heading.section): heading for heading in self.numbering.headings}
        self.drawings = {figure.key: figure.draw(lang) for figure in document.figures()}

    def write(self) -> None:
        """Write all parts in the order of the page."""
        self._set_page()
        self._set_properties()
        self._opening()
        for block in self.document.front:
            self.block(block)
        self._contents()
        for section in self.document.sections:
            self.block(section)
        self._notes()
        if self.closing is not None:
            self.paragraph(self.closing)

    def _opening(self) -> None:
        """Write what stands above the text; an official report has its title alone, and is signed at its end."""
        if self.style == "official":
            self.add("Title", self.document.title)
            return
        self.add("Kicker", self.document.kicker)
        title = self.add("Title", self.document.title)
        title.runs[0].font.size = Pt(title_points(self.document.title.in_(self.lang)))
        self.add("Subtitle", self.document.subtitle)
        self.add("Byline", self.document.authors).add_run(f"　{date_text(self.document.date).in_(self.lang)}")

    # -- parts -----------------------------------------------------------------------------------------------------

    def add(self, style: str, text: Text | str = "", cell: Any = None) -> Any:
        """Append a paragraph in a style, to the page or to a cell."""
        shown = text.in_(self.lang) if isinstance(text, Text) else text
        paragraph = (self.docx if cell is None else cell).add_paragraph()
        xml.set_style(paragraph, style)
        if shown:
            self.run(paragraph, shown)
        return paragraph

    def run(self, paragraph: Any, text: str, style: str | None = None) -> Any:
        """Append text; ambiguous punctuation takes the Chinese font in Chinese."""
        run = paragraph.add_run(text)
        if style:
            run._r.style = xml.style_id(style)
        if self.lang == "zh":
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:hint"), "eastAsia")
        return run

    def block(self, block: Block) -> None:
        """Append a block of any kind."""
        if isinstance(block, Section):
            self._section(block)
        elif isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, KeyFigures):
            fill_keyfigures(self, block)
        elif isinstance(block, Box):
            self._box(block)

    def _section(self, section: Section) -> None:
        heading = self.headings.get(id(section))
        if heading is None:
            paragraph = self.add("Front Heading", section.title)
        else:
            paragraph = self.add(f"Heading {heading.level}", section.title)
            if not section.numbered:
                xml.set_numbering(paragraph._p.get_or_add_pPr(), 0, 0)
            self.bookmarks.around(paragraph, xml.anchor(section.key, "section"), 1)
        if section.new_page:
            paragraph.paragraph_format.page_break_before = True
        noted = bool(self.numbering.notes) and section is self.document.sections[-1]
        for position, (block, tied) in enumerate(zip(section.blocks, ties(section, noted), strict=True)):
            self.block(block)
            if tied:
                self.docx.paragraphs[-1].paragraph_format.keep_with_next = True
            elif position == 0 and isinstance(block, Paragraph):
                _may_split(self.docx.paragraphs[-1])

    def paragraph(self, block: Paragraph, style: str = "", cell: Any = None) -> None:
        """Append a paragraph of sentences."""
        paragraph = self.add(style or STYLES[block.role], cell=cell)
        if block.lead:
            self.run(paragraph, block.lead.in_(self.lang), "Strong")
            if self.lang == "en":
                self.run(paragraph, " ")
        self.pieces(paragraph, self.numbering.pieces(block.sentences, self.lang))

    def pieces(self, paragraph: Any, pieces: list[Piece]) -> None:
        """Append text, cross-references and note marks; marks that stand together share their brackets."""
        before = None
        for piece in pieces:
            if before is not None and before.kind == "note" and piece.kind != "note":
                self.run(paragraph, "]", "Note Mark")
            if piece.kind == "text":
                self.run(paragraph, piece.text)
            elif piece.kind == "reference":
                xml.add_field(paragraph, f"REF {xml.anchor(piece.key)} \\h", piece.text)
            else:
                together = before is not None and before.kind == "note"
                self.run(paragraph, "," if together else _JOINER + "[", "Note Mark")
                xml.add_field(paragraph, f"REF {xml.anchor(piece.text, 'note')} \\r \\h", piece.text, "Note Mark")
            before = piece
        if before is not None and before.kind == "note":
            self.run(paragraph, "]", "Note Mark")

    def _box(self, box: Box) -> None:
        if self.style != "official":
            fill_box(self, box, whole=len(box.paragraphs) <= WHOLE_BOX)
            return
        self.add("Box Heading", box.title)
        for paragraph in box.paragraphs:
            self.paragraph(paragraph, "Box Text")

    def _caption(self, key: str, caption: Text) -> Any:
        label = self.numbering.label(key).in_(self.lang)
        word = label.rstrip("0123456789").strip()
        paragraph = self.add("caption")
        start = len(paragraph._p)
        self.run(paragraph, word + ("" if self.lang == "zh" else " "))
        xml.add_field(paragraph, f"SEQ {word} \\* ARABIC", label.removeprefix(word).strip())
        self.bookmarks.around(paragraph, xml.anchor(key), start)
        self.run(paragraph, caption_gap(self.lang) + caption.in_(self.lang))
        return paragraph

    def source(self, source: Text, notes: tuple[Note, ...]) -> None:
        """Append the source line under a figure or table."""
        paragraph = self.add("Source", WORDS("source", names=""))
        self.pieces(paragraph, self.numbering.pieces((Sentence(source, notes),), self.lang))

    def _table(self, table: Table) -> None:
        self._caption(table.key, table.caption)
        fill_table(self, table)
        self.source(table.source, table.notes)

    def _figure(self, figure: Figure) -> None:
        paragraph = self.add("Figure")
        if figure.chart is not None:
            self.charts += 1
            words = (figure.caption.in_(self.lang), figure.alt.in_(self.lang))
            add_chart(
                self.docx,
                paragraph,
                figure.chart,
                self.lang,
                self.charts,
                self.page.text_width,
                words,
                self.document.date,
            )
            self._caption(figure.key, figure.caption)
            self.source(figure.source, figure.notes)
            return
        image = png(self.drawings[figure.key], _DPI)
        width = min(image.width_mm, self.page.text_width)
        shape = paragraph.add_run().add_picture(io.BytesIO(image.content), width=Mm(width))
        shape._inline.docPr.set("descr", figure.alt.in_(self.lang))
        shape._inline.docPr.set("title", figure.caption.in_(self.lang))
        self._caption(figure.key, figure.caption)
        self.source(figure.source, figure.notes)

    # -- contents, notes, page -------------------------------------------------------------------------------------

    def _contents(self) -> None:
        entries = [heading for heading in self.numbering.headings if heading.level == 1]
        if not entries or self.style == "official":
            return
        add_contents(self, entries)

    def _notes(self) -> None:
        """Write the notes as a numbered list: endnotes proper go to a page of their own in LibreOffice, without a heading."""
        if not self.numbering.notes:
            return
        heading = self.add("Heading 1", WORDS("notes"))
        xml.set_numbering(heading._p.get_or_add_pPr(), 0, 0)
        add_notes(self)

    def _set_page(self) -> None:
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(self.page.top), Mm(self.page.bottom)
        section.left_margin, section.right_margin = Mm(self.page.left), Mm(self.page.right)
        section.header_distance, section.footer_distance = Mm(12), Mm(28 if self.page.official_number else 11)
        if self.page.official_number:
            self.docx.settings.odd_and_even_pages_header_footer = True
            self._page_number(section.footer.paragraphs[0], "right")
            self._page_number(section.even_page_footer.paragraphs[0], "left")
            return
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        self.run(head, self.document.title.in_(self.lang))
        head._p.get_or_add_pPr().append(xml.borders("pBdr", bottom=(4, RULE)))
        self._page_number(section.footer.paragraphs[0], "center")
        self._page_number(section.first_page_footer.paragraphs[0], "center")

    def _page_number(self, paragraph: Any, align: str) -> None:
        xml.set_style(paragraph, "footer")
        paragraph._p.get_or_add_pPr().append(xml.element("jc", val=align))
        official = self.page.official_number
        if official:
            self.run(paragraph, "　— " if align == "left" else "— ")
        xml.add_field(paragraph, "PAGE", "1")
        if official:
            self.run(paragraph, " —　" if align == "right" else " —")
            for run in paragraph.runs:
                run.font.size = Emu(14 * 12700)

    def _set_properties(self) -> None:
        core = self.docx.core_properties
        day = self.document.date
        stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
        core.title = line(self.document.title.in_(self.lang), PROPERTY)
        core.author = line(self.document.authors.in_(self.lang), PROPERTY)
        core.subject = line(self.document.subtitle.in_(self.lang), PROPERTY)
        core.keywords = line(", ".join(word.in_(self.lang) for word in self.document.keywords), PROPERTY)
        core.created = core.modified = stamp
        core.last_modified_by, core.comments, core.revision = core.author, "", 1
        core.language = "zh-CN" if self.lang == "zh" else "en-US"


def _blank(lang: Lang, style: Style) -> Any:
    made = docx.Document()
    part = made.part
    for relation in list(part.rels.values()):
        if relation.reltype.endswith(("/stylesWithEffects", "/customXml")):
            del part.rels[relation.rId]
    for relation in list(part.package.rels.values()):
        if relation.reltype.endswith("/thumbnail"):
            del part.package.rels[relation.rId]
    part._styles_part._element = styles_element(style, lang)
    number = xml.chapter_numbering(made, lang)
    for level in (1, 2, 3):
        properties = made.styles[f"Heading {level}"].element.get_or_add_pPr()
        xml.set_numbering(properties, number, level - 1)
    xml.set_fonts_table(made, FALLBACKS)
    compatibility = made.settings.element.find(qn("w:compat"))
    xml.set_compatibility(compatibility)
    if lang == "zh":
        xml.keep_marks(made.settings.element)
    return made


def _may_split(paragraph: Any) -> None:
    """Let the first text of a chapter split at any line.

    Where the widow rule moves it whole to the next page, LibreOffice leaves the heading behind.
    """
    paragraph.paragraph_format.widow_control = False
