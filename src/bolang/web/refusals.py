"""What the pages refuse: an error with its hint, in words of the language of the reader."""

from __future__ import annotations

from typing import Any

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import default_language
from bolang.foundation.ways import medium
from bolang.wording import load

WORDS = load("web_errors")


def refuse(key: str, **values: Any) -> BadInputError:
    """Return the error of a key; values fill the message, or its hint: that of the reader's medium, if there is one."""
    lang = default_language()
    said = []
    hint = f"error.{key}.hint"
    for name in (f"error.{key}", own if (own := f"{hint}.{medium()}") in WORDS else hint):
        wanted = WORDS.entries[name].names
        said.append(WORDS(name, **{k: str(v) for k, v in values.items() if k in wanted}).in_(lang))
    return BadInputError(*said)
