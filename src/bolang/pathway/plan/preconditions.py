"""What a measure needs here, tested in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import INDUSTRIES
from bolang.diagnosis.exports import export_ratio
from bolang.foundation.parameters import load_parameters
from bolang.measures import location_quotient_interval
from bolang.pathway.plan.sea_calls import seaport_of
from bolang.pathway.reach import city_drives, is_built_core

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Floats = NDArray[np.float64]
_TOWN = re.compile(r"[（(].*[镇乡街道][)）]|[（(][^（）()]{2,3}[)）]$")
"""A listed name that stands for one town: 中国衬衫名镇（大陈镇）."""
Direction = Literal["at_least", "at_most", "listed"]


@dataclass(frozen=True, slots=True)
class Precondition:
    """One test of one county.

    Attributes
    ----------
    key : str
    value : float or None
        What the county has; None where it is not known.
    line : float
        What is needed.
    direction : {'at_least', 'at_most', 'listed'}
        ``listed`` for what is on a list or not (1 or 0).
    year : int or None
        Year of the value.
    met : bool or None
        None where the value is not known.
    name : str
        What the value is of: the city, the market, the product.
    """

    key: str
    value: float | None
    line: float
    direction: Direction
    year: int | None
    met: bool | None
    name: str = ""


class Preconditions:
    """Tests the preconditions of measures in every county of an atlas; arrays are read once.

    Parameters
    ----------
    atlas : Atlas
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._tests: dict[str, Callable[[County], Precondition]] = {
            "is_county": self._is_county,
            "rural": self._rural,
            "outside_core": self._outside_core,
            "near_core_city": self._near_core_city,
            "not_too_far": self._not_too_far,
            "workforce": self._workforce,
            "cluster": self._cluster,
            "trade_centre": self._trade_centre,
            "exports": self._exports,
            "station": self._station,
            "inland": self._inland,
            "off_seaport": self._off_seaport,
            "port_reach": self._port_reach,
            "migrants": self._migrants,
            "growing": self._growing,
            "farm_product": self._farm_product,
            "farm_work": self._farm_work,
            "border": self._border,
            "tourism_listed": self._tourism,
            "resource": self._resource,
            "sparse": self._sparse,
            "island": self._island,
        }

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all tests."""
        return frozenset(self._tests)

    def of(self, county: County, key: str) -> Precondition:
        """Test one precondition in a county."""
        return self._tests[key](county)

    # -- arrays -----------------------------------------------------------------------------------

    @property
    def _year(self) -> int:
        return self.atlas.vintage.census

    @cached_property
    def _employment(self) -> Floats:
        return self.atlas.employment(self._year)

    @cached_property
    def _quotient_low(self) -> Floats:
        return location_quotient_interval(self._employment, self.atlas.national_employment(self._year)).low

    def _column(self, name: str) -> Floats:
        if name not in self._columns:
            self._columns[name] = self.atlas.column(name, self._year)
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, Floats]:
        return {}

    # -- tests ------------------------------------------------------------------------------------

    def _is_county(self, county: County) -> Precondition:
        return _listed("is_county", county.kind not in ("district", "undivided_city"))

    def _rural(self, county: County) -> Precondition:
        rural = 100.0 - float(self._column("urban_share")[county.index])
        return _at_least("rural", rural, "rural_share_needed", self._year)

    def _outside_core(self, county: County) -> Precondition:
        drive = city_drives(self.atlas)[county.code].core_city
        return _listed("outside_core", not is_built_core(self.atlas, county), name=drive.city)

    def _near_core_city(self, county: County) -> Precondition:
        drive = city_drives(self.atlas)[county.code].core_city
        return _at_most("near_core_city", drive.hours, "core_city_hours", self._year, drive.city)

    def _not_too_far(self, county: County) -> Precondition:
        drive = city_drives(self.atlas)[county.code].metropolis
        return _at_most("not_too_far", drive.hours, "not_too_far_hours", self._year, drive.city)

    def _workforce(self, county: County) -> Precondition:
        # The long form is a tenth of the population.
        people = 10.0 * float(self._employment[county.index].sum())
        return _at_least("workforce", people, "workforce_needed", self._year)

    def _cluster(self, county: County) -> Precondition:
        return self._gathered("cluster", county, "C", ("cluster", "cluster_title", "export_base"))

    def _trade_centre(self, county: County) -> Precondition:
        return self._gathered("trade_centre", county, "F", ("market",))

    def _gathered(self, key: str, county: County, section: str, kinds: tuple[str, ...]) -> Precondition:
        """Met by the lower end of the location quotient, or by a verified list that names the county.

        A sample too small to judge industries says nothing, here as everywhere else.
        """
        quotient = float(self._quotient_low[county.index, INDUSTRIES.index(section)])
        found = _at_least(key, quotient, "cluster_quotient", self._year)
        listed = [p for p in self.atlas.products.of(county) if p.kind in kinds and p.verified]
        # A list that names one town speaks for the county only where its own figures do not.
        whole = [p.name for p in listed if not _TOWN.search(p.name)]
        if whole:
            return replace(found, met=True, name=whole[0])
        if listed and not found.met:
            return replace(found, met=True, name=listed[0].name)
        sample = float(self._employment[county.index].sum())
        small = sample < load_parameters("bolang.diagnosis").number("small_sample")
        return _unknown(key, "cluster_quotient", "at_least") if small else found

    def _growing(self, county: County) -> Precondition:
        if not self._comparable[county.index]:
            return _unknown("growing", "population_growth_needed", "at_least")
        before = float(self.atlas.column("population", self.atlas.vintage.census_before)[county.index])
        change = 100.0 * (float(self._column("population")[county.index]) / before - 1.0)
        return _at_least("growing", change, "population_growth_needed", self._year)

    @cached_property
    def _comparable(self) -> NDArray[np.bool_]:
        return self.atlas.table("continuity").sort("code")["comparable"].to_numpy()

    def _exports(self, county: County) -> Precondition:
        found = export_ratio(self.atlas.county(county))
        if found is None:
            return _unknown("exports", "export_share_needed", "at_least")
        return _at_least("exports", found.value, "export_share_needed", found.year)

    def _station(self, county: County) -> Precondition:
        km = float(self._column("station_km")[county.index])
        line = load_parameters("bolang.economy.levers").number("station_reach")
        return Precondition("station", km, line, "at_most", self._year, km <= line)

    def _inland(self, county: County) -> Precondition:
        return _at_least("inland", float(self._column("port_hours")[county.index]), "inland_hours", self._year)

    def _off_seaport(self, county: County) -> Precondition:
        way = seaport_of(self.atlas, county, float(self._column("seaport_km")[county.index]))
        return _at_least("off_seaport", way.km, "seaport_km_needed", self._year, way.name)

    def _port_reach(self, county: County) -> Precondition:
        return _at_most("port_reach", float(self._column("port_hours")[county.index]), "port_reach_hours", self._year)

    def _migrants(self, county: County) -> Precondition:
        came = self._column("migrants_within_province") + self._column("migrants_other_province")
        share = 100.0 * float(came[county.index] / self._column("population")[county.index])
        return _at_least("migrants", share, "migrants_needed", self._year)

    def _farm_product(self, county: County) -> Precondition:
        from bolang.atlas.products import FARM

        named = [p for p in self.atlas.products.of(county) if p.kind in FARM and p.verified]
        return _listed("farm_product", bool(named), name=named[0].name if named else "", value=float(len(named)))

    def _farm_work(self, county: County) -> Precondition:
        own = self._employment[county.index]
        return _at_least("farm_work", 100.0 * float(own[0] / own.sum()), "farm_work_needed", self._year)

    def _border(self, county: County) -> Precondition:
        return _listed("border", self.atlas.status.has(county, "border"))

    def _tourism(self, county: County) -> Precondition:
        return _listed("tourism_listed", self.atlas.status.has(county, "tourism"))

    def _resource(self, county: County) -> Precondition:
        coal = next((p for p in self.atlas.products.of(county) if p.kind == "coal"), None)
        capacity = 0.0 if coal is None or coal.capacity is None else coal.capacity
        found = _at_least("resource", capacity, "resource_coal", None if coal is None else coal.year)
        exhausted = not found.met and self.atlas.status.has(county, "exhausted")
        return _listed("exhausted", True) if exhausted else found

    def _sparse(self, county: County) -> Precondition:
        density = float(self._column("population")[county.index]) / county.area_km2
        line = load_parameters("bolang.pathway.types").number("ecological_density")
        met = density <= line and county.kind not in ("district", "undivided_city")
        return Precondition("sparse", density, line, "at_most", self._year, met)

    def _island(self, county: County) -> Precondition:
        listed = load_parameters("bolang.pathway.plan")["island_counties"].value
        assert isinstance(listed, list)
        return _listed("island", county.code in listed)


def _line(name: str) -> float:
    return load_parameters("bolang.pathway.plan").number(name)


def _at_least(key: str, value: float, line: str, year: int | None, name: str = "") -> Precondition:
    return _compared(key, value, line, "at_least", year, name)


def _at_most(key: str, value: float, line: str, year: int | None, name: str = "") -> Precondition:
    return _compared(key, value, line, "at_most", year, name)


def _compared(key: str, value: float, line: str, direction: Direction, year: int | None, name: str) -> Precondition:
    if np.isnan(value):
        return _unknown(key, line, direction)
    needed = _line(line)
    met = value >= needed if direction == "at_least" else value <= needed
    return Precondition(key, value, needed, direction, year, met, name)


def _unknown(key: str, line: str, direction: Direction) -> Precondition:
    return Precondition(key, None, _line(line), direction, None, None)


def _listed(key: str, there: bool, *, name: str = "", value: float | None = None) -> Precondition:
    return Precondition(key, float(there) if value is None else value, 1.0, "listed", None, there, name)
