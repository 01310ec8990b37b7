"""``bolang route``: the best and the second-best way for goods between two places, with legs, cost and time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from bolang.cli.options import argument, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.text import Lang
from bolang.wording import load

WORDS = load("cli_place")


@paged
def command(
    origin: Annotated[str, argument(WORDS("route.origin.metavar"), WORDS("route.origin"))],
    destination: Annotated[str, argument(WORDS("route.destination.metavar"), WORDS("route.destination"))],
    cargo: Annotated[str | None, option("--cargo", said=WORDS("route.cargo"))] = None,
    by: Annotated[str, option("--by", said=WORDS("route.by"), shown=True)] = "all",
    close: Annotated[list[str] | None, option("--close", said=WORDS("route.close"))] = None,
    picture: Annotated[Path | None, option("--map", said=WORDS("route.map"))] = None,
    lang: Lang = "zh",
) -> Delivery:
    """Show the ways, and draw them if asked."""
    from bolang.atlas import own_atlas
    from bolang.cli.pictures import check_picture, draw_figure
    from bolang.pages.route import route_page
    from bolang.space.edits import CloseGateway
    from bolang.space.modes import cargo_named, modes_named
    from bolang.space.routing import find_routes
    from bolang.space.spread import route_spreads
    from bolang.space.system import TransportSystem

    if picture is not None:
        check_picture(picture)
    atlas = own_atlas()
    system = TransportSystem.standard(atlas).edited(CloseGateway(name) for name in close or ())
    kind = cargo_named(cargo) if cargo else None
    found = find_routes(atlas, origin, destination, cargo=kind, modes=modes_named(by), system=system)
    page = route_page(system, found, route_spreads(system, found.routes))
    return Delivery(page, remarks=() if picture is None else (draw_figure(page, "map", picture, lang),))
