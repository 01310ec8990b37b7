"""What the pages refuse: an error with its hint, in words of the language of the reader."""

from __future__ import annotations

from typing import Any

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import default_language
from bolang.wording import load

WORDS = load("web_errors")


def refuse(key: str, **values: Any) -> BadInputError:
    """Return the error of a key; values fill the message, or its hint."""
    lang = default_language()
    said = []
    for name in (f"error.{key}", f"error.{key}.hint"):
        wanted = WORDS.entries[name].names
        said.append(WORDS(name, **{k: str(v) for k, v in values.items() if k in wanted}).in_(lang))
    return BadInputError(*said)
