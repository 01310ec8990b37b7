"""产业集聚: has the county clusters of its own, and does it lie in one."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import CENSUS_LONG_FORM, PER_CENT, RATIO, DimensionSpec, Indicator, Values
from bolang.foundation.text import Text


def _surplus(e: Evidence) -> Values:
    return Values(now=e.basic_share(e.census), earlier=e.basic_share(e.census_before), earlier_year=e.census_before)


def _neighbour_quotient(e: Evidence) -> Values:
    return Values(
        now=e.neighbour_mean(e.quotients(e.census)[:, e.industry("C")]),
        earlier=e.neighbour_mean(e.quotients(e.census_before)[:, e.industry("C")]),
        earlier_year=e.census_before,
    )


SPEC = DimensionSpec(
    key="clustering",
    label=Text("产业集聚", "Clustering"),
    kind="shortcoming",
    question=Text("有没有成规模、成片的专业化集群？", "Are there clusters of scale, here and around?"),
    indicators=(
        Indicator(
            key="basic_share",
            label=Text("外向型（基本）就业占比", "Basic (export-base) employment"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text(
                "可贸易的非农门类就业明显超出本地所需，靠外部市场吃饭。",
                "Tradable industries employ far more than local needs: the county lives from outside markets.",
            ),
            weak=Text(
                "可贸易的非农门类没有超出本地所需的就业，集群尚未形成。",
                "Tradable industries employ no more than local needs: no cluster has formed.",
            ),
            source=CENSUS_LONG_FORM,
            compute=_surplus,
        ),
        Indicator(
            key="manufacturing_scale",
            label=Text("制造业就业占全国份额", "Share of the nation's manufacturing employment"),
            unit=Text("/万", "per 10,000"),
            digits=2,
            direction=1,
            strong=Text("制造业规模居全国前列。", "Manufacturing is large by national standards."),
            weak=Text("制造业规模小，难以支撑专业配套。", "Manufacturing is too small to carry specialised suppliers."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(
                e.national_share("C", e.census),
                earlier=e.national_share("C", e.census_before),
                earlier_year=e.census_before,
            ),
        ),
        Indicator(
            key="neighbour_manufacturing_lq",
            label=Text("相邻单元制造业区位商均值", "Mean manufacturing quotient of the adjacent units"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "地处制造业连片区，可共享供应商和熟练工人。",
                "It lies in a manufacturing belt and shares suppliers and skills.",
            ),
            weak=Text(
                "周边缺少制造业，集群只能靠自身。",
                "There is little manufacturing around: any cluster must stand alone.",
            ),
            source=CENSUS_LONG_FORM,
            compute=_neighbour_quotient,
        ),
        Indicator(
            key="best_quotient",
            label=Text("制造业、商贸区位商之较高者", "Higher of the manufacturing and trade quotients"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text("制造业或商贸高度专业化。", "Manufacturing or trade is a clear specialisation."),
            weak=Text("制造业和商贸均未形成专业化。", "Neither manufacturing nor trade is a specialisation."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.higher_quotient("CF"),
        ),
    ),
)
