"""``bolang risk``: exposure to foreign trade, concentration, ports, shocks, and the early-warning table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import Name, flag
from bolang.cli.paged import paged
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_road")


@paged
def command(
    name: Name, published: Annotated[bool, flag("--published", said=WORDS("risk.published"))] = False
) -> Document:
    """Show the cross-border risk of one county."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import model_status
    from bolang.pages.risk import risk_page
    from bolang.pathway import cross_border_risk

    atlas = own_atlas()
    county = atlas.county(name)
    with model_status() as tell:
        return risk_page(cross_border_risk(county, model=not published, atlas=atlas, progress=tell))
