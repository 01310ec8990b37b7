"""One page for those who decide, from the parts of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bolang.foundation.text import Text, join, same
from bolang.pathway.plan.menu import GOAL_TEXT
from bolang.pathway.plan.result import Brief, LeftOut, Point, RunnerUp, Step

if TYPE_CHECKING:
    from bolang.pathway.debt import DebtAssessment
    from bolang.pathway.plan.choice import Choice


def write_brief(parts: Mapping[str, Any]) -> Brief:
    """Write the page from the fields of a `Plan`."""
    points = [
        Point("steps", Text("做什么", "What to do"), _steps_text(parts["steps"])),
        Point("certainty", Text("有多大把握", "How sure"), _certainty_text(parts)),
        Point("left_out", Text("不做什么", "What not to do"), _left_out_text(parts["left_out"])),
        Point("money", Text("钱与债", "Money and debt"), _money_text(parts)),
    ]
    kind, neighbours, risk = parts["county_type"], parts["neighbours"], parts["risk"]
    if kind is not None:
        points.insert(0, Point("type", Text("属于哪一类", "Which type"), kind.headline))
    if neighbours is not None:
        points.append(Point("neighbours", Text("与谁联动", "Whom to join"), neighbours.headline))
    if risk is not None:
        points.append(Point("risk", Text("外部风险", "Risk from abroad"), risk.headline))
    return Brief(
        top_line=_top_line(parts),
        points=tuple(points),
        figures=_figures(parts),
        caveats=tuple(parts["notes"]),
    )


def _top_line(parts: Mapping[str, Any]) -> Text:
    name, steps = parts["county"].name, parts["steps"]
    if not steps:
        return Text(
            f"{name}：在给定的预算与债务上限内，没有一项举措的预期效益超过成本，建议先不投入，把钱用于化债或民生。",
            f"{name}: within budget and debt limit no measure is worth its cost in expectation; do not spend on them yet.",
        )
    choice: Choice = parts["choice"]
    firm, loose = ([_inside(s.label) for s in steps if s.firm is kind] for kind in (True, False))
    advice = []
    if firm:
        listed = join(firm, "、", ", ")
        advice.append(Text(f"建议推进{listed.zh}", f"pursue {listed.en}"))
    if loose:
        listed = join(loose, "、", ", ")
        zh, en = ("；", ", and with care ") if firm else ("", "with care ")
        advice.append(Text(f"{zh}{listed.zh}有利可图但把握不足，宜视条件推进", f"{en}{listed.en} (less sure to pay)"))
    # The list of figures carries the interval; the top line says what to do and how surely.
    return join([same(name), Text("：", ": "), *advice], "", "") + Text(
        f"。净现值{parts['worth']:.1f}亿元（估计），{choice.gains * 100:.0f}%的抽样中优于不作为，"
        f"{choice.holds * 100:.0f}%的抽样中整套组合最优。",
        f". Net present value {parts['worth'] / 10:.2f} billion yuan (estimated); better than doing nothing in "
        f"{choice.gains * 100:.0f} % of draws, the best combination in {choice.holds * 100:.0f} %.",
    )


def _inside(label: Text) -> Text:
    """Put a label inside a sentence: the English one in lower case, names such as China-Europe kept."""
    return label if label.en.startswith("China") else Text(label.zh, label.en[:1].lower() + label.en[1:])


def _steps_text(steps: Sequence[Step]) -> Text:
    if not steps:
        return Text("没有值得做的举措。", "No measure is worth doing.")
    listed = [
        Text(
            f"{_when_zh(step.start)}{step.label.zh}（{'稳健' if step.firm else '把握不足'}；力度{step.size:g}，县级投入{step.cost:.2f}亿元，{step.years:g}年见全效，"
            f"{step.pays * 100:.0f}%的抽样中划算；证据{step.evidence.zh}"
            f"{'；' + step.condition.zh if step.condition.zh else ''}）",
            f"{_when_en(step.start)} {_inside(step.label).en} ({'robust' if step.firm else 'less sure'}; size {step.size:g}, {step.cost / 10:.3f} billion yuan, full effect after "
            f"{step.years:g} {'year' if step.years == 1 else 'years'}, pays in {step.pays * 100:.0f} % of draws; evidence {step.evidence.en}"
            f"{'; ' + step.condition.en if step.condition.en else ''})",
        )
        for step in steps
    ]
    return join(listed, "；", "; ") + Text("。", ".")


def _when_zh(start: int) -> str:
    return "立即：" if start == 0 else f"第{start + 1}年："


def _when_en(start: int) -> str:
    return "Now:" if start == 0 else f"In year {start + 1}:"


def _certainty_text(parts: Mapping[str, Any]) -> Text:
    choice: Choice = parts["choice"]
    rivals: Sequence[RunnerUp] = parts["runners_up"]
    lost = float(choice.regret.mean())
    text = Text(
        f"{choice.gains * 100:.0f}%的抽样中优于不作为；与每次抽样事后的最优组合相比，平均少{lost:.1f}亿元。",
        f"Better than doing nothing in {choice.gains * 100:.0f} % of draws; {lost / 10:.2f} billion yuan short of the best in "
        "hindsight on average. ",
    )
    always = [_inside(step.label) for step in parts["steps"] if step.best >= 0.8]
    if always:
        names = join(always, "、", ", ")
        text += (
            Text("八成以上抽样中都入选的：", "In the best plan in four draws out of five: ") + names + Text("。", ". ")
        )
    return text + Text("次优方案：", "Runner-up: ") + rivals[0].sentence if rivals else text


def _left_out_text(left_out: Sequence[LeftOut]) -> Text:
    if not left_out:
        return Text("菜单上的举措都已选用。", "Every measure on the menu is in the plan.")
    unknown = [left for left in left_out if left.reason == "no_evidence"]
    said = [left.sentence for left in left_out if left.reason != "no_evidence"]
    if unknown:
        names = join([left.label for left in unknown], "、", ", ")
        said.append(
            names
            + Text(
                "的效果没有人测量过，默认不参选；对当地效果有把握时可指定加入。",
                ": nobody has measured the effect, so they are not offered by default; they can be added where the effect is known locally.",
            )
        )
    return join(said)


def _money_text(parts: Mapping[str, Any]) -> Text:
    choice: Choice = parts["choice"]
    debt: DebtAssessment = parts["debt"]
    peak, spent = float(choice.plan.debt.max()), float(choice.plan.outlay.clip(0).sum())
    text = Text(
        f"自有资金{parts['budget']:.1f}亿元，方案净支出{spent:.1f}亿元（加不可预见费，减审慎计入的增收），新增债务最高{peak:.1f}亿元；"
        f"{parts['terms'].finance_years}年内财政增收的现值约{parts['returns']:.2f}亿元，相当于成本现值的"
        f"{_share(parts['returns'], parts['outlay'])}（期望，估计）。",
        f"Own money {parts['budget'] / 10:.2f}, net outlay {spent / 10:.2f} (with contingency, less revenue counted with prudence), debt for the plan at most {peak / 10:.2f} billion yuan. "
        f"Additional revenue over {parts['terms'].finance_years} years is worth about {parts['returns'] / 10:.3f} billion yuan, "
        f"{_share(parts['returns'], parts['outlay'])} of the cost (expected, estimated). ",
    )
    price = choice.debt_price
    text += (
        Text(
            f"再放宽1元债务上限可增加净现值约{price:.2f}元。",
            f"One more yuan of debt limit would add about {price:.2f} yuan of net present value. ",
        )
        if price > 0
        else Text("放宽债务上限不会改变方案。", "A higher debt limit would not change the plan. ")
    )
    return text + debt.headline


def _share(part: float, whole: float) -> str:
    return f"{100.0 * part / whole:.0f}%" if whole > 0 else "–"


def _figures(parts: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
    choice: Choice = parts["choice"]
    goal = GOAL_TEXT[parts["goal"]]

    def money(value: float) -> Text:
        return Text(f"{value:.2f}亿元", f"{value / 10:.3f} billion yuan")

    return (
        (Text(f"净现值（{goal.zh}，估计）", f"net present value ({goal.en}, estimated)"), money(parts["worth"])),
        (Text("90%区间", "90 % interval"), money(parts["low"]) + Text("至", " to ") + money(parts["high"])),
        *_robust_figure(parts, money),
        (
            Text("优于不作为 / 整套最优的抽样", "draws in which it beats doing nothing / is best"),
            same(f"{choice.gains * 100:.0f}% / {choice.holds * 100:.0f}%"),
        ),
        (Text("县级投入", "the county's cost"), money(sum(step.cost for step in parts["steps"]))),
        (
            Text("十年财政增收现值（期望，估计）", "additional revenue of ten years, present value"),
            money(parts["returns"]),
        ),
        (Text("新增债务峰值", "peak debt for the plan"), money(float(choice.plan.debt.max()))),
        (
            Text("债务上限再放宽1元的价值", "worth of one more yuan of debt limit"),
            Text(f"{choice.debt_price:.2f}元", f"{choice.debt_price:.2f} yuan"),
        ),
    )


def _robust_figure(parts: Mapping[str, Any], money: Callable[[float], Text]) -> list[tuple[Text, Text]]:
    """Show the value of the robust steps alone where the plan has both kinds."""
    kinds = {step.firm for step in parts["steps"]}
    if kinds != {True, False}:
        return []
    worth, low, high = (money(value) for value in parts["robust"])
    label = Text("其中只做稳健举措（90%区间）", "with the robust measures alone (90 %)")
    return [(label, worth + Text("（", " (") + low + Text("至", " to ") + high + Text("）", ")"))]
