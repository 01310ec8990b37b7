"""What stands between the number and the text of a caption."""

from __future__ import annotations

from bolang.foundation.text import Lang


def caption_gap(lang: Lang) -> str:
    """Return what stands between the number and the text of a caption."""
    return "　" if lang == "zh" else ". "
