"""Shocks from outside in words."""

from __future__ import annotations

from bolang.foundation.text import Text
from bolang.wording import load

WORDS = load("risk_signals")


def shock_text(key: str, port: Text | None = None) -> Text:
    """Name a shock; a port that closes is named."""
    return WORDS(f"shock.{key}") if port is None else WORDS("shock.closed", port=port)
