"""Where a published series of output breaks: steps that are no growth but another source, territory or error."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bolang.atlas.model import Fact
from bolang.foundation.parameters import load_parameters

_IN_WAN = {"亿元": 1e4, "元": 1e-4}


def series_breaks(series: Mapping[int, Fact]) -> tuple[int, ...]:
    """Return the first year after each step that nominal output does not make.

    A step beyond the outer line is a break whatever the source; between two sources one beyond the inner line is.

    Parameters
    ----------
    series : mapping of year to Fact
        Money of one unit of territory; gaps of years count by the average step a year.
    """
    cited = load_parameters("bolang.diagnosis")
    outer, inner = cited["gdp_break"].value, cited["gdp_break_of_source"].value
    assert isinstance(outer, list | tuple)
    assert isinstance(inner, list | tuple)
    found = []
    for first, last in pairwise(sorted(series)):
        low, high = _wan(series[first]), _wan(series[last])
        if low <= 0 or high <= 0:
            continue
        step = 100.0 * ((high / low) ** (1.0 / (last - first)) - 1.0)
        bounds = outer if series[first].source == series[last].source else inner
        if not float(bounds[0]) <= step <= float(bounds[1]):
            found.append(last)
    return tuple(found)


def broken_between(breaks: tuple[int, ...], first: int, last: int) -> bool:
    """Whether a break lies inside a stretch, so that no rate may be stated over it."""
    return any(first < year <= last for year in breaks)


def _wan(fact: Fact) -> float:
    return fact.value * _IN_WAN.get(fact.unit, 1.0)
