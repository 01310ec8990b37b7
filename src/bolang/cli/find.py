"""``bolang find``: which units a name may mean, and how they came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.atlas import Atlas, County

HELP = tr(
    "查一个名称或代码指哪个县：现名、曾用名、新旧代码、简称都行。例：bolang find 新华区；bolang find 339007",
    "Find the county that a name or code means: present, former or short name, old or new code. Example: bolang find 新华区",
)
NEAREST = 8


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar=tr("名称", "NAME"),
            help=tr("名称、简称、曾用名或代码。", "Name, short name, former name or code."),
            show_default=False,
        ),
    ],
    lang: LangOption = None,
) -> None:
    """List the units that a name may mean."""
    from bolang.atlas import Atlas
    from bolang.atlas.places import normalise
    from bolang.cli.console import console_for

    chosen: Lang = language(lang) if lang else default_language()
    atlas, console = Atlas(), console_for()
    found = atlas.places.candidates(name)
    if not found:
        near = atlas.places.nearest(normalise(name), NEAREST)
        if not near:
            atlas.county(name)  # raises, and says what may be done
        console.print(
            tr(f"没有名为“{name}”的县级单位；最接近的有：", f"No county-level unit is called {name!r}; nearest:"),
            markup=False,
        )
        found = near
    for county in found:
        _print(console, atlas, county, chosen, details=len(found) == 1)


def _print(console: Console, atlas: Atlas, county: County, lang: Lang, *, details: bool) -> None:
    from bolang.pages.territory.sentences import change_text, continuity_text

    console.print(f"[bold]{county.code}[/]  {county.full_name}")
    if not details:
        return
    kinds = {"district": ("市辖区", "district"), "city": ("县级市", "county-level city"), "county": ("县", "county")}
    kinds |= {"autonomous_county": ("自治县", "autonomous county"), "banner": ("旗", "banner")}
    kinds |= {"autonomous_banner": ("自治旗", "autonomous banner"), "special": ("特殊县级单位", "special unit")}
    kinds |= {"undivided_city": ("不设区的地级市", "prefecture-level city without districts")}
    where = f"{county.lon:.3f}°E {county.lat:.3f}°N"
    area = tr(f"{county.area_km2:,.0f} 平方公里", f"{county.area_km2:,.0f} sq km")
    console.print(f"  {tr(*kinds[county.kind])}  {area}  {where}")
    for change in atlas.history(county):
        console.print(f"  {change_text(change).in_(lang)}", style="dim", markup=False)
    note = atlas.continuity(county)
    if note is not None:
        console.print(f"  {continuity_text(note).in_(lang)}", style="yellow", markup=False)
