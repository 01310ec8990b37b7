"""Chapter two: advantages and shortcomings, selected and ordered by what the diagnosis finds."""

from __future__ import annotations

from bolang.diagnosis.result import Dimension, Reading
from bolang.document.model import Block, Number, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pages.report import notes, tables
from bolang.pages.report.arguments import Level, meaning
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import (
    level,
    listed,
    lower,
    ordinal,
    paragraph,
    percentile_text,
    reading_unit,
    say,
    strongest,
    tell,
    telling,
    with_interval,
)

_IN_FULL = 3
"""Readings quoted for the dimensions that matter most; one each for the others."""
_FIRST = 3


def level_of(dimension: Dimension) -> Level:
    """Call a dimension strong, middling or weak by its national percentile.

    A strong (weak) dimension must also stay in the better (worse) half of the nation over its whole range of ranks:
    what other weights would turn around is neither an advantage nor a shortcoming.
    """
    parameters = load_parameters("bolang.pages.report")
    nation = dimension.standing["nation"]
    middle = (nation.count + 1) / 2.0
    best, worst = dimension.rank_low or nation.rank, dimension.rank_high or nation.rank
    if nation.percentile >= parameters.number("strong_percentile") and worst <= middle:
        return "strong"
    return "weak" if nation.percentile < parameters.number("weak_percentile") and best >= middle else "middling"


def of_level(context: Context, wanted: Level) -> list[Dimension]:
    """Return the dimensions of a level, strong ones from the top, the others from the bottom."""
    found = [d for d in strongest(context.diagnosis.dimensions) if level_of(d) == wanted]
    return found if wanted == "strong" else found[::-1]


def overview(context: Context) -> Section:
    """Confront the Yiwu report's frame with the findings: which hold here, which do not."""
    return Section(
        "overview",
        Text("总体判断", "The judgement"),
        (paragraph(*_frame(context)), tables.dimension_table(context)),
    )


def _frame(context: Context) -> list[Sentence | None]:
    intro = say(
        "义乌报告把县域经济的共性归纳为四个短板（产业层级低、布局分散、集群弱、流通不畅），把义乌的成功归纳为三项优势"
        f"（改革与营商环境、贸工联动、转型开放）。逐项对照，{context.name}的情形见[[dimensions]]和[[profile]]。",
        "The Yiwu report sees four shortcomings in counties (low-tier industry, scattered layout, weak clusters, poor circulation) and "
        f"three advantages in Yiwu (reform and business environment, trade and industry that feed each other, transformation and opening). "
        f"[[dimensions]] and [[profile]] show where {context.name} stands on each.",
        notes.SOURCE_REPORT,
    )
    gaps = [d for d in context.diagnosis.shortcomings if "nation" in d.standing]
    gains = [d for d in context.diagnosis.advantages if "nation" in d.standing]
    return [intro, _held(gaps, "weak"), _held(gains, "strong"), _uncertain(context)]


def _held(dimensions: list[Dimension], wanted: Level) -> Sentence | None:
    if not dimensions:
        return None
    yes = [lower(d.label) for d in dimensions if level_of(d) == wanted]
    no = [lower(d.label) for d in dimensions if level_of(d) == ("strong" if wanted == "weak" else "weak")]
    zh, en = (
        ("四个短板中", "Of the four shortcomings") if wanted == "weak" else ("三项优势中", "Of the three advantages")
    )
    parts = []
    if yes:
        verb = ("确为短板", "hold here" if len(yes) > 1 else "holds here")
        if wanted == "strong":
            verb = ("成立", verb[1])
        parts.append(Text(f"{listed(yes).zh}{verb[0]}", f"{listed(yes).en} {verb[1]}"))
    if no:
        turned = ("反而是长处", "is in fact a strength" if len(no) == 1 else "are in fact strengths")
        if wanted == "strong":
            turned = ("不成立", "does not hold" if len(no) == 1 else "do not hold")
        parts.append(Text(f"{listed(no).zh}{turned[0]}", f"{listed(no).en} {turned[1]}"))
    if not parts:
        return say(f"{zh}，各项均居中，没有一项明显成立。", f"{en} none stands out: all are middling.")
    return say(f"{zh}，{'，'.join(p.zh for p in parts)}。", f"{en}, {'; '.join(p.en for p in parts)}.")


def _uncertain(context: Context) -> Sentence | None:
    """Name the dimensions whose rank range is too wide to lean on."""
    total = len(context.atlas.counties)
    wide = [
        lower(d.label)
        for d in context.judged()
        if d.rank_low is not None and d.rank_high is not None and d.rank_high - d.rank_low > total / 3
    ]
    if not wide:
        return None
    return say(
        f"{listed(wide).zh}的名次对权重敏感（区间宽于全国单元数的三分之一），只宜看方向。",
        f"The ranks on {listed(wide).en} depend on weights (their range spans more than a third of all units): read the direction only.",
        notes.INDEX,
    )


def advantages(context: Context) -> Section:
    """Write up every dimension that stands clearly above most of the nation."""
    return _chapter(
        context,
        "strong",
        Text("优势", "Advantages"),
        Text(
            "七个维度没有一个进入全国前列，相对最好的是",
            "None of the seven dimensions stands out nationally; the best is ",
        ),
    )


def shortcomings(context: Context) -> Section:
    """Write up every dimension that stands clearly below most of the nation, the weakest first."""
    return _chapter(
        context,
        "weak",
        Text("短板", "Shortcomings"),
        Text(
            "七个维度没有一个落到全国后列，相对最弱的是",
            "None of the seven dimensions is clearly weak; the weakest is ",
        ),
    )


def _chapter(context: Context, wanted: Level, title: Text, otherwise: Text) -> Section:
    found = of_level(context, wanted)
    blocks: list[Block] = []
    for place, dimension in enumerate(found):
        count = _IN_FULL if place < _FIRST else 1
        blocks.append(_dimension_section(context, dimension, wanted, count))
    if not found:
        ordered = strongest(context.diagnosis.dimensions)
        if not ordered:
            nothing = say("可用数据不足，不作判断。", "There is too little data for a judgement.")
            return Section(wanted, title, (paragraph(nothing),))
        nearest = ordered[0] if wanted == "strong" else ordered[-1]
        blocks.append(paragraph(tell(otherwise + lower(nearest.label) + Text("。", ".")), _place(nearest)))
    if wanted == "strong" and (middling := of_level(context, "middling")):
        blocks.append(_middling(context, middling))
    return Section(wanted, title, tuple(blocks))


def _middling(context: Context, dimensions: list[Dimension]) -> Block:
    """Tell apart what lies in the middle and what other weights would turn around."""
    parameters = load_parameters("bolang.pages.report")
    low, high = parameters.number("weak_percentile"), parameters.number("strong_percentile")
    unsure = [d for d in dimensions if not low <= d.standing["nation"].percentile < high]
    between = [d for d in dimensions if d not in unsure]
    made: list[Sentence | None] = []
    if between:
        names = _with_percentiles(between)
        verb = "are" if len(between) > 1 else "is"
        made.append(say(f"{names.zh}处于全国中游。", f"{_capital(names.en)} {verb} in the middle of the nation."))
        made.extend(tell(meaning(context, d, "middling")) for d in between)
    if unsure:
        names = _with_percentiles(unsure)
        made.append(
            say(
                f"{names.zh}的名次换用其他权重会越过全国中位，不作强弱判断。",
                f"{_capital(names.en)} would cross the middle of the nation under other weights: no judgement is made.",
                notes.INDEX,
            )
        )
    return paragraph(*made, lead=Text("居中或不确定的方面。", "In between, or unsure."))


def _with_percentiles(dimensions: list[Dimension]) -> Text:
    return listed(
        [
            Text(
                f"{d.label.zh}（全国百分位{d.standing['nation'].percentile:.0f}）",
                f"{lower(d.label).en} (percentile {d.standing['nation'].percentile:.0f})",
            )
            for d in dimensions
        ]
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dimension_section(context: Context, dimension: Dimension, wanted: Level, count: int) -> Section:
    word = level(dimension.standing["nation"].percentile)
    chosen = telling(dimension, count, strong=wanted == "strong")
    against = telling(dimension, 1, strong=wanted != "strong")
    return Section(
        f"{wanted}-{dimension.key}",
        dimension.label + Text(f"：{word.zh}", f": {word.en}"),
        (
            paragraph(
                _place(dimension),
                *(evidence(context, reading) for reading in chosen),
                tell(meaning(context, dimension, wanted)),
                _counter(context, against, chosen, wanted),
            ),
        ),
    )


def _place(dimension: Dimension) -> Sentence:
    """Say where the index stands in nation, province and peer group, and how sure that is."""
    nation = dimension.standing["nation"]
    zh, en = (
        f"指数{dimension.index:.0f}，全国第{nation.rank}/{nation.count}位",
        f"index {dimension.index:.0f}, {ordinal(nation.rank)} of {nation.count:,} in the nation",
    )
    if dimension.rank_low is not None and dimension.rank_high is not None:
        zh += f"（换用其他权重在{dimension.rank_low}—{dimension.rank_high}位之间）"
        en += f" ({dimension.rank_low:,} to {dimension.rank_high:,} under other weights)"
    for group, name in (("province", Text("省内", "in the province")), ("peers", Text("对标组", "among the peers"))):
        standing = dimension.standing.get(group)  # type: ignore[call-overload]
        if standing is not None:
            zh += f"，{name.zh}第{standing.rank}/{standing.count}位"
            en += f", {ordinal(standing.rank)} of {standing.count} {name.en}"
    return say(f"{zh}。", f"{_capital(en)}.", notes.INDEX)


def evidence(context: Context, reading: Reading) -> Sentence:
    """Put the meaning of a reading first and its figures behind it."""
    meaning = context.meaning(reading)
    figures = _figures(context, reading)
    if meaning is None:
        return tell(figures + Text("。", "."), context.note(reading))
    zh, en = meaning.zh.rstrip("。"), meaning.en.rstrip(".")
    return tell(Text(f"{zh}：{figures.zh}。", f"{en} – {lower(figures).en}."), context.note(reading))


def _figures(context: Context, reading: Reading) -> Text:
    nation, province = reading.standing.get("nation"), reading.standing.get("province")
    text = reading.label + Text("", " ") + with_interval(reading)
    if reading.year != 2020:
        text += Text(f"（{reading.year}年）", f" ({reading.year})")
    if nation is not None:
        share = percentile_text(nation.percentile)
        text += Text(f"，强于全国{share}%的县级单元", f", stronger than {share}% of county-level units")
    if province is not None:
        text += Text(
            f"，居省内第{province.rank}/{province.count}位",
            f", {ordinal(province.rank)} of {province.count} in the province",
        )
    if reading.earlier is not None and reading.earlier_year is not None:
        before = Number(reading.earlier, reading.digits, reading_unit(reading)).text
        text += Text(f"，{reading.earlier_year}年为{before.zh}", f"; {before.en} in {reading.earlier_year}")
    return text


def _counter(context: Context, against: list[Reading], chosen: list[Reading], wanted: Level) -> Sentence | None:
    """Name the part that speaks against the judgement, so that the reader sees both sides."""
    if not against or against[0] in chosen:
        return None
    reading = against[0]
    percentile = reading.standing["nation"].percentile
    line = load_parameters("bolang.pages.report").number(
        "weak_percentile" if wanted == "strong" else "strong_percentile"
    )
    if (wanted == "strong" and percentile >= line) or (wanted == "weak" and percentile < line):
        return None
    label = lower(reading.label)
    return say(
        f"与此相反的是{label.zh}，全国百分位为{percentile:.0f}。",
        f"Against this stands {label.en}, at percentile {percentile:.0f} in the nation.",
        context.note(reading),
    )
