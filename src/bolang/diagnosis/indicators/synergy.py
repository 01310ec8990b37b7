"""贸工联动: do trade and industry feed each other."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import CENSUS_LONG_FORM, PER_CENT, RATIO, DimensionSpec, Indicator, Values
from bolang.foundation.text import Text


def _coupling(e: Evidence) -> Values:
    return Values(
        now=e.trade_industry_coupling(e.census),
        earlier=e.trade_industry_coupling(e.census_before),
        earlier_year=e.census_before,
    )


SPEC = DimensionSpec(
    key="synergy",
    label=Text("贸工联动", "Trade-industry synergy"),
    kind="advantage",
    question=Text("市场与工厂是否相互带动？", "Do market and workshops feed each other?"),
    indicators=(
        Indicator(
            key="weaker_leg",
            label=Text("商贸与制造业区位商之较低者", "Lower of the trade and manufacturing quotients"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "市场与工厂两条腿都长，具备“前店后厂”的条件。", "Both legs are long: market in front, workshops behind."
            ),
            weak=Text("市场与工厂至少缺一条腿。", "At least one of market and workshops is missing."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.lower_quotient("CF"),
        ),
        Indicator(
            key="coupling",
            label=Text("商贸—制造业耦合协调度", "Coupling coordination of trade and manufacturing"),
            unit=RATIO,
            digits=3,
            direction=1,
            strong=Text("两者水平高且相互匹配。", "Both stand high and match."),
            weak=Text("两者水平低或不匹配。", "They stand low or do not match."),
            source=CENSUS_LONG_FORM,
            compute=_coupling,
        ),
        Indicator(
            key="trade_shift",
            label=Text("商贸就业竞争效应（占期初商贸就业）", "Regional shift of trade employment"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("十年间商贸就业跑赢全国同业。", "Trade outgrew the industry nationally over ten years."),
            weak=Text("十年间商贸就业落后于全国同业。", "Trade fell behind the industry nationally over ten years."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(now=e.regional_shift("F")),
        ),
        Indicator(
            key="manufacturing_shift",
            label=Text("制造业就业竞争效应（占期初制造业就业）", "Regional shift of manufacturing employment"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "十年间制造业就业跑赢全国同业。", "Manufacturing outgrew the industry nationally over ten years."
            ),
            weak=Text(
                "十年间制造业就业落后于全国同业。", "Manufacturing fell behind the industry nationally over ten years."
            ),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(now=e.regional_shift("C")),
        ),
    ),
)
