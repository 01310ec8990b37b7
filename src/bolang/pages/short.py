"""A short page: a title, the answer, tables and remarks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from bolang.document.model import Block, Document, Paragraph, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.wording import load

WORDS = load("page")


def page_of(
    title: Text,
    front: Iterable[Block],
    sections: Iterable[Section] = (),
    *,
    kicker: Text | None = None,
    day: date | None = None,
) -> Document:
    """Return a page: `front` is what everybody reads, `sections` what the careful reader asks for."""
    return Document(
        title=title,
        subtitle=same(""),
        kicker=kicker or same(""),
        authors=WORDS("authors"),
        date=day or date.today(),
        front=tuple(front),
        sections=tuple(sections),
    )


def said(
    *texts: Text, role: Literal["body", "bullet", "small", "answer"] = "body", lead: Text | None = None
) -> Paragraph:
    """Return a paragraph of sentences."""
    return Paragraph(tuple(Sentence(text) for text in texts), lead, role)
