"""The last look before a document becomes a file: no text in it, whoever wrote it, breaks or steers what reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from bolang.foundation.plain import plain
from bolang.foundation.text import Text

T = TypeVar("T")
LONGEST = 20_000
"""Characters of one text: longer than any paragraph, shorter than what a cell of a spreadsheet takes (32,767)."""


PLAIN = (int, float)
"""Kinds of values that hold no text."""


def harmless(thing: T) -> T:
    """Return a copy whose texts hold no control characters, no halves of characters, and no text without end."""
    if isinstance(thing, str):
        return _bounded(plain(thing))  # type: ignore[return-value]
    if isinstance(thing, Text):
        return Text(_bounded(plain(thing.zh)), _bounded(plain(thing.en)))  # type: ignore[return-value]
    if thing is None or isinstance(thing, PLAIN):
        return thing
    if type(thing) is tuple:
        return tuple(harmless(item) for item in thing)  # type: ignore[return-value, attr-defined]
    if type(thing) is list:
        return [harmless(item) for item in thing]  # type: ignore[return-value, attr-defined]
    if type(thing) is dict:
        return {harmless(key): harmless(value) for key, value in thing.items()}  # type: ignore[return-value, attr-defined]
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = _changed(thing)
        return replace(thing, **changed) if changed else thing
    return thing


def _changed(thing: Any) -> Mapping[str, Any]:
    changed = {}
    for name in _names(type(thing)):  # type: ignore[arg-type]
        old = getattr(thing, name)
        new = harmless(old)
        if new is not old and _differs(new, old):
            changed[name] = new
    return changed


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


def _differs(new: Any, old: Any) -> bool:
    if isinstance(new, str | Text):
        return bool(new != old)
    return new is not old


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
