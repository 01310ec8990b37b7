"""Several counties side by side: the dimensions and indicators of the diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.atlas.romanize import place
from bolang.diagnosis import Diagnosis, Reading
from bolang.document.model import Cell, Column, Document, Number, Row, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text, unit_of
from bolang.pages.short import page_of, said
from bolang.wording import load

WORDS = load("show")


def compare_indices_page(found: Sequence[Diagnosis], types: Sequence[Text | None], day: date | None = None) -> Document:
    """Write the diagnosis of counties side by side.

    Parameters
    ----------
    found : sequence of Diagnosis
    types : sequence of Text or None
        The type of each county.
    day : date, optional
    """
    columns = (Column(WORDS("column.indicator"), "left"), *(Column(place(d.county.name)) for d in found))
    rows = [Row((WORDS("row.type"), *(kind or same("–") for kind in types)), strong=True, key="type")]
    for position, dimension in enumerate(found[0].dimensions):
        alike = [d.dimensions[position] for d in found]
        year = next((r.year for r in dimension.readings), None)
        indices = (
            same("–")
            if d.index is None
            else WORDS("cell.index", index=number_text(d.index), rank=d.standing["nation"].rank)
            for d in alike
        )
        rows.append(
            Row(
                (WORDS("row.dimension", dimension=dimension.label, year=year or ""), *indices),
                strong=True,
                key=dimension.key,
            )
        )
        for place_, reading in enumerate(dimension.readings):
            cells = [_value(d.readings[place_]) for d in alike]
            rows.append(Row((_label(reading), *cells), key=reading.key))
    table = Table("indices", WORDS("indices.caption"), columns, tuple(rows), WORDS("dimensions.source"))
    names = join([place(d.county.name) for d in found], "、", ", ")
    front = (table, said(WORDS("indices.remark"), role="small"))
    return page_of(WORDS("compare.title", counties=names), front, day=day)


def _label(reading: Reading) -> Text:
    return WORDS("row.unit", label=reading.label, unit=reading.unit) if str(reading.unit) else reading.label


def _value(reading: Reading) -> Cell:
    if reading.value is None:
        return same("–")
    return Number(reading.value, reading.digits, unit_of(reading.unit), reading.year, reading.status)
