"""Chapter three: lessons and road: what of Yiwu carries over, which road fits, what comes first, who pays."""

from __future__ import annotations

from bolang.diagnosis.result import Dimension
from bolang.document.model import Block, Paragraph, Section, Sentence
from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.pages.report import notes
from bolang.pages.report.actions import Action, action_for
from bolang.pages.report.arguments import grows
from bolang.pages.report.context import TRADABLE, Context
from bolang.pages.report.phrases import chance_text, listed, lower, paragraph, say, strongest, tell
from bolang.pages.report.strengths import level_of

_LEAST, _MOST = 3, 4
"""Fewest and most priorities that are written up."""
_NAMES = {
    "complete_good": Text("产业齐全、区位优越", "complete industry, good location"),
    "complete_remote": Text("产业齐全、区位受限", "complete industry, remote location"),
    "weak_good": Text("基础薄弱、区位优越", "weak base, good location"),
    "weak_remote": Text("基础薄弱、区位受限", "weak base, remote location"),
}


def lessons(context: Context) -> Section:
    """Hold the three lessons of the Yiwu report against this county."""
    opening = say(
        "义乌报告从义乌归纳三条经验：以改革释放市场主体活力；立足禀赋补链成群，基础设施不以债务风险为代价；按自身类型转型。"
        "义乌的起点、时机和规模不可复制，可借鉴的是条件与次序。",
        "The Yiwu report draws three lessons from Yiwu: reform that frees firms; chains completed on one's own endowment, with "
        "infrastructure that brings no debt risk; transformation by type. Yiwu's start, timing and size cannot be copied; what carries over "
        "is conditions and order.",
        notes.SOURCE_REPORT,
    )
    title = Text("三条经验在本县的适用性", "How the three lessons apply here")
    if context.is_benchmark:
        title = Text("三条经验的今日检验", "The three lessons tested today")
    return Section("lessons", title, (paragraph(opening), _reform(context), _chain(context), _transform(context)))


def _find(context: Context, key: str) -> Dimension | None:
    return next((d for d in context.judged() if d.key == key), None)


def _reform(context: Context) -> Paragraph:
    lead = Text("改革。", "Reform.")
    attraction = _find(context, "attraction")
    if attraction is None:
        return paragraph(
            say("缺少判断营商环境的数据。", "There are no data to judge the business environment."), lead=lead
        )
    change = context.reading("population_change")
    moved = "" if change is None else f"{number_text(change.value or 0.0, 1, signed=True)}%"
    texts = {
        "strong": say(
            f"人口和外来劳动力的流向支持“环境有吸引力”（2010—2020年常住人口{moved or '变动不可比'}），下一步是让外来人口留得下来，而不只是来打工。",
            f"Flows of people support the claim of an attractive environment (residents {moved or 'not comparable'}, 2010-2020); the next "
            "step is that newcomers settle, not only work.",
        ),
        "middling": say(
            f"吸引力居中（常住人口{moved or '变动不可比'}），改革的边际收益在企业准入和公共服务均等，花钱少、自主性强，宜先做。",
            f"Its pull is middling (residents {moved or 'not comparable'}); entry of firms and equal services are where reform pays at "
            "little cost and by one's own power, so begin there.",
        ),
        "weak": _few_come(moved or "变动不可比", moved or "not comparable")
        if change is None or grows(context)
        else say(
            f"人口在用脚投票（常住人口{moved or '变动不可比'}），单靠优化审批难以扭转；改革应与就业岗位一起推进，并以新设企业存活率而非登记数检验。",
            f"People vote with their feet (residents {moved or 'not comparable'}); better approvals alone will not turn this. Reform must go with jobs and be "
            "judged by the survival of new firms, not by registrations.",
        ),
    }
    return paragraph(texts[level_of(attraction)], lead=lead)


def _few_come(moved: str, english: str) -> Sentence:
    return say(
        f"外来人口很少（常住人口十年{moved}）；改革的检验标准是有没有外地企业和人愿意来，而不是登记数的增加。",
        f"Few come from outside (residents in ten years: {english}); judge reform by whether firms and people choose to come, not by "
        "registrations.",
    )


def _chain(context: Context) -> Paragraph:
    lead = Text("补链。", "Chains.")
    base = sorted(context.specialisations(TRADABLE), key=lambda line: -line.share)
    if not base:
        made = say(
            "没有一个可贸易行业的专业化可以确认，谈不上在链上补环节；第一步是为邻近的集群做原料、零部件和外协，见下文类型判断。",
            "No tradable industry is a sure specialisation, so there is no chain to complete; the first step is materials, parts and "
            "subcontracting for clusters nearby (see the type below).",
            notes.CENSUS,
        )
        return paragraph(made, lead=lead)
    gaining = [x for x in base if (x.regional_effect or 0.0) > 0]
    names = listed([lower(x.label) for x in base[:3]])
    first = say(
        f"可以立足的可贸易专业化行业是{names.zh}。",
        f"The tradable specialisations to build on: {names.en}.",
        notes.CENSUS,
    )
    if gaining:
        grown = listed([lower(x.label) for x in gaining[:3]])
        second = say(
            f"其中{grown.zh}十年间还跑赢了全国同业，是补链的首选起点。",
            f"Of these {grown.en} also outgrew the industry nationally: the first place to add links.",
            notes.SHIFT_SHARE,
        )
    elif base[0].regional_effect is not None:
        second = say(
            "但十年间均落后于全国同业，先弄清订单流向何处，再决定补哪一环。",
            "Yet all fell behind their industries over ten years: find out where orders went before adding links.",
            notes.SHIFT_SHARE,
        )
    else:
        second = None
    third = say(
        "义乌的市场与工厂互为上下游，补链以订单为准，不以目录为准。",
        "In Yiwu market and workshop supply each other: add links by orders, not by lists.",
    )
    return paragraph(first, second, third, lead=lead)


def _transform(context: Context) -> Paragraph:
    lead = Text("转型。", "Transformation.")
    kind = context.kind
    if kind is not None and kind.road is not None:
        road = kind.road
        return paragraph(
            say(
                f"义乌报告主张按类型转型；本县属“{road.label.zh}”，适用道路是{road.road.zh}，理由与把握见下节。",
                f"The Yiwu report wants transformation by type; this county is of the type {road.label.en}, and its road is to {road.road.en}; "
                "the next section gives reason and certainty.",
                notes.SOURCE_REPORT,
            ),
            lead=lead,
        )
    opening = _find(context, "opening")
    weak = opening is not None and level_of(opening) == "weak"
    made = say(
        "转型与开放滞后于产业基础，先补基础再谈数字化和外向型。"
        if weak
        else "转型已有基础，重点是分散市场和控制跨境风险。",
        "Transformation lags behind the base: mend the base first."
        if weak
        else "Transformation has a base: spread markets and watch cross-border risk.",
    )
    return paragraph(made, lead=lead)


def fitting_road(context: Context) -> Section | None:
    """State the type, its probability, the road, and what would change the judgement."""
    kind = context.kind
    if kind is None or kind.road is None:
        return None
    road = kind.road
    chance = sorted(kind.probability.items(), key=lambda item: -item[1])
    odds = "、".join(f"{_NAMES[cell].zh}{chance_text(p)}" for cell, p in chance if p >= 0.01)
    odds_en = ", ".join(f"{_NAMES[cell].en} {chance_text(p)}" for cell, p in chance if p >= 0.01)
    steps = [paragraph(tell(step + Text("。", ".")), bullet=True) for step in road.steps]
    blocks: list[Block] = [
        paragraph(
            tell(kind.headline),
            say(
                f"考虑抽样误差和权重、门槛的不确定性，各类型的概率为：{odds}。",
                f"With sampling error and uncertain weights and lines the types have probabilities: {odds_en}.",
            ),
            tell(kind.border),
        ),
        paragraph(
            tell(
                Text(
                    f"{'义乌报告' if road.from_report else '本报告'}为这一类型给出的道路是{road.road.zh}：",
                    f"The road for this type{' in the Yiwu report' if road.from_report else ' (this report)'}: {road.road.en}. ",
                )
                + road.reason
            ),
        ),
        *steps,
        paragraph(tell(road.caution), lead=Text("须防：", "Beware:")),
    ]
    return Section("type", Text("县情类型与适用道路", "Type and road"), tuple(blocks))


def priorities(context: Context) -> Section:
    """Order the steps by the weakest dimensions; say for each condition, evidence, and the figure to watch."""
    ordered = strongest(context.diagnosis.dimensions)[::-1]
    wanting = sum(level_of(d) != "strong" for d in ordered)
    chosen = [(d, action_for(context, d.key)) for d in ordered[: min(_MOST, max(_LEAST, wanting))]]
    names = listed([lower(d.label) for d, _ in chosen])
    opening = say(
        f"按短板深浅排序，优先事项落在{names.zh}。各项均写明前提、证据强弱和检验指标；证据弱的只宜试点。",
        f"Ordered by how deep the gaps are, priorities lie in {names.en}. Each names its condition, the strength of the evidence and the figure to "
        "judge by; where evidence is weak, pilot only.",
    )
    return Section(
        "priorities", Text("优先事项", "Priorities"), (paragraph(opening), *(_action(d, a) for d, a in chosen))
    )


def _action(dimension: Dimension, action: Action) -> Paragraph:
    nation = dimension.standing["nation"]
    why = say(
        f"（对应{dimension.label.zh}，全国第{nation.rank}/{nation.count}位）",
        f"(answers {lower(dimension.label).en}, rank {nation.rank} of {nation.count:,}).",
    )
    return paragraph(
        why,
        tell(action.step),
        tell(action.condition),
        tell(action.evidence, *action.notes),
        say(f"检验：{action.watch.zh}。", f"Judge by: {action.watch.en}."),
        lead=action.title + Text("。", "."),
        bullet=True,
    )
