"""The Chinese fonts that travel with bolang: no output relies on the fonts of the machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"


def sans_path() -> Path:
    """Return the file of the sans-serif font (SIL Open Font License)."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.sans_path())


def serif_path() -> Path:
    """Return the file of the serif font (SIL Open Font License)."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.serif_path())


@cache
def _coverage(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def uncovered(text: str) -> set[str]:
    """Return the characters that either font would show as a box.

    Parameters
    ----------
    text : str
        Any text; white space and control characters are not looked at.
    """
    both = _coverage(sans_path()) & _coverage(serif_path())
    return {c for c in text if not c.isspace() and c.isprintable() and ord(c) not in both}
