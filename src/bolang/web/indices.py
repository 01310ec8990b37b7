"""Indices and their parts for all counties: as a layer of the map, and as a page in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.romanize import place
from bolang.diagnosis.indicators import DIMENSIONS
from bolang.diagnosis.panel import DimensionPanel
from bolang.document.model import Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, number_text, span_text
from bolang.web.refusals import refuse
from bolang.web.shell import WORDS

if TYPE_CHECKING:
    from bolang.diagnosis.panel import Panel

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Index:
    """An index or one of its parts; `low` and `high` are ranks if `ranked`, else an interval of the value."""

    key: str
    label: Text
    values: Floats
    strength: Floats
    low: Floats
    high: Floats
    ranked: bool
    digits: int
    unit: Text


def is_index(key: str) -> bool:
    """Whether a key names an index of the diagnosis or one of its parts."""
    return any(key in (spec.key, *(item.key for item in spec.indicators)) for spec in DIMENSIONS)


def index_of(panel: Panel, key: str) -> Index:
    """Return an index or a part by key."""
    for dimension in panel.dimensions:
        if dimension.spec.key == key:
            return _whole(dimension)
        for part in dimension.indicators:
            if part.indicator.key == key:
                now = part.values.now
                nothing = np.full(len(now), np.nan)
                low = nothing if part.values.low is None else part.values.low
                high = nothing if part.values.high is None else part.values.high
                found = part.indicator
                return Index(key, found.label, now, part.strength, low, high, False, found.digits, found.unit)
    raise KeyError(key)


def _whole(found: DimensionPanel) -> Index:
    return Index(
        found.spec.key,
        found.spec.label,
        found.score,
        found.score,
        found.rank_low,
        found.rank_high,
        True,
        0,
        same(""),
    )


def index_page(panel: Panel, key: str, province: str | None, top: int | None) -> Document:
    """Write all counties in the order of an index, each with its range.

    Raises
    ------
    BadInputError
        If no province has this name.
    """
    found = index_of(panel, key)
    atlas = panel.evidence.atlas
    inside = np.array([province is None or county.province.startswith(province) for county in atlas.counties])
    if not inside.any():
        raise refuse("province", name=province)
    rows = np.flatnonzero(~np.isnan(found.strength) & inside)
    rows = rows[np.argsort(-found.strength[rows], kind="stable")]
    rank = 1 + np.searchsorted(-found.strength[rows], -found.strength[rows], side="left")
    year = atlas.vintage.census
    columns = (
        Column(WORDS("ui.rank.rank")),
        Column(WORDS("ui.rank.county"), "left"),
        Column(WORDS("ui.rank.value", label=found.label, unit=found.unit)),
        Column(WORDS("ui.rank.range") if found.ranked else WORDS("ui.rank.interval")),
    )
    listed = tuple(
        Row(
            (
                same(str(position)),
                place(atlas.counties[i].full_name),
                Number(float(found.values[i]), found.digits, NONE, year, "derived"),
                _span(found, i),
            ),
            key=atlas.counties[i].code,
        )
        for position, i in list(zip(rank.tolist(), rows.tolist(), strict=True))[:top]
    )
    title = WORDS("ui.map.of", label=found.label, year=str(year))
    said = WORDS("ui.rank.says", count=number_text(len(rows)), first=place(atlas.counties[rows[0]].name))
    table = Table("rank", title, columns, listed, WORDS("ui.map.index.source"))
    front = (Paragraph((Sentence(said),), role="answer"), table)
    return Document(title, same(""), same(""), WORDS("ui.authors"), date.today(), front, ())


def _span(found: Index, i: int) -> Text:
    low, high = found.low[i], found.high[i]
    if np.isnan(low) or np.isnan(high):
        return same("–")
    digits = 0 if found.ranked else found.digits
    return span_text(low, high, digits)
