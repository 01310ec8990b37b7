"""What a trade operator must do, and the dense one for small economies with tariffs between any two places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import BadInputError


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """The price side of a market: what buyers face, given the supply of all places.

    Attributes
    ----------
    index : array (M, S, B)
        Change of ``Phi_ns = sum_i T_is (c_is tau_nis)^-theta``; prices are ``Phi^(-1/theta)``.
    tariff_share : array (M, S, B)
        Share of expenditure at n on s that is tariff revenue of n.
    hub_rate, hub_bought : array (H, G, B)
        Worth of each hub in force, and the index of what it buys.
    """

    index: Array
    tariff_share: Array
    hub_rate: Array
    hub_bought: Array


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """The quantity side: what sellers receive, given what buyers spend.

    Attributes
    ----------
    sales : array (M, S, B)
        Revenue of producers, margins of hubs included in the sales of their wholesale sector.
    throughput : array (H, G, B)
        Value of each good that passes through each hub.
    """

    sales: Array
    throughput: Array


@dataclass(frozen=True, slots=True, eq=False)
class Exports:
    """Sales to foreign regions, net of their tariffs.

    Attributes
    ----------
    direct : array (R, N, B)
        What producers of each home place ship themselves.
    via_hubs : array (R, H, B)
        What hubs ship: goods of other places, counted where the exporter is registered.
    """

    direct: Array
    via_hubs: Array


class TradeUnderShock(Protocol):
    """Trade with the costs of one batch of scenarios."""

    def market(self, supply: Array, log_service_price: Array, log_size: Array) -> Market:
        """Return buyers' indices for changes of supply ``(M, S, B)`` and the states of the hubs ``(H, B)``."""

    def flows(self, supply: Array, market: Market, spending: Array) -> Flows:
        """Return sellers' revenue for spending ``(M, S, B)``."""

    def exports(self, supply: Array, market: Market, spending: Array) -> Exports:
        """Return sales to foreign regions; empty where there are none."""


class Trade(Protocol):
    """A calibrated trade operator; `under` applies the costs of a batch of scenarios."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of places M and of sectors S."""

    @property
    def hub_places(self) -> IntArray:
        """Rows of the places that hold a hub, ``(H,)``."""

    @property
    def service_sector(self) -> int:
        """Sector in which hubs earn their margins."""

    def under(self, costs: object, theta: Array) -> TradeUnderShock:
        """Apply new trade costs under elasticities ``(S, B)``; ``None`` leaves the baseline's costs."""


@dataclass(frozen=True, slots=True, eq=False)
class DenseCosts:
    """Changes of trade costs between any two places.

    Attributes
    ----------
    iceberg : array broadcastable to (M, M, S, B)
        New iceberg cost over old, [buyer, seller, sector, scenario].
    tariffs : array broadcastable to (M, M, S, B), optional
        New ``1 + t``; the baseline's if left out.
    """

    iceberg: Array = field(default_factory=lambda: np.ones((1, 1, 1, 1)))
    tariffs: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DenseTrade:
    """Trade shares written out, for economies of at most a few hundred places.

    Attributes
    ----------
    shares : array (M, M, S)
        ``pi[n, i, s]``, share of i in what n spends on s, tariffs included.
    tariffs : array (M, M, S)
        Baseline ``1 + t``.
    """

    shares: Array
    tariffs: Array

    def __post_init__(self) -> None:
        if not np.allclose(self.shares.sum(axis=1), 1, atol=1e-9):
            raise BadInputError("Trade shares of a buyer must sum to 1 in every sector.")

    @property
    def shape(self) -> tuple[int, int]:
        """Number of places and of sectors."""
        return self.shares.shape[0], self.shares.shape[2]

    @property
    def hub_places(self) -> IntArray:
        """No hubs in dense trade."""
        return np.empty(0, dtype=np.intp)

    @property
    def service_sector(self) -> int:
        """Irrelevant without hubs."""
        return 0

    def under(self, costs: object, theta: Array) -> TradeUnderShock:
        """Apply `DenseCosts`."""
        costs = DenseCosts() if costs is None else costs
        if not isinstance(costs, DenseCosts):
            raise BadInputError("DenseTrade takes DenseCosts.")
        base = self.tariffs[..., None]
        tariffs = base if costs.tariffs is None else costs.tariffs
        weights = self.shares[..., None] * (costs.iceberg * (tariffs / base)) ** -theta
        return _DenseUnderShock(weights, np.broadcast_to(tariffs, weights.shape))


@dataclass(frozen=True, slots=True, eq=False)
class _DenseUnderShock:
    weights: Array
    tariffs: Array

    def market(self, supply: Array, log_service_price: Array, log_size: Array) -> Market:
        del log_service_price, log_size
        index = np.einsum("nisb,isb->nsb", self.weights, supply)
        duty = np.einsum("nisb,isb->nsb", self.weights * (1 - 1 / self.tariffs), supply)
        none = np.empty((0, 0, index.shape[2]))
        return Market(index, duty / index, none, none)

    def flows(self, supply: Array, market: Market, spending: Array) -> Flows:
        sales = supply * np.einsum("nisb,nsb->isb", self.weights / self.tariffs, spending / market.index)
        return Flows(sales, np.empty((0, 0, sales.shape[2])))

    def exports(self, supply: Array, market: Market, spending: Array) -> Exports:
        del supply, market
        return Exports(np.empty((0, 0, spending.shape[2])), np.empty((0, 0, spending.shape[2])))
