"""The county economy on four groups of industries, with the same accounts: small enough for all pairs of counties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.industries import AT_HOME, BULK, LOCAL_SERVICES, MANUFACTURING
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.technology import Elasticities, Technology

GROUPS: tuple[IntArray, ...] = (MANUFACTURING, BULK, LOCAL_SERVICES, AT_HOME)
GOODS_GROUP, SERVICE_GROUP = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class _Flows:
    """Flows between home places by group (None: bought at home), and over the border, all in levels."""

    home: list[Array | None]
    outward: Array
    inward: Array
    abroad: Array


def aggregated(economy: Economy) -> Economy:
    """Aggregate the industries of an economy into `GROUPS`, keeping every account of every place.

    Trade between places is the sum over industries. What passes through hubs is counted as direct trade between maker
    and buyer, and the hub's margin as wholesale services that the buyer buys in the hub's place, so that a hub's margin
    reacts with the elasticity of trade rather than in proportion.
    """
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    spending = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)
    bought = spending[0][..., 0]
    flows, margins = _flows(trade, bought / trade.phi)
    technology = _technology(economy, bought, margins)
    sales = _grouped(economy.sales)
    return Economy(
        places=economy.places,
        sectors=("manufacturing", "bulk and tradable services", "local services", "home-bound"),
        technology=technology,
        elasticities=_elasticities(economy),
        trade=KernelTrade(
            kernels=tuple(Kernel(np.array([g]), matrix) for g, matrix in enumerate(flows.home)),
            supply=np.ones_like(sales),
            outward=flows.outward,
            inward=flows.inward,
            abroad=flows.abroad,
        ),
        sales=sales,
        transfers=economy.transfers,
        transfer_rule=economy.transfer_rule,
        migration=economy.migration,
        common_wage=economy.common_wage,
    )


def _grouped(values: Array) -> Array:
    """Sum the sector axis (the last) over groups."""
    return np.stack([values[..., members].sum(axis=-1) for members in GROUPS], axis=-1)


def _flows(trade: KernelTrade, spread: Array) -> tuple[_Flows, Array]:
    """Flows by group, and the margins that each place pays to hubs, (M,)."""
    n = trade.home
    home: list[Array | None] = []
    for members in GROUPS:
        kernel = next(k for k in trade.kernels if k.sectors[0] == members[0])
        matrix = None if kernel.matrix is None else kernel.matrix * (spread[:n, members] @ trade.supply[:n, members].T)
        home.append(matrix)
    outward = _grouped(trade.outward * trade.supply[None, :n] * spread[n:, None])
    inward = _grouped(trade.inward * trade.supply[None, n:] * spread[:n, None])
    abroad = _grouped(trade.abroad * trade.supply[None, n:] * spread[n:, None])
    # Home-bound industries have no kernel: their closeness is one, so the border terms must be shares.
    margins = np.zeros(len(spread))
    if trade.hubs is not None:
        hubs = trade.hubs
        good = int(hubs.goods[0])
        reach = hubs.into[0] * spread[:, good, None] * hubs.worth[:, 0]
        makers = hubs.outof[0] * trade.supply[:n, good]
        passed = reach * trade.hub_purchases[:, 0, 0]
        margins = hubs.margin * passed.sum(axis=1)
        goods_home, services_home = home[GOODS_GROUP], home[SERVICE_GROUP]
        assert goods_home is not None
        assert services_home is not None
        goods_home += (1 - hubs.margin) * (reach[:n] @ makers)
        outward[..., GOODS_GROUP] += (1 - hubs.margin) * (reach[n:] @ makers)
        np.add.at(services_home.T, hubs.places, (hubs.margin * passed[:n]).T)
        np.add.at(outward[..., SERVICE_GROUP].T, hubs.places, (hubs.margin * passed[n:]).T)
    return _Flows(home, outward, inward, abroad), margins


def _technology(economy: Economy, bought: Array, margins: Array) -> Technology:
    """Input and final shares by place, with margins moved from goods to services."""
    technology, sales = economy.technology, economy.sales
    total = _grouped(sales)
    safe = np.where(total > 0, total, 1.0)
    gamma = _grouped(sales * technology.value_added) / safe
    used = np.stack([sales[:, members] @ technology.links[:, members].T for members in GROUPS], axis=-1)
    links = np.stack([used[:, members].sum(axis=1) for members in GROUPS], axis=1) / safe[:, None, :]
    final = _grouped(technology.final)
    goods = bought[:, MANUFACTURING].sum(axis=1)
    share = margins / np.where(goods > 0, goods, 1.0)
    for table in (links, final[:, :, None]):
        moved = table[:, GOODS_GROUP] * share[:, None]
        table[:, SERVICE_GROUP] += moved
        table[:, GOODS_GROUP] -= moved
    empty = total <= 0
    gamma = np.where(empty, 1.0, gamma)
    links = np.where(empty[:, None, :], 0.0, links)
    return Technology(gamma, links, final)


def _elasticities(economy: Economy) -> Elasticities:
    """Elasticities of the groups, weighted by national sales."""
    weight = economy.sales.sum(axis=0)
    old = economy.elasticities

    def mean(values: Array) -> Array:
        return np.stack([weight[m] @ values[m] / weight[m].sum() for m in GROUPS])

    return Elasticities(mean(old.trade), mean(old.scale), old.migration, old.housing, old.market_size)
