"""An economy in its baseline, the shocks that may hit it, and the conditions that an equilibrium must meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from bolang.economy.core.arrays import Array, by_place
from bolang.economy.core.coarse import CoarseStep
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.core.migration import Closure, Migration
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.core.trade import Flows, Market, Trade
from bolang.foundation.errors import BadInputError


@dataclass(frozen=True, eq=False)
class Economy:
    """A calibrated economy of M places (home places first, foreign regions last) and S sectors.

    Attributes
    ----------
    places, sectors : tuple of str
        Names, for messages.
    technology : Technology
    elasticities : Elasticities
        Central values; a solve may override them.
    trade : Trade
        Baseline trade, whose shares reproduce `sales`.
    sales : array (M, S)
        Baseline gross output, hub margins included.
    transfers : array (M,)
        Spending beyond own income (deficits).
    transfer_rule : {'world', 'own', 'pool'}
        Transfers stay fixed relative to world income, or to the place's own income; or givers give a fixed share of
        their income into a pool that receivers share in fixed proportions.
    migration : mapping from closure to Migration
        The closures in which people move; others are fixed.
    common_wage : bool
        Foreign regions share one wage, the numeraire, and one labour market that clears together. Their trade with one
        another is not modelled; without it, each would have to balance its trade with the home country alone, and a tariff
        by one would move its wage against all others.
    """

    places: tuple[str, ...]
    sectors: tuple[str, ...]
    technology: Technology
    elasticities: Elasticities
    trade: Trade
    sales: Array
    transfers: Array
    transfer_rule: Literal["world", "own", "pool"] = "world"
    migration: Mapping[Closure, Migration] = field(default_factory=dict)
    common_wage: bool = False

    def __post_init__(self) -> None:
        if self.sales.shape != self.trade.shape or self.sales.shape != (len(self.places), len(self.sectors)):
            raise BadInputError(
                f"Sales are {self.sales.shape}, trade is {self.trade.shape}, "
                f"names are for {len(self.places)} places and {len(self.sectors)} sectors."
            )

    @property
    def numeraires(self) -> slice:
        """Places whose wage is the numeraire: the foreign regions if they share one, otherwise the last place."""
        last = len(self.places) - 1
        return slice(int(getattr(self.trade, "home", last)) if self.common_wage else last, None)

    @cached_property
    def income(self) -> Array:
        """Baseline value added of each place, (M,)."""
        return self.technology.labour_income(self.sales[..., None])[:, 0]

    @cached_property
    def final_spending(self) -> Array:
        """Baseline final expenditure, tariff revenue included, (M,)."""
        return self.spending_and_income(self.income[:, None], self.sales[..., None], self.baseline_market)[1][:, 0]

    @cached_property
    def baseline_market(self) -> Market:
        """The market side in the baseline: all indices are one."""
        ones = np.ones((*self.sales.shape, 1), self.sales.dtype)
        quiet = np.zeros((len(self.trade.hub_places), 1), self.sales.dtype)
        return self.trade.under(None, self.elasticities.trade[:, :1]).market(ones, quiet, quiet)

    @cached_property
    def baseline_flows(self) -> Flows:
        """Sales and throughput that the trade operator gives for baseline spending."""
        spending = self.spending_and_income(self.income[:, None], self.sales[..., None], self.baseline_market)[0]
        under = self.trade.under(None, self.elasticities.trade[:, :1])
        return under.flows(np.ones_like(spending), self.baseline_market, spending)

    def spending_and_income(
        self, income: Array, sales: Array, market: Market, transfers: Array | None = None
    ) -> tuple[Array, Array]:
        """Return expenditure by sector (M, S, B) and final expenditure (M, B).

        Tariff revenue is spent where it is raised, so final expenditure solves
        ``E = income + transfers + sum_s f_s (alpha_s E + inputs_s)`` with f the tariff share.
        """
        paid = self._paid(self.transfers[:, None] if transfers is None else transfers, income)
        inputs = self.technology.inputs(sales)
        alpha = by_place(self.technology.final)
        revenue = (market.tariff_share * inputs).sum(axis=1)
        kept = 1 - (market.tariff_share * alpha).sum(axis=1)
        final = (income + paid + revenue) / kept
        return inputs + alpha * final[:, None, :], final

    def _paid(self, transfers: Array, income: Array) -> Array:
        """Transfers at new incomes, by the economy's rule."""
        if self.transfer_rule == "world":
            return np.asarray(transfers * (income.sum(axis=0) / self.income.sum()))
        shares = transfers / self.income[:, None] * income
        if self.transfer_rule == "own":
            return shares
        given = np.where(transfers < 0, shares, 0.0).astype(income.dtype)
        pool, before = given.sum(axis=0), np.where(transfers < 0, transfers, 0.0).sum(axis=0)
        return np.where(transfers < 0, given, transfers * (pool / np.where(before < 0, before, 1.0)))

    @cached_property
    def coarse(self) -> CoarseStep | None:
        """Newton step on the home country and the foreign regions as blocks, where trade is in kernels."""
        if not isinstance(self.trade, KernelTrade):
            return None
        spending = self.spending_and_income(self.income[:, None], self.sales[..., None], self.baseline_market)[0]
        return CoarseStep(
            self.trade.blocks,
            self.trade.block_flows(spending[..., 0]),
            numeraires=np.unique(self.trade.blocks[self.numeraires]),
            sales=self.sales,
            spending=spending[..., 0],
            income=self.income,
            final_spending=self.final_spending,
            value_added=self.technology.value_added,
            links=self.technology.links,
            elasticities=self.elasticities,
        )

    def imbalance(self) -> float:
        """Largest relative miss of baseline sales by what the trade operator delivers."""
        size = np.maximum(self.sales, 1e-12 * self.sales.max())
        return float((np.abs(self.baseline_flows.sales[..., 0] - self.sales) / size).max())


@dataclass(frozen=True, slots=True, eq=False)
class Shock:
    """What changes from outside, for a batch of B scenarios. All factors are new over old.

    Attributes
    ----------
    productivity : array broadcastable to (M, S, B)
        Factor on ``T``; a productivity gain of x in unit cost is ``(1 + x)^theta``.
    costs : object, optional
        Trade costs for the economy's operator (`KernelCosts` or `DenseCosts`).
    amenity, housing : array broadcastable to (N, B)
        Factors on what a place offers besides income, and on its land.
    transfers : array broadcastable to (M, B), optional
        New transfers at baseline incomes; the baseline's if left out.
    """

    productivity: Array = field(default_factory=lambda: np.ones((1, 1, 1)))
    costs: object | None = None
    amenity: Array = field(default_factory=lambda: np.ones((1, 1)))
    housing: Array = field(default_factory=lambda: np.ones((1, 1)))
    transfers: Array | None = None
