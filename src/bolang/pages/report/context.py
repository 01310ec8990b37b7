"""What every chapter is given: the county, its desk table, its diagnosis, and what the lists say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import County, Fact
from bolang.atlas.places import stem
from bolang.diagnosis.desk import Desk, DeskKey, DeskRow, desk_of
from bolang.diagnosis.result import IndustryLine, Reading, Standing
from bolang.document.model import Note
from bolang.foundation.errors import BolangError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.pages.report.notes import reading_note

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.diagnosis import Diagnosis, Diagnostician
    from bolang.diagnosis.evidence import Evidence
    from bolang.pathway.neighbours import Neighbours
    from bolang.pathway.plan.result import Plan
    from bolang.pathway.types import CountyType

_LONG_NAME = 6
CENSUS_ROWS: tuple[DeskKey, ...] = ("population", "urban_share", "gdp_per_head")
"""Rows that rest on the census, whose territory the first page names where it is not today's."""


@dataclass(frozen=True, eq=False)
class Context:
    """One county to report on.

    Attributes
    ----------
    doctor : Diagnostician
        Holds the atlas and the computed panel of all units.
    diagnosis : Diagnosis
        The county's diagnosis.
    day : date
        Date of the report; nothing in it depends on the clock.
    budget : float or None
        Own money of the plan over five years, 亿元.
    asked : str or None
        What the reader called the county.
    """

    doctor: Diagnostician
    diagnosis: Diagnosis
    day: date
    budget: float | None = None
    asked: str | None = None

    @property
    def atlas(self) -> Atlas:
        """The atlas with the user's workspace laid over it."""
        return self.doctor.atlas

    @property
    def county(self) -> County:
        """The county."""
        return self.diagnosis.county

    @property
    def evidence(self) -> Evidence:
        """All-county arrays."""
        return self.doctor.panel.evidence

    @property
    def name(self) -> Text:
        """Name of the county."""
        return same(self.county.name)

    @property
    def short(self) -> Text:
        """Name for tables and figures: without the peoples of an autonomous county (``威宁`` for its full name)."""
        name = self.county.name
        return same(name if len(name) <= _LONG_NAME else stem(name))

    @property
    def in_municipality(self) -> bool:
        """Whether prefecture and province are one (Beijing, Shanghai, Tianjin, Chongqing)."""
        return self.county.in_municipality

    @cached_property
    def is_benchmark(self) -> bool:
        """Whether the county is the benchmark itself."""
        return self.county.code == self.diagnosis.benchmark.code

    @property
    def census(self) -> int:
        """Year of the latest census."""
        return self.atlas.vintage.census

    @property
    def earlier_census(self) -> int:
        """Year of the census before."""
        return self.atlas.vintage.census_before

    @cached_property
    def desk(self) -> Desk:
        """The desk table as numbers, of today's territory; figures of the census are kept, and the first page says of which territory."""
        return _of_today(desk_of(self.county), self.since)

    @cached_property
    def since(self) -> int:
        """Year from which the territory is as it is today; 0 if it did not change."""
        return self.atlas.territory.since(self.county) or 0

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every reading of the diagnosis by key."""
        return {reading.key: reading for dimension in self.diagnosis.dimensions for reading in dimension.readings}

    def reading(self, key: str) -> Reading | None:
        """Return a reading that has a value, of today's territory or of the census."""
        found = self.readings.get(key)
        if found is None or found.value is None or (found.year < self.since and found.year != self.census):
            return None
        if key == "exports_to_gdp" and self._exports_jump(found.year):
            return None
        return found

    def _exports_jump(self, year: int) -> bool:
        """Whether exports of a year are many times those before or after, so that they count another territory than output."""
        most = load_parameters("bolang.pages.report").number("exports_jump")
        for name in ("exports", "exports_cny"):
            series = _by_year(self.facts(name))
            own = series[year].value if year in series else 0.0
            beside = [series[other].value for other in (year - 1, year + 1) if other in series]
            if own > 0 and any(value > 0 and max(own / value, value / own) > most for value in beside):
                return True
        return False

    def note(self, reading: Reading) -> Note:
        """Return the note that traces a reading."""
        return reading_note(self.county, reading)

    @cached_property
    def _facts(self) -> dict[str, tuple[Fact, ...]]:
        return {}

    def facts(self, indicator: str) -> tuple[Fact, ...]:
        """Return the county's facts of an indicator; none if the atlas has no such indicator."""
        if indicator not in self._facts:
            known = self.atlas.knows(indicator)
            self._facts[indicator] = self.atlas.facts(self.county, indicator) if known else ()
        return self._facts[indicator]

    def yearly(self, indicator: str) -> dict[int, Fact]:
        """Return the preferred full-year published fact of every year that is young enough and of today's territory."""
        return {year: fact for year, fact in _by_year(self.facts(indicator)).items() if year >= self.oldest}

    @cached_property
    def oldest(self) -> int:
        """Oldest year shown: a span of years before the report, and nothing before the last change of territory."""
        span = round(load_parameters("bolang.pages.report").number("oldest_years"))
        return max(self.day.year - span, self.since)

    def above(self, code: str, indicator: str) -> dict[int, Fact]:
        """Return the preferred full-year published facts of the prefecture or the province."""
        if not self.atlas.entries.of_areas(indicator):
            return {}
        return _by_year(self.atlas.facts(code, indicator))

    def value(self, column: str, year: int) -> float | None:
        """Return a catalogued value of the county, None where it is missing."""
        if not self.atlas.knows(column):
            return None
        try:
            value = float(self.evidence.column(column, year)[self.county.index])
        except BolangError:
            return None
        return None if np.isnan(value) else value

    def standing(self, values: NDArray[np.float64], *, higher_is_stronger: bool = True) -> Standing | None:
        """Return where the county stands among all units that have a value."""
        own = values[self.county.index]
        known = values[~np.isnan(values)]
        if np.isnan(own) or known.size < 2:
            return None
        stronger = known > own if higher_is_stronger else known < own
        ties = float((known == own).sum()) - 1.0
        weaker = known.size - 1 - float(stronger.sum()) - ties
        return Standing(int(stronger.sum()) + 1, int(known.size), 100.0 * (weaker + ties / 2) / (known.size - 1))

    @cached_property
    def kind(self) -> CountyType | None:
        """Type of the county and the road that fits; None where its inputs are not in the atlas."""
        from bolang.pathway.shared import national

        try:
            return national(self.atlas).of(self.county)
        except BolangError:
            return None

    @cached_property
    def neighbours(self) -> Neighbours | None:
        """Core cities within reach, what they buy, and the links missing here; None where the network does not lead."""
        from bolang.pathway import advise_neighbours

        try:
            return advise_neighbours(self.atlas, self.county)
        except BolangError:
            return None

    @cached_property
    def remote(self) -> bool:
        """Whether no core city is within reach."""
        found = self.neighbours
        return found is not None and found.own_city is None and not found.pulls

    @cached_property
    def plan(self) -> Plan:
        """What is in place, what to pilot, apply for, ask and leave."""
        from bolang.pathway.plan.recommend import plan

        return plan(self.county, budget=self.budget, atlas=self.atlas)

    @cached_property
    def sample(self) -> int:
        """Employed persons of the county in the 10 per cent sample of the census."""
        return sum(line.employed for line in self.diagnosis.industries)

    @property
    def small_sample(self) -> bool:
        """Whether the sample is too small to judge industries: the one gate of the whole report."""
        return self.sample < load_parameters("bolang.diagnosis").number("small_sample")

    def specialisations(self, codes: str) -> list[IndustryLine]:
        """Return the industries of some sections that are specialisations beyond sampling error, highest quotient first."""
        if self.small_sample:
            return []
        least = load_parameters("bolang.pages.report").number("named_sample")
        lines = [line for line in self.diagnosis.industries if line.code in codes]
        found = [line for line in lines if line.lq_low > 1.0 and line.share >= 1.0 and line.employed >= least]
        return sorted(found, key=lambda line: -line.lq)


def _of_today(desk: Desk, since: int) -> Desk:
    """Leave out figures and ranks of another territory, except those of the census."""

    def kept(row: DeskRow) -> DeskRow:
        if row.key in CENSUS_ROWS:
            return row
        ranks = (None if rank is None or rank.year < since else rank for rank in (row.in_prefecture, row.in_province))
        return DeskRow(row.key, row.unit, tuple(cell for cell in row.cells if cell.year >= since), *ranks)

    rows = tuple(map(kept, desk.rows)) if since else desk.rows
    return replace(desk, rows=rows, missing=tuple(row.key for row in rows if not row.cells))


def _by_year(facts: tuple[Fact, ...]) -> dict[int, Fact]:
    found: dict[int, Fact] = {}
    for fact in facts:
        if fact.period == "year" and fact.status == "measured":
            found.setdefault(fact.year, fact)
    return dict(sorted(found.items()))
