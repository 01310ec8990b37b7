"""Several counties side by side: the desk rows, each figure with its year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.atlas.model import County
from bolang.atlas.romanize import place
from bolang.diagnosis.desk import DESK_KEYS, Desk, DeskKey, desk_of
from bolang.document.model import Block, Cell, Column, Document, Paragraph, Row, Sentence, Table
from bolang.foundation.text import join, same
from bolang.pages.desk.tables import dated
from bolang.wording import load

WORDS = load("show")
DESK = load("desk")


def compare_page(counties: Sequence[County], day: date | None = None) -> Document:
    """Write counties side by side."""
    desks = [desk_of(county) for county in counties]
    columns = (
        Column(DESK("column.item"), "left"),
        *(Column(place(county.name)) for county in counties),
    )
    rows = tuple(
        Row((DESK(f"row.{key}"), *(_newest(desk, key) for desk in desks)), key=key)
        for key in DESK_KEYS
        if any(desk.row(key).latest for desk in desks)
    )
    table = Table("compare", WORDS("compare.caption"), columns, rows, DESK("source"))
    names = join([place(county.name) for county in counties], "、", ", ")
    front: list[Block] = []
    richest, means = (_highest(desks, key) for key in ("gdp", "self_sufficiency"))
    if richest is not None and means is not None:
        answer = WORDS("compare.answer", richest=place(richest.name), means=place(means.name))
        front.append(Paragraph((Sentence(answer),), role="answer"))
    title = WORDS("compare.title", counties=names)
    return Document(title, same(""), same(""), WORDS("authors"), day or date.today(), (*front, table), ())


def _newest(desk: Desk, key: DeskKey) -> Cell:
    return dated(key, desk.row(key).latest)


def _highest(desks: Sequence[Desk], key: str) -> County | None:
    """Return the county with the highest figure; None unless all have one of the same year."""
    cells = [desk.row(key).latest for desk in desks]  # type: ignore[arg-type]
    if any(cell is None for cell in cells) or len({cell.year for cell in cells if cell}) > 1:
        return None
    return max(zip(cells, desks, strict=True), key=lambda pair: pair[0].value)[1].county  # type: ignore[union-attr]
