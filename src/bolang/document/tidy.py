"""One typographic convention for a whole document, wherever its texts come from."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
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
        zh, en = (_MINUS.sub("−", text) for text in (thing.zh, thing.en))
        return Text(_GAP.sub("", zh), romanize(en))  # type: ignore[return-value]
    if isinstance(thing, tuple):
        return tuple(tidy(item) for item in thing)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type | Fact):
        return replace(thing, **_tidied(thing))
    return thing


def _tidied(thing: Any) -> dict[str, Any]:
    old = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: tidy(value) for name, value in old.items()}
