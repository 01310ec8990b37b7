"""The diagnosis of one county, and of all counties in one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bolang.atlas import INDUSTRIES, INDUSTRY_LABELS, Atlas, County, an_atlas, asked
from bolang.atlas.kept import kept
from bolang.diagnosis.benchmark import YIWU, benchmark_lines
from bolang.diagnosis.growth import conflicts, growth_lines
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.market_workshop import MarketWorkshop, find_market_workshops
from bolang.diagnosis.panel import DimensionPanel, IndicatorPanel, Panel, build_panel
from bolang.diagnosis.peers import Likeness, nearest
from bolang.diagnosis.quality import quality_notes
from bolang.diagnosis.result import Diagnosis, Dimension, Group, IndustryLine, Peer, Reading, Standing
from bolang.diagnosis.standing import standing_among, telling
from bolang.foundation import doors


class Diagnostician:
    """Diagnoses counties against one computed panel of all units.

    Parameters
    ----------
    atlas : Atlas
        Facts to diagnose from; a workspace laid over it changes the county's figures and its standing.
    """

    @doors.door(atlas=an_atlas)
    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.panel: Panel = build_panel(atlas)
        self.likeness: Likeness = build_likeness(self.panel.evidence)
        self.market_workshops: MarketWorkshop = find_market_workshops(self.panel.evidence)

    def diagnose(
        self, county: County | str, *, peer_group: str = "similar", peer_count: int = 10, benchmark: str = YIWU
    ) -> Diagnosis:
        """Diagnose one county.

        Parameters
        ----------
        county : County or str
            The county, or a name or code that resolves to one.
        peer_group : str
            One of `bolang.diagnosis.peers.PEER_GROUPS`.
        peer_count : int
            Number of peers.
        benchmark : str
            Name or code of the county to measure the distance to.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            If a name does not resolve to one county.
        BadInputError
            If the peer group is unknown.
        """
        own = self.atlas.county(county)
        other = self.atlas.county(benchmark)
        evidence = self.panel.evidence
        peers = nearest(self.likeness, self.atlas.counties, own, peer_group, peer_count)
        dimensions = tuple(_dimension(panel, own, peers) for panel in self.panel.dimensions)
        growth = growth_lines(evidence, own)
        return Diagnosis(
            county=own,
            dimensions=dimensions,
            industries=_industries(self.panel, own),
            peer_group=peer_group,
            peers=peers,
            benchmark=other,
            benchmark_lines=benchmark_lines(self.panel.dimensions, own, other),
            market_and_workshop=bool(self.market_workshops.estimate[own.index]),
            growth=growth,
            conflicts=conflicts(evidence, own),
            quality=quality_notes(evidence, own, dimensions),
            small_sample=bool(evidence.small_sample[own.index]),
        )

    def diagnose_all(self) -> Iterator[Diagnosis]:
        """Diagnose every unit in the order of codes."""
        for county in self.atlas.counties:
            yield self.diagnose(county)


@doors.door(atlas=an_atlas)
def diagnose(
    county: County | str,
    atlas: Atlas | None = None,
    *,
    peer_group: str = "similar",
    peer_count: int = 10,
    benchmark: str = YIWU,
) -> Diagnosis:
    """Diagnose one county: shortcomings, advantages, peers, benchmark, growth and data quality.

    Parameters are those of `Diagnostician.diagnose`; to diagnose many counties make one `Diagnostician`.
    """
    facts, own = asked(county, atlas)
    return Diagnostician(facts).diagnose(own, peer_group=peer_group, peer_count=peer_count, benchmark=benchmark)


def _dimension(panel: DimensionPanel, county: County, peers: tuple[Peer, ...]) -> Dimension:
    i = county.index
    members = np.array([peer.county.index for peer in peers], dtype=np.int64)
    readings = tuple(_reading(part, county, members) for part in panel.indicators)
    known = [r.key for r in readings if r.value is not None]
    score = float(panel.score[i])
    standing: dict[Group, Standing] = {g: s for g, table in panel.standings.items() if (s := table.at(i)) is not None}
    among = standing_among(panel.score, members, i)
    if among is not None:
        standing["peers"] = among
    has_score = not np.isnan(score)
    interval = (round(float(panel.rank_low[i])), round(float(panel.rank_high[i]))) if has_score else None
    return Dimension(
        key=panel.spec.key,
        label=panel.spec.label,
        kind=panel.spec.kind,
        index=score if has_score else None,
        standing=standing,
        rank_low=interval[0] if interval else None,
        rank_high=interval[1] if interval else None,
        weights={key: 1.0 / len(known) for key in known},
        readings=readings,
    )


def _reading(part: IndicatorPanel, county: County, peers: np.ndarray) -> Reading:
    i, indicator, values = county.index, part.indicator, part.values
    value = _at(values.now, i)
    low, high = _at(values.low, i), _at(values.high, i)
    earlier = _at(values.earlier, i)
    estimated = bool(values.estimated is not None and values.estimated[i])
    standing: dict[Group, Standing] = {
        g: s for g, table in part.standings.items() if (s := telling(table, i)) is not None
    }
    among = standing_among(part.strength, peers, i)
    if among is not None:
        standing["peers"] = among
    return Reading(
        key=indicator.key,
        label=indicator.label,
        unit=indicator.unit,
        digits=indicator.digits,
        value=value,
        low=low,
        high=high,
        year=values.year_of(i),
        earlier=earlier,
        earlier_year=values.earlier_year if earlier is not None else None,
        direction=indicator.direction,
        standing=standing,
        status="missing" if value is None else "estimated" if estimated else "measured",
        source=indicator.title,
    )


def _industries(panel: Panel, county: County) -> tuple[IndustryLine, ...]:
    """Return the industries of the county; empty where the census published no employment for it."""
    if np.isnan(panel.evidence.employment(panel.evidence.census)[county.index]).any():
        return ()
    return tuple(_industry(panel, county, column) for column in range(len(INDUSTRIES)))


def _industry(panel: Panel, county: County, column: int) -> IndustryLine:
    evidence, i = panel.evidence, county.index
    now, before = evidence.employment(evidence.census)[i], evidence.employment(evidence.census_before)[i]
    interval, shift = evidence.intervals(evidence.census), evidence.shift_share
    comparable = not np.isnan(before).any()
    effects: Mapping[str, float | None] = {
        name: float(part[i, column]) if comparable else None
        for name, part in (("national", shift.national), ("mix", shift.mix), ("competitive", shift.competitive))
    }
    return IndustryLine(
        code=INDUSTRIES[column],
        label=INDUSTRY_LABELS[INDUSTRIES[column]],
        employed=int(now[column]),
        share=float(100.0 * now[column] / now.sum()),
        lq=float(interval.quotient[i, column]),
        lq_low=float(interval.low[i, column]),
        lq_high=float(interval.high[i, column]),
        lq_earlier=_at(evidence.quotients(evidence.census_before)[:, column], i),
        employed_earlier=int(before[column]) if comparable else None,
        national_effect=effects["national"],
        mix_effect=effects["mix"],
        regional_effect=effects["competitive"],
    )


def _at(values: np.ndarray | None, index: int) -> float | None:
    if values is None or np.isnan(values[index]):
        return None
    return float(values[index])


@kept
def diagnostician_of(atlas: Atlas) -> Diagnostician:
    """Return the diagnostician of an atlas, with all that it has read of the counties."""
    return Diagnostician(atlas)
