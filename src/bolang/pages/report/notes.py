"""The numbered notes: what a figure is, from where, of when, and what was done to it."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.atlas.catalogue import unit_text
from bolang.atlas.model import County, Fact
from bolang.diagnosis.result import Reading
from bolang.document.model import ESTIMATED, Note
from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.pages.report.phrases import with_interval

_PERIOD = {"year": Text("年", "")}


def fact_note(fact: Fact) -> Note:
    """Trace one fact: value, unit, year, source, method, what was done to it, definition."""
    return series_note((fact,))


def series_note(facts: Sequence[Fact]) -> Note:
    """Trace facts of one indicator in one note: a series, or figures that disagree."""
    first = facts[0]
    years = sorted({fact.year for fact in facts})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    head = first.label + Text(f"（{span}年）：", f" ({span}): ")
    if len(facts) == 1:
        head += _amount(first) + Text("。", ". ")
    body = head + _origins(facts)
    key = f"{first.code}-{first.indicator}-{span}-{first.period}-{len(facts)}"
    return Note(key, body, tuple(facts))


def together_note(facts: Sequence[Fact]) -> Note:
    """Trace facts of several indicators that one sentence quotes, such as the three sectors."""
    parts = [fact.label + Text(f"（{fact.year}年）", f" ({fact.year}) ") + _amount(fact) for fact in facts]
    head = Text("；".join(p.zh for p in parts) + "。", "; ".join(p.en for p in parts) + ". ")
    key = "-".join([facts[0].code, *(f"{fact.indicator}{fact.year}" for fact in facts)])
    return Note(key, head + _origins(facts), tuple(facts))


def _amount(fact: Fact) -> Text:
    digits = next((d for d in range(4) if round(fact.value, d) == fact.value), 4)
    value, unit = number_text(fact.value, digits), unit_text(fact.unit)
    mark = Text(f"（{ESTIMATED.zh}）", f" ({ESTIMATED.en})") if fact.status == "estimated" else Text("", "")
    if unit.en[:1].isdigit():
        unit = Text(unit.zh, f"x {unit.en}")
    return Text(value + unit.zh, f"{value} {unit.en}".strip()) + mark


def _origins(facts: Sequence[Fact]) -> Text:
    sources = list(dict.fromkeys(fact.source for fact in facts))
    methods = list(dict.fromkeys(fact.method for fact in facts if fact.method))
    steps = list(dict.fromkeys(step for fact in facts for step in fact.steps))
    definitions = list(dict.fromkeys(fact.definition for fact in facts if fact.definition))
    text = Text(f"来源：{'；'.join(sources)}。", f"Source: {'; '.join(sources)}.")
    for zh, en, items in (("方法", "Method", methods), ("处理", "Steps", steps), ("口径", "Definition", definitions)):
        if items:
            text += Text(f"{zh}：{'；'.join(items)}。", f" {en}: {'; '.join(items)}.")
    if any(fact.origin == "workspace" for fact in facts):
        text += Text("来自使用者自有数据。", " From the user's own data.")
    return text


def reading_note(county: County, reading: Reading) -> Note:
    """Trace an indicator that bolang computed: value with interval, year, inputs."""
    estimated = reading.status == "estimated"
    text = reading.label + Text(f"（{reading.year}年）：", f" ({reading.year}): ") + with_interval(reading)
    text += Text(f"。由公布数据计算，输入：{reading.source}。", f". Computed from: {reading.source}.")
    if estimated:
        text += Text("所用数据含估计值。", " Rests on an estimated figure.")
    facts: tuple[Fact, ...] = ()
    if reading.value is not None:
        facts = (
            Fact(
                code=county.code,
                indicator=reading.key,
                label=reading.label,
                value=reading.value,
                unit=reading.unit.zh,
                year=reading.year,
                period="year",
                status="estimated" if estimated else "measured",
                source=reading.source,
                method="由公布数据计算",
            ),
        )
    return Note(f"{county.code}-{reading.key}", text, facts)


CENSUS = Note(
    "census",
    Text(
        "2020年第七次、2010年第六次全国人口普查分县资料。人口为普查时点常住人口；行业、职业来自10%抽样的长表，"
        "本报告对由此计算的份额和区位商给出95%抽样区间。两次普查之间的区划变动按2020年单元归并，不能归并的不作比较。",
        "County tables of the population censuses of 2020 and 2010. Population is resident population; industry and occupation "
        "come from the 10% long form, and shares and quotients from it carry 95% sampling intervals. Boundary changes "
        "between the censuses are aligned on the units of 2020; where that is not possible, nothing is compared.",
    ),
)
SOURCE_REPORT = Note(
    "source-report",
    Text(
        "大公国际关于义乌县域经济的研究报告（2026年6月）。本报告沿用其“四个短板、三项优势、三条经验”的框架，"
        "判断均由本报告数据独立得出。",
        "Research report of Dagong Global on the county economy of Yiwu (June 2026). Its frame (four shortcomings, three "
        "advantages, three lessons) is used here; the judgements are drawn from the data of this report.",
    ),
)
CHANGES = Note(
    "changes",
    Text(
        "1981—2024年县以上行政区划代码变更表（yescallop/areacodes，CC0）。",
        "Changes of administrative codes above county level, 1981-2024 (yescallop/areacodes, CC0).",
    ),
)
SHIFT_SHARE = Note(
    "shift-share",
    Text(
        "偏离—份额分析（Dunn）：就业变化＝全国份额效应＋产业结构效应＋竞争力效应；以10%抽样人数计，行业按两次普查对齐。",
        "Shift-share analysis (Dunn): change = national growth + industry mix + competitive shift; persons in the 10% sample, "
        "industries aligned between the censuses.",
    ),
)
LISA = Note(
    "lisa",
    Text(
        "局部莫兰指数（Anselin 1995）：以共边相邻、行标准化权重计算，条件置换999次，错误发现率5%（Benjamini—Hochberg）。",
        "Local Moran (Anselin 1995): units that share a border, row-standardised; 999 conditional permutations; false discovery "
        "rate 5% (Benjamini and Hochberg).",
    ),
)
INDEX = Note(
    "index",
    Text(
        "维度指数为各指标全国百分位的等权平均（0—100）；名次区间为改变权重、归一化方法后90%的情形。百分位按强弱方向计。",
        "The index of a dimension is the unweighted mean of the national percentiles of its parts (0-100); the range of ranks "
        "covers 90% of alternative weightings and normalisations. Percentiles count from the weak end.",
    ),
)
FABER = Note(
    "faber",
    Text(
        "Faber（2014），Review of Economic Studies 81(3)：国道主干线接入使外围县工业增长相对放缓。",
        "Faber (2014), Review of Economic Studies 81(3): access to trunk highways slowed industrial growth in peripheral counties.",
    ),
)
LONG_ZHANG = Note(
    "long-zhang",
    Text(
        "Long、Zhang（2011），Journal of International Economics 84(1)：产业集群以分工降低单个企业的起始资本。",
        "Long and Zhang (2011), Journal of International Economics 84(1): clusters lower the capital needed to start by dividing labour.",
    ),
)
COUTURE = Note(
    "couture",
    Text(
        "Couture、Faber、Gu、Liu（2021），American Economic Review: Insights 3(1)：农村电商随机对照试验，"
        "收益主要在消费端，生产者收入未见显著提高。",
        "Couture, Faber, Gu and Liu (2021), American Economic Review: Insights 3(1): in a randomised trial of rural e-commerce the "
        "gains lay with consumers; incomes of producers did not rise significantly.",
    ),
)
DEBT_RULES = Note(
    "debt-rules",
    Text(
        "债务率＝政府债务余额/综合财力；通行分档：≥300%红、200%—300%橙、120%—200%黄、<120%绿。"
        "《地方政府性债务风险应急处置预案》（国办函〔2016〕88号）：一般债务付息超过一般公共预算支出10%，"
        "或专项债务付息超过政府性基金支出10%的，须启动财政重整。",
        "Debt rate = government debt / fiscal capacity; common bands: red from 300%, orange 200-300%, yellow 120-200%, green below. "
        "State Council General Office letter 2016 No. 88: fiscal restructuring starts where interest on general debt passes 10% of "
        "general expenditure, or on special debt 10% of fund expenditure.",
    ),
)
