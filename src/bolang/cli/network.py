"""``bolang network``: what a change of the transport network does to the freight costs of every county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import Top, flag, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.text import tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.space import Edit
    from bolang.space.edits import Layer

WORDS = load("cli_place")
Several = list[str] | None


@paged
def command(
    road: Annotated[Several, option("--road", said=WORDS("network.road"))] = None,
    rail: Annotated[Several, option("--rail", said=WORDS("network.rail"))] = None,
    upgrade: Annotated[Several, option("--upgrade", said=WORDS("network.upgrade"))] = None,
    upgrade_rail: Annotated[Several, option("--upgrade-rail", said=WORDS("network.upgrade_rail"))] = None,
    terminal: Annotated[Several, option("--terminal", said=WORDS("network.terminal"))] = None,
    dry_port: Annotated[Several, option("--dry-port", said=WORDS("network.dry_port"))] = None,
    close: Annotated[Several, option("--close", said=WORDS("network.close"))] = None,
    close_terminal: Annotated[Several, option("--close-terminal", said=WORDS("network.close_terminal"))] = None,
    tariff: Annotated[Several, option("--tariff", said=WORDS("network.tariff"))] = None,
    no_suez: Annotated[bool, flag("--no-suez", said=WORDS("network.no_suez"))] = False,
    top: Top = 12,
) -> Delivery:
    """Show who gains and who loses; a csv holds the change of all counties."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import bar
    from bolang.pages.network import network_page
    from bolang.space import AvoidSuez, CloseGateway, CloseTerminal, OpenDryPort, OpenSeaRailTerminal, change_of_costs

    edits: list[Edit] = [*_lines(road, "road"), *_lines(rail, "rail"), *_upgrades(upgrade, "road"), *_tariffs(tariff)]
    edits += _upgrades(upgrade_rail, "rail")
    edits += [OpenSeaRailTerminal(name) for name in terminal or ()]
    edits += [OpenDryPort(name) for name in dry_port or ()]
    edits += [CloseGateway(name) for name in close or ()]
    edits += [CloseTerminal(name) for name in close_terminal or ()]
    edits += [AvoidSuez()] if no_suez else []
    atlas = own_atlas()
    with bar(str(WORDS("network.working"))) as tell:
        change = change_of_costs(atlas, edits, progress=tell)
    return Delivery(network_page(atlas, change, top), change.to_frame)


def _parts(text: str, flag: str, number: str = "30") -> tuple[str, str, float | None]:
    from bolang.foundation.errors import BadInputError

    parts = [part.strip() for part in text.replace("，", ",").split(",")]
    try:
        if len(parts) in (2, 3) and all(parts):
            return parts[0], parts[1], float(parts[2]) if len(parts) == 3 else None
    except ValueError:
        pass
    raise BadInputError(
        tr(f"看不懂 --{flag} {text}。", f"Cannot read --{flag} {text}."),
        tr(f"例：--{flag} 义乌市,武义县,{number}", f"Example: --{flag} 义乌市,武义县,{number}"),
    )


def _lines(given: Several, layer: Layer) -> list[Edit]:
    from bolang.space import AddLink

    found: list[Edit] = []
    for text in given or ():
        start, end, km = _parts(text, layer)
        found.append(AddLink(start, end, layer, km))
    return found


def _upgrades(given: Several, layer: Layer) -> list[Edit]:
    from bolang.space import UpgradeLink

    found: list[Edit] = []
    for text in given or ():
        start, end, factor = _parts(text, "upgrade" if layer == "road" else "upgrade-rail", "0.8")
        found.append(UpgradeLink(start, end, layer, **({} if factor is None else {"factor": factor})))
    return found


def _tariffs(given: Several) -> list[Edit]:
    from bolang.foundation.errors import BadInputError
    from bolang.space import ChangeTariff

    found: list[Edit] = []
    for text in given or ():
        sign = "*" if "*" in text else "="
        name, _, number = text.partition(sign)
        try:
            amount = float(number)
        except ValueError:
            raise BadInputError(
                tr(f"看不懂 --tariff {text}。", f"Cannot read --tariff {text}."),
                tr("例：--tariff rail_rate*0.8 或 --tariff road_rate=0.5", "Example: --tariff rail_rate*0.8"),
            ) from None
        found.append(ChangeTariff(name, factor=amount) if sign == "*" else ChangeTariff(name, value=amount))
    return found
