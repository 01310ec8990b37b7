"""``bolang route``: the best and the second-best way for goods between two places, with legs, cost and time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.space.route import Route
    from bolang.space.routing import Routes
    from bolang.space.spread import Spread

HELP = tr(
    "算一票货从一地到另一地的最优与次优路线：方式、分段里程、时间与费用；终点可以是县、港口、口岸或境外市场。"
    "例：bolang route 义乌市 宁波港；bolang route 义乌市 马德里 --map 路线.png",
    "Find the best and second-best way for goods: means, legs, time and cost; to a county, port, crossing or market abroad. "
    "Example: bolang route 义乌市 宁波港; bolang route 义乌市 Madrid --map route.png",
)
MOST_OTHERS = 6


def command(
    origin: Annotated[
        str,
        typer.Argument(
            metavar=tr("起点", "FROM"),
            help=tr("县名或代码，也可为港口。", "County or code, or a port."),
            show_default=False,
        ),
    ],
    destination: Annotated[
        str,
        typer.Argument(
            metavar=tr("终点", "TO"),
            help=tr(
                "县、港口（宁波港）、口岸（阿拉山口口岸）或境外市场（鹿特丹、洛杉矶、迪拜、马德里）。",
                "County, port (宁波港), crossing (Alashankou) or market (Rotterdam, Los Angeles, Dubai, Madrid).",
            ),
            show_default=False,
        ),
    ],
    cargo: Annotated[
        str | None,
        typer.Option(
            "--cargo",
            help=tr(
                "general 为每吨一般货物，container 为每标箱；默认县与县之间按吨，其余按箱。",
                "general for a tonne of goods, container for a TEU; tonnes between counties, else containers.",
            ),
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help=tr(
                "只用某类方式：road 公路，rail 公路与铁路，water 公路与水路，land 陆路（不经海运），all 全部。",
                "Only by road, rail (and road), water (and road), land (no ships) or all.",
            ),
        ),
    ] = "all",
    close: Annotated[
        list[str] | None,
        typer.Option(
            "--close",
            help=tr("假设关闭某港口或口岸；可多次使用。", "Suppose a port or crossing closed; may be repeated."),
            show_default=False,
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help=tr("把路线图写入 .png、.svg 或 .html 文件。", "Draw the routes to a .png, .svg or .html file."),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Print the ways, and draw them if asked."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for
    from bolang.space.edits import CloseGateway
    from bolang.space.modes import cargo_named, modes_named
    from bolang.space.routing import find_routes
    from bolang.space.spread import route_spreads
    from bolang.space.system import TransportSystem

    chosen: Lang = language(lang) if lang else default_language()
    if picture is not None:
        from bolang.cli.route_map import check_picture

        check_picture(picture)
    atlas = Atlas()
    system = TransportSystem.standard(atlas).edited(CloseGateway(name) for name in close or ())
    kind = cargo_named(cargo) if cargo else None
    found = find_routes(atlas, origin, destination, cargo=kind, modes=modes_named(by), system=system)
    console = console_for()
    _page(console, found, route_spreads(system, found.routes), chosen)
    if picture is not None:
        from bolang.cli.route_map import save_picture

        save_picture(system, found, picture, chosen)
        console.print(tr(f"路线图已写入 {picture}", f"Map written to {picture}"), markup=False)


def _page(console: Console, found: Routes, spreads: tuple[Spread, ...], lang: Lang) -> None:
    from bolang.pages.route.sentences import carriers_text, weakness_text

    best, second = found.best, found.second
    unit = tr("元/吨", "yuan/t") if best.cargo == "general" else tr("元/标箱", "yuan/TEU")
    console.print(
        f"[bold]{best.origin.name.in_(lang)} → {best.destination.name.in_(lang)}[/]  "
        + tr(f"费用单位：{unit}；费用与时间均为估计", f"costs in {unit}; costs and times are estimates")
    )
    console.print(_summary(found, spreads, lang))
    for title, route in ((tr("最优路线", "Best way"), best), (tr("次优路线", "Second-best way"), second)):
        if route is not None:
            via = tr(f"（经{route.via}）", f" (by {route.via})") if route.via else ""
            console.print(f"[bold cyan]{title}[/]  {carriers_text(route.carriers).in_(lang)}{via}")
            console.print(_legs(route, lang))
    if second is None:
        console.print(tr("没有明显不同的另一条路线。", "There is no other way that differs by more than a few roads."))
    total = tr(
        "合计＝运费＋在途时间成本。区间与“最省”：运价、速度、等待时间在参数文件的区间内抽样400次，合计的第10至90百分位，及在所列路线中最省的次数占比。",
        "Total is what is paid plus the cost of time in transit. Range and “cheapest”: rates, speeds and waiting times drawn 400 times from "
        "the ranges of the parameter file; 10th to 90th percentile of the total, and how often a way is the cheapest of those listed.",
    )
    for line in (total, *(weakness_text(note).in_(lang) for note in found.notes)):
        console.print(f"• {line}", style="dim", markup=False, soft_wrap=True)


def _table(columns: list[tuple[str, bool]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title, number in columns:
        table.add_column(title, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return table


def _summary(found: Routes, spreads: tuple[Spread, ...], lang: Lang) -> Table:
    table = _table(
        [
            ("", True),
            (tr("方式，途经", "Means, through"), False),
            (tr("公里", "km"), True),
            (tr("时间", "Time"), True),
            (tr("运费", "Paid"), True),
            (tr("合计", "Total"), True),
            (tr("合计区间", "Range"), True),
            (tr("最省", "Cheapest"), True),
        ]
    )
    ways = zip(found.routes[:MOST_OTHERS], spreads, strict=False)
    for position, (route, spread) in enumerate(ways, start=1):
        table.add_row(
            str(position),
            _way(route, lang),
            f"{route.km:,.0f}",
            _duration(route.hours),
            f"{route.money:,.0f}",
            f"{route.cost:,.0f}",
            f"{spread.cost[0]:,.0f}–{spread.cost[1]:,.0f}",
            f"{100 * spread.cheapest:.0f}%",
        )
    return table


def _way(route: Route, lang: Lang) -> str:
    """Name the means, and the ports and crossings on the way; of a way by road a town near its middle."""
    from bolang.pages.route.sentences import carriers_text

    passed = route.gateways or ((route.via,) if route.via else ())
    return tr("，", ", ").join([carriers_text(route.carriers).in_(lang), *(name.in_(lang) for name in passed)])


def _legs(route: Route, lang: Lang) -> Table:
    from bolang.pages.route.sentences import means_text, stop_text

    table = _table(
        [
            (tr("方式", "Means"), False),
            (tr("路段", "Leg"), False),
            (tr("公里", "km"), True),
            (tr("时间", "Time"), True),
            (tr("运费", "Paid"), True),
        ]
    )
    for leg in route.legs:
        same = leg.start == leg.end
        start, end = stop_text(leg.start).in_(lang), stop_text(leg.end).in_(lang)
        way = end if same else f"{start} → {end}"
        km = "" if leg.km == 0 else f"{leg.km:,.0f}"
        table.add_row(means_text(leg.means).in_(lang), way, km, _duration(leg.hours), f"{leg.money:,.0f}")
    ends = (
        tr("装车与卸车", "Loading and unloading")
        if route.cargo == "general"
        else tr("提箱与还箱", "Fetching and returning the box")
    )
    table.add_row(ends, "", "", "", f"{route.ends_money:,.0f}")
    return table


def _duration(hours: float) -> str:
    if hours < 48:
        return tr(f"{hours:.1f} 小时", f"{hours:.1f} h")
    return tr(f"{hours / 24:.1f} 天", f"{hours / 24:.1f} d")
