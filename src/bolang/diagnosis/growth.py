"""Growth against prefecture and province, with breaks flagged; published figures that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from bolang.atlas.facts import OUTPUT_BASES
from bolang.atlas.model import County, Fact
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.result import Conflict, GrowthLine, Jump
from bolang.diagnosis.series_breaks import broken_between, series_breaks
from bolang.foundation.parameters import load_parameters

Series = Mapping[int, float]

REAL_YEARS = 3
"""Latest years of published real growth that are shown."""


def growth_lines(evidence: Evidence, county: County) -> tuple[GrowthLine, ...]:
    """Compare the county's average annual nominal growth with that of the areas above it.

    County-level price indices are not published for all units, so growth is nominal on both sides of every gap.
    """
    facts = _county_series(evidence, county)
    own, broken = {year: fact.value for year, fact in facts.items()}, series_breaks(facts)
    above = {
        "prefecture": evidence.area_gdp(county.prefecture_code),
        "province": evidence.area_gdp(county.province_code),
    }
    census = evidence.census_before
    nominal = [
        _line(first, last, own, above)
        for first, last in _periods([year for year in own if year >= census], evidence.census)
        if evidence.atlas.territory.comparable(county, first, last) and not broken_between(broken, first, last)
    ]
    return (*nominal, *_real_lines(evidence, county))


def _periods(years: Sequence[int], census: int) -> list[tuple[int, int]]:
    """Return first and last years of each comparison, all on one base of the economic census.

    On every base the whole stretch; on the two latest bases also the stretch since the population census and the newest year.
    """
    bounds = (0, *OUTPUT_BASES, 9999)
    found: list[tuple[int, int]] = []
    for base, (start, end) in enumerate(pairwise(bounds)):
        inside = sorted(year for year in years if start <= year < end)
        if len(inside) < 2:
            continue
        pairs = [(inside[0], inside[-1])]
        if base:
            pairs += [(census, inside[-1])] if census in inside[:-1] else []
            pairs += [(inside[-2], inside[-1])]
        found += dict.fromkeys(pairs)
    return found


def _real_lines(evidence: Evidence, county: County) -> list[GrowthLine]:
    """Return the published real growth of the latest years, with that of the areas above where published."""
    own = _published(evidence, county.code, "gdp_growth")
    above = {
        "prefecture": _published(evidence, county.prefecture_code, "gdp_growth"),
        "province": _published(evidence, county.province_code, "gdp_growth"),
    }
    lines = []
    for year in sorted(own)[-REAL_YEARS:]:
        others = {name: series.get(year) for name, series in above.items()}
        lines.append(GrowthLine("real", year - 1, year, own[year], others["prefecture"], others["province"]))
    return lines


def _published(evidence: Evidence, code: str, indicator: str) -> dict[int, float]:
    """Return a full-year series; the first of several figures of one year, in the atlas's order of preference."""
    series: dict[int, float] = {}
    for fact in evidence.atlas.facts(code, indicator):
        if fact.period == "year":
            series.setdefault(fact.year, fact.value)
    return series


def _line(first: int, last: int, own: Series, above: Mapping[str, Series]) -> GrowthLine:
    others = {name: _average_growth(series, first, last) for name, series in above.items()}
    return GrowthLine(
        kind="nominal",
        first_year=first,
        last_year=last,
        growth=_average_growth(own, first, last),
        prefecture_growth=others["prefecture"],
        province_growth=others["province"],
        jumps=tuple(_jumps(own, first, last)),
    )


def _county_series(evidence: Evidence, county: County) -> dict[int, Fact]:
    """Return published GDP by year."""
    published: dict[int, Fact] = {}
    for fact in evidence.atlas.facts(county, "gdp"):
        if fact.status == "measured" and fact.period == "year":
            published.setdefault(fact.year, fact)
    return published


def _average_growth(series: Series, first: int, last: int) -> float | None:
    start, end = series.get(first), series.get(last)
    if start is None or end is None or start <= 0 or end <= 0:
        return None
    return float(100.0 * ((end / start) ** (1.0 / (last - first)) - 1.0))


def _jumps(series: Series, first: int, last: int) -> Iterator[Jump]:
    limit = load_parameters("bolang.diagnosis").number("gdp_jump")
    for year in range(first + 1, last + 1):
        rate = _average_growth(series, year - 1, year)
        if rate is not None and abs(rate) > limit:
            yield Jump(year, rate)


TOLERANCE = 0.005
"""Relative difference under which two published figures are the same figure, rounded differently."""


def conflicts(evidence: Evidence, county: County) -> tuple[Conflict, ...]:
    """Return the indicators, years and periods for which published figures disagree, each with its definition."""
    found = []
    for indicator in evidence.atlas.conflicting(county):
        by_time: dict[tuple[int, str], list[Fact]] = {}
        for fact in evidence.atlas.facts(county, indicator):
            if fact.status == "measured":
                by_time.setdefault((fact.year, fact.period), []).append(fact)
        for (year, period), facts in sorted(by_time.items()):
            values = np.array([fact.value for fact in facts])
            if len(facts) > 1 and np.ptp(values) > TOLERANCE * np.abs(values).max():
                found.append(Conflict(facts[0].label, year, period, tuple(facts)))
    return tuple(found)
