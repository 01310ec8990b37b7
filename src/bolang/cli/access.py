"""``bolang access``: where a county is: ports, stations, cities, markets, and how that compares with the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from bolang.cli.options import Benchmark, LangOption, Name
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.table import Table

    from bolang.atlas import Atlas, County

HELP = tr(
    "看一个县的区位：到港口、机场、铁路站、省会和大城市的里程、时间与费用，国内外市场潜力，及其全国位次。例：bolang access 义乌市",
    "Show where a county is: way to ports, airports, stations and cities, market potential, and its place in the nation. "
    "Example: bolang access 义乌市",
)

NEARER_IS_BETTER = (
    "port_km",
    "port_hours",
    "port_cost_road",
    "port_cost",
    "seaport_km",
    "airport_km",
    "airport_hours",
    "airport_cost",
    "station_km",
    "terminal_km",
    "terminal_hours",
    "terminal_cost",
    "capital_km",
    "capital_hours",
    "capital_cost",
    "metropolis_km",
    "metropolis_hours",
    "metropolis_cost",
)
MORE_IS_BETTER = (
    "population_60_minutes",
    "population_180_minutes",
    *(f"{kind}_{modes}" for kind in ("harris", "foreign_harris") for modes in ("road", "rail", "water", "all")),
    "hansen_all",
    "foreign_hansen_all",
    "market_access_all",
    "foreign_market_access_all",
)


def command(
    name: Name,
    benchmark: Benchmark = "330782",
    hours: Annotated[
        str,
        typer.Option(
            "--hours", help=tr("等时圈的小时数，用逗号分开。", "Hours of the isochrones, separated by commas.")
        ),
    ] = "0.5,1,2,4",
    lang: LangOption = None,
) -> None:
    """Print the access of a county."""
    from bolang.atlas import Atlas
    from bolang.atlas.romanize import place as spelt
    from bolang.cli.console import console_for
    from bolang.pages.access.sentences import position_sentences
    from bolang.space import TransportSystem, isochrone, position

    chosen: Lang = language(lang) if lang else default_language()
    limits = _hours(hours)
    atlas, console = Atlas(), console_for()
    county, other = atlas.county(name), atlas.county(benchmark)
    console.print(f"[bold]{spelt(county.full_name).in_(chosen)}[/] {county.code}  " + tr("（估计）", "(estimates)"))
    for sentence in position_sentences(position(atlas, county)):
        console.print(f"• {sentence.in_(chosen)}", markup=False, soft_wrap=True)
    console.print(_figures(atlas, county, other, chosen))
    around = isochrone(TransportSystem.standard(atlas), county.code, limits)
    people = around.within(atlas.column("population", 2020))
    for limit, count in zip(limits, people, strict=True):
        units = int((around.hours <= limit).sum())
        console.print(
            tr(
                f"• 小汽车 {limit:g} 小时内：{units} 个县级单位，{count / 1e4:,.0f} 万人",
                f"• Within {limit:g} h by car: {units} county-level units, {count / 1e6:,.1f} million people",
            )
        )
    console.print(
        tr(
            "• 路网无等级、收费与车速，西部山区偏差较大；方法见 docs/space.md。© OpenStreetMap contributors, ODbL",
            "• The road graph has no class, toll or speed; see docs/space.md. © OpenStreetMap contributors, ODbL",
        ),
        style="dim",
        soft_wrap=True,
    )


def _hours(text: str) -> tuple[float, ...]:
    from bolang.foundation.errors import BadInputError

    try:
        return tuple(float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise BadInputError(
            tr(f"看不懂小时数 {text!r}。", f"Cannot read the hours {text!r}."),
            tr("例：--hours 0.5,1,2", "Example: --hours 0.5,1,2"),
        ) from None


def _figures(atlas: Atlas, county: County, other: County, lang: Lang) -> Table:
    from rich import box
    from rich.table import Table

    from bolang.atlas.catalogue import unit_text
    from bolang.atlas.romanize import place as spelt

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(tr("指标", "Figure"), overflow="fold")
    table.add_column(tr("数值", "Value"), justify="right", no_wrap=True)
    table.add_column(tr("单位", "Unit"), no_wrap=True)
    table.add_column(tr("优于全国", "Better than"), justify="right", no_wrap=True)
    if other.code != county.code:
        table.add_column(spelt(other.name).in_(lang), justify="right", no_wrap=True)
    frame = atlas.table("access")
    for name in (*NEARER_IS_BETTER, *MORE_IS_BETTER):
        fact = atlas.fact(county, name, 2020)
        values = frame[name].to_numpy()
        better = values > fact.value if name in NEARER_IS_BETTER else values < fact.value
        row = [
            fact.label.in_(lang) + _place(atlas, name, county, lang),
            f"{fact.value:,.1f}",
            unit_text(fact.unit).in_(lang),
            f"{100 * float(np.mean(better)):.0f}%",
        ]
        table.add_row(*row, *([f"{values[other.index]:,.1f}"] if other.code != county.code else []))
    return table


def _place(atlas: Atlas, name: str, county: County, lang: Lang) -> str:
    """Name the place that a figure refers to, where the table holds it."""
    from bolang.atlas.romanize import place as spelt
    from bolang.space import find_gateway

    which = {"port_km": "port", "port_cost": "port_cheapest", "airport_km": "airport", "terminal_km": "terminal"}
    which |= {"metropolis_km": "metropolis", "seaport_km": "seaport"}
    if name not in which:
        return ""
    key = str(atlas.table("access")[which[name]][county.index])
    if which[name] in ("port", "port_cheapest", "seaport"):
        place = find_gateway(atlas, key).name
    else:
        place = spelt(atlas.county(key).name if which[name] == "terminal" else key)
    return ("：" if lang == "zh" else ": ") + place.in_(lang)
