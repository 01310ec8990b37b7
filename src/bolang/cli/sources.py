"""``bolang sources``: where the facts come from, and under which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.paged import paged

if TYPE_CHECKING:
    from bolang.document.model import Document


@paged
def command() -> Document:
    """Show the sources."""
    from bolang.atlas import own_atlas
    from bolang.pages.sources import sources_page

    return sources_page(own_atlas())
