"""``bolang show``: one county on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.options import Benchmark, Name, PeerGroup
from bolang.cli.paged import paged

if TYPE_CHECKING:
    from bolang.document.model import Document


@paged
def command(name: Name, peers: PeerGroup = "similar", benchmark: Benchmark = "330782") -> Document:
    """Show one county."""
    from bolang.atlas import own_atlas
    from bolang.diagnosis import diagnose
    from bolang.pages.show import show_page
    from bolang.pathway.shared import national

    county = own_atlas().county(name)
    found = diagnose(county, peer_group=peers, benchmark=benchmark)
    assert county.atlas is not None
    return show_page(found, national(county.atlas).of(county), asked=name)
