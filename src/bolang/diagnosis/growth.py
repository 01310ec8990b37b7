"""Growth against prefecture and province, with breaks flagged; published figures that disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from bolang.atlas.facts import OUTPUT_BASES
from bolang.atlas.model import County, Fact
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.result import Conflict, GrowthLine
from bolang.diagnosis.sentences import number
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join

Series = Mapping[int, float]

GDP = Text("地区生产总值（名义）", "GDP (nominal)")
REAL_GDP = Text("地区生产总值（可比价）", "GDP (real)")

REAL_YEARS = 3
"""Latest years of published real growth that are shown."""


def growth_lines(evidence: Evidence, county: County) -> tuple[GrowthLine, ...]:
    """Compare the county's average annual nominal growth with that of the areas above it.

    County-level price indices are not published for all units, so growth is nominal on both sides of every gap.
    """
    own = _county_series(evidence, county)
    above = {
        "prefecture": evidence.area_gdp(county.prefecture_code),
        "province": evidence.area_gdp(county.province_code),
    }
    census = evidence.census_before
    nominal = [
        _line(county, first, last, own, above)
        for first, last in _periods([year for year in own if year >= census], evidence.census)
        if evidence.atlas.territory.comparable(county, first, last)
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
        head = Text(
            f"{year} 年，地区生产总值按可比价{'增长' if own[year] >= 0 else '下降'} {number(abs(own[year]), 1)}%",
            f"In {year} real GDP {'grew' if own[year] >= 0 else 'fell'} by {number(abs(own[year]), 1)} %",
        )
        sentence = _with_gaps(head, county, own[year], others, ())
        lines.append(
            GrowthLine(REAL_GDP, year - 1, year, own[year], others["prefecture"], others["province"], (), sentence)
        )
    return lines


def _published(evidence: Evidence, code: str, indicator: str) -> dict[int, float]:
    """Return a full-year series; the first of several figures of one year, in the atlas's order of preference."""
    series: dict[int, float] = {}
    for fact in evidence.atlas.facts(code, indicator):
        if fact.period == "year":
            series.setdefault(fact.year, fact.value)
    return series


def _line(county: County, first: int, last: int, own: Series, above: Mapping[str, Series]) -> GrowthLine:
    growth = _average_growth(own, first, last)
    others = {name: _average_growth(series, first, last) for name, series in above.items()}
    flags = tuple(_jumps(own, first, last))
    return GrowthLine(
        label=GDP,
        first_year=first,
        last_year=last,
        growth=growth,
        prefecture_growth=others["prefecture"],
        province_growth=others["province"],
        flags=flags,
        sentence=_sentence(county, first, last, growth, others, flags),
    )


def _county_series(evidence: Evidence, county: County) -> dict[int, float]:
    """Return published GDP by year."""
    published: dict[int, float] = {}
    for fact in evidence.atlas.facts(county, "gdp"):
        if fact.status == "measured" and fact.period == "year":
            published.setdefault(fact.year, fact.value)
    return published


def _average_growth(series: Series, first: int, last: int) -> float | None:
    start, end = series.get(first), series.get(last)
    if start is None or end is None or start <= 0 or end <= 0:
        return None
    return float(100.0 * ((end / start) ** (1.0 / (last - first)) - 1.0))


def _jumps(series: Series, first: int, last: int) -> list[Text]:
    limit = load_parameters("bolang.diagnosis").number("gdp_jump")
    flags = []
    for year in range(first + 1, last + 1):
        rate = _average_growth(series, year - 1, year)
        if rate is not None and abs(rate) > limit:
            flags.append(
                Text(
                    f"{year} 年名义变动 {number(rate, 1)}%，是价格还是口径修订，资料未说明",
                    f"whether prices or a revision explain the change of {number(rate, 1)} % in {year} is not known",
                )
            )
    return flags


def _sentence(
    county: County,
    first: int,
    last: int,
    growth: float | None,
    others: Mapping[str, float | None],
    flags: Sequence[Text],
) -> Text:
    if growth is None:
        return Text(f"{first}—{last} 年增速无法计算。", f"Growth {first}-{last} cannot be computed.")
    annual = last - first > 1
    head = Text(
        f"{first}—{last} 年，地区生产总值名义{'年均增长' if annual else '增长'} {number(growth, 1)}%",
        f"From {first} to {last} nominal GDP grew by {number(growth, 1)} %{' a year' if annual else ''}",
    )
    return _with_gaps(head, county, growth, others, flags)


def _with_gaps(
    head: Text, county: County, growth: float, others: Mapping[str, float | None], flags: Sequence[Text]
) -> Text:
    """Add the distance to the areas above, and the flags."""
    text, gaps = head, []
    for level, name in (("prefecture", county.prefecture), ("province", county.province)):
        rate = others[level]
        if rate is not None and not (level == "prefecture" and county.prefecture == county.province):
            gaps.append(_gap(growth - rate, name))
    if gaps:
        text += Text("，", ", ") + join(gaps, zh="、", en=" and ")
    if flags:
        text += Text("（注意：", " (note: ") + join(flags, zh="；", en="; ") + Text("）", ")")
    return text + Text("。", ".")


def _gap(points: float, name: str) -> Text:
    if abs(points) < 0.05:
        return Text(f"与{name}持平", f"level with {name}")
    size = number(abs(points), 1)
    if points > 0:
        return Text(f"高于{name} {size} 个百分点", f"{size} points above {name}")
    return Text(f"低于{name} {size} 个百分点", f"{size} points below {name}")


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
                rows = tuple((f.value, f.unit, f.source, f.definition) for f in facts)
                found.append(Conflict(facts[0].label, year, period, rows))
    return tuple(found)
