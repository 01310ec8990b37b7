"""The contents of Word: the chapters as links in running text.

Without page numbers: those of a file are right on the machine that set it, and other programs break pages elsewhere.
LibreOffice counts pages anew, and by that loses hold of headings at the foot of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bolang.document.numbering import Heading
from bolang.render import word_xml as xml
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.render.word import _WordWriter

WORDS = load("formats")
_BETWEEN = {"zh": "　", "en": " · "}


def add_contents(writer: _WordWriter, entries: Sequence[Heading]) -> None:
    """Append the contents: each entry a link to its chapter that no line end tears."""
    between = _BETWEEN[writer.lang]
    paragraph = writer.add("Contents")
    writer.run(paragraph, WORDS("contents").in_(writer.lang) + between, "Strong")
    for place, heading in enumerate(entries):
        if place:
            writer.run(paragraph, between)
        start = len(paragraph._p)
        gap = " " if writer.lang == "en" and heading.section.numbered else ""
        said = heading.number.in_(writer.lang) + gap + heading.section.title.in_(writer.lang)
        writer.run(paragraph, said.replace(" ", "\u00a0"))
        link = xml.anchor_link(paragraph, xml.anchor(heading.section.key, "section"))
        xml.move_into(link, paragraph, start)
