"""From a solution to what readers ask for: GDP, income, people, output, exports, revenue, in every county."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.core.solver import Solution
from bolang.economy.scenarios.fiscal import revenue_weights

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

MEASURES = (
    "gdp",
    "real_wage",
    "real_income",
    "employment",
    "manufacturing",
    "wholesale",
    "exports",
    "throughput",
    "revenue",
    "welfare",
)
"""What is reported, in this order."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Levels before and after, by county and scenario; 万元 or people, wages and welfare as indices.

    Attributes
    ----------
    before : mapping of measure to array (N,)
    after : mapping of measure to array (N, B)
    """

    before: dict[str, Array]
    after: dict[str, Array]

    def change(self, measure: str, rows: NDArray[np.integer[Any]] | None = None) -> Array:
        """Relative change over a set of counties (all measures add up, indices are weighted), (B,).

        Parameters
        ----------
        measure : str
        rows : bool or int array, optional
            Counties; all if left out.
        """
        chosen = slice(None) if rows is None else rows
        before, after = self.before[measure][chosen], self.after[measure][chosen]
        if measure in WEIGHTED:
            weight = self.before[WEIGHTED[measure]][chosen]
            share = weight / weight.sum()
            return np.asarray(share @ (after / before[:, None]) - 1)
        total = before.sum()
        return np.asarray(after.sum(axis=0) / total - 1 if total > 0 else np.full(after.shape[1], np.nan))

    def by_county(self, measure: str) -> Array:
        """Relative change of each county, (N, B); NaN where there is nothing in the baseline."""
        before = self.before[measure][:, None]
        return np.where(before > 0, self.after[measure] / np.where(before > 0, before, 1) - 1, np.nan)


WEIGHTED = {"real_wage": "employment", "real_income": "employment", "welfare": "employment"}
"""Indices, and the measure that weights them when counties are put together."""


def outcomes(calibration: Calibration, economy: Economy, solution: Solution) -> Outcomes:
    """Compute every measure for all counties.

    GDP, output, exports and revenue are deflated by the nation's price of final goods, so that local prices count as
    income of the place; real wages and incomes by the county's own prices. Levels are double precision whatever the
    solution is of: what a county moves in the nation's total is lost in single precision.
    """
    n = calibration.home
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    local_price = _local_price(economy, n, solution)
    level = _level(economy, local_price)
    base_sales = _double(economy.sales[:n])
    value_added = base_sales * economy.technology.value_added
    weights = revenue_weights(calibration)
    base_exports = _exports(economy, economy.trade.hub_places)
    hubs = np.asarray(trade.hub_places)
    through_before, through_after = np.zeros(n), np.zeros((n, solution.sales.shape[2]))
    if len(hubs):
        np.add.at(through_before, hubs, economy.baseline_flows.throughput.sum(axis=(1, 2)))
        np.add.at(through_after, hubs, solution.throughput.sum(axis=1))
    registered = _double(solution.exports.direct).sum(axis=0)
    np.add.at(registered, hubs, _double(solution.exports.via_hubs).sum(axis=0))
    goods, service = 2, economy.trade.service_sector
    ones = np.ones(n)
    before = {
        "gdp": value_added.sum(axis=1),
        "real_wage": ones,
        "real_income": ones,
        "employment": calibration.observed.employment.sum(axis=1) * 10,
        "manufacturing": base_sales[:, goods],
        "wholesale": base_sales[:, service],
        "exports": base_exports,
        "throughput": through_before,
        "revenue": weights.sum(axis=1),
        "welfare": ones,
    }
    sales = _double(solution.sales[:n]) / level
    after = {
        "gdp": (value_added[..., None] * sales).sum(axis=1),
        "real_wage": _double(solution.wage[:n]) / local_price,
        "real_income": _double(solution.real_income[:n]),
        "employment": before["employment"][:, None] * _double(solution.population[:n]),
        "manufacturing": base_sales[:, goods, None] * sales[:, goods],
        "wholesale": base_sales[:, service, None] * sales[:, service],
        "exports": registered / level,
        "throughput": through_after / level,
        "revenue": (weights[..., None] * sales).sum(axis=1),
        "welfare": _double(solution.welfare),
    }
    return Outcomes(before, after)


def price_level(economy: Economy, home: int, solution: Solution) -> Array:
    """National price of final goods over the baseline, weighted by baseline final spending, (B,)."""
    return _level(economy, _local_price(economy, home, solution))


def _local_price(economy: Economy, home: int, solution: Solution) -> Array:
    final = _double(economy.technology.final[:home])
    return np.asarray(np.exp(np.einsum("ns,nsb->nb", final, np.log(_double(solution.price[:home])))))


def _double(values: Array) -> Array:
    return np.asarray(values, dtype=np.float64)


def _level(economy: Economy, local_price: Array) -> Array:
    spent = _double(economy.final_spending[: len(local_price)])
    return np.asarray(np.exp((spent / spent.sum()) @ np.log(local_price)))


def industry_changes(economy: Economy, home: int, solution: Solution, county: int) -> Array:
    """Relative change of one county's output by industry at national prices, (S, B)."""
    return np.asarray(_double(solution.sales[county]) / price_level(economy, home, solution) - 1)


def _exports(economy: Economy, hubs: NDArray[np.integer[Any]]) -> Array:
    """Baseline exports by the county of the registered exporter, (N,)."""
    spending = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)
    under = economy.trade.under(None, economy.elasticities.trade[:, :1])
    found = under.exports(np.ones_like(spending[0]), economy.baseline_market, spending[0])
    registered = found.direct.sum(axis=0)[:, 0]
    np.add.at(registered, hubs, found.via_hubs.sum(axis=0)[:, 0])
    return np.asarray(registered)
