"""Public finances and debt: what is known, the lines and the room below them, ten years ahead, stress."""

from __future__ import annotations

from datetime import date

from bolang.atlas.provenance import NOTHING
from bolang.document.model import Block, Cell, Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import MONEY_YI, NONE
from bolang.pages.debt.sentences import answer, assumed_text, case_text, crossed_text, line_text, note_text
from bolang.pathway.debt import DebtAssessment
from bolang.pathway.debt.position import ITEMS, item_name
from bolang.wording import load

WORDS = load("debt")


def debt_page(found: DebtAssessment, county: Text, day: date | None = None) -> Document:
    """Write the debt of a county.

    Parameters
    ----------
    found : DebtAssessment
    county : Text
        Its name.
    """
    front: list[Block] = [Paragraph((Sentence(answer(found)),), role="answer")]
    front += [Paragraph((Sentence(note_text(note, found.position)),), role="bullet") for note in found.notes]
    front.append(_known(found))
    if found.position.total_debt is not None or any(reading.ratio is not None for reading in found.readings):
        front.append(_lines(found))
    sections = []
    if found.outcomes:
        ahead: tuple[Block, ...] = (_stress(found), *_crossed(found), _fans(found))
        sections.append(Section("ahead", WORDS("ahead.title", years=found.assumptions.years), ahead, numbered=False))
    return Document(
        WORDS("title", county=county),
        same(""),
        same(""),
        WORDS("authors"),
        day or date.today(),
        tuple(front),
        tuple(sections),
    )


def _known(found: DebtAssessment) -> Table:
    position = found.position
    columns = (
        Column(WORDS("column.item"), "left"),
        Column(WORDS("column.value")),
        Column(WORDS("column.year"), "left"),
        Column(WORDS("column.source"), "left"),
    )
    rows = []
    for name in ITEMS:
        value = getattr(position, name)
        if value is None:
            continue
        year, source = position.years.get(name, position.year), position.sources.get(name)
        if name == "debt_before":
            year, source = year - 1, source or position.sources.get("debt")
        status = "estimated" if name in position.estimated else "measured"
        facts = (position.facts[name],) if name in position.facts else ()
        number = Number(value, 2, MONEY_YI, year, status, facts=facts)  # type: ignore[arg-type]
        rows.append(Row((item_name(name), number, same(str(year)), source or NOTHING), key=name))
    year = position.years.get("revenue", position.year)  # every ratio is of revenue
    for key, share in found.ratios.items():
        number = Number(100 * share, 1, NONE, year, "derived")
        rows.append(Row((WORDS(f"ratio.{key}"), number, same(str(year)), WORDS("computed")), key=key))
    return Table("known", WORDS("known.caption"), columns, tuple(rows), WORDS("known.source"))


def _lines(found: DebtAssessment) -> Table:
    """Hold ratios against the lines; what low interest would still allow is no room to borrow, unless it is what binds."""
    columns = (
        Column(WORDS("column.line"), "left"),
        Column(WORDS("column.now")),
        Column(WORDS("column.limit")),
        Column(WORDS("column.room")),
    )
    year = found.position.year
    rows = []
    for reading in found.readings:
        ratio: Cell = same("–")
        if reading.ratio is not None:
            ratio = Number(100 * reading.ratio, 1, NONE, year, "estimated" if reading.estimated else "derived")
        binding = found.binding is not None and reading.rule.key == found.binding.rule.key
        rows.append(
            Row(
                (
                    line_text(reading.rule.key),
                    ratio,
                    Number(100 * reading.rule.line, 0, NONE, year, "derived"),
                    _money(reading.room if reading.rule.kind != "restructuring" or binding else None, year),
                ),
                strong=binding,
                key=reading.rule.key,
            )
        )
    return Table("lines", WORDS("lines.caption"), columns, tuple(rows), WORDS("lines.source"))


def _money(value: float | None, year: int) -> Cell:
    return same("–") if value is None else Number(value, 1, MONEY_YI, year, "derived")


def _stress(found: DebtAssessment) -> Table:
    keys = list(found.outcomes[0].ratios)
    columns = (Column(WORDS("column.case"), "left"), *(Column(line_text(key)) for key in keys))
    last = found.position.year + found.assumptions.years
    rows = tuple(
        Row(
            (
                case_text(outcome),
                *(Number(float(100 * outcome.ratios[key][-1]), 1, NONE, last, "estimated") for key in keys),
            )
        )
        for outcome in found.outcomes
    )
    caption = WORDS("stress.caption", years=found.assumptions.years)
    return Table("stress", caption, columns, rows, WORDS("stress.source"))


def _crossed(found: DebtAssessment) -> tuple[Paragraph, ...]:
    """Say what every case assumes, and which lines it crosses first and when."""
    said = []
    for outcome in found.outcomes:
        listed = [crossed_text(key, year) for key, year in outcome.crossed.items()]
        verdict = WORDS("crossed", lines=join(listed, "、", ", ")) if listed else WORDS("crossed.none")
        text = WORDS("case", case=case_text(outcome), assumed=assumed_text(outcome), verdict=verdict)
        said.append(Paragraph((Sentence(text),), role="bullet"))
    return tuple(said)


def _fans(found: DebtAssessment) -> Table:
    columns = (
        Column(WORDS("column.line"), "left"),
        Column(WORDS("column.median")),
        Column(WORDS("column.ever")),
    )
    last = found.position.year + found.assumptions.years
    rows = []
    for key, fan in found.fans.items():
        low, middle, high = (float(100 * fan.quantiles[k, -1]) for k in (0, 2, 4))
        rows.append(
            Row(
                (
                    line_text(key),
                    Number(middle, 1, NONE, last, "derived", low=low, high=high),
                    Number(float(100 * fan.ever), 0, NONE, last, "derived"),
                ),
                key=key,
            )
        )
    caption = WORDS("fan.caption", years=found.assumptions.years)
    return Table("fan", caption, columns, tuple(rows), WORDS("stress.source"))
