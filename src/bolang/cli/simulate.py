"""``bolang simulate``: what a lever or a shock does to a county, its neighbours, the province and the nation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import argument, flag, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.text import Lang, Text, tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.economy import Scenario

WORDS = load("cli_road")
Several = list[str] | None


@paged
def command(
    county: Annotated[str | None, argument(WORDS("simulate.county.metavar"), WORDS("simulate.county"))] = None,
    lever: Annotated[Several, option("--lever", said=WORDS("simulate.lever"))] = None,
    tariff: Annotated[Several, option("--tariff", said=WORDS("simulate.tariff"))] = None,
    demand: Annotated[Several, option("--demand", said=WORDS("simulate.demand"))] = None,
    freight: Annotated[Several, option("--freight", said=WORDS("simulate.freight"))] = None,
    close: Annotated[Several, option("--close", said=WORDS("simulate.close"))] = None,
    close_market: Annotated[Several, option("--close-market", said=WORDS("simulate.close_market"))] = None,
    closure: Annotated[str | None, option("--closure", said=WORDS("simulate.closure"))] = None,
    draws: Annotated[int | None, option("--draws", said=WORDS("simulate.draws"))] = None,
    sensitivity: Annotated[bool, flag("--sensitivity", said=WORDS("simulate.sensitivity"))] = False,
    scenario: Annotated[Path | None, option("--scenario", said=WORDS("simulate.scenario"))] = None,
    showcase: Annotated[str | None, option("--showcase", said=WORDS("simulate.showcase"))] = None,
    listing: Annotated[bool, flag("--list", said=WORDS("simulate.list"))] = False,
    save: Annotated[Path | None, option("--save", said=WORDS("simulate.save"))] = None,
    picture: Annotated[Path | None, option("--map", said=WORDS("simulate.map"))] = None,
    lang: Lang = "zh",
) -> Delivery:
    """Run the scenario and show it; a csv holds the results of all counties."""
    from bolang.atlas import own_atlas
    from bolang.cli.pictures import check_picture, draw_figure
    from bolang.cli.progress import stage_line
    from bolang.economy import simulate
    from bolang.pages.simulate import listing_page, simulate_page

    if listing:
        return Delivery(listing_page())
    added = _Added(lever, tariff, demand, freight, close, close_market)
    asked = _scenario(county, scenario, showcase, added, closure, draws)
    if save is not None:
        _check_data(save)
    if picture is not None:
        check_picture(picture)
    atlas = own_atlas()
    with stage_line() as tell:
        done = simulate(asked, atlas, sensitivity=sensitivity, progress=tell)
    page = simulate_page(done, atlas)
    # Files first: the reader of the page may close it early.
    remarks: list[Text] = []
    if save is not None:
        from bolang.cli.frames import write_frame

        write_frame(done.places, save)
        remarks.append(WORDS("simulate.saved", file=str(save)))
    if picture is not None:
        first = next(figure.key for figure in page.figures())
        remarks.append(draw_figure(page, first, picture, lang))
    return Delivery(page, lambda: done.places, tuple(remarks))


def _check_data(path: Path) -> None:
    """Refuse a file for data that could not be written, before anything is solved."""
    from bolang.cli.frames import check_frame

    check_frame(path)


@dataclass(frozen=True)
class _Added:
    """Levers and shocks that the options ask for."""

    levers: list[str] | None
    tariffs: list[str] | None
    demands: list[str] | None
    freights: list[str] | None
    ports: list[str] | None
    markets: list[str] | None

    def uses(self) -> list[dict[str, object]]:
        """Levers as the scenario takes them."""
        found: list[dict[str, object]] = []
        for text in self.levers or ():
            name, size = _sized(text)
            found.append({"lever": name} if size is None else {"lever": name, "effect": size})
        return found

    def shocks(self) -> list[dict[str, object]]:
        """Shocks as the scenario takes them."""
        from bolang.foundation.errors import BadInputError

        found: list[dict[str, object]] = []
        given = (("tariff", self.tariffs), ("foreign_demand", self.demands), ("sea_freight", self.freights))
        for kind, texts in given:
            for text in texts or ():
                region, size = _sized(text)
                if size is None:
                    raise BadInputError(
                        tr(f"{text!r} 缺少数值。", f"{text!r} lacks a value."),
                        tr("写法：north_america=25%", "Write north_america=25%"),
                    )
                found.append({"kind": kind, "region": None if region in ("", "all") else region, "change": size})
        found += [{"kind": "port_closed", "place": place} for place in self.ports or ()]
        found += [{"kind": "market_closed", "place": place} for place in self.markets or ()]
        return found


def _scenario(
    county: str | None,
    file: Path | None,
    named: str | None,
    added: _Added,
    closure: str | None,
    draws: int | None,
) -> Scenario:
    """Build the scenario from a file, a showcase or the options; options given go before what a file says."""
    from bolang.economy import Scenario, showcase
    from bolang.foundation.errors import BadInputError

    if file is not None and named is not None:
        raise BadInputError(
            tr("--scenario 与 --showcase 只能用一个。", "Use either --scenario or --showcase."),
            tr("示例情景也可复制成文件后修改。", "Or copy the showcase into a file of your own."),
        )
    changes: dict[str, object] = {"closure": closure, "draws": draws}
    changes = {name: value for name, value in changes.items() if value is not None}
    if file is None and named is None:
        if county is None:
            raise BadInputError(
                tr("请给出县名，或用 --scenario、--showcase。", "Name a county, or use --scenario or --showcase."),
                tr("例：bolang simulate 义乌市 --lever sea_rail", "Example: bolang simulate 义乌市 --lever sea_rail"),
            )
        return Scenario(county, levers=added.uses(), shocks=added.shocks(), **changes)
    base = Scenario.from_file(file) if file is not None else showcase(str(named))
    if county is not None:
        changes["county"] = county
    levers, shocks = (*base.levers, *added.uses()), (*base.shocks, *added.shocks())
    return base.changed(levers=levers, shocks=shocks, **changes)


def _sized(text: str) -> tuple[str, float | None]:
    from bolang.foundation.errors import BadInputError

    name, sign, size = text.partition("=")
    if not sign:
        return name, None
    try:
        number = float(size.removesuffix("%")) / (100 if size.endswith("%") else 1)
    except ValueError:
        raise BadInputError(
            tr(f"{text!r} 的数值无法识别。", f"The value in {text!r} is not a number."),
            tr("写法：market_platform=0.1 或 market_platform=10%", "Write market_platform=0.1 or market_platform=10%"),
        ) from None
    return name, number
