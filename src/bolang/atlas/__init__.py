"""What is known of each county, and from where."""

from bolang.atlas.asked import an_atlas, asked, own_atlas
from bolang.atlas.atlas import Atlas
from bolang.atlas.model import INDUSTRIES, INDUSTRY_LABELS, County, Fact

__all__ = ["INDUSTRIES", "INDUSTRY_LABELS", "Atlas", "County", "Fact", "an_atlas", "asked", "own_atlas"]
