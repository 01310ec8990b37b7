"""From facts to figures in a document: unit, decimals, status and the note that traces them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bolang.atlas.model import Fact
from bolang.atlas.provenance import sources_of
from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.document.model import Note, Number
from bolang.foundation.text import Text, same
from bolang.foundation.units import (
    DOLLARS_YI,
    FIRMS,
    HOUSEHOLDS,
    MONEY_WAN,
    MONEY_YI,
    PERCENT,
    PERSONS,
    YUAN,
    Unit,
)
from bolang.pages.report.source_names import source_name
from bolang.wording import load

WORDS = load("report_notes")
_KEPT = re.compile(r" as (?:fixed|kept) in ")
UNITS: Mapping[str, Unit] = {
    "万元": MONEY_WAN,
    "亿元": MONEY_YI,
    "元": YUAN,
    "%": PERCENT,
    "人": PERSONS,
    "户": HOUSEHOLDS,
    "亿美元": DOLLARS_YI,
    "家": FIRMS,
    "个": Unit(same("")),
}
_MONEY = ("万元", "亿元", "亿美元")
BLANK = Text("—", "–")


def unit_of(unit: str) -> Unit:
    """Return the unit for readers of a unit of the catalogue."""
    return UNITS.get(unit) or Unit(Text(unit, f" {unit}"))


def digits_of(value: float, unit: str) -> int:
    """Return the decimals worth showing in Chinese: three or four significant figures for money and people."""
    if unit in _MONEY or unit == "人":
        shown = abs(value) * unit_of(unit).scale_zh
        return 0 if shown >= 1000 else 1 if shown >= 10 else 2
    return 1 if unit == "%" else 0


def number_of(fact: Fact) -> Number:
    """Return a fact as a figure of a document."""
    return Number(
        fact.value,
        digits_of(fact.value, fact.unit),
        unit_of(fact.unit),
        fact.year,
        fact.status,
        fact.provenance.source,
        stage=fact.stage,
        facts=(fact,),
    )


def cell_number(cell: DeskCell, unit: str) -> Number:
    """Return a figure of the desk table as a figure of a document."""
    source = sources_of(fact.provenance for fact in cell.facts)
    return Number(
        cell.value,
        digits_of(cell.value, unit),
        unit_of(unit),
        cell.year,
        cell.status,
        source,
        stage=cell.stage,
        facts=cell.facts,
    )


def latest_of(row: DeskRow) -> Number | None:
    """Return the newest figure of a row of the desk table."""
    return None if row.latest is None else cell_number(row.latest, row.unit)


def derived(value: float, digits: int, unit: Unit, year: int, facts: Iterable[Fact] = ()) -> Number:
    """Return a figure that is computed from published ones."""
    return Number(value, digits, unit, year, "derived", sources_of(fact.provenance for fact in facts))


def notes_of(facts: Iterable[Fact]) -> tuple[Note, ...]:
    """Return one note a source, however many figures come from it."""
    grouped: dict[Text, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.provenance.source, []).append(fact)
    return tuple(source_note(source.zh, found) for source, found in grouped.items())


def source_note(source: str, facts: Iterable[Fact] = ()) -> Note:
    """Return the note of a source; what the user brought says so."""
    found = tuple(facts)
    own = any(fact.origin == "workspace" for fact in found)
    bare = source.rstrip("。.")
    said = WORDS("own", source=same(bare)) if own else _readable(bare)
    return Note(f"source-{'own-' if own else ''}{bare}", said, found)


def _readable(source: str) -> Text:
    """Say in words what the tables keep in short: a name that was recalled, not read; a list as somebody else keeps it."""
    if source == "general knowledge":
        return WORDS("common")
    recalled = source.removesuffix(" (recalled)")
    if recalled != source:
        return WORDS("recalled", source=source_name(recalled))
    kept = _KEPT.split(source, maxsplit=1)[0]
    if kept != source:
        return WORDS("kept", source=source_name(kept))
    return WORDS("published", source=source_name(source.removesuffix(" (page)")))


def row_notes(row: DeskRow, years: Iterable[int] | None = None) -> tuple[Note, ...]:
    """Return the notes of the figures of a row, in some years or all."""
    wanted = None if years is None else set(years)
    return notes_of(fact for cell in row.cells if wanted is None or cell.year in wanted for fact in cell.facts)


def wan(fact: Fact) -> float:
    """Return money in 万元."""
    return fact.value * {"亿元": 1e4, "元": 1e-4}.get(fact.unit, 1.0)
