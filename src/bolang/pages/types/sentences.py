"""The type of a county in sentences: which, how sure, what would change it."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.foundation.names import Names
from bolang.foundation.text import Text, join
from bolang.foundation.units import exact_text, number_text
from bolang.pathway.reach import city_drives
from bolang.pathway.types import ROADS, CountyType
from bolang.pathway.types.borders import Crossing
from bolang.pathway.types.town_types import TownType
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("county_type")
AXES = Names("bolang.pathway.types", "axes")
TOWNS = Names("bolang.pathway.types", "town_types")
FUNCTIONS = Names("bolang.pathway.types", "functions")
LOSSES = Names("bolang.pathway.types", "losses")
SURE, SECOND, CERTAIN = 0.5, 0.1, 0.995
"""From which probability a type is said to hold, a second one is named, and a share reads as nearly certain."""


def headline(found: CountyType) -> Text:
    """Say the type, the road that fits, the county-town types of the policy, and the loss of people."""
    county, road = place(found.county.name), found.road
    if road is None:
        return WORDS("unknown", county=county)
    if found.situation == "core":
        assert found.county.atlas is not None
        city = place(city_drives(found.county.atlas)[found.county.code].core_city.city)
        return WORDS("core", county=county, city=city, road=road.road)
    share = found.probability[road.key]
    key = "sure" if share >= SURE else "between"
    parts = [WORDS(key, county=county, type=road.label, share=_percent(share), road=road.road)]
    if found.is_county_town and found.likely_town_types:
        named = [_town(kind, found) for kind in found.likely_town_types]
        parts.append(WORDS("towns", types=join(named, "、", "; ")))
    if found.loss not in (None, "none") and found.population_change is not None:
        assert found.county.atlas is not None
        years = found.county.atlas.vintage
        parts.append(_loss(found.population_change, LOSSES[found.loss], (years.census_before, years.census)))
    return join(parts)


def border(found: CountyType) -> Text:
    """Say how near the next line is, which other type is likely, and what alone would carry the county across."""
    if found.cell is None or found.situation == "core":
        return Text("", "")
    nearest = found.nearest_line
    points = found.margin[nearest]
    parts = [WORDS("line.above" if points >= 0 else "line.below", axis=AXES[nearest], points=number_text(abs(points)))]
    second = max((cell for cell in found.probability if cell != found.cell), key=lambda cell: found.probability[cell])
    if found.probability[second] >= SECOND:
        parts.append(WORDS("second", type=ROADS[second].label, share=_percent(found.probability[second])))
    near = [move for move in found.changes if move.axis == nearest]
    parts.append(crossing_text(near[0]) if near else WORDS("crossing.none"))
    if found.shortfall is not None:
        parts.append(_shortfall(found))
    return join(parts)


def crossing_text(move: Crossing) -> Text:
    """Say which value of one part would carry the county across a line."""
    part = move.part
    return WORDS(
        "crossing.gains" if move.gains else "crossing.loses",
        part=part.label,
        unit=part.unit,
        now=number_text(move.now, part.digits),
        needed=number_text(move.needed, part.digits),
        axis=AXES[move.axis],
    )


def _percent(share: float) -> str:
    """Write a share in per cent; thresholds are drawn from a range, so nothing is ever certain."""
    return ">99" if share > CERTAIN else number_text(share * 100)


def _town(kind: TownType, found: CountyType) -> Text:
    if kind != "specialised" or not found.functions:
        return TOWNS[kind]
    functions = join([FUNCTIONS[key] for key in found.functions], "、", ", ")
    return WORDS("town.functions", type=TOWNS[kind], functions=functions)


def _loss(change: float, named: Text, years: tuple[int, int]) -> Text:
    figures: dict[str, Value] = {
        "change": number_text(change, 1, signed=True),
        "class": named,
        "first": years[0],
        "last": years[1],
    }
    return WORDS("loss", **figures)


def _shortfall(found: CountyType) -> Text:
    assert found.shortfall is not None
    lack = found.shortfall
    return WORDS(
        "shortfall",
        factories=number_text(lack.factories, 2),
        services=number_text(lack.services, 2),
        factories_needed=exact_text(lack.factories_needed),
        services_needed=exact_text(lack.services_needed),
    )
