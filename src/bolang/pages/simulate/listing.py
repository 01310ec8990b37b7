"""What a scenario may name: levers with their evidence, foreign regions, and the scenarios that ship."""

from __future__ import annotations

from datetime import date

from bolang.document.model import Column, Document, Number, Row, Table
from bolang.economy import showcase, showcases
from bolang.economy.calibration.calibration import parameters
from bolang.economy.levers.catalogue import levers
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import NONE
from bolang.pages.short import page_of
from bolang.wording import load

WORDS = load("simulate")


def listing_page(day: date | None = None) -> Document:
    """List everything that a scenario may name."""
    return page_of(WORDS("list.title"), (_levers(), _regions(), _showcases()), day=day)


def _levers() -> Table:
    columns = (
        Column(WORDS("column.key"), "left"),
        Column(WORDS("column.moves"), "left"),
        Column(WORDS("column.size")),
        Column(WORDS("column.evidence"), "left"),
    )
    rows = tuple(
        Row(
            (
                same(key),
                join([item.label.text, item.moves.text], "；", "; "),
                Number(100 * item.effect.centre, 1, NONE, None, "estimated", item.source.text),
                item.evidence.text,
            ),
            key=key,
        )
        for key, item in levers().items()
    )
    return Table("levers", WORDS("list.levers"), columns, rows, WORDS("costs.source"))


def _regions() -> Table:
    listed = parameters()["foreign_regions"].value
    assert isinstance(listed, dict)
    rows = tuple(
        Row((same(str(key)), Text(region["zh"], region["en"])), key=str(key)) for key, region in listed.items()
    )
    columns = (Column(WORDS("column.key"), "left"), Column(WORDS("column.region"), "left"))
    return Table("regions", WORDS("list.regions"), columns, rows, WORDS("model"))


def _showcases() -> Table:
    columns = (Column(WORDS("column.key"), "left"), Column(WORDS("column.happens"), "left"))
    rows = []
    for name in showcases():
        zh, _, en = showcase(name).name.partition(" / ")
        rows.append(Row((same(name), Text(zh, en)), key=name))
    return Table("showcases", WORDS("list.showcases"), columns, tuple(rows), WORDS("model"))
