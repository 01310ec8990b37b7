"""Exports over GDP: one value for every page, from published figures of one year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import MissingFactError
from bolang.foundation.parameters import load_parameters

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.atlas.model import County, Fact

FIRST_YEAR_KEY = "oldest_exports"
WAN_PER_YI = 1e4


@dataclass(frozen=True, slots=True)
class ExportRatio:
    """Exports of a county over its GDP.

    Attributes
    ----------
    value : float
        Per cent.
    year : int
        Newest year in which both are published.
    exports, gdp : Fact
    """

    value: float
    year: int
    exports: Fact
    gdp: Fact


def yuan_per_dollar() -> dict[int, float]:
    """Return the average exchange rate by year."""
    rates = load_parameters("bolang.diagnosis")["yuan_per_dollar"].value
    assert isinstance(rates, dict)
    return {int(year): float(rate) for year, rate in rates.items()}


def export_ratio(county: County) -> ExportRatio | None:
    """Return exports over GDP in the newest year with both published; None where there is none since the oldest year that counts.

    Exports in yuan go before exports in dollars, which are turned into yuan at the average rate of the year.
    """
    assert county.atlas is not None
    rates = yuan_per_dollar()
    sold: dict[int, tuple[float, Fact]] = {}
    for indicator, in_dollars in (("exports_cny", False), ("exports", True)):
        for year, fact in _published(county.atlas, county, indicator).items():
            if not in_dollars:
                sold.setdefault(year, (fact.value, fact))
            elif year in rates:
                sold.setdefault(year, (fact.value * WAN_PER_YI * rates[year], fact))
    gdp = _published(county.atlas, county, "gdp")
    years = [year for year in sold if year in gdp and year >= _oldest()]
    if not years:
        return None
    year = max(years)
    amount, fact = sold[year]
    return ExportRatio(100.0 * amount / gdp[year].value, year, fact, gdp[year])


def export_ratios(atlas: Atlas) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the same for all units: per cent (NaN where nothing is published) and the year of each."""
    rates = yuan_per_dollar()
    ratio = np.full(len(atlas.counties), np.nan)
    years = np.full(len(atlas.counties), max(rates), dtype=np.int64)
    for year in range(max(_years(atlas)), _oldest() - 1, -1):
        yuan = _column(atlas, "exports_cny", year)
        if year in rates:
            dollars = _column(atlas, "exports", year) * WAN_PER_YI * rates[year]
            yuan = np.where(np.isnan(yuan), dollars, yuan)
        gdp = _column(atlas, "gdp", year)
        found = np.isnan(ratio) & (yuan >= 0) & (gdp > 0)
        ratio[found], years[found] = 100.0 * yuan[found] / gdp[found], year
    return ratio, years


def _oldest() -> int:
    return int(load_parameters("bolang.diagnosis").number(FIRST_YEAR_KEY))


def _years(atlas: Atlas) -> set[int]:
    from bolang.atlas.facts import ledger_years

    own = atlas.workspace.years("exports_cny") if atlas.workspace else ()
    return {*yuan_per_dollar(), *ledger_years("exports_cny"), *own}


def _column(atlas: Atlas, indicator: str, year: int) -> NDArray[np.float64]:
    try:
        return atlas.column(indicator, year)
    except MissingFactError:
        return np.full(len(atlas.counties), np.nan)


def _published(atlas: Atlas, county: County, indicator: str) -> dict[int, Fact]:
    """Return published full-year figures by year, the preferred one of each."""
    found: dict[int, Fact] = {}
    for fact in atlas.facts(county, indicator) if atlas.knows(indicator) else ():
        if fact.period == "year" and fact.status == "measured":
            found.setdefault(fact.year, fact)
    return found
