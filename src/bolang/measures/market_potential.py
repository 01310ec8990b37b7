"""Market potential and accessibility, given distances or costs."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of, real
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import FloatArray, as_numbers, unknown_choice, vector

Decay = Literal["power", "exponential"]


def own_distance(area: ArrayLike) -> FloatArray:
    """Mean distance to the centre of a disc of the same area: ``(2/3) sqrt(area / pi)``.

    Parameters
    ----------
    area : array_like, shape (n,)
        Square kilometres.

    Returns
    -------
    ndarray, shape (n,)
        Kilometres.

    References
    ----------
    Head, K. and Mayer, T. (2000), Review of World Economics 136(2), 284-314.
    """
    return np.asarray(2.0 / 3.0 * np.sqrt(vector(area, "area") / np.pi))


def harris_market_potential(mass: ArrayLike, distance: ArrayLike, own: ArrayLike) -> FloatArray:
    """Harris market potential: ``sum_j mass_j / d_ij``, the place itself at its own distance.

    Parameters
    ----------
    mass : array_like, shape (n,)
        Size of every market, such as GDP; NaN counts as no market, so fill gaps knowingly.
    distance : array_like, shape (n, n)
        Distances between different places, positive, infinite where there is no way; the diagonal is not read.
    own : array_like, shape (n,)
        Distance of every place to itself, from `own_distance`.

    Returns
    -------
    ndarray, shape (n,)
        Unit of mass a unit of distance.

    References
    ----------
    Harris, C. D. (1954), Annals of the Association of American Geographers 44(4), 315-348.
    """
    size = vector(mass, "mass")
    d = _costs(distance, size.size)
    np.fill_diagonal(d, vector(own, "own", size.size, complete=True))
    return hansen_accessibility(size, d, parameter=1.0, decay="power")


@door(parameter=real(0.0), decay=one_of(("exponential", "power")))
def hansen_accessibility(
    opportunities: ArrayLike, cost: ArrayLike, *, parameter: float, decay: Decay = "exponential"
) -> FloatArray:
    """Hansen accessibility: ``sum_j O_j f(c_ij)`` with ``f = exp(-b c)`` or ``c^-b``.

    Parameters
    ----------
    opportunities : array_like, shape (m,)
        Opportunities at the destinations, such as employment; NaN counts as none.
    cost : array_like, shape (n, m)
        Time or generalised cost, infinite where there is no way. A power decay needs positive costs.
    parameter : float
        b, positive, in the inverse unit of the cost (exponential) or a pure number (power).
    decay : {'exponential', 'power'}
        See above.

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    BadInputError
        If costs are negative, missing, or zero under a power decay.

    References
    ----------
    Hansen, W. G. (1959), J. of the American Institute of Planners 25(2), 73-76.
    """
    size = np.nan_to_num(vector(opportunities, "opportunities"))
    c = _costs(cost, None)
    if c.shape[1] != size.size or not parameter > 0.0:
        raise BadInputError(
            tr(
                f"成本矩阵应有 {size.size} 列,衰减参数应为正。",
                f"The costs should have {size.size} columns and the decay parameter be positive.",
            )
        )
    if decay == "exponential":
        return np.asarray(np.exp(-float(parameter) * c) @ size)
    if decay != "power":
        raise unknown_choice("decay", decay, ("exponential", "power"))
    if (c == 0.0).any():
        raise BadInputError(
            tr("幂函数衰减不能用零成本。", "A power decay needs positive costs."),
            tr("请把自身成本设为 own_distance。", "Give every place its own_distance to itself."),
        )
    return np.asarray(c**-parameter @ size)


def _costs(cost: ArrayLike, size: int | None) -> FloatArray:
    c = as_numbers(cost, "cost").copy()
    if c.ndim != 2 or (size is not None and c.shape != (size, size)) or np.isnan(c).any() or (c < 0.0).any():
        raise BadInputError(
            tr(
                "距离或成本应为不含缺失值与负数的矩阵。",
                "Distances or costs should be a matrix without missing or negative values.",
            ),
            tr("无路可达处请用 inf。", "Use inf where there is no way."),
        )
    return c
