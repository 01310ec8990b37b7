"""产业层次: does the county live from industries that pay, and from skills."""

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

MODERN_SERVICES = "IJLM"
_COLLEGE = tuple(f"education_{level}_{sex}" for level in ("college", "bachelor") for sex in ("male", "female"))


def _gdp_per_head(e: Evidence) -> Values:
    return Values(
        now=e.gdp_per_head(e.census),
        earlier=e.gdp_per_head(e.census_before),
        earlier_year=e.census_before,
        estimated=e.gdp_estimated(e.census),
    )


def _complexity(e: Evidence) -> Values:
    return Values(now=e.complexity(e.census), earlier=e.complexity(e.census_before), earlier_year=e.census_before)


SPEC = DimensionSpec(
    key="industry_level",
    label=Text("产业层次", "Industry level"),
    kind="shortcoming",
    question=Text("靠什么产业吃饭，技能含量如何？", "What does the county live from, and how skilled is it?"),
    indicators=(
        Indicator(
            key="gdp_per_head",
            label=Text("人均地区生产总值", "GDP per head"),
            unit=Text("元", "yuan"),
            digits=0,
            direction=1,
            strong=Text("人均产出居前，产业附加值较高。", "Output per head is high: its industries add value."),
            weak=Text(
                "人均产出靠后，产业附加值或劳动参与不足。",
                "Output per head is low: its industries add little value, or few people work in them.",
            ),
            source="县（市）统计年鉴、分省统计年鉴；第七次全国人口普查",
            compute=_gdp_per_head,
        ),
        Indicator(
            key="manufacturing_lq",
            label=Text("制造业区位商", "Manufacturing location quotient"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "制造业是当地的专业化部门，具备向上下游补链的基础。",
                "Manufacturing is a local specialisation: a base on which chains can be completed.",
            ),
            weak=Text(
                "制造业基础薄弱，适合承接邻近中心城市的配套环节，而不是另起炉灶。",
                "The manufacturing base is thin: joining the chains of a neighbouring city is nearer than building one's own.",
            ),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.quotient("C"),
        ),
        Indicator(
            key="modern_services_share",
            label=Text("现代服务业就业占比", "Employment in modern services"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "信息、金融、商务、科研等服务就业较多，可支撑产业向设计、品牌和服务延伸。",
                "Information, finance, business and research services are present to carry design, brands and service.",
            ),
            weak=Text(
                "信息、金融、商务、科研等服务稀缺，企业多停留在加工环节。",
                "Information, finance, business and research services are scarce: firms stay at the processing stage.",
            ),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.industry_share(MODERN_SERVICES),
        ),
        Indicator(
            key="farm_share",
            label=Text("农业就业占比", "Employment in farming"),
            unit=PER_CENT,
            digits=1,
            direction=-1,
            strong=Text("劳动力已基本转出农业。", "Labour has largely left farming."),
            weak=Text(
                "劳动力仍大量滞留农业，非农岗位不足。",
                "Much of the labour is still in farming: other jobs are too few.",
            ),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.industry_share("A"),
        ),
        Indicator(
            key="college_share",
            label=Text("大专及以上人口占比", "Population with college education"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("人力资本居前。", "Human capital is well above most counties."),
            weak=Text("人力资本不足，制约升级。", "Human capital is short, which limits upgrading."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(_COLLEGE, "population"),
        ),
        Indicator(
            key="professional_share",
            label=Text("专业技术人员占就业比重", "Professionals and technicians among the employed"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("专业技术岗位较多。", "Professional and technical jobs are many."),
            weak=Text("专业技术岗位偏少。", "Professional and technical jobs are few."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.occupation_share("occupation_professionals"),
        ),
        Indicator(
            key="complexity",
            label=Text("经济复杂度（标准分）", "Economic complexity (standard score)"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "专业化的门类属于少数地方才有的复杂门类。", "It specialises in complex industries that few places have."
            ),
            weak=Text(
                "专业化的门类多数地方都有，替代性强。", "It specialises in what most places have: easily replaced."
            ),
            source=CENSUS_LONG_FORM,
            compute=_complexity,
        ),
    ),
)
