"""The four roads of the source report's types: two that it names, two for the counties in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bolang.foundation.text import Text

Cell = Literal["complete_good", "complete_remote", "weak_good", "weak_remote"]
CELLS: tuple[Cell, ...] = ("complete_good", "complete_remote", "weak_good", "weak_remote")
"""Order of the cell axis: industry complete or weak, location good or remote."""


@dataclass(frozen=True, slots=True)
class Road:
    """What fits a type.

    Attributes
    ----------
    key : str
    label : Text
        Name of the type.
    road : Text
        The road in a few words.
    reason : Text
        Why it fits.
    steps : tuple of Text
        What to do, most important first.
    caution : Text
        What does not fit, or goes wrong.
    measures : tuple of str
        Measures of the plan that belong to the road.
    from_report : bool
        Whether the source report names the road itself.
    """

    key: Cell
    label: Text
    road: Text
    reason: Text
    steps: tuple[Text, ...]
    caution: Text
    measures: tuple[str, ...]
    from_report: bool


ROADS: dict[Cell, Road] = {
    "complete_good": Road(
        "complete_good",
        Text("产业齐全、区位优越", "complete industry, good location"),
        Text("数字化与外向型发展", "go digital and outward"),
        Text(
            "产业与流通已成规模，再铺摊子的收益低，提升在于卖得更远、更贵、更稳。",
            "Industry and trade have their size; what is left to gain is to sell further, dearer and more safely.",
        ),
        (
            Text(
                "市场与工厂上线，发展跨境电商、市场采购等新业态",
                "bring market and workshops online, sell abroad",
            ),
            Text("由卖产品转向卖设计、品牌与服务", "move from goods to design, brand and service"),
            Text("分散市场与通道，建立跨境风险预警", "spread markets and channels; watch cross-border risk"),
        ),
        Text(
            "出口若集中于少数市场、单一贸易方式或一个港口，外部冲击会直接传到就业与税收。",
            "Where exports hang on few markets, one trade regime or one port, shocks reach jobs and revenue at once.",
        ),
        ("market_procurement", "brand_and_design", "market_order", "skills_and_testing"),
        True,
    ),
    "complete_remote": Road(
        "complete_remote",
        Text("产业齐全、区位受限", "complete industry, remote location"),
        Text("降本强链、借道出海", "cut the cost of distance, deepen the chain"),
        Text(
            "产业已有基础，短板是通达成本；同样一分钱，先花在把货运出去上。",
            "The industrial base is there; the cost of reaching markets is what holds it back.",
        ),
        (
            Text("以海铁联运、内陆港和集并降低到港成本", "sea-rail, a dry port and consolidation to reach ports"),
            Text("补齐本地配套，减少外购投入的运距", "complete the local chain, so that fewer inputs travel far"),
            Text("以线上渠道和高值轻货绕开距离", "sell online and in light, high-value goods"),
        ),
        Text(
            "通道是双向的：竞争力不足的本地产业可能因进口替代而萎缩（Faber 2014）。",
            "A link works both ways: connecting the periphery can reduce its industry (Faber 2014).",
        ),
        ("sea_rail", "chain_completion", "europe_rail", "skills_and_testing"),
        False,
    ),
    "weak_good": Road(
        "weak_good",
        Text("基础薄弱、区位优越", "weak base, good location"),
        Text("承接转移、做配套与通道", "take in relocating industry, serve the corridor"),
        Text(
            "地处大市场近旁而产业未成，区位本身就是要素；先承接，后成链。",
            "Close to large markets without an industry of its own: location is the asset to work with.",
        ),
        (
            Text(
                "承接中心城市疏解的一般制造、区域物流和专业市场",
                "take in manufacturing, logistics and markets that leave the city",
            ),
            Text("按相关度选一两条链集中培育，不求齐全", "grow one or two related chains, not everything"),
            Text("以营商环境而非补贴争项目", "compete by administration, not by subsidy"),
        ),
        Text(
            "靠近大城市也会被虹吸：人口与高端服务流向中心城市。",
            "Nearness also drains: people and higher services may move to the centre.",
        ),
        ("core_chains", "land_and_parks", "farm_processing"),
        False,
    ),
    "weak_remote": Road(
        "weak_remote",
        Text("基础薄弱、区位受限", "weak base, remote location"),
        Text("接入邻近核心城市产业链", "join the chains of the neighbouring core city"),
        Text(
            "自成体系缺少规模，最现实的是为邻近核心城市提供原料、零部件与外协。",
            "There is no scale for a system of its own: supply materials, parts and subcontracting to the core city.",
        ),
        (
            Text("对接核心城市主导产业的原料、零部件和外协加工", "supply the core city's leading industries"),
            Text("在资源禀赋上补链，农产品与资源就地初加工", "process local resources and farm products first"),
            Text("控制投资规模，基建不以举债为先", "keep investment small; no infrastructure ahead of its revenue"),
        ),
        Text(
            "照搬义乌式专业市场难以成功：没有工厂和通道支撑的市场不会有客商。",
            "A copy of Yiwu's market will fail: without workshops and routes behind it, buyers do not come.",
        ),
        ("core_chains", "farm_processing", "cold_chain"),
        True,
    ),
}
