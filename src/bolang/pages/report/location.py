"""The small map of the report: the prefecture in its province, the county among its neighbours."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.places import stem
from bolang.atlas.romanize import place
from bolang.document.model import Figure, Section
from bolang.figures.geography import shapes
from bolang.figures.location_map import LocationMap, draw_location_map
from bolang.figures.maps import shows_undemarcated
from bolang.foundation.text import Lang, same
from bolang.foundation.units import number_text
from bolang.pages.report.context import Context
from bolang.pages.report.say import listed
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

WORDS = load("report_location")
_LONG = 6
_ISLETS = "460300"
"""Prefecture of reefs too small for a map of this size."""


def with_map(context: Context, chapters: tuple[Section, ...]) -> tuple[Section, ...]:
    """Put the map behind the first text of the first chapter."""
    made = location_figure(context)
    if made is None or not chapters:
        return chapters
    first = chapters[0]
    return (replace(first, blocks=(*first.blocks[:1], made, *first.blocks[1:])), *chapters[1:])


def location_figure(context: Context) -> Figure | None:
    """Return the map; None where the units are islets."""
    county = context.county
    if county.prefecture_code == _ISLETS:
        return None
    plain = context.in_municipality or county.prefecture.startswith(county.province)
    above = same(county.province if plain else county.province + county.prefecture)
    beside = _neighbours(context)
    size = number_text(float(context.atlas.table("units")["area_km2"][county.index]), 0)
    names = listed(same(name) for name in beside)
    if len(beside) > 1:
        alt = WORDS("alt", county=context.name, above=above, area=size, count=len(beside), beside=names)
    elif beside:
        alt = WORDS("alt.one", county=context.name, above=above, area=size, beside=names)
    else:
        alt = WORDS("alt.island", county=context.name, above=above)
    caption = WORDS("caption", county=context.short, above=above)
    dashed = shows_undemarcated(shapes(context.atlas), county.province_code)
    return Figure("location", caption, alt, WORDS("source.dashes" if dashed else "source"), partial(_draw, context))


def _neighbours(context: Context) -> list[str]:
    """Return the units with a common border, the longest first."""
    import polars as pl

    table = context.atlas.table("neighbours").filter(pl.col("code") == context.county.code)
    codes = table.sort("border_km", descending=True)["neighbour"].to_list()
    return [context.atlas.county(code).name for code in codes]


def _draw(context: Context, lang: Lang) -> Drawing:
    atlas, county = context.atlas, context.county
    group = "province_code" if context.in_municipality else "prefecture_code"
    members = [other for other in atlas.counties if getattr(other, group) == getattr(county, group)]
    inner = county.province if context.in_municipality else county.prefecture
    data = LocationMap(
        shapes(atlas),
        county.index,
        np.array([other.index for other in members], dtype=np.int64),
        tuple(place(other.name if len(other.name) <= _LONG else stem(other.name)) for other in members),
        county.province_code,
        None if context.in_municipality else place(county.province),
        place(inner),
    )
    return draw_location_map(lang, data)
