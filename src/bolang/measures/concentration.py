"""How concentrated a structure is: places among industries, industries among places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, yes_or_no
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, as_numbers, complete_rows, divide, same_shape, table, vector


@dataclass(frozen=True, slots=True)
class EllisonGlaeser:
    """Concentration of industries beyond what large plants and general agglomeration explain.

    Attributes
    ----------
    gamma : ndarray, shape (k,)
        Index; 0 for plants thrown at random on the map of all employment. Ellison and Glaeser read above 0.05 as high
        and below 0.02 as low concentration.
    raw : ndarray, shape (k,)
        Raw geographic concentration G.
    plant_herfindahl : ndarray, shape (k,)
        Herfindahl of plant sizes that was used.
    """

    gamma: FloatArray
    raw: FloatArray
    plant_herfindahl: FloatArray


@dataclass(frozen=True, slots=True)
class PlantHerfindahl:
    """Herfindahl of plant sizes from size bands, with the range that the bands leave open.

    Attributes
    ----------
    estimate : float
        All plants of a band at the band's mean size. This is also the lowest possible value.
    upper : float
        Highest value that the limits of the bands allow; NaN where the top band is open.
    """

    estimate: float
    upper: float


@door(normalized=yes_or_no)
def herfindahl(values: ArrayLike, *, normalized: bool = False) -> FloatArray:
    """Herfindahl-Hirschman index of every row: the sum of squared shares.

    Parameters
    ----------
    values : array_like, shape (n, k)
        Sizes of k parts (industries, firms) of n wholes.
    normalized : bool
        Rescale from [1/k, 1] to [0, 1].

    Returns
    -------
    ndarray, shape (n,)
        NaN for an empty row or a row with NaN.

    References
    ----------
    Hirschman, A. O. (1964), American Economic Review 54(5), 761-762.
    """
    x = table(values, "values")
    index = np.sum(_row_shares(x) ** 2, axis=1)
    if not normalized:
        return np.asarray(index)
    parts = x.shape[1]
    if parts < 2:
        raise BadInputError(tr("标准化至少需要两个部分。", "Normalising needs at least two parts."))
    return np.asarray((index - 1.0 / parts) / (1.0 - 1.0 / parts))


def krugman_index(employment: ArrayLike, reference: ArrayLike | None = None) -> FloatArray:
    """Krugman specialisation of every place: ``sum_i |s_ij - s_i|``, from 0 (same structure) to 2 (nothing in common).

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Places by industries.
    reference : array_like, shape (k,) or (n, k), optional
        Structure to compare with; by default the sum of all *other* places, so that a large place is not compared with
        itself.

    Returns
    -------
    ndarray, shape (n,)

    References
    ----------
    Krugman, P. (1991), Geography and Trade.
    """
    e = table(employment, "employment")
    if reference is None:
        other = np.nansum(e, axis=0) - e
    else:
        given = as_numbers(reference, "reference")
        if given.shape not in (e.shape, e.shape[1:]):
            raise BadInputError(
                tr(
                    f"reference 的形状应为 {e.shape[1:]} 或 {e.shape},实为 {given.shape}。",
                    f"reference should have the shape {e.shape[1:]} or {e.shape}, it has {given.shape}.",
                )
            )
        other = np.broadcast_to(given, e.shape)
        table(other, "reference")
    return np.asarray(np.abs(_row_shares(e) - _row_shares(other)).sum(axis=1))


def hoover_index(values: ArrayLike, base: ArrayLike) -> float:
    """Hoover index: half the sum of ``|share of values - share of base|`` over the places; 0 to 1.

    Parameters
    ----------
    values, base : array_like, shape (n,)
        Such as GDP and population of n places; places with NaN in either are left out.

    References
    ----------
    Hoover, E. M. (1936), Review of Economics and Statistics 18(4), 162-171.
    """
    x, b = vector(values, "values"), vector(base, "base")
    same_shape(x, b, "values, base")
    known = ~np.isnan(x + b)
    x, b = x[known], b[known]
    if not (x.sum() > 0.0 and b.sum() > 0.0):
        raise BadInputError(tr("数值或基数合计为零。", "The values or the base add up to zero."))
    return float(np.abs(x / x.sum() - b / b.sum()).sum() / 2.0)


@door(weighted=yes_or_no)
def locational_gini(employment: ArrayLike, *, weighted: bool = True) -> FloatArray:
    """Gini coefficient of every industry's location quotients over the places.

    Weighted by the places' employment it is the area between the diagonal and the curve of the industry's cumulated
    share over that of all employment (Hoover's localisation curve). Unweighted, every place counts the same whatever
    its size, as in Krugman (1991): small places then drive the result.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Places by industries; rows with NaN are left out.
    weighted : bool
        See above.

    Returns
    -------
    ndarray, shape (k,)
        Between 0 and 1; NaN for an empty industry.

    References
    ----------
    Krugman, P. (1991), Geography and Trade. Kim, S. (1995), Quarterly J. of Economics 110(4), 881-908.
    """
    e = table(employment, "employment")
    e = e[complete_rows(e) & (e.sum(axis=1) > 0.0)]
    size = e.sum(axis=1)
    weight = size / size.sum() if weighted else np.full(len(size), 1.0 / len(size))
    ratio = np.ascontiguousarray((e / size[:, None]).T)
    order = np.argsort(ratio, axis=1)
    x, w = np.take_along_axis(ratio, order, 1), weight[order]
    mass = w * x
    return divide(2.0 * np.sum(mass * (np.cumsum(w, axis=1) - w / 2.0), axis=1), np.sum(mass, axis=1)) - 1.0


def theil_concentration(employment: ArrayLike) -> FloatArray:
    """Relative entropy of every industry's distribution over places against that of all employment.

    ``T_i = sum_j s_ij ln(s_ij / s_j)``: Theil's index of the location quotients weighted by the places' employment;
    0 where the industry follows all employment. `inequality.theil_decomposition` of ``e_ij / e_j`` with weights
    ``e_j`` splits it into parts within and between provinces.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Places by industries; rows with NaN are left out.

    Returns
    -------
    ndarray, shape (k,)
        NaN for an empty industry.

    References
    ----------
    Bickenbach, F. and Bode, E. (2008), International Regional Science Review 31(4), 359-387.
    """
    e = table(employment, "employment")
    e = e[complete_rows(e) & (e.sum(axis=1) > 0.0)]
    share = divide(e, np.broadcast_to(e.sum(axis=0), e.shape))
    quotient = share / (e.sum(axis=1) / e.sum())[:, None]
    return np.asarray(np.sum(share * np.log(np.where(quotient > 0.0, quotient, 1.0)), axis=0))


def ellison_glaeser(
    employment: ArrayLike, plant_herfindahl: ArrayLike, reference: ArrayLike | None = None
) -> EllisonGlaeser:
    """Ellison-Glaeser index of every industry.

    ``gamma = (G - (1 - X) H) / ((1 - X)(1 - H))`` with ``G = sum_j (s_ij - x_j)^2``, ``X = sum_j x_j^2`` and the
    Herfindahl H of the industry's plant sizes. H must come from plants (`herfindahl` of their employment) or from size
    bands (`plant_herfindahl_from_bands`): say which beside the result. Without either the index is not defined, and
    ``H = 0`` overstates concentration.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Places by industries; rows with NaN are left out.
    plant_herfindahl : array_like, shape (k,)
        Herfindahl of plant sizes, in [0, 1).
    reference : array_like, shape (n,), optional
        Aggregate employment of every place; by default the row sums.

    Returns
    -------
    EllisonGlaeser

    Raises
    ------
    BadInputError
        If a Herfindahl lies outside [0, 1).

    References
    ----------
    Ellison, G. and Glaeser, E. L. (1997), J. of Political Economy 105(5), 889-927.
    """
    e = table(employment, "employment")
    h = vector(plant_herfindahl, "plant_herfindahl", e.shape[1])
    if (h >= 1.0).any():
        raise BadInputError(
            tr("企业规模的赫芬达尔指数应小于 1。", "The Herfindahl of plant sizes should be below 1."),
            tr("只有一家企业的行业没有该指数。", "An industry with a single plant has no such index."),
        )
    aggregate = e.sum(axis=1) if reference is None else vector(reference, "reference", e.shape[0])
    known = complete_rows(e) & ~np.isnan(aggregate)
    x = aggregate[known] / aggregate[known].sum()
    share = divide(e[known], np.broadcast_to(e[known].sum(axis=0), (int(known.sum()), e.shape[1])))
    raw = np.sum((share - x[:, None]) ** 2, axis=0)
    spread = 1.0 - np.sum(x**2)
    return EllisonGlaeser((raw - spread * h) / (spread * (1.0 - h)), raw, h)


def plant_herfindahl_from_bands(
    plants: ArrayLike, employment: ArrayLike, lower: ArrayLike, upper: ArrayLike
) -> PlantHerfindahl:
    """Herfindahl of plant sizes of one industry from a table of size bands.

    Parameters
    ----------
    plants, employment : array_like, shape (b,)
        Number of plants and their employment in every size band.
    lower, upper : array_like, shape (b,)
        Limits of the bands in employees; the upper limit of an open band is NaN.

    Returns
    -------
    PlantHerfindahl

    Raises
    ------
    BadInputError
        If the mean size of a band lies outside its limits.

    References
    ----------
    Ellison, G. and Glaeser, E. L. (1997), appendix; Schmalensee, R. (1977), J. of Industrial Economics 26(2), 186-193.
    """
    count, jobs = vector(plants, "plants", complete=True), vector(employment, "employment", complete=True)
    low, high = vector(lower, "lower", count.size, complete=True), vector(upper, "upper", count.size)
    same_shape(count, jobs, "plants, employment")
    used = count > 0.0
    count, jobs, low, high = count[used], jobs[used], low[used], high[used]
    mean = jobs / count
    if (mean < low).any() or (mean > high).any():
        raise BadInputError(
            tr("某一规模档的平均人数超出该档界限。", "The mean size of some band lies outside the limits of that band.")
        )
    total = jobs.sum() ** 2
    # At given mean the sum of squares is largest when plants sit at the limits of their band.
    widest = np.where(count > 1.0, count * (mean * (low + high) - low * high), jobs**2)
    return PlantHerfindahl(float(np.sum(count * mean**2) / total), float(np.sum(widest) / total))


def _row_shares(x: FloatArray) -> FloatArray:
    return divide(x, x.sum(axis=1, keepdims=True))
