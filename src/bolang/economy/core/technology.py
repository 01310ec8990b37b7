"""Technology and tastes: input shares, final shares and the elasticities, checked at the door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, by_place, mix
from bolang.foundation.errors import BadInputError, ParameterError
from bolang.foundation.text import tr


@dataclass(frozen=True, slots=True, eq=False)
class Technology:
    """Cobb-Douglas production and consumption.

    Unit cost ``c_is = w_i^gamma_s * prod_k P_ik^links_ks`` with ``gamma_s + sum_k links_ks = 1``.

    Attributes
    ----------
    value_added : array (S,) or (M, S)
        Share of value added in gross output, ``gamma``.
    links : array (S, S) or (M, S, S)
        ``links[..., k, s]`` is the share of sector k's goods in the cost of sector s.
    final : array (S,) or (M, S)
        Shares of the sectors in final expenditure.
    """

    value_added: Array
    links: Array
    final: Array

    def __post_init__(self) -> None:
        total = self.value_added + self.links.sum(axis=-2)
        _must_be_one(total, "value added and inputs", "增加值与中间投入")
        _must_be_one(self.final.sum(axis=-1), "final shares", "最终需求份额")
        if min(self.value_added.min(), self.links.min(), self.final.min()) < 0:
            raise BadInputError(tr("技术系数不能为负。", "Technology coefficients must not be negative."))

    def log_cost(self, log_wage: Array, log_price: Array) -> Array:
        """Change of unit cost: wages ``(M, B)`` and prices ``(M, S, B)`` in logs give ``(M, S, B)``."""
        return by_place(self.value_added) * log_wage[:, None, :] + mix(self.links, log_price)

    def inputs(self, sales: Array) -> Array:
        """Purchases of inputs by sector of the good, ``sum_s links_ks sales_ns``, as ``(M, S, B)``."""
        return mix(np.swapaxes(self.links, -1, -2), sales)

    def labour_income(self, sales: Array) -> Array:
        """Value added of each place, ``sum_s gamma_s sales_ns``, as ``(M, B)``."""
        return np.asarray((by_place(self.value_added) * sales).sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Elasticities:
    """The behavioural parameters; each may differ by scenario (last axis B, or 1 for all alike).

    Attributes
    ----------
    trade : array (S, B)
        ``theta``: a cost higher by 1 % lowers a place's share of a market by about theta %.
    scale : array (S, B)
        ``psi``: productivity rises by psi % when employment of the sector in the place rises by 1 %.
    migration : array (B,)
        ``kappa``: elasticity of relative migration flows to relative real income.
    housing : array (B,)
        ``delta``: share of housing in expenditure; land is fixed.
    market_size : array (B,)
        ``mu``: elasticity of a hub's worth to its throughput.
    """

    trade: Array
    scale: Array
    migration: Array
    housing: Array
    market_size: Array

    def __post_init__(self) -> None:
        if self.trade.min() <= 0:
            raise ParameterError(tr("贸易弹性 theta 必须为正。", "The trade elasticity theta must be positive."))
        strength = float((self.scale * self.trade).max())
        if strength >= 1 or self.scale.min() < 0:
            raise ParameterError(
                tr(
                    f"规模经济过强：psi*theta = {strength:.3g}，须在 [0, 1) 内均衡才唯一。",
                    f"Scale economies too strong: psi*theta = {strength:.3g}; uniqueness needs it in [0, 1).",
                ),
                tr("请降低 psi 或 theta。", "Lower psi or theta."),
            )
        if self.market_size.min() < 0 or self.market_size.max() >= 1:
            raise ParameterError(
                tr("市场规模弹性 mu 须在 [0, 1) 内。", "The hub size elasticity mu must lie in [0, 1)."),
                tr("mu 达到 1 时，全部交易会集中到一个市场。", "At 1 all trade would collapse onto one market."),
            )
        if self.housing.min() < 0 or self.housing.max() >= 1:
            raise ParameterError(tr("住房份额须在 [0, 1) 内。", "The housing share must lie in [0, 1)."))
        if self.migration.min() < 0:
            raise ParameterError(
                tr("迁移弹性 kappa 不能为负。", "The migration elasticity kappa must not be negative.")
            )

    @classmethod
    def from_values(
        cls,
        trade: Array | float,
        scale: Array | float = 0.0,
        *,
        sectors: int = 1,
        migration: float = 0.0,
        housing: float = 0.0,
        market_size: float = 0.0,
    ) -> Elasticities:
        """Build from numbers or ``(S,)`` arrays that hold for every scenario."""
        return cls(
            trade=np.broadcast_to(np.asarray(trade, dtype=float), (sectors,))[:, None].copy(),
            scale=np.broadcast_to(np.asarray(scale, dtype=float), (sectors,))[:, None].copy(),
            migration=np.array([migration]),
            housing=np.array([housing]),
            market_size=np.array([market_size]),
        )


def _must_be_one(total: Array, en: str, zh: str) -> None:
    worst = float(np.abs(total - 1).max())
    if worst > 1e-6:
        raise BadInputError(
            tr(f"{zh}之和应为 1，偏差达 {worst:.2g}。", f"The {en} must sum to 1; they miss it by up to {worst:.2g}.")
        )
