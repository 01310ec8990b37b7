"""The process's own streams: whatever their encoding, and closed or full, a message degrades and never fails a command."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from typing import TextIO

_SIGNS = {
    "•": "*", "·": ".", "✓": "v", "✗": "x", "−": "-", "–": "-", "—": "--", "…": "...", "→": "->", "←": "<-", "↑": "^", "↓": "v",
    "×": "x", "≤": "<=", "≥": ">=", "≈": "~", "±": "+/-", "²": "2", "³": "3", "“": '"', "”": '"', "‘": "'", "’": "'",
    "█": "#", "▇": "#", "▆": "#", "▅": "#", "▄": "=", "▃": "=", "▂": "-", "▁": "_", "░": ".", "▒": ":", "▓": "#", "■": "#", "●": "o",
    "○": "o", "─": "-", "━": "-", "│": "|", "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "‰": "per mille",
}  # fmt: skip
"""Signs of ours that old encodings lack, and what stands for them there."""

DEGRADE = "bolang.degrade"
"""Name of the rule for what an encoding lacks."""


def _degrade(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_nearest, error.object[error.start : error.end])), error.end


def _nearest(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    bare = unicodedata.normalize("NFKD", sign)
    return "".join(mark for mark in bare if mark.isascii() and mark.isprintable()) or "?"


codecs.register_error(DEGRADE, _degrade)


def make_lenient() -> None:
    """Let the standard streams take any text, and stand in for those that are closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _nowhere())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=DEGRADE)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115


def asks_a_person() -> bool:
    """Whether somebody sits at the standard input and can be asked."""
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:  # closed
        return False


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def abandon_output() -> None:
    """Send nothing more to an output that cannot take it, so that Python does not complain of it at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
