"""Local public finance: revenue that follows value added by industry, and what levers cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BolangError

if TYPE_CHECKING:
    from bolang.atlas import Atlas, Fact
    from bolang.economy.calibration.calibration import Calibration

WAN_PER_YI = 1e4


@dataclass(frozen=True, slots=True)
class RevenueBase:
    """General public budget revenue of one county in the baseline.

    Attributes
    ----------
    value : float
        亿元.
    estimated : bool
        True if it follows from the national ratio and the county's industries, not from a published figure.
    year : int
    """

    value: float
    estimated: bool
    year: int


def revenue_weights(calibration: Calibration) -> Array:
    """Revenue by county and industry at uniform rates, 万元, (N, S); it sums to the national local revenue."""
    shares = calibration.parameters["tax_by_industry"].value
    assert isinstance(shares, dict)
    share = np.array([float(shares[letter]) for letter in INDUSTRIES])
    value_added = calibration.targets.sales[: calibration.home] * calibration.economy.technology.value_added
    rate = share / share.sum() / value_added.sum(axis=0)
    total = calibration.parameters.number("local_revenue_2020") * WAN_PER_YI
    weights: Array = value_added * rate * total
    return weights


def revenue_base(atlas: Atlas, calibration: Calibration, county: int) -> RevenueBase:
    """Return a county's published revenue nearest to the census year, or an estimate."""
    year = calibration.observed.year
    fact = _published(atlas, atlas.codes[county], year)
    if fact is not None:
        return RevenueBase(fact.value / WAN_PER_YI, fact.status == "estimated", fact.year)
    estimate = float(revenue_weights(calibration)[county].sum()) / WAN_PER_YI
    return RevenueBase(estimate, True, year)


def _published(atlas: Atlas, code: str, year: int) -> Fact | None:
    try:
        found = [
            fact for fact in atlas.facts(code, "fiscal_revenue") if fact.period == "year" and abs(fact.year - year) <= 3
        ]
    except BolangError:
        return None
    return min(found, key=lambda fact: abs(fact.year - year), default=None)
