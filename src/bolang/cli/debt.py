"""``bolang debt``: fiscal ratios, official lines, ten years ahead and stress tests of one county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for, heading, money, money_unit, plain_table
from bolang.cli.options import LangOption, Name
from bolang.foundation.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.atlas import Atlas, County
    from bolang.pathway.debt import DebtAssessment, Stress

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


def amount(name: str, zh: str, en: str) -> object:
    """Return an option for an amount in 亿元."""
    return typer.Option(name, help=tr(f"{zh}（亿元）。", f"{en} (亿元, 100 million yuan)."), show_default=False)


GeneralDebt = Annotated[float | None, amount("--general-debt", "一般债务余额", "General debt")]
SpecialDebt = Annotated[float | None, amount("--special-debt", "专项债务余额", "Special debt")]
Debt = Annotated[float | None, amount("--debt", "政府债务余额（不分一般与专项时）", "Debt where the parts are unknown")]
Quota = Annotated[float | None, amount("--quota", "债务限额", "Debt quota")]
Revenue = Annotated[float | None, amount("--revenue", "一般公共预算收入", "General budget revenue")]
Expenditure = Annotated[float | None, amount("--expenditure", "一般公共预算支出", "General budget expenditure")]
Transfers = Annotated[float | None, amount("--transfers", "上级补助收入", "Transfers from above")]
FundRevenue = Annotated[float | None, amount("--fund-revenue", "政府性基金收入", "Government-fund revenue")]
FundExpenditure = Annotated[float | None, amount("--fund-expenditure", "政府性基金支出", "Government-fund expenditure")]
Tax = Annotated[float | None, amount("--tax", "税收收入", "Tax revenue")]
LandRevenue = Annotated[float | None, amount("--land-revenue", "土地出让收入", "Land-lease revenue")]
DebtBefore = Annotated[float | None, amount("--debt-before", "上年政府债务余额", "Debt a year earlier")]
GeneralInterest = Annotated[float | None, amount("--general-interest", "一般债务付息", "Interest on general debt")]
SpecialInterest = Annotated[float | None, amount("--special-interest", "专项债务付息", "Interest on special debt")]
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
    tax: Tax = None,
    land_revenue: LandRevenue = None,
    debt_before: DebtBefore = None,
    general_interest: GeneralInterest = None,
    special_interest: SpecialInterest = None,
    growth: Growth = None,
    trade: Annotated[
        bool,
        typer.Option(
            "--trade",
            help=tr(
                "加上模型算出的贸易冲击（首次约一分钟）。",
                "Add trade shocks from the model (about a minute the first time).",
            ),
        ),
    ] = False,
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
        tax=tax,
        land_revenue=land_revenue,
        debt_before=debt_before,
        general_interest=general_interest,
        special_interest=special_interest,
    )
    atlas = Atlas()
    county = atlas.county(name)
    assumptions, deviation = county_assumptions(atlas, county, None if growth is None else growth / 100.0)
    position = fiscal_position(atlas, county, given)
    shocks = _trade_shocks(atlas, county) if trade and position.total_debt is not None else ()
    result = assess(position, assumptions, deviation, stresses=shocks)
    console = console_for(chosen)
    console.rule(f"[bold]{county.full_name}[/] {county.code}")
    print_debt(console, result, chosen)


def given_items(**items: float | None) -> dict[str, float]:
    """Keep the items that were given."""
    return {name: value for name, value in items.items() if value is not None}


def _trade_shocks(atlas: Atlas, county: County) -> tuple[Stress, ...]:
    from bolang.cli.progress import model_status
    from bolang.pathway import cross_border_risk
    from bolang.pathway.risk.shocks import shock_stresses

    with model_status() as tell:
        return shock_stresses(cross_border_risk(county, atlas=atlas, progress=tell).shocks)


def print_debt(console: Console, result: DebtAssessment, lang: Lang) -> None:
    """Print a debt assessment: what is known and from where, the lines, ten years ahead, stress, and the fan."""
    console.print(result.headline.in_(lang), style="bold")
    for note in result.notes:
        bullet(console, note.in_(lang), style="yellow")
    heading(console, tr(f"已知数字（{money_unit()}）", f"What is known ({money_unit()})"))
    _print_known(console, result, lang)
    heading(console, tr(f"各条线（{money_unit()}）", f"Lines ({money_unit()})"))
    console.print(_rules_table(result, lang))
    if result.outcomes:
        years = result.assumptions.years
        heading(console, tr(f"{years} 年后与压力测试", f"After {years} years, and under stress"))
        console.print(_stress_table(result, lang))
        _print_crossed(console, result, lang)
        heading(console, tr(f"{years} 年后的扇形区间", f"Fan of {years} years"))
        console.print(_fan_table(result, lang))
    console.print(
        tr("增长假定：", "Growth assumed: ")
        + f"{result.assumptions.growth[0] * 100:.1f}% ({result.assumptions.growth_source})",
        style="dim",
    )


def _print_known(console: Console, result: DebtAssessment, lang: Lang) -> None:
    from bolang.pathway.debt.position import LABELS

    position = result.position
    for name, label in LABELS.items():
        value = getattr(position, name)
        if value is None:
            continue
        year, source = position.years.get(name, position.year), position.sources.get(name, "")
        if name == "debt_before":
            year, source = year - 1, source or position.sources.get("debt", "")
        given = source == tr("用户给出", "given by the user")
        origin = source if given else tr(f"{year}年，{source}", f"{year}, {source}")
        estimated = tr("，估计", ", estimated") if name in position.estimated else ""
        line = tr("{}：{}（{}）", "{}: {} ({})").format(label.in_(lang), money(value, 2), origin + estimated)
        console.print(f"  {line}")
    for key, share in result.ratios.items():
        console.print(f"  {RATIO_TEXT[key].in_(lang)}{tr('：', ': ')}{share * 100:.2f}%")


def _rules_table(result: DebtAssessment, lang: Lang) -> Table:
    table = plain_table(
        [
            (tr("线", "Line"), "left"),
            (tr("现值", "Now"), "right"),
            (tr("警戒", "Limit"), "right"),
            (tr("余地", "Room"), "right"),
            (tr("线上债务", "Debt at the line"), "right"),
        ]
    )
    for reading in result.readings:
        mark = "▲ " if result.binding is not None and reading.rule.key == result.binding.rule.key else ""
        estimated = tr("（估计）", " (est.)") if reading.estimated and reading.ratio is not None else ""
        table.add_row(
            mark + reading.rule.short.in_(lang),
            "–" if reading.ratio is None else f"{reading.ratio * 100:.1f}%{estimated}",
            f"{reading.rule.line * 100:.0f}%",
            money(reading.room),
            money(reading.allowed),
        )
    return table


def _stress_table(result: DebtAssessment, lang: Lang) -> Table:
    rules = {reading.rule.key: reading.rule for reading in result.readings}
    keys = list(result.outcomes[0].ratios)
    table = plain_table([(tr("情景", "Case"), "left"), *((rules[key].short.in_(lang), "right") for key in keys)])
    for outcome in result.outcomes:
        table.add_row(outcome.label.in_(lang), *(f"{outcome.ratios[key][-1] * 100:.1f}%" for key in keys))
    return table


def _print_crossed(console: Console, result: DebtAssessment, lang: Lang) -> None:
    """Say what every case assumes, and which lines it crosses first and when."""
    rules = {reading.rule.key: reading.rule for reading in result.readings}
    for outcome in result.outcomes:
        crossed = [
            f"{rules[key].short.in_(lang)}{tr('（现在）', ' (now)') if year == 0 else tr(f'（第{year}年）', f' (year {year})')}"
            for key, year in outcome.crossed.items()
        ]
        assumed = outcome.description.in_(lang)
        what = f"{outcome.label.in_(lang)}{tr('：', ': ')}{assumed}{tr('；', '; ') if assumed else ''}"
        lines = tr("、", ", ").join(crossed)
        verdict = tr(f"越线：{lines}。", f"crosses {lines}.") if crossed else tr("不越线。", "crosses nothing.")
        bullet(console, what + verdict, style="" if crossed else "dim")


def _fan_table(result: DebtAssessment, lang: Lang) -> Table:
    rules = {reading.rule.key: reading.rule for reading in result.readings}
    table = plain_table(
        [
            (tr("线", "Line"), "left"),
            (tr("中位", "Median"), "right"),
            (tr("90%区间", "90 %"), "right"),
            (tr("十年内曾越线的抽样", "Draws that ever cross"), "right"),
        ]
    )
    for key, fan in result.fans.items():
        low, middle, high = (fan.quantiles[k, -1] * 100 for k in (0, 2, 4))
        table.add_row(rules[key].short.in_(lang), f"{middle:.1f}%", f"{low:.1f}–{high:.1f}%", f"{fan.ever * 100:.0f}%")
    return table
