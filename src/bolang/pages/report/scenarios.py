"""Chapter three: what each lever and each shock from outside would do, by the model of all counties."""

from __future__ import annotations

from bolang.document.model import Cell, Column, Figure, Number, Paragraph, Row, Section, Table
from bolang.economy.scenarios.scenario_section import LeverRow, ShockRow
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_YI, NONE
from bolang.pages.report.context import Context
from bolang.pages.report.modelled import MODEL, MODEL_SOURCE, lever_note
from bolang.pages.report.phrases import paragraph, say, tell

_GRADES = {
    "strong": Text("强", "strong"),
    "moderate": Text("中", "moderate"),
    "weak": Text("弱", "weak"),
    "none": Text("无", "none"),
}


def scenarios(context: Context) -> Section:
    """Describe the effects in plain words first, then set them out."""
    title = Text("政策抓手推演", "What each lever would do")
    if context.modelled is None:
        return Section("scenarios", title, (_left_out(),))
    found = context.modelled.scenarios
    plain = [paragraph(tell(text)) for text in found.paragraphs]
    small = [Paragraph((tell(note),), None, "small") for note in found.notes]
    top = paragraph(tell(found.headline, MODEL), lead=Text("结论：", "In one sentence:"))
    return Section("scenarios", title, (top, *plain, _figure(context), _table(context), *small))


def _left_out() -> Paragraph:
    return paragraph(
        say(
            "本报告按快速方式生成，未求解县域经济模型，不含抓手推演与资金方案；按完整方式重新生成即可得到。",
            "This report was made the quick way: the model of the county economy was not solved, so that there are no lever effects "
            "and no plan. Make it again in full to have them.",
        )
    )


def _figure(context: Context) -> Figure:
    from bolang.figures.effects import EffectLine, draw_effects

    assert context.modelled is not None
    found = context.modelled.scenarios
    levers = [
        EffectLine(row.lever.label.text, 100 * row.gdp, 100 * row.low, 100 * row.high, row.lever.grade, not row.usable)
        for row in found.levers
    ]
    shocks = [EffectLine(row.label, 100 * row.gdp, 100 * row.low, 100 * row.high, "shock") for row in found.shocks]
    best, worst = levers[0], min(shocks, key=lambda line: line.value)
    return Figure(
        key="levers",
        caption=Text(
            f"各抓手与外部冲击对{context.short}生产总值的长期影响（估计，5%—95%区间）",
            f"Long-run effect of levers and shocks on the GDP of {context.short} (estimated, 5–95% intervals)",
        ),
        alt=Text(
            f"点线图：影响最大的抓手是{best.label.zh}（{best.value:+.2f}%），最重的冲击是{worst.label.zh}（{worst.value:+.2f}%）。",
            f"Dots with intervals: largest lever {best.label.en} ({best.value:+.2f}%), gravest shock {worst.label.en} ({worst.value:+.2f}%).",
        ),
        source=MODEL_SOURCE,
        draw=lambda lang: draw_effects(lang, levers, shocks),
        notes=(MODEL,),
        data=_shock_data(context, found.shocks),
    )


def _change(value: float, low: float | None = None, high: float | None = None) -> Number:
    """Write a change in per cent; the caption says once that all is estimated."""
    low, high = (None if x is None else 100 * x for x in (low, high))
    return Number(100 * value, 2, NONE, 2020, "derived", MODEL_SOURCE, low, high, signed=True)


def _money(value: float, digits: int = 2) -> Number:
    return Number(value, digits, MONEY_YI, 2020, "derived", MODEL_SOURCE, signed=digits == 2)


def _table(context: Context) -> Table:
    assert context.modelled is not None
    effect = Text("对本县的长期影响（%）", "Long-run effect on the county (%)")
    columns = (
        Column(Text("抓手", "Lever"), "left", 2.2),
        Column(Text("生产总值（5%—95%）", "GDP (5–95%)"), "right", 2.0, effect),
        Column(Text("人均实际收入", "Real income"), "right", 0.9, effect),
        Column(Text("就业", "Jobs"), "right", 0.8, effect),
        Column(Text("出口", "Exports"), "right", 0.8, effect),
        Column(Text("预算收入（亿元/年）", "Revenue (billion yuan/year)"), "right", 1.1),
        Column(Text("县级投入（亿元）", "County's cost (billion yuan)"), "right", 1.0),
        Column(Text("证据", "Evidence"), "center", 0.7),
    )
    return Table(
        "lever-table",
        Text(
            f"标准力度的抓手在{context.short}的效应与成本（估计，按生产总值效应排序）",
            f"Levers of standard size in {context.short}: effects and costs (estimated, by effect on GDP)",
        ),
        columns,
        tuple(_row(row) for row in context.modelled.scenarios.levers),
        MODEL_SOURCE,
        (MODEL,),
    )


def _row(row: LeverRow) -> Row:
    mark = same("")
    if row.against is not None:
        mark = Text(f"（{row.against.zh}）", f" ({row.against.en})")
    elif row.requires:
        mark = Text("（须先有批发市场）", " (needs a market first)")
    cells: tuple[Cell, ...] = (
        row.lever.label.text + mark,
        _change(row.gdp, row.low, row.high),
        _change(row.income),
        _change(row.employment),
        _change(row.exports),
        _money(row.revenue_amount),
        _money(row.local_cost, 1),
        _GRADES[row.lever.grade],
    )
    return Row(cells, notes=(lever_note(row.lever),))


def _shock_data(context: Context, shocks: tuple[ShockRow, ...]) -> Table:
    """Numbers behind the lower half of the figure, for the spreadsheet."""
    columns = (
        Column(Text("冲击", "Shock"), "left", 3),
        Column(Text("生产总值（%）", "GDP (%)")),
        Column(Text("人均实际收入（%）", "Real income (%)")),
        Column(Text("就业（%）", "Jobs (%)")),
        Column(Text("出口（%）", "Exports (%)")),
        Column(Text("预算收入（%）", "Revenue (%)")),
        Column(Text("全国生产总值（%）", "National GDP (%)")),
    )
    rows = [
        Row(
            (
                row.label,
                _change(row.gdp, row.low, row.high),
                *(_change(x) for x in (row.income, row.employment, row.exports, row.revenue, row.nation)),
            )
        )
        for row in shocks
    ]
    caption = Text(f"外部冲击对{context.short}的影响（估计）", f"Shocks from outside on {context.short} (estimated)")
    return Table("shock-data", caption, columns, tuple(rows), MODEL_SOURCE)
