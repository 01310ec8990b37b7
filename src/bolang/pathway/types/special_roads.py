"""Roads of counties that geography or a resource sets apart: what the four types advise does not fit them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pathway.types.roads import ROADS, Cell, Road

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Situation = Literal["island", "resource", "border", "far"]
SITUATIONS: tuple[Situation, ...] = ("island", "resource", "border", "far")
"""In the order in which they decide."""


def situation(atlas: Atlas, county: County, cell: Cell) -> Situation | None:
    """Say what sets a county apart from its type; None for most.

    An island; a county that lives from coal or is on the list of exhausted resource towns, unless it has complete industry in
    a good location; a weak county on the land border; a weak county with no core city within reach.
    """
    tests: dict[Situation, Callable[[], bool]] = {
        "island": lambda: county.code in _islands(),
        "resource": lambda: cell != "complete_good" and lives_from_resource(atlas, county),
        "border": lambda: cell.startswith("weak") and atlas.status.has(county, "border"),
        "far": lambda: cell.startswith("weak") and _hours(atlas).get(county.code, 0.0) > _reach(),
    }
    return next((key for key in SITUATIONS if tests[key]()), None)


def road_of(cell: Cell, special: Situation | None) -> Road:
    """Return the road of a type, or that of the situation under the label of the type."""
    return ROADS[cell] if special is None else replace(_SPECIAL[special], key=cell, label=ROADS[cell].label)


def lives_from_resource(atlas: Atlas, county: County) -> bool:
    """Whether coal capacity reaches the line, or an official list calls the county an exhausted resource town."""
    line = load_parameters("bolang.pathway.plan").number("resource_coal")
    coal = next((p for p in atlas.products.of(county) if p.kind == "coal"), None)
    enough = coal is not None and coal.capacity is not None and coal.capacity >= line
    return enough or atlas.status.has(county, "exhausted")


def _islands() -> list[str]:
    listed = load_parameters("bolang.pathway.plan")["island_counties"].value
    assert isinstance(listed, list)
    return [str(code) for code in listed]


def _reach() -> float:
    return load_parameters("bolang.pathway.plan").number("core_city_hours")


@lru_cache(maxsize=2)
def _hours(atlas: Atlas) -> dict[str, float]:
    return dict(atlas.table("access").select("code", "core_city_hours").iter_rows())


_SPECIAL: dict[Situation, Road] = {
    "island": Road(
        "weak_good",
        Text("", ""),
        Text(
            "靠海吃海：渔业加工、海岛旅游与可靠的船班",
            "live from the sea: fish processing, island tourism, reliable ferries",
        ),
        Text(
            "大城市在海的另一边，陆上的配套与物流到不了；能卖的是海产和海岛本身。",
            "The city lies across the water, so suppliers and parks make no sense; what sells is the catch and the island.",
        ),
        (
            Text("海产就地冷藏加工，少走一道鲜货损耗", "chill and process the catch on the island"),
            Text("按船班和淡水能力定旅游规模", "size tourism by ferries and fresh water"),
            Text("公共服务先保常住的人", "keep public services for those who stay"),
        ),
        Text("不办招商园区：土地、淡水和运费都不支持。", "No industrial park: land, water and freight are against it."),
        ("farm_processing", "cold_chain", "island_supply", "tourism"),
        False,
    ),
    "resource": Road(
        "weak_remote",
        Text("", ""),
        Text("趁资源还在，为资源之后铺路", "use the years of the resource to prepare for those after it"),
        Text(
            "收入系于一种资源的价格和年限，照一般类型办园区、拼出口并不合适。",
            "Income hangs on the price and the years of one resource; parks and exports as elsewhere do not fit.",
        ),
        (
            Text(
                "按资源年限存下一部分收入，先还债、再投资",
                "set income aside by the years left: repay first, then invest",
            ),
            Text("从资源的下游和矿区服务里找接续产业", "find successors downstream and in services to the mines"),
            Text("治理采空区与水，留住愿意留下的人", "mend land and water, so that those who want to can stay"),
        ),
        Text(
            "价高时定下的支出，价低时要靠举债来付。",
            "What is committed while prices are high is paid with debt when they are low.",
        ),
        ("resource_succession", "farm_processing"),
        False,
    ),
    "border": Road(
        "weak_remote",
        Text("", ""),
        Text("守边兴边：口岸、互市与边境旅游", "live from the border: port, border trade, border tourism"),
        Text(
            "核心城市太远，近处的市场在界线那边；人留得住本身就是任务。",
            "The core city is far and the near market lies across the border; to keep people there is a task in itself.",
        ),
        (
            Text("把口岸和互市的资格、查验能力向上争取到位", "win port status and inspection capacity from above"),
            Text("互市商品落地加工，先小后大", "process traded goods on the spot, small first"),
            Text("公共服务按守边需要、不按人口保", "provide services for guarding the border, not by head"),
        ),
        Text(
            "生意系于对岸一国的政策，须有停关时的打算。",
            "Trade hangs on one neighbour's policy: plan for a closed gate.",
        ),
        ("border_trade", "tourism", "farm_processing"),
        False,
    ),
    "far": Road(
        "weak_remote",
        Text("", ""),
        Text("做好本地特产与县城服务，不追大产业", "good local products and services, no large industry"),
        Text(
            "两小时内没有核心城市可配套，自成体系又缺规模；值得做的是别处没有的东西。",
            "No core city lies within two hours and there is no scale for a system of its own: do what others cannot.",
        ),
        (
            Text("名录里的农产品就地加工、耐储先行", "process listed farm products, those that keep first"),
            Text("把县城的学校、医院和商业办好，留住本县消费", "good schools, hospital and shops in the county town"),
            Text("帮出去的人出得好，欢迎带着手艺回来", "help those who leave, welcome those who return with a skill"),
        ),
        Text("不为招商先修园区，不举债铺摊子。", "No park ahead of its firms, and no debt for it."),
        ("farm_processing", "rural_e_commerce", "tourism"),
        False,
    ),
}
