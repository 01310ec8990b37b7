"""Chapter two: where the county lies for goods, and its routes to the sea and abroad."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bolang.atlas.romanize import place
from bolang.document.model import Column, Figure, Note, Number, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import HOURS, KM, YUAN_A_BOX, Unit, number_text
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import listed, paragraph, say
from bolang.space import Route, TransportSystem, find_routes, isochrone
from bolang.space.modes import ModeSet

NETWORK = Note(
    "network",
    Text(
        "公路、铁路网取自 OpenStreetMap（© OpenStreetMap contributors，ODbL），海运里程为港口间航线里程，运价与时间价值取自拨浪的运价参数"
        "（每项注明来源与区间）。路网无道路等级与收费，里程一般比公布里程短约5%；铁路网不区分高铁与货运线。费用与时间均为估计。",
        "Road and rail networks from OpenStreetMap (© OpenStreetMap contributors, ODbL), sea distances along shipping lanes, rates and "
        "values of time from bolang's cited parameters. The road graph has no class or toll and runs about 5% short of published "
        "distances; the rail graph does not tell high-speed from freight lines. Costs and times are estimates.",
    ),
)
SOURCE = Text(
    "拨浪按 OpenStreetMap 路网、铁路网（ODbL）和运价参数计算",
    "computed by bolang on OpenStreetMap networks (ODbL) with cited freight rates",
)


NAMED_CITIES = 9
HERE_HOURS = 0.05


@dataclass(frozen=True, slots=True)
class _Destination:
    name: str
    label: Text
    modes: ModeSet = "all"


ABROAD = (
    _Destination("rotterdam", Text("西北欧（鹿特丹）", "Northwest Europe (Rotterdam)")),
    _Destination("los_angeles", Text("美国西部（洛杉矶）", "US West (Los Angeles)")),
    _Destination("madrid", Text("伊比利亚（马德里），中欧班列", "Iberia (Madrid), by rail"), "land"),
)


def location(context: Context) -> Section:
    """Explain the county's position in the networks, with its routes by the best and the second-best means."""
    system = TransportSystem.standard(context.atlas)
    return Section(
        "location",
        Text("交通区位与货运路线", "Location and freight routes"),
        (
            paragraph(*_position(context)),
            _route_table(context, system),
            paragraph(*_advice(context)),
            _reach_figure(context, system),
        ),
    )


def _reach_figure(context: Context, system: TransportSystem) -> Figure:
    from bolang.figures.geography import project, shapes
    from bolang.figures.reach_map import HOURS as BOUNDS
    from bolang.figures.reach_map import ReachMap, draw_reach_map

    counties = context.atlas.counties
    hours = isochrone(system, context.county.code, BOUNDS).hours
    data = ReachMap(
        shapes=shapes(context.atlas),
        hours=hours,
        centers=project(np.array([(c.lon, c.lat) for c in counties])),
        own=context.county.index,
        name=place(context.short),
        cities=_cities(context, hours <= BOUNDS[-1]),
    )
    return Figure(
        key="reach",
        caption=Text(f"{context.name}的车程圈（估计）", f"What is within reach of {context.name} by car (estimated)"),
        alt=Text("地图：到各县级单元的车程分级设色。", "Map of driving times to all county-level units."),
        source=SOURCE,
        draw=lambda lang: draw_reach_map(lang, data),
        notes=(NETWORK,),
    )


def _cities(context: Context, within: NDArray[np.bool_]) -> tuple[tuple[int, Text], ...]:
    """Return the largest cities within reach, each at its densest unit, without the county's own."""
    counties = context.atlas.counties
    people = np.nan_to_num(context.evidence.column("urban", 2020))
    density = people / context.evidence.area
    members: dict[str, list[int]] = {}
    for county in counties:
        if county.prefecture_code != context.county.prefecture_code:
            members.setdefault(county.prefecture_code, []).append(county.index)
    core = {code: max(rows, key=lambda row: density[row]) for code, rows in members.items()}
    reached = [code for code, row in core.items() if within[row]]
    largest = sorted(reached, key=lambda code: -people[members[code]].sum())[:NAMED_CITIES]
    return tuple((core[code], place(counties[core[code]].prefecture.removesuffix("市"))) for code in largest)


def _access(context: Context) -> dict[str, object]:
    return context.atlas.table("access").filter(pl.col("code").eq(context.county.code)).row(0, named=True)


def _gateway_name(context: Context, gateway: object) -> Text:
    row = context.atlas.table("gateways").filter(pl.col("id").eq(gateway)).row(0, named=True)
    return Text(row["name_zh"], row["name_en"])


def _figure(access: dict[str, object], name: str, digits: int = 0) -> str:
    return number_text(float(str(access[name])), digits)


def _drive(access: dict[str, object], column: str, place_name: Text) -> Text:
    """Say how long a drive takes; a place within three minutes is here."""
    hours = float(str(access[column])) / (60.0 if column.endswith("minutes") else 1.0)
    if hours < HERE_HOURS:
        return place_name + Text("在本地", " here")
    return place_name + Text(f"{number_text(hours, 1)}小时", f" {number_text(hours, 1)} hours")


def _position(context: Context) -> list[Sentence | None]:
    access = _access(context)
    port = _gateway_name(context, access["port"])
    sea = say(
        f"最近的远洋集装箱港是{port.zh}，公路{_figure(access, 'port_km')}公里、货车{_figure(access, 'port_hours', 1)}小时。",
        f"The nearest ocean container port ({port.en}) is {_figure(access, 'port_km')} km by road, "
        f"{_figure(access, 'port_hours', 1)} hours by truck.",
        NETWORK,
    )
    others = listed(
        (
            _drive(access, "airport_hours", Text("最近机场", "an airport")),
            _drive(access, "terminal_hours", Text("铁路集装箱站", "a rail container terminal")),
            _drive(access, "capital_hours", Text("省会", "the provincial capital")),
            _drive(
                access,
                "metropolis_minutes",
                Text(
                    f"最近的五百万人以上城市（{access['metropolis']}）",
                    f"the nearest city above five million ({access['metropolis']})",
                ),
            ),
        )
    )
    reach = say(
        f"车程：{others.zh}；三小时内可达{_figure(access, 'population_180_minutes')}万人。",
        f"By car: {others.en}; {float(str(access['population_180_minutes'])) / 100:.1f} million people live within three hours.",
        NETWORK,
    )
    return [sea, reach]


def _destinations(context: Context) -> tuple[_Destination, ...]:
    cheapest = str(_access(context)["port_cheapest"])
    return (_Destination(cheapest, _gateway_name(context, cheapest)), *ABROAD)


def _route_table(context: Context, system: TransportSystem) -> Table:
    rows: list[Row] = []
    for destination in _destinations(context):
        found = find_routes(
            context.atlas,
            context.county.code,
            destination.name,
            cargo="container",
            modes=destination.modes,
            system=system,
        )
        rows.append(_row(destination.label, found.best, None))
        if found.second is not None:
            rows.append(_row(Text("　次优", "  second best"), found.second, found.best))
    columns = (
        Column(Text("目的地", "Destination"), "left", 2.4),
        Column(Text("方式", "By"), "left", 1.5),
        Column(Text("途经口岸", "Through"), "left", 2.0),
        Column(Text("里程（公里）", "Distance (km)"), "right", 1.2),
        Column(Text("时间（小时）", "Time (hours)"), "right", 1.2),
        Column(Text("运费（元/标箱）", "Freight (yuan/TEU)"), "right", 1.3),
        Column(Text("综合费用（元/标箱）", "With time (yuan/TEU)"), "right", 1.4),
        Column(Text("比最优", "Against best"), "right", 1.0),
    )
    caption = Text(f"{context.name}的货运路线（估计）", f"Freight routes of {context.name} (estimated)")
    return Table("routes", caption, columns, tuple(rows), SOURCE, (NETWORK,))


def _row(label: Text, route: Route, best: Route | None) -> Row:
    dearer = same("") if best is None else same(f"+{100.0 * (route.cost / best.cost - 1.0):.1f}%")
    return Row(
        (
            label,
            route.label,
            listed(route.gateways) if route.gateways else same("—"),
            _number(route.km, KM),
            _number(route.hours, HOURS, 1),
            _number(route.money, YUAN_A_BOX),
            _number(route.cost, YUAN_A_BOX),
            dearer,
        ),
        strong=best is None,
    )


def _number(value: float, unit: Unit, digits: int = 0) -> Number:
    # The caption says once that all of the table is estimated; a mark in every cell would bury the figures.
    return Number(value, digits, unit, None, "derived", SOURCE)


def _advice(context: Context) -> list[Sentence | None]:
    access = _access(context)
    by_road, cheapest = float(str(access["port_cost_road"])), float(str(access["port_cost"]))
    saving = 100.0 * (1.0 - cheapest / by_road)
    if saving < 1.0:
        return [
            say(
                "到港口以公路最省，铁路或水路目前没有费用优势；海铁联运须有足够货量和班次才可能成立。",
                "The road is the cheapest way to the port; rail and water have no cost advantage, and sea-rail would need volume and "
                "frequency to stand.",
                NETWORK,
            )
        ]
    port = _gateway_name(context, access["port_cheapest"])
    return [
        say(
            f"费用最低的出海港是{port.zh}，最省的方式比公路低{saving:.0f}%，多式联运有费用基础；运价参数有区间，签约前应以班列和港口实际报价核对。",
            f"The cheapest way to a port ({port.en}) costs {saving:.0f}% less than the road: multimodal transport has a basis here. Rates "
            "have ranges; check them against quotations before signing.",
            NETWORK,
        )
    ]
