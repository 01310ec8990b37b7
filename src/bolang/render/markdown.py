"""Markdown: a page as text that reads well unrendered, with tables and numbered notes."""

from __future__ import annotations

from collections.abc import Iterator

from bolang.document.model import Block, Box, Document, Figure, KeyFigures, Number, Paragraph, Section, Table
from bolang.document.numbering import Numbering
from bolang.foundation.text import Lang
from bolang.render.flat import cell_text
from bolang.render.labels import caption_gap
from bolang.wording import load
from bolang.wording.dates import date_text

WORDS = load("formats")

_MARKS = {"left": ":--", "center": ":-:", "right": "--:"}
_SPECIAL = str.maketrans({c: f"\\{c}" for c in r"\`*_[]<>|#"})


def render_markdown(document: Document, lang: Lang) -> bytes:
    """Render a document as UTF-8 Markdown (tables and footnotes as on GitHub)."""
    writer = _MarkdownWriter(document, lang)
    return ("\n\n".join(writer.lines()) + "\n").encode()


class _MarkdownWriter:
    def __init__(self, document: Document, lang: Lang) -> None:
        self.document = document
        self.lang: Lang = lang
        self.numbering = Numbering(document)
        self.headings = {id(heading.section): heading for heading in self.numbering.headings}

    def lines(self) -> Iterator[str]:
        document, lang = self.document, self.lang
        yield f"# {_plain(document.title.in_(lang))}"
        if document.subtitle.in_(lang):
            yield f"*{_plain(document.subtitle.in_(lang))}*"
        yield f"{_plain(document.authors.in_(lang))} · {date_text(document.date).in_(lang)}"
        for block in (*document.front, *document.sections):
            yield from self._block(block)
        if self.numbering.notes:
            yield f"## {WORDS('notes').in_(lang)}"
        for number, note in enumerate(self.numbering.notes, 1):
            yield f"[^{number}]: {_plain(note.text.in_(lang))}"

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Section):
            heading = self.headings.get(id(block))
            level = heading.level if heading else 1
            number = heading.number.in_(self.lang) if heading else ""
            gap = " " if number and self.lang == "en" else ""
            yield f"{'#' * (level + 1)} {number}{gap}{_plain(block.title.in_(self.lang))}"
            for each in block.blocks:
                yield from self._block(each)
        elif isinstance(block, Paragraph):
            yield self._paragraph(block)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Figure):
            caption = self.numbering.label(block.key).in_(self.lang) + caption_gap(self.lang)
            yield f"**{caption}{_plain(block.caption.in_(self.lang))}** {_plain(block.alt.in_(self.lang))}"
        elif isinstance(block, KeyFigures):
            yield "\n".join(
                f"- {_plain(item.label.in_(self.lang))}: {_number(item.number, self.lang)} "
                f"{_plain(item.remark.in_(self.lang))}".rstrip()
                for item in block.items
            )
        else:
            yield from self._box(block)

    def _paragraph(self, block: Paragraph) -> str:
        pieces = self.numbering.pieces(block.sentences, self.lang)
        text = "".join(f"[^{piece.text}]" if piece.kind == "note" else _inside(piece.text) for piece in pieces)
        lead = f"**{_plain(block.lead.in_(self.lang))}** " if block.lead else ""
        return ("- " if block.role == "bullet" else "") + lead + text

    def _box(self, box: Box) -> Iterator[str]:
        parts = [f"**{_plain(box.title.in_(self.lang))}**", *(self._paragraph(p) for p in box.paragraphs)]
        yield "\n".join(f"> {part}\n>" for part in parts).removesuffix("\n>")

    def _table(self, table: Table) -> Iterator[str]:
        yield f"**{self.numbering.label(table.key).in_(self.lang)}{caption_gap(self.lang)}{_plain(table.caption.in_(self.lang))}**"
        heads = [
            (f"{column.group.in_(self.lang)} " if column.group else "") + column.label.in_(self.lang)
            for column in table.columns
        ]
        rows = [[_plain(cell_text(cell, self.lang)) for cell in row.cells] for row in table.rows]
        marks = [_MARKS[column.align] for column in table.columns]
        lines = [[_plain(head) for head in heads], marks, *rows]
        yield "\n".join(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in line)} |" for line in lines)
        yield WORDS("source", names=_plain(table.source.in_(self.lang))).in_(self.lang)


def _number(number: Number, lang: Lang) -> str:
    return _plain(number.text.in_(lang))


def _inside(text: str) -> str:
    """Escape a part of a paragraph; a space before it parts it from the sentence before."""
    return (" " if text[:1].isspace() else "") + _plain(text)


def _plain(text: str) -> str:
    """Escape what Markdown would take for markup, and keep a paragraph on one line."""
    return " ".join(text.translate(_SPECIAL).split())
