"""``bolang network``: what a change of the transport network does to the freight costs of every county."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from bolang.cli.options import LangOption
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.atlas import Atlas
    from bolang.space import CostChange, Edit
    from bolang.space.edits import Layer

HELP = tr(
    "试改交通网，看每个县的运费怎么变：新建公路或铁路、开海铁联运站或内陆港、关闭港口、调整运价。"
    "例：bolang network --terminal 永康市；bolang network --road 磐安县,仙居县,30 --close 上海港 -o 变化.csv",
    "Try changes of the network and see what they do to every county's freight costs: a road or railway, a sea-rail terminal "
    "or dry port, a closed port, a tariff. Example: bolang network --terminal 永康市 -o change.csv",
)

Several = list[str] | None

CHANGED_PERCENT = 1e-6
"""Less is rounding, not a change."""

SHOWN_PERCENT = 0.01
"""Smaller changes of the mean are counted and not listed."""


def _option(flag: str, zh: str, en: str) -> object:
    return typer.Option(flag, help=tr(zh, en), show_default=False)


def command(
    road: Annotated[Several, _option("--road", "新建公路：起点,终点[,公里]。", "New road: FROM,TO[,KM].")] = None,
    rail: Annotated[Several, _option("--rail", "新建铁路：起点,终点[,公里]。", "New railway: FROM,TO[,KM].")] = None,
    upgrade: Annotated[
        Several, _option("--upgrade", "改造公路：起点,终点[,系数]。", "Upgraded road: FROM,TO[,FACTOR].")
    ] = None,
    upgrade_rail: Annotated[
        Several, _option("--upgrade-rail", "改造铁路：起点,终点[,系数]。", "Upgraded railway: FROM,TO[,FACTOR].")
    ] = None,
    terminal: Annotated[
        Several, _option("--terminal", "新开海铁联运站的县。", "County that opens a sea-rail terminal.")
    ] = None,
    dry_port: Annotated[Several, _option("--dry-port", "新开内陆港的县。", "County that opens a dry port.")] = None,
    close: Annotated[Several, _option("--close", "关闭的港口或口岸。", "Port or crossing that closes.")] = None,
    close_terminal: Annotated[
        Several, _option("--close-terminal", "关闭铁路集装箱站的县。", "County whose rail container terminal closes.")
    ] = None,
    tariff: Annotated[
        Several, _option("--tariff", "运价参数：名称=值 或 名称*倍数。", "Parameter: NAME=VALUE or NAME*FACTOR.")
    ] = None,
    no_suez: Annotated[
        bool, typer.Option("--no-suez", help=tr("绕行好望角。", "Around the Cape of Good Hope."))
    ] = False,
    top: Annotated[
        int, typer.Option("--top", min=1, help=tr("显示变化最大的几个县。", "How many counties to show."))
    ] = 12,
    output: Annotated[
        Path | None, _option("-o", "把全部县的变化写入 CSV 文件。", "Write the change of all counties to a CSV file.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Work out the change and print who gains and who loses."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for
    from bolang.cli.progress import bar
    from bolang.pages.network.edits import edit_text
    from bolang.space import AvoidSuez, CloseGateway, CloseTerminal, OpenDryPort, OpenSeaRailTerminal, change_of_costs

    chosen: Lang = language(lang) if lang else default_language()
    edits: list[Edit] = [*_lines(road, "road"), *_lines(rail, "rail"), *_upgrades(upgrade, "road"), *_tariffs(tariff)]
    edits += _upgrades(upgrade_rail, "rail")
    edits += [OpenSeaRailTerminal(name) for name in terminal or ()]
    edits += [OpenDryPort(name) for name in dry_port or ()]
    edits += [CloseGateway(name) for name in close or ()]
    edits += [CloseTerminal(name) for name in close_terminal or ()]
    edits += [AvoidSuez()] if no_suez else []
    atlas, console = Atlas(), console_for()
    with bar(tr("计算全国运费表", "Freight costs of all counties")) as tell:
        change = change_of_costs(atlas, edits, progress=tell)
    for edit in change.edits:
        console.print(f"• {edit_text(edit).in_(chosen)}", markup=False)
    _page(console, atlas, change, top, chosen)
    if output is not None:
        from bolang.cli.frames import write_csv

        write_csv(change.to_frame(), output)
        console.print(tr(f"已写出 {output}", f"Wrote {output}"), markup=False)


def _page(console: Console, atlas: Atlas, change: CostChange, top: int, lang: Lang) -> None:
    for title, percent, before in (
        (
            tr("国内平均运费（元/吨，按人口加权）", "Mean domestic freight (yuan/t)"),
            change.domestic_percent,
            change.domestic_before,
        ),
        (
            tr("至境外市场平均运费（元/吨）", "Mean freight abroad (yuan/t)"),
            change.foreign_percent,
            change.foreign_before,
        ),
    ):
        console.print(f"[bold cyan]{title}[/]  {_count(percent)}")
        shown = np.flatnonzero(np.abs(percent) >= SHOWN_PERCENT)
        if len(shown):
            order = shown[np.argsort(-np.abs(percent[shown]))][:top]
            console.print(_table(atlas, order, percent, before, lang))


def _count(percent: np.ndarray) -> str:
    """Say how many counties pay less and more, and for how many it matters."""
    less, more = int((percent < -CHANGED_PERCENT).sum()), int((percent > CHANGED_PERCENT).sum())
    if not less + more:
        return tr("没有县受影响", "no county is touched")
    clear = int((np.abs(percent) >= SHOWN_PERCENT).sum())
    return tr(
        f"{less} 个县下降，{more} 个县上升，其中 {clear} 个变化达 {SHOWN_PERCENT:g}%（估计）",
        f"down in {less} counties, up in {more}; {clear} of them by {SHOWN_PERCENT:g} % or more (estimates)",
    )


def _table(atlas: Atlas, rows: np.ndarray, percent: np.ndarray, before: np.ndarray, lang: Lang) -> Table:
    from rich import box
    from rich.table import Table

    from bolang.atlas.romanize import place

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(tr("县", "County"))
    for title in (tr("改动前", "Before"), tr("改动后", "After"), tr("变化", "Change")):
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        after = before[row] * (1 + percent[row] / 100)
        name = place(atlas.counties[row].full_name).in_(lang)
        table.add_row(name, f"{before[row]:,.1f}", f"{after:,.1f}", f"{percent[row]:+.2f}%")
    return table


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
