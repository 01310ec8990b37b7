"""Composite indices: normalisation, weights from the data, and TOPSIS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of, real
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import BoolArray, FloatArray, complete_rows, divide, table, unknown_choice, vector
from bolang.measures.ranking import rank_descending

Normalization = Literal["minmax", "zscore", "rank", "sum", "vector"]
NORMALIZATIONS: tuple[Normalization, ...] = ("minmax", "zscore", "rank", "sum", "vector")


TopsisNorm = Literal["vector", "minmax"]
TOPSIS_NORMS: tuple[TopsisNorm, ...] = ("vector", "minmax")


@dataclass(frozen=True, slots=True)
class Topsis:
    """Closeness to the ideal point.

    Attributes
    ----------
    score : ndarray, shape (n,)
        ``D- / (D+ + D-)``, 0 (worst point) to 1 (ideal point).
    to_best, to_worst : ndarray, shape (n,)
        Distances D+ and D-.
    """

    score: FloatArray
    to_best: FloatArray
    to_worst: FloatArray


@door(method=one_of(NORMALIZATIONS))
def normalize(values: ArrayLike, method: Normalization = "minmax", costs: ArrayLike | None = None) -> FloatArray:
    """Bring indicators of different units onto one scale; higher is always better afterwards.

    ``minmax`` to [0, 1]; ``zscore`` with the population standard deviation; ``rank`` to the share of the other units
    that lie below (ties half), in [0, 1]; ``sum`` and ``vector`` divide by the column's sum or Euclidean norm. A cost
    is mirrored by minmax and rank and takes the opposite sign in the others.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Units by indicators; NaN stays NaN and does not influence the others.
    method : {'minmax', 'zscore', 'rank', 'sum', 'vector'}
        See above.
    costs : array_like of bool, shape (m,), optional
        Indicators of which less is better.

    Returns
    -------
    ndarray, shape (n, m)
        A constant indicator gives NaN under minmax and zscore: it cannot tell units apart.

    Raises
    ------
    BadInputError
        If the method is unknown or the shapes do not fit.
    """
    x = table(values, "values", nonnegative=False)
    less = cost_columns(costs, x.shape[1])
    if method == "minmax":
        low, high = _extreme(x, np.fmin), _extreme(x, np.fmax)
        scaled = divide(x - low, high - low)
        return np.where(less, 1.0 - scaled, scaled)
    if method == "zscore":
        count = np.sum(~np.isnan(x), axis=0).astype(np.float64)
        centred = x - divide(np.nansum(x, axis=0), count)
        return _mirrored(divide(centred, np.sqrt(divide(np.nansum(centred**2, axis=0), count))), less)
    if method == "rank":
        others = np.sum(~np.isnan(x), axis=0) - 1.0
        facing = _mirrored(x, less)
        worse_or_level = others + 1.0 - rank_descending(facing)
        return divide((worse_or_level + rank_descending(-facing) - 1.0) / 2.0, others)
    if method == "sum":
        return _mirrored(divide(x, np.nansum(x, axis=0)), less)
    if method == "vector":
        return _mirrored(divide(x, np.sqrt(np.nansum(x**2, axis=0))), less)
    raise unknown_choice("method", method, NORMALIZATIONS)


@door(normalization=one_of(("minmax", "none")))
def entropy_weights(
    values: ArrayLike, costs: ArrayLike | None = None, *, normalization: Literal["minmax", "none"] = "minmax"
) -> FloatArray:
    """Weights from the entropy of every indicator: they measure dispersion, not importance.

    ``p_ij = x'_ij / sum_i x'_ij``, ``e_j = -(1 / ln n) sum_i p_ij ln p_ij`` with ``0 ln 0 = 0``, and
    ``w_j = (1 - e_j) / sum_j (1 - e_j)``. Stack the years of a panel into one table, so that all years share one set
    of weights.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Units (or unit-years) by indicators; rows with NaN are left out.
    costs : array_like of bool, shape (m,), optional
        Indicators of which less is better; needs ``minmax``.
    normalization : {'minmax', 'none'}
        ``none`` takes non-negative values as they are. Weights depend on this choice: state it.

    Returns
    -------
    ndarray, shape (m,)
        Non-negative, sum one; a constant indicator has weight zero.

    Raises
    ------
    BadInputError
        If no indicator varies, or values are negative without normalisation.

    References
    ----------
    Shannon, C. E. (1948), Bell System Technical J. 27, 379-423. Zeleny, M. (1982), Multiple Criteria Decision Making.
    """
    x = _complete(values, nonnegative=normalization == "none")
    if normalization == "minmax":
        x = np.nan_to_num(normalize(x, "minmax", costs))
    elif normalization != "none":
        raise unknown_choice("normalization", normalization, ("minmax", "none"))
    elif costs is not None and cost_columns(costs, x.shape[1]).any():
        raise BadInputError(
            tr("逆向指标需要 minmax 标准化。", "Indicators of which less is better need the minmax normalisation.")
        )
    p = np.nan_to_num(divide(x, x.sum(axis=0)))
    entropy = -np.sum(p * np.log(np.where(p > 0.0, p, 1.0)), axis=0) / np.log(len(x))
    return _to_weights(np.where(np.ptp(x, axis=0) > 0.0, 1.0 - entropy, 0.0))


def critic_weights(values: ArrayLike, costs: ArrayLike | None = None) -> FloatArray:
    """CRITIC weights: standard deviation times conflict with the other indicators.

    ``C_j = s_j sum_k (1 - r_jk)`` on minmax-normalised values, with the sample standard deviation s and Pearson's r.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Units by indicators; rows with NaN are left out.
    costs : array_like of bool, shape (m,), optional
        Indicators of which less is better.

    Returns
    -------
    ndarray, shape (m,)
        Non-negative, sum one; a constant indicator has weight zero.

    Raises
    ------
    BadInputError
        If fewer than two indicators vary.

    References
    ----------
    Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995), Computers & Operations Research 22(7), 763-770.
    """
    x = _complete(values, nonnegative=False)
    varies = np.ptp(x, axis=0) > 0.0
    less = cost_columns(costs, x.shape[1])
    information = np.zeros(x.shape[1])
    if varies.sum() > 1:
        scaled = normalize(x[:, varies], "minmax", less[varies])
        conflict = np.sum(1.0 - np.corrcoef(scaled.T), axis=0)
        information[varies] = scaled.std(axis=0, ddof=1) * conflict
    return _to_weights(information)


@door(minimum_share=real(0.0, 1.0))
def composite_score(normalized: ArrayLike, weights: ArrayLike, *, minimum_share: float = 1.0) -> FloatArray:
    """Weighted mean of normalised indicators over those that a unit has.

    Parameters
    ----------
    normalized : array_like, shape (n, m)
        From `normalize`.
    weights : array_like, shape (m,)
        Non-negative; rescaled to sum one. The weight of a missing indicator is shared by the others.
    minimum_share : float
        Share of the weight that a unit must have values for, in (0, 1]; 1 asks for every indicator.

    Returns
    -------
    ndarray, shape (n,)
        NaN where less than `minimum_share` of the weight has a value.

    Raises
    ------
    BadInputError
        If `minimum_share` lies outside (0, 1].
    """
    x = table(normalized, "normalized", nonnegative=False)
    w = _given_weights(weights, x.shape[1])
    known = ~np.isnan(x)
    carried = known @ w
    score = divide(np.where(known, x, 0.0) @ w, carried)
    return np.asarray(np.where(enough_weight(known, w, minimum_share), score, np.nan))


def enough_weight(known: BoolArray, weights: FloatArray, minimum_share: float) -> BoolArray:
    """Return which units have values for enough of the weight, shape (n,)."""
    if not 0.0 < minimum_share <= 1.0:
        raise BadInputError(
            tr(
                f"最低权重份额应在 (0, 1] 内，实为 {minimum_share}。",
                f"The minimum share of the weight should lie in (0, 1], it is {minimum_share}.",
            )
        )
    # A tolerance, since weights that should add to the share exactly may miss it by rounding.
    return np.asarray(known @ weights >= minimum_share * weights.sum() - 1e-12)


@door(norm=one_of(TOPSIS_NORMS))
def topsis(
    values: ArrayLike, weights: ArrayLike, costs: ArrayLike | None = None, *, norm: TopsisNorm = "vector"
) -> Topsis:
    """Rank by similarity to the ideal solution, on normalised and then weighted indicators.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Units by indicators; rows with NaN get NaN and do not define the ideal.
    weights : array_like, shape (m,)
        Non-negative; rescaled to sum one.
    costs : array_like of bool, shape (m,), optional
        Indicators of which less is better.
    norm : {'vector', 'minmax'}
        ``vector`` divides each indicator by its Euclidean norm, as Hwang and Yoon do; ``minmax`` brings each to [0, 1], as
        much Chinese applied work does. The two rank differently: state which one was used. An indicator that is the same
        for all units counts for nothing in either.

    Returns
    -------
    Topsis

    References
    ----------
    Hwang, C.-L. and Yoon, K. (1981), Multiple Attribute Decision Making.
    """
    x = table(values, "values", nonnegative=False)
    w = _given_weights(weights, x.shape[1])
    known = complete_rows(x)
    weighted = np.nan_to_num(normalize(np.where(known[:, None], x, np.nan), norm, costs)) * w
    weighted[~known] = np.nan
    to_best = np.linalg.norm(weighted - _extreme(weighted, np.fmax), axis=1)
    to_worst = np.linalg.norm(weighted - _extreme(weighted, np.fmin), axis=1)
    return Topsis(divide(to_worst, to_best + to_worst), to_best, to_worst)


def _complete(values: ArrayLike, *, nonnegative: bool) -> FloatArray:
    x = table(values, "values", nonnegative=nonnegative)
    x = x[complete_rows(x)]
    if len(x) < 2:
        raise BadInputError(tr("完整的单元不足两个。", "Fewer than two units have all indicators."))
    return x


def cost_columns(costs: ArrayLike | None, size: int) -> BoolArray:
    """Return which indicators are costs; none by default."""
    if costs is None:
        return np.zeros(size, dtype=np.bool_)
    try:
        less = np.asarray(costs)
    except ValueError:  # rows of unequal length
        less = np.empty(0)
    if less.shape != (size,) or less.dtype != np.bool_:
        raise BadInputError(tr(f"costs 应为 {size} 个布尔值。", f"costs should hold {size} booleans."))
    return less


def _mirrored(x: FloatArray, less: BoolArray) -> FloatArray:
    return np.where(less, -x, x)


def _extreme(x: FloatArray, best: np.ufunc) -> FloatArray:
    return np.asarray(best.reduce(x, axis=0))


def _given_weights(weights: ArrayLike, size: int) -> FloatArray:
    return _to_weights(vector(weights, "weights", size, complete=True))


def _to_weights(parts: FloatArray) -> FloatArray:
    if not parts.sum() > 0.0:
        raise BadInputError(
            tr("没有可用来定权的差异。", "The weights add up to zero: no indicator tells the units apart.")
        )
    return np.asarray(parts / parts.sum())
