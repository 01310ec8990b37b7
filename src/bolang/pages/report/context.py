"""What every section builder is given: the county, its diagnosis, and the all-county arrays behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import County, Fact
from bolang.atlas.places import stem
from bolang.diagnosis.result import Dimension, IndustryLine, Reading, Standing
from bolang.document.model import Block, Note
from bolang.foundation.errors import BolangError
from bolang.foundation.judgement import STRONG, WEAK
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.pages.report.notes import reading_note

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.diagnosis import Diagnosis, Diagnostician
    from bolang.diagnosis.evidence import Evidence
    from bolang.diagnosis.indicator import Indicator
    from bolang.pages.report.modelled import Modelled
    from bolang.pathway.types import CountyType


_LONG_NAME = 6
TRADABLE = "BCFGIJLM"
"""Non-farm sections that can serve outside markets."""
MARKET = "BCDEFGHIJKLMNOR"
"""Sections other than farming, education, health and public administration."""


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
    modelled : Modelled or None
        Answers of the model; None for a quick report.
    """

    doctor: Diagnostician
    diagnosis: Diagnosis
    day: date
    modelled: Modelled | None = None

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
    def name(self) -> str:
        """Name of the county."""
        return self.county.name

    @property
    def short(self) -> str:
        """Name for tables and figures: without the peoples of an autonomous county (``威宁`` for its full name)."""
        return self.name if len(self.name) <= _LONG_NAME else stem(self.name)

    @property
    def in_municipality(self) -> bool:
        """Whether prefecture and province are one (Beijing, Shanghai, Tianjin, Chongqing)."""
        return (
            self.county.prefecture_code == self.county.province_code or self.county.prefecture == self.county.province
        )

    @cached_property
    def is_benchmark(self) -> bool:
        """Whether the county is the benchmark itself."""
        return self.county.code == self.diagnosis.benchmark.code

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every reading of the diagnosis by key."""
        return {reading.key: reading for dimension in self.diagnosis.dimensions for reading in dimension.readings}

    def reading(self, key: str) -> Reading | None:
        """Return a reading that has a value."""
        found = self.readings.get(key)
        return found if found is not None and found.value is not None else None

    def meaning(self, reading: Reading) -> Text | None:
        """Return what a strong or a weak standing of the reading means; None where it is neither."""
        nation = reading.standing.get("nation")
        indicator = self._indicators.get(reading.key)
        if nation is None or indicator is None or WEAK < nation.percentile < STRONG:
            return None
        return indicator.strong if nation.percentile >= STRONG else indicator.weak

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        parts = (part for panel in self.doctor.panel.dimensions for part in panel.indicators)
        return {part.indicator.key: part.indicator for part in parts}

    def note(self, reading: Reading) -> Note:
        """Return the note that traces a reading."""
        return reading_note(self.county, reading)

    @cached_property
    def _facts(self) -> dict[str, tuple[Fact, ...]]:
        return {}

    def facts(self, indicator: str) -> tuple[Fact, ...]:
        """Return the county's published and estimated facts of an indicator; none if the atlas has no such indicator."""
        if indicator not in self._facts:
            known = self.atlas.knows(indicator)
            self._facts[indicator] = self.atlas.facts(self.county, indicator) if known else ()
        return self._facts[indicator]

    def yearly(self, indicator: str) -> dict[int, Fact]:
        """Return the preferred full-year fact of every year (the atlas lists facts of a year by preference)."""
        found: dict[int, Fact] = {}
        for fact in self.facts(indicator):
            if fact.period == "year":
                found.setdefault(fact.year, fact)
        return dict(sorted(found.items()))

    def value(self, column: str, year: int) -> float | None:
        """Return a catalogued value of the county, None where it is missing."""
        value = float(self.evidence.column(column, year)[self.county.index])
        return None if np.isnan(value) else value

    def all_values(self, column: str, year: int) -> NDArray[np.float64] | None:
        """Return a catalogued column for all units, None where the atlas has no such column."""
        try:
            return np.asarray(self.evidence.column(column, year))
        except BolangError:
            return None

    def ranked_year(self, column: str, year: int) -> tuple[NDArray[np.float64], int] | None:
        """Return the latest column, not after `year`, that holds the county and at least half of its province."""
        home = self.group("province")
        for when in range(year, year - 6, -1):
            values = self.all_values(column, when)
            if values is None or np.isnan(values[self.county.index]):
                continue
            if np.mean(~np.isnan(values[home])) >= 0.5:
                return values, when
        return None

    def group(self, name: str) -> NDArray[np.bool_]:
        """Return the units of the county's province or prefecture."""
        code = f"{name}_code"
        own = getattr(self.county, code)
        return np.array([getattr(unit, code) == own for unit in self.atlas.counties])

    def group_name(self, name: str) -> Text:
        """Return the name of a group of comparison."""
        names = {
            "nation": Text("全国", "the nation"),
            "province": same(self.county.province),
            "prefecture": same(self.county.prefecture),
            "peers": Text("对标组", "the peer group"),
        }
        return names[name]

    def standing(self, values: NDArray[np.float64], group: str) -> Standing | None:
        """Rank the county (1 the highest) among the units of its province or prefecture that have a value."""
        own = values[self.county.index]
        if np.isnan(own):
            return None
        among = values[self.group(group) & ~np.isnan(values)]
        rank = 1 + int((among > own).sum())
        others = max(1, len(among) - 1)
        return Standing(rank, len(among), 100.0 * float((among < own).sum()) / others)

    @cached_property
    def kind(self) -> CountyType | None:
        """Type of the county and the road that fits; None where its inputs are not in the atlas."""
        from bolang.pathway.shared import national

        try:
            return national(self.atlas).of(self.county)
        except BolangError:
            return None

    @cached_property
    def sample(self) -> int:
        """Employed persons of the county in the 10 per cent sample of 2020."""
        return sum(line.employed for line in self.diagnosis.industries)

    @property
    def small_sample(self) -> bool:
        """Whether the sample is too small to decompose changes or to rank industries."""
        return self.sample < load_parameters("bolang.diagnosis").number("small_sample")

    def specialisations(self, codes: str) -> list[IndustryLine]:
        """Return the industries of some sections that are specialisations beyond sampling error, highest quotient first."""
        least = load_parameters("bolang.pages.report").number("named_sample")
        lines = [line for line in self.diagnosis.industries if line.code in codes]
        found = [line for line in lines if line.lq_low > 1.0 and line.share >= 1.0 and line.employed >= least]
        return sorted(found, key=lambda line: -line.lq)

    def judged(self) -> list[Dimension]:
        """Return the dimensions that have a national standing."""
        return [d for d in self.diagnosis.dimensions if "nation" in d.standing]


Builder = Callable[[Context], Block | None]
"""Builds a section (or another block) from the context; None where it does not apply to the county."""
