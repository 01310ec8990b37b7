"""One typographic convention for a whole document, wherever its texts come from."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeVar

from bolang.atlas.model import Fact
from bolang.atlas.romanize import romanize
from bolang.foundation.text import Text

T = TypeVar("T")
_HAN = "\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”"
_GAP = re.compile(f"(?<=[{_HAN}]) (?=[0-9A-Za-z−+<≥(])|(?<=[0-9A-Za-z%)]) (?=[{_HAN}])")
_MINUS = re.compile(f"(?<=[{_HAN} (])-(?=[0-9])|(?<=GDP)-(?=[0-9])")


def tidy(thing: T) -> T:
    """Return a copy without spaces between Chinese characters and figures or Latin letters, and with true minus signs.

    Word, browsers and Typst add that space themselves. English texts spell place names in Latin letters. Facts keep the
    wording of their source.
    """
    if isinstance(thing, Text):
        clean = _tidy_text(thing)
        return thing if clean == thing else clean  # type: ignore[return-value]
    if isinstance(thing, tuple):
        items = tuple(tidy(item) for item in thing)
        return thing if all(a is b for a, b in zip(items, thing, strict=True)) else items  # type: ignore[return-value]
    changed = _changed(thing)
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var]


@lru_cache(maxsize=1 << 15)
def _tidy_text(text: Text) -> Text:
    zh, en = (_MINUS.sub("−", half) for half in (text.zh, text.en))
    return Text(_GAP.sub("", zh), romanize(en))


def _changed(thing: Any) -> dict[str, Any]:
    """Return the fields of a block that read otherwise once tidied."""
    pairs = ((name, getattr(thing, name)) for name in _fields(type(thing)))  # type: ignore[arg-type]
    return {name: new for name, value in pairs if (new := tidy(value)) is not value}


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) and kind is not Fact else ()
