"""The type of a county: which, how surely, how far from the border, the road that fits; and how many counties are of each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Document, Number, Row, Section, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, number_text
from bolang.pages.short import page_of, said
from bolang.pages.types.sentences import AXES, TOWNS, border, crossing_text, headline
from bolang.pathway.types import CELLS, ROADS, CountyType, National
from bolang.wording import load

WORDS = load("types")
SURE, SURELY_NOT = 0.995, 0.005
"""Lines are drawn from ranges, so nothing is ever certain."""


def type_page(found: CountyType, day: date | None = None) -> Document:
    """Write the type of one county and the road that fits."""
    name = place(found.county.name)
    title = WORDS("title", county=name)
    front: list[Block] = [said(headline(found), role="answer")]
    if found.cell is None:
        return page_of(title, front, day=day)
    labels = {cell: ROADS[cell].label for cell in CELLS}
    likely = _shares("cells", found.probability, labels, _year(found))
    near = border(found)
    front += [said(near, role="bullet")] if near.zh else []
    front += _road(found)
    if found.situation != "core":
        front.append(likely)
    sections = [Section("behind", WORDS("behind.title"), tuple(_behind(found)), numbered=False)]
    if len(found.changes) > 1:
        moves = tuple(said(crossing_text(change), role="bullet") for change in found.changes)
        sections.append(Section("changes", WORDS("changes.title"), moves, numbered=False))
    return page_of(title, front, sections, kicker=place(found.county.full_name), day=day)


def _axes(found: CountyType) -> Table:
    columns = (
        Column(WORDS("column.axis"), "left"),
        Column(WORDS("column.points")),
        Column(WORDS("column.margin")),
    )
    year = _year(found)
    rows = tuple(
        Row(
            (
                AXES[axis],
                Number(points, 0, NONE, year, "derived", WORDS("source", year=year)),
                Number(found.margin[axis], 0, NONE, year, "derived", WORDS("source", year=year), signed=True),
            ),
            key=axis,
        )
        for axis, points in found.index.items()
    )
    return Table("axes", WORDS("axes.caption"), columns, rows, WORDS("source", year=year))


def _road(found: CountyType) -> list[Block]:
    road = found.road
    assert road is not None
    lead = WORDS("road.own" if road.from_report else "road.added", road=road.road)
    return [
        said(road.reason, lead=lead),
        *(said(step, role="bullet") for step in road.steps),
        said(road.caution, lead=WORDS("road.caution")),
    ]


def _behind(found: CountyType) -> list[Block]:
    made: list[Block] = [_axes(found)]
    if found.is_county_town:
        made += [
            _shares("towns", found.town_types, dict(TOWNS), _year(found)),
            said(WORDS("towns.remark"), role="small"),
        ]
    return made


def _shares(key: str, shares: Mapping[Any, float], labels: Mapping[Any, Text], year: int) -> Table:
    columns = (Column(WORDS("column.type"), "left"), Column(WORDS("column.likely")))
    rows = tuple(Row((labels[kind], _share(value, year)), key=kind) for kind, value in shares.items())
    return Table(key, WORDS(f"caption.{key}"), columns, rows, WORDS("source", year=year))


def _share(value: float, year: int) -> Cell:
    if math.isnan(value):
        return same("–")
    if value > SURE or value < SURELY_NOT:
        return same(">99" if value > SURE else "<1")
    return Number(100 * value, 0, NONE, year, "derived", WORDS("source", year=year))


def _year(found: CountyType) -> int:
    assert found.county.atlas is not None
    return found.county.atlas.vintage.census


def nation_page(national: National, day: date | None = None) -> Document:
    """Say how many units are of each type."""
    counts, year = national.counts(), national.atlas.vintage.census
    labels: dict[str, Text] = {cell: ROADS[cell].label for cell in CELLS}
    labels |= {str(kind): label for kind, label in TOWNS.items()}
    columns = (Column(WORDS("column.type"), "left"), Column(WORDS("column.all")), Column(WORDS("column.towns")))
    rows = tuple(
        Row(
            (
                label,
                *(Number(counts[group][key], 0, NONE, year, "derived", WORDS("source", year=year)) for group in GROUPS),
            ),
            key=key,
        )
        for key, label in labels.items()
    )
    most = max(CELLS, key=lambda cell: counts["all"][cell])
    answer = WORDS("nation.answer", type=ROADS[most].label, count=number_text(counts["all"][most]))
    table = Table("types", WORDS("nation.caption"), columns, rows, WORDS("source", year=year))
    return page_of(
        WORDS("nation.title"), (said(answer, role="answer"), table, said(WORDS("nation.remark"), role="small")), day=day
    )


GROUPS = ("all", "county_towns")
