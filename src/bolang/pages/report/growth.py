"""Growth that may be stated: both years on one side of every census revision, on one territory, published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bolang.atlas.model import Fact
from bolang.diagnosis.series_breaks import broken_between, series_breaks
from bolang.foundation.parameters import load_parameters
from bolang.pages.report.context import Context
from bolang.pages.report.facts import wan

_LONGEST = 4
_WRITTEN = 0.05
"""Per cent from which one decimal shows more than zero."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Average yearly growth in per cent between two years, and the facts it rests on."""

    first: int
    last: int
    rate: float
    facts: tuple[Fact, ...]


def unmoved(rate: float) -> bool:
    """Whether a yearly rate in per cent would be written as 0.0."""
    return abs(rate) < _WRITTEN


def nominal(context: Context, series: Mapping[int, Fact], *, revised: bool) -> Growth | None:
    """Return the newest growth that may be stated, over one to four years.

    Parameters
    ----------
    context : Context
    series : mapping of year to Fact
    revised : bool
        Whether the series is output, which economic censuses revise and which breaks where it steps as output does not.
    """
    broken = series_breaks(series) if revised else ()
    years = sorted(series, reverse=True)
    for last in years:
        for first in sorted(year for year in years if last - _LONGEST <= year < last):
            if broken_between(broken, first, last) or not comparable(context, series, first, last, revised=revised):
                continue
            low, high = wan(series[first]), wan(series[last])
            if low > 0 and high > 0:
                rate = 100.0 * ((high / low) ** (1.0 / (last - first)) - 1.0)
                return Growth(first, last, rate, (series[first], series[last]))
    return None


def same_period(series: Mapping[int, Fact], growth: Growth) -> float | None:
    """Return the growth of the prefecture or province over the same years, with the same side of the revision."""
    if growth.first not in series or growth.last not in series:
        return None
    low, high = series[growth.first], series[growth.last]
    if wan(low) <= 0 or low.revision != high.revision:
        return None
    return 100.0 * float((wan(high) / wan(low)) ** (1.0 / (growth.last - growth.first)) - 1.0)


def break_between(context: Context, series: Mapping[int, Fact]) -> int | None:
    """Return the first year of a newest stretch that may not be compared with what came before, None if there is none."""
    years = sorted(series)
    if len(years) < 2:
        return None
    before, last = years[-2:]
    for previous, year in zip(years[-3:], years[-2:], strict=False):
        if series[previous].revision != series[year].revision:
            return year
    return None if context.atlas.territory.comparable(context.county, before, last) else last


def comparable(context: Context, series: Mapping[int, Fact], first: int, last: int, *, revised: bool) -> bool:
    """Whether two years stand on one side of every revision and describe one territory."""
    if series[first].revision != series[last].revision:
        return False
    if revised and any(first <= year < last for year in _census_years()):
        return False
    return context.atlas.territory.comparable(context.county, first, last)


def _census_years() -> tuple[int, ...]:
    found = load_parameters("bolang.pages.report").parameters["revised_from"].value
    return tuple(int(year) for year in found)  # type: ignore[union-attr]
