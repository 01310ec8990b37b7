"""Chapter three: who pays: fiscal lines, the one that binds, ten years ahead, and stress."""

from __future__ import annotations

from bolang.document.model import Block, Cell, Column, Figure, Note, Number, NumberStatus, Row, Section, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import MONEY_YI, NONE, Unit
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import paragraph, percent, say, tell
from bolang.pathway.debt import DebtAssessment, RuleReading, assess, county_assumptions, fiscal_position

SOURCE = Text(
    "拨浪按公开财政数据与官方线计算，见注释", "computed by bolang from public figures and the official lines, see notes"
)
_PATHS = ("combined", "land")
"""Stress tests drawn in the fan chart."""


def money(context: Context) -> Section:
    """Say what the public purse allows, without inventing a figure."""
    found = assessment(context)
    blocks: list[Block] = [
        paragraph(tell(found.headline, notes.DEBT_RULES, *_traces(context)), *_own_means(context)),
        *(paragraph(tell(note), bullet=True) for note in found.notes),
        _lines(context, found),
    ]
    if found.outcomes:
        blocks.append(paragraph(*_ahead(found)))
        blocks.append(_stress(context, found))
        figure = _fan(context, found)
        blocks += [] if figure is None else [figure]
    return Section("money", Text("钱从哪里来：债务约束", "Who pays: the debt constraint"), tuple(blocks))


def assessment(context: Context) -> DebtAssessment:
    """Return the plan's assessment, which counts its own debt and trade shocks; otherwise one on public figures alone."""
    if context.modelled is not None:
        return context.modelled.plan.debt
    assumptions, deviation = county_assumptions(context.atlas, context.county)
    return assess(fiscal_position(context.atlas, context.county), assumptions, deviation)


def _traces(context: Context) -> tuple[Note, ...]:
    """Notes of the facts that the lines rest on."""
    found = []
    for indicator in ("gdp", "fiscal_revenue", "fiscal_expenditure", "transfers", "fund_revenue", "debt_balance"):
        years = context.yearly(indicator)
        if years:
            found.append(notes.fact_note(years[max(years)]))
    return tuple(found)


def _own_means(context: Context) -> list[Sentence | None]:
    revenue, spending = context.yearly("fiscal_revenue"), context.yearly("fiscal_expenditure")
    common = sorted(set(revenue) & set(spending))
    made: list[Sentence | None] = []
    if common:
        year = common[-1]
        ratio = 100.0 * revenue[year].value / spending[year].value
        made.append(
            say(
                f"{year}年财政自给率{percent(ratio)}；义乌报告强调基础设施建设不得以债务风险为代价，新增投资应以有现金流覆盖的项目为限。",
                f"Self-sufficiency was {percent(ratio)} in {year}; the Yiwu report insists on infrastructure without debt risk, so new projects "
                "should be limited to those that their own revenue covers.",
                notes.fact_note(revenue[year]),
                notes.fact_note(spending[year]),
            )
        )
    change = context.reading("population_change")
    if change is not None and change.value is not None and change.value < 0:
        size = percent(abs(change.value))
        made.append(
            say(
                f"常住人口十年减少{size}，公共设施的使用者和还款来源都在收缩，规模应按未来人口而非现有人口测算。",
                f"Residents fell by {size} in ten years: users and sources of repayment shrink, so size facilities for the population to come.",
                context.note(change),
            )
        )
    return made


def _lines(context: Context, found: DebtAssessment) -> Table:
    columns = (
        Column(Text("官方线", "Official line"), "left", 2.8),
        Column(Text("现值（%）", "Now (%)"), "right", 0.9),
        Column(Text("警戒值（%）", "Limit (%)"), "right", 0.9),
        Column(Text("余地（亿元）", "Room (billion yuan)"), "right", 1.0),
        Column(Text("线上容许的债务（亿元）", "Debt allowed at the line (billion yuan)"), "right", 1.4),
    )
    binding = found.binding or found.tightest
    rows = tuple(_line(reading, binding) for reading in found.readings)
    caption = Text(f"{context.short}的债务线与余地", f"{context.short}: debt lines and room")
    return Table("debt-lines", caption, columns, rows, SOURCE, (notes.DEBT_RULES,))


def _line(reading: RuleReading, binding: RuleReading | None) -> Row:
    tight = binding is not None and reading.rule.key == binding.rule.key
    known = reading.room is not None
    word = Text("（最紧）", " (tightest)") if known else Text("（可算者中最低）", " (lowest of those known)")
    mark = word if tight else same("")
    unknown = Text("缺数据", "unknown")

    def number(value: float | None, unit: Unit = NONE) -> Number:
        status: NumberStatus = "estimated" if reading.estimated and value is not None else "derived"
        return Number(value, 1, unit, None, status, SOURCE, missing=unknown)

    cells: tuple[Cell, ...] = (
        reading.rule.label + mark,
        number(None if reading.ratio is None else 100 * reading.ratio),
        Number(100 * reading.rule.line, 0, NONE, None, "derived"),
        number(reading.room, MONEY_YI),
        number(reading.allowed, MONEY_YI),
    )
    return Row(cells, strong=tight)


def _ahead(found: DebtAssessment) -> list[Sentence | None]:
    years, key = found.assumptions.years, _shown(found)
    base = found.outcomes[0]
    growth = percent(100 * float(found.assumptions.growth.mean()))
    made: list[Sentence | None] = [
        say(
            f"十年推演的基准为名义增长{growth}（{found.assumptions.growth_source}），债务动态与各项压力见[[debt-stress]]。",
            f"The ten-year baseline has nominal growth of {growth} ({found.assumptions.growth_source}); [[debt-stress]] shows the stress tests.",
        )
    ]
    if key is not None:
        label = found.reading(key).rule.label
        now, then = (percent(100 * float(base.ratios[key][t])) for t in (0, -1))
        ever = percent(100 * found.fans[key].ever, 0)
        made.append(
            say(
                f"{label.zh}由{now}变为{years}年后的{then}；抽样中有{ever}会在期内越线（[[debt-fan]]）。",
                f"The {label.en} moves from {now} to {then} in {years} years; in {ever} of draws it crosses its line on the way ([[debt-fan]]).",
            )
        )
    return made


def _shown(found: DebtAssessment) -> str | None:
    """Return the key of the line that binds, if its fan can be drawn; otherwise of any line that can."""
    keys = [found.binding.rule.key] if found.binding is not None else []
    return next((key for key in (*keys, *found.fans) if key in found.fans), None)


def _stress(context: Context, found: DebtAssessment) -> Table:
    keys = list(found.outcomes[0].ratios)
    labels = {reading.rule.key: reading.rule.short for reading in found.readings}
    columns = (
        Column(Text("情景", "Case"), "left", 1.4),
        Column(Text("假设", "Assumption"), "left", 2.6),
        *(Column(labels[key] + Text("（%）", " (%)"), "right", 0.9, _END) for key in keys),
        Column(Text("越线", "Crosses"), "left", 1.4),
    )
    rows = []
    for case in found.outcomes:
        crossed = [
            labels[key] + (Text("（现已越线）", " (now)") if year == 0 else Text(f"（第{year}年）", f" (year {year})"))
            for key, year in case.crossed.items()
        ]
        shown = Text("、".join(t.zh for t in crossed) or "否", ", ".join(t.en for t in crossed) or "no")
        cells: tuple[Cell, ...] = (
            case.label,
            case.description,
            *(Number(100 * float(case.ratios[key][-1]), 1, NONE, None, "derived", SOURCE) for key in keys),
            shown,
        )
        rows.append(Row(cells, strong=case.key == "baseline"))
    caption = Text(
        f"{context.short}债务压力测试（十年，估计）", f"{context.short}: debt under stress, ten years (estimated)"
    )
    return Table("debt-stress", caption, columns, tuple(rows), SOURCE, (_stress_note(),))


_END = Text("十年后", "After ten years")


def _stress_note() -> Note:
    cited = load_parameters("bolang.pathway.debt")
    sources = join([cited[name].basis for name in ("stress_land", "stress_rate", "refinanced_share")], "；", "; ")
    return Note(
        "debt-stress",
        Text(
            f"压力参数的依据：{sources.zh}。贸易冲击取自县域经济模型。支出在短收持续三年后才调整，其间缺口以举债弥补。",
            f"Basis of the stress sizes: {sources.en}. Trade shocks come from the county model. Spending follows a shortfall that has lasted three years; "
            "until then it is financed.",
        ),
    )


def _fan(context: Context, found: DebtAssessment) -> Figure | None:
    from bolang.figures.fan import FanChart, draw_fan

    key = _shown(found)
    if key is None:
        return None
    rule, fan = found.reading(key).rule, found.fans[key]
    paths = [case for case in found.outcomes if case.key in _PATHS and key in case.ratios]
    data = FanChart(
        rule.short,
        found.position.year,
        100 * fan.quantiles,
        100 * rule.line,
        tuple((case.label, 100 * case.ratios[key]) for case in paths),
    )
    return Figure(
        key="debt-fan",
        caption=Text(
            f"{context.short}{rule.short.zh}的十年区间与压力路径（估计）",
            f"{context.short}: {rule.short.en} over ten years with stress paths (estimated)",
        ),
        alt=Text(
            f"扇形图：{rule.short.zh}，警戒线{100 * rule.line:g}%。",
            f"Fan chart: {rule.short.en}, line {100 * rule.line:g}%.",
        ),
        source=SOURCE,
        draw=lambda lang: draw_fan(lang, data),
        notes=(_stress_note(),),
    )
