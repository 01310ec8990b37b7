"""Shift-share: how much of a place's growth the nation, its industries and the place itself account for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import (
    BoolArray,
    FloatArray,
    complete_rows,
    divide,
    same_shape,
    table,
    unknown_choice,
    vector,
)

ShiftShareMethod = Literal["dunn", "esteban-marquillas"]


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """Parts of the change of every place and industry; the four parts add up to the change.

    Attributes
    ----------
    national, mix, competitive, allocation : ndarray, shape (n, k)
        National share, industrial mix, competitive (regional) shift, and the allocation effect, in the unit of the
        input. `allocation` is zero in Dunn's form. A row with NaN in either year is NaN.
    undefined : ndarray of bool, shape (n, k)
        Cells that start from zero: their growth rate does not exist, and Esteban-Marquillas' form books the whole
        change as allocation.
    """

    national: FloatArray
    mix: FloatArray
    competitive: FloatArray
    allocation: FloatArray
    undefined: BoolArray

    @property
    def change(self) -> FloatArray:
        """Change of every place and industry, shape (n, k)."""
        return self.national + self.mix + self.competitive + self.allocation

    def totals(self) -> FloatArray:
        """Return national share, mix, competitive shift and allocation of every place, shape (n, 4)."""
        parts = (self.national, self.mix, self.competitive, self.allocation)
        return np.column_stack([part.sum(axis=1) for part in parts])


@door(method=one_of(("dunn", "esteban-marquillas")))
def shift_share(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
    *,
    method: ShiftShareMethod = "dunn",
) -> ShiftShare:
    """Decompose the change of employment of every place and industry.

    Dunn: ``NS = e g``, ``IM = e (g_i - g)``, ``RS = e (g_ij - g_i)``.
    Esteban-Marquillas splits RS with the homothetic employment ``h_ij = e_j E_i / E``, the employment that the place
    would have with the nation's structure: ``RS' = h (g_ij - g_i)`` and allocation ``(e - h)(g_ij - g_i)``.

    Parameters
    ----------
    start, end : array_like, shape (n, k)
        Employment of n places in k industries in the first and the last year.
    reference_start, reference_end : array_like, shape (k,), optional
        The reference economy; by default the sum over the places that are complete in both years.
    method : {'dunn', 'esteban-marquillas'}
        See above.

    Returns
    -------
    ShiftShare

    Raises
    ------
    BadInputError
        If the shapes differ, or the reference has an industry without employment in the first year while some place has
        some.

    References
    ----------
    Dunn, E. S. (1960), Papers in Regional Science 6, 97-112. Esteban-Marquillas, J. M. (1972), Regional and Urban
    Economics 2(3), 249-261.
    """
    first, last = table(start, "start"), table(end, "end")
    same_shape(first, last, "start, end")
    base, final = _references(first, last, reference_start, reference_end)
    growth = final.sum() / base.sum() - 1.0
    by_industry = np.where(base > 0.0, divide(final, base) - 1.0, growth)
    national = first * growth
    mix = first * (by_industry - growth)
    shift = last - first * (1.0 + by_industry)
    undefined = first == 0.0
    if method == "dunn":
        allocation = np.zeros_like(shift)
    elif method == "esteban-marquillas":
        homothetic = first.sum(axis=1, keepdims=True) * base / base.sum()
        rate = np.where(undefined, 0.0, divide(shift, first))
        allocation = shift - homothetic * rate
        shift -= allocation
    else:
        raise unknown_choice("method", method, ("dunn", "esteban-marquillas"))
    incomplete = ~(complete_rows(first) & complete_rows(last))
    for part in (national, mix, shift, allocation):
        part[incomplete] = np.nan
    return ShiftShare(national, mix, shift, allocation, undefined)


def _references(
    first: FloatArray, last: FloatArray, reference_start: ArrayLike | None, reference_end: ArrayLike | None
) -> tuple[FloatArray, FloatArray]:
    if (reference_start is None) != (reference_end is None):
        raise BadInputError(
            tr("参照经济体应两年都给或都不给。", "Give the reference economy for both years or for neither.")
        )
    complete = complete_rows(first + last)
    k = first.shape[1]
    base = first[complete].sum(axis=0) if reference_start is None else reference_start
    final = last[complete].sum(axis=0) if reference_end is None else reference_end
    base, final = vector(base, "reference_start", k, complete=True), vector(final, "reference_end", k, complete=True)
    unmatched = (base == 0.0) & (np.nansum(first, axis=0) > 0.0)
    if unmatched.any() or not base.sum() > 0.0:
        raise BadInputError(
            tr(
                "参照经济体在起始年有行业没有就业。",
                "An industry of the reference economy has no employment in the first year.",
            ),
            tr("请去掉该行业或换参照。", "Leave the industry out or choose another reference."),
        )
    return base, final
