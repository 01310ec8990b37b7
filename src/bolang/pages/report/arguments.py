"""What a strong, middling or weak dimension means for a county: the argument between the numbers and the road."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.diagnosis.result import Dimension
    from bolang.pages.report.context import Context

Level = Literal["strong", "middling", "weak"]

MEANING: dict[str, dict[Level, Text]] = {
    "industry_level": {
        "strong": Text(
            "产业已越过以农业和低端加工为主的阶段，问题不再是“有没有”，而是附加值能否随人力资本继续上升。",
            "Industry is past farming and simple processing: the question is no longer whether there is any, but whether value "
            "added keeps rising with skills.",
        ),
        "middling": Text(
            "产业有基础而层次不高，升级取决于能否把技能和服务环节留在本地。",
            "There is a base but not a high one; upgrading depends on keeping skills and services at home.",
        ),
        "weak": Text(
            "这是义乌报告所说“产业层级低”的典型表现：产出和技能都薄，直接谈品牌、设计升级缺少承载。",
            "This is the low-tier industry of the Yiwu report: output and skills are thin, and there is nothing yet for brands and "
            "design to build on.",
        ),
    },
    "layout": {
        "strong": Text(
            "人口和岗位已相对集中，公共设施、物流和专业服务能摊薄成本。",
            "People and jobs are gathered, so facilities, logistics and services share their cost.",
        ),
        "middling": Text(
            "集中度中等，新增产业与人口宜进已有园区和城镇，不宜再开新点。",
            "Concentration is middling: new firms and people belong in existing parks and towns, not in new ones.",
        ),
        "weak": Text(
            "布局分散使单位产出的道路、管网和配套成本偏高，先收拢再扩张比四处铺点更划算。",
            "A scattered layout makes roads, networks and services dear per unit of output: gather first, expand later.",
        ),
    },
    "clustering": {
        "strong": Text(
            "集群已具规模，分工使单个企业的进入门槛降低，这正是义乌周边“小作坊”得以生长的条件。",
            "Clusters have size; division of labour lowers what one firm needs to start, the very condition in which the workshops "
            "around Yiwu grew.",
        ),
        "middling": Text(
            "有专业化苗头而未成链，应沿已有行业的上下游补环节，而非另起炉灶。",
            "Specialisation has begun but forms no chain: add links up and down from what exists instead of starting afresh.",
        ),
        "weak": Text(
            "缺少超出本地需要的可贸易行业，集群无从谈起；现实选择是加入邻近的集群。",
            "No tradable industry exceeds local needs, so there is no cluster; the realistic choice is to join one nearby.",
        ),
    },
    "circulation": {
        "strong": Text(
            "商贸流通不是短板而是底牌：货物进得来、出得去，市场能服务县外。",
            "Circulation is no shortcoming here but an asset: goods come and go, and the market serves others.",
        ),
        "middling": Text(
            "流通能满足本地而未成枢纽，物流成本是否下降，决定本地产品的销售半径。",
            "Circulation serves the county without being a hub; the cost of freight decides how far local goods sell.",
        ),
        "weak": Text(
            "流通不畅抬高进出两端成本；但通道改善也会引入外部竞争，须与本地产业同步推进。",
            "Poor circulation raises cost both ways; but a better link also lets competitors in and must go with local industry.",
        ),
    },
    "attraction": {
        "strong": Text(
            "人用脚投票的结果支持“环境有吸引力”的判断，这是义乌经验中最难复制、也最值钱的一条。",
            "People have voted with their feet for the place: of Yiwu's lessons the hardest to copy and the most valuable.",
        ),
        "middling": Text(
            "吸引力与多数县相当，企业办事便利和公共服务均等是可以自己做主的改进处。",
            "Its pull is that of most counties; ease of business and equal services are what it can improve by itself.",
        ),
        "weak": Text(
            "人口在流出，改革营商环境的收益会先被人口收缩抵消，应先稳住就业和公共服务。",
            "People are leaving, and the gains of a better business environment are offset first by the loss: steady jobs and "
            "services come before it.",
        ),
    },
    "synergy": {
        "strong": Text(
            "市场与工厂两端都在，贸易给工厂订单、工厂给市场货源的循环已经成立。",
            "Both ends exist: trade brings orders to the workshops, workshops bring goods to the market.",
        ),
        "middling": Text(
            "一端强、一端弱，补弱的一端比继续加强长板更能形成循环。",
            "One end is stronger than the other; mending the weak end closes the circle sooner than adding to the strong one.",
        ),
        "weak": Text(
            "市场与工厂尚未相互带动，此时单独兴建专业市场，缺的是货源和客商。",
            "Market and workshop do not yet feed each other; a market hall built now would lack both goods and buyers.",
        ),
    },
    "opening": {
        "strong": Text(
            "转型和开放走在前面，接下来的风险也在外部：市场集中、合规与贸易壁垒。",
            "Transformation and opening are ahead; the risks ahead lie outside too: concentrated markets, compliance, trade barriers.",
        ),
        "middling": Text(
            "转型在进行而未见突破，线上和出口渠道宜依附既有产业拓展。",
            "Transformation is under way without a breakthrough; online and export channels should build on what is produced.",
        ),
        "weak": Text(
            "转型与开放滞后，多半是前面几项不足的结果而非原因，单独推电商、跨境收效有限。",
            "Transformation and opening lag, more a result of the other gaps than their cause; e-commerce alone achieves little.",
        ),
    },
}
"""Meaning by dimension and level. The levels are those of `strong_percentile` and `weak_percentile`."""


def meaning(context: Context, dimension: Dimension, level: Level) -> Text:
    """Return what the level of a dimension means here; the county's own figures may call for another reading."""
    for key, at, applies, text in _EXCEPTIONS:
        if key == dimension.key and at == level and applies(context):
            return text
    return MEANING[dimension.key][level]


def _value(context: Context, key: str) -> float | None:
    reading = context.reading(key)
    return None if reading is None else reading.value


def _above(context: Context, key: str, line: float) -> bool:
    """Whether a reading lies above a line beyond its sampling error."""
    reading = context.reading(key)
    if reading is None or reading.value is None:
        return False
    return (reading.value if reading.low is None else reading.low) > line


def grows(context: Context) -> bool:
    """Whether the population did not shrink."""
    change = _value(context, "population_change")
    return change is not None and change >= 0


_EXCEPTIONS: tuple[tuple[str, Level, Callable[[Context], bool], Text], ...] = (
    (
        "attraction",
        "weak",
        grows,
        Text(
            "常住人口没有减少，但增长主要来自本地而非流入，对外来人口和企业的吸引力尚未显现。",
            "The population has not shrunk, but it grows from within and not by arrivals: the place does not yet attract people or "
            "firms from outside.",
        ),
    ),
    (
        "attraction",
        "weak",
        lambda context: _value(context, "population_change") is None,
        Text(
            "外来人口少；常住人口十年变动因区划调整不可比，是留不住人还是区划所致，须用当地数据分辨。",
            "Few come from outside; the change of population cannot be compared because boundaries moved, so local data must tell loss from "
            "redrawing.",
        ),
    ),
    (
        "attraction",
        "strong",
        lambda context: (_value(context, "population_change") or 0.0) < 0,
        Text(
            "外来人口占比高而常住人口总量在减少，多见于老城区：人在往新区迁，吸引力的去向要与周边合看。",
            "Many come from outside while the total shrinks, as in old city districts: people move to newer ones, so read its pull together "
            "with the surroundings.",
        ),
    ),
    (
        "synergy",
        "strong",
        lambda context: not _above(context, "weaker_leg", 1.0),
        Text(
            "这里的强主要是十年间的增长，商贸和制造业的就业份额至少有一项仍不高于全国，市场与工厂的循环还不能说已经成立。",
            "The strength is mostly ten years of growth; at least one of trade and manufacturing is still no larger than in the nation, so the circle "
            "of market and workshop cannot be called closed.",
        ),
    ),
    (
        "circulation",
        "strong",
        lambda context: not _above(context, "wholesale_retail_lq", 1.0),
        Text(
            "通达条件好，但商贸自身没有超出本地的规模：区位的便利还没有变成市场。",
            "Access is good, but trade itself is no larger than local needs: location has not become a market.",
        ),
    ),
    (
        "clustering",
        "strong",
        lambda context: not _above(context, "best_quotient", 1.0),
        Text(
            "优势主要来自周边的制造业带，自身并未高度专业化，可借邻近集群而不必自建全链。",
            "The strength comes from the manufacturing belt around it; it is not specialised itself and can use the clusters nearby instead of a "
            "chain of its own.",
        ),
    ),
    (
        "opening",
        "strong",
        lambda context: _value(context, "exports_to_gdp") is None,
        Text(
            "结构转型走在前面；但县级出口没有公布，外向程度无从核对，此项判断只覆盖转型一面。",
            "Its structure changes ahead of others; but exports are not published here, so outwardness cannot be checked and the judgement covers "
            "transformation only.",
        ),
    ),
    (
        "industry_level",
        "strong",
        lambda context: not _above(context, "manufacturing_lq", 0.6) and context.county.kind != "district",
        Text(
            "层次高主要来自公共部门和服务业的就业与学历，不是工业竞争力。",
            "Its level comes from jobs and schooling in public and other services, not from industry that competes.",
        ),
    ),
    (
        "industry_level",
        "strong",
        lambda context: not _above(context, "manufacturing_lq", 0.6),
        Text(
            "层次高来自服务业和人力资本而非工业，是中心城区的特征，补工业链不是它的任务。",
            "Its level comes from services and skills, not from industry: a city centre, whose task is not to complete industrial chains.",
        ),
    ),
)
"""Dimension, level, condition, and the reading that then replaces the general one; the first that applies counts."""
