"""``bolang plan``: what to do with a limited budget, from the command line."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for, heading, plain_table
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
    given_items,
    print_debt,
)
from bolang.cli.join import print_neighbours
from bolang.cli.options import LangOption, Name
from bolang.cli.risk import print_risk
from bolang.foundation.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.pathway import Plan

HELP = tr(
    "在预算和债务上限内选择举措、力度与时序，并说明理由、把握和风险。例：bolang plan 义乌市 --budget 20 --debt-limit 10",
    "Choose levers, sizes and timing under a budget and a debt limit, with reasons, certainty and risks. "
    "Example: bolang plan 义乌市 --budget 20 --debt-limit 10",
)


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
        typer.Option(
            "--goal",
            help=tr(
                "目标：income 居民实际收入、gdp 生产总值或 revenue 财政收入。",
                "Goal: income (real income of residents), gdp or revenue (general budget).",
            ),
        ),
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
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            help=tr(
                "在默认菜单之外加上这些举措（可重复）。", "Offer these levers beside the default ones (repeatable)."
            ),
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
    from bolang.cli.progress import model_status
    from bolang.pathway.plan.planner import plan

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
    with model_status() as tell:
        found = plan(
            name,
            budget=budget,
            debt_limit=debt_limit,
            goal=goal,  # type: ignore[arg-type]
            closure=closure,  # type: ignore[arg-type]
            chosen=lever,
            also=also or (),
            fiscal=given or None,
            growth=None if growth is None else growth / 100.0,
            draws=draws,
            seed=seed,
            progress=tell,
        )
    _page(console_for(chosen), found, chosen, full)


def _page(console: Console, found: Plan, lang: Lang, full: bool) -> None:
    console.rule(f"[bold]{found.county.full_name}[/] {found.county.code}")
    console.print(found.brief.top_line.in_(lang), style="bold")
    for label, value in found.brief.figures:
        console.print(f"  {label.in_(lang)}{tr('：', ': ')}{value.in_(lang)}")
    if found.steps or found.left_out:
        console.print(_lever_table(found, lang))
    for point in found.brief.points:
        if full or point.key != "steps":
            console.print(f"[bold cyan]{point.heading.in_(lang)}[/]")
            console.print(point.text.in_(lang))
    heading(console, tr("说明", "Notes"))
    for note in found.brief.caveats:
        bullet(console, note.in_(lang), style="dim")
    if full:
        _details(console, found, lang)
    else:
        console.print(
            tr("--full 列出次优方案、债务、预警与联动的全部表格。", "--full prints every table."), style="dim"
        )


def _details(console: Console, found: Plan, lang: Lang) -> None:
    heading(console, tr("次优方案", "Runners-up"))
    for rival in found.runners_up:
        bullet(console, rival.sentence.in_(lang))
    if found.check is not None:
        heading(console, tr("谁得谁失（GDP，亿元）", "Who gains and loses (GDP, 亿元)"))
        _print_others(console, found)
    heading(console, tr("财政与债务（含方案）", "Public finances with the plan"))
    print_debt(console, found.debt, lang)
    if found.risk is not None:
        heading(console, tr("跨境风险", "Cross-border risk"))
        print_risk(console, found.risk, lang)
    if found.neighbours is not None:
        heading(console, tr("与谁联动", "Neighbours"))
        print_neighbours(console, found.neighbours, lang)


def _print_others(console: Console, found: Plan) -> None:
    assert found.check is not None
    table = plain_table(
        [
            (tr("受益", "Gaining"), "left"),
            (tr("每年", "A year"), "right"),
            (tr("受损", "Losing"), "left"),
            (tr("每年", "A year"), "right"),
        ]
    )
    gains, losses = (
        [(place.county.name, f"{place.amount:+.2f}") for place in places]
        for places in (found.check.simulation.winners, found.check.simulation.losers)
    )
    for gain, loss in zip_longest(gains, losses, fillvalue=("", "")):
        table.add_row(*gain, *loss)
    console.print(table)


def _lever_table(found: Plan, lang: Lang) -> Table:
    table = plain_table(
        [
            (tr("举措", "Lever"), "left"),
            (tr("启动", "Start"), "right"),
            (tr("力度", "Size"), "right"),
            (tr("投入", "Cost"), "right"),
            (tr("效益现值", "Gain"), "right"),
            (tr("90%区间", "90 %"), "right"),
            (tr("划算", "Pays"), "right"),
            (tr("入选", "Best"), "right"),
        ],
        fold=False,
    )
    table.caption = tr(
        "投入与效益：亿元，现值、估计。划算：单独值回成本的抽样；入选：属于最优组合的抽样；● 八成以上入选。",
        "Cost and gain in 亿元 (100 million yuan), present value, estimated. Pays: draws in which it is worth its cost; best: "
        "draws in which the best plan has it; ● in four draws out of five.",
    )
    table.caption_justify = "left"
    for step in found.steps:
        table.add_row(
            ("●" if step.firm else "○") + step.label.in_(lang),
            tr("立即", "now") if step.start == 0 else tr(f"第{step.start + 1}年", f"year {step.start + 1}"),
            f"{step.size:g}",
            f"{step.cost:.2f}",
            f"{step.benefit:.1f}",
            tr(f"{step.low:.1f}至{step.high:.1f}", f"{step.low:.1f} to {step.high:.1f}"),
            f"{step.pays * 100:.0f}%",
            f"{step.best * 100:.0f}%",
        )
    reasons = {
        "does_not_pay": Text("不划算", "does not pay"),
        "too_dear": Text("资金容不下", "too dear"),
        "crowded_out": Text("让位于更好的用途", "crowded out"),
        "no_evidence": Text("无证据", "no evidence"),
        "not_possible": Text("无条件", "not possible"),
        "in_place": Text("已实行", "in place"),
    }
    for left in found.left_out:
        known = left.pays == left.pays
        table.add_row(
            " " + left.label.in_(lang),
            "–",
            "–",
            "–",
            "–",
            reasons[left.reason].in_(lang),
            f"{left.pays * 100:.0f}%" if known else "–",
            f"{left.best * 100:.0f}%" if known else "–",
            style="dim",
        )
    return table
