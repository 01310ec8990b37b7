"""The first page: title, summary, key figures, state of the data."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.diagnosis.result import Dimension, QualityNote
from bolang.document.model import Block, Box, KeyFigure, KeyFigures, Number, Paragraph, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import PERSONS, number_text
from bolang.pages.report import drawings, notes
from bolang.pages.report.context import Context
from bolang.pages.report.course import growth_sentence, money
from bolang.pages.report.decision import decision_page
from bolang.pages.report.phrases import (
    chance_text,
    level,
    listed,
    lower,
    ordinal,
    paragraph,
    reading_number,
    say,
    strongest,
    tell,
)
from bolang.pages.report.strengths import of_level

_SEVERITY = {
    "gap": Text("缺口", "Gap"),
    "caution": Text("注意", "Caution"),
    "note": Text("说明", "Note"),
}


def title(context: Context) -> Text:
    """Return the title of the report."""
    if context.county.kind == "district":
        full = f"{context.county.prefecture}{context.name}"
        return Text(f"{full}区域经济报告", f"{full}: a report on the district economy")
    return Text(f"{context.name}县域经济报告", f"{context.name}: a report on the county economy")


def subtitle(context: Context) -> Text:
    """Turn the finding into a line: what carries the county, what holds it back."""
    ordered = strongest(context.diagnosis.dimensions)
    if len(ordered) < 2:
        return Text("可用数据有限的初步描述", "A first description on limited data")
    strong, weak = of_level(context, "strong"), of_level(context, "weak")
    if strong and weak:
        return Text(
            f"{_names(strong).zh}见长，{_names(weak).zh}待补",
            f"Strong in {_names(strong).en}, short of {_names(weak).en}",
        )
    if strong:
        return Text(
            f"{_names(strong).zh}领先，各维度没有明显短板", f"Ahead in {_names(strong).en}, without a clear shortcoming"
        )
    if weak:
        return Text(f"尚无突出优势，{_names(weak).zh}是主要短板", f"No clear advantage yet; short of {_names(weak).en}")
    return Text("各维度居于全国中游", "In the middle of the nation on every dimension")


def _names(dimensions: Sequence[Dimension], count: int = 2) -> Text:
    return listed([lower(d.label) for d in dimensions[:count]])


def summary(context: Context) -> Section:
    """Four short paragraphs: size and growth, judgement, road, caveat."""
    paragraphs = (
        paragraph(*_size(context)),
        paragraph(*_judgement(context)),
        paragraph(*_road(context)),
    )
    return Section("summary", Text("摘要", "Summary"), tuple(p for p in paragraphs if p.sentences), numbered=False)


def _size(context: Context) -> list[Sentence | None]:
    population, change = context.value("population", 2020), context.reading("population_change")
    county = context.county
    place = county.province if context.in_municipality else f"{county.province}{county.prefecture}"
    made: list[Sentence | None] = []
    if population is not None:
        people = Number(population, 1, PERSONS, 2020).text
        moved = same("")
        if change is not None and change.value is not None:
            up = change.value >= 0
            size = number_text(abs(change.value), 1)
            moved = Text(f"，十年{'增' if up else '减'}{size}%", f", {size}% {'more' if up else 'fewer'} than in 2010")
        made.append(
            say(
                f"{context.name}（{place}）2020年常住人口{people.zh}{moved.zh}。",
                f"{context.name} ({place}) had {people.en} residents in 2020{moved.en}.",
                notes.CENSUS,
            )
        )
    years = context.yearly("gdp")
    if years:
        year, fact = max(years.items())
        amount = money(fact, 1).text
        made.append(say(f"{year}年地区生产总值{amount.zh}。", f"GDP was {amount.en} in {year}.", notes.fact_note(fact)))
    lines = [line for line in context.diagnosis.growth if line.growth is not None]
    if lines:
        longest = max(lines, key=lambda line: line.last_year - line.first_year)
        made.append(growth_sentence(context, longest, lead=True))
    return made


def _judgement(context: Context) -> list[Sentence | None]:
    ordered = strongest(context.diagnosis.dimensions)
    if len(ordered) < 2:
        return [say("可用数据不足，不作总体判断。", "There is too little data for an overall judgement.")]
    strong, weak = of_level(context, "strong"), of_level(context, "weak")
    made: list[Sentence | None] = []
    if strong:
        made.append(_placed(strong, Text("优势在于", "Its advantages are ")))
    if weak:
        made.append(_placed(weak, Text("短板在于", "Its shortcomings are ")))
    if not strong and not weak:
        made.append(
            _placed(ordered[:2], Text("各维度居中，相对靠前的是", "All dimensions are middling; the best are "))
        )
    if context.diagnosis.industries:
        made.append(tell(context.diagnosis.market_and_workshop_text, notes.CENSUS))
    return made


def _placed(dimensions: Sequence[Dimension], opening: Text) -> Sentence:
    parts = []
    for dimension in dimensions[:3]:
        nation = dimension.standing["nation"]
        word = level(nation.percentile)
        span = same("")
        if dimension.rank_low is not None and dimension.rank_high is not None:
            span = Text(
                f"，区间{dimension.rank_low}—{dimension.rank_high}",
                f", range {dimension.rank_low:,} to {dimension.rank_high:,}",
            )
        parts.append(
            Text(
                f"{dimension.label.zh}{word.zh}（全国第{nation.rank}/{nation.count}位{span.zh}）",
                f"{lower(dimension.label).en} ({word.en}: {ordinal(nation.rank)} of {nation.count:,}{span.en})",
            )
        )
    return tell(opening + listed(parts) + Text("。", "."), notes.INDEX)


def _road(context: Context) -> list[Sentence | None]:
    kind = context.kind
    weakest = strongest(context.diagnosis.dimensions)[::-1][:2]
    if not weakest:
        return []
    made: list[Sentence | None] = []
    if kind is not None and kind.road is not None and kind.cell is not None:
        chance = chance_text(kind.probability[kind.cell])
        made.append(
            say(
                f"按义乌报告的分类，{context.name}属“{kind.road.label.zh}”（概率{chance}），适用的道路是{kind.road.road.zh}。",
                f"In the terms of the Yiwu report {context.name} has {kind.road.label.en} (probability {chance}); the road that fits is to {kind.road.road.en}.",
                notes.SOURCE_REPORT,
            )
        )
    names = listed([lower(d.label) for d in weakest])
    made.append(
        say(
            f"义乌经验可借鉴的是条件与次序而非结果；本县应先着力于{names.zh}，每一步的前提、证据和检验指标见第三章。",
            f"What carries over from Yiwu is conditions and order, not the result; begin with {names.en}. Chapter 3 gives condition, evidence and the figure to judge by for each step.",
        )
        if not context.is_benchmark
        else say(
            f"作为“义乌模式”本身，下一步的着力点在{names.zh}，并须管理外需与行业集中的风险。",
            f"As the model itself, Yiwu has its next work in {names.en}, and in the risks of foreign demand and concentration.",
        )
    )
    return made


def key_figures(context: Context) -> KeyFigures:
    """Six figures that place the county at a glance."""
    items = [_gdp_card(context)]
    population = context.value("population", 2020)
    change = context.reading("population_change")
    remark = Text("2010年不可比", "2010 not comparable")
    if change is not None and change.value is not None:
        size = number_text(change.value, 1, signed=True)
        remark = Text(f"比2010年{size}%", f"{size}% since 2010")
    number = Number(population, 1, PERSONS, 2020, source=Text("第七次全国人口普查", "Census 2020"))
    items.append(KeyFigure(Text("常住人口（2020）", "Residents (2020)"), number, remark, (notes.CENSUS,)))
    for key in ("gdp_per_head", "manufacturing_lq", "wholesale_retail_lq", "migrant_share"):
        reading = context.readings.get(key)
        if reading is None:
            continue
        nation = reading.standing.get("nation")
        place = Text("全国无可比位次", "not ranked")
        if nation is not None:
            place = Text(
                f"全国第{nation.rank}/{nation.count}位", f"{ordinal(nation.rank)} of {nation.count:,} in the nation"
            )
        label = reading.label + Text(f"（{reading.year}）", f" ({reading.year})")
        made = reading_number(reading)
        shown = Number(made.value, made.digits, made.unit, made.year, made.status, made.source)
        traced = (context.note(reading),) if reading.value is not None else ()
        items.append(KeyFigure(label, shown, place, traced))
    return KeyFigures(tuple(items))


def _gdp_card(context: Context) -> KeyFigure:
    years = context.yearly("gdp")
    label = Text("地区生产总值", "GDP")
    if not years:
        return KeyFigure(label, Number(None, 1), Text("内置资料无公开数", "no public figure in the built-in data"))
    year, fact = max(years.items())
    found = context.ranked_year("gdp", year)
    remark = same("")
    if found is not None and (standing := context.standing(found[0], "province")) is not None:
        when = same("") if found[1] == year else Text(f"（{found[1]}年）", f" ({found[1]})")
        remark = Text(
            f"{'全市' if context.in_municipality else '省内'}第{standing.rank}/{standing.count}位{when.zh}",
            f"{ordinal(standing.rank)} of {standing.count} in the {'city' if context.in_municipality else 'province'}{when.en}",
        )
    return KeyFigure(label + Text(f"（{year}）", f" ({year})"), money(fact, 1), remark, (notes.fact_note(fact),))


def quality_box(context: Context) -> Box:
    """Say on the first page what is missing, estimated or doubtful."""
    found: Sequence[QualityNote] = context.diagnosis.quality
    if not found:
        nothing = say("未发现影响判断的缺口。", "No gap that affects the judgement was found.")
        return Box(_QUALITY, (paragraph(nothing),))
    return Box(_QUALITY, tuple(_quality_line(note) for note in found))


_QUALITY = Text("数据质量", "State of the data")


def _quality_line(note: QualityNote) -> Paragraph:
    return paragraph(tell(note.text), lead=_SEVERITY[note.severity] + Text("：", ":"))


def front(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the first page in order, and the page for those who decide."""
    first = (summary(context), key_figures(context), quality_box(context), drawings.dimension_figure(context))
    page = decision_page(context)
    return first if page is None else (*first, page)
