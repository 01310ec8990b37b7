"""Trade through kernels that groups of sectors share, so that no array of places x places x sectors is ever formed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bolang.economy.core.arrays import Array, IntArray, cast
from bolang.economy.core.border import Border
from bolang.economy.core.hubs import Hubs, HubsUnderShock
from bolang.economy.core.trade import Exports, Flows, Market, TradeUnderShock
from bolang.foundation.errors import BadInputError


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """Closeness ``tau_ni^-theta`` between home places, common to a group of sectors.

    Attributes
    ----------
    sectors : int array
        The sectors that share it.
    matrix : array (N, N) or None
        [buyer, seller]; None where everything is bought at home.
    """

    sectors: IntArray
    matrix: Array | None

    @property
    def own(self) -> Array:
        """Closeness of each place to itself, (N,) or (1,)."""
        return np.ones(1) if self.matrix is None else np.diagonal(self.matrix)

    def times(self, columns: Array) -> Array:
        """Sum over sellers for each buyer; `columns` is (N, S_group, B)."""
        return columns if self.matrix is None else _product(self.matrix, columns)

    def times_transposed(self, columns: Array) -> Array:
        """Sum over buyers for each seller."""
        return columns if self.matrix is None else _product(self.matrix.T, columns)


def _product(matrix: Array, columns: Array) -> Array:
    flat = np.ascontiguousarray(columns).reshape(len(columns), -1)
    return np.asarray(matrix @ flat).reshape(columns.shape)


@dataclass(frozen=True, slots=True, eq=False)
class KernelCosts:
    """Changes of trade costs, all as changes of ``tau^-theta`` except tariffs.

    Home places are the first N rows, foreign regions the last R.

    Attributes
    ----------
    departing, arriving : array broadcastable to (N, S, B)
        Factor on everything that leaves, or reaches, a home place over home routes.
    local : array broadcastable to (N, S, B)
        Factor on the trade of a home place with itself.
    demand_abroad : array broadcastable to (R, S, B)
        Factor on all exports to each region.
    gates : int array (P,)
        Home places whose access to foreign regions changes.
    outward, inward : array broadcastable to (R, P, S, B)
        Factor on exports of those places to each region, direct or through a hub there, and on imports from it.
    tariff_abroad, tariff_at_home : array broadcastable to (R, S, B)
        Ad valorem rate of each region on home goods, and of the home country on the region's goods.
    hub_factor : array broadcastable to (H, G, B)
        Factor on the worth of hubs (0 closes one).
    hub_added : array broadcastable to (H, G, B)
        Worth added to hubs, which is how a new one opens.
    hub_border : array broadcastable to (R, H, B)
        Factor on the hubs' access to foreign buyers.
    kernels : tuple of Kernel, optional
        New kernels after a change of the network.
    """

    departing: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    arriving: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    local: Array | None = None
    demand_abroad: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    gates: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    outward: Array = field(default_factory=lambda: np.ones((1, 1, 1, 1)))
    inward: Array = field(default_factory=lambda: np.ones((1, 1, 1, 1)))
    tariff_abroad: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    tariff_at_home: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    hub_factor: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    hub_added: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    hub_border: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    kernels: tuple[Kernel, ...] | None = None


@dataclass(frozen=True, eq=False)
class KernelTrade:
    """Trade of N home places and R foreign regions.

    Attributes
    ----------
    kernels : tuple of Kernel
        Home trade; every sector belongs to exactly one.
    supply : array (M, S)
        ``T_is c_is^-theta`` in the baseline, home places first.
    outward : array (R, N, S)
        Closeness of foreign buyers to home sellers, border terms included.
    inward : array (N, R, S)
        Closeness of home buyers to foreign sellers.
    abroad : array (R, R, S)
        Closeness between foreign regions.
    hubs : Hubs, optional
    """

    kernels: tuple[Kernel, ...]
    supply: Array
    outward: Array
    inward: Array
    abroad: Array
    hubs: Hubs | None = None

    def __post_init__(self) -> None:
        covered = np.sort(np.concatenate([k.sectors for k in self.kernels]))
        if not np.array_equal(covered, np.arange(self.supply.shape[1])):
            raise BadInputError("Each sector must belong to exactly one kernel.")

    @property
    def home(self) -> int:
        """Number N of home places."""
        return int(self.outward.shape[1])

    @property
    def shape(self) -> tuple[int, int]:
        """Number of places M = N + R and of sectors S."""
        return self.supply.shape[0], self.supply.shape[1]

    @property
    def hub_places(self) -> IntArray:
        """Rows of the hubs' places."""
        return np.empty(0, dtype=np.intp) if self.hubs is None else self.hubs.places

    @property
    def service_sector(self) -> int:
        """Sector in which hubs earn their margins."""
        return 0 if self.hubs is None else self.hubs.service

    @cached_property
    def phi(self) -> Array:
        """Baseline ``Phi_ns``, (M, S)."""
        n = self.home
        level = self.supply[..., None]
        home = np.empty(level[:n].shape, dtype=level.dtype)
        for kernel in self.kernels:
            home[:, kernel.sectors] = kernel.times(level[:n, kernel.sectors])
        imported = np.einsum("nrs,rs->ns", self.inward, self.supply[n:])
        exported = np.einsum("rns,ns->rs", self.outward, self.supply[:n])
        foreign = np.einsum("rqs,qs->rs", self.abroad, self.supply[n:])
        total: Array = np.concatenate([home[..., 0] + imported, exported + foreign])
        if self.hubs is not None:
            total[:, self.hubs.goods] += self.hubs.offer(self.hubs.worth[..., None] * self.hub_purchases)[..., 0]
        # A place that neither makes nor buys a good has no index; one keeps the arithmetic finite.
        return np.where(total > 0, total, 1.0)

    @cached_property
    def hub_purchases(self) -> Array:
        """Baseline index of what each hub buys, (H, G, 1)."""
        if self.hubs is None:
            raise BadInputError("This economy has no hubs.")
        return self.hubs.purchases(self.supply[: self.home, self.hubs.goods, None])

    @property
    def blocks(self) -> IntArray:
        """Block of each place in the coarse economy: the home country, and each region."""
        regions = self.shape[0] - self.home
        return np.concatenate([np.zeros(self.home, dtype=np.intp), np.arange(1, regions + 1)])

    def block_flows(self, spending: Array) -> Array:
        """Baseline sales between blocks, [buyer, seller, sector]; margins of hubs count as sales of the goods."""
        n = self.home
        regions, sectors = self.shape[0] - n, self.shape[1]
        spread = spending / self.phi
        exported = np.einsum("rns,ns,rs->rs", self.outward, self.supply[:n], spread[n:])
        if self.hubs is not None:
            sold = self.hubs.worth * self.hub_purchases[..., 0]
            for g, s in enumerate(self.hubs.goods):
                exported[:, s] += (self.hubs.into[g, n:] @ sold[:, g]) * spread[n:, s]
        imported = np.einsum("nrs,rs,ns->rs", self.inward, self.supply[n:], spread[:n])
        flows = np.zeros((regions + 1, regions + 1, sectors))
        flows[1:, 0], flows[0, 1:] = exported, imported
        flows[0, 0] = spending[:n].sum(axis=0) - imported.sum(axis=0)
        flows[1:, 1:] = np.einsum("rqs,qs,rs->rqs", self.abroad, self.supply[n:], spread[n:])
        return flows

    def under(self, costs: object, theta: Array) -> TradeUnderShock:
        """Apply `KernelCosts`."""
        costs = KernelCosts() if costs is None else costs
        if not isinstance(costs, KernelCosts):
            raise BadInputError("KernelTrade takes KernelCosts.")
        dtype = self.supply.dtype.type
        return KernelsUnderShock(self, cast(costs, dtype), theta.astype(dtype))


class KernelsUnderShock:
    """Kernel trade under one batch of scenarios; levels of ``Phi`` are divided by the baseline's."""

    def __init__(self, base: KernelTrade, costs: KernelCosts, theta: Array) -> None:
        self._base, self._costs = base, costs
        self._kernels = base.kernels if costs.kernels is None else costs.kernels
        self._local = None if costs.local is None else self._own() * (costs.local - 1)
        self._out = Border(base.outward, costs.outward, costs.gates, costs.tariff_abroad, theta, costs.demand_abroad)
        inward = np.swapaxes(base.inward, 0, 1)
        self._in = Border(
            inward, costs.inward, costs.gates, costs.tariff_at_home, theta, np.ones((1, 1, 1), theta.dtype)
        )
        self._hubs = None if base.hubs is None else self._hub_state(base.hubs, theta)

    def _own(self) -> Array:
        own = np.empty((self._base.home, self._base.shape[1]), dtype=self._base.supply.dtype)
        for kernel in self._kernels:
            own[:, kernel.sectors] = kernel.own[:, None]
        return own[..., None]

    def _hub_state(self, hubs: Hubs, theta: Array) -> HubsUnderShock:
        costs, n = self._costs, self._base.home
        return HubsUnderShock(
            hubs=hubs,
            departing=_on_goods(costs.departing, n, hubs.goods),
            arriving=_on_goods(costs.arriving, n, hubs.goods),
            foreign=self._out.at(hubs.places, hubs.goods) * costs.hub_border[:, :, None],
            worth=hubs.worth[..., None] * costs.hub_factor + costs.hub_added,
            theta=theta[hubs.goods],
            purchases_base=self._base.hub_purchases,
        )

    def market(self, supply: Array, log_service_price: Array, log_size: Array) -> Market:
        """Buyers' indices; see `TradeUnderShock`."""
        base, n = self._base, self._base.home
        level = base.supply[..., None] * supply
        leaving = level[:n] * self._costs.departing
        home = np.empty(leaving.shape, dtype=leaving.dtype)
        for kernel in self._kernels:
            home[:, kernel.sectors] = kernel.times(leaving[:, kernel.sectors])
        if self._local is not None:
            home += self._local * leaving
        home *= self._costs.arriving
        imported, duty = self._in.to_places(level[n:])
        exported = self._out.from_places(level[:n])
        foreign = np.einsum("rqs,qsb->rsb", base.abroad, level[n:])
        total = np.concatenate([home + imported, exported + foreign])
        taxed = np.concatenate([duty, exported * (1 - self._out.kept)])
        rate: Array = np.empty((0, 0, total.shape[2]))
        bought: Array = rate
        if base.hubs is not None and self._hubs is not None:
            goods = base.hubs.goods
            offered, rate, bought = self._hubs.offer(level[:n], log_service_price, log_size)
            total[:, goods] += offered
            taxed[n:, goods] += offered[n:] * (1 - np.broadcast_to(self._out.kept, exported.shape)[:, goods])
        offered_at_all = total > 0
        index = np.where(offered_at_all, total, base.phi[..., None]) / base.phi[..., None]
        return Market(index, taxed / np.where(offered_at_all, total, 1.0), rate, bought)

    def flows(self, supply: Array, market: Market, spending: Array) -> Flows:
        """Sellers' revenue; see `TradeUnderShock`."""
        base, n = self._base, self._base.home
        level = base.supply[..., None] * supply
        spread = spending / (market.index * base.phi[..., None])
        received = np.empty(level.shape, dtype=level.dtype)
        reaching = spread[:n] * self._costs.arriving
        for kernel in self._kernels:
            received[:n, kernel.sectors] = kernel.times_transposed(reaching[:, kernel.sectors])
        if self._local is not None:
            received[:n] += self._local * reaching
        received[:n] *= self._costs.departing
        net_abroad = spread[n:] * self._out.kept
        received[:n] += self._out.to_places(net_abroad)[0]
        received[n:] = self._in.from_places(spread[:n]) * self._in.kept
        received[n:] += np.einsum("rqs,rsb->qsb", base.abroad, spread[n:])
        if base.hubs is None or self._hubs is None:
            return Flows(received * level, np.empty((0, 0, level.shape[2])))
        goods = base.hubs.goods
        rate, bought = market.hub_rate, market.hub_bought
        pulled, throughput = self._hubs.flows(rate, bought, spread[:n, goods], net_abroad[:, goods])
        received[:n, goods] += pulled
        sales = received * level
        np.add.at(sales[:, base.hubs.service], base.hubs.places, base.hubs.margin * throughput.sum(axis=1))
        return Flows(sales, throughput)

    def exports(self, supply: Array, market: Market, spending: Array) -> Exports:
        """Sales abroad; see `TradeUnderShock`."""
        base, n = self._base, self._base.home
        spread = spending[n:] / (market.index * base.phi[..., None])[n:] * self._out.kept
        direct = self._out.by_place(base.supply[:n, :, None] * supply[:n], spread)
        if base.hubs is None or self._hubs is None:
            return Exports(direct, np.empty((len(spread), 0, spending.shape[2])))
        shipped = self._hubs.shipped(market.hub_rate * market.hub_bought, spread[:, base.hubs.goods])
        return Exports(direct, shipped)


def _on_goods(factor: Array, places: int, goods: IntArray) -> Array:
    """Spread a factor over places and keep the sectors that pass through hubs (or 1 where it is common to all)."""
    spread = np.broadcast_to(factor, (places, *factor.shape[1:]))
    return spread if spread.shape[1] == 1 else spread[:, goods]
