"""Where a county's gain comes from: an exact split of the change of its value added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.core.solver import Solution

TERMS = (
    "productivity",
    "trade_cost",
    "market",
    "access",
    "inputs",
    "scale",
    "wages",
    "prices",
    "migration",
)
"""Parts of a change, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """Parts of the log change of a county's real value added, in the order of `TERMS`; they sum to `total`.

    Attributes
    ----------
    parts : mapping of term to float
    total : float
    """

    parts: dict[str, float]
    total: float


def decompose(
    economy: Economy, shock: Shock, settled: Solution, moved: Solution, county: int, price_levels: tuple[float, float]
) -> Decomposition:
    """Split the change of value added of one county.

    Sales of an industry are ``Y = a * MA``: supply, which moves with productivity, scale, wages and input prices, times
    market access, which moves with trade costs and with everybody's demand and prices. The logs of these are weighted by
    the industries' logarithmic means (as in an LMDI index), so that the parts add up exactly. They are taken from the
    solution without migration; what migration adds is the difference of the two solutions.

    Parameters
    ----------
    settled, moved : Solution
        Without migration, and under the scenario's closure; one scenario each.
    price_levels : tuple of float
        National price of final goods in both, relative to the baseline.
    """
    gamma = economy.technology.value_added
    before = economy.sales[county] * gamma
    change = np.log(settled.sales[county, :, 0])
    weight = _log_mean(before * np.exp(change), before) / _log_mean((before * np.exp(change)).sum(), before.sum())
    theta, psi = economy.elasticities.trade[:, 0], economy.elasticities.scale[:, 0]
    productivity = np.broadcast_to(np.log(shock.productivity), (*economy.sales.shape, 1))[county, :, 0]
    scale = theta * psi * np.log(settled.labour[county, :, 0])
    wages = -theta * gamma * np.log(settled.wage[county, 0])
    inputs = -theta * (np.log(settled.price[county, :, 0]) @ economy.technology.links)
    own_weight, margin_weight, margin = _hub_margin(economy, settled, county)
    own = np.where(own_weight > 0, (change - margin_weight * margin) / np.where(own_weight > 0, own_weight, 1), 0)
    trade_cost = _first_round(economy, shock, county)
    access = own - productivity - scale - wages - inputs - trade_cost
    parts = {
        "productivity": float(weight @ (own_weight * productivity)),
        "trade_cost": float(weight @ (own_weight * trade_cost)),
        "market": float(weight @ (margin_weight * margin)),
        "access": float(weight @ (own_weight * access)),
        "inputs": float(weight @ (own_weight * inputs)),
        "scale": float(weight @ (own_weight * scale)),
        "wages": float(weight @ (own_weight * wages)),
        "prices": -float(np.log(price_levels[0])),
    }
    still = float(np.log(settled.wage[county, 0]) - np.log(price_levels[0]))
    total = float(np.log(moved.wage[county, 0] * moved.population[county, 0]) - np.log(price_levels[1]))
    parts["migration"] = total - still
    return Decomposition(parts, total)


def _hub_margin(economy: Economy, found: Solution, county: int) -> tuple[Array, Array, Array]:
    """Weights of own sales and of margins in each industry's log change, and the log change of the margins."""
    sectors = len(economy.sectors)
    own, margin_weight, margin = np.ones(sectors), np.zeros(sectors), np.zeros(sectors)
    trade = economy.trade
    position = np.flatnonzero(trade.hub_places == county)
    if not isinstance(trade, KernelTrade) or trade.hubs is None or not len(position):
        return own, margin_weight, margin
    s, h = trade.service_sector, int(position[0])
    before = trade.hubs.margin * float(economy.baseline_flows.throughput[h].sum())
    after = trade.hubs.margin * float(found.throughput[h].sum())
    sales = float(economy.sales[county, s])
    later = sales * float(found.sales[county, s, 0])
    tiny = 1e-9 * sales
    before, after = max(before, tiny), max(after, tiny)
    total = _log_mean(np.array(later), np.array(sales))
    margin_weight[s] = float(_log_mean(np.array(after), np.array(before)) / total)
    own[s] = float(_log_mean(np.array(later - after), np.array(sales - before)) / total)
    margin[s] = np.log(after / before)
    return own, margin_weight, margin


def _first_round(economy: Economy, shock: Shock, county: int) -> Array:
    """Log change of own sales by industry if only trade costs moved: all supply, demand and prices as they were."""
    under = economy.trade.under(shock.costs, economy.elasticities.trade[:, :1])
    spending = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)
    ones = np.ones_like(spending[0])
    hubs = len(economy.trade.hub_places)
    quiet = np.zeros((hubs, 1))
    market = under.market(ones, quiet, quiet)
    flows = under.flows(ones, market, spending[0])
    later, before = flows.sales[county, :, 0].copy(), economy.sales[county].copy()
    position = np.flatnonzero(economy.trade.hub_places == county)
    if len(position):
        s = economy.trade.service_sector
        margin = economy.trade.hubs.margin  # type: ignore[attr-defined]
        later[s] -= margin * flows.throughput[int(position[0])].sum()
        before[s] -= margin * economy.baseline_flows.throughput[int(position[0])].sum()
    known = (before > 0) & (later > 0)
    return np.where(known, np.log(np.where(known, later, 1) / np.where(known, before, 1)), 0.0)


def _log_mean(a: Array, b: Array) -> Array:
    """Logarithmic mean, continuous at a = b."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    close = np.abs(a - b) <= 1e-9 * np.maximum(np.abs(a), np.abs(b))
    ratio = np.where(close | (a <= 0) | (b <= 0), 1.0, a / np.where(b > 0, b, 1.0))
    safe = np.where(ratio == 1, 1.0, np.log(np.where(ratio > 0, ratio, 1.0)))
    return np.where(ratio == 1, (a + b) / 2, (a - b) / safe)
