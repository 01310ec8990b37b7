"""``bolang cache``: what is kept of earlier computations, and clearing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bolang.cli.help_pages import WordedCommand
from bolang.cli.options import LangOption
from bolang.cli.paged import command_group, paged
from bolang.foundation.text import language
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_own")
group = command_group(no_args_is_help=True)


@paged
def show() -> Document:
    """List the entries, those used last first."""
    from bolang.foundation import store
    from bolang.foundation.places import cache_place
    from bolang.pages.cache import cache_page

    return cache_page(store.entries(), cache_place(), store.limit())


def clear(lang: LangOption = None) -> None:
    """Remove every entry."""
    from bolang.foundation import store

    if lang:
        language(lang)
    typer.echo(WORDS("cache.cleared", count=store.clear()))


for _command in (show, clear):
    group.command(_command.__name__, cls=WordedCommand, help=str(WORDS(f"cache.help.{_command.__name__}")))(_command)
