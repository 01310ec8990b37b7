"""Chapter four: outlook: what to watch, what could go wrong, what would change the judgement."""

from __future__ import annotations

from bolang.document.model import Paragraph, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import number_text
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import listed, lower, paragraph, percent, say, strongest, tell
from bolang.pages.report.strengths import level_of


def direction(context: Context) -> Section:
    """Say where the county is heading and on what that rests."""
    return Section("direction", Text("走向", "Direction"), (paragraph(*_direction(context)),))


def _direction(context: Context) -> list[Sentence | None]:
    ordered = strongest(context.diagnosis.dimensions)
    if len(ordered) < 2:
        return [say("可用数据不足，不作展望。", "There is too little data for an outlook.")]
    best, worst = ordered[0], ordered[-1]
    first = say(
        f"若{best.label.zh}的优势得以保持，{context.name}下一阶段的变化主要取决于{worst.label.zh}能否改善：{_link(best.key, worst.key).zh}",
        f"If its strength in {lower(best.label).en} holds, what happens next in {context.name} depends mainly on {lower(worst.label).en}: {_link(best.key, worst.key).en}",
    )
    if level_of(best) != "strong":
        first = say(
            f"{context.name}没有明显领先的维度，走向取决于能否在{best.label.zh}上先形成一个支点，再带动{worst.label.zh}。",
            f"No dimension is clearly ahead in {context.name}; its direction depends on making {lower(best.label).en} a foothold first and lifting {lower(worst.label).en} from there.",
        )
    return [first, _momentum(context)]


_SIZE = frozenset({"clustering", "synergy", "circulation"})
"""Dimensions that say that there is industry or trade of size."""


def _link(best: str, worst: str) -> Text:
    if worst == "circulation":
        return Text(
            "货物进出的成本决定现有产业能卖多远。", "the cost of moving goods decides how far its industry sells."
        )
    if worst in {"industry_level", "opening"} and best in _SIZE:
        return Text(
            "规模已有，能否转成附加值要看技能、设计和渠道。",
            "size is there; skills, design and channels decide whether it becomes value.",
        )
    if worst in {"clustering", "synergy"}:
        return Text(
            "单点的长处要连成链，才不易被外部替代。", "single strengths must become a chain to be hard to replace."
        )
    if worst == "attraction":
        return Text("人留不住，其余优势会逐步流失。", "if people leave, the other strengths drain away.")
    if worst in {"industry_level", "opening"}:
        return Text(
            "产出和技能上不去，其他方面的长处难以变成收入。",
            "unless output and skills rise, other strengths hardly become income.",
        )
    return Text("布局不收拢，成本会抵消其他方面的收益。", "unless the layout is gathered, cost eats the other gains.")


def _momentum(context: Context) -> Sentence | None:
    """Carry the competitive shift of non-farm jobs forward, with its limits."""
    lines = [x for x in context.diagnosis.industries if x.regional_effect is not None and x.code != "A"]
    before = sum(line.employed_earlier or 0 for line in lines)
    if not before:
        return None
    shift = 100.0 * sum(line.regional_effect or 0.0 for line in lines) / before
    farm = next(line for line in context.diagnosis.industries if line.code == "A")
    small = (farm.employed_earlier or 0) > 2 * before
    base = Text("（基数很小）", " (from a very small base)") if small else same("")
    good = shift > 0
    return say(
        f"2010—2020年非农就业的竞争力效应相当于期初的{number_text(shift, 1, signed=True)}%{base.zh}，{'惯性向好' if good else '惯性偏弱'}；"
        "此后没有同口径数据，下次人口普查或抽样调查公布后应更新。",
        f"The competitive shift of non-farm jobs 2010-2020 was {number_text(shift, 1, signed=True)}% of the initial number{base.en}, "
        f"{'a good momentum' if good else 'a weak momentum'}; nothing comparable exists since, and the next census or survey should update it.",
        notes.SHIFT_SHARE,
    )


def risks(context: Context) -> Section:
    """List the risks that follow from this county's own figures."""
    found = [
        item
        for item in (_people(context), _concentration(context), _trade(context), _data(context))
        if item is not None
    ]
    return Section("risks", Text("风险与观察指标", "Risks and what to watch"), tuple(found))


def _people(context: Context) -> Paragraph | None:
    change = context.reading("population_change")
    if change is None or change.value is None or change.value >= 0:
        return None
    lead = Text("人口继续减少。", "The population goes on shrinking.")
    return paragraph(
        say(
            f"十年减少{percent(abs(change.value))}；若趋势不变，学校、医院和管网将先于产业出现过剩。观察：常住人口、20—39岁人口、小学在校生。",
            f"It lost {percent(abs(change.value))} in ten years; schools, hospitals and networks would be in excess before industry is. Watch residents, those aged 20 to 39, pupils.",
            context.note(change),
        ),
        lead=lead,
        bullet=True,
    )


def _concentration(context: Context) -> Paragraph | None:
    lines = sorted((x for x in context.diagnosis.industries if x.code in "BCFGIJKLM"), key=lambda line: -line.share)
    top = lines[:2]
    share = sum(line.share for line in top)
    if share < 40.0:
        return None
    names = listed([lower(line.label) for line in top])
    return paragraph(
        say(
            f"{names.zh}合计占就业{percent(share)}，任一行业的外部冲击都会直接传到就业与税收。观察：两行业用工、订单和税收的月度变化。",
            f"{names.en[:1].upper()}{names.en[1:]} hold {percent(share)} of jobs: a shock to either reaches jobs and revenue at once. Watch monthly jobs, orders and tax of both.",
            notes.CENSUS,
        ),
        lead=Text("行业集中。", "Concentrated industries."),
        bullet=True,
    )


def _trade(context: Context) -> Paragraph | None:
    exports = context.reading("exports_to_gdp")
    if exports is None or exports.value is None:
        return paragraph(
            say(
                "县级出口没有统一公布，外需风险无法量化；签发前应取当地海关或商务部门数据。",
                "County exports are not published for all: exposure to foreign demand cannot be measured; obtain customs or commerce figures before signing.",
            ),
            lead=Text("外需敞口不明。", "Unknown exposure abroad."),
            bullet=True,
        )
    high = "nation" in exports.standing and exports.standing["nation"].percentile >= 75
    text = (
        Text(
            "外向度高，须防市场、贸易方式和单一港口集中",
            "it is strongly outward: beware of concentration on few markets, one regime or one port",
        )
        if high
        else Text(
            "外向度不高，外需波动的直接影响有限", "it is not strongly outward: swings abroad matter little directly"
        )
    )
    return paragraph(
        say(
            f"{exports.year}年出口相当于地区生产总值的{percent(exports.value)}，{text.zh}。观察：前三大市场占比、市场采购贸易占比、汇率与运价。",
            f"Exports were {percent(exports.value)} of GDP in {exports.year}: {text.en}. Watch the top three markets, market-procurement trade, exchange and freight rates.",
            context.note(exports),
        ),
        lead=Text("外部需求。", "Foreign demand."),
        bullet=True,
    )


def _data(context: Context) -> Paragraph | None:
    gaps = [note for note in context.diagnosis.quality if note.severity == "gap"]
    if not gaps:
        return None
    return paragraph(
        say(
            f"本报告有{len(gaps)}处数据缺口（见首页“数据质量”），补齐后名次和判断都可能变化。",
            f"The report has {len(gaps)} gap{'s' if len(gaps) > 1 else ''} in its data (see the first page); ranks and judgements may "
            "change once they are filled.",
        ),
        lead=Text("数据缺口。", "Gaps in the data."),
        bullet=True,
    )


def change_of_mind(context: Context) -> Section | None:
    """Say what would change the judgement, from the distances to the lines."""
    kind = context.kind
    if kind is None or not kind.changes:
        return None
    items = [paragraph(tell(change.sentence), bullet=True) for change in kind.changes[:3]]
    return Section(
        "change",
        Text("什么会改变本报告的判断", "What would change the judgement"),
        (
            paragraph(
                say("以下单项变化足以使本县的类型判断改变：", "Any one of these would change the type of this county:")
            ),
            *items,
        ),
    )
