"""Which neighbours a county should join: core city, clusters, industries, and missing links, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.industries import BETWEEN_NEIGHBOURS, CLUSTERED, COUNTY_BASE, GROWN, LINKS
from bolang.atlas.model import INDUSTRIES, County
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Lang
from bolang.foundation.voice import spoken
from bolang.measures.complexity import complexity
from bolang.measures.specialization import location_quotient_interval
from bolang.pathway.neighbours.chain import NationalTable, purchases
from bolang.pathway.neighbours.cities import City, Pull, core_cities, nearest, prefecture_cities, pulls
from bolang.pathway.types.parts import Scale

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]
RELATED = 50.0
"""Percentile from which a county counts as related to an industry: the better half of the nation."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An industry in which the county could supply a core city.

    Attributes
    ----------
    industry : str
        Section letter.
    purchases : float
        亿元 a year that the city buys from outside (estimated).
    made : bool
        Whether the county is already specialised in it (interval wholly above 1); otherwise it is related to it.
    relatedness : float
        Percentile of the county among all units, by its quotient or by relatedness, whichever is higher.
    quotient, low, high : float
        The county's location quotient and its sampling interval.
    """

    industry: str
    purchases: float
    made: bool
    relatedness: float
    quotient: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MissingLink:
    """An input that the county's industry uses and that is made less here than in the nation.

    Attributes
    ----------
    buyer, product : str
        Section letters.
    need : float
        亿元 a year that the industry uses of the product (estimated).
    share : float
        Share that local industries cannot supply (FLQ).
    quotient, high : float
        The county's location quotient in the product, and the upper end of its sampling interval, which lies below 1.
    suppliers : tuple of (County, float)
        Specialised units within reach, and the drive in hours.
    """

    buyer: str
    product: str
    need: float
    share: float
    quotient: float
    high: float
    suppliers: tuple[tuple[County, float], ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A specialised unit within reach.

    Attributes
    ----------
    county : County
    industry : str
        Section letter.
    hours : float
        The drive.
    quotient, low : float
        Its location quotient, and the lower end of the sampling interval.
    jobs : float
        Its jobs in the industry.
    own : float
        Quotient of the advised county in the same industry.
    """

    county: County
    industry: str
    hours: float
    quotient: float
    low: float
    jobs: float
    own: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Advice on joining neighbours.

    Attributes
    ----------
    county : County
    own_city : City or None
        Core city that the county is itself part of.
    pulls : tuple of Pull
        Core cities within reach, strongest first.
    nearest : tuple of (City, float) or None
        Nearest core city and drive, for counties without one within reach.
    seat : tuple of (City, float) or None
        The city of the county's own prefecture, whatever its size, and the drive; None for its own districts.
    opportunities : tuple of Opportunity
        Industries in which to supply the first core city.
    missing : tuple of MissingLink
    clusters : tuple of Cluster
    table_year : int
        Year of the national input-output table behind purchases.
    """

    county: County
    own_city: City | None
    pulls: tuple[Pull, ...]
    nearest: tuple[City, float] | None
    seat: tuple[City, float] | None
    opportunities: tuple[Opportunity, ...]
    missing: tuple[MissingLink, ...]
    clusters: tuple[Cluster, ...]
    table_year: int

    def explain(self, lang: Lang = "zh") -> str:
        """Return the advice as plain text."""
        return spoken("join", self, lang)


class Surroundings:
    """What all counties' advice is read from, computed once.

    Parameters
    ----------
    atlas : Atlas
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """Core cities of the nation."""
        return core_cities(self.atlas)

    @cached_property
    def _seats(self) -> dict[str, City]:
        return {city.name: city for city in prefecture_cities(self.atlas)}

    @cached_property
    def table(self) -> NationalTable:
        """The national input-output table."""
        return NationalTable.from_atlas(self.atlas)

    @cached_property
    def _employment(self) -> Floats:
        return np.asarray(self.atlas.employment(self.atlas.vintage.census))

    @cached_property
    def _relatedness(self) -> Floats:
        """National percentile of every unit by quotient or relatedness, the higher of the two, shape (n, 19)."""
        return np.fmax(_percentiles(complexity(self._employment).density), _percentiles(self._quotients[0]))

    @cached_property
    def _quotients(self) -> tuple[Floats, Floats, Floats]:
        interval = location_quotient_interval(
            self._employment, self.atlas.national_employment(self.atlas.vintage.census)
        )
        return interval.quotient, interval.low, interval.high

    def advise(self, county: County, hours: Floats, most: int = 4) -> Neighbours:
        """Advise one county.

        Parameters
        ----------
        county : County
        hours : ndarray, shape (n,)
            Drive from the county to every unit, in hours; infinite where there is no road.
        most : int
            Most opportunities, missing links and clusters to name.
        """
        own = county.index
        own_city = next((city for city in self.cities if own in city.members), None)
        within = pulls(self.cities, hours, own)
        far = nearest(self.cities, hours, own)
        seat = self._seat(county, hours)
        known = not np.isnan(self._employment[own]).any()
        opportunities = self._opportunities(own, within[0].city, most) if within and known else ()
        missing = self._missing(own, hours, most) if known else ()
        return Neighbours(
            county=county,
            own_city=own_city,
            pulls=within,
            nearest=far,
            seat=seat,
            opportunities=opportunities,
            missing=missing,
            clusters=self._clusters(own, hours, most),
            table_year=self.table.year,
        )

    def _seat(self, county: County, hours: Floats) -> tuple[City, float] | None:
        city = self._seats.get(county.prefecture)
        if city is None or county.index in city.members or not np.isfinite(hours[city.centre]):
            return None
        return city, float(hours[city.centre])

    def _opportunities(self, own: int, city: City, most: int) -> tuple[Opportunity, ...]:
        """List what the city buys outside and the county makes, then what it is related to; the larger demand first."""
        bought = purchases(self.table, np.nansum(self._employment[list(city.members)], axis=0)).bought_outside
        quotient, low, high = self._quotients
        found = []
        for section in BETWEEN_NEIGHBOURS:
            k = INDUSTRIES.index(section)
            made, related = bool(low[own, k] >= 1.0), float(self._relatedness[own, k])
            if made or (related >= RELATED and section not in GROWN):
                found.append(
                    Opportunity(
                        section,
                        float(bought[k]),
                        made,
                        related,
                        float(quotient[own, k]),
                        float(low[own, k]),
                        float(high[own, k]),
                    )
                )
        return tuple(sorted(found, key=lambda o: (not o.made, -o.purchases))[:most])

    def _missing(self, own: int, hours: Floats, most: int) -> tuple[MissingLink, ...]:
        """Largest local gaps in the inputs of the county's leading base industries.

        FLQ finds that a small place buys nearly everything outside; a link is missing only where the place also makes
        less of the product than the nation does, beyond sampling error.
        """
        employed, (quotient, _, high) = self._employment[own], self._quotients
        bought = purchases(self.table, employed)
        surplus = employed * np.maximum(1.0 - 1.0 / np.maximum(quotient[own], 1e-9), 0.0)
        base = sorted((INDUSTRIES.index(s) for s in COUNTY_BASE), key=lambda column: -surplus[column])[:2]
        links = [
            (float(need[i] * share[i]), j, i, float(need[i]), float(share[i]))
            for j in base
            if surplus[j] > 0
            for need, share in [bought.missing(j)]
            for i in (INDUSTRIES.index(s) for s in LINKS)
            if high[own, i] < 1.0
        ]
        largest = {link[2]: link for link in sorted(link for link in links if link[4] > 0.25)}
        return tuple(self._link(own, hours, *link[1:]) for link in sorted(largest.values(), reverse=True)[:most])

    def _link(self, own: int, hours: Floats, buyer: int, product: int, need: float, share: float) -> MissingLink:
        suppliers = tuple((c.county, c.hours) for c in self._clusters(own, hours, 2, INDUSTRIES[product]))
        quotient, _, high = self._quotients
        return MissingLink(
            INDUSTRIES[buyer],
            INDUSTRIES[product],
            need,
            share,
            float(quotient[own, product]),
            float(high[own, product]),
            suppliers,
        )

    def _clusters(self, own: int, hours: Floats, most: int, only: str = "") -> tuple[Cluster, ...]:
        """Specialised units within reach by the number of surplus jobs."""
        cited = load_parameters("bolang.pathway.neighbours")
        quotient, low, _ = self._quotients
        near = (hours <= cited.number("cluster_reach")) & (np.arange(hours.size) != own)
        found = []
        for section in only or CLUSTERED:
            column = INDUSTRIES.index(section)
            for row in np.flatnonzero(near & (np.nan_to_num(low[:, column]) >= cited.number("cluster_quotient"))):
                jobs = float(self._employment[row, column] * 10)
                found.append((jobs * (1.0 - 1.0 / quotient[row, column]), int(row), section, jobs))
        found.sort(key=lambda item: (-item[0], item[1]))
        return tuple(
            self._cluster(own, row, section, (float(hours[row]), jobs)) for _, row, section, jobs in found[:most]
        )

    def _cluster(self, own: int, row: int, section: str, figures: tuple[float, float]) -> Cluster:
        column, (quotient, low, _) = INDUSTRIES.index(section), self._quotients
        county, (hours, jobs) = self.atlas.counties[row], figures
        theirs, ours = float(quotient[row, column]), float(quotient[own, column])
        return Cluster(county, section, hours, theirs, float(low[row, column]), jobs, ours)


def _percentiles(values: Floats) -> Floats:
    """Mid-rank percentile down the columns; NaN stays NaN."""
    found = np.full(values.shape, np.nan)
    for column, known in enumerate(~np.isnan(values.T)):
        scale = Scale.of(values[:, column], 1)
        found[known, column] = scale.percentiles[np.searchsorted(scale.values, values[known, column])]
    return found
