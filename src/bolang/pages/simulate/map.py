"""Who gains and who loses as maps: the surroundings of the county, and the nation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.romanize import place
from bolang.document.model import Figure
from bolang.economy.scenarios.results import Simulation
from bolang.foundation.text import Lang
from bolang.pages.simulate.sentences import closure_text
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from bolang.atlas import Atlas
    from bolang.figures.change_map import ChangeMap

WORDS = load("simulate")
NAMED = 5
"""Counties of each side that the map names."""


def change_maps(atlas: Atlas, found: Simulation) -> tuple[Figure, ...]:
    """Return the two maps, first the one that shows most: the nation where a scenario acts everywhere, else the surroundings."""

    @cache
    def data() -> ChangeMap:
        return _data(atlas, found)

    def nation(lang: Lang) -> Drawing:
        from bolang.figures.change_map import draw_national_change_map

        return draw_national_change_map(lang, data())

    def around(lang: Lang) -> Drawing:
        from bolang.figures.change_map import draw_change_map

        return draw_change_map(lang, data())

    values = {"county": place(found.county.name), "closure": closure_text(found.scenario.closure)}
    maps = [
        Figure(f"map-{key}", WORDS(f"map.{key}", **values), WORDS("map.alt"), WORDS("map.source"), draw)
        for key, draw in (("around", around), ("nation", nation))
    ]
    return tuple(reversed(maps) if _everywhere(found) else maps)


def _everywhere(found: Simulation) -> bool:
    scenario = found.scenario
    return bool(scenario.shocks or scenario.edits or any(use.province for use in scenario.levers))


def _data(atlas: Atlas, found: Simulation) -> ChangeMap:
    from bolang.figures.change_map import ChangeMap
    from bolang.figures.geography import project, shapes

    others = [*found.winners[:NAMED], *found.losers[:NAMED]]
    return ChangeMap(
        shapes=shapes(atlas),
        change=100.0 * found.places["gdp"].to_numpy().astype(float),
        centers=project(np.array([(county.lon, county.lat) for county in atlas.counties])),
        own=found.county.index,
        name=place(found.county.name),
        named=[(effect.county.index, place(effect.county.name)) for effect in others],
    )
