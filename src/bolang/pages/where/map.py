"""Where a lever does most, as a map of the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.romanize import place
from bolang.document.model import Figure
from bolang.foundation.text import Lang, Text
from bolang.wording import load

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure as Drawing

    from bolang.atlas import Atlas

WORDS = load("where")
NAMED = 8
"""Counties that the map names."""


def effect_map(atlas: Atlas, listed: pl.DataFrame, caption: Text) -> Figure:
    """Draw the effect in every county that is listed, best first; the others stay pale."""

    def draw(lang: Lang) -> Drawing:
        from bolang.figures.change_map import ChangeMap, draw_national_change_map
        from bolang.figures.geography import project, shapes

        row = {code: index for index, code in enumerate(atlas.codes)}
        effect = np.full(len(row), np.nan)
        for code, value in listed.select("county", "effect").iter_rows():
            effect[row[code]] = np.nan if value is None else 100.0 * value
        best = [atlas.counties[row[code]] for code in listed["county"].head(NAMED)]
        data = ChangeMap(
            shapes=shapes(atlas),
            change=effect,
            centers=project(np.array([(county.lon, county.lat) for county in atlas.counties])),
            own=best[0].index,
            name=place(best[0].name),
            named=[(county.index, place(county.name)) for county in best[1:]],
        )
        return draw_national_change_map(lang, data)

    return Figure("map", caption, WORDS("map.alt"), WORDS("map.source"), draw)
