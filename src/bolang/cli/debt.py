"""``bolang debt``: fiscal ratios, official lines, ten years ahead and stress tests of one county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for, plain_table
from bolang.cli.options import LangOption, Name
from bolang.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.pathway.debt import DebtAssessment

HELP = tr(
    "债务评估：财政比率、红橙黄绿与财政重整线、十年动态与压力测试。没有债务数据时只算各条线容许的规模，不推算余额。"
    "例：bolang debt 义乌市 --general-debt 120 --special-debt 260 --expenditure 190",
    "Debt: fiscal ratios, official lines, ten years ahead and stress tests. Without debt figures only what each line would "
    "allow is computed. Example: bolang debt 义乌市 --general-debt 120 --special-debt 260",
)
RATIO_TEXT = {
    "self_sufficiency": Text("财政自给率", "fiscal self-sufficiency"),
    "tax_share": Text("税收占比", "tax share"),
    "land_dependence": Text("土地财政依赖度", "land dependence"),
}


def money(name: str, zh: str, en: str) -> object:
    """Return an option for an amount in 亿元."""
    return typer.Option(name, help=tr(f"{zh}（亿元）。", f"{en} (亿元, 100 million yuan)."), show_default=False)


GeneralDebt = Annotated[float | None, money("--general-debt", "一般债务余额", "General debt")]
SpecialDebt = Annotated[float | None, money("--special-debt", "专项债务余额", "Special debt")]
Debt = Annotated[float | None, money("--debt", "政府债务余额（不分一般与专项时）", "Debt where the parts are unknown")]
Quota = Annotated[float | None, money("--quota", "债务限额", "Debt quota")]
Revenue = Annotated[float | None, money("--revenue", "一般公共预算收入", "General budget revenue")]
Expenditure = Annotated[float | None, money("--expenditure", "一般公共预算支出", "General budget expenditure")]
Transfers = Annotated[float | None, money("--transfers", "上级补助收入", "Transfers from above")]
FundRevenue = Annotated[float | None, money("--fund-revenue", "政府性基金收入", "Government-fund revenue")]
FundExpenditure = Annotated[float | None, money("--fund-expenditure", "政府性基金支出", "Government-fund expenditure")]
Growth = Annotated[
    float | None,
    typer.Option(
        "--growth",
        help=tr(
            "今后名义 GDP 年增长（%），默认取本省近三年平均。", "Nominal growth a year (%); the province's by default."
        ),
        show_default=False,
    ),
]


def command(
    name: Name,
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
    lang: LangOption = None,
) -> None:
    """Print the debt assessment of one county."""
    from bolang.atlas import Atlas
    from bolang.pathway.debt import assess, county_assumptions, fiscal_position

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
    atlas = Atlas()
    county = atlas.county(name)
    assumptions, deviation = county_assumptions(atlas, county, None if growth is None else growth / 100.0)
    result = assess(fiscal_position(atlas, county, given), assumptions, deviation)
    console = console_for(chosen)
    console.rule(f"[bold]{county.full_name}[/] {county.code}")
    print_debt(console, result, chosen)


def given_items(**items: float | None) -> dict[str, float]:
    """Keep the items that were given."""
    return {name: value for name, value in items.items() if value is not None}


def print_debt(console: Console, result: DebtAssessment, lang: Lang) -> None:
    """Print a debt assessment."""
    console.print(result.headline.in_(lang), style="bold")
    for note in result.notes:
        bullet(console, note.in_(lang), style="yellow")
    for key, share in result.ratios.items():
        console.print(f"  {RATIO_TEXT[key].in_(lang)}: {share * 100:.2f}%")
    console.print(_rules_table(result, lang))
    if result.outcomes:
        years = result.assumptions.years
        console.print(
            f"[bold cyan]{tr(f'{years} 年后与压力测试', f'After {years} years, and under stress')}[/] "
            f"[dim]{result.assumptions.growth_source}[/]"
        )
        console.print(_stress_table(result, lang))


def _rules_table(result: DebtAssessment, lang: Lang) -> Table:
    table = plain_table(
        [
            (tr("线", "Line"), "left"),
            (tr("现值", "Now"), "right"),
            (tr("警戒", "Limit"), "right"),
            (tr("余地（亿元）", "Room (亿元)"), "right"),
            (tr("线上债务（亿元）", "Debt at the line (亿元)"), "right"),
        ]
    )
    for reading in result.readings:
        mark = "▲ " if result.binding is not None and reading.rule.key == result.binding.rule.key else ""
        estimated = tr("（估计）", " (est.)") if reading.estimated and reading.ratio is not None else ""
        table.add_row(
            mark + reading.rule.short.in_(lang),
            "–" if reading.ratio is None else f"{reading.ratio * 100:.1f}%{estimated}",
            f"{reading.rule.line * 100:.0f}%",
            "–" if reading.room is None else f"{reading.room:,.1f}",
            "–" if reading.allowed is None else f"{reading.allowed:,.1f}",
        )
    return table


def _stress_table(result: DebtAssessment, lang: Lang) -> Table:
    rules = {reading.rule.key: reading.rule for reading in result.readings}
    keys = list(result.outcomes[0].ratios)
    table = plain_table(
        [
            (tr("情景", "Case"), "left"),
            *((rules[key].short.in_(lang), "right") for key in keys),
            (tr("越线", "Crosses"), "left"),
        ]
    )
    for outcome in result.outcomes:
        crossed = [
            f"{rules[key].short.in_(lang)} ({tr('现在', 'now') if year == 0 else tr(f'第{year}年', f'year {year}')})"
            for key, year in outcome.crossed.items()
        ]
        table.add_row(
            outcome.label.in_(lang),
            *(f"{outcome.ratios[key][-1] * 100:.1f}%" for key in keys),
            tr("；", "; ").join(crossed) or "–",
        )
    return table
