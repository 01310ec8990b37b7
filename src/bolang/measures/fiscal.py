"""Fiscal ratios that analysts of local government pull first, with the official lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import tr
from bolang.measures._arrays import BoolArray, FloatArray, IntArray, divide, vector

DEBT_BANDS = ("green", "yellow", "orange", "red")
"""The bands of the debt rate, from low to high risk."""


def self_sufficiency(revenue: ArrayLike, expenditure: ArrayLike) -> FloatArray:
    """财政自给率: general public budget revenue over general public budget expenditure.

    Parameters
    ----------
    revenue, expenditure : array_like, shape (n,)
        Same unit and year; NaN or a zero expenditure gives NaN.

    Returns
    -------
    ndarray, shape (n,)
        Pure number.
    """
    return _ratio(revenue, expenditure, "revenue", "expenditure")


def tax_share(tax: ArrayLike, revenue: ArrayLike) -> FloatArray:
    """税收占比: tax revenue over general public budget revenue.

    Parameters
    ----------
    tax, revenue : array_like, shape (n,)
        Same unit and year.
    """
    return _ratio(tax, revenue, "tax", "revenue")


def land_dependence(fund_revenue: ArrayLike, budget_revenue: ArrayLike) -> FloatArray:
    """土地财政依赖度: government-fund revenue over the sum of it and general public budget revenue.

    Parameters
    ----------
    fund_revenue : array_like, shape (n,)
        Government-fund revenue (land-transfer income where it is published by itself; say which).
    budget_revenue : array_like, shape (n,)
        General public budget revenue.
    """
    fund = vector(fund_revenue, "fund_revenue")
    return divide(fund, fund + vector(budget_revenue, "budget_revenue", fund.size))


def comprehensive_capacity(
    budget_revenue: ArrayLike, fund_revenue: ArrayLike, transfers: ArrayLike, state_capital: ArrayLike | None = None
) -> FloatArray:
    """综合财力: general budget + government funds + transfers from above (+ state-capital budget, where counted).

    Forms differ between agencies: say beside the result which items went in. A missing item gives NaN, never a smaller
    capacity.

    Parameters
    ----------
    budget_revenue, fund_revenue, transfers, state_capital : array_like, shape (n,)
        Same unit and year.
    """
    total = vector(budget_revenue, "budget_revenue")
    for name, item in (("fund_revenue", fund_revenue), ("transfers", transfers), ("state_capital", state_capital)):
        if item is not None:
            total = total + vector(item, name, total.size)
    return total


def debt_rate(debt: ArrayLike, capacity: ArrayLike) -> FloatArray:
    """债务率: government debt outstanding over comprehensive fiscal capacity, in per cent.

    Parameters
    ----------
    debt : array_like, shape (n,)
        Outstanding government debt (state whether implicit debt is in).
    capacity : array_like, shape (n,)
        From `comprehensive_capacity`.
    """
    return 100.0 * _ratio(debt, capacity, "debt", "capacity")


def debt_to_gdp(debt: ArrayLike, gdp: ArrayLike) -> FloatArray:
    """负债率: government debt outstanding over GDP, in per cent.

    Parameters
    ----------
    debt, gdp : array_like, shape (n,)
        Same unit and year.
    """
    return 100.0 * _ratio(debt, gdp, "debt", "gdp")


def debt_band(rate: ArrayLike) -> IntArray:
    """Place debt rates in the red-orange-yellow-green bands.

    Parameters
    ----------
    rate : array_like, shape (n,)
        Debt rate in per cent; a rate on a limit belongs to the riskier band.

    Returns
    -------
    ndarray of int, shape (n,)
        Position in `DEBT_BANDS`; -1 for NaN.
    """
    x = vector(rate, "rate")
    limits = load_parameters("bolang.measures")["debt_rate_bands"].value
    if not isinstance(limits, dict):
        raise ParameterError(
            tr("参数 debt_rate_bands 应有三档。", "The parameter debt_rate_bands should name three limits.")
        )
    steps = np.sort(np.array([float(limits[name]) for name in ("yellow", "orange", "red")]))
    return np.where(np.isnan(x), -1, np.searchsorted(steps, x, side="right"))


def restructuring_line_crossed(
    general_interest: ArrayLike,
    general_expenditure: ArrayLike,
    special_interest: ArrayLike,
    fund_expenditure: ArrayLike,
) -> BoolArray:
    """Tell where interest passes the line from which 国办函〔2016〕88号 requires fiscal restructuring.

    Parameters
    ----------
    general_interest, general_expenditure : array_like, shape (n,)
        Interest on general debt, and general public budget expenditure.
    special_interest, fund_expenditure : array_like, shape (n,)
        Interest on special debt, and government-fund expenditure.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where either burden is above the line. An unknown burden does not cross it.
    """
    line = load_parameters("bolang.measures").number("interest_burden_line") / 100.0
    general = _ratio(general_interest, general_expenditure, "general_interest", "general_expenditure")
    special = _ratio(special_interest, fund_expenditure, "special_interest", "fund_expenditure")
    return np.asarray((general > line) | (special > line))


def _ratio(above: ArrayLike, below: ArrayLike, above_name: str, below_name: str) -> FloatArray:
    numerator = vector(above, above_name)
    return divide(numerator, vector(below, below_name, numerator.size))
