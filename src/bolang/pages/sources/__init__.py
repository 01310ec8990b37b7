"""Pages on what the facts cover and where they come from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bolang.atlas.coverage import coverage
from bolang.document.model import Block, Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, number_text
from bolang.foundation.ways import way
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas

WORDS = load("sources")


def coverage_page(atlas: Atlas, day: date | None = None) -> Document:
    """Say how many units have which figures."""
    import polars as pl

    vintage = atlas.vintage
    found = coverage(atlas)
    revenue = next(c.units for c in found if (c.indicator, c.year) == ("fiscal_revenue", vintage.accounts))
    final = atlas.table("debt").filter((pl.col("year") == vintage.debt) & (pl.col("stage") == "final"))
    answer = WORDS(
        "coverage.answer",
        units=number_text(len(atlas.counties)),
        year=vintage.accounts,
        revenue=number_text(revenue),
        debt=final.height,
        debt_year=vintage.debt,
    )
    columns = (
        Column(WORDS("coverage.indicator"), "left"),
        Column(WORDS("coverage.year")),
        Column(WORDS("coverage.units")),
        Column(WORDS("coverage.people")),
    )
    rows = tuple(
        Row(
            (
                c.label,
                same(str(c.year)),
                Number(c.units, 0, NONE, c.year, "derived"),
                Number(100 * c.people, 1, NONE, c.year, "derived"),
            ),
            key=f"{c.indicator}-{c.year}",
        )
        for c in found
    )
    table = Table("coverage", WORDS("coverage.caption"), columns, rows, WORDS("coverage.source"))
    return _page(WORDS("coverage.title"), answer, table, day)


def sources_page(atlas: Atlas, day: date | None = None) -> Document:
    """Say where the facts come from, and under which terms they are carried."""
    listed = atlas.table("sources")
    columns = (
        Column(WORDS("sources.source"), "left"),
        Column(WORDS("sources.publisher"), "left"),
        Column(WORDS("sources.terms"), "left"),
    )
    rows = tuple(
        Row((Text(zh, en), same(publisher), Text(terms, terms_en)), key=key)
        for key, zh, en, publisher, terms, terms_en in listed.select(
            "source", "zh", "en", "publisher", "licence", "licence_en"
        ).iter_rows()
    )
    table = Table("sources", WORDS("sources.caption"), columns, rows, same(""))
    return _page(WORDS("sources.title"), WORDS("sources.answer", count=listed.height, how=way("trail")), table, day)


def _page(title: Text, answer: Text, table: Table, day: date | None) -> Document:
    front: tuple[Block, ...] = (Paragraph((Sentence(answer),), role="answer"), table)
    return Document(title, same(""), same(""), WORDS("authors"), day or date.today(), front, ())
