"""The core cities of the nation, and how strongly each pulls on a county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.romanize import romanize
from bolang.foundation.parameters import load_parameters

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class City:
    """A core city: the districts of a prefecture together, or a county-level city that is large by itself.

    Attributes
    ----------
    name : str
    members : tuple of int
        Rows of its units.
    centre : int
        Row of the most densely settled unit, where drives are measured to.
    population : float
        Urban residents of 2020.
    """

    name: str
    members: tuple[int, ...]
    centre: int
    population: float

    @property
    def english(self) -> str:
        """Name in English text."""
        return romanize(self.name)


@dataclass(frozen=True, slots=True)
class Pull:
    """A core city within reach of a county.

    Attributes
    ----------
    city : City
    hours : float
        Drive to its centre.
    share : float
        Share in the pull of all core cities within reach, by population over a power of the drive.
    """

    city: City
    hours: float
    share: float


def core_cities(atlas: Atlas) -> tuple[City, ...]:
    """List the cities whose urban population reaches the cited size, the largest first."""
    return large_cities(atlas.counties, *_census(atlas), atlas.column("city_proper", atlas.vintage.census))


def large_cities(
    counties: Sequence[County], urban: Floats, population: Floats, city_proper: Floats
) -> tuple[City, ...]:
    """Choose the core cities from census columns, shape (n,) each; a city proper that is unknown is NaN or zero."""
    least = load_parameters("bolang.pathway.neighbours").number("core_city_population")
    alone = [City(c.name, (c.index,), c.index, float(city_proper[c.index])) for c in counties if c.kind == "city"]
    cities = (*_joined(counties, urban, population), *alone)
    return tuple(sorted((c for c in cities if c.population >= least), key=lambda c: -c.population))


def prefecture_cities(atlas: Atlas) -> tuple[City, ...]:
    """List the districts of every prefecture together, whatever their size."""
    return _joined(atlas.counties, *_census(atlas))


def _census(atlas: Atlas) -> tuple[Floats, Floats]:
    year = atlas.vintage.census
    return atlas.column("urban", year), atlas.column("population", year)


def _joined(counties: Sequence[County], urban: Floats, population: Floats) -> tuple[City, ...]:
    density = population / np.array([c.area_km2 for c in counties])
    groups: dict[str, list[int]] = {}
    for county in counties:
        if county.kind in ("district", "undivided_city"):
            groups.setdefault(county.prefecture, []).append(county.index)
    return tuple(
        City(name, tuple(rows), max(rows, key=lambda row: density[row]), float(urban[rows].sum()))
        for name, rows in groups.items()
    )


def pulls(cities: Sequence[City], hours: Floats, own: int) -> tuple[Pull, ...]:
    """Core cities within reach of a county, the strongest pull first.

    ``pull = population / hours^b`` (Reilly); a city that the county itself belongs to is left out.

    Parameters
    ----------
    cities : sequence of City
    hours : ndarray, shape (n,)
        Drive from the county to every unit.
    own : int
        Row of the county.
    """
    cited = load_parameters("bolang.pathway.neighbours")
    reach, exponent = cited.number("core_reach"), cited.number("gravity_exponent")
    near = [c for c in cities if own not in c.members and hours[c.centre] <= reach]
    strength = np.array([c.population / max(float(hours[c.centre]), 0.25) ** exponent for c in near])
    order = np.argsort(-strength)
    return tuple(Pull(near[k], float(hours[near[k].centre]), float(strength[k] / strength.sum())) for k in order)


def nearest(cities: Sequence[City], hours: Floats, own: int) -> tuple[City, float] | None:
    """Return the nearest core city however far, and the drive there."""
    others = [c for c in cities if own not in c.members and np.isfinite(hours[c.centre])]
    if not others:
        return None
    city = min(others, key=lambda c: hours[c.centre])
    return city, float(hours[city.centre])
