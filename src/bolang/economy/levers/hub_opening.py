"""Opening a market in a place, or enlarging the one that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.hubs import Hubs
from bolang.economy.core.kernels import KernelTrade

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration


def hub_position(economy: Economy, county: int) -> int | None:
    """Return the position of the county's hub among the hubs, or None."""
    found = np.flatnonzero(economy.trade.hub_places == county)
    return int(found[0]) if len(found) else None


def with_hub(calibration: Calibration, economy: Economy, county: int, reference: float) -> tuple[Economy, int]:
    """Add a hub that is worth nothing yet, so that scenarios can open it; an existing one is left as it is.

    Parameters
    ----------
    calibration : Calibration
    economy : Economy
    county : int
    reference : float
        Throughput at which the size term of a new hub is one.

    Returns
    -------
    Economy
    int
        Position of the hub.
    """
    position = hub_position(economy, county)
    if position is not None:
        return economy, position
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    assert trade.hubs is not None
    hubs = trade.hubs
    near, abroad = calibration.legs_of(county)
    into = np.concatenate([near, abroad])[None, :, None]
    grown = Hubs(
        places=np.append(hubs.places, county),
        goods=hubs.goods,
        service=hubs.service,
        worth=np.append(hubs.worth, np.zeros((1, hubs.worth.shape[1])), axis=0),
        into=np.concatenate([hubs.into, into], axis=2),
        outof=np.concatenate([hubs.outof, near[None, None]], axis=1),
        margin=hubs.margin,
        reference=np.append(hubs.reference, reference),
    )
    enlarged = replace(economy, trade=replace(trade, hubs=grown))
    # What a hub of no worth leaves unchanged need not be computed again.
    for name in ("income", "baseline_market", "final_spending", "coarse"):
        if name in economy.__dict__ and name != "baseline_market":
            enlarged.__dict__[name] = economy.__dict__[name]
    return enlarged, hubs.count


def opening_worth(economy: Economy, position: int, target: Array) -> Array:
    """Worth to add so that the hub's throughput grows by `target` at baseline prices, (B,).

    With x the hub's offer ``g U``, throughput is ``sum_n into_n x X_n / (Phi_n + into_n (x - x0))``, concave in x; solved
    by bisection in logs.
    """
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    assert trade.hubs is not None
    hubs = trade.hubs
    good = int(hubs.goods[0])
    spending = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)
    bought, phi, into = spending[0][:, good, 0], trade.phi[:, good], hubs.into[0, :, position]
    purchases = float(trade.hub_purchases[position, 0, 0])
    before = float(hubs.worth[position, 0]) * purchases

    def throughput(x: Array) -> Array:
        reach = into[:, None] * x
        return np.asarray((reach * bought[:, None] / (phi[:, None] + reach - into[:, None] * before)).sum(axis=0))

    wanted = throughput(np.array([before])) + target
    low = np.full(len(target), np.log(max(before, 1e-12 * purchases) * 1e-6))
    high = np.full(len(target), np.log(purchases * 1e12))
    for _ in range(200):
        middle = (low + high) / 2
        above = throughput(np.exp(middle)) > wanted
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    worth = (np.exp(high) - before) / purchases
    return np.where(target == 0, 0.0, worth)
