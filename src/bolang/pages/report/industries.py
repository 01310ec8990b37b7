"""Industries: what the county is specialised in, and the clusters around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.diagnosis.result import IndustryLine
from bolang.document.model import Section, Sentence
from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.pages.report import drawings, map_drawings, notes
from bolang.pages.report.context import MARKET, Context
from bolang.pages.report.phrases import (
    listed,
    lower,
    paragraph,
    say,
    tell,
)
from bolang.pages.report.work import NO_WORK


def industries(context: Context) -> Section:
    """Describe the industry profile, the clusters around the county, and market-plus-workshop counties."""
    title = Text("行业轮廓与集聚", "Industries and clusters")
    if not context.diagnosis.industries:
        return Section("industries", title, (paragraph(NO_WORK),))
    where = say(
        "全国分布见[[nation]]，本县位置见[[plane]]。",
        "[[nation]] shows where they are, [[plane]] where this county stands.",
    )
    return Section(
        "industries",
        title,
        (
            paragraph(*_profile(context)),
            paragraph(*_cluster_sentences(context)),
            paragraph(tell(context.diagnosis.market_and_workshop_text, notes.CENSUS), where),
            drawings.quotient_figure(context),
            drawings.plane_figure(context),
            map_drawings.cluster_figure(context),
            map_drawings.national_figure(context),
        ),
    )


def _profile(context: Context) -> list[Sentence | None]:
    lines = sorted(context.diagnosis.industries, key=lambda line: -line.share)
    top = listed(
        [
            Text(f"{line.label.zh}（{line.share:.1f}%）", f"{lower(line.label).en} ({line.share:.1f}%)")
            for line in lines[:3]
        ]
    )
    first = say(f"就业最多的三个行业是{top.zh}。", f"Most people work in {top.en}.", notes.CENSUS)
    special = context.specialisations(MARKET)
    if not special:
        return [
            first,
            _farming(lines),
            _public(lines),
            say(
                "没有一个就业占比1%以上的行业，其区位商的抽样区间全部高于1且样本足够：本县没有可以确认的专业化行业。",
                "No industry with at least 1% of employment has its whole interval above one: there is no specialisation to be sure of.",
            ),
        ]
    names = listed(
        [
            Text(
                f"{x.label.zh}（{number_text(x.lq, 2)}，区间{number_text(x.lq_low, 2)}～{number_text(x.lq_high, 2)}）",
                f"{lower(x.label).en} ({number_text(x.lq, 2)}, interval {number_text(x.lq_low, 2)} to {number_text(x.lq_high, 2)})",
            )
            for x in special[:4]
        ]
    )
    second = say(
        f"可以确认的专业化行业（区位商区间高于1、就业占比不低于1%）有{len(special)}个：{names.zh}{'等' if len(special) > 4 else ''}，见[[quotients]]。",
        f"{len(special)} industr{'ies are' if len(special) > 1 else 'y is'} a specialisation beyond sampling error (at least 1% of jobs): {names.en}{' and others' if len(special) > 4 else ''}; see [[quotients]].",
        notes.CENSUS,
    )
    return [first, second, _drift(special), _farming(lines), _public(lines)]


def _farming(lines: Sequence[IndustryLine]) -> Sentence | None:
    farm = next(line for line in lines if line.code == "A")
    if farm.lq_low <= 1.5:
        return None
    return say(
        f"农业区位商{number_text(farm.lq, 2)}表明就业仍滞留在农业，不应读作专业化优势。",
        f"The quotient of farming, {number_text(farm.lq, 2)}, means that work has stayed in farming; it is no specialisation.",
        notes.CENSUS,
    )


def _public(lines: Sequence[IndustryLine]) -> Sentence | None:
    public = next(line for line in lines if line.code == "S")
    if public.lq_low <= 2.0:
        return None
    return say(
        f"公共管理就业占{public.share:.1f}%，份额是全国的{number_text(public.lq, 1)}倍，就业靠公共部门和转移支付支撑。",
        f"Public administration holds {public.share:.1f}% of jobs, {number_text(public.lq, 1)} times its share in the nation: work rests on the public "
        "sector and transfers.",
        notes.CENSUS,
    )


def _drift(special: Sequence[IndustryLine]) -> Sentence | None:
    moved = [line for line in special if line.lq_earlier is not None]
    if not moved:
        return None
    up = [lower(line.label) for line in moved if line.lq_earlier is not None and line.lq > 1.1 * line.lq_earlier]
    down = [lower(line.label) for line in moved if line.lq_earlier is not None and line.lq < 0.9 * line.lq_earlier]
    parts = []
    if up:
        parts.append(Text(f"{listed(up[:3]).zh}的专业化程度上升", f"specialisation has risen in {listed(up[:3]).en}"))
    if down:
        parts.append(
            Text(
                f"{listed(down[:3]).zh}下降",
                f"fallen in {listed(down[:3]).en}" if up else f"specialisation has fallen in {listed(down[:3]).en}",
            )
        )
    if not parts:
        return say(
            "与2010年相比，这些行业的专业化程度大体未变。", "Since 2010 these specialisations have hardly changed."
        )
    return say(f"与2010年相比，{'，'.join(p.zh for p in parts)}。", f"Since 2010 {' and '.join(p.en for p in parts)}.")


_CLUSTER: dict[int, Text] = {
    0: Text(
        "本县与相邻单元的制造业水平没有显著的空间关联",
        "manufacturing here is not significantly associated with that of the neighbours",
    ),
    1: Text(
        "本县处在“高—高”集聚区：自身与周边制造业区位商都高，供应商和熟练工人可以共享",
        "the county lies in a high-high cluster: manufacturing is high here and around, and suppliers and skills are shared",
    ),
    2: Text(
        "本县是“低—高”洼地：周边制造业强而自身弱，承接外溢的空间最大",
        "the county is a low-high hollow: strong manufacturing around it, little of its own, and the most room to take in spillovers",
    ),
    3: Text(
        "本县处在“低—低”区：自身与周边制造业都弱，靠近邻外溢不现实",
        "the county lies in a low-low area: little manufacturing here or around, so spillovers from neighbours are not to be expected",
    ),
    4: Text(
        "本县是“高—低”孤立高点：自身强而周边弱，配套须自建或远购",
        "the county is a high-low outlier: strong itself among weak neighbours, so inputs must be made at home or brought from afar",
    ),
}


def _cluster_sentences(context: Context) -> list[Sentence]:
    classes = map_drawings.clusters(context)
    own = _CLUSTER[int(classes[context.county.index])]
    home = context.group("province")
    high = int(np.sum(classes[home] == 1))
    many = (
        Text(f"有{high}个属于", f"{high} of the {int(home.sum())} units")
        if high
        else Text("没有一个属于", f"none of the {int(home.sum())} units")
    )
    return [
        say(
            f"从空间看，{own.zh}（局部莫兰指数，错误发现率5%）。",
            f"In space, {own.en} (local Moran, false discovery rate 5%).",
            notes.LISA,
        ),
        say(
            f"{context.county.province}{int(home.sum())}个单元中{many.zh}“高—高”集聚区，见[[clusters]]。",
            f"In {context.county.province} {many.en} belong{'s' if high == 0 else ''} to a high-high cluster; see [[clusters]].",
        ),
    ]
