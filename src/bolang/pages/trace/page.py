"""Where a figure comes from: source, year, method, status, rivals; all years of the indicator below."""

from __future__ import annotations

from datetime import date

from bolang.atlas.catalogue import unit_text
from bolang.atlas.facts import Trail
from bolang.atlas.romanize import place
from bolang.atlas.trace import Trace, trail_lines
from bolang.document.model import Block, Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same, speaking
from bolang.foundation.units import Unit
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
    trails = [trail for trail in trace.trails if trail.fact.year == chosen]
    first = trails[0].fact
    front: list[Block] = [
        Paragraph(
            (
                Sentence(
                    WORDS("answer", value=_number(trails[0]), year=chosen, source=same(first.source.rstrip("。.")))
                ),
            ),
            role="answer",
        )
    ]
    if len(trails) > 1:
        front.append(Paragraph((Sentence(WORDS("rivals", count=len(trails))),), role="bullet"))
    front += [_trail_table(trail, position) for position, trail in enumerate(trails, 1)]
    return Document(
        title=WORDS("title", place=place(trace.place), label=first.label, year=chosen),
        subtitle=same(""),
        kicker=same(first.indicator),
        authors=WORDS("authors"),
        date=day or date.today(),
        front=tuple(front),
        sections=(Section("years", WORDS("years.title"), (_series(trace),), numbered=False),),
    )


def _trail_table(trail: Trail, position: int) -> Table:
    columns = (Column(WORDS("column.what"), "left", 0.7), Column(WORDS("column.said"), "left", 3.0))
    rows = [Row((WORDS("value"), _number(trail).text))]
    rows += [Row((name, text)) for name, text in _lines(trail)]
    return Table(f"trail-{position}", WORDS("trail.caption", number=position), columns, tuple(rows), WORDS("source"))


def _lines(trail: Trail) -> list[tuple[Text, Text]]:
    """Return the lines of a trail in both languages; what a source says itself is as it is."""
    with speaking("zh"):
        chinese = trail_lines(trail)
    with speaking("en"):
        english = trail_lines(trail)
    return [(name, Text(zh, en)) for (name, zh), (_, en) in zip(chinese, english, strict=True)]


def _series(trace: Trace) -> Table:
    columns = (
        Column(WORDS("column.year"), "left", 0.6),
        Column(WORDS("column.value", unit=_unit(trace)), "right", 1.0),
        Column(WORDS("column.source"), "left", 3.0),
    )
    rows = tuple(
        Row(
            (
                same(f"{trail.fact.year}" + ("" if trail.fact.period == "year" else f" {trail.fact.period}")),
                _number(trail),
                same("; ".join(part for part in (trail.fact.source, trail.fact.definition) if part)),
            )
        )
        for trail in reversed(trace.trails)
    )
    return Table("years", WORDS("years.caption", label=trace.facts[0].label), columns, rows, WORDS("source"))


def _unit(trace: Trace) -> Text:
    label = _number(trace.trails[0]).unit.label
    return Text(label.zh.strip(), label.en.strip())


def _number(trail: Trail) -> Number:
    fact = trail.fact
    with speaking("zh"):
        zh = str(unit_text(fact.unit))
    with speaking("en"):
        en = str(unit_text(fact.unit))
    digits = next((d for d in range(5) if abs(fact.value - round(fact.value, d)) < 1e-9 * max(1.0, abs(fact.value))), 4)
    tight = en in ("", "%")
    unit = Unit(Text(zh, en if tight else f" {en}"))
    return Number(fact.value, digits, unit, fact.year, fact.status, same(fact.source), facts=(fact,))
