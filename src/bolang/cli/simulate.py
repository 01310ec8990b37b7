"""``bolang simulate``: what a lever or a shock does to a county, its neighbours, the province and the nation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from bolang.economy import Scenario

HELP = tr(
    "在全国县域经济模型中推演：拉动抓手或遭遇冲击后，本县、邻县、全省、全国如何变化，谁得谁失，花多少钱。"
    "例：bolang simulate 义乌市 --lever sea_rail；bolang simulate 固始县 --lever market_platform=0.1 --closure province；"
    "bolang simulate --scenario 我的情景.yaml；bolang simulate --showcase tariff_25 --map 得失.html；bolang simulate --list",
    "Simulate in the economy of all counties: what levers and shocks do to a county, its neighbours, province and nation, who "
    "gains and loses, what it costs. Examples: bolang simulate 义乌市 --lever sea_rail; bolang simulate 固始县 --lever "
    "market_platform=0.1 --closure province; bolang simulate --scenario mine.yaml; bolang simulate --showcase tariff_25 "
    "--map gains.html; bolang simulate --list",
)


def command(
    county: Annotated[
        str | None,
        typer.Argument(
            metavar=tr("县名", "NAME"), help=tr("县名、全名或代码。", "Name, full name or code."), show_default=False
        ),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            help=tr(
                "抓手，可多次；可指定效应大小：market_platform=0.1（见 --list）。",
                "A lever, may be repeated; with a size: market_platform=0.1 (see --list).",
            ),
            show_default=False,
        ),
    ] = None,
    tariff: Annotated[
        list[str] | None,
        typer.Option(
            "--tariff",
            help=tr(
                "境外地区加征关税：north_america=25%；all 为全部地区。",
                "Tariff of a foreign region: north_america=25%; all for all of them.",
            ),
            show_default=False,
        ),
    ] = None,
    demand: Annotated[
        list[str] | None,
        typer.Option(
            "--demand",
            help=tr("境外需求变化：europe=-20%。", "Change of foreign demand: europe=-20%."),
            show_default=False,
        ),
    ] = None,
    freight: Annotated[
        list[str] | None,
        typer.Option(
            "--freight",
            help=tr("国际运费变化：all=50%。", "Change of international freight cost: all=50%."),
            show_default=False,
        ),
    ] = None,
    close: Annotated[
        list[str] | None,
        typer.Option(
            "--close",
            help=tr("关闭的港口或口岸：宁波港。", "A port or crossing that closes: 宁波港."),
            show_default=False,
        ),
    ] = None,
    close_market: Annotated[
        list[str] | None,
        typer.Option(
            "--close-market",
            help=tr("批发市场关闭的县：义乌市。", "A county whose wholesale market closes: 义乌市."),
            show_default=False,
        ),
    ] = None,
    closure: Annotated[
        str | None,
        typer.Option(
            "--closure",
            help=tr(
                "人口：national 全国流动（默认），province 省内流动，fixed 不流动。",
                "People: national (default), province or fixed.",
            ),
            show_default=False,
        ),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            help=tr("区间所用抽样次数（默认 16，0 为不抽样）。", "Draws for the intervals (16; 0 for none)."),
            show_default=False,
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity", help=tr("逐个参数做敏感性分析。", "Move each parameter to the ends of its range.")
        ),
    ] = False,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            help=tr("情景文件（YAML）；其余选项加在其上。", "A scenario file (YAML); other options are added to it."),
            show_default=False,
        ),
    ] = None,
    showcase: Annotated[
        str | None,
        typer.Option(
            "--showcase", help=tr("自带的示例情景。", "A scenario that ships with bolang."), show_default=False
        ),
    ] = None,
    listing: Annotated[
        bool,
        typer.Option(
            "--list", help=tr("列出抓手、境外地区与示例情景。", "List levers, foreign regions and showcases.")
        ),
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            help=tr("把各县结果写入 .csv 或 .parquet。", "Write the results of all counties to .csv or .parquet."),
            show_default=False,
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help=tr("把谁得谁失画成地图：.png、.svg 或 .html。", "Draw who gains and loses: .png, .svg or .html."),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Run the scenario and print a page."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for
    from bolang.cli.route_map import check_picture
    from bolang.cli.simulate_list import list_page
    from bolang.cli.simulate_map import save_map
    from bolang.cli.simulate_page import page, progress_line, save_places
    from bolang.economy import simulate

    chosen: Lang = language(lang) if lang else default_language()
    console = console_for(chosen)
    if listing:
        list_page(console, chosen)
        return
    added = _Added(lever, tariff, demand, freight, close, close_market)
    asked = _scenario(county, scenario, showcase, added, closure, draws)
    if save is not None:
        save_places(save, None)
    if picture is not None:
        check_picture(picture)
    atlas = Atlas()
    with progress_line() as tell:
        done = simulate(asked, atlas, sensitivity=sensitivity, progress=tell)
    # Files first: the reader of the page may close it early.
    written = []
    if save is not None:
        save_places(save, done.places)
        written.append(tr(f"各县结果已写入 {save}", f"Results of all counties written to {save}"))
    if picture is not None:
        save_map(atlas, done, picture, chosen)
        written.append(tr(f"地图已画入 {picture}", f"Map drawn in {picture}"))
    page(console, done, chosen)
    for line in written:
        console.print(line, markup=False)


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
