"""Roads of counties that geography or a resource sets apart: what the four types advise does not fit them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bolang.foundation.parameters import load_parameters
from bolang.pathway.types.roads import ROADS, SPECIAL, Cell, Road

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Situation = Literal["island", "resource", "border", "far"]
SITUATIONS: tuple[Situation, ...] = ("island", "resource", "border", "far")
"""In the order in which they decide."""


def situation(atlas: Atlas, county: County, cell: Cell) -> Situation | None:
    """Say what sets a county apart from its type; None for most.

    An island; a county that lives from coal or is on the list of exhausted resource towns, unless it has complete industry in
    a good location; a weak county on the land border; a weak county with no core city within reach.
    """
    tests: dict[Situation, Callable[[], bool]] = {
        "island": lambda: county.code in _islands(),
        "resource": lambda: cell != "complete_good" and lives_from_resource(atlas, county),
        "border": lambda: cell.startswith("weak") and atlas.status.has(county, "border"),
        "far": lambda: cell.startswith("weak") and _hours(atlas).get(county.code, 0.0) > _reach(),
    }
    return next((key for key in SITUATIONS if tests[key]()), None)


def road_of(cell: Cell, special: Situation | None) -> Road:
    """Return the road of a type, or that of the situation under the label of the type."""
    return ROADS[cell] if special is None else replace(SPECIAL[special], key=cell, label=ROADS[cell].label)


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


@lru_cache(maxsize=2)
def _hours(atlas: Atlas) -> dict[str, float]:
    return dict(atlas.table("access").select("code", "core_city_hours").iter_rows())
