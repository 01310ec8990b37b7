"""The map of all counties: what it can show, the values behind it, its shapes, and the map as a picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from starlette.responses import Response

from bolang.atlas.catalogue import source_titles, unit_text
from bolang.atlas.romanize import place
from bolang.diagnosis.desk import DESK_KEYS, RATIOS
from bolang.document.model import Document, Figure, Number, Paragraph, Sentence
from bolang.foundation.text import Lang, Text, join, same
from bolang.foundation.units import NONE, Unit, number_text, unit_of
from bolang.pages.report.facts import UNITS
from bolang.web.county import whole
from bolang.web.shell import WORDS, Page, Visit, respond
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.web.rooms import Room

DESK, TYPES = load("desk"), "type"
CLASSES = 5
CLASS_DIGITS = {"万元": 2, "亿美元": 2, "人": 1, "%": 1}
"""Decimals of the ends of a class, by unit: one for all classes of a map."""
FILLS = ("#e8eef4", "#bcd0e4", "#86acd0", "#4d82b5", "#1f4e79")
"""Light to dark in equal fifths of the counties: readable in grey print and without red and green."""
TYPE_FILLS = ("#1f4e79", "#7fa3c7", "#e0a36f", "#f3dfc4")
SURE = 0.6
"""Probability of its type below which a county is unsure."""
WIDE = 0.25
"""Width of the range of ranks, as a share of all counties, from which a place in an index is unsure."""


@dataclass(frozen=True)
class Layer:
    """What a map shows of every county, in the order of codes.

    Attributes
    ----------
    kind : ndarray of int
        Class of every county; -1 where nothing is known.
    unsure : ndarray of bool
    legend : sequence of (colour, words)
    shown : list of Text
        What is read beside a county.
    certainty : ndarray
    """

    title: Text
    source: Text
    kind: NDArray[np.int64]
    unsure: NDArray[np.bool_]
    legend: tuple[tuple[str, Text], ...]
    shown: list[Text]

    @property
    def known(self) -> int:
        """Counties of which something is known."""
        return int((self.kind >= 0).sum())


def choices(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a map or a ranking can be made by: groups of key and label."""
    from bolang.diagnosis.indicators import DIMENSIONS
    from bolang.economy.scenarios.sweep import Sweep

    lang = visit.lang
    labels = [(key, DESK(f"row.{key}")) for key in DESK_KEYS]
    short = [label.bare.in_(lang) for _, label in labels]
    facts: list[tuple[str, str]] = [
        (key, name if short.count(name) == 1 else label.in_(lang))
        for (key, label), name in zip(labels, short, strict=True)
    ]
    indices = [(spec.key, spec.label.in_(lang)) for spec in DIMENSIONS]
    parts = [(item.key, item.label.in_(lang)) for spec in DIMENSIONS for item in spec.indicators]
    groups = [
        (visit.say("group.facts"), facts),
        (visit.say("group.indices"), indices),
        (visit.say("group.parts"), list(dict(parts).items())),
    ]
    swept = [(item.key, item.label.text.in_(lang)) for item in Sweep.shipped().levers]
    return [*groups, (visit.say("group.levers"), swept)] if swept else groups


def layer(room: Room, by: str, year: int | None) -> Layer:
    """Return what a map shows.

    Raises
    ------
    UnknownIndicatorError, MissingFactError
        If there is no such indicator, or no figure of the year.
    """
    from bolang.web.indices import is_index
    from bolang.web.lever_layer import is_lever, lever_layer

    if by == TYPES:
        return _types(room)
    if is_lever(by):
        return lever_layer(room, by)
    return _index(room, by) if is_index(by) else _fact(room, by, year)


def _types(room: Room) -> Layer:
    from bolang.pathway.shared import national
    from bolang.pathway.types import CELLS, ROADS

    found = national(room.atlas).report_types
    kind = found.cell.astype(np.int64)
    own = np.where(kind >= 0, found.probability[np.arange(len(kind)), np.maximum(kind, 0)], 0.0)
    labels = [WORDS(f"ui.cell.{cell}") for cell in CELLS]
    roads = [ROADS[cell].label for cell in CELLS]
    shown = [
        WORDS("ui.map.nothing")
        if k < 0
        else WORDS("ui.map.type", kind=labels[k], road=roads[k], percent=number_text(100 * p))
        for k, p in zip(kind.tolist(), own.tolist(), strict=True)
    ]
    legend = tuple(
        (fill, join([label, same(number_text(int((kind == k).sum())))], " ", " "))
        for k, (fill, label) in enumerate(zip(TYPE_FILLS, labels, strict=True))
    )
    year = str(room.atlas.vintage.census)
    return Layer(
        WORDS("ui.map.types", year=year), WORDS("ui.map.types.source", year=year), kind, own < SURE, legend, shown
    )


def _index(room: Room, by: str) -> Layer:
    from bolang.web.indices import index_of

    found = index_of(room.diagnostician.panel, by)
    wide = found.high - found.low > WIDE * len(found.values) if found.ranked else np.zeros(len(found.values), bool)
    year = room.atlas.vintage.census
    return classed(
        WORDS("ui.map.of", label=found.label, year=str(year)),
        WORDS("ui.map.index.source"),
        found.values,
        np.nan_to_num(wide).astype(bool),
        NONE,
        found.digits,
        year,
    )


def _fact(room: Room, by: str, year: int | None) -> Layer:
    from bolang.diagnosis.fact_ranking import rank_facts

    found = rank_facts(room.atlas, by, year=year)
    values = np.full(len(room.atlas.counties), np.nan)
    values[[row.county.index for row in found.rows]] = [row.value for row in found.rows]
    estimated = np.zeros(len(values), bool)
    computed = by in RATIOS and by in DESK_KEYS and by not in room.atlas.entries
    if not computed:
        everything = room.atlas.column(by, found.year, estimated=True)
        estimated = np.isnan(values) & ~np.isnan(everything) | (room.atlas.statuses(by, found.year) == "estimated")
        values = np.where(np.isnan(values), everything, values)
    label = found.label or DESK(f"row.{by}").bare
    titles = join([source_titles()[key] for key in found.sources], "；", "; ")
    shown = UNITS.get(found.unit) or unit_of(unit_text(found.unit))
    title = WORDS("ui.map.of", label=label, year=str(found.year))
    return classed(title, titles, values, estimated, shown, CLASS_DIGITS.get(found.unit, 0), found.year)


def classed(
    title: Text,
    source: Text,
    values: NDArray[np.float64],
    unsure: NDArray[np.bool_],
    unit: Unit,
    digits: int,
    year: int | None,
) -> Layer:
    """Sort counties into fifths; the legend says from where to where each goes."""
    known = ~np.isnan(values)
    cuts = np.unique(np.quantile(values[known], np.linspace(0, 1, CLASSES + 1)[1:-1]))
    kind = np.where(known, np.searchsorted(cuts, np.nan_to_num(values), side="right"), -1)
    fills = FILLS if len(cuts) == CLASSES - 1 else FILLS[-len(cuts) - 1 :]

    def number(value: float, estimated: bool = False) -> Text:
        return Number(float(value), digits, unit, year, "estimated" if estimated else "measured").text

    legend = []
    for k, fill in enumerate(fills):
        inside = values[known & (kind == k)]
        span = WORDS("ui.map.span", low=number(inside.min()), high=number(inside.max())) if inside.size else same("–")
        legend.append((fill, span))
    shown = [
        number(value, bool(guess)) if np.isfinite(value) else WORDS("ui.map.nothing")
        for value, guess in zip(values.tolist(), unsure.tolist(), strict=True)
    ]
    return Layer(title, source, kind, unsure & known, tuple(legend), shown)


def first_layer(visit: Visit, by: str, year: int | None) -> str:
    """Return the address of the values that a map begins with, for the head of the page to ask for at once."""
    return visit.url("/map.json", by=by, year=year)


def values(visit: Visit) -> Response:
    """Return what the map shows, for the script that draws it."""
    by, year = visit.query.get("by", TYPES), whole(visit, "year", 1900, 2100)
    content = visit.room.remember(("map", by, year, visit.lang), lambda: told(visit.room, by, year, visit.lang))
    return Response(content, media_type="application/json")


def told(room: Room, by: str, year: int | None, lang: Lang) -> bytes:
    """Write what a map shows, in one language."""
    found = layer(room, by, year)
    return json.dumps(
        {
            "title": found.title.in_(lang),
            "source": found.source.in_(lang) + ("。" if lang == "zh" and found.source != same("") else ""),
            "kind": found.kind.tolist(),
            "unsure": found.unsure.astype(int).tolist(),
            "legend": [(fill, words.in_(lang)) for fill, words in found.legend],
            "shown": [text.in_(lang) for text in found.shown],
            "names": [place(county.full_name).in_(lang) for county in room.atlas.counties],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def shapes(_: object) -> Response:
    """Return the shapes, packed as they are shipped."""
    return Response(
        _packed(), media_type="application/json", headers={"content-encoding": "gzip", "cache-control": "max-age=3600"}
    )


@cache
def _packed() -> bytes:
    return resources.files("bolang.web").joinpath("static/shapes.json.gz").read_bytes()


def map_view(visit: Visit) -> Response:
    """Show the full map."""
    from bolang.web.lever_layer import is_lever

    by, year = visit.query.get("by", TYPES), whole(visit, "year", 1900, 2100)
    found = layer(visit.room, by, year)
    lever = "lever." if is_lever(by) and found.known < len(found.kind) else ""
    known, units, unsure = number_text(found.known), number_text(len(found.kind)), int(found.unsure.sum())
    said = (
        WORDS(f"ui.map.{lever}says", known=known, all=units, unsure=number_text(unsure))
        if unsure
        else WORDS(f"ui.map.{lever}all_sure", known=known, all=units)
    )
    front: tuple[Any, ...] = (Paragraph((Sentence(said),)),)
    if visit.request.query_params.get("to"):
        front = (*front, _figure(visit, found))
    document = Document(found.title, same(""), same(""), WORDS("ui.authors"), date.today(), front, ())
    return respond(
        visit,
        Page(
            document,
            "map",
            below="map.html",
            command=f"bolang rank {by}" if by != TYPES else "bolang types",
            python=_python(by, year),
            scripts=("map.js",),
            extra={"groups": choices(visit), "chosen": by, "year": year, "first": first_layer(visit, by, year)},
        ),
    )


def _python(by: str, year: int | None) -> str:
    """Return the Python that gives what the map shows."""
    from bolang.web.indices import is_index
    from bolang.web.lever_layer import is_lever
    from bolang.web.tables import INDEX, RANK

    if is_lever(by):
        return f'print(bl.Sweep.shipped().where("{by}"))'
    if by == TYPES:
        return "from bolang.pathway.shared import national\nprint(national(bl.Atlas()).frame())"
    return INDEX.format(by=by) if is_index(by) else RANK.format(by=by, year=year, province=None)


def _figure(visit: Visit, found: Layer) -> Figure:
    from bolang.figures.geography import shapes as projected
    from bolang.figures.values_map import ValuesMap, draw_values_map

    hidden = found.unsure if visit.query.get("hide") == "unsure" else np.zeros(len(found.kind), bool)
    kind = np.where(hidden, -1, found.kind)
    data = ValuesMap(projected(visit.room.atlas), kind, found.legend, found.title)
    return Figure("map", found.title, found.title, found.source, lambda lang: draw_values_map(lang, data))
