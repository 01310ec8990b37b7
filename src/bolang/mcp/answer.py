"""An answer for an agent: sentences, tables whose numbers carry unit, year, status, source and address; never beyond a bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from bolang.document.model import Document, Number, Paragraph, Table
from bolang.foundation.errors import BolangError, PlaceError
from bolang.foundation.text import Lang, default_language
from bolang.foundation.units import span_text
from bolang.render.flat import cell_text
from bolang.wording import load

WORDS = load("mcp")

MOST_BYTES = 8000
FEW = 6
"""Rows below which a table is left out whole rather than shortened."""
BASE = "http://127.0.0.1:8377"
"""Where `bolang serve` shows the pages behind the addresses."""


class CheckedFigure(BaseModel):
    """A number that can be checked."""

    text: str
    year: int | None = None
    status: str = Field(
        description="measured, estimated, derived (computed from published figures), unverified, missing"
    )
    source: int | None = Field(default=None, description="position in sources")
    address: str = Field(default="", description="page of bolang serve that shows where it comes from")


class AnswerTable(BaseModel):
    """A table."""

    caption: str
    columns: list[str]
    rows: list[list[str | CheckedFigure]]
    source: str


class Answer(BaseModel):
    """What a tool answers."""

    title: str = ""
    said: list[str] = Field(default_factory=list)
    tables: list[AnswerTable] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    candidates: list[str] = Field(
        default_factory=list, description="if the name was ambiguous: ask again with one of these"
    )
    error: str = ""
    hint: str = ""
    truncated: bool = False
    address: str = Field(default="", description="page of bolang serve with the whole")


@dataclass(frozen=True)
class Origin:
    """What stands behind the numbers of an answer that no table of the atlas holds.

    Attributes
    ----------
    method : str
        Part of the methods that tells how they are computed.
    year : int or None
        Year that the model describes.
    """

    method: str = "diagnosis"
    year: int | None = None


def answer_of(
    document: Document,
    lang: Lang,
    address: str = "",
    more: str = "",
    *,
    first: Sequence[str] = (),
    origin: Origin | None = None,
) -> Answer:
    """Return a document as an answer.

    Parameters
    ----------
    document : Document
    lang : {'zh', 'en'}
    address : str
        Page that shows the whole.
    more : str
        How to see what did not fit.
    first : sequence of str
        What must be said before everything else.
    origin : Origin, optional
        What stands behind computed numbers.
    """
    answer = Answer(title=document.title.in_(lang), said=list(first), address=BASE + address if address else "")
    for block in document.walk():
        if isinstance(block, Paragraph):
            text = (" " if lang == "en" else "").join(sentence.text.in_(lang) for sentence in block.sentences)
            answer.said.append((block.lead.in_(lang) + " " if block.lead else "") + text)
        elif isinstance(block, Table):
            answer.tables.append(_grid(block, lang, answer.sources, origin or Origin()))
    return bounded(answer, more)


def _grid(table: Table, lang: Lang, sources: list[str], origin: Origin) -> AnswerTable:
    known = table.source.in_(lang)
    return AnswerTable(
        caption=table.caption.in_(lang),
        columns=[column.label.in_(lang) for column in table.columns],
        rows=[[_cell(cell, lang, sources, origin, known) for cell in row.cells] for row in table.rows],
        source=known,
    )


def _cell(cell: Any, lang: Lang, sources: list[str], origin: Origin, known: str) -> str | CheckedFigure:
    if not isinstance(cell, Number) or cell.value is None:
        return cell_text(cell, lang)
    source = cell.source.in_(lang) or known
    if source not in sources:
        sources.append(source)
    if cell.facts:
        fact = cell.facts[0]
        address = f"/c/{fact.code}/trace/{fact.indicator}?year={fact.year}"
    else:
        address = f"/methods/{origin.method}"
    return CheckedFigure(
        text=_spelt(cell, lang),
        year=cell.year or origin.year,
        status=cell.status,
        source=sources.index(source),
        address=address,
    )


def _spelt(number: Number, lang: Lang) -> str:
    """Write a number with its unit, and its interval behind; its year stands beside it."""
    if number.low is None or number.high is None:
        return number.text.in_(lang)
    scale, digits = number.unit.scale(lang), number.digits_in(lang)
    return f"{number.text.in_(lang)} ({span_text(number.low * scale, number.high * scale, digits).in_(lang)})"


def bounded(answer: Answer, more: str = "") -> Answer:
    """Shorten an answer to the bound: long tables, then tables from the end, then sentences; and say so."""
    while len(_used_sources(answer).model_dump_json().encode()) > MOST_BYTES:
        answer.truncated, answer.hint = True, more or answer.hint or WORDS("whole").in_(default_language())
        longest = max((table.rows for table in answer.tables), key=len, default=[])
        if len(longest) > FEW:
            del longest[max(FEW, len(longest) * 3 // 4) :]
        elif len(answer.tables) > 1:
            answer.tables.pop()
        elif len(answer.said) > 1:
            answer.said.pop()
        else:
            answer.said = [text[:1000] for text in answer.said]
            answer.tables, answer.sources = [], []
            break
    return answer


def _used_sources(answer: Answer) -> Answer:
    """Keep the sources that a number still names."""
    figures = [cell for grid in answer.tables for row in grid.rows for cell in row if isinstance(cell, CheckedFigure)]
    kept = list(dict.fromkeys(f.source for f in figures if f.source is not None))
    answer.sources = [answer.sources[k] for k in kept]
    for figure in figures:
        if figure.source is not None:
            figure.source = kept.index(figure.source)
    return answer


def refused(error: BolangError) -> Answer:
    """Return an error as an answer: what was wrong, what to do, which counties may have been meant."""
    candidates = list(error.candidates)[:20] if isinstance(error, PlaceError) else []
    return Answer(error=error.message, hint=error.hint, candidates=candidates)
