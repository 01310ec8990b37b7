"""The console of the commands: in English it spells Chinese place names in Latin letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bolang.foundation.plain import plain
from bolang.foundation.text import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as RichText


_OURS = "bold|dim|italic|red|green|yellow|cyan|magenta|blue"
_TAG = re.compile(rf"(?<!\\)\[(?!/?(?:(?:{_OURS})(?: (?:{_OURS}))*)?\])")
"""A bracket that opens none of the tags that our own messages use."""


def console_for(lang: Lang | None = None, *, stderr: bool = False, **options: Any) -> Console:
    """Return the console of the commands, on which foreign text is text: no tag, no control of the terminal.

    Parameters
    ----------
    lang : {'zh', 'en'}, optional
        In English, Chinese place names are spelt in Latin letters; without a language nothing is spelt.
    stderr : bool
        Whether it writes to the standard error stream.
    **options
        Passed to the console of rich.
    """
    from rich.console import Console
    from rich.errors import MarkupError

    def spell(text: str) -> str:
        if lang != "en":
            return text
        from bolang.atlas.romanize import romanize

        return romanize(text)

    class PlainConsole(Console):
        """Cleans and spells texts before lines are laid out, so that columns fit."""

        def render_str(self, text: str, **options: Any) -> RichText:
            said = plain(spell(text))
            marked = options.get("markup")
            if not (self._markup if marked is None else marked):
                return super().render_str(said, **options)
            try:
                return super().render_str(_TAG.sub(r"\\[", said), **options)
            except MarkupError:  # a tag in foreign text that closes what was never opened
                return super().render_str(said, **{**options, "markup": False})

    return PlainConsole(highlight=False, emoji=False, stderr=stderr, **options)
