"""Where a figure comes from: source, year, method, status, rivals; all years of the indicator below."""

from __future__ import annotations

from datetime import date

from bolang.atlas.catalogue import unit_text
from bolang.atlas.facts import Trail
from bolang.atlas.model import Fact
from bolang.atlas.provenance import NOTHING
from bolang.atlas.romanize import place
from bolang.atlas.trace import ORIGIN, STATUS, Trace, standing_of
from bolang.document.model import Block, Column, Document, Number, Row, Section, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import exact_digits, unit_of
from bolang.pages.report.facts import number_of
from bolang.pages.short import page_of, said
from bolang.wording import load

WORDS = load("trace")


def trace_page(trace: Trace, year: int | None = None, day: date | None = None) -> Document:
    """Write the trail of an indicator of one place.

    Parameters
    ----------
    trace : Trace
        All years.
    year : int, optional
        The year that the reader asked for; the newest with a figure by default.
    """
    years = [fact.year for fact in trace.facts]
    chosen = year if year in years else max(years)
    trails = _of_year(trace, chosen, every=year is not None)
    first = trails[0].fact
    front: list[Block] = []
    if year is not None and year != chosen:
        front.append(said(WORDS("no_year", year=year, chosen=chosen), role="answer"))
    front.append(
        said(
            WORDS("answer", value=number_of(first), year=chosen, source=_unstopped(first.provenance.source)),
            role="answer",
        )
    )
    if len(trails) > 1:
        front.append(said(WORDS("rivals", count=len(trails)), role="bullet"))
    front += [_trail_table(trail, position) for position, trail in enumerate(trails, 1)]
    sections: tuple[Section, ...] = ()
    if year is None:
        front.append(_series(trace))
    else:
        sections = (Section("years", WORDS("years.title"), (_series(trace),), numbered=False),)
    title = WORDS("title", place=place(trace.place), label=first.label, year=chosen)
    return page_of(title, front, sections, kicker=same(first.indicator), day=day)


def _of_year(trace: Trace, year: int, *, every: bool) -> list[Trail]:
    """Return the figures of a year; those of a part of the year only where the year was asked for or there is no other."""
    found = [trail for trail in trace.trails if trail.fact.year == year]
    full = [trail for trail in found if trail.fact.period == "year"]
    return found if every or not full else full


def _trail_table(trail: Trail, position: int) -> Table:
    columns = (Column(WORDS("column.what"), "left"), Column(WORDS("column.said"), "left"))
    rows = [Row((WORDS("value"), _number(trail).text))]
    rows += [Row((name, text)) for name, text in _lines(trail)]
    return Table(
        f"trail-{position}", WORDS("trail.caption", number=position), columns, tuple(rows), trail.fact.provenance.source
    )


def _lines(trail: Trail) -> list[tuple[Text, Text]]:
    """Return the lines of a trail; what a source says itself is as it is."""
    fact, known = trail.fact, trail.fact.provenance
    lines = [
        ("status", STATUS[fact.status]),
        *(("footing", text) for text in standing_of(fact)),
        ("period", WORDS("full_year") if fact.period == "year" else same(fact.period)),
        ("source", known.source),
        ("method", known.method),
        ("definition", known.definition),
        *(("step", step) for step in known.said_steps),
        ("origin", ORIGIN[fact.origin]),
        ("table", same(trail.place)),
        ("terms", trail.terms),
    ]
    return [(WORDS(f"line.{key}"), text) for key, text in lines if text != NOTHING]


def _series(trace: Trace) -> Table:
    columns = (
        Column(WORDS("column.year"), "left"),
        Column(WORDS("column.value", unit=_number(trace.trails[0]).unit.name), "right"),
        Column(WORDS("column.source"), "left"),
    )
    rows = tuple(
        Row(
            (
                same(f"{trail.fact.year}" + ("" if trail.fact.period == "year" else f" {trail.fact.period}")),
                _number(trail),
                _said_of(trail.fact),
            )
        )
        for trail in reversed(trace.trails)
    )
    return Table("years", WORDS("years.caption", label=trace.facts[0].label), columns, rows, WORDS("source"))


def _said_of(fact: Fact) -> Text:
    """Return footing, source, definition and steps of a figure in one line."""
    known = fact.provenance
    parts = (known.source, known.definition, *known.said_steps)
    return join([*standing_of(fact), *(part for part in parts if part != NOTHING)], "；", "; ")


def _number(trail: Trail) -> Number:
    fact = trail.fact
    digits = exact_digits(fact.value, 4)
    unit = unit_of(unit_text(fact.unit))
    return Number(fact.value, digits, unit, fact.year, fact.status, fact.provenance.source, facts=(fact,))


def _unstopped(text: Text) -> Text:
    """Return a source without its full stop, since the sentence goes on."""
    return Text(text.zh.rstrip("。."), text.en.rstrip("。."))
