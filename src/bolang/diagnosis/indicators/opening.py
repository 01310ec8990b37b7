"""转型与开放: does the county change, go online and sell abroad."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import CENSUS_LONG_FORM, PER_CENT, RATIO, DimensionSpec, Indicator, Values
from bolang.foundation.text import Text

OPENING_POLICIES = ("market_procurement", "cross_border_zone", "bonded_zone", "free_trade_zone")


def _taobao(e: Evidence) -> Values:
    return Values(now=e.taobao_per_100k(), year=e.atlas.vintage.taobao)


SPEC = DimensionSpec(
    key="opening",
    label=Text("转型与开放", "Transformation and opening"),
    kind="advantage",
    question=Text("结构是否在变，是否触网、出海？", "Does its structure change; does it sell online and abroad?"),
    indicators=(
        Indicator(
            key="exports_to_gdp",
            label=Text("出口依存度", "Exports to GDP"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "高度外向；同时须关注单一市场和政策通道的集中。",
                "Strongly outward; watch the concentration of markets and channels.",
            ),
            weak=Text("基本面向国内市场。", "It sells almost entirely at home."),
            source="县（市）统计年鉴、分省统计年鉴、统计公报",
            compute=lambda e: e.exports_to_gdp(),
        ),
        Indicator(
            key="taobao_per_100k",
            label=Text("每十万人淘宝村数", "Taobao villages per 100,000 residents"),
            unit=Text("个", "villages"),
            digits=2,
            direction=1,
            strong=Text("电商集群起步早。", "It had e-commerce clusters early."),
            weak=Text("尚未进入所载的淘宝村名单。", "It was not on the list of Taobao villages that is carried."),
            source="阿里研究院淘宝村名单 2014—2016",
            compute=_taobao,
        ),
        Indicator(
            key="opening_policies",
            label=Text(
                "开放平台数（市场采购、跨境电商综试区、综保区、自贸区）",
                "Opening policies in place (market procurement, cross-border e-commerce, bonded, free trade)",
            ),
            unit=Text("项", "policies"),
            digits=0,
            direction=1,
            strong=Text("开放平台齐备。", "It has the platforms for trade abroad."),
            weak=Text("名单上没有开放平台。", "The lists name no platform for trade abroad."),
            source="国务院及各部委批复、名单公告（未核实者不计）",
            compute=lambda e: e.policies_in_place(OPENING_POLICIES),
        ),
        Indicator(
            key="information_lq",
            label=Text("信息传输、软件和信息技术服务业区位商", "Information services location quotient"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text("数字化服务能力较强。", "Digital services are comparatively strong."),
            weak=Text("数字化服务能力弱。", "Digital services are weak."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.quotient("I"),
        ),
        Indicator(
            key="structural_change",
            label=Text("十年间就业结构变动", "Structural change of employment between the censuses"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "十年间就业结构变动大，转型活跃。", "Employment changed its structure strongly over ten years."
            ),
            weak=Text("十年间就业结构变动小。", "Employment hardly changed its structure over ten years."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(now=e.structural_change()),
        ),
        Indicator(
            key="total_shift",
            label=Text("就业竞争效应（占期初就业）", "Regional shift of employment"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "扣除全国和行业因素后，就业仍明显增长。", "Employment grew beyond what nation and industry explain."
            ),
            weak=Text("扣除全国和行业因素后，就业落后。", "Employment fell behind what nation and industry explain."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(now=e.regional_shift_total()),
        ),
    ),
)
