"""The inputs of all indicators for all units, read from the atlas once and shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import INDUSTRIES, Atlas
from bolang.atlas.industries import EXPORT_BASE
from bolang.diagnosis.exports import export_ratios
from bolang.diagnosis.indicator import Values
from bolang.diagnosis.standing import standings
from bolang.foundation.errors import MissingFactError
from bolang.foundation.parameters import load_parameters
from bolang.measures.complexity import complexity
from bolang.measures.coupling import coupling_coordination
from bolang.measures.shift_share import ShiftShare, shift_share
from bolang.measures.specialization import QuotientInterval, location_quotient_interval

Array = NDArray[np.float64]

SAMPLE_SHARE = 0.10
"""Share of households on the long form of both censuses."""


class Evidence:
    """All-county arrays that the indicators are made from; each is computed on first use.

    Parameters
    ----------
    atlas : Atlas
        Built-in facts, with the user's workspace laid over them if the atlas has one.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._columns: dict[tuple[str, int], Array] = {}
        self._employment: dict[int, Array] = {}
        self._estimated: dict[int, NDArray[np.bool_]] = {}
        self._quotients: dict[int, QuotientInterval] = {}
        self.census, self.census_before = atlas.vintage.census, atlas.vintage.census_before

    def column(self, name: str, year: int) -> Array:
        """Return one catalogued column for all units; NaN where there is no value.

        A value of the earlier census is NaN too where the unit's territory is not the same as at the latest.
        """
        key = (name, year)
        if key not in self._columns:
            values = self.atlas.column(name, year, estimated=True)
            self._columns[key] = self._comparable(values) if year == self.census_before and name != "gdp" else values
        return self._columns[key]

    def employment(self, year: int) -> Array:
        """Return sample counts of employment, shape (n, 19); NaN rows of the earlier census are not comparable."""
        if year not in self._employment:
            counts = self.atlas.employment(year)
            self._employment[year] = self._comparable(counts) if year == self.census_before else counts
        return self._employment[year]

    def national_employment(self, year: int) -> Array:
        """Sample counts of the nation by industry as published, development zones included, shape (19,)."""
        return self.atlas.national_employment(year)

    def accounts(self, name: str) -> Array:
        """Return a column of the county accounts for the newest year that most units have; NaN where nothing is published."""
        return self._published(name, self.atlas.vintage.accounts)

    def latest_ratio(self, above: str, below: str) -> Values:
        """Return one figure over another in per cent, each unit in its newest year since the census with both published."""
        ratio = np.full(len(self.atlas.counties), np.nan)
        years = np.full(len(ratio), self.atlas.vintage.accounts, dtype=np.int64)
        for year in range(max(self.atlas.vintage.accounts, self.atlas.vintage.debt), self.census - 1, -1):
            found = percent(self._published(above, year), self._published(below, year))
            new = np.isnan(ratio) & ~np.isnan(found)
            ratio[new], years[new] = found[new], year
        return Values(now=ratio, year=self.atlas.vintage.accounts, years=years)

    def _published(self, name: str, year: int) -> Array:
        """Return published figures of a year; NaN too where the territory is no longer that of the census."""
        try:
            values = self.atlas.column(name, year)
        except MissingFactError:
            return np.full(len(self.atlas.counties), np.nan)
        changed = [not self.atlas.territory.comparable(county, self.census, year) for county in self.atlas.counties]
        values[np.array(changed)] = np.nan
        return values

    def policies_in_place(self, keys: Sequence[str]) -> Values:
        """Number of policies that a list which could be read says are in place; what is unknown counts as none."""
        register = self.atlas.register
        counts = [
            sum(s.state == "in_place" and s.verified for s in (register.state(county, key) for key in keys))
            for county in self.atlas.counties
        ]
        return Values(now=np.array(counts, dtype=np.float64), year=self.atlas.vintage.accounts)

    @cached_property
    def small_sample(self) -> NDArray[np.bool_]:
        """Units whose long-form sample of the latest census is too small for ranks and judgements."""
        people = self.employment(self.census).sum(axis=1)
        return np.asarray(~(people >= load_parameters("bolang.diagnosis").number("small_sample")))

    @cached_property
    def comparable(self) -> NDArray[np.bool_]:
        """Units whose territory can be compared between the censuses."""
        return self.atlas.table("continuity").sort("code")["comparable"].to_numpy()

    def _comparable(self, values: Array) -> Array:
        masked = values.copy()
        masked[~self.comparable] = np.nan
        return masked

    @staticmethod
    def industry(section: str) -> int:
        """Return the column of an industry section."""
        return INDUSTRIES.index(section)

    # -- census -----------------------------------------------------------------------------------

    def census_share(self, parts: Sequence[str], whole: str) -> Values:
        """Share of census columns in another one, in per cent, at both censuses."""

        def share(year: int) -> Array:
            return percent(np.sum([self.column(part, year) for part in parts], axis=0), self.column(whole, year))

        return Values(now=share(self.census), earlier=share(self.census_before), earlier_year=self.census_before)

    def change(self, name: str) -> Array:
        """Change of a census column between the censuses in per cent."""
        return percent(
            self.column(name, self.census) - self.column(name, self.census_before),
            self.column(name, self.census_before),
        )

    # -- employment -------------------------------------------------------------------------------

    def intervals(self, year: int) -> QuotientInterval:
        """Location quotients with sampling intervals, shape (n, 19)."""
        if year not in self._quotients:
            self._quotients[year] = location_quotient_interval(self.employment(year), self.national_employment(year))
        return self._quotients[year]

    def quotients(self, year: int) -> Array:
        """Location quotients, shape (n, 19)."""
        return self.intervals(year).quotient

    def quotient(self, section: str) -> Values:
        """Location quotient of one industry with its interval, and that of the earlier census."""
        column = self.industry(section)
        interval = self.intervals(self.census)
        return Values(
            now=interval.quotient[:, column],
            low=interval.low[:, column],
            high=interval.high[:, column],
            earlier=self.quotients(self.census_before)[:, column],
            earlier_year=self.census_before,
        )

    def lower_quotient(self, sections: str) -> Values:
        """Lowest quotient of some industries; its interval is that of the lowest limits."""
        return self._extreme_quotient(sections, np.min)

    def higher_quotient(self, sections: str) -> Values:
        """Highest quotient of some industries; its interval is that of the highest limits."""
        return self._extreme_quotient(sections, np.max)

    def _extreme_quotient(self, sections: str, extreme: Callable[..., Array]) -> Values:
        columns = [self.industry(section) for section in sections]
        interval = self.intervals(self.census)
        return Values(
            now=extreme(interval.quotient[:, columns], axis=1),
            low=extreme(interval.low[:, columns], axis=1),
            high=extreme(interval.high[:, columns], axis=1),
            earlier=extreme(self.quotients(self.census_before)[:, columns], axis=1),
            earlier_year=self.census_before,
        )

    def industry_share(self, sections: str) -> Values:
        """Share of some industries in employment, in per cent, with sampling interval."""
        columns = [self.industry(section) for section in sections]
        e20, e10 = self.employment(self.census), self.employment(self.census_before)
        part, total = e20[:, columns].sum(axis=1), e20.sum(axis=1)
        low, high = _share_interval(part, total)
        return Values(
            now=percent(part, total),
            low=100.0 * low,
            high=100.0 * high,
            earlier=percent(e10[:, columns].sum(axis=1), e10.sum(axis=1)),
            earlier_year=self.census_before,
        )

    def occupation_share(self, occupation: str) -> Values:
        """Share of an occupation among the employed, in per cent, with sampling interval."""
        part, total = self.column(occupation, self.census), self.employment(self.census).sum(axis=1)
        low, high = _share_interval(part, total)
        earlier = percent(self.column(occupation, self.census_before), self.employment(self.census_before).sum(axis=1))
        return Values(
            percent(part, total), low=100.0 * low, high=100.0 * high, earlier=earlier, earlier_year=self.census_before
        )

    def nonfarm_density(self, year: int) -> Array:
        """Non-farm jobs per square kilometre, the sample scaled up by the sampling share."""
        e = self.employment(year)
        return np.asarray(e[:, 1:].sum(axis=1) / SAMPLE_SHARE / self.area)

    def national_share(self, section: str, year: int) -> Array:
        """Share of the nation's employment in an industry, in parts per 10,000."""
        column = self.employment(year)[:, self.industry(section)]
        return np.asarray(1e4 * column / self.national_employment(year)[self.industry(section)])

    def basic_share(self, year: int) -> Array:
        """Employment beyond the nation's share in tradable non-farm industries, per cent of all employment.

        The location-quotient method of the export base: ``sum_i max(0, e_ij - e_j E_i / E) / e_j``.
        """
        e = self.employment(year)
        columns = [self.industry(section) for section in EXPORT_BASE]
        nation = self.national_employment(year)
        local_need = e.sum(axis=1, keepdims=True) * (nation / nation.sum())
        surplus = np.maximum(e - local_need, 0.0)[:, columns].sum(axis=1)
        return percent(surplus, e.sum(axis=1))

    def complexity(self, year: int) -> Array:
        """Economic complexity index of every unit over the 19 industries."""
        return complexity(self.employment(year)).eci

    def trade_industry_coupling(self, year: int) -> Array:
        """Coupling coordination degree of trade and manufacturing, each the percentile of its quotient in 0-1."""
        quotients = self.quotients(year)
        systems = np.column_stack([_unit_rank(quotients[:, self.industry(s)]) for s in "CF"])
        return coupling_coordination(systems).coordination

    # -- change between the censuses ----------------------------------------------------------------------

    @cached_property
    def shift_share(self) -> ShiftShare:
        """Dunn shift-share of sample employment between the censuses against the nation."""
        return shift_share(
            self.employment(self.census_before),
            self.employment(self.census),
            self.national_employment(self.census_before),
            self.national_employment(self.census),
        )

    def regional_shift(self, section: str) -> Array:
        """Competitive effect in one industry, per cent of its employment at the earlier census."""
        column = self.industry(section)
        return percent(self.shift_share.competitive[:, column], self.employment(self.census_before)[:, column])

    def regional_shift_total(self) -> Array:
        """Competitive effect over all industries, per cent of employment at the earlier census."""
        return percent(self.shift_share.competitive.sum(axis=1), self.employment(self.census_before).sum(axis=1))

    def structural_change(self) -> Array:
        """Half the sum of absolute changes of the 19 employment shares, in per cent (norm of absolute values)."""
        shares = [
            e / e.sum(axis=1, keepdims=True)
            for e in (self.employment(self.census_before), self.employment(self.census))
        ]
        return np.asarray(50.0 * np.abs(shares[1] - shares[0]).sum(axis=1))

    # -- output, trade, online --------------------------------------------------------------------

    def gdp_per_head(self, year: int) -> Array:
        """GDP per resident of the census in yuan; GDP is in 10,000 yuan."""
        return np.asarray(1e4 * self.column("gdp", year) / self.column("population", year))

    def gdp_estimated(self, year: int) -> NDArray[np.bool_]:
        """Units whose GDP is an estimate."""
        if year not in self._estimated:
            self._estimated[year] = np.asarray(self.atlas.statuses("gdp", year) == "estimated")
        return self._estimated[year]

    def exports_to_gdp(self) -> Values:
        """Return exports over GDP in per cent, each unit in its newest year with both published."""
        ratio, years = export_ratios(self.atlas)
        return Values(now=ratio, year=int(years.max()), years=years)

    def area_gdp(self, code: str) -> dict[int, float]:
        """Return the published GDP of a prefecture or province by year, in 100 million yuan."""
        return self._area_gdp.get(code, {})

    @cached_property
    def _area_gdp(self) -> dict[str, dict[int, float]]:
        series: dict[str, dict[int, float]] = {}
        for table, code in (("prefecture_panel", "prefecture_code"), ("province_gdp", "province_code")):
            rows = self.atlas.table(table).select(code, "year", "gdp_100m").drop_nulls()
            for area, year, value in rows.iter_rows():
                series.setdefault(area, {})[year] = value
        return series

    def taobao_per_100k(self) -> Array:
        """Taobao villages of the latest list per 100,000 residents of the census; a unit that is not listed has none."""
        return np.asarray(
            1e5
            * np.nan_to_num(self.column("taobao_villages", self.atlas.vintage.taobao))
            / self.column("population", self.census)
        )

    # -- space ------------------------------------------------------------------------------------

    @cached_property
    def area(self) -> Array:
        """Area of every unit in square kilometres."""
        return np.array([c.area_km2 for c in self.atlas.counties])

    def access(self, name: str) -> Array:
        """Return a column of the table of travel times, freight costs and market access."""
        return self.column(name, self.census)

    def modelled_access(self, name: str) -> Values:
        """Return the same as an indicator: bolang computes it on the network, so all of it is an estimate."""
        values = self.access(name)
        return Values(now=values, estimated=np.ones(len(values), dtype=np.bool_))

    @cached_property
    def neighbours(self) -> NDArray[np.int64]:
        """Pairs of adjacent units as rows of all-county arrays, shape (m, 2), each pair in both directions."""
        row = {code: index for index, code in enumerate(self.atlas.codes)}
        pairs = self.atlas.table("neighbours").select("code", "neighbour")
        return np.array([(row[own], row[other]) for own, other in pairs.iter_rows()], dtype=np.int64)

    def neighbour_mean(self, values: Array) -> Array:
        """Mean over the adjacent units that have a value; NaN for islands."""
        own, other = self.neighbours.T
        known = ~np.isnan(values[other])
        total = np.bincount(own[known], weights=values[other][known], minlength=len(values))
        count = np.bincount(own[known], minlength=len(values))
        return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))


def percent(part: Array, whole: Array) -> Array:
    """Return 100 * part / whole; NaN where the whole is zero or missing."""
    positive = np.nan_to_num(whole) > 0
    return np.asarray(np.divide(100.0 * part, whole, out=np.full(np.shape(whole), np.nan), where=positive))


def _share_interval(part: Array, total: Array) -> tuple[Array, Array]:
    """Return the sampling interval of a share, from the interval of its quotient against the nation."""
    interval = location_quotient_interval(np.column_stack([part, total - part]))
    base = np.nansum(part) / np.nansum(total)
    return interval.low[:, 0] * base, interval.high[:, 0] * base


def _unit_rank(values: Array) -> Array:
    return standings(values, np.zeros(len(values), dtype=np.int64)).percentile / 100.0
