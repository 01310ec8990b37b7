"""Input-output linkages: inverses, influence and sensitivity coefficients, multipliers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, as_numbers, divide, table, vector


@dataclass(frozen=True, slots=True)
class Linkages:
    """Linkages of every industry, each relative to the mean industry (1).

    Attributes
    ----------
    influence : ndarray, shape (k,)
        影响力系数: column sums of the Leontief inverse, the pull of an industry's final demand on all output.
    sensitivity_leontief : ndarray, shape (k,)
        感应度系数, Leontief form: row sums of the Leontief inverse, the call on an industry when final demand for
        every industry rises by one unit. The usual form in Chinese practice; it grows with the industry's size.
    sensitivity_ghosh : ndarray, shape (k,)
        感应度系数, Ghosh form: row sums of the Ghosh inverse, the push of an industry's primary inputs on all output.
    """

    influence: FloatArray
    sensitivity_leontief: FloatArray
    sensitivity_ghosh: FloatArray


def technical_coefficients(flows: ArrayLike, output: ArrayLike) -> FloatArray:
    """Divide inputs by the output of the user: ``a_ij = z_ij / x_j``.

    Parameters
    ----------
    flows : array_like, shape (k, k)
        Intermediate use of product i by industry j. Use domestic flows, or multipliers include what imports supply.
    output : array_like, shape (k,)
        Gross output in the same unit; an industry without output gets zeros.

    Returns
    -------
    ndarray, shape (k, k)
    """
    z, x = _square(flows, output)
    return np.nan_to_num(divide(z, x[None, :]))


def allocation_coefficients(flows: ArrayLike, output: ArrayLike) -> FloatArray:
    """Divide deliveries by the output of the supplier: ``b_ij = z_ij / x_i`` (Ghosh).

    Parameters as in `technical_coefficients`.
    """
    z, x = _square(flows, output)
    return np.nan_to_num(divide(z, x[:, None]))


def inverse(coefficients: ArrayLike) -> FloatArray:
    """Leontief inverse ``(I - A)^-1`` of technical, or Ghosh inverse of allocation coefficients.

    Parameters
    ----------
    coefficients : array_like, shape (k, k) or (n, k, k)
        One economy, or n economies at once.

    Returns
    -------
    ndarray, same shape

    Raises
    ------
    ConvergenceError
        If an economy is not productive: the round-by-round effects would not die out.

    References
    ----------
    Leontief, W. (1936), Review of Economics and Statistics 18(3), 105-125. Ghosh, A. (1958), Economica 25, 58-64.
    """
    a = as_numbers(coefficients, "coefficients", 2)
    if a.ndim not in (2, 3) or a.shape[-1] != a.shape[-2] or not np.isfinite(a).all():
        raise BadInputError(
            tr("系数应为不含缺失值的方阵。", "Coefficients should be square and without missing values."),
        )
    try:
        result = np.linalg.inv(np.eye(a.shape[-1]) - a)
    except np.linalg.LinAlgError:
        result = np.full(a.shape, np.nan)
    # A non-negative A is productive exactly if its Leontief inverse is non-negative (Hawkins and Simon 1949).
    if not (result >= -1e-9 * np.abs(result).max(initial=1.0)).all():
        raise ConvergenceError(
            tr(
                "投入产出系数不满足霍金斯—西蒙条件,逆矩阵没有意义。",
                "The economy is not productive (Hawkins-Simon fails).",
            ),
            tr("请检查列和是否小于 1。", "Check that the inputs of every industry stay below its output."),
        )
    return np.asarray(result)


def linkages(flows: ArrayLike, output: ArrayLike) -> Linkages:
    """Influence and sensitivity coefficients of all industries.

    Parameters as in `technical_coefficients`.

    Returns
    -------
    Linkages

    References
    ----------
    Rasmussen, P. N. (1956), Studies in Inter-Sectoral Relations. Jones, L. P. (1976), Quarterly J. of Economics 90(2),
    323-333. Miller, R. E. and Blair, P. D. (2009), Input-Output Analysis, chapter 12.
    """
    demand = inverse(technical_coefficients(flows, output))
    supply = inverse(allocation_coefficients(flows, output))
    return Linkages(_relative(demand.sum(axis=0)), _relative(demand.sum(axis=1)), _relative(supply.sum(axis=1)))


def multipliers(leontief_inverse: ArrayLike, coefficients: ArrayLike | None = None) -> FloatArray:
    """Total effect of one unit of final demand for every industry: ``sum_i v_i l_ij``.

    Parameters
    ----------
    leontief_inverse : array_like, shape (k, k) or (n, k, k)
        From `inverse`.
    coefficients : array_like, shape (k,), optional
        Employment, value added or income a unit of output; ones by default, which gives output multipliers.

    Returns
    -------
    ndarray, shape (k,) or (n, k)
    """
    total = as_numbers(leontief_inverse, "leontief_inverse", 2)
    k = total.shape[-1]
    if total.shape[-2] != k or not 2 <= total.ndim <= 3:
        raise BadInputError(
            tr(
                f"leontief_inverse 应为方阵,实为 {total.shape}。",
                f"leontief_inverse should be square, its shape is {total.shape}.",
            )
        )
    v = np.ones(k) if coefficients is None else vector(coefficients, "coefficients", k, complete=True)
    return np.asarray(np.einsum("i,...ij->...j", v, total))


def close_to_households(coefficients: ArrayLike, income: ArrayLike, consumption: ArrayLike) -> FloatArray:
    """Add households as an industry, for multipliers of type II (with induced consumption).

    Parameters
    ----------
    coefficients : array_like, shape (k, k)
        Technical coefficients.
    income : array_like, shape (k,)
        Household income a unit of output.
    consumption : array_like, shape (k,)
        Consumption of each product a unit of household income.

    Returns
    -------
    ndarray, shape (k + 1, k + 1)
        Households in the last row and column.
    """
    a = table(coefficients, "coefficients")
    k = len(a)
    income_row = vector(income, "income", k, complete=True)
    consumption_column = vector(consumption, "consumption", k, complete=True)
    return np.block([[a, consumption_column[:, None]], [income_row[None, :], np.zeros((1, 1))]])


def _square(flows: ArrayLike, output: ArrayLike) -> tuple[FloatArray, FloatArray]:
    z = table(flows, "flows")
    if z.shape[0] != z.shape[1] or np.isnan(z).any():
        raise BadInputError(tr("流量应为不含缺失值的方阵。", "Flows should be square and without missing values."))
    return z, vector(output, "output", len(z), complete=True)


def _relative(sums: FloatArray) -> FloatArray:
    return np.asarray(sums / sums.mean())
