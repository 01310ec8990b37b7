"""Input coefficients of counties from the national table by location quotients."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of, real
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, complete_rows, divide, table, unknown_choice, vector
from bolang.measures.specialization import location_quotient

QuotientMethod = Literal["slq", "cilq", "flq", "aflq"]


@door(method=one_of(("slq", "cilq", "flq", "aflq")), delta=real())
def regional_coefficients(
    national: ArrayLike,
    employment: ArrayLike,
    reference: ArrayLike | None = None,
    *,
    method: QuotientMethod = "flq",
    delta: float | None = None,
) -> FloatArray:
    """Scale national input coefficients down to what places can supply themselves.

    ``r_ij = min(q_ij, 1) a_ij``, where q is the location quotient of the supplier (``slq``), its ratio to the buyer's
    (``cilq``; the supplier's own quotient on the diagonal), ``lambda * cilq`` with
    ``lambda = log2(1 + E_r / E)^delta`` (``flq``), or that times ``log2(1 + LQ_j)`` for buyers with a quotient above 1
    (``aflq``, where the national coefficient may be exceeded). SLQ and CILQ ignore that places trade the same product
    both ways, and overstate local multipliers; FLQ corrects for size but its delta has never been estimated for
    Chinese counties, so show a range.

    Parameters
    ----------
    national : array_like, shape (k, k)
        National technical coefficients (domestic flows).
    employment : array_like, shape (n, k)
        Employment or output of n places; a place with NaN gives NaN.
    reference : array_like, shape (k,), optional
        National employment; by default the sum of the complete rows.
    method : {'slq', 'cilq', 'flq', 'aflq'}
        See above.
    delta : float, optional
        FLQ exponent in [0, 1); by default the cited parameter `flq_delta`.

    Returns
    -------
    ndarray, shape (n, k, k)

    Raises
    ------
    BadInputError
        If the shapes do not fit or delta lies outside [0, 1).

    References
    ----------
    Flegg, A. T. and Webber, C. D. (1997), Regional Studies 31(8), 795-805, and (2000), 34(6), 563-569.
    """
    a, e = table(national, "national"), table(employment, "employment")
    k = e.shape[1]
    if a.shape != (k, k) or np.isnan(a).any():
        raise BadInputError(
            tr(f"全国系数应为完整的 {k}×{k} 矩阵。", f"National coefficients should be a complete {k} x {k} matrix.")
        )
    quotient = location_quotient(e, reference)
    scale = np.ones(len(e))
    if method == "slq":
        ratio = np.broadcast_to(quotient[:, :, None], (len(e), k, k))
    elif method in ("cilq", "flq", "aflq"):
        ratio = _cross_quotient(quotient)
        if method != "cilq":
            scale = _size_factor(e, reference, delta)
    else:
        raise unknown_choice("method", method, ("slq", "cilq", "flq", "aflq"))
    share = np.minimum(scale[:, None, None] * ratio, 1.0)
    if method == "aflq":
        share = share * np.where(quotient > 1.0, np.log2(1.0 + quotient), 1.0)[:, None, :]
    empty = np.isnan(e).any(axis=1) | (np.nansum(e, axis=1) == 0.0)
    share = np.where(empty[:, None, None], np.nan, np.nan_to_num(share))
    return np.asarray(share * a)


def _cross_quotient(quotient: FloatArray) -> FloatArray:
    """Supplier's over buyer's quotient; without a buyer nothing is bought, so any ratio serves: zero."""
    ratio = np.nan_to_num(divide(np.repeat(quotient[:, :, None], quotient.shape[1], axis=2), quotient[:, None, :]))
    diagonal = np.arange(quotient.shape[1])
    ratio[:, diagonal, diagonal] = quotient
    return ratio


def _size_factor(e: FloatArray, reference: ArrayLike | None, delta: float | None) -> FloatArray:
    exponent = load_parameters("bolang.measures").number("flq_delta") if delta is None else delta
    if not 0.0 <= exponent < 1.0:
        raise BadInputError(tr(f"δ 应在 [0, 1) 内,实为 {exponent}。", f"delta should lie in [0, 1), it is {exponent}."))
    if reference is None:
        nation = float(e[complete_rows(e)].sum())
    else:
        nation = float(vector(reference, "reference", e.shape[1], complete=True).sum())
    return np.asarray(np.log2(1.0 + e.sum(axis=1) / nation) ** exponent)
