"""Thresholds of the text that are lists: read from the cited parameters as numbers."""

from __future__ import annotations

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import load_parameters


def limits(name: str) -> tuple[float, ...]:
    """Return a list of thresholds from the parameters of the report.

    Raises
    ------
    ParameterError
        If the parameter is not a list of numbers.
    """
    value = load_parameters("bolang.pages.report")[name].value
    if not isinstance(value, list):
        raise ParameterError(f"Parameter {name!r} of the report should be a list of numbers, got {value!r}.")
    return tuple(float(item) for item in value)
