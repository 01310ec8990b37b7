"""How a plan is paid for: own money first, debt only for what is short, repaid as soon as there is cash."""

from __future__ import annotations

import numpy as np

from bolang.pathway.plan.problem import Floats


def debt_path(outlay: Floats, budget: Floats, interest: float) -> Floats:
    """Debt that plans owe at the end of each year.

    With net position ``p``: ``p_y = p_{y-1} (1 + i [p_{y-1} < 0]) + budget_y - outlay_y`` and debt ``max(0, -p_y)``.
    As idle cash earns nothing and debt costs ``i >= 0``, no other path owes less in any year.

    Parameters
    ----------
    outlay : ndarray, shape (..., Y)
        Outlay of each plan in each year.
    budget : ndarray, shape (Y,)
        Own money that arrives in each year.
    interest : float
        Charged on last year's debt.

    Returns
    -------
    ndarray, shape (..., Y)
    """
    debt = np.empty(outlay.shape)
    position = np.zeros(outlay.shape[:-1])
    for year in range(outlay.shape[-1]):
        position = position + interest * np.minimum(position, 0.0) + budget[year] - outlay[..., year]
        debt[..., year] = np.maximum(0.0, -position)
    return debt


def interest_cost(debt: Floats, interest: float, discount: float) -> Floats:
    """Present value of the interest paid, each year on the debt of the year before.

    The last year's debt pays one more year's interest, so that owing at the end is never free.

    Parameters
    ----------
    debt : ndarray, shape (..., Y)
        Debt at the end of each year (years count from 0).
    interest, discount : float
        Rates a year.

    Returns
    -------
    ndarray, shape (...)
    """
    return np.asarray(debt @ interest_weights(debt.shape[-1], interest, discount))


def interest_weights(years: int, interest: float, discount: float) -> Floats:
    """Present value of one year's interest on one yuan owed at the end of each year, shape (Y,)."""
    return np.asarray(interest / (1.0 + discount) ** np.arange(1, years + 1), dtype=float)
