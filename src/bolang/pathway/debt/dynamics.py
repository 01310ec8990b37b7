"""Debt year by year: ``D_t = (1 + i_t) D_{t-1} - B_t`` with the balance B before interest."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bolang.foundation.errors import BadInputError

Floats = NDArray[np.float64]


def accumulate(debt: ArrayLike, rate: ArrayLike, balance: ArrayLike) -> Floats:
    """Roll debt forward.

    Parameters
    ----------
    debt : array_like, shape (...)
        Debt at the start.
    rate : array_like, shape (..., T)
        Interest of each year on the debt of the year before.
    balance : array_like, shape (..., T)
        Balance before interest of each year (a surplus is positive and repays debt).

    Returns
    -------
    ndarray, shape (..., T + 1)
        Debt at the start and at the end of each year; debt that is fully repaid stays at zero.

    Notes
    -----
    With a constant rate i, growth g and balance b as a share of output, debt over output follows
    ``d_T = d_0 q^T - b (q^T - 1) / (q - 1)``, ``q = (1 + i) / (1 + g)``; the tests hold the recursion against it.
    """
    rate, balance = np.broadcast_arrays(np.asarray(rate, float), np.asarray(balance, float))
    path = np.empty((*np.broadcast_shapes(np.shape(debt), rate.shape[:-1]), rate.shape[-1] + 1))
    path[..., 0] = debt
    for year in range(rate.shape[-1]):
        path[..., year + 1] = np.maximum((1.0 + rate[..., year]) * path[..., year] - balance[..., year], 0.0)
    return path


def stabilising_balance(debt_ratio: ArrayLike, rate: ArrayLike, growth: ArrayLike) -> Floats:
    """Balance before interest, as a share of output, that holds debt over output constant: ``d (i - g) / (1 + g)``."""
    d, i, g = (np.asarray(x, float) for x in (debt_ratio, rate, growth))
    if (g <= -1).any():
        raise BadInputError("Growth must stay above -100 % a year.")
    return np.asarray(d * (i - g) / (1.0 + g))


def repriced_rate(current: ArrayLike, issue: ArrayLike, remaining_years: float) -> Floats:
    """Effective rate of a stock of which ``1 / remaining_years`` is re-issued every year.

    ``i_t = i_{t-1} + (n_t - i_{t-1}) / m``, so that ``i_T = n + (i_0 - n) (1 - 1/m)^T`` at a constant issue rate n.

    Parameters
    ----------
    current : array_like, shape (...)
        Effective rate at the start.
    issue : array_like, shape (..., T)
        Rate of new issues in each year.
    remaining_years : float
        Average remaining maturity m in years, at least one.

    Returns
    -------
    ndarray, shape (..., T)
    """
    if not remaining_years >= 1:
        raise BadInputError(f"The remaining maturity must be at least one year, got {remaining_years}.")
    issue = np.asarray(issue, float)
    path = np.empty(np.broadcast_shapes((*np.shape(current), 1), issue.shape))
    rate = np.broadcast_to(np.asarray(current, float), path.shape[:-1])
    for year in range(issue.shape[-1]):
        rate = rate + (issue[..., year] - rate) / remaining_years
        path[..., year] = rate
    return path


def servicing_balance(debt: float, rate: Floats, new: Floats, remaining_years: float, refinanced: float) -> Floats:
    """Balance of a county that pays its interest and what is not refinanced, and borrows `new` beside.

    ``B_t = i_t D_{t-1} + (1 - rho) D_{t-1} / m - n_t``; debt then follows ``D_t = a D_{t-1} + n_t`` with
    ``a = 1 - (1 - rho) / m``.

    Parameters
    ----------
    debt : float
        Debt at the start.
    rate, new : ndarray, shape (T,)
        Interest rate and net new borrowing of each year.
    remaining_years, refinanced : float
        Average remaining maturity m and refinanced share rho of what falls due.

    Returns
    -------
    ndarray, shape (T,)
    """
    if not 0.0 <= refinanced <= 1.0:
        raise BadInputError(f"The refinanced share lies between 0 and 1, got {refinanced}.")
    repaid = (1.0 - refinanced) / remaining_years
    balance = np.empty(rate.size)
    for year in range(rate.size):
        balance[year] = (rate[year] + repaid) * debt - new[year]
        debt = (1.0 - repaid) * debt + new[year]
    return balance
