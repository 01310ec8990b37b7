"""Errors that a user can act on: what was wrong, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class BolangError(Exception):
    """Base of every error that bolang raises on purpose.

    Parameters
    ----------
    message : str
        What was wrong and what was expected, in one sentence.
    hint : str, optional
        The way out: a command, a nearby name, an allowed range.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        # From the parts, not from the joined sentence: errors travel between processes whole.
        return _again, (type(self), self.__dict__.copy(), self.args)


class PlaceError(BolangError):
    """A name or code does not mean one unit.

    Parameters
    ----------
    message, hint : str
        As in `BolangError`.
    candidates : sequence of str
        Full names of the units that may be meant.
    """

    def __init__(self, message: str, hint: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)


class UnknownPlaceError(PlaceError):
    """No unit has this name or code; units nearby may be candidates."""


class AmbiguousPlaceError(PlaceError):
    """Several units share the name."""


class UnknownIndicatorError(BolangError):
    """The catalogue has no such table, column or indicator."""


class MissingFactError(BolangError):
    """The indicator exists, but this unit has no value for the year asked."""


class BadInputError(BolangError, ValueError):
    """An argument, a file or a configuration is not usable."""


class ParameterError(BadInputError):
    """A model or method parameter lies outside its valid region."""


class ConvergenceError(BolangError, ArithmeticError):
    """An iteration produced NaN, a negative price, or ran out of steps."""


class ScarceMemoryError(BolangError, MemoryError):
    """There is less memory than the work needs."""


class OutputError(BolangError, OSError):
    """A result could not be written; nothing was left half-written."""


def _again(kind: type[BolangError], parts: dict[str, Any], args: tuple[Any, ...]) -> BolangError:
    # By the class that lays the object out: MemoryError has a maker of its own that refuses subclasses with another base.
    layout: Any = kind.__base__
    error: BolangError = layout.__new__(kind, *args)
    error.__dict__.update(parts)
    error.args = args
    return error
