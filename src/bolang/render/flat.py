"""A document as plain dictionaries in one language: what the HTML and PDF templates lay out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bolang.document.closing import take_closing
from bolang.document.model import (
    Block,
    Box,
    Cell,
    Column,
    Document,
    Figure,
    KeyFigures,
    Note,
    Number,
    Paragraph,
    Section,
    Sentence,
    Table,
)
from bolang.document.numbering import Numbering, Piece
from bolang.foundation.text import Lang
from bolang.render.labels import caption_gap
from bolang.render.note_columns import note_columns
from bolang.render.widths import fitted, outgrows_a_page, stays_whole, title_points
from bolang.wording import load
from bolang.wording.dates import date_text

WORDS = load("formats")

WHOLE_BOX = 8
"""Paragraphs up to which a box is not broken."""
ImageOf = Callable[[Figure], dict[str, Any]]
"""Renders a figure as what the template embeds."""


def _words(lang: Lang) -> dict[str, str]:
    said = {"contents": WORDS("contents"), "notes": WORDS("notes"), "source": WORDS("source", names="")}
    return {key: text.in_(lang) for key, text in said.items()}


def flatten(document: Document, lang: Lang, image_of: ImageOf) -> dict[str, Any]:
    """Return the document as nested dictionaries of strings, ready for JSON or a template.

    Parameters
    ----------
    document : Document
        What to lay out.
    lang : {'zh', 'en'}
        Language of every string.
    image_of : callable
        Renders a figure as what the template embeds.
    """
    return _Flattener(document, lang, image_of).result()


class _Flattener:
    def __init__(self, document: Document, lang: Lang, image_of: ImageOf) -> None:
        self.document, self.closing = take_closing(document)
        self.lang, self.image_of = lang, image_of
        self.numbering = Numbering(self.document)
        self.headings = {id(heading.section): heading for heading in self.numbering.headings}

    def result(self) -> dict[str, Any]:
        document, lang = self.document, self.lang
        front = [self.block(block) for block in document.front]
        body = [self.block(section) for section in document.sections]
        return {
            "lang": "zh-CN" if lang == "zh" else "en",
            "title": document.title.in_(lang),
            "title_size": title_points(document.title.in_(lang)),
            "subtitle": document.subtitle.in_(lang),
            "kicker": document.kicker.in_(lang),
            "authors": document.authors.in_(lang),
            "date": date_text(document.date).in_(lang),
            "keywords": [word.in_(lang) for word in document.keywords],
            "words": _words(lang),
            "front": front,
            "body": body,
            "contents": [
                {
                    "level": heading.level,
                    "id": anchor(heading.section.key, "section"),
                    "text": self._heading_text(heading.number.in_(lang), heading.section),
                }
                for heading in self.numbering.headings
                if heading.level == 1
            ],
            "notes": [
                {"number": number, "text": note.text.in_(lang)} for number, note in enumerate(self.numbering.notes, 1)
            ],
            "closing": None if self.closing is None else self._paragraph(self.closing),
            "note_rows": [
                [[left.start, left.stop], [right.start, right.stop]]
                for left, right in note_columns([note.text.in_(lang) for note in self.numbering.notes])
            ],
        }

    def block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Section):
            return self._section(block)
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, KeyFigures):
            return self._keyfigures(block)
        return self._box(block)

    def _heading_text(self, number: str, section: Section) -> str:
        gap = " " if number and self.lang == "en" else ""
        return number + gap + section.title.in_(self.lang)

    def _section(self, section: Section) -> dict[str, Any]:
        heading = self.headings.get(id(section))
        number = heading.number.in_(self.lang) if heading else ""
        return {
            "type": "section",
            "level": heading.level if heading else 0,
            "id": anchor(section.key, "section"),
            "text": self._heading_text(number, section),
            "new_page": section.new_page,
            "blocks": [
                self.block(block) | {"tied": tied}
                for block, tied in zip(section.blocks, ties(section, self._noted(section)), strict=True)
            ],
        }

    def _noted(self, section: Section) -> bool:
        """Whether the notes follow a section."""
        return bool(self.numbering.notes) and section is self.document.sections[-1]

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        return {
            "type": "paragraph",
            "role": block.role,
            "lead": block.lead.in_(self.lang) if block.lead else "",
            "pieces": _pieces(self.numbering.pieces(block.sentences, self.lang)),
        }

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "type": "table",
            "id": anchor(table.key),
            "caption": self._caption(table.key, table.caption.in_(self.lang)),
            "widths": fitted(table, self.lang),
            "whole": stays_whole(table, self.lang),
            "long": outgrows_a_page(table, self.lang),
            "aligns": [column.align for column in table.columns],
            "heads": self._heads(table.columns),
            "rows": [
                {
                    "strong": row.strong,
                    "key": row.key,
                    "cells": [cell_text(cell, self.lang) for cell in row.cells],
                    "traces": [self._trace(cell) for cell in row.cells],
                    "pieces": _pieces(self.numbering.note_pieces(row.notes)),
                }
                for row in table.rows
            ],
            "source": self._source(table),
        }

    def _trace(self, cell: Cell) -> dict[str, Any] | None:
        """Return which figure of the atlas a number is, for a medium in which it can be looked up."""
        if not isinstance(cell, Number) or cell.value is None:
            return None
        return {
            "facts": [(fact.code, fact.indicator, fact.year) for fact in cell.facts],
            "status": cell.status,
            "year": cell.year,
            "source": cell.source.in_(self.lang),
            "own": any(fact.origin == "workspace" for fact in cell.facts),
        }

    def _heads(self, columns: tuple[Column, ...]) -> list[list[dict[str, Any]]]:
        labels = [column.label.in_(self.lang) for column in columns]
        if not any(column.group for column in columns):
            return [[_head(label, column.align) for label, column in zip(labels, columns, strict=True)]]
        upper: list[dict[str, Any]] = []
        lower: list[dict[str, Any]] = []
        previous = None
        for label, column in zip(labels, columns, strict=True):
            if column.group is None:
                upper.append(_head(label, column.align, rows=2))
            else:
                lower.append(_head(label, column.align))
                if column.group == previous:
                    upper[-1]["span"] += 1
                else:
                    upper.append(_head(column.group.in_(self.lang), "center"))
            previous = column.group
        return [upper, lower]

    def _figure(self, figure: Figure) -> dict[str, Any]:
        return {
            "type": "figure",
            "id": anchor(figure.key),
            "caption": self._caption(figure.key, figure.caption.in_(self.lang)),
            "alt": figure.alt.in_(self.lang),
            "image": self.image_of(figure),
            "source": self._source(figure),
        }

    def _keyfigures(self, block: KeyFigures) -> dict[str, Any]:
        return {
            "type": "keyfigures",
            "cards": [
                {
                    "label": item.label.in_(self.lang),
                    "value": item.number.bare(self.lang),
                    "unit": item.number.unit_and_mark(self.lang),
                    "remark": item.remark.in_(self.lang),
                    "trace": self._trace(item.number),
                    "pieces": _pieces(self.numbering.note_pieces(item.notes)),
                }
                for item in block.items
            ],
        }

    def _box(self, box: Box) -> dict[str, Any]:
        return {
            "type": "box",
            "title": box.title.in_(self.lang),
            "whole": len(box.paragraphs) <= WHOLE_BOX,
            "paragraphs": [self._paragraph(paragraph) for paragraph in box.paragraphs],
        }

    def _caption(self, key: str, caption: str) -> str:
        return self.numbering.label(key).in_(self.lang) + caption_gap(self.lang) + caption

    def _source(self, block: Table | Figure) -> list[dict[str, Any]]:
        notes: tuple[Note, ...] = block.notes
        return _pieces(self.numbering.pieces((Sentence(block.source, notes),), self.lang))


def ties(section: Section, noted: bool = False) -> list[bool]:
    """Return which blocks of a section stay with what follows: small text with its table, the last text with a closing remark.

    Before the notes (`noted`) the last text stays with them, so that they do not stand on a page of their own.
    """
    small = [isinstance(block, Paragraph) and block.role == "small" for block in section.blocks]
    last = len(small) - 1
    return [
        isinstance(block, Paragraph)
        and (noted if place == last else small[place] or (place == last - 1 and small[last]))
        for place, block in enumerate(section.blocks)
    ]


def cell_text(cell: Cell, lang: Lang) -> str:
    """Write a table cell as readers see it."""
    return cell.plain(lang) if isinstance(cell, Number) else cell.in_(lang)


def anchor(key: str, kind: str = "item") -> str:
    """Return an identifier that HTML and Typst accept for a section, or for a figure or table."""
    return f"{kind}-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in key)


def _head(text: str, align: str, rows: int = 1) -> dict[str, Any]:
    return {"text": text, "align": align, "span": 1, "rows": rows}


def _pieces(pieces: list[Piece]) -> list[dict[str, Any]]:
    return [
        {"kind": p.kind, "text": p.text, "target": anchor(p.key) if p.kind == "reference" else "", "first": p.first}
        for p in pieces
    ]
