"""The type of a county as plain text."""

from __future__ import annotations

from bolang.foundation.text import Lang
from bolang.pages.types.sentences import border, headline
from bolang.pathway.types import CountyType


def explain(found: CountyType, lang: Lang) -> str:
    """Write the type, how sure it is and what would change it."""
    return "\n".join(text.in_(lang) for text in (headline(found), border(found)) if text.zh)
