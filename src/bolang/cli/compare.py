"""``bolang compare``: counties side by side, by the desk table or by dimension and indicator of the diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import argument, flag
from bolang.cli.paged import paged
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_county")


@paged
def command(
    names: Annotated[list[str], argument(WORDS("compare.names.metavar"), WORDS("compare.names"))],
    indices: Annotated[bool, flag("--indices", said=WORDS("compare.indices"))] = False,
) -> Document:
    """Show the comparison."""
    from bolang.atlas import own_atlas
    from bolang.diagnosis import Diagnostician
    from bolang.pages.show import compare_indices_page, compare_page
    from bolang.pathway.shared import national

    if len(names) < 2:
        raise BadInputError(
            tr("比较至少需要两个县。", "A comparison needs at least two counties."),
            tr("例：bolang compare 义乌市 昆山市", "Example: bolang compare 义乌市 昆山市"),
        )
    atlas = own_atlas()
    counties = [atlas.county(name) for name in names]
    if not indices:
        return compare_page(counties)
    doctor = Diagnostician(atlas)
    roads = [national(atlas).of(county).road for county in counties]
    types = [None if road is None else road.label for road in roads]
    return compare_indices_page([doctor.diagnose(county) for county in counties], types)
