"""Where people come from: origins and residences fitted to the migration margins of the census."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import ConvergenceError


@dataclass(frozen=True, slots=True, eq=False)
class Movers:
    """Margins of the census on people who live outside the county where they are registered.

    Attributes
    ----------
    residents : array (N,)
        People living in each county.
    from_province, from_elsewhere : array (N,)
        Those registered in another county of the province, and in another province.
    leavers : array (N,)
        People registered in each county who live in another one.
    """

    residents: Array
    from_province: Array
    from_elsewhere: Array
    leavers: Array


def departures(now: Movers, then: Movers, province: IntArray) -> tuple[Array, Array]:
    """Estimate who left each county, for other counties of the province and for other provinces.

    The census of 2020 does not publish the registered population, so the shares of counties in their province's leavers,
    and of provinces in all who left their province, are those of `then` (2010); totals are those of `now`.

    Returns
    -------
    within, across : array (N,)
    """
    provinces = int(province.max()) + 1

    def total(values: Array) -> Array:
        return np.asarray(np.bincount(province, weights=values, minlength=provinces), dtype=np.float64)

    share = then.leavers / total(then.leavers)[province]
    left = np.maximum(total(then.leavers) - total(then.from_province), 0)
    across = share * (left / left.sum() * now.from_elsewhere.sum())[province]
    return share * total(now.from_province)[province], across


def fit_flows(
    now: Movers, within: Array, across: Array, province: IntArray, closeness: Array, tolerance: float = 1e-9
) -> tuple[Array, float]:
    """Fit people by origin and residence, (N, N), and return the largest relative miss of a margin.

    Movers are ``x_o K_on y_n``, separately inside and between provinces (iterative proportional fitting); those who
    stay fill the diagonal.

    Raises
    ------
    ConvergenceError
        If no table meets the margins, as where two counties of a province would have to exchange unequal numbers.
    """
    same = province[:, None] == province[None, :]
    near = np.where(same, closeness, 0.0)
    np.fill_diagonal(near, 0.0)
    far = np.where(same, 0.0, closeness)
    near, near_miss = _fit(near, within, now.from_province, tolerance)
    far, far_miss = _fit(far, across, now.from_elsewhere, tolerance)
    flows = near + far
    np.fill_diagonal(flows, now.residents - flows.sum(axis=0))
    return flows, max(near_miss, far_miss)


def _fit(kernel: Array, rows: Array, columns: Array, tolerance: float, rounds: int = 3000) -> tuple[Array, float]:
    x = np.ones(len(rows))
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(rounds):
            y = _ratio(columns, kernel.T @ x)
            sent = x * (kernel @ y)
            miss = float(np.abs(sent - rows).max() / rows.max())
            if miss < tolerance:
                return x[:, None] * kernel * y, miss
            x *= _ratio(rows, sent)
            if not np.isfinite(x).all():
                break
    raise ConvergenceError(f"Migration margins miss by {miss:.2g}: no table of flows meets them.")


def _ratio(a: Array, b: Array) -> Array:
    return np.where(b > 0, a / np.where(b > 0, b, 1.0), 0.0)
