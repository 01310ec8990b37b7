"""营商环境与要素吸引: do people and firms come and stay.

No authority publishes a measure of the business environment for every county. These indicators are its
outcomes, people vote with their feet, and what the treasury and the banks can carry. The verdict says so.
"""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import (
    CENSUS_LONG_FORM,
    CENSUS_SHORT_FORM,
    PER_CENT,
    RATIO,
    DimensionSpec,
    Indicator,
    Values,
)
from bolang.foundation.text import Text

_YOUNG = tuple(f"{sex}_{start}_{start + 4}" for start in (20, 25, 30, 35) for sex in ("male", "female"))


def _population_change(e: Evidence) -> Values:
    return Values(now=e.change("population"))


ACCOUNTS = "中国县域统计年鉴、统计公报"

SPEC = DimensionSpec(
    key="attraction",
    label=Text("营商环境与要素吸引", "Business environment and attraction"),
    kind="advantage",
    question=Text("人和企业是否愿意来、留得住？", "Do people and firms come and stay?"),
    indicators=(
        Indicator(
            key="migrant_share",
            label=Text("县外流入人口占比", "Residents registered outside the county"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("外来人口多，机会和环境有吸引力。", "Many come from outside: opportunities attract."),
            weak=Text("很少有人从县外流入。", "Few come from outside."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(("migrants_within_province", "migrants_other_province"), "population"),
        ),
        Indicator(
            key="other_province_share",
            label=Text("省外流入人口占比", "Residents registered in another province"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("吸引力跨越省界。", "Its pull crosses the provincial border."),
            weak=Text("几乎没有跨省的吸引力。", "It hardly attracts from other provinces."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(("migrants_other_province",), "population"),
        ),
        Indicator(
            key="population_change",
            label=Text("十年间常住人口变动", "Change of the resident population between the censuses"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("十年间人口明显增长。", "The population grew clearly over ten years."),
            weak=Text(
                "十年间人口明显流失，投资须按收缩的规模安排。",
                "The population shrank: investment must be sized to that.",
            ),
            source=CENSUS_SHORT_FORM,
            compute=_population_change,
        ),
        Indicator(
            key="young_share",
            label=Text("20—39 岁人口占比", "Population aged 20 to 39"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("青壮年占比高，劳动力供给充足。", "Young adults are many: labour is in supply."),
            weak=Text("青壮年外流，劳动力供给偏紧。", "Young adults have left: labour is tight."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(_YOUNG, "population"),
        ),
        Indicator(
            key="business_services_lq",
            label=Text("租赁和商务服务业区位商", "Leasing and business services location quotient"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text("面向企业的服务齐备。", "Services for firms are at hand."),
            weak=Text("面向企业的服务不足。", "Services for firms are short."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.quotient("L"),
        ),
        Indicator(
            key="self_sufficiency",
            label=Text("财政自给率", "Fiscal self-sufficiency"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("支出主要靠自己的收入。", "It pays for most of its spending itself."),
            weak=Text("支出主要靠上级转移支付。", "Most of its spending is paid from above."),
            source=ACCOUNTS,
            compute=lambda e: e.latest_ratio("fiscal_revenue", "fiscal_expenditure"),
        ),
        Indicator(
            key="loans_to_gdp",
            label=Text("贷款余额与地区生产总值之比", "Loans to GDP"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("金融支持充足。", "Finance is at hand."),
            weak=Text("贷款少，融资条件弱。", "Loans are few: finance is thin."),
            source=ACCOUNTS,
            compute=lambda e: e.latest_ratio("loans", "gdp"),
        ),
        Indicator(
            key="debt_to_gdp",
            label=Text("负债率（政府债务余额与地区生产总值之比）", "Government debt to GDP"),
            unit=PER_CENT,
            digits=1,
            direction=-1,
            strong=Text("法定债务轻，有投入的余地。", "Statutory debt is light: there is room to invest."),
            weak=Text("法定债务重，投入受限。", "Statutory debt is heavy: it limits what can be invested."),
            source="各省预决算公开文件；县域统计年鉴",
            compute=lambda e: e.latest_ratio("debt_balance", "gdp"),
        ),
    ),
)
