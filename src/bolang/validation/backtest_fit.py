"""How well a prediction fits: measures in logs, regressions within groups, and prediction of groups left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of predicted to observed positive values.

    Attributes
    ----------
    count : int
    correlation : float
        Of logs.
    within : float
        Of logs, each less the mean of its group: what is known beyond the groups' totals.
    rank : float
        Spearman's rank correlation.
    median_error, median_bias : float
        Median of ``|log(predicted / observed)|``, and of the logarithm itself.
    within_two, within_three : float
        Share of predictions within a factor of two, and of three, of what was observed.
    r2 : float
        ``1 - sum (log p - log o)^2 / sum (log o - mean)^2``; negative if a constant would have done better.
    """

    count: int
    correlation: float
    within: float
    rank: float
    median_error: float
    median_bias: float
    within_two: float
    within_three: float
    r2: float


def fit_in_logs(predicted: Array, observed: Array, group: IntArray) -> Fit:
    """Compare positive predictions with positive observations.

    Parameters
    ----------
    predicted, observed : array (N,)
    group : int array (N,)

    Raises
    ------
    BadInputError
        If there are fewer than three values, or one that is not positive.
    """
    if len(observed) < 3 or not (np.all(predicted > 0) and np.all(observed > 0)):
        raise BadInputError("A fit in logs needs at least three positive pairs.")
    p, o = np.log(predicted), np.log(observed)
    error = p - o
    return Fit(
        count=len(o),
        correlation=_correlation(p, o),
        within=_correlation(demeaned(p, group), demeaned(o, group)),
        rank=_correlation(stats.rankdata(p), stats.rankdata(o)),
        median_error=float(np.median(np.abs(error))),
        median_bias=float(np.median(error)),
        within_two=float(np.mean(np.abs(error) <= np.log(2))),
        within_three=float(np.mean(np.abs(error) <= np.log(3))),
        r2=float(1 - (error**2).sum() / ((o - o.mean()) ** 2).sum()),
    )


def _correlation(a: Array, b: Array) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else float("nan")


def demeaned(values: Array, group: IntArray) -> Array:
    """Values less the mean of their group; columns apart."""
    count = np.bincount(group)
    table = values.reshape(len(values), -1)
    means = np.stack([np.bincount(group, column) for column in table.T], axis=1) / np.maximum(count, 1)[:, None]
    result: Array = (table - means[group]).reshape(values.shape)
    return result


def correlation_gap(
    one: Array, other: Array, observed: Array, group: IntArray, *, draws: int = 1000, seed: int = 0
) -> tuple[float, float, float]:
    """Difference of two predictions' correlation with the observations within groups, with its 95 % interval.

    Pairs are drawn again with replacement (bootstrap), the same for both predictions.
    """
    logs = demeaned(np.log(np.column_stack([one, other, observed])), group)
    rng = np.random.default_rng(seed)
    gaps = np.empty(draws)
    for b in range(draws):
        x = logs[rng.integers(0, len(logs), len(logs))]
        gaps[b] = _correlation(x[:, 0], x[:, 2]) - _correlation(x[:, 1], x[:, 2])
    centre = _correlation(logs[:, 0], logs[:, 2]) - _correlation(logs[:, 1], logs[:, 2])
    low, high = np.quantile(gaps, [0.025, 0.975])
    return centre, float(low), float(high)


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Least squares within groups, errors clustered by group.

    Attributes
    ----------
    slope, low, high : array (K,)
        Coefficients and their 95 % intervals (Student's t with one degree of freedom less than there are groups).
    r2 : float
        Share of the variance within groups that is explained.
    count : int
    """

    slope: Array
    low: Array
    high: Array
    r2: float
    count: int


def regress_within(outcome: Array, regressors: Array, group: IntArray) -> Regression:
    """Regress an outcome (N,) on regressors (N, K) after taking out the means of groups.

    Raises
    ------
    BadInputError
        If the regressors are collinear within groups, or there are fewer than two groups.
    """
    y, x = demeaned(outcome, group), demeaned(regressors, group)
    if np.linalg.matrix_rank(x) < x.shape[1] or len(np.unique(group)) < 2:
        raise BadInputError("Regressors that do not vary by themselves within groups have no slope.")
    inverse = np.linalg.inv(x.T @ x)
    slope = inverse @ (x.T @ y)
    left = y - x @ slope
    scores = np.stack([np.bincount(group, column * left) for column in x.T], axis=1)
    groups = len(np.unique(group))
    spread = np.sqrt(np.diag(inverse @ (scores.T @ scores) @ inverse) * groups / (groups - 1))
    reach = stats.t.ppf(0.975, groups - 1) * spread
    return Regression(slope, slope - reach, slope + reach, float(1 - (left @ left) / (y @ y)), len(y))


def predicted_out_of_group(outcome: Array, regressors: Array, group: IntArray) -> float:
    """Share of the variance within a group that the other groups' regression predicts, over all groups.

    Each group is left out in turn; negative where its own mean would have done better.
    """
    y, x = demeaned(outcome, group), demeaned(regressors, group)
    missed = 0.0
    for g in np.unique(group):
        out: NDArray[np.bool_] = group == g
        slope = np.linalg.lstsq(x[~out], y[~out], rcond=None)[0]
        missed += float(((y[out] - x[out] @ slope) ** 2).sum())
    return 1 - missed / float(y @ y)
