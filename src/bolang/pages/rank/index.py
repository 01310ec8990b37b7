"""Counties ordered by an indicator or an index of the diagnosis, and the list of what there is to order them by."""

from __future__ import annotations

from datetime import date

import polars as pl

from bolang.atlas import Atlas
from bolang.atlas.romanize import place
from bolang.diagnosis.indicators import DIMENSIONS
from bolang.document.model import Block, Column, Document, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, Unit, number_text, unit_of
from bolang.pages.short import page_of, said
from bolang.wording import load

WORDS = load("rank")
INDEX_DIGITS = 1


def index_rank_page(
    ranked: pl.DataFrame, key: str, atlas: Atlas, top: int | None = None, day: date | None = None
) -> Document:
    """Write a ranking by an indicator or an index of the diagnosis.

    Parameters
    ----------
    ranked : polars.DataFrame
        Rank, code, name, value, and the ends of its interval where it has one, in this order: `bolang.diagnosis.ranking.ranking`.
    key : str
    atlas : Atlas
    top : int, optional
        Only the first ones.
    day : date, optional
    """
    label, unit, digits, year = *_measure(key), atlas.vintage.census
    index = any(dimension.key == key for dimension in DIMENSIONS)
    ends = ("best", "worst") if index else ("low", "high")[: ranked.width - 4]
    columns = (
        Column(WORDS("column.rank")),
        Column(WORDS("column.county"), "left"),
        Column(_value_column(label, unit, index=index)),
        *(Column(WORDS(f"column.{end}")) for end in ends),
    )
    source = WORDS("source.index", year=year)
    rows = []
    for rank, code, _, value, *spread in ranked.head(top or ranked.height).iter_rows():
        numbers = [Number(value, digits, unit, year, "derived", source)]
        numbers += [Number(end, 0 if index else digits, unit, year, "derived", source) for end in spread]
        rows.append(Row((same(str(rank)), place(atlas.county(code).full_name), *numbers), key=code))
    front: list[Block] = []
    if rows:
        first = place(atlas.county(ranked[ranked.columns[1]][0]).name)
        best = Number(ranked[ranked.columns[3]][0], digits, unit, year, "derived", source)
        front.append(
            said(
                WORDS("answer.index", year=year, count=number_text(ranked.height), first=first, value=best),
                role="answer",
            )
        )
    front.append(Table("rank", label, columns, tuple(rows), source))
    return page_of(WORDS("title", indicator=label, year=year), front, day=day)


def _value_column(label: Text, unit: Unit, *, index: bool) -> Text:
    if index:
        return WORDS("column.index")
    return label if unit is NONE else WORDS("column.value", indicator=label, unit=unit.name)


def _measure(key: str) -> tuple[Text, Unit, int]:
    """Return name, unit and decimals of an indicator or of the index of a dimension."""
    for dimension in DIMENSIONS:
        if dimension.key == key:
            return dimension.label, NONE, INDEX_DIGITS
        for indicator in dimension.indicators:
            if indicator.key == key:
                return indicator.label, unit_of(indicator.unit), indicator.digits
    raise KeyError(key)


def measures_page(day: date | None = None) -> Document:
    """List what counties can be ranked by."""
    columns = (Column(WORDS("column.key"), "left"), Column(WORDS("column.name"), "left"))
    rows = []
    for dimension in DIMENSIONS:
        rows.append(Row((same(dimension.key), dimension.label), strong=True, key=dimension.key))
        rows += [Row((same(item.key), item.label), key=item.key) for item in dimension.indicators]
    table = Table("measures", WORDS("measures.caption"), columns, tuple(rows), WORDS("measures.source"))
    return page_of(WORDS("measures.title"), (said(WORDS("measures.answer"), role="answer"), table), day=day)
