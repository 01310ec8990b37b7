"""Options for the public finances that a user brings, for every command that takes them."""

from __future__ import annotations

from typing import Annotated

import typer

from bolang.foundation.text import tr


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


def given_items(**items: float | None) -> dict[str, float]:
    """Keep the items that were given."""
    return {name: value for name, value in items.items() if value is not None}
