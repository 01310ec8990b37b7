"""The advice on neighbours in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.model import INDUSTRY_LABELS, County
from bolang.foundation.text import Text, join, same
from bolang.pathway.neighbours.cities import City, Pull

if TYPE_CHECKING:
    from bolang.pathway.neighbours.advice import Opportunity


def cluster_sentence(county: County, section: str, figures: tuple[float, float, float, float]) -> Text:
    """Describe a cluster: its quotient, that of the advised county, its jobs and the drive."""
    theirs, ours, jobs, hours = figures
    label = INDUSTRY_LABELS[section]
    mine = Text("无数据", "unknown") if np.isnan(ours) else same(f"{ours:.2f}")
    return Text(
        f"{county.name}：{label.zh}（区位商{theirs:.2f}，就业约{jobs / 1e4:.1f}万人，车程{hours:.1f}小时；本县区位商{mine.zh}）。",
        f"{county.english}: {label.en.lower()} (quotient {theirs:.2f}, about {round(jobs, -3):,.0f} jobs, {hours:.1f} hours; here "
        f"{mine.en}).",
    )


def opportunity_sentence(industry: str, city: City, figures: tuple[float, float, float], made: bool) -> Text:
    """Say what the city buys outside and how strong the county is in it."""
    label = INDUSTRY_LABELS[industry]
    bought, quotient, related = figures
    strength = (
        Text(f"本县已有专业化（区位商{quotient:.2f}）", f"the county is specialised in it (quotient {quotient:.2f})")
        if made and industry != "A"
        else Text(
            f"本县从业比重高（区位商{quotient:.2f}；就业多不等于有竞争力）",
            f"many work in it here (quotient {quotient:.2f}; many jobs are no proof of strength)",
        )
        if made
        else Text(
            f"本县有相关基础（全国第{related:.0f}百分位，区位商{quotient:.2f}）",
            f"the county is related to it (percentile {related:.0f}, quotient {quotient:.2f})",
        )
    )
    return Text(
        f"{label.zh}：{city.name}每年从外地购入约{bought:.0f}亿元（估计），{strength.zh}。",
        f"{label.en}: {city.english} buys about {bought / 10:.1f} billion yuan a year from outside (estimated); {strength.en}.",
    )


def missing_sentence(
    link: tuple[str, str], share: float, quotient: float, suppliers: tuple[tuple[County, float], ...]
) -> Text:
    """Say which input is missing, how weakly it is made here, and who makes it nearby."""
    user, made = (INDUSTRY_LABELS[section] for section in link)
    text = Text(
        f"{user.zh}所需的{made.zh}投入，本县供给弱于全国（区位商{quotient:.2f}），约{share * 100:.0f}%须外购（估计）",
        f"{made.en} for {user.en.lower()}: made less here than in the nation (quotient {quotient:.2f}), about "
        f"{share * 100:.0f} % comes from outside (estimated)",
    )
    if not suppliers:
        return text + Text("，车程范围内没有专业化的供应地。", "; no specialised supplier lies within reach.")
    listed = join(
        [Text(f"{c.name}（{hours:.1f}小时）", f"{c.english} ({hours:.1f} h)") for c, hours in suppliers], "、", ", "
    )
    return text + Text("，可就近对接", "; specialised nearby: ") + listed + Text("。", ".")


def headline(
    county: County,
    own_city: City | None,
    within: tuple[Pull, ...],
    far: tuple[City, float] | None,
    seat: tuple[City, float] | None,
    opportunities: tuple[Opportunity, ...],
) -> Text:
    """Say which city to join, with which industries, and which city is the easiest to coordinate with."""
    parts = []
    if own_city is not None and len(own_city.members) > 1:
        parts.append(
            Text(
                f"{county.name}是核心城市{own_city.name}的一部分。",
                f"{county.english} is itself part of {own_city.english}.",
            )
        )
    if within:
        first = within[0]
        size, others = first.city.population, len(within) - 1
        rest = (
            Text(
                f"另有{others}个可及，它占引力的{first.share * 100:.0f}%",
                f"it has {first.share * 100:.0f} % of the pull of the {others + 1} within reach",
            )
            if others
            else Text("车程内唯一", "the only one within reach")
        )
        parts.append(
            Text(
                f"引力最强的核心城市是{first.city.name}（城镇人口{size / 1e4:.0f}万，车程{first.hours:.1f}小时；{rest.zh}）。",
                f"The core city with the strongest pull is {first.city.english} ({size / 1e6:.1f} million urban residents, "
                f"{first.hours:.1f} hours; {rest.en}).",
            )
        )
        if not opportunities:
            parts.append(
                Text(
                    "本县在其外购的行业中尚无相关基础，宜从原料供应和外协起步。",
                    "The county has no base yet in what that city buys: begin with materials and subcontracting.",
                )
            )
        else:
            names = [INDUSTRY_LABELS[o.industry] for o in opportunities[:2]]
            parts.append(Text("可优先对接：", "Industries to begin with: ") + join(names, "、", ", ") + Text("。", "."))
    elif far is not None:
        city, hours = far
        parts.append(
            Text(
                f"可及车程内没有核心城市；最近的是{city.name}（{hours:.1f}小时），配套外协难以当日往返，宜选不依赖频繁交货的原料与初加工。",
                f"No core city lies within reach; the nearest is {city.english} ({hours:.1f} hours). Subcontracting with daily "
                "delivery is out of reach: choose materials and first processing.",
            )
        )
    if seat is not None and (not within or within[0].city.name != seat[0].name):
        city, hours = seat
        parts.append(
            Text(
                f"本市市区{city.name}（城镇人口{city.population / 1e4:.0f}万，车程{hours:.1f}小时）行政上最便于协调。",
                f"{city.english}, the city of its own prefecture ({city.population / 1e6:.2f} million urban residents, {hours:.1f} "
                "hours), is the easiest to coordinate with.",
            )
        )
    return join(parts)
