"""``bolang plan``: what to do with a limited budget, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.debt import (
    Debt,
    Expenditure,
    FundExpenditure,
    FundRevenue,
    GeneralDebt,
    Growth,
    Quota,
    Revenue,
    SpecialDebt,
    Transfers,
    bullet,
    given_items,
    print_debt,
)
from bolang.cli.options import LangOption, Name
from bolang.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.pathway import Plan

HELP = tr(
    "在预算和债务上限内选择举措、力度与时序，并说明理由、把握和风险。例：bolang plan 义乌市 --budget 20 --debt-limit 10",
    "Choose levers, sizes and timing under a budget and a debt limit, with reasons, certainty and risks. "
    "Example: bolang plan 义乌市 --budget 20 --debt-limit 10",
)
_LEVEL_STYLE = {"alarm": "bold red", "watch": "yellow", "calm": "green", "unknown": "dim"}


def command(
    name: Name,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            help=tr(
                "五年内可用的自有资金（亿元）；不填则以每年 GDP 的 1% 示例。",
                "Own money over five years (亿元); an illustration of 1 % of GDP a year without it.",
            ),
            show_default=False,
        ),
    ] = None,
    debt_limit: Annotated[
        float | None,
        typer.Option(
            "--debt-limit",
            help=tr("方案新增债务上限（亿元）。", "Greatest debt for the plan (亿元)."),
            show_default=False,
        ),
    ] = None,
    goal: Annotated[
        str,
        typer.Option("--goal", help=tr("目标：income、gdp 或 revenue。", "Goal: income, gdp or revenue.")),
    ] = "income",
    closure: Annotated[
        str,
        typer.Option(
            "--closure", help=tr("人口流动：national、province 或 fixed。", "Who may move: national, province, fixed.")
        ),
    ] = "national",
    lever: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            help=tr("只从这些举措中选（可重复）。", "Choose from these levers only (repeatable)."),
            show_default=False,
        ),
    ] = None,
    general_debt: GeneralDebt = None,
    special_debt: SpecialDebt = None,
    debt: Debt = None,
    quota: Quota = None,
    revenue: Revenue = None,
    expenditure: Expenditure = None,
    transfers: Transfers = None,
    fund_revenue: FundRevenue = None,
    fund_expenditure: FundExpenditure = None,
    growth: Growth = None,
    draws: Annotated[int, typer.Option("--draws", help=tr("抽样次数。", "Number of draws."))] = 200,
    seed: Annotated[int, typer.Option("--seed", help=tr("随机种子。", "Seed of the draws."))] = 0,
    full: Annotated[
        bool, typer.Option("--full", help=tr("列出债务、风险与次优方案的全部表格。", "Print every table."))
    ] = False,
    lang: LangOption = None,
) -> None:
    """Print a plan for one county."""
    from rich.console import Console

    from bolang.pathway import plan

    chosen: Lang = language(lang) if lang else default_language()
    given = given_items(
        general_debt=general_debt,
        special_debt=special_debt,
        debt=debt,
        quota=quota,
        revenue=revenue,
        expenditure=expenditure,
        transfers=transfers,
        fund_revenue=fund_revenue,
        fund_expenditure=fund_expenditure,
    )
    with Console(stderr=True).status(tr("计算中…", "Working ...")) as status:
        found = plan(
            name,
            budget=budget,
            debt_limit=debt_limit,
            goal=goal,  # type: ignore[arg-type]
            closure=closure,  # type: ignore[arg-type]
            chosen=lever,
            fiscal=given or None,
            growth=None if growth is None else growth / 100.0,
            draws=draws,
            seed=seed,
            progress=lambda stage, _: status.update(f"{tr('求解模型', 'Solving the model')} {stage}"),
        )
    _page(Console(highlight=False), found, chosen, full)


def _page(console: Console, found: Plan, lang: Lang, full: bool) -> None:
    console.rule(f"[bold]{found.county.full_name}[/] {found.county.code}")
    console.print(found.brief.top_line.in_(lang), style="bold")
    for label, value in found.brief.figures:
        console.print(f"  {label.in_(lang)}: {value.in_(lang)}")
    console.print(_lever_table(found, lang))
    for heading, text in found.brief.points:
        console.print(f"[bold cyan]{heading.in_(lang)}[/]")
        console.print(text.in_(lang))
    console.print(f"\n[bold cyan]{tr('说明', 'Notes')}[/]")
    for note in found.brief.caveats:
        console.print(bullet(note, lang), style="dim")
    if full:
        _details(console, found, lang)


def _details(console: Console, found: Plan, lang: Lang) -> None:
    console.print(f"\n[bold cyan]{tr('次优方案', 'Runners-up')}[/]")
    for rival in found.runners_up:
        console.print(bullet(rival.sentence, lang))
    console.print(f"\n[bold cyan]{tr('财政与债务（含方案）', 'Public finances with the plan')}[/]")
    print_debt(console, found.debt, lang)
    if found.risk is not None:
        console.print(f"\n[bold cyan]{tr('跨境风险预警', 'Early warning')}[/]")
        console.print(_risk_table(found, lang))
    if found.neighbours is not None:
        console.print(f"\n[bold cyan]{tr('与谁联动', 'Neighbours')}[/]")
        for sentence in [o.sentence for o in found.neighbours.opportunities] + [
            m.sentence for m in found.neighbours.missing
        ]:
            console.print(bullet(sentence, lang))
        console.print(bullet(found.neighbours.caveat, lang), style="dim")


def _table(columns: list[tuple[str, str]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title, justify in columns:
        table.add_column(title, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return table


def _lever_table(found: Plan, lang: Lang) -> Table:
    table = _table(
        [
            (tr("举措", "Lever"), "left"),
            (tr("启动", "Start"), "right"),
            (tr("力度", "Size"), "right"),
            (tr("投入（亿元）", "Cost (亿元)"), "right"),
            (tr("效益现值（90%区间）", "Gain, present value (90 %)"), "right"),
            (tr("划算", "Pays"), "right"),
            (tr("入选", "In best"), "right"),
        ]
    )
    for step in found.steps:
        table.add_row(
            step.label.in_(lang),
            tr("立即", "now") if step.start == 0 else tr(f"第{step.start + 1}年", f"year {step.start + 1}"),
            f"{step.size:g}",
            f"{step.cost:.2f}",
            f"{step.benefit:.1f} ({step.low:.1f}–{step.high:.1f})",
            f"{step.pays * 100:.0f}%",
            f"{step.best * 100:.0f}%",
        )
    reasons = {
        "does_not_pay": Text("不划算", "does not pay"),
        "too_dear": Text("资金容不下", "too dear"),
        "crowded_out": Text("让位于更好的用途", "crowded out"),
        "no_evidence": Text("无证据", "no evidence"),
        "not_possible": Text("无条件", "not possible"),
    }
    for left in found.left_out:
        known = left.pays == left.pays
        table.add_row(
            left.label.in_(lang),
            "–",
            "–",
            "–",
            reasons[left.reason].in_(lang),
            f"{left.pays * 100:.0f}%" if known else "–",
            f"{left.best * 100:.0f}%" if known else "–",
            style="dim",
        )
    return table


def _risk_table(found: Plan, lang: Lang) -> Table:
    from bolang.pathway.risk import LEVEL_TEXT

    assert found.risk is not None
    table = _table(
        [
            (tr("指标", "Signal"), "left"),
            (tr("数值", "Value"), "right"),
            (tr("关注", "Watch"), "right"),
            (tr("预警", "Alarm"), "right"),
            (tr("级别", "Level"), "left"),
            (tr("说明", "What it says"), "left"),
        ]
    )
    for signal in found.risk.signals:
        estimated = tr("（估计）", " (est.)") if signal.status == "estimated" else ""
        value = "–" if signal.value is None else f"{signal.value:.{signal.digits}f}{estimated}"
        level = f"[{_LEVEL_STYLE[signal.level]}]{LEVEL_TEXT[signal.level].in_(lang)}[/]"
        table.add_row(
            signal.label.in_(lang), value, f"{signal.watch:g}", f"{signal.alarm:g}", level, signal.sentence.in_(lang)
        )
    return table
