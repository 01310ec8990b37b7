"""How many units, and how many people, have a published figure of each indicator and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.foundation.errors import MissingFactError
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas

SHOWN = (
    "gdp",
    "fiscal_revenue",
    "fiscal_expenditure",
    "household_deposits",
    "loans",
    "debt_balance",
    "debt_limit",
    "industry_firms_above_scale",
    "fixed_investment",
    "retail_sales",
    "exports",
    "income",
    "population_registered",
    "population",
    "taobao_villages",
)
"""Indicators of the page on coverage."""
RECENT = 6
"""Years of each indicator that are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units and share of the people with a published figure.

    Attributes
    ----------
    units : int
    people : float
        Share of the nation's residents that live in these units, 0 to 1.
    """

    indicator: str
    label: Text
    year: int
    units: int
    people: float


def coverage(atlas: Atlas) -> tuple[Coverage, ...]:
    """Return the coverage of the main indicators in their newest years; published figures only."""
    residents = atlas.column("population", atlas.vintage.census)
    found = []
    for name in SHOWN:
        entry = atlas.entries.indicator(name)
        years = sorted({year for each in atlas.entries.all_of(name) for year in each.years}, reverse=True)
        for year in years[:RECENT]:
            try:
                known = ~np.isnan(atlas.column(name, year))
            except MissingFactError:
                continue
            share = float(np.nansum(residents[known]) / np.nansum(residents))
            found.append(Coverage(name, entry.label, year, int(known.sum()), share))
    return tuple(found)
