"""Foreign text (file names, titles, sources, authors) as harmless text: nothing in it steers a terminal or breaks a file."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed: terminals obey them, XML forbids them
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows, to show another name than there is
    "\ud800-\udfff"  # half a character: cannot be encoded
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"  # no characters, or marks of files rather than of text
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+\-－＋]?[\d\s.,:/%‰–-]*")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """Return a text without what steers terminals or is not allowed in files.

    Line breaks of any kind become line feeds; other controls, turners of direction and halves of characters become ``�``.
    """
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub(REPLACEMENT, _BREAKS.sub("\n", text))


def line(text: str, longest: int | None = None) -> str:
    """Return a text as one plain line, cut to a length."""
    said = " ".join(plain(text).split())
    return said if longest is None or len(said) <= longest else said[: longest - 1] + "…"


def cell_text(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet computes.

    Where the text would be taken for a formula an apostrophe goes before it, which spreadsheets show as text; a number with
    its sign, a date and a lone dash stay as they are.
    """
    return "'" + text if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
