"""What every measure asks of its arrays, checked at the door."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def as_numbers(values: ArrayLike, name: str, least: int = 0) -> FloatArray:
    """Return real numbers as float64; text, dates, objects and complex numbers are none, even where they could be cast.

    Raises
    ------
    BadInputError
        If they are no real numbers, or have fewer than `least` dimensions.
    """
    array: NDArray[Any] | None
    try:
        array = np.asarray(values)
        if array.dtype == np.object_:  # None and whole numbers without end: what casts to a number is one
            array = array.astype(np.float64) if not any(isinstance(v, str | bytes) for v in array.flat) else None
    except (TypeError, ValueError, OverflowError):
        array = None
    if array is None or array.dtype.kind not in "fiub" or array.ndim < least:
        raise BadInputError(
            tr(f"{name} 应为数值数组。", f"{name} should be an array of numbers."),
            tr("请用数字组成的列表、数组或表列。", "Give a list, array or column of numbers."),
        )
    return np.asarray(array, dtype=np.float64)


def table(values: ArrayLike, name: str, *, nonnegative: bool = True) -> FloatArray:
    """Return a table of units by columns as float64; NaN is allowed, infinity is not.

    Raises
    ------
    BadInputError
        If the array is not two-dimensional, is empty, or holds a value outside its range.
    """
    return _checked(values, name, 2, nonnegative=nonnegative)


def vector(
    values: ArrayLike, name: str, size: int | None = None, *, nonnegative: bool = True, complete: bool = False
) -> FloatArray:
    """Return a vector as float64, of the given size, without NaN if `complete`.

    Raises
    ------
    BadInputError
        If the shape or a value is not as asked.
    """
    array = _checked(values, name, 1, nonnegative=nonnegative)
    if size is not None and array.size != size:
        raise BadInputError(
            tr(
                f"{name} 应有 {size} 个数,实有 {array.size} 个。",
                f"{name} should hold {size} values, it holds {array.size}.",
            )
        )
    if complete and np.isnan(array).any():
        raise BadInputError(
            tr(f"{name} 有缺失值。", f"{name} has missing values."),
            tr("请先去掉有缺失值的单元。", "Leave out the units with missing values first."),
        )
    return array


def complete_rows(array: FloatArray) -> BoolArray:
    """Return which rows of a table have no missing value."""
    return np.asarray(~np.isnan(array.sum(axis=1)), dtype=np.bool_)


def same_shape(first: NDArray[Any], second: NDArray[Any], names: str) -> None:
    """Refuse two arrays of different shapes.

    Raises
    ------
    BadInputError
        If the shapes differ.
    """
    if first.shape != second.shape:
        raise BadInputError(
            tr(
                f"{names} 的形状应相同,实为 {first.shape} 与 {second.shape}。",
                f"{names} should have the same shape, they have {first.shape} and {second.shape}.",
            )
        )


def group_labels(groups: ArrayLike) -> NDArray[Any]:
    """Return labels as an array that can be sorted.

    Raises
    ------
    BadInputError
        If they are of different kinds or lengths, or no list.
    """
    try:
        labels = np.asarray(groups)
        np.sort(labels, axis=None)
    except (TypeError, ValueError) as error:
        raise BadInputError(
            tr("分组标签应为一列同类的标签。", "Group labels should be a list of labels of one kind.")
        ) from error
    if labels.ndim != 1:
        raise BadInputError(
            tr(
                f"分组标签应为一列,实为 {labels.ndim} 维。",
                f"Group labels should be one list, they have {labels.ndim} dimensions.",
            )
        )
    return labels


def group_index(groups: ArrayLike, size: int) -> tuple[NDArray[Any], IntArray]:
    """Return the distinct labels in sorted order and the position of each unit's label among them.

    Raises
    ------
    BadInputError
        If there is not one label a unit.
    """
    labels, index = np.unique(group_labels(groups), return_inverse=True)
    if index.shape != (size,):
        raise BadInputError(
            tr(
                f"分组标签应有 {size} 个,实有 {index.size} 个。",
                f"There should be {size} group labels, there are {index.size}.",
            )
        )
    return labels, index.astype(np.int64)


def level_quantile(level: float) -> float:
    """Return the two-sided normal quantile of a confidence level.

    Raises
    ------
    BadInputError
        If the level is not strictly between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise BadInputError(
            tr(f"置信水平应在 0 与 1 之间,实为 {level}。", f"The level should lie between 0 and 1, it is {level}.")
        )
    return NormalDist().inv_cdf(0.5 + level / 2.0)


def two_sided_p(z: FloatArray) -> FloatArray:
    """Return the two-sided p-value of standard normal statistics."""
    from scipy.special import ndtr

    return np.asarray(2.0 * ndtr(-np.abs(z)))


def divide(numerator: FloatArray, denominator: FloatArray | float) -> FloatArray:
    """Divide, with NaN where the denominator is zero."""
    below = np.broadcast_to(np.asarray(denominator, dtype=np.float64), np.shape(numerator))
    return np.asarray(np.divide(numerator, below, out=np.full(np.shape(numerator), np.nan), where=below != 0.0))


def unknown_choice(name: str, chosen: object, allowed: tuple[str, ...]) -> BadInputError:
    """Return the error for an option that is none of the allowed ones."""
    listed = ", ".join(allowed)
    return BadInputError(
        tr(f"{name} 没有 {chosen!r} 这一选项。", f"{name} has no option {chosen!r}."),
        tr(f"可选:{listed}。", f"Choose one of: {listed}."),
    )


def _checked(values: ArrayLike, name: str, dimensions: int, *, nonnegative: bool) -> FloatArray:
    array = as_numbers(values, name)
    if array.ndim != dimensions or array.size == 0:
        raise BadInputError(
            tr(
                f"{name} 应为非空的 {dimensions} 维数组,实为 {array.shape}。",
                f"{name} should be a non-empty array with {dimensions} dimension(s), its shape is {array.shape}.",
            )
        )
    # A finite sum rules infinity out in one pass.
    if not np.isfinite(array.sum()) and np.isinf(array).any():
        raise BadInputError(tr(f"{name} 含无穷大。", f"{name} holds an infinite value."))
    if nonnegative and np.fmin.reduce(array, axis=None) < 0.0:
        raise BadInputError(tr(f"{name} 含负数。", f"{name} holds a negative value."))
    return array
