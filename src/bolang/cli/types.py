"""``bolang types``: the type of one county and the road that fits, or counts of the whole nation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import argument, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.text import Lang, Text
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.pathway.types import National

WORDS = load("cli_road")
SUFFIXES = (".png",)
MAP_DPI = 200


@paged
def command(
    name: Annotated[str | None, argument(WORDS("types.name.metavar"), WORDS("types.name"))] = None,
    picture: Annotated[Path | None, option("--map", said=WORDS("types.map"))] = None,
    lang: Lang = "zh",
) -> Delivery:
    """Show the type of a county, or the nation's counts; a csv holds the types of all units."""
    from bolang.atlas import own_atlas
    from bolang.cli.pictures import check_picture, drawn
    from bolang.pages.types import nation_page, type_page
    from bolang.pathway.shared import national

    if picture is not None:
        check_picture(picture, SUFFIXES)
    atlas = own_atlas()
    found = national(atlas)
    remarks: tuple[Text, ...] = ()
    if picture is not None:
        _draw(found, picture, lang)
        remarks = (drawn(picture),)
    page = nation_page(found) if name is None else type_page(found.of(atlas.county(name)))
    return Delivery(page, found.frame, remarks)


def _draw(national: National, path: Path, lang: Lang) -> None:
    """Draw the map of the nation to a file."""
    from bolang.figures.canvas import png
    from bolang.figures.geography import shapes
    from bolang.figures.type_map import TypeMap, draw_type_map
    from bolang.foundation import files
    from bolang.pathway.types import CELLS, ROADS

    found, counts = national.report_types, national.counts()["all"]
    data = TypeMap(
        shapes(national.atlas),
        found.cell,
        found.probability.max(axis=1),
        [ROADS[cell].label for cell in CELLS],
        [counts[cell] for cell in CELLS],
    )
    files.write(path, png(draw_type_map(lang, data), MAP_DPI).content)
