"""空间布局: are people and jobs gathered, or scattered."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import (
    CENSUS_LONG_FORM,
    CENSUS_SHORT_FORM,
    PER_CENT,
    DimensionSpec,
    Indicator,
    Values,
)
from bolang.foundation.text import Text

PERSONS_PER_KM2 = Text("人/平方公里", "persons per km²")


def _neighbour_density(e: Evidence) -> Values:
    return Values(
        now=e.neighbour_mean(e.nonfarm_density(e.census)),
        earlier=e.neighbour_mean(e.nonfarm_density(e.census_before)),
        earlier_year=e.census_before,
    )


SPEC = DimensionSpec(
    key="layout",
    label=Text("空间布局", "Layout"),
    kind="shortcoming",
    question=Text("人口和岗位是集中还是分散？", "Are people and jobs gathered or scattered?"),
    indicators=(
        Indicator(
            key="urban_share",
            label=Text("常住人口城镇化率", "Urban share of the population"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("人口已集中到城镇。", "The population has gathered in towns."),
            weak=Text("人口居住分散，公共服务和设施难以成规模。", "The population is dispersed: services lack scale."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(("urban",), "population"),
        ),
        Indicator(
            key="nonfarm_density",
            label=Text("非农就业密度（按 10% 样本放大）", "Non-farm jobs per km² (scaled from the 10 % sample)"),
            unit=PERSONS_PER_KM2,
            digits=1,
            direction=1,
            strong=Text("非农岗位密集，具有集聚经济的条件。", "Jobs are dense enough for economies of agglomeration."),
            weak=Text("非农岗位稀疏，布局分散。", "Jobs are thin on the ground: the layout is scattered."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: Values(
                e.nonfarm_density(e.census), earlier=e.nonfarm_density(e.census_before), earlier_year=e.census_before
            ),
        ),
        Indicator(
            key="within_county_movers",
            label=Text("县内跨乡镇迁移人口占比", "Residents who moved between townships of the county"),
            unit=PER_CENT,
            digits=1,
            direction=1,
            strong=Text("县内人口正向中心城镇集中。", "People inside the county gather in its central towns."),
            weak=Text("县内人口集中缓慢，中心城镇吸引力弱。", "Few move to the central towns: their pull is weak."),
            source=CENSUS_SHORT_FORM,
            compute=lambda e: e.census_share(("migrants_within_county",), "population"),
        ),
        Indicator(
            key="neighbour_density",
            label=Text("相邻单元非农就业密度", "Non-farm jobs per km² in the adjacent units"),
            unit=PERSONS_PER_KM2,
            digits=1,
            direction=1,
            strong=Text("周边岗位密集，便于同城化分工。", "The surroundings are dense with jobs: work can be shared."),
            weak=Text(
                "周边同样稀疏，难以借邻近城市之力。", "The surroundings are thin too: there is no one near to lean on."
            ),
            source=CENSUS_LONG_FORM,
            compute=_neighbour_density,
        ),
    ),
)
