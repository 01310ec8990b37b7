"""``bolang catalogue``: what the atlas holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import argument, flag
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.atlas.catalogue import CatalogueEntry

WORDS = load("cli_facts")


@paged
def command(
    word: Annotated[str | None, argument(WORDS("catalogue.word.metavar"), WORDS("catalogue.word"))] = None,
    coverage: Annotated[bool, flag("--coverage", said=WORDS("catalogue.coverage"))] = False,
) -> Delivery:
    """Show the catalogue or a part of it; a csv holds all of it."""
    from bolang.atlas import own_atlas
    from bolang.pages.catalogue import columns_page, tables_page
    from bolang.pages.sources import coverage_page

    atlas = own_atlas()
    if coverage:
        return Delivery(coverage_page(atlas))
    page = tables_page() if word is None else columns_page(_entries(atlas, word), word)
    return Delivery(page, atlas.catalogue)


def _entries(atlas: Atlas, word: str) -> list[CatalogueEntry]:
    """Return the columns of a table, or those whose names hold a word."""
    wanted, every = word.casefold(), atlas.entries.entries
    found = [entry for entry in every if entry.table == wanted]
    found = found or [entry for entry in every if wanted in entry.column.casefold() or entry.label.mentions(word)]
    if not found:
        atlas.entries.indicator(word)  # raises, and lists the nearest names
    return found
