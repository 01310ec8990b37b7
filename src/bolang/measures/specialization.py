"""Location quotients and what the census sample can tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of, real
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import tr
from bolang.measures._arrays import (
    BoolArray,
    FloatArray,
    complete_rows,
    divide,
    level_quantile,
    table,
    unknown_choice,
    vector,
)

IntervalMethod = Literal["wilson", "log"]


@dataclass(frozen=True, slots=True)
class QuotientInterval:
    """Location quotients with the interval that sampling leaves open.

    Attributes
    ----------
    quotient, low, high : ndarray, shape (n, k)
        Estimate and limits; NaN where a unit has no employment.
    cv : ndarray, shape (n, k)
        Coefficient of variation of the quotient; infinite where nobody was sampled in the industry.
    level : float
        Confidence level of each interval by itself.
    method : {'wilson', 'log'}
        How the interval was formed.
    """

    quotient: FloatArray
    low: FloatArray
    high: FloatArray
    cv: FloatArray
    level: float
    method: IntervalMethod

    def above(self, threshold: float) -> BoolArray:
        """Return where the whole interval lies above a threshold."""
        return np.asarray(self.low > threshold)

    def below(self, threshold: float) -> BoolArray:
        """Return where the whole interval lies below a threshold."""
        return np.asarray(self.high < threshold)

    def precise(self, limit: float | None = None) -> BoolArray:
        """Return where the coefficient of variation allows a ranking (by default the cited `usable_cv`)."""
        bound = load_parameters("bolang.measures").number("usable_cv") if limit is None else limit
        return np.asarray(self.cv <= bound)


def location_quotient(employment: ArrayLike, reference: ArrayLike | None = None) -> FloatArray:
    """Share of an industry in a place over its share in the reference economy.

    ``LQ_ij = (e_ij / e_j) / (E_i / E)``. Balassa's index of revealed comparative advantage is the same ratio.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Employment (or output, exports) of n places in k industries, any unit. A row with NaN gives NaN.
    reference : array_like, shape (k,), optional
        The reference economy by industry; by default the sum of the complete rows.

    Returns
    -------
    ndarray, shape (n, k)
        Pure numbers; NaN where a place or an industry is empty.

    Raises
    ------
    BadInputError
        If the table is not two-dimensional or holds negative values.

    References
    ----------
    Florence, P. S. (1939), Report on the Location of Industry. Balassa, B. (1965), The Manchester School 33(2), 99-123.
    """
    e = table(employment, "employment")
    per_place = divide(np.ones(len(e)), e.sum(axis=1))
    per_industry = divide(np.ones(e.shape[1]), _reference_shares(e, reference))
    quotient = e * per_place[:, None]
    quotient *= per_industry
    return quotient


@door(level=real(0.0, 1.0), method=one_of(("wilson", "log")), sampling_fraction=real(0.0, 1.0), design_effect=real(0.0))
def location_quotient_interval(
    employment: ArrayLike,
    reference: ArrayLike | None = None,
    *,
    level: float = 0.95,
    method: IntervalMethod = "wilson",
    sampling_fraction: float | None = None,
    design_effect: float | None = None,
) -> QuotientInterval:
    """Location quotients of sample counts, each with a confidence interval.

    The sample of ``n`` persons counts as ``n / (deff (1 - f))`` independent ones: `deff` because whole households are
    drawn, ``1 - f`` because the sample is a sizeable part of a finite population.

    ``wilson`` puts Wilson's score interval on the share of the industry in the place and divides it by the share in the
    reference, whose own error is negligible for a nation. It holds for small and for zero counts. ``log`` is the delta
    method on the logarithm (Katz's interval for a ratio of proportions) with the overlap of place and reference taken
    into account: use it where the reference is small (a prefecture). It is undefined at zero counts.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Persons in the sample, not expanded to the population.
    reference : array_like, shape (k,), optional
        Reference economy in sample persons, the place included; by default the sum of the complete rows.
    level : float
        Confidence level of each interval.
    method : {'wilson', 'log'}
        See above.
    sampling_fraction, design_effect : float, optional
        Default to the cited parameters `long_form_fraction` and `long_form_design_effect`.

    Returns
    -------
    QuotientInterval

    Raises
    ------
    BadInputError
        If an argument lies outside its range.

    References
    ----------
    Wilson, E. B. (1927), JASA 22, 209-212. Katz, D. et al. (1978), Biometrics 34(3), 469-474. Kish, L. (1965), Survey
    Sampling, chapter 5.
    """
    e = table(employment, "employment")
    z = level_quantile(level)
    information = _information_per_person(sampling_fraction, design_effect)
    share, persons = _shares(e), e.sum(axis=1, keepdims=True)
    base = np.broadcast_to(_reference_shares(e, reference), e.shape)
    quotient = divide(share, base)
    if method == "wilson":
        low, high = _wilson(share, persons * information, z)
        low, high = divide(low, base), divide(high, base)
        relative = _relative(_standard_error(share, persons * information), share)
    elif method == "log":
        total = float(_reference_total(e, reference).sum())
        relative = np.sqrt(_log_variance(share, base, persons, total, information))
        factor = np.exp(z * np.where(np.isinf(relative), np.nan, relative))
        low, high = quotient / factor, quotient * factor
    else:
        raise unknown_choice("method", method, ("wilson", "log"))
    return QuotientInterval(quotient, low, high, relative, level, method)


def _shares(e: FloatArray) -> FloatArray:
    return divide(e, e.sum(axis=1, keepdims=True))


def _reference_total(e: FloatArray, reference: ArrayLike | None) -> FloatArray:
    if reference is None:
        total = e.sum(axis=0)
        return np.asarray(e[complete_rows(e)].sum(axis=0) if np.isnan(total).any() else total)
    return vector(reference, "reference", e.shape[1], complete=True)


def _reference_shares(e: FloatArray, reference: ArrayLike | None) -> FloatArray:
    total = _reference_total(e, reference)
    if not total.sum() > 0.0:
        raise BadInputError(tr("参照经济体没有就业。", "The reference economy has no employment."))
    return np.asarray(total / total.sum())


def _information_per_person(sampling_fraction: float | None, design_effect: float | None) -> float:
    cited = load_parameters("bolang.measures")
    fraction = cited.number("long_form_fraction") if sampling_fraction is None else sampling_fraction
    effect = cited.number("long_form_design_effect") if design_effect is None else design_effect
    if not 0.0 <= fraction < 1.0 or not effect > 0.0:
        raise BadInputError(
            tr(
                f"抽样比应在 [0, 1) 内、设计效应应为正,实为 {fraction} 与 {effect}。",
                f"The sampling fraction should lie in [0, 1) and the design effect be positive, "
                f"they are {fraction} and {effect}.",
            )
        )
    return 1.0 / (effect * (1.0 - fraction))


def _wilson(share: FloatArray, size: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = 1.0 + z * z / size
        centre = (share + z * z / (2.0 * size)) / shrink
        half = z / shrink * np.sqrt(share * (1.0 - share) / size + z * z / (4.0 * size * size))
    low, high = np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)
    # Exact where rounding would leave 1e-18.
    return np.where(share == 0.0, 0.0, low), np.where(share == 1.0, 1.0, high)


def _standard_error(share: FloatArray, size: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(divide(share * (1.0 - share), np.broadcast_to(size, share.shape))))


def _relative(error: FloatArray, share: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(share > 0.0, error / share, np.where(np.isnan(share), np.nan, np.inf)))


def _log_variance(
    share: FloatArray, base: FloatArray, persons: FloatArray, total: float, information: float
) -> FloatArray:
    """Variance of ``log(p / P)`` with ``P = w p + (1 - w) q``: the place is a part w of its own reference."""
    rest_persons = total - persons
    if (rest_persons < 0.0).any():
        raise BadInputError(
            tr("参照经济体应包含每个单元。", "The reference economy should contain every place."),
            tr(
                "请改用 wilson 法,或给出更大的参照。",
                "Use method='wilson', or give a reference that contains the places.",
            ),
        )
    weight = persons / total
    rest_share = np.clip(divide(base - weight * share, np.broadcast_to(1.0 - weight, base.shape)), 0.0, 1.0)
    rest_error = _standard_error(rest_share, rest_persons * information)
    own = _relative(_standard_error(share, persons * information), share) * np.abs(1.0 - weight * divide(share, base))
    other = (1.0 - weight) * divide(rest_error, base)
    return np.asarray(own**2 + np.where(np.isnan(other), 0.0, other) ** 2)
