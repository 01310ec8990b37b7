"""Drives to the nearest core city and the nearest metropolis, and which districts are the core themselves: one place for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.atlas.kept import kept
from bolang.foundation.parameters import load_parameters

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County


@dataclass(frozen=True, slots=True)
class Drive:
    """A city and the hours by road to it."""

    city: str
    hours: float


@dataclass(frozen=True, slots=True)
class CityDrives:
    """The nearest core city and the nearest metropolis."""

    core_city: Drive
    metropolis: Drive


@kept
def city_drives(atlas: Atlas) -> Mapping[str, CityDrives]:
    """Return the drives of all units, by code."""
    frame = atlas.table("access").select("code", "core_city", "core_city_hours", "metropolis", "metropolis_hours")
    return {
        code: CityDrives(Drive(core, near), Drive(large, far)) for code, core, near, large, far in frame.iter_rows()
    }


def is_built_core(atlas: Atlas, county: County) -> bool:
    """Whether a unit is the built-up core of a core city: its own district, next to the centre, with hardly any countryside."""
    drive = city_drives(atlas)[county.code].core_city
    if county.kind != "district" or drive.city not in (county.prefecture, county.province):
        return False
    cited = load_parameters("bolang.pathway.types")
    urban = float(atlas.column("urban_share", atlas.vintage.census)[county.index])
    return drive.hours <= cited.number("core_radius") and urban >= cited.number("core_urban_share")
