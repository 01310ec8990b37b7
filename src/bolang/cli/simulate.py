"""``bolang simulate``: what a lever or a shock does to a county, its neighbours, the province and the nation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from bolang.economy import Scenario

HELP = tr(
    "在全国县域经济模型中推演：拉动抓手或遭遇冲击后，本县、邻县、全省、全国如何变化，谁得谁失，花多少钱。"
    "例：bolang simulate 义乌市 --lever sea_rail；bolang simulate 固始县 --lever market_platform=0.1 --closure province；"
    "bolang simulate --scenario 我的情景.yaml；bolang simulate --showcase tariff_25；bolang simulate --list",
    "Simulate in the economy of all counties: what levers and shocks do to a county, its neighbours, province and nation, who "
    "gains and loses, what it costs. Examples: bolang simulate 义乌市 --lever sea_rail; bolang simulate 固始县 --lever "
    "market_platform=0.1 --closure province; bolang simulate --scenario mine.yaml; bolang simulate --showcase tariff_25; "
    "bolang simulate --list",
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
            help=tr("境外地区加征关税：north_america=0.25。", "Tariff of a foreign region: north_america=0.25."),
            show_default=False,
        ),
    ] = None,
    demand: Annotated[
        list[str] | None,
        typer.Option(
            "--demand",
            help=tr("境外需求变化：europe=-0.2。", "Change of foreign demand: europe=-0.2."),
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
    closure: Annotated[
        str,
        typer.Option(
            "--closure",
            help=tr(
                "人口：national 全国流动，province 省内流动，fixed 不流动。", "People: national, province or fixed."
            ),
        ),
    ] = "national",
    draws: Annotated[
        int,
        typer.Option("--draws", min=0, max=200, help=tr("区间所用抽样次数。", "Draws for the intervals.")),
    ] = 16,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity", help=tr("逐个参数做敏感性分析。", "Move each parameter to the ends of its range.")
        ),
    ] = False,
    scenario: Annotated[
        Path | None,
        typer.Option("--scenario", help=tr("情景文件（YAML）。", "A scenario file (YAML)."), show_default=False),
    ] = None,
    showcase: Annotated[
        str | None,
        typer.Option(
            "--showcase", help=tr("自带的示例情景。", "A scenario that ships with bolang."), show_default=False
        ),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help=tr("列出抓手与示例情景。", "List levers and showcase scenarios."))
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            help=tr("把各县结果写入 .csv 或 .parquet。", "Write the results of all counties to .csv or .parquet."),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Run the scenario and print a page."""
    from rich.console import Console

    from bolang.cli.simulate_page import list_page, page, progress_line, save_places
    from bolang.economy import simulate

    chosen: Lang = language(lang) if lang else default_language()
    console = Console(highlight=False)
    if listing:
        list_page(console, chosen)
        return
    asked = _scenario(county, scenario, showcase, lever, tariff, demand, close, closure, draws)
    if save is not None:
        save_places(save, None)
    with progress_line() as tell:
        done = simulate(asked, sensitivity=sensitivity, progress=tell)
    page(console, done, chosen)
    if save is not None:
        save_places(save, done.places)
        console.print(tr(f"各县结果已写入 {save}", f"Results of all counties written to {save}"), markup=False)


def _scenario(
    county: str | None,
    file: Path | None,
    named: str | None,
    levers: list[str] | None,
    tariffs: list[str] | None,
    demands: list[str] | None,
    closed: list[str] | None,
    closure: str,
    draws: int,
) -> Scenario:
    """Build the scenario from a file, a showcase or the options."""
    from bolang.economy import Scenario, showcase
    from bolang.errors import BadInputError

    if file is not None:
        return Scenario.from_file(file)
    if named is not None:
        return showcase(named, county)
    if county is None:
        raise BadInputError(
            tr("请给出县名，或用 --scenario、--showcase。", "Name a county, or use --scenario or --showcase."),
            tr("例：bolang simulate 义乌市 --lever sea_rail", "Example: bolang simulate 义乌市 --lever sea_rail"),
        )
    uses: list[dict[str, object]] = []
    for text in levers or ():
        name, size = _sized(text)
        uses.append({"lever": name} if size is None else {"lever": name, "effect": size})
    shocks: list[dict[str, object]] = []
    for kind, given in (("tariff", tariffs), ("foreign_demand", demands)):
        for text in given or ():
            region, size = _sized(text)
            if size is None:
                raise BadInputError(tr(f"{text!r} 缺少数值。", f"{text!r} lacks a value."), "north_america=0.25")
            shocks.append({"kind": kind, "region": None if region in ("", "all") else region, "change": size})
    shocks += [{"kind": "port_closed", "place": place} for place in closed or ()]
    return Scenario(county, levers=uses, shocks=shocks, closure=closure, draws=draws)


def _sized(text: str) -> tuple[str, float | None]:
    from bolang.errors import BadInputError

    name, sign, size = text.partition("=")
    if not sign:
        return name, None
    try:
        number = float(size.removesuffix("%")) / (100 if size.endswith("%") else 1)
    except ValueError:
        raise BadInputError(
            tr(f"{text!r} 的数值无法识别。", f"The value in {text!r} is not a number."), "market_platform=0.1"
        ) from None
    return name, number
