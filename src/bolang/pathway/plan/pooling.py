"""Several estimates of one effect put together: how much they differ beyond chance, and what to expect in the next place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

LEVEL = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class PooledEffect:
    """A random-effects summary.

    Attributes
    ----------
    mean, error : float
        Mean of the true effects over places, and its standard error.
    between : float
        Standard deviation of the true effects between places.
    q : float
        Cochran's Q: squared deviations from the fixed-effect mean, each over its variance.
    low, high : float
        95 % of the true effects of a new place lie here.
    void : float
        Chance that the true effect in a new place is zero or less.
    shrunk : array (K,)
        Each place's effect drawn towards the mean by how uncertain it is (empirical Bayes).
    """

    mean: float
    error: float
    between: float
    q: float
    low: float
    high: float
    void: float
    shrunk: NDArray[np.float64]


def pool(estimates: Sequence[float], errors: Sequence[float]) -> PooledEffect:
    """Pool estimates by DerSimonian and Laird.

    Parameters
    ----------
    estimates, errors : sequence of float
        One a place: the estimate and its standard error.

    Notes
    -----
    With ``w = 1 / s^2`` and ``m`` the mean weighted by it, ``Q = sum w (y - m)^2`` and the variance between places is
    ``tau2 = max(0, (Q - (k - 1)) / (sum w - sum w^2 / sum w))`` (DerSimonian and Laird 1986, Controlled Clinical Trials 7,
    eq. 8). The mean is weighted by ``1 / (s^2 + tau2)``. A new place has the mean, with variance ``tau2 + error^2`` and
    Student's t of ``k - 2`` degrees (Higgins, Thompson and Spiegelhalter 2009, Journal of the Royal Statistical Society A 172).

    Raises
    ------
    BadInputError
        If there are fewer than three estimates, or an error is not positive.

    Examples
    --------
    >>> round(pool([0.0, 1.0, 2.0], [0.5, 0.5, 0.5]).mean, 12)
    1.0
    """
    from scipy.special import stdtr, stdtrit

    y, s = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float)
    if (
        y.ndim != 1
        or y.shape != s.shape
        or len(y) < 3
        or not (np.isfinite(y).all() and np.isfinite(s).all() and (s > 0).all())
    ):
        raise BadInputError(
            tr(
                "合并估计需要至少三个有限的估计值，标准误都大于零。",
                "Pooling takes at least three finite estimates, each with an error above zero.",
            )
        )
    weight = 1.0 / s**2
    fixed = float(weight @ y / weight.sum())
    q = float(weight @ (y - fixed) ** 2)
    spare = float(weight.sum() - (weight**2).sum() / weight.sum())
    tau2 = max(0.0, (q - (len(y) - 1)) / spare)
    random = 1.0 / (s**2 + tau2)
    mean, error = float(random @ y / random.sum()), float(random.sum() ** -0.5)
    spread, freedom = float(np.sqrt(tau2 + error**2)), len(y) - 2
    reach = float(stdtrit(freedom, 0.5 + LEVEL / 2)) * spread
    shrunk = np.asarray((tau2 * y + s**2 * mean) / (s**2 + tau2))
    void = float(stdtr(freedom, -mean / spread))
    return PooledEffect(mean, error, float(np.sqrt(tau2)), q, mean - reach, mean + reach, void, shrunk)
