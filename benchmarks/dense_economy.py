"""A deliberately plain solver in changes: every trade share in one array, damped repetition, nothing shared or sped up."""

from __future__ import annotations

import numpy as np

from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.kernels import KernelTrade


def solve_densely(
    economy: Economy, productivity: np.ndarray, *, tolerance: float, damping: float = 0.5, steps: int = 20_000
) -> tuple[np.ndarray, int]:
    """Solve for real wages after a change of productivity (M, S); return them and the number of iterations."""
    shares = _shares(economy)
    technology, income = economy.technology, economy.income
    theta, psi = economy.elasticities.trade[:, 0], economy.elasticities.scale[:, 0]
    gamma, links, alpha = technology.value_added, technology.links, technology.final
    wage, price, sales = np.ones(len(income)), np.ones(economy.sales.shape), np.ones(economy.sales.shape)
    for step in range(1, steps + 1):
        cost = wage[:, None] ** gamma * np.exp(np.log(price) @ links)
        labour = sales / wage[:, None]
        supply = productivity * labour ** (psi * theta) * cost**-theta
        weights = shares * supply[None]
        index = weights.sum(axis=1)
        new_price = index ** (-1 / theta)
        earned = income * wage
        final = earned + economy.transfers * earned.sum() / income.sum()
        spending = (economy.sales * sales) @ links.T + alpha * final[:, None]
        received = np.einsum("nis,ns->is", weights, spending / index)
        new_sales = np.where(economy.sales > 0, received / np.where(economy.sales > 0, economy.sales, 1), 1)
        new_wage = (gamma * received).sum(axis=1) / income
        new_wage /= new_wage[-1]
        old, new = (np.concatenate([w, p.ravel(), s.ravel()]) for w, p, s in (
            (wage, price, sales), (new_wage, new_price, new_sales)))  # fmt: skip
        moved = float(np.abs(np.log(new / old)).max())
        wage = wage ** (1 - damping) * new_wage**damping
        price, sales = new_price, new_sales
        if moved < tolerance:
            return wage / np.exp(np.log(price) @ alpha), step
    raise AssertionError(f"the plain solver did not settle: {moved}")


def _shares(economy: Economy) -> np.ndarray:
    """Baseline trade shares [buyer, seller, industry]."""
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    n, (places, sectors) = trade.home, economy.sales.shape
    closeness = np.zeros((places, places, sectors))
    for kernel in trade.kernels:
        matrix = np.eye(n) if kernel.matrix is None else kernel.matrix
        closeness[:n, :n, kernel.sectors] = matrix[:, :, None]
    closeness[n:, :n] = trade.outward
    closeness[:n, n:] = trade.inward
    closeness[n:, n:] = trade.abroad
    flows = closeness * trade.supply[None]
    return np.asarray(flows / flows.sum(axis=1, keepdims=True))
