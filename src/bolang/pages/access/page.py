"""Where a county is: ways to ports, stations and cities, market potential, its place in the nation, who lives within reach."""

from __future__ import annotations

from datetime import date

import numpy as np

from bolang.atlas import Atlas, County
from bolang.atlas.catalogue import unit_text
from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Document, Number, Row, Section, Table
from bolang.foundation.text import Text
from bolang.foundation.units import NONE, PERSONS, exact_text
from bolang.pages.access.sentences import position_sentences
from bolang.pages.short import page_of, said
from bolang.space import Isochrone, find_gateway, position
from bolang.wording import load

WORDS = load("access")
NEARER_IS_BETTER = (
    "port_km", "port_hours", "port_cost_road", "port_cost", "seaport_km", "airport_km", "airport_hours", "airport_cost", "station_km",
    "terminal_km", "terminal_hours", "terminal_cost", "capital_km", "capital_hours", "capital_cost", "metropolis_km",
    "metropolis_hours", "metropolis_cost",
)  # fmt: skip
MORE_IS_BETTER = (
    "population_60_minutes", "population_180_minutes",
    *(f"{kind}_{modes}" for kind in ("harris", "foreign_harris") for modes in ("road", "rail", "water", "all")),
    "hansen_all", "foreign_hansen_all", "market_access_all", "foreign_market_access_all",
)  # fmt: skip
FIRST = (
    "port_km",
    "port_cost",
    "airport_hours",
    "terminal_km",
    "capital_hours",
    "metropolis_hours",
    "harris_all",
    "foreign_harris_all",
)
"""Figures that everybody reads; the others stand below."""
PLACES = {
    "port_km": "port",
    "port_cost": "port_cheapest",
    "terminal_km": "terminal",
    "metropolis_hours": "metropolis",
    "metropolis_km": "metropolis",
    "seaport_km": "seaport",
}
"""The column that names the place a figure leads to."""


def access_page(atlas: Atlas, county: County, other: County, around: Isochrone, day: date | None = None) -> Document:
    """Write where a county is.

    Parameters
    ----------
    atlas : Atlas
    county, other : County
        The county, and the one it is set beside.
    around : Isochrone
        The drives from the county.
    day : date, optional
    """
    sentences = position_sentences(position(atlas, county))
    names = (*NEARER_IS_BETTER, *MORE_IS_BETTER)
    front: list[Block] = [
        said(sentences[0], role="answer"),
        *(said(sentence, role="bullet") for sentence in sentences[1:]),
        _table(atlas, "access", county, other, FIRST),
        _around(atlas, around),
        said(WORDS("roads"), role="small"),
    ]
    rest = _table(atlas, "more", county, other, tuple(name for name in names if name not in FIRST))
    sections = (Section("more", WORDS("more.title"), (rest,), numbered=False),)
    return page_of(WORDS("title", county=place(county.name)), front, sections, kicker=place(county.full_name), day=day)


def _table(atlas: Atlas, key: str, county: County, other: County, names: tuple[str, ...]) -> Table:
    apart = other.code != county.code
    columns = (
        Column(WORDS("column.figure"), "left"),
        Column(WORDS("column.value")),
        Column(WORDS("column.unit"), "left"),
        Column(WORDS("column.better")),
        *((Column(place(other.name)),) if apart else ()),
    )
    rows = tuple(Row(_cells(atlas, name, county, other)[: len(columns)], key=name) for name in names)
    return Table(key, WORDS(f"caption.{key}"), columns, rows, WORDS("source"))


def _cells(atlas: Atlas, name: str, county: County, other: County) -> tuple[Cell, ...]:
    year = atlas.vintage.census
    fact = atlas.fact(county, name, year)
    values = atlas.table("access")[name].to_numpy()
    better = values > fact.value if name in NEARER_IS_BETTER else values < fact.value
    source = WORDS("source")
    return (
        _label(atlas, name, county, fact.label),
        Number(fact.value, 1, NONE, year, "derived", source, facts=(fact,)),
        unit_text(fact.unit),
        Number(100 * float(np.mean(better)), 0, NONE, year, "derived", source),
        Number(float(values[other.index]), 1, NONE, year, "derived", source),
    )


def _label(atlas: Atlas, name: str, county: County, label: Text) -> Text:
    """Name a figure, and the place that it leads to where the table holds it."""
    if name not in PLACES:
        return label
    which = PLACES[name]
    key = str(atlas.table("access")[which][county.index])
    if which in ("port", "port_cheapest", "seaport"):
        found = find_gateway(atlas, key).name
    else:
        found = place(atlas.county(key).name if which == "terminal" else key)
    return WORDS("label.place", label=label, place=found)


def _around(atlas: Atlas, around: Isochrone) -> Table:
    year = atlas.vintage.census
    people = around.within(atlas.column("population", year))
    columns = (Column(WORDS("column.hours"), "left"), Column(WORDS("column.units")), Column(WORDS("column.people")))
    source = WORDS("source")
    rows = tuple(
        Row(
            (
                WORDS("within", hours=exact_text(limit)),
                Number(int((around.hours <= limit).sum()), 0, NONE, year, "derived", source),
                Number(float(count), 0, PERSONS, year, "derived", source),
            ),
            key=exact_text(limit),
        )
        for limit, count in zip(around.limits, people, strict=True)
    )
    return Table("around", WORDS("around.caption"), columns, rows, source)
