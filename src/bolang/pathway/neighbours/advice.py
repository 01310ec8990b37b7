"""Which neighbours a county should join: core city, clusters, industries, and missing links, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from bolang.atlas.model import INDUSTRIES, INDUSTRY_LABELS, County
from bolang.measures.complexity import complexity
from bolang.measures.specialization import location_quotient_interval
from bolang.parameters import load_parameters
from bolang.pathway.neighbours.chain import NationalTable, purchases
from bolang.pathway.neighbours.cities import City, Pull, core_cities, nearest, pulls
from bolang.text import Text, join

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]
TRADABLE = "ABCFGILM"
"""Industries whose products travel between places; the rest is bought where it is used."""
BASE = "ABCFGHILM"
"""Industries that can be a county's base."""
LINKS = "CFGILM"
"""Products that a missing link can be about: parts and services. Raw materials are where they are."""
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
    sentence : Text
    """

    industry: str
    purchases: float
    made: bool
    relatedness: float
    quotient: float
    low: float
    high: float
    sentence: Text


@dataclass(frozen=True, slots=True)
class MissingLink:
    """An input that the county's industry buys from outside.

    Attributes
    ----------
    buyer, product : str
        Section letters.
    need : float
        亿元 a year that the industry uses of the product (estimated).
    share : float
        Share that local industries cannot supply.
    suppliers : tuple of (County, float)
        Specialised units within reach, and the drive in hours.
    sentence : Text
    """

    buyer: str
    product: str
    need: float
    share: float
    suppliers: tuple[tuple[County, float], ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Cluster:
    """A specialised unit within reach."""

    county: County
    industry: str
    hours: float
    quotient: float
    low: float
    jobs: float


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
    opportunities : tuple of Opportunity
        Industries in which to supply the first core city.
    missing : tuple of MissingLink
    clusters : tuple of Cluster
    headline : Text
    caveat : Text
    """

    county: County
    own_city: City | None
    pulls: tuple[Pull, ...]
    nearest: tuple[City, float] | None
    opportunities: tuple[Opportunity, ...]
    missing: tuple[MissingLink, ...]
    clusters: tuple[Cluster, ...]
    headline: Text
    caveat: Text


CAVEAT = Text(
    "普查只到行业门类，制造业内部的产业链无法按县区分；外购额按全国投入产出表（2020年）和FLQ法估计，反映方向而非金额。",
    "The census knows industries by section only, so chains inside manufacturing cannot be told apart by county; purchases "
    "are estimated from the national table of 2020 by FLQ and show directions, not amounts.",
)


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
    def table(self) -> NationalTable:
        """The national input-output table."""
        return NationalTable.from_atlas(self.atlas)

    @cached_property
    def _employment(self) -> Floats:
        return np.asarray(self.atlas.employment(2020))

    @cached_property
    def _relatedness(self) -> Floats:
        """National percentile of every unit by quotient or relatedness, the higher of the two, shape (n, 19)."""
        return np.fmax(_percentiles(complexity(self._employment).density), _percentiles(self._quotients[0]))

    @cached_property
    def _quotients(self) -> tuple[Floats, Floats, Floats]:
        interval = location_quotient_interval(self._employment)
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
        known = not np.isnan(self._employment[own]).any()
        opportunities = self._opportunities(own, within[0].city, most) if within and known else ()
        missing = self._missing(own, hours, most) if known else ()
        return Neighbours(
            county=county,
            own_city=own_city,
            pulls=within,
            nearest=far,
            opportunities=opportunities,
            missing=missing,
            clusters=self._clusters(own, hours, most),
            headline=_headline(county, own_city, within, far, opportunities),
            caveat=CAVEAT,
        )

    def _opportunities(self, own: int, city: City, most: int) -> tuple[Opportunity, ...]:
        """List what the city buys outside and the county makes, then what it is related to; the larger demand first."""
        bought = purchases(self.table, np.nansum(self._employment[list(city.members)], axis=0)).bought_outside
        quotient, low, high = self._quotients
        found = []
        for section in TRADABLE:
            k = INDUSTRIES.index(section)
            made, related = bool(low[own, k] >= 1.0), float(self._relatedness[own, k])
            if made or related >= RELATED:
                found.append(
                    Opportunity(
                        section,
                        float(bought[k]),
                        made,
                        related,
                        float(quotient[own, k]),
                        float(low[own, k]),
                        float(high[own, k]),
                        _opportunity_sentence(
                            section, city, (float(bought[k]), float(quotient[own, k]), related), made
                        ),
                    )
                )
        return tuple(sorted(found, key=lambda o: (not o.made, -o.purchases))[:most])

    def _missing(self, own: int, hours: Floats, most: int) -> tuple[MissingLink, ...]:
        """Largest local gaps in the inputs of the county's leading base industries."""
        bought = purchases(self.table, self._employment[own])
        surplus = self._employment[own] * np.maximum(1.0 - 1.0 / np.maximum(self._quotients[0][own], 1e-9), 0.0)
        base = sorted((INDUSTRIES.index(s) for s in BASE), key=lambda column: -surplus[column])[:2]
        links = [
            (float(need[i] * share[i]), j, i, float(need[i]), float(share[i]))
            for j in base
            for need, share in [bought.missing(j)]
            for i in (INDUSTRIES.index(s) for s in LINKS)
        ]
        links = sorted((link for link in links if link[4] > 0.25), reverse=True)[:most]
        return tuple(self._link(own, hours, *link[1:]) for link in links)

    def _link(self, own: int, hours: Floats, buyer: int, product: int, need: float, share: float) -> MissingLink:
        suppliers = tuple((c.county, c.hours) for c in self._clusters(own, hours, 2, INDUSTRIES[product]))
        return MissingLink(
            INDUSTRIES[buyer],
            INDUSTRIES[product],
            need,
            share,
            suppliers,
            _missing_sentence(INDUSTRIES[buyer], INDUSTRIES[product], share, suppliers),
        )

    def _clusters(self, own: int, hours: Floats, most: int, only: str = "") -> tuple[Cluster, ...]:
        """Specialised units within reach by the number of surplus jobs."""
        cited = load_parameters("bolang.pathway.neighbours")
        quotient, low, _ = self._quotients
        near = (hours <= cited.number("cluster_reach")) & (np.arange(hours.size) != own)
        found = []
        for section in only or "BCFGILM":
            column = INDUSTRIES.index(section)
            for row in np.flatnonzero(near & (np.nan_to_num(low[:, column]) >= cited.number("cluster_quotient"))):
                jobs = float(self._employment[row, column] * 10)
                found.append((jobs * (1.0 - 1.0 / quotient[row, column]), int(row), section, jobs))
        found.sort(key=lambda item: (-item[0], item[1]))
        return tuple(
            Cluster(
                self.atlas.counties[row],
                section,
                float(hours[row]),
                float(quotient[row, INDUSTRIES.index(section)]),
                float(low[row, INDUSTRIES.index(section)]),
                jobs,
            )
            for _, row, section, jobs in found[:most]
        )


def _percentiles(values: Floats) -> Floats:
    """Mid-rank percentile down the columns; NaN stays NaN."""
    known = ~np.isnan(values)
    ranks = rankdata(values, axis=0, nan_policy="omit")
    return np.asarray(np.where(known, 100.0 * (ranks - 0.5) / known.sum(axis=0), np.nan))


def _opportunity_sentence(industry: str, city: City, figures: tuple[float, float, float], made: bool) -> Text:
    label = INDUSTRY_LABELS[industry]
    bought, quotient, related = figures
    strength = (
        Text(f"本县已有专业化（区位商{quotient:.2f}）", f"the county is specialised in it (quotient {quotient:.2f})")
        if made
        else Text(
            f"本县有相关基础（全国第{related:.0f}百分位，区位商{quotient:.2f}）",
            f"the county is related to it (percentile {related:.0f}, quotient {quotient:.2f})",
        )
    )
    return Text(
        f"{label.zh}：{city.name}每年从外地购入约{bought:.0f}亿元（估计），{strength.zh}。",
        f"{label.en}: {city.name} buys about {bought / 10:.1f} billion yuan a year from outside (estimated); {strength.en}.",
    )


def _missing_sentence(buyer: str, product: str, share: float, suppliers: tuple[tuple[County, float], ...]) -> Text:
    user, made = INDUSTRY_LABELS[buyer], INDUSTRY_LABELS[product]
    text = Text(
        f"{user.zh}所需的{made.zh}投入约{share * 100:.0f}%须外购（估计）",
        f"About {share * 100:.0f} % of the inputs from {made.en.lower()} that {user.en.lower()} needs come from outside (estimated)",
    )
    if not suppliers:
        return text + Text("，车程范围内没有专业化的供应地。", "; no specialised supplier lies within reach.")
    listed = join(
        [Text(f"{c.name}（{hours:.1f}小时）", f"{c.name} ({hours:.1f} h)") for c, hours in suppliers], "、", ", "
    )
    return text + Text("，可就近对接", "; specialised nearby: ") + listed + Text("。", ".")


def _headline(
    county: County,
    own_city: City | None,
    within: tuple[Pull, ...],
    far: tuple[City, float] | None,
    opportunities: tuple[Opportunity, ...],
) -> Text:
    parts = []
    if own_city is not None and len(own_city.members) > 1:
        parts.append(
            Text(
                f"{county.name}是核心城市{own_city.name}的一部分。", f"{county.name} is itself part of {own_city.name}."
            )
        )
    if within:
        first = within[0]
        parts.append(
            Text(
                f"引力最强的核心城市是{first.city.name}（城镇人口{first.city.population / 1e4:.0f}万，车程{first.hours:.1f}小时，"
                f"占可及核心城市引力的{first.share * 100:.0f}%）。",
                f"The core city with the strongest pull is {first.city.name} ({first.city.population / 1e6:.1f} million urban "
                f"residents, {first.hours:.1f} hours, {first.share * 100:.0f} % of the pull within reach).",
            )
        )
        if not opportunities:
            parts.append(
                Text(
                    "本县在其外购的行业中尚无相关基础，宜从原料供应和外协起步。",
                    "The county has no base yet in what that city buys: begin with materials and subcontracting.",
                )
            )
        else:
            names = [INDUSTRY_LABELS[o.industry] for o in opportunities[:2]]
            parts.append(Text("可优先对接：", "Industries to begin with: ") + join(names, "、", ", ") + Text("。", "."))
    elif far is not None:
        city, hours = far
        parts.append(
            Text(
                f"可及车程内没有核心城市；最近的是{city.name}（{hours:.1f}小时），配套外协难以当日往返，宜选不依赖频繁交货的原料与初加工。",
                f"No core city lies within reach; the nearest is {city.name} ({hours:.1f} hours). Subcontracting with daily "
                "delivery is out of reach: choose materials and first processing.",
            )
        )
    return join(parts)
