"""A coarse economy of a few blocks of places, whose exact linear solution speeds up the fine one.

Nominal levels of whole provinces and of nearly closed foreign regions, and the rounds of the input-output system, are
what plain repetition settles last. They are smooth over places, so a Newton step on the blocks removes them (a two-grid
preconditioner); the fine iteration takes care of the rest.
"""

from __future__ import annotations

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.technology import Elasticities


class CoarseStep:
    """Newton step on blocks of places for the wage, sales and price parts of a residual.

    Parameters
    ----------
    blocks : int array (M,)
        Block of each place, in rising order without gaps.
    flows : array (K, K, S)
        Sales of block i to block n, [n, i, s].
    numeraires : int array
        Blocks whose wage stays.
    """

    def __init__(
        self,
        blocks: IntArray,
        flows: Array,
        *,
        numeraires: IntArray,
        sales: Array,
        spending: Array,
        income: Array,
        final_spending: Array,
        value_added: Array,
        links: Array,
        elasticities: Elasticities,
    ) -> None:
        self._blocks = blocks
        count = int(blocks.max()) + 1
        gather = np.zeros((count, len(blocks)), dtype=sales.dtype)
        gather[blocks, np.arange(len(blocks))] = 1.0
        self._starts = np.flatnonzero(np.diff(blocks, prepend=-1))
        self._wage = self._shares(income[:, None])
        self._sales = self._shares(sales)
        self._price = self._shares(spending)
        jacobian = _jacobian(
            flows,
            gather @ sales,
            gather @ spending,
            gather @ income,
            gather @ final_spending,
            *_block_technology(gather, sales, value_added, links),
            elasticities,
        )
        system = np.eye(len(jacobian)) - jacobian
        system[numeraires] = 0.0
        system[numeraires, numeraires] = 1.0
        self._inverse = np.linalg.inv(system).astype(sales.dtype)
        self._numeraires = numeraires

    def correct(self, wage: Array, sales: Array, price: Array, damping: float) -> tuple[Array, Array, Array]:
        """Replace the block means of a residual by the Newton step on them; damp the rest of the wages.

        Parameters
        ----------
        wage : array (M, B)
        sales, price : array (M, S, B)
        damping : float
            Share of the wage residual that is taken where it deviates from its block.
        """
        sectors = sales.shape[1]
        mean_wage = self._mean(self._wage, wage[:, None])[:, 0]
        mean_sales = self._mean(self._sales, sales)
        mean_price = self._mean(self._price, price)
        count, scenarios = mean_wage.shape
        right = np.concatenate([mean_wage, mean_sales.reshape(-1, scenarios), mean_price.reshape(-1, scenarios)])
        right[self._numeraires] = 0.0
        step = self._inverse @ right
        new_sales = step[count : count * (1 + sectors)].reshape(mean_sales.shape) - mean_sales
        new_price = step[count * (1 + sectors) :].reshape(mean_price.shape) - mean_price
        return (
            damping * (wage - mean_wage[self._blocks]) + step[:count][self._blocks],
            sales + new_sales[self._blocks],
            price + new_price[self._blocks],
        )

    def _shares(self, weight: Array) -> Array:
        """Weights (M, S) that sum to one in each block."""
        total = np.add.reduceat(weight, self._starts)[self._blocks]
        size = np.bincount(self._blocks)[self._blocks][:, None]
        shares: Array = np.where(total > 0, weight / np.where(total > 0, total, 1), 1 / size).astype(weight.dtype)
        return shares

    def _mean(self, shares: Array, values: Array) -> Array:
        """Weighted means over blocks, (K, S, B)."""
        return np.add.reduceat(shares[:, :, None] * values, self._starts)


def _block_technology(gather: Array, sales: Array, gamma: Array, links: Array) -> tuple[Array, Array]:
    """Value-added shares (K, S) and input shares (K, S, S) of the blocks, weighted by sales."""
    places, sectors = sales.shape
    total = _positive(gather @ sales)
    every_gamma = np.broadcast_to(gamma, (places, sectors))
    every_links = np.broadcast_to(links, (places, sectors, sectors))
    used = np.tensordot(gather, every_links * sales[:, None, :], axes=(1, 0))
    return (gather @ (every_gamma * sales)) / total, used / total[:, None, :]


def _jacobian(
    flows: Array,
    sales: Array,
    spending: Array,
    income: Array,
    final: Array,
    gamma: Array,
    links: Array,
    elasticities: Elasticities,
) -> Array:
    """Derivative of the map of (log wage, log sales, log price) of blocks onto itself."""
    count, sectors = sales.shape
    theta, psi = elasticities.trade.mean(axis=1), elasticities.scale.mean(axis=1)
    size = count * (1 + 2 * sectors)
    share_of_buyer = flows / _positive(flows.sum(axis=1, keepdims=True))
    share_of_seller = flows / _positive(flows.sum(axis=0, keepdims=True))
    wage = np.arange(count)
    sale = count + np.arange(count * sectors).reshape(count, sectors)
    price = sale + count * sectors
    supply = np.zeros((count, sectors, size))
    bought = np.zeros((count, sectors, size))
    for s in range(sectors):
        supply[wage, s, wage] = -theta[s] * (psi[s] + gamma[:, s])
        supply[wage, s, sale[:, s]] = theta[s] * psi[s]
        for k in range(sectors):
            supply[wage, s, price[:, k]] -= theta[s] * links[:, k, s]
            bought[wage, s, sale[:, k]] += links[:, s, k] * sales[:, k] / _positive(spending[:, s])
        used = (links[:, s] * sales).sum(axis=1)
        bought[wage, s, wage] = (spending[:, s] - used) / _positive(spending[:, s]) * income / final
    index = np.einsum("nis,isx->nsx", share_of_buyer, supply, optimize=True)
    demand = bought - index
    sold = supply + np.einsum("nis,nsx->isx", share_of_seller, demand, optimize=True)
    jacobian = np.zeros((size, size))
    jacobian[wage] = np.einsum("is,isx->ix", gamma * sales / income[:, None], sold)
    jacobian[sale.ravel()] = sold.reshape(-1, size)
    jacobian[price.ravel()] = (-index / theta[:, None]).reshape(-1, size)
    return jacobian


def _positive(values: Array) -> Array:
    return np.where(values > 0, values, 1.0)
