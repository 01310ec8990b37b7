"""``bolang access``: where a county is: ports, stations, cities, markets, and how that compares with the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import Benchmark, Name, option
from bolang.cli.paged import paged
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_place")


@paged
def command(
    name: Name,
    benchmark: Benchmark = "330782",
    hours: Annotated[str, option("--hours", said=WORDS("access.hours"), shown=True)] = "0.5,1,2,4",
) -> Document:
    """Show the access of a county."""
    from bolang.atlas import own_atlas
    from bolang.pages.access import access_page
    from bolang.space import TransportSystem, isochrone

    limits = _hours(hours)
    atlas = own_atlas()
    county, other = atlas.county(name), atlas.county(benchmark)
    return access_page(atlas, county, other, isochrone(TransportSystem.standard(atlas), county.code, limits))


def _hours(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise BadInputError(
            tr(f"看不懂小时数 {text!r}。", f"Cannot read the hours {text!r}."),
            tr("例：--hours 0.5,1,2", "Example: --hours 0.5,1,2"),
        ) from None
