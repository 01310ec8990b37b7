"""JSON: what a page says as data, stable for scripts, the browser and agents; every number with unit, year, status, source.

The form is ``bolang.document/1``. Within one number of the form fields are added, never renamed
or removed.
"""

from __future__ import annotations

import json
import math
from importlib import resources
from typing import Any

from bolang.atlas.model import Fact
from bolang.document.model import (
    Block,
    Box,
    Cell,
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
from bolang.document.numbering import Numbering
from bolang.foundation.text import Lang

FORM = "bolang.document/1"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the form, which ships with the package."""
    text = resources.files("bolang.render").joinpath("document.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def render_json(document: Document, lang: Lang) -> bytes:
    """Render a document as UTF-8 JSON with sorted, indented structure; the same document gives the same bytes."""
    content = json.dumps(as_data(document, lang), ensure_ascii=False, indent=1, allow_nan=False)
    return (content + "\n").encode()


def as_data(document: Document, lang: Lang) -> dict[str, Any]:
    """Return a document as plain data in one language."""
    writer = _JsonWriter(document, lang)
    data = {} if document.data is None else {"data": document.data}
    return {
        "form": FORM,
        "lang": lang,
        "title": document.title.in_(lang),
        "subtitle": document.subtitle.in_(lang),
        "date": document.date.isoformat(),
        "front": [writer.block(block) for block in document.front],
        "sections": [writer.block(section) for section in document.sections],
        "notes": [writer.note(number, note) for number, note in enumerate(writer.numbering.notes, 1)],
        **data,
    }


class _JsonWriter:
    def __init__(self, document: Document, lang: Lang) -> None:
        self.lang: Lang = lang
        self.numbering = Numbering(document)

    def block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Section):
            inner = [self.block(each) for each in block.blocks]
            return {"type": "section", "key": block.key, "title": block.title.in_(self.lang), "blocks": inner}
        if isinstance(block, Paragraph):
            lead = block.lead.in_(self.lang) if block.lead else ""
            return {
                "type": "paragraph",
                "role": block.role,
                "lead": lead,
                "sentences": self._sentences(block.sentences),
            }
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            data = self._table(block.data) if block.data else None
            return {
                "type": "figure",
                "key": block.key,
                "caption": block.caption.in_(self.lang),
                "text": block.alt.in_(self.lang),
                "source": block.source.in_(self.lang),
                "data": data,
            }
        if isinstance(block, KeyFigures):
            items = [
                {
                    "label": item.label.in_(self.lang),
                    "number": self._cell(item.number),
                    "remark": item.remark.in_(self.lang),
                    "notes": self._notes(item.notes),
                }
                for item in block.items
            ]
            return {"type": "keyfigures", "items": items}
        assert isinstance(block, Box)
        return {
            "type": "box",
            "title": block.title.in_(self.lang),
            "blocks": [self.block(each) for each in block.paragraphs],
        }

    def _sentences(self, sentences: tuple[Sentence, ...]) -> list[dict[str, Any]]:
        return [
            {
                "text": "".join(
                    piece.text
                    for piece in self.numbering.pieces((Sentence(sentence.text),), self.lang)
                    if piece.kind != "note"
                ),
                "notes": self._notes(sentence.notes),
            }
            for sentence in sentences
        ]

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "type": "table",
            "key": table.key,
            "caption": table.caption.in_(self.lang),
            "columns": [
                {
                    "label": column.label.in_(self.lang),
                    "group": column.group.in_(self.lang) if column.group else "",
                }
                for column in table.columns
            ],
            "rows": [
                {"key": row.key, "cells": [self._cell(cell) for cell in row.cells], "notes": self._notes(row.notes)}
                for row in table.rows
            ],
            "source": table.source.in_(self.lang),
        }

    def _cell(self, cell: Cell) -> dict[str, Any]:
        if not isinstance(cell, Number):
            return {"text": cell.in_(self.lang)}
        return {
            "text": cell.text.in_(self.lang),
            "value": _finite(cell.shown(self.lang)),
            "unit": cell.unit.label.in_(self.lang).strip(),
            "year": cell.year,
            "status": cell.status,
            "low": self._scaled(cell, cell.low),
            "high": self._scaled(cell, cell.high),
            "source": cell.source.in_(self.lang),
        }

    def _scaled(self, cell: Number, value: float | None) -> float | None:
        return None if value is None else _finite(value * cell.unit.scale(self.lang))

    def _notes(self, notes: tuple[Note, ...]) -> list[int]:
        return sorted(self.numbering.note_number(note) for note in notes)

    def note(self, number: int, note: Note) -> dict[str, Any]:
        return {
            "number": number,
            "text": note.text.in_(self.lang),
            "facts": [fact_data(fact, self.lang) for fact in note.facts],
        }


def fact_data(fact: Fact, lang: Lang) -> dict[str, Any]:
    """Return a fact as plain data."""
    known = fact.provenance
    return {
        "code": fact.code,
        "indicator": fact.indicator,
        "label": fact.label.in_(lang),
        "value": _finite(fact.value),
        "unit": fact.unit,
        "year": fact.year,
        "period": fact.period,
        "status": fact.status,
        "stage": fact.stage,
        "revision": fact.revision,
        "source": known.source.in_(lang),
        "method": known.method.in_(lang),
        "steps": [step.in_(lang) for step in known.said_steps],
        "definition": known.definition.in_(lang),
        "origin": fact.origin,
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
