"""The one check at the public door: what a caller gave, what was expected, what to do."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import Any

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr

_YEAR = Text("年份", "The year")
NAME = 100
"""Characters that a name may have."""

_SHOWN = 60
"""Characters of a wrong value that an error repeats."""


def shown(value: object) -> str:
    """Return a wrong value as an error repeats it: short, on one line, and printable anywhere."""
    try:
        said = repr(value)
    except Exception:
        said = f"<{type(value).__name__}>"
    said = " ".join(said.split())
    return said if len(said) <= _SHOWN else said[:_SHOWN] + "…"


def text(value: Any, what: Text, *, longest: int = 100_000) -> str:
    """Return a text, or say that it is none.

    Raises
    ------
    BadInputError
        If the value is not a string, is longer than `longest` characters, or holds half a character.
    """
    if not isinstance(value, str):
        raise wrong(what, value, Text("应为文本。", "It must be text."))
    if len(value) > longest:
        raise wrong(what, value, Text(f"最长 {longest} 个字符。", f"It may have {longest:,} characters at most."))
    if any("\ud800" <= mark <= "\udfff" for mark in value):
        raise wrong(
            what, ascii(value), Text("含有损坏的字符，请改用 UTF-8。", "It holds damaged characters; use UTF-8.")
        )
    return value


def number(
    value: Any, what: Text, *, low: float = -math.inf, high: float = math.inf, unit: Text | None = None
) -> float:
    """Return a real, finite number between two bounds.

    Raises
    ------
    BadInputError
        If the value is no such number.
    """
    try:
        real = math.nan if isinstance(value, bool) or not isinstance(value, numbers.Real) else float(value)
    except OverflowError:
        real = math.inf
    if not math.isfinite(real) or not low <= real <= high:
        raise wrong(what, value, _range(low, high, unit, Text("数", "a number")))
    return real


def count(value: Any, what: Text, *, low: int = 0, high: int | None = None) -> int:
    """Return a whole number between two bounds.

    Raises
    ------
    BadInputError
        If the value is no such number; 3.0 is none.
    """
    top = math.inf if high is None else high
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not low <= int(value) <= top:
        raise wrong(what, value, _range(low, top, None, Text("整数", "a whole number")))
    return int(value)


def year(value: Any, what: Text = _YEAR) -> int:
    """Return a year of four digits.

    Raises
    ------
    BadInputError
        If the value is no such year.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not 1000 <= int(value) <= 9999:
        raise wrong(what, value, Text("应为四位年份，如 2023。", "It must be a year of four digits, such as 2023."))
    return int(value)


def choice(value: Any, options: Iterable[str], what: Text) -> str:
    """Return one of some names.

    Raises
    ------
    BadInputError
        If the value is none of them.
    """
    known = tuple(options)
    if isinstance(value, str) and value in known:
        return value
    listed = ", ".join(known)
    raise wrong(what, value, Text(f"可选：{listed}。", f"Choose from: {listed}."))


def wrong(what: Text, value: object, expected: Text) -> BadInputError:
    """Return the error that names an argument, its value and what was expected."""
    return BadInputError(
        tr(f"{what.zh}不能是 {shown(value)}。", f"{what.en} cannot be {shown(value)}."), tr(expected.zh, expected.en)
    )


def _range(low: float, high: float, unit: Text | None, kind: Text) -> Text:
    zh, en = (f" {unit.zh}", f" {unit.en}") if unit else ("", "")
    if math.isinf(low) and math.isinf(high):
        return Text(f"应为有限的{kind.zh}。", f"It must be {kind.en}, and finite.")
    if math.isinf(high):
        return Text(f"应为不小于 {low:g}{zh} 的{kind.zh}。", f"It must be {kind.en} of {low:g}{en} or more.")
    if math.isinf(low):
        return Text(f"应为不大于 {high:g}{zh} 的{kind.zh}。", f"It must be {kind.en} of {high:g}{en} or less.")
    return Text(
        f"应为 {low:g} 到 {high:g}{zh} 之间的{kind.zh}。", f"It must be {kind.en} between {low:g} and {high:g}{en}."
    )
