"""Market access that is consistent with trade theory; Harris and Hansen potentials are in `bolang.measures`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.foundation.text import tr

Floats = NDArray[np.float64]

TOLERANCE = 1e-12
MOST_STEPS = 2000


def theory_consistent(mass: Floats, tau: Floats, theta: float) -> Floats:
    """Return the market access that solves ``A_i = sum_j tau_ij^-theta M_j / A_j``.

    It is the fixed point of the general-equilibrium trade model with symmetric trade costs, in which a market counts
    for less where it is already well supplied.

    Parameters
    ----------
    mass : float64 [N]
        Incomes.
    tau : float [N, N]
        Iceberg trade costs, at least one, symmetric.
    theta : float
        Trade elasticity.

    Returns
    -------
    float64 [N]

    Raises
    ------
    ConvergenceError
        If the fixed point is not reached.

    Notes
    -----
    Donaldson and Hornbeck (2016), Quarterly Journal of Economics 131(2), 799-858, equation (9). The map is decreasing,
    so the iteration takes the geometric mean of its argument and its value, which contracts.
    """
    _check(mass, tau)
    kernel = np.asarray(tau, dtype=np.float64) ** -theta
    access = np.sqrt(kernel @ mass)
    for _ in range(MOST_STEPS):
        following = np.sqrt(access * (kernel @ (mass / access)))
        change = float(np.max(np.abs(following / access - 1)))
        access = following
        if not np.isfinite(change):
            break
        if change < TOLERANCE:
            return np.asarray(access)
    raise ConvergenceError(
        tr("市场准入的不动点未收敛。", "Market access did not reach its fixed point."),
        tr("请检查规模与贸易成本。", "Check masses and trade costs."),
    )


def iceberg(cost: Floats, value: float) -> Floats:
    """Return trade costs ``tau = 1 + c / v`` from freight costs and the value of the goods, both a tonne."""
    if not value > 0:
        raise BadInputError(tr(f"货值须为正数，而非 {value}。", f"The value of goods must be positive, not {value}."))
    return np.asarray(1.0 + np.asarray(cost, dtype=np.float64) / value)


def _check(mass: Floats, tau: Floats) -> None:
    if np.shape(tau) != (len(mass), len(mass)):
        raise BadInputError(
            tr(
                f"规模有{len(mass)}个，与成本 {np.shape(tau)} 不符。",
                f"{len(mass)} masses do not fit costs {np.shape(tau)}.",
            )
        )
    if not np.all(np.isfinite(mass)) or np.any(mass < 0) or not np.any(mass > 0):
        raise BadInputError(tr("规模须为非负的有限数。", "Masses must be finite and not negative, and not all zero."))
    if not np.all(np.asarray(tau) >= 1):
        raise BadInputError(tr("冰山成本不能小于1或缺失。", "Iceberg trade costs must be at least one, none missing."))
