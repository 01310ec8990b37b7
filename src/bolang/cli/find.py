"""``bolang find``: which units a name may mean, and how they came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import argument
from bolang.cli.paged import paged
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_facts")
NEAREST = 8


@paged
def command(name: Annotated[str, argument(WORDS("find.name.metavar"), WORDS("find.name"))]) -> Document:
    """List the units that a name may mean."""
    from bolang.atlas import own_atlas
    from bolang.atlas.places import normalise
    from bolang.pages.find import find_page

    atlas = own_atlas()
    found = atlas.places.candidates(name)
    if found:
        return find_page(atlas, name, found)
    near = atlas.places.nearest(normalise(name), NEAREST)
    if not near:
        atlas.county(name)  # raises, and says what may be done
    return find_page(atlas, name, near, nearest=True)
