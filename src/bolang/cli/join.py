"""``bolang join``: which neighbours a county should join, in which industries, and which links it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.options import Name
from bolang.cli.paged import paged

if TYPE_CHECKING:
    from bolang.document.model import Document


@paged
def command(name: Name) -> Document:
    """Show which neighbours a county should join."""
    from bolang.atlas import own_atlas
    from bolang.pages.join import join_page
    from bolang.pathway import advise_neighbours

    atlas = own_atlas()
    return join_page(advise_neighbours(atlas, atlas.county(name)), atlas)
