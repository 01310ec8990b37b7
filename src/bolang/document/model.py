"""The document model: what a report says, apart from how Word, PDF, HTML or Excel shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from bolang.atlas.model import Fact, Status
from bolang.document.chart import Chart
from bolang.foundation.names import Names
from bolang.foundation.text import Lang, Text, same
from bolang.foundation.units import NONE, Unit, digits_for, number_text, span_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

NumberStatus = Status | Literal["derived", "missing", "unverified"]
Style = Literal["analyst", "plan", "official"]
STYLES: tuple[Style, ...] = ("analyst", "plan", "official")

STATUS_TEXT: Mapping[str, Text] = Names("bolang.document", "statuses")
MARKS: Mapping[str, Text] = Names("bolang.document", "marks")
"""What stands behind a figure that is not a published final one, in a sentence."""
SHORT_MARKS: Mapping[str, Text] = Names("bolang.document", "short_marks")
"""The same in a table."""
NOT_PUBLISHED = STATUS_TEXT["missing"]


def year_behind(year: int) -> Text:
    """Return a year as it stands in brackets behind a figure."""
    return Names("bolang.document", "years")["behind"].filled({"year": same(str(year))})


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note. Notes are numbered in the order in which a reader meets them; one key is one note.

    Attributes
    ----------
    key : str
        Identity of the note in the document.
    text : Text
        What the note says: value, unit, year, source, method, definition.
    facts : tuple of Fact
        The facts that the note traces.
    """

    key: str
    text: Text
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with all that is needed to trace it.

    Attributes
    ----------
    value : float or None
        The figure in the unit's stored scale; None where nothing is published.
    digits : int
        Decimals in Chinese; English keeps the same precision.
    low, high : float or None
        Interval, shown behind the value.
    stage : str
        ``expected`` for a budget figure that is not final yet.
    facts : tuple of Fact
        The figure of the atlas that it is, or those that it is computed from: where a reader can look it up.
    dated : bool
        Whether a table shows the year behind the value, because its neighbours are of other years.
    marked : bool
        Whether a table shows the mark of an estimate behind the value; not where a head says it of all.
    """

    value: float | None
    digits: int = 0
    unit: Unit = NONE
    year: int | None = None
    status: NumberStatus = "measured"
    source: Text = field(default_factory=lambda: same(""))
    low: float | None = None
    high: float | None = None
    signed: bool = False
    missing: Text = NOT_PUBLISHED
    stage: str = ""
    facts: tuple[Fact, ...] = ()
    dated: bool = False
    marked: bool = True

    def shown(self, lang: Lang) -> float | None:
        """Return the value in the scale of a language."""
        return None if self.value is None else self.value * self.unit.scale(lang)

    def digits_in(self, lang: Lang) -> int:
        """Return the decimals shown in a language."""
        return digits_for(self.unit, lang, self.digits)

    def bare(self, lang: Lang) -> str:
        """Write the value alone."""
        value = self.shown(lang)
        if value is None:
            return self.missing.in_(lang)
        return number_text(value, self.digits_in(lang), signed=self.signed)

    def unit_and_mark(self, lang: Lang) -> str:
        """Write the unit, and the mark of an estimate, for a card that sets them apart from the value."""
        if self.value is None:
            return ""
        return self.unit.label.in_(lang).strip() + self._mark(lang)

    def plain(self, lang: Lang) -> str:
        """Write the value without its unit, for a table whose header names the unit."""
        text = self.bare(lang)
        if self.value is None:
            return text
        if self.low is not None and self.high is not None:
            scale, digits = self.unit.scale(lang), self.digits_in(lang)
            text += f" ({span_text(self.low * scale, self.high * scale, digits).in_(lang)})"
        mark, year = self._mark(lang, short=True), self.year_behind(lang)
        if mark and year:
            return text + (f"{year[:-1]}，{mark[1:]}" if lang == "zh" else f"{year[:-1]}, {mark[2:]}")
        return text + mark + year

    def year_behind(self, lang: Lang) -> str:
        """Write the year in brackets, where the figure is dated."""
        if not self.dated or self.year is None:
            return ""
        return year_behind(self.year).in_(lang)

    def _mark(self, lang: Lang, *, short: bool = False) -> str:
        """Return the mark of a figure that is estimated, unverified or not final; a final one has none."""
        if not self.mark_key or not self.marked:
            return ""
        return (SHORT_MARKS if short else MARKS)[self.mark_key].in_(lang)

    @property
    def mark_key(self) -> str:
        """Key of the mark in ``MARKS``; empty for a published final figure."""
        return next((key for key in (self.status, self.stage) if key in MARKS), "")

    @property
    def text(self) -> Text:
        """The value with its unit in both languages, for a sentence."""
        return Text(self._with_unit("zh"), self._with_unit("en"))

    def _with_unit(self, lang: Lang) -> str:
        if self.value is None:
            return self.missing.in_(lang)
        return self.bare(lang) + self.unit.label.in_(lang) + self._mark(lang)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement and the notes that trace it. ``[[key]]`` in the text refers to a figure or table of the document."""

    text: Text
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together; `lead` opens the paragraph in strong type.

    An official report opens with an `address` and ends with a `signature`; a `closing` remark at the end of the last chapter is
    set after the notes.
    """

    sentences: tuple[Sentence, ...]
    lead: Text | None = None
    role: Literal["body", "bullet", "small", "answer", "address", "signature", "closing"] = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header and alignment; `group` spans neighbours above it. Widths follow from what stands in the cells."""

    label: Text
    align: Literal["left", "center", "right"] = "right"
    group: Text | None = None


Cell = Text | Number


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; the first cell names it, and the notes that trace the row stand behind that name.

    `key` names the row for scripts that read the page as data.
    """

    cells: tuple[Cell, ...]
    strong: bool = False
    notes: tuple[Note, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and its source below."""

    key: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: Text
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"table {self.key}: {len(row.cells)} cells in a row of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: drawn on demand in one language, with the text that replaces it for those who cannot see it.

    `data` holds the numbers behind the drawing, for the spreadsheet; `chart` the form, where the figure is one that word
    processors draw themselves.
    """

    key: str
    caption: Text
    alt: Text
    source: Text
    draw: Callable[[Lang], Drawing]
    notes: tuple[Note, ...] = ()
    data: Table | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the figures that a reader sees first, with a remark that places it."""

    label: Text
    number: Number
    remark: Text
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The strip of key figures on the first page."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A passage set apart, such as the state of the data on the first page."""

    title: Text
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; sections nest. `new_page` begins it on a page of its own."""

    key: str
    title: Text
    blocks: tuple[Block, ...]
    numbered: bool = True
    new_page: bool = False


Block = Paragraph | Table | Figure | KeyFigures | Box | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in both languages.

    Attributes
    ----------
    front : tuple of Block
        First page: summary, key figures, state of the data.
    sections : tuple of Section
        The body; the last ones may be unnumbered (disclaimer).
    annex : tuple of Table
        Tables that only the workbook holds.
    data : mapping, optional
        What the page is made of as plain values, keys as they are in the code: only the JSON form holds it.
    """

    title: Text
    subtitle: Text
    kicker: Text
    authors: Text
    date: date
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    keywords: tuple[Text, ...] = ()
    annex: tuple[Table, ...] = ()
    data: Mapping[str, Any] | None = field(default=None, hash=False)

    def walk(self) -> Iterator[Block]:
        """Yield every block in reading order, a section before what it holds."""
        yield from _walk(self.front)
        yield from _walk(self.sections)

    def tables(self) -> tuple[Table, ...]:
        """Return the tables in reading order."""
        return tuple(block for block in self.walk() if isinstance(block, Table))

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in reading order."""
        return tuple(block for block in self.walk() if isinstance(block, Figure))


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _walk(block.blocks)
        elif isinstance(block, Box):
            yield from block.paragraphs
