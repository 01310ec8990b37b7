"""Where a lever does most, as a page: the answer, how counties spread, the table."""

from __future__ import annotations

from datetime import date

import polars as pl

from bolang.atlas import Atlas
from bolang.atlas.romanize import place
from bolang.document.model import Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.economy.levers.catalogue import Lever, lever
from bolang.economy.scenarios.sweep import Sweep
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, same, tr
from bolang.foundation.units import PERCENT
from bolang.wording import load

WORDS = load("where")
DIGITS = 3
UNSOLVED = ("needs_market", "not_settled", "not_finite")


def where_page(
    swept: Sweep,
    atlas: Atlas,
    name: str,
    *,
    measure: str = "gdp",
    circle: str = "county",
    province: str | None = None,
    top: int | None = 20,
    day: date | None = None,
) -> Document:
    """Write where a lever does most.

    Parameters
    ----------
    swept : Sweep
    atlas : Atlas
    name : str
        The lever.
    measure, circle : str
    province : str, optional
        Only its counties; ranks stay those of the nation.
    top : int, optional
        How many to show; all if None.
    day : date, optional

    Raises
    ------
    BadInputError
        If the lever was not swept, or nothing is known by the names of measure, circle or province.
    """
    chosen = lever(name)
    ranked = _of_province(swept.where(name, measure=measure, circle=circle), atlas, province)
    effects = ranked["effect"].drop_nulls()
    counted = WORDS(f"measure.{measure}")
    first = atlas.county(ranked["county"][0])
    title = (
        WORDS("title", lever=chosen.label.text)
        if province is None
        else WORDS("title.province", lever=chosen.label.text, province=place(first.province))
    )
    source = WORDS("source")
    said = [
        WORDS("answer", first=place(first.name), measure=counted, value=change(ranked["effect"][0], source)),
        WORDS(
            "spread",
            count=f"{effects.len():,}",
            median=change(float(str(effects.median())), source),
            negative=f"{int((effects < 0).sum()):,}",
        ),
        WORDS("unchecked"),
    ]
    table = Table("where", title, _columns(measure, circle), _rows(atlas, ranked.head(top or ranked.height)), source)
    small = Paragraph(tuple(Sentence(text) for text in _remarks(swept, chosen)), role="small")
    front = (Paragraph(tuple(Sentence(text) for text in said), role="answer"), table, small)
    return Document(title, same(""), same(""), WORDS("authors"), day or date.today(), front, ())


def change(value: float, source: Text) -> Number:
    """Return a relative change as a signed percentage."""
    return Number(100 * value, DIGITS, PERCENT, None, "estimated", source, signed=True)


def named(atlas: Atlas, code: str | None) -> Text:
    """Return a county's name, or that there is none."""
    return WORDS("nobody") if code is None else place(atlas.county(code).full_name)


def _of_province(ranked: pl.DataFrame, atlas: Atlas, province: str | None) -> pl.DataFrame:
    if province is None:
        return ranked
    wanted = province.strip()
    codes = [c.code for c in atlas.counties if wanted in (c.province, c.province_code, c.province[:-1])]
    found = ranked.filter(pl.col("county").is_in(codes))
    if found.is_empty():
        known = ", ".join(sorted({c.province for c in atlas.counties}))
        raise BadInputError(
            tr(f"{wanted!r} 没有可排的县。", f"There is nothing to rank in {wanted!r}."),
            tr(f"省份：{known}", f"Provinces: {known}"),
        )
    return found


def _columns(measure: str, circle: str) -> tuple[Column, ...]:
    label = WORDS("column.effect", measure=WORDS(f"measure.{measure}"), circle=WORDS(f"circle.{circle}"))
    return (
        Column(WORDS("column.rank")),
        Column(WORDS("column.county"), "left", 3.0),
        Column(label, width=2.0),
        Column(WORDS("column.gainer"), "left", 3.0),
        Column(WORDS("column.loser"), "left", 3.0),
    )


def _rows(atlas: Atlas, ranked: pl.DataFrame) -> tuple[Row, ...]:
    source = WORDS("source")
    return tuple(
        Row(
            (
                same(str(row["rank"])),
                place(atlas.county(row["county"]).full_name),
                change(row["effect"], source),
                named(atlas, row["gainer"]),
                named(atlas, row["loser"]),
            ),
            key=row["county"],
        )
        for row in ranked.iter_rows(named=True)
    )


def _remarks(swept: Sweep, chosen: Lever) -> list[Text]:
    states = dict(swept.frame.filter(pl.col("lever") == chosen.key).group_by("state").len().iter_rows())
    size = Number(100 * chosen.effect.centre, 1, PERCENT, None, "estimated", chosen.source.text)
    return [
        WORDS("size", effect=size, unit=chosen.unit.text),
        WORDS("evidence", evidence=chosen.evidence.text),
        *(WORDS(f"unsolved.{state}", count=f"{states[state]:,}") for state in UNSOLVED if state in states),
    ]
