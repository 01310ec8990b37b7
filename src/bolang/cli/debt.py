"""``bolang debt``: fiscal ratios, official lines, ten years ahead and stress tests of one county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.fiscal_options import (
    Debt,
    DebtBefore,
    Expenditure,
    FundExpenditure,
    FundRevenue,
    GeneralDebt,
    GeneralInterest,
    Growth,
    LandRevenue,
    Quota,
    Revenue,
    SpecialDebt,
    SpecialInterest,
    Tax,
    Transfers,
    given_items,
)
from bolang.cli.options import Full, LangOption, Name, Output, To
from bolang.cli.page import emit
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.pathway.debt import Stress

HELP = tr(
    "债务评估：财政比率、红橙黄绿与财政重整线、十年动态与压力测试。没有债务数据时只算各条线容许的规模，不推算余额。"
    "例：bolang debt 义乌市 --general-debt 120 --special-debt 260 --expenditure 190",
    "Debt: fiscal ratios, official lines, ten years ahead and stress tests. Without debt figures only what each line would "
    "allow is computed. Example: bolang debt 义乌市 --general-debt 120 --special-debt 260",
)

Trade = Annotated[
    bool,
    typer.Option(
        "--trade",
        help=tr(
            "加上模型算出的贸易冲击（首次约一分钟）。",
            "Add trade shocks from the model (about a minute the first time).",
        ),
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
    trade: Trade = False,
    full: Full = False,
    to: To = None,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """Print or write the debt assessment of one county."""
    from bolang.atlas import Atlas
    from bolang.atlas.romanize import place
    from bolang.pages.debt import debt_page
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
    emit(debt_page(result, place(county.name)), chosen, to, output, full=full)


def _trade_shocks(atlas: Atlas, county: County) -> tuple[Stress, ...]:
    from bolang.cli.progress import model_status
    from bolang.pathway import cross_border_risk
    from bolang.pathway.risk.shocks import shock_stresses

    with model_status() as tell:
        return shock_stresses(cross_border_risk(county, atlas=atlas, progress=tell).shocks)
