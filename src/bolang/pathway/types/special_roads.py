"""Roads of counties that geography or a resource sets apart: what the four types advise does not fit them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same
from bolang.pathway.reach import city_drives, is_built_core
from bolang.pathway.types.roads import ROADS, SPECIAL, Cell, Road

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Situation = Literal["core", "island", "resource", "border", "far"]
SITUATIONS: tuple[Situation, ...] = ("core", "island", "resource", "border", "far")
"""In the order in which they decide."""


def situation(atlas: Atlas, county: County, cell: Cell) -> Situation | None:
    """Say what sets a county apart from its type; None for most.

    A district of services in the core of a city; an island; a county that lives from coal or is on the list of exhausted resource towns, unless it has complete industry in
    a good location; a weak county on the land border; a weak county with no core city within reach.
    """
    tests: dict[Situation, Callable[[], bool]] = {
        "core": lambda: serves_the_city(atlas, county),
        "island": lambda: county.code in _islands(),
        "resource": lambda: cell != "complete_good" and lives_from_resource(atlas, county),
        "border": lambda: cell.startswith("weak") and atlas.status.has(county, "border"),
        "far": lambda: cell.startswith("weak") and city_drives(atlas)[county.code].core_city.hours > _reach(),
    }
    return next((key for key in SITUATIONS if tests[key]()), None)


def road_of(cell: Cell, special: Situation | None) -> Road:
    """Return the road of a type, or that of the situation, under the label of the type unless it has one of its own."""
    if special is None:
        return ROADS[cell]
    found = SPECIAL[special]
    return replace(found, key=cell, label=ROADS[cell].label if found.label == same("") else found.label)


def serves_the_city(atlas: Atlas, county: County) -> bool:
    """Whether a unit is built-up core of its city and has fewer factory jobs than the nation: the four types are for counties."""
    if not is_built_core(atlas, county):
        return False
    year, factories = atlas.vintage.census, INDUSTRIES.index("C")
    own, nation = atlas.employment(year)[county.index], atlas.national_employment(year)
    return bool(own[factories] * nation.sum() < nation[factories] * own.sum())


def lives_from_resource(atlas: Atlas, county: County) -> bool:
    """Whether coal capacity reaches the line, or an official list calls the county an exhausted resource town."""
    line = load_parameters("bolang.pathway.plan").number("resource_coal")
    coal = next((p for p in atlas.products.of(county) if p.kind == "coal"), None)
    enough = coal is not None and coal.capacity is not None and coal.capacity >= line
    return enough or atlas.status.has(county, "exhausted")


def _islands() -> list[str]:
    listed = load_parameters("bolang.pathway.plan")["island_counties"].value
    assert isinstance(listed, list)
    return [str(code) for code in listed]


def _reach() -> float:
    return load_parameters("bolang.pathway.plan").number("core_city_hours")
