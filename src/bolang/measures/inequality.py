"""Inequality between units, and how much of it lies within and between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, IntArray, group_index, group_labels, vector


@dataclass(frozen=True, slots=True)
class TheilDecomposition:
    """Theil's T split by groups; ``total = within + between``.

    Attributes
    ----------
    total, within, between : float
        Index and its two parts.
    labels : ndarray, shape (g,)
        Groups in sorted order.
    group_theil, income_share : ndarray, shape (g,)
        Index inside each group and the group's share of the whole; `within` is their product summed.
    """

    total: float
    within: float
    between: float
    labels: NDArray[Any]
    group_theil: FloatArray
    income_share: FloatArray


@dataclass(frozen=True, slots=True)
class DagumDecomposition:
    """Gini split by groups after Dagum; ``total = within + between + transvariation``.

    Attributes
    ----------
    total : float
        Gini coefficient of all units.
    within, between, transvariation : float
        Contribution inside groups (Gw), net contribution between groups (Gnb), and the part due to the overlap of the
        groups' distributions (Gt).
    labels : ndarray, shape (g,)
        Groups in sorted order.
    group_gini : ndarray, shape (g, g)
        Gini inside each group on the diagonal, between two groups off it.
    affluence : ndarray, shape (g, g)
        Relative economic affluence D of each pair, 0 (distributions overlap fully) to 1 (no overlap); diagonal 0.
    """

    total: float
    within: float
    between: float
    transvariation: float
    labels: NDArray[Any]
    group_gini: FloatArray
    affluence: FloatArray


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Gini coefficient, the mean absolute difference over twice the mean.

    ``G = sum_ij w_i w_j |x_i - x_j| / (2 mean(x))`` with weights that sum to one. For n equal weights the highest
    value is ``1 - 1/n``.

    Parameters
    ----------
    values : array_like, shape (n,)
        Non-negative; units with NaN in value or weight are left out.
    weights : array_like, shape (n,), optional
        Population of each unit; equal by default.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    BadInputError
        If no unit is left or the mean is zero.

    References
    ----------
    Gini, C. (1912), Variabilita e mutabilita. Ceriani, L. and Verme, P. (2012), J. of Economic Inequality 10, 421-443.
    """
    x, w = _sample(values, weights)
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    rank = np.cumsum(w) - w / 2.0
    return float(2.0 * np.sum(w * x * rank) / np.sum(w * x) - 1.0)


def theil(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's T: ``sum_i w_i (x_i / mean) ln(x_i / mean)``, with ``0 ln 0 = 0``.

    Parameters and errors as in `gini`.

    Returns
    -------
    float
        Between 0 and ``ln n`` for equal weights.

    References
    ----------
    Theil, H. (1967), Economics and Information Theory.
    """
    x, w = _sample(values, weights)
    return _theil(x, w)


def mean_log_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's L: ``sum_i w_i ln(mean / x_i)``; needs positive values.

    Parameters and errors as in `gini`.

    References
    ----------
    Shorrocks, A. F. (1980), Econometrica 48(3), 613-625.
    """
    x, w = _sample(values, weights)
    if (x == 0.0).any():
        raise BadInputError(
            tr("对数离差均值要求数值为正。", "The mean log deviation needs positive values."),
            tr("请改用 theil。", "Use theil instead."),
        )
    return float(np.sum(w * np.log(np.sum(w * x) / x)))


def theil_decomposition(values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None) -> TheilDecomposition:
    """Split Theil's T into inequality inside groups and between them.

    ``T = sum_g s_g T_g + sum_g s_g ln(mean_g / mean)`` with the income shares ``s_g``.

    Parameters
    ----------
    values, weights : array_like, shape (n,)
        As in `gini`.
    groups : array_like, shape (n,)
        Label of the group of each unit.

    Returns
    -------
    TheilDecomposition

    References
    ----------
    Shorrocks, A. F. (1984), Econometrica 52(6), 1369-1385.
    """
    x, w, labels, index = _grouped_sample(values, groups, weights)
    size = len(labels)
    population = np.bincount(index, w, size)
    mean = np.bincount(index, w * x, size) / population
    overall = float(np.sum(w * x))
    share = population * mean / overall
    members = [index == g for g in range(size)]
    inside = np.array([_theil(x[m], w[m] / w[m].sum()) if (x[m] > 0.0).any() else 0.0 for m in members])
    between = float(np.sum(_xlogx(mean / overall) * population))
    within = float(np.sum(share * inside))
    return TheilDecomposition(_theil(x, w), within, between, labels, inside, share)


def dagum_decomposition(values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None) -> DagumDecomposition:
    """Split the Gini coefficient into within, net between and transvariation parts.

    With population shares p, income shares s and the Gini G_jh between groups j and h,
    ``Gw = sum_j G_jj p_j s_j``, ``Gnb = sum_{j != h} G_jh p_j s_h D_jh`` and
    ``Gt = sum_{j != h} G_jh p_j s_h (1 - D_jh)``. ``D_jh = (d_jh - p_jh) / (d_jh + p_jh)`` compares the mean excess of
    the richer group's members over the poorer's with the mean excess the other way.

    Parameters
    ----------
    values, weights : array_like, shape (n,)
        As in `gini`.
    groups : array_like, shape (n,)
        Label of the group of each unit.

    Returns
    -------
    DagumDecomposition

    References
    ----------
    Dagum, C. (1997), A new approach to the decomposition of the Gini income inequality ratio, Empirical Economics
    22(4), 515-531.
    """
    x, w, labels, index = _grouped_sample(values, groups, weights)
    size = len(labels)
    population = np.bincount(index, w, size)
    mean = np.bincount(index, w * x, size) / population
    excess = np.column_stack([_mean_excess(x, x[index == g], w[index == g] / population[g]) for g in range(size)])
    above = np.zeros((size, size))
    np.add.at(above, index, w[:, None] * excess)
    above /= population[:, None]
    gap = above + above.T
    with np.errstate(divide="ignore", invalid="ignore"):
        pair_gini = np.where(gap > 0.0, gap / (mean[:, None] + mean[None, :]), 0.0)
        affluence = np.where(gap > 0.0, np.abs(above - above.T) / gap, 0.0)
    share = population * mean / np.sum(w * x)
    part = pair_gini * population[:, None] * share[None, :]
    off = ~np.eye(size, dtype=bool)
    within = float(np.trace(part))
    between = float(np.sum((part * affluence)[off]))
    overlap = float(np.sum((part * (1.0 - affluence))[off]))
    return DagumDecomposition(gini(x, w), within, between, overlap, labels, pair_gini, affluence)


def _mean_excess(points: FloatArray, x: FloatArray, w: FloatArray) -> FloatArray:
    """Mean of ``max(point - X, 0)`` over the group X, for every point."""
    order = np.argsort(x, kind="stable")
    mass = np.concatenate([[0.0], np.cumsum(w[order])])
    moment = np.concatenate([[0.0], np.cumsum(w[order] * x[order])])
    below = np.searchsorted(x[order], points, side="right")
    return np.asarray(points * mass[below] - moment[below])


def _sample(values: ArrayLike, weights: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    x, w, _ = _known(values, weights)
    return x, w


def _known(values: ArrayLike, weights: ArrayLike | None) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    x = vector(values, "values")
    w = np.ones_like(x) if weights is None else vector(weights, "weights", x.size)
    known = ~np.isnan(x + w) & (np.nan_to_num(w) > 0.0)
    x, w = x[known], w[known]
    if x.size == 0 or not np.sum(w * x) > 0.0:
        raise BadInputError(tr("没有可用的正数值。", "There is no unit with a usable value, or all values are zero."))
    return x, w / w.sum(), known


def _grouped_sample(
    values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None
) -> tuple[FloatArray, FloatArray, NDArray[Any], IntArray]:
    x, w, known = _known(values, weights)
    label = group_labels(groups)
    group_index(label, known.size)
    labels, index = group_index(label[known], x.size)
    return x, w, labels, index


def _xlogx(ratio: FloatArray) -> FloatArray:
    return np.asarray(ratio * np.log(np.where(ratio > 0.0, ratio, 1.0)))


def _theil(x: FloatArray, w: FloatArray) -> float:
    return float(np.sum(w * _xlogx(x / np.sum(w * x))))
