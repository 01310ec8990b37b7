"""The console of the commands: in English it spells Chinese place names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bolang.foundation.plain import plain
from bolang.foundation.text import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
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


def bullet(console: Console, text: str, style: str = "") -> None:
    """Print a paragraph with a hanging bullet; Chinese without spaces would otherwise leave the bullet alone."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row("•", text, style=style)
    console.print(grid, markup=False)


def heading(console: Console, title: str) -> None:
    """Print the title of a section."""
    console.print(f"\n[bold cyan]{title}[/]")


def plain_table(columns: Sequence[tuple[str, str]], *, fold: bool = True) -> Table:
    """Return an empty table with titles and their alignment; the first column gives way first if space is short."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for position, (title, justify) in enumerate(columns):
        table.add_column(title, justify=justify, no_wrap=position > 0 and not fold, overflow="fold")  # type: ignore[arg-type]
    return table


def money(value: float | None, digits: int = 1) -> str:
    """Write an amount given in 亿元 as the reader's language counts: 亿元, or billion yuan."""
    from bolang.foundation.text import tr

    return "–" if value is None else tr(f"{value:,.{digits}f}", f"{value / 10.0:,.{digits + 1}f}")


def money_unit() -> str:
    """Name the unit of `money`."""
    from bolang.foundation.text import tr

    return tr("亿元", "billion yuan")
