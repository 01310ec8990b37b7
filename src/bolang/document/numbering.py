"""Numbers of notes, figures, tables and headings: given once, in reading order, and shared by every renderer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bolang.document.model import Block, Document, Figure, KeyFigures, Note, Paragraph, Section, Sentence, Table
from bolang.foundation.text import Lang, Text

_REFERENCE = re.compile(r"\[\[([\w.\-]+)\]\]")
_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain text, a reference to a figure or table, or the mark of a note."""

    kind: Literal["text", "reference", "note"]
    text: str
    key: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading with its number and depth (1 for a chapter)."""

    section: Section
    level: int
    number: Text


class Numbering:
    """The numbers of one document.

    Parameters
    ----------
    document : Document
        The document whose notes, figures, tables and headings are numbered.

    Attributes
    ----------
    notes : tuple of Note
        Notes in the order of their numbers.
    headings : tuple of Heading
        Headings in reading order.

    Raises
    ------
    ValueError
        If two sections, or two figures or tables, share a key, one note key carries two texts, or a reference leads nowhere.
    """

    def __init__(self, document: Document) -> None:
        self._labels: dict[str, Text] = {}
        self._notes: dict[str, Note] = {}
        self._met: set[str] = set()
        self.headings = tuple(_headings(document.sections))
        keys = [heading.section.key for heading in self.headings]
        if len(keys) != len(set(keys)):
            raise ValueError(f"two sections share a key: {sorted(k for k in set(keys) if keys.count(k) > 1)}")
        self._number_objects(document)
        for block in document.walk():
            for note in _notes_of(block):
                known = self._notes.setdefault(note.key, note)
                if known.text != note.text:
                    raise ValueError(f"note {note.key!r} carries two texts")
                if known.facts != note.facts:
                    self._notes[note.key] = replace(known, facts=tuple(dict.fromkeys((*known.facts, *note.facts))))
        self.notes = tuple(self._notes.values())
        self._positions = {key: position for position, key in enumerate(self._notes, 1)}

    def _number_objects(self, document: Document) -> None:
        figures = [figure.key for figure in document.figures()]
        tables = [table.key for table in document.tables()]
        for zh, en, keys in (("图", "Figure", figures), ("表", "Table", tables)):
            for number, key in enumerate(keys, 1):
                if key in self._labels:
                    raise ValueError(f"two figures or tables share the key {key!r}")
                self._labels[key] = Text(f"{zh}{number}", f"{en} {number}")

    def label(self, key: str) -> Text:
        """Return ``图1`` / ``Figure 1`` for the key of a figure or table."""
        try:
            return self._labels[key]
        except KeyError:
            raise ValueError(f"no figure or table has the key {key!r}") from None

    def note_number(self, note: Note) -> int:
        """Return the number of a note."""
        return self._positions[note.key]

    def pieces(self, sentences: tuple[Sentence, ...], lang: Lang) -> list[Piece]:
        """Cut sentences into text, references and note marks; English sentences are set apart by a space."""
        found: list[Piece] = []
        for position, sentence in enumerate(sentences):
            if position and lang == "en":
                found.append(Piece("text", " "))
            found.extend(self._text_pieces(sentence.text.in_(lang), lang))
            found.extend(self.note_pieces(sentence.notes))
        return found

    def note_pieces(self, notes: tuple[Note, ...]) -> list[Piece]:
        """Return the marks of notes; `first` is set where the document meets the note for the first time."""
        found = []
        for note in sorted(notes, key=self.note_number):
            found.append(Piece("note", str(self.note_number(note)), note.key, note.key not in self._met))
            self._met.add(note.key)
        return found

    def _text_pieces(self, text: str, lang: Lang) -> Iterator[Piece]:
        for position, part in enumerate(_REFERENCE.split(text)):
            if position % 2:
                yield Piece("reference", self.label(part).in_(lang), part)
            elif part:
                yield Piece("text", part)


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese numerals.

    Examples
    --------
    >>> chinese_number(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def _headings(sections: tuple[Section, ...], level: int = 1, prefix: str = "") -> Iterator[Heading]:
    count = 0
    for section in sections:
        if section.numbered:
            count += 1
            english = f"{prefix}{count}"
            yield Heading(section, level, Text(_chinese_heading(count, level), english))
        else:
            english = prefix
            yield Heading(section, level, Text("", ""))
        inner = tuple(block for block in section.blocks if isinstance(block, Section))
        yield from _headings(inner, level + 1, f"{english}." if english else "")


def _chinese_heading(count: int, level: int) -> str:
    return {1: f"{chinese_number(count)}、", 2: f"（{chinese_number(count)}）"}.get(level, f"{count}. ")


def _notes_of(block: Block) -> Iterator[Note]:
    if isinstance(block, Paragraph):
        for sentence in block.sentences:
            yield from sentence.notes
    elif isinstance(block, KeyFigures):
        for item in block.items:
            yield from item.notes
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row.notes
        yield from block.notes
    elif isinstance(block, Figure):
        yield from block.notes
