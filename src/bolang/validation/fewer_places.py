"""An economy on groups of places, with the accounts, hubs and migration of the groups: small enough to solve from many starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.hubs import Hubs
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.migration import NationalMigration
from bolang.economy.core.technology import Technology
from bolang.foundation.errors import BadInputError


def grouped_places(economy: Economy, group: IntArray, names: Sequence[str], people: Array) -> Economy:
    """Aggregate the home places of an economy; foreign regions stay as they are.

    Sales, income, final spending, transfers, trade by industry between groups and over the border, throughput of hubs and
    moves of people are sums over members. Hubs of one group become one, which buys what they bought and sells where they sold.

    Parameters
    ----------
    economy : Economy
        With kernels, and hubs for one good at most.
    group : int array (N,)
        Number of the group of each home place, from 0 without gaps.
    names : sequence of str
        Names of the groups.
    people : array (N, N)
        People by origin and residence.
    """
    trade = economy.trade
    if not isinstance(trade, KernelTrade) or (trade.hubs is not None and len(trade.hubs.goods) != 1):
        raise BadInputError("Places are grouped in economies of kernels, with hubs for one good.")
    if not np.array_equal(np.unique(group), np.arange(len(names))) or len(group) != trade.home:
        raise BadInputError(f"{len(names)} groups need a number from 0 to {len(names) - 1} for each home place.")
    abroad = len(economy.places) - trade.home
    whole = np.concatenate([group, len(names) + np.arange(abroad)]).astype(np.intp)
    sums = _Sums(whole, len(names) + abroad)
    spending, final = economy.spending_and_income(
        economy.income[:, None], economy.sales[..., None], economy.baseline_market
    )
    sales = sums(economy.sales)
    return Economy(
        places=(*names, *economy.places[trade.home :]),
        sectors=economy.sectors,
        technology=_technology(economy, sums, final[:, 0]),
        elasticities=economy.elasticities,
        trade=_trade(trade, group, len(names), spending[..., 0] / trade.phi),
        sales=sales,
        transfers=sums(economy.transfers),
        transfer_rule=economy.transfer_rule,
        migration={"national": NationalMigration(_between(people, group, len(names)))},
        common_wage=economy.common_wage,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Sums over the members of groups, along the first axis."""

    group: IntArray
    count: int

    def __call__(self, values: Array) -> Array:
        total = np.zeros((self.count, *values.shape[1:]))
        np.add.at(total, self.group, values)
        return total


def _between(values: Array, group: IntArray, count: int) -> Array:
    """Sum a table of places by places over groups on both sides."""
    return _Sums(group, count)(_Sums(group, count)(values).T.copy()).T.copy()


def _technology(economy: Economy, sums: _Sums, spent: Array) -> Technology:
    """Shares of the groups, weighted by what their members make and spend."""
    old, sales = economy.technology, economy.sales
    made, paid = sums(sales), sums(spent)
    safe = np.where(made > 0, made, 1.0)
    gamma = sums(sales * old.value_added) / safe
    links = sums(sales[:, None, :] * np.broadcast_to(old.links, (len(sales), *old.links.shape[-2:]))) / safe[:, None, :]
    final = sums(spent[:, None] * np.broadcast_to(old.final, sales.shape)) / paid[:, None]
    empty = made <= 0
    return Technology(np.where(empty, 1.0, gamma), np.where(empty[:, None, :], 0.0, links), final)


def _trade(trade: KernelTrade, group: IntArray, count: int, spread: Array) -> KernelTrade:
    """Trade between groups: every closeness is the value that is traded, and every supply is one."""
    n = trade.home
    sums = _Sums(group, count)
    kernels = []
    for kernel in trade.kernels:
        for s in kernel.sectors:
            if kernel.matrix is None:
                kernels.append(Kernel(np.array([s]), np.diag(sums(spread[:n, s] * trade.supply[:n, s]))))
            else:
                flows = spread[:n, s, None] * kernel.matrix * trade.supply[None, :n, s]
                kernels.append(Kernel(np.array([s]), _between(flows, group, count)))
    outward = trade.outward * trade.supply[None, :n] * spread[n:, None]
    inward = trade.inward * trade.supply[None, n:] * spread[:n, None]
    return KernelTrade(
        kernels=tuple(kernels),
        supply=np.ones((count + len(spread) - n, spread.shape[1])),
        outward=sums(outward.swapaxes(0, 1)).swapaxes(0, 1),
        inward=sums(inward),
        abroad=trade.abroad * trade.supply[None, n:] * spread[n:, None],
        hubs=None if trade.hubs is None else _hubs(trade, trade.hubs, group, count, spread),
    )


def _hubs(trade: KernelTrade, hubs: Hubs, group: IntArray, count: int, spread: Array) -> Hubs:
    """One hub for each group that has any: sold by buyer, and bought by seller as a share."""
    n, good = trade.home, int(hubs.goods[0])
    owner, where = np.unique(group[hubs.places], return_inverse=True)
    sold = hubs.into[0] * spread[:, good, None] * (hubs.worth[:, 0] * trade.hub_purchases[:, 0, 0])
    makers = hubs.outof[0] * trade.supply[:n, good]
    bought = makers / makers.sum(axis=1, keepdims=True) * sold.sum(axis=0)[:, None]
    whole = np.concatenate([group, count + np.arange(len(spread) - n)])
    into = _Sums(where, len(owner))(_Sums(whole, count + len(spread) - n)(sold).T.copy()).T.copy()
    source = _Sums(group, count)(_Sums(where, len(owner))(bought).T.copy()).T.copy()
    return Hubs(
        places=owner,
        goods=hubs.goods,
        service=hubs.service,
        worth=np.ones((len(owner), 1)),
        into=into[None],
        outof=(source / source.sum(axis=1, keepdims=True))[None],
        margin=hubs.margin,
        reference=into.sum(axis=0),
    )
