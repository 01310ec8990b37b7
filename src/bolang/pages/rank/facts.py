"""A ranking as a page: what, in which unit and year, who leads."""

from __future__ import annotations

from datetime import date

from bolang.atlas.catalogue import source_titles, unit_text
from bolang.atlas.model import County, Fact
from bolang.atlas.romanize import place
from bolang.diagnosis.fact_ranking import FactRanking
from bolang.document.model import Column, Document, Number, NumberStatus, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import DOLLARS_YI, MONEY_WAN, NONE, Unit, number_text
from bolang.wording import load

WORDS = load("rank")
DESK = load("desk")
_UNITS: dict[str, Unit] = {"万元": MONEY_WAN, "亿美元": DOLLARS_YI}
_DIGITS = {"万元": 2, "亿美元": 2, "%": 1}


def rank_page(found: FactRanking, top: int | None = None, day: date | None = None) -> Document:
    """Write a ranking; `top` shows only the first ones."""
    label, unit = _label(found), _UNITS.get(found.unit, NONE)
    shown = unit.label if unit is not NONE else unit_text(found.unit)
    title = (
        WORDS("title.province", province=place(found.province), indicator=label, year=found.year)
        if found.province
        else WORDS("title", indicator=label, year=found.year)
    )
    columns = (
        Column(WORDS("column.rank")),
        Column(WORDS("column.county"), "left"),
        Column(WORDS("column.value", indicator=label, unit=Text(shown.zh.strip(), shown.en.strip()))),
    )
    source = join([source_titles()[key] for key in found.sources], "；", "; ")
    rows = tuple(
        Row(
            (
                same(str(r.rank)),
                place(r.county.full_name),
                _number(found, r.value, unit, source, _facts(found, r.county)),
            ),
            key=r.county.code,
        )
        for r in found.rows[:top]
    )
    first = found.rows[0]
    answer = WORDS(
        "answer",
        year=found.year,
        count=number_text(len(found.rows)),
        first=place(first.county.name),
        value=_number(found, first.value, unit if unit is not NONE else Unit(shown), source),
    )
    table = Table("rank", title, columns, rows, WORDS("source", title=source))
    front = (Paragraph((Sentence(answer),), role="answer"), table)
    return Document(title, same(""), same(""), WORDS("authors"), day or date.today(), front, ())


def _label(found: FactRanking) -> Text:
    if found.label is not None:
        return found.label
    label = DESK(f"row.{found.key}")
    return label.bare


def _facts(found: FactRanking, county: County) -> tuple[Fact, ...]:
    """Return the figure of the atlas behind a row; a computed row has none of its own."""
    if found.label is None or county.atlas is None:
        return ()
    return (county.atlas.fact(county, found.key, found.year),)


def _number(found: FactRanking, value: float, unit: Unit, source: Text, facts: tuple[Fact, ...] = ()) -> Number:
    status: NumberStatus = "derived" if found.label is None else "measured"
    return Number(value, _DIGITS.get(found.unit, 0), unit, found.year, status, source, facts=facts)
