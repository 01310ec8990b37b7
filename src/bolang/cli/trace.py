"""``bolang trace``: where a figure comes from, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import Name, argument, flag, option
from bolang.cli.paged import paged
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_facts")


@paged
def command(
    name: Name,
    indicator: Annotated[str, argument(WORDS("trace.indicator.metavar"), WORDS("trace.indicator"))],
    year: Annotated[int | None, option("--year", "-y", said=WORDS("trace.year"))] = None,
    workspace: Annotated[bool, flag("--workspace/--built-in-only", said=WORDS("trace.workspace"))] = True,
) -> Document:
    """Show the trail of a figure."""
    from bolang.atlas import Atlas
    from bolang.pages.trace import trace_page

    atlas = Atlas(workspace=None if workspace else False)
    atlas.trace(name, indicator, year)  # a year without a figure is refused with those that have one
    return trace_page(atlas.trace(name, indicator), year)
