"""The console of the commands: in English it spells Chinese place names in Latin letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bolang.foundation.text import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as RichText


def console_for(lang: Lang) -> Console:
    """Return a console for a language."""
    from rich.console import Console

    if lang == "zh":
        return Console(highlight=False)

    from bolang.atlas.romanize import romanize

    class EnglishConsole(Console):
        """Spells place names before lines are laid out, so that columns fit."""

        def render_str(self, text: str, **options: Any) -> RichText:
            return super().render_str(romanize(text), **options)

    return EnglishConsole(highlight=False)


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
