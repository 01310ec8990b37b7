"""``bolang levers``: what each lever does in one county, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.options import Name
from bolang.cli.paged import paged

if TYPE_CHECKING:
    from bolang.document.model import Document


@paged
def command(name: Name) -> Document:
    """Show what the levers do in a county."""
    from bolang.atlas import own_atlas
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.levers import levers_page

    atlas = own_atlas()
    return levers_page(Sweep.shipped(), atlas, atlas.county(name), intervals=Intervals.shipped())
