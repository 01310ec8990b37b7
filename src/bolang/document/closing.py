"""The closing remark: what a reader is told last, after the notes, so that no page holds notes alone."""

from __future__ import annotations

from dataclasses import replace

from bolang.document.model import Document, Paragraph


def take_closing(document: Document) -> tuple[Document, Paragraph | None]:
    """Take the closing remark out of the last chapter, if it ends with one that carries no note of its own."""
    if not document.sections or not document.sections[-1].blocks:
        return document, None
    last = document.sections[-1]
    remark = last.blocks[-1]
    if not isinstance(remark, Paragraph) or remark.role != "closing" or any(s.notes for s in remark.sentences):
        return document, None
    sections = (*document.sections[:-1], replace(last, blocks=last.blocks[:-1]))
    return replace(document, sections=sections), remark
