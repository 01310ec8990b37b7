"""Value added by county and industry from census employment, county GDP and the national table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BadInputError, ConvergenceError

BROAD: tuple[tuple[int, ...], ...] = ((0,), (1, 2, 3, 4), tuple(range(5, 19)))
"""Industries of the primary, secondary and tertiary sector, as positions in A..S."""


@dataclass(frozen=True, slots=True, eq=False)
class ValueAdded:
    """Value added that agrees with the counties' published sectors and with the national table.

    Attributes
    ----------
    value : array (N, S)
        In the unit of the national table.
    estimated : bool array (N,)
        True where the county's GDP is an estimate.
    adjustment : array (3,)
        National total of each broad sector over the sum of the counties' figures before scaling.
    residual : float
        Largest relative miss of a margin after scaling.
    """

    value: Array
    estimated: NDArray[np.bool_]
    adjustment: Array
    residual: float


def by_industry(
    employment: Array, national: Array, published: Array, *, tolerance: float = 1e-10, iterations: int = 2000
) -> ValueAdded:
    """Spread national value added over counties and industries.

    Start from employment times national value added per worker, scale to each county's three published sectors where
    they exist, and alternate with the national industry totals until both margins hold (iterative proportional
    fitting). Published sectors first take a common factor that makes the country add up.

    Parameters
    ----------
    employment : array (N, S)
        Workers.
    national : array (S,)
        National value added by industry.
    published : array (N, 3)
        Value added of the primary, secondary and tertiary sector; NaN where there is none.

    Raises
    ------
    BadInputError
        If a county with published output of a sector has no worker in any of its industries.
    """
    if (employment < 0).any() or not np.isfinite(employment).all():
        raise BadInputError("Employment must be finite and not negative.")
    value = employment * (national / employment.sum(axis=0))
    targets, known, adjustment = _targets(value, national, published)
    for _ in range(iterations):
        value *= national / value.sum(axis=0)
        factor = np.ones_like(targets)
        for b, members in enumerate(BROAD):
            have = value[:, members].sum(axis=1)
            rows = known[:, b]
            if (have[rows & (targets[:, b] > 0)] <= 0).any():
                raise BadInputError("A county has published output in a sector without any worker.")
            factor[rows, b] = np.where(have[rows] > 0, targets[rows, b] / np.where(have[rows] > 0, have[rows], 1), 1)
            value[:, members] *= factor[:, b, None]
        residual = float(np.abs(value.sum(axis=0) / national - 1).max())
        if residual < tolerance:
            return ValueAdded(value, np.asarray(~known.all(axis=1)), adjustment, residual)
    raise ConvergenceError(f"Value added does not settle: industry totals miss by {residual:.2g}.")


def _targets(value: Array, national: Array, published: Array) -> tuple[Array, NDArray[np.bool_], Array]:
    """Scale published sectors so that, with the employment-based guess elsewhere, each broad sector sums to the nation."""
    known = np.isfinite(published)
    targets = np.where(known, published, 0.0)
    adjustment = np.ones(len(BROAD))
    for b, members in enumerate(BROAD):
        total = national[list(members)].sum()
        guess = value[:, members].sum(axis=1)[~known[:, b]].sum()
        found = targets[:, b].sum()
        adjustment[b] = (total - guess) / found
        if adjustment[b] <= 0:
            raise BadInputError("Counties without published figures would take more than the national total.")
        targets[:, b] *= adjustment[b]
    return targets, known, adjustment
