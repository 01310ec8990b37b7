"""Wholesale market hubs: places through which other places' goods pass on their way to buyers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Hubs:
    """Hubs and the two legs of the trade that passes through them.

    A buyer n reaches a seller i through hub h with the cost term ``into_nh g_h outof_hi``. The hub sells a bundle of
    goods (share ``1 - margin``) and its own wholesale services (share ``margin``), so

    ``g_h = worth_h * (c_h / p_h)^(-theta * margin) * size_h^mu``,

    where c is the price of wholesale services in the hub's place, p the hub's purchase price index of the good, and size
    its volume of trade relative to `reference`. The term is of rank one for each hub and good.

    Attributes
    ----------
    places : int array (H,)
        Rows of the hubs' places.
    goods : int array (G,)
        Sectors whose goods pass through hubs.
    service : int
        Sector that earns the margin.
    worth : array (H, G)
        Worth of each hub in the baseline; zero for a hub that exists only in scenarios.
    into : array (G, M, H)
        Closeness of hubs to buyers (freight and border terms to the power -theta), foreign buyers last.
    outof : array (G, H, N)
        Closeness of home sellers to hubs.
    margin : float
        Share of wholesale services in what the buyer pays.
    reference : array (H,)
        Throughput at which the size term is one: the baseline throughput.
    """

    places: IntArray
    goods: IntArray
    service: int
    worth: Array
    into: Array
    outof: Array
    margin: float
    reference: Array

    @property
    def count(self) -> int:
        """Number of hubs."""
        return len(self.places)

    def purchases(self, supply: Array) -> Array:
        """Index of what each hub buys, ``sum_i outof_hi a_ig`` of supply (N, G, B), as (H, G, B)."""
        return np.stack([self.outof[g] @ supply[:, g] for g in range(len(self.goods))], axis=1)

    def offer(self, sold: Array) -> Array:
        """What hubs add to buyers' indices, ``sum_h into_nh G_hg``, as (M, G, B)."""
        return np.stack([self.into[g] @ sold[:, g] for g in range(len(self.goods))], axis=1)


class HubsUnderShock:
    """Hubs with the access of a batch of scenarios folded into their two legs.

    Parameters
    ----------
    hubs : Hubs
    departing, arriving : array (N, G|1, B|1)
        Factors on home routes.
    foreign : array (R, H, G|1, B|1)
        Factor on the way from each hub to foreign buyers, tariffs included.
    worth : array (H, G, B|1)
        Worth in the scenarios.
    theta : array (G, B|1)
    purchases_base : array (H, G, 1)
        Baseline purchase index.
    """

    def __init__(
        self,
        *,
        hubs: Hubs,
        departing: Array,
        arriving: Array,
        foreign: Array,
        worth: Array,
        theta: Array,
        purchases_base: Array,
    ) -> None:
        self._hubs, self._departing, self._arriving, self._foreign = hubs, departing, arriving, foreign
        self._worth, self._theta, self._purchases_base = worth, theta, purchases_base
        self._home = departing.shape[0]
        self._leg_out = departing[hubs.places]
        self._leg_in = arriving[hubs.places]

    def offer(self, level: Array, log_service_price: Array, log_size: Array) -> tuple[Array, Array, Array]:
        """Return what hubs add to buyers' indices (M, G, B), their worth in force and what they buy (H, G, B).

        Parameters
        ----------
        level : array (N, S, B)
            Supply of home places.
        log_service_price : array (H, B)
            Price of wholesale services in the hubs' places over the baseline.
        log_size : array (H, B)
            ``mu * log(size)``.
        """
        hubs, n = self._hubs, self._home
        bought = hubs.purchases(level[:, hubs.goods] * self._departing) * self._leg_in
        relative = np.log(bought / self._purchases_base) + self._theta * log_service_price[:, None]
        rate = self._worth * np.exp(log_size[:, None] - hubs.margin * relative)
        sold = rate * bought
        home = self._stack(lambda g: hubs.into[g, :n] @ (sold * self._leg_out)[:, g]) * self._arriving
        abroad = np.einsum("grh,rhgb,hgb->rgb", hubs.into[:, n:], self._foreign, sold)
        return np.concatenate([home, abroad]), rate, bought

    def flows(self, rate: Array, bought: Array, spread_home: Array, spread_abroad: Array) -> tuple[Array, Array]:
        """Return what hubs add to sellers' markets (N, G, B) and their throughput (H, G, B).

        Parameters
        ----------
        rate, bought : array (H, G, B)
            As returned by `offer`.
        spread_home : array (N, G, B)
            Spending over Phi.
        spread_abroad : array (R, G, B)
            The same abroad, net of tariffs.
        """
        hubs, n = self._hubs, self._home
        reaching = spread_home * self._arriving
        faced = self._stack(lambda g: hubs.into[g, :n].T @ reaching[:, g]) * self._leg_out
        faced = faced + np.einsum("grh,rhgb,rgb->hgb", hubs.into[:, n:], self._foreign, spread_abroad)
        paid = (1 - hubs.margin) * rate * faced * self._leg_in
        pulled = self._stack(lambda g: hubs.outof[g].T @ paid[:, g]) * self._departing
        return pulled, rate * bought * faced

    def shipped(self, sold: Array, spread_abroad: Array) -> Array:
        """Value that each hub ships to each region, (R, H, B)."""
        into = self._hubs.into[:, self._home :]
        return np.asarray(np.einsum("grh,rhgb,hgb,rgb->rhb", into, self._foreign, sold, spread_abroad, optimize=True))

    def _stack(self, product: Callable[[int], Array]) -> Array:
        return np.stack([product(g) for g in range(len(self._hubs.goods))], axis=1)
