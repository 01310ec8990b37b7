"""The array types of the numerical core and the two products that every formula of it uses."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""Real array; axes are named in each docstring: places n and i, sectors s and k, hubs h, regions r, scenarios b."""

IntArray = NDArray[np.intp]


def mix(weights: Array, values: Array) -> Array:
    """Weighted sums over sectors, ``out[n, s, b] = sum_k weights[(n,) k, s] values[n, k, b]``.

    Parameters
    ----------
    weights : array (S, S) or (M, S, S)
        Common to all places, or one matrix for each place.
    values : array (M, S, B)

    Returns
    -------
    array (M, S, B)
    """
    if weights.ndim == 2:
        return np.ascontiguousarray(np.matmul(weights.T, values))
    return np.asarray(np.matmul(np.swapaxes(weights, 1, 2), values))


def by_place(values: Array) -> Array:
    """Give ``(S,)`` or ``(M, S)`` coefficients the shape that broadcasts over ``(M, S, B)``."""
    return values[:, None] if values.ndim == 1 else values[:, :, None]


def cast(value: Any, dtype: type[np.floating[Any]]) -> Any:
    """Copy a dataclass with all its floating arrays, nested ones too, in another precision."""
    if isinstance(value, np.ndarray):
        return value.astype(dtype) if np.issubdtype(value.dtype, np.floating) else value
    if isinstance(value, dict):
        return {key: cast(part, dtype) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(cast(part, dtype) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: cast(getattr(value, f.name), dtype) for f in fields(value) if f.init})
    return value
