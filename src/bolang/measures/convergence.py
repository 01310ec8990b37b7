"""Do poor places catch up: beta and sigma convergence, and mobility between ranks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, real, whole
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, IntArray, same_shape, table, two_sided_p, vector
from bolang.measures.ranking import rank_descending


@dataclass(frozen=True, slots=True)
class BetaConvergence:
    """Regression of yearly log growth on the initial log level.

    Attributes
    ----------
    beta, standard_error, p_value : float
        Coefficient of the initial level, its heteroscedasticity-robust (HC1) standard error and two-sided p-value.
        Negative means that poor places grow faster.
    controls : ndarray, shape (c,)
        Coefficients of the controls.
    speed : float
        Yearly rate ``-ln(1 + beta T) / T`` at which the gap to the steady state closes; NaN if ``1 + beta T <= 0``.
    half_life : float
        Years in which half the gap closes; infinite without convergence.
    r_squared : float
        Share of the variance explained.
    units : int
        Number of places used.
    """

    beta: float
    standard_error: float
    p_value: float
    controls: FloatArray
    speed: float
    half_life: float
    r_squared: float
    units: int


@dataclass(frozen=True, slots=True)
class SigmaConvergence:
    """Dispersion in every period, over the places that have all periods.

    Attributes
    ----------
    std_log : ndarray, shape (t,)
        Standard deviation of logarithms.
    cv : ndarray, shape (t,)
        Coefficient of variation, weighted by population if weights were given (Williamson).
    units : int
        Number of places used.
    """

    std_log: FloatArray
    cv: FloatArray
    units: int


@dataclass(frozen=True, slots=True)
class RankMobility:
    """How much the order of places changed.

    Attributes
    ----------
    spearman, kendall : float
        Rank correlations between the two years (Kendall's tau-b).
    transitions : ndarray, shape (q, q)
        Share of the places of each class of the first year (row) that are in each class in the last (column).
    shorrocks : float
        ``(q - trace) / (q - 1)``: 0 where nobody changes class, 1 where the class is drawn anew.
    """

    spearman: float
    kendall: float
    transitions: FloatArray
    shorrocks: float


@door(years=real(0.0))
def beta_convergence(
    start: ArrayLike, end: ArrayLike, years: float, controls: ArrayLike | None = None
) -> BetaConvergence:
    """Absolute or, with controls, conditional beta convergence by least squares.

    ``ln(y_T / y_0) / T = a + beta ln y_0 + gamma' x + e``.

    Parameters
    ----------
    start, end : array_like, shape (n,)
        Positive levels, such as GDP per head in constant prices; places with NaN are left out.
    years : float
        Years between them.
    controls : array_like, shape (n, c), optional
        Other characteristics, such as province dummies.

    Returns
    -------
    BetaConvergence

    Raises
    ------
    BadInputError
        If levels are not positive, or places are too few for the coefficients.

    References
    ----------
    Barro, R. J. and Sala-i-Martin, X. (1992), J. of Political Economy 100(2), 223-251.
    """
    first, last = vector(start, "start"), vector(end, "end")
    same_shape(first, last, "start, end")
    others = np.empty((first.size, 0)) if controls is None else table(controls, "controls", nonnegative=False)
    known = ~np.isnan(np.column_stack([first, last, others])).any(axis=1)
    first, last, others = first[known], last[known], others[known]
    if not years > 0.0 or (first <= 0.0).any() or (last <= 0.0).any():
        raise BadInputError(tr("水平与年数应为正。", "Levels and years should be positive."))
    x = np.column_stack([np.ones(first.size), np.log(first), others])
    if first.size <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise BadInputError(
            tr("单元太少或控制变量共线,无法估计。", "Too few places, or collinear controls, for the regression."),
        )
    y = np.log(last / first) / float(years)
    coefficients, residual, spread = _robust_least_squares(x, y)
    beta, error = float(coefficients[1]), float(spread[1])
    closed = 1.0 + beta * years
    speed = -math.log(closed) / years if closed > 0.0 else math.nan
    half_life = math.log(2.0) / speed if speed > 0.0 else math.nan if math.isnan(speed) else math.inf
    p_value = float(two_sided_p(np.asarray(beta / error))) if error > 0.0 else math.nan
    total = float(np.sum((y - y.mean()) ** 2))
    r_squared = 1.0 - float(residual @ residual) / total if total > 0.0 else math.nan
    return BetaConvergence(beta, error, p_value, coefficients[2:], speed, half_life, r_squared, first.size)


def sigma_convergence(values: ArrayLike, weights: ArrayLike | None = None) -> SigmaConvergence:
    """Dispersion of levels period by period; it falls if places converge.

    Parameters
    ----------
    values : array_like, shape (n, t)
        Positive levels of n places in t periods; places with NaN in any period are left out, so that the sample stays
        the same.
    weights : array_like, shape (n, t), optional
        Population, for Williamson's weighted coefficient of variation.

    Returns
    -------
    SigmaConvergence

    Raises
    ------
    BadInputError
        If fewer than two places are complete or a level is not positive.

    References
    ----------
    Williamson, J. G. (1965), Economic Development and Cultural Change 13(4), 1-84.
    """
    x = table(values, "values")
    w = np.ones_like(x) if weights is None else table(weights, "weights")
    same_shape(x, w, "values, weights")
    known = ~np.isnan(x + w).any(axis=1)
    x, w = x[known], w[known]
    if len(x) < 2 or (x <= 0.0).any():
        raise BadInputError(
            tr("至少要两个水平为正的完整单元。", "Two complete places with positive levels are needed.")
        )
    share = w / w.sum(axis=0)
    mean = np.sum(share * x, axis=0)
    cv = np.sqrt(np.sum(share * (x - mean) ** 2, axis=0)) / mean
    return SigmaConvergence(np.asarray(np.log(x).std(axis=0)), np.asarray(cv), len(x))


@door(classes=whole(2, 1000))
def rank_mobility(start: ArrayLike, end: ArrayLike, classes: int = 5) -> RankMobility:
    """Rank correlations and transitions between quantile classes.

    Parameters
    ----------
    start, end : array_like, shape (n,)
        Values in two years; places with NaN in either are left out.
    classes : int
        Number of classes with equally many places (ties go together).

    Returns
    -------
    RankMobility

    Raises
    ------
    BadInputError
        If there are fewer places than classes or fewer than two classes.

    References
    ----------
    Shorrocks, A. F. (1978), Econometrica 46(5), 1013-1024. Quah, D. (1993), European Economic Review 37, 426-434.
    """
    from scipy.stats import kendalltau, spearmanr

    first, last = vector(start, "start", nonnegative=False), vector(end, "end", nonnegative=False)
    same_shape(first, last, "start, end")
    known = ~np.isnan(first + last)
    first, last = first[known], last[known]
    if classes < 2 or first.size < classes:
        raise BadInputError(
            tr("单元数应不少于类别数,类别至少两个。", "There should be at least two classes and as many places.")
        )
    counts = np.zeros((classes, classes))
    np.add.at(counts, (_quantile_class(first, classes), _quantile_class(last, classes)), 1.0)
    totals = counts.sum(axis=1, keepdims=True)
    transitions = np.divide(counts, totals, out=np.full_like(counts, np.nan), where=totals > 0.0)
    stayed = float(np.nansum(np.diag(transitions)))
    occupied = int(np.sum(totals > 0.0))
    shorrocks = (occupied - stayed) / (occupied - 1) if occupied > 1 else math.nan
    return RankMobility(
        float(spearmanr(first, last).statistic), float(kendalltau(first, last).statistic), transitions, shorrocks
    )


def _quantile_class(values: FloatArray, classes: int) -> IntArray:
    position = (rank_descending(-values) - 1.0) / values.size
    return np.minimum((position * classes).astype(np.int64), classes - 1)


def _robust_least_squares(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return coefficients, residuals and HC1 standard errors."""
    coefficients = np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], dtype=np.float64)
    residual = y - x @ coefficients
    bread = np.linalg.inv(x.T @ x)
    meat = x.T @ (x * residual[:, None] ** 2)
    spread = np.sqrt(np.diag(bread @ meat @ bread) * len(y) / (len(y) - x.shape[1]))
    return coefficients, residual, np.asarray(spread)
