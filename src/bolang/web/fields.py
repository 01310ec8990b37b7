"""What a form or an address holds: words, choices, numbers between bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bolang.atlas.spelling import in_latin_letters
from bolang.foundation.units import exact_text
from bolang.web.refusals import refuse

Form = Mapping[str, Any]
"""What was sent: a list of texts, or of files, by the name of the field."""


def several(form: Form, key: str) -> list[str]:
    """Return all texts of a field."""
    return [value.strip() for value in form.get(key, []) if isinstance(value, str)]


def one(form: Form, key: str) -> str:
    """Return the text of a field; empty where it is left out."""
    values = several(form, key)
    return values[0] if values else ""


def number(given: str, low: float, high: float, name: str = "") -> float | None:
    """Return a number; None where it is left out.

    Raises
    ------
    BadInputError
        If it is no number between the bounds.
    """
    text = given.strip()
    if not text:
        return None
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise refuse("number", name=name, low=exact_text(low), high=exact_text(high), given=repr(given[:40]))
    return value


def listed_names(text: str) -> list[str]:
    """Return the names of a list: apart by commas or lines, Chinese ones by spaces too; "Cao County" is one."""
    pieces = [piece.strip() for piece in re.split(r"[,，、;；\r\n\t]+", text)]
    return [name for piece in pieces for name in ([piece] if in_latin_letters(piece) else piece.split()) if name]
