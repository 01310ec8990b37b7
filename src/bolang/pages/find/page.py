"""Which county a name or code means, and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.atlas import Atlas, County
from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Document, Number, Row, Table
from bolang.foundation.text import same
from bolang.foundation.units import NONE
from bolang.pages.short import page_of, said
from bolang.pages.territory.sentences import change_text, continuity_text
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("find")
AREA_DIGITS, DEGREE_DIGITS = 0, 3
PLACE = ("area", "longitude", "latitude")
"""Columns of a single unit: where it lies."""


def find_page(
    atlas: Atlas, name: str, found: Sequence[County], *, nearest: bool = False, day: date | None = None
) -> Document:
    """List the units that a name may mean; of a single one also what became of it.

    Parameters
    ----------
    atlas : Atlas
    name : str
        What was asked for.
    found : sequence of County
    nearest : bool
        Whether the units are only the nearest names, none being called so.
    day : date, optional
    """
    key = "nearest" if nearest else "one" if len(found) == 1 else "many"
    first = place(found[0].full_name)
    values: dict[str, Value] = {}
    if key != "nearest":
        values = {"place": first, "code": found[0].code} if key == "one" else {"count": len(found)}
    front: list[Block] = [said(WORDS(f"answer.{key}", name=name, **values), role="answer")]
    if len(found) == 1:
        front += [said(change_text(change), role="bullet") for change in atlas.history(found[0])]
        note = atlas.continuity(found[0])
        front += [said(continuity_text(note), role="bullet")] if note is not None else []
    front.append(_table(found))
    return page_of(WORDS("title", name=name), front, day=day)


def _table(found: Sequence[County]) -> Table:
    columns = (
        Column(WORDS("column.code"), "left"),
        Column(WORDS("column.name"), "left"),
        Column(WORDS("column.kind"), "left"),
        *((Column(WORDS(f"column.{key}")) for key in PLACE) if len(found) == 1 else ()),
    )
    rows = tuple(Row(_cells(county)[: len(columns)], key=county.code) for county in found)
    return Table("units", WORDS("caption"), columns, rows, WORDS("source"))


def _cells(county: County) -> tuple[Cell, ...]:
    numbers = ((county.area_km2, AREA_DIGITS), (county.lon, DEGREE_DIGITS), (county.lat, DEGREE_DIGITS))
    return (
        same(county.code),
        place(county.full_name),
        WORDS(f"kind.{county.kind}"),
        *(Number(value, digits, NONE, None, "derived", WORDS("source")) for value, digits in numbers),
    )
