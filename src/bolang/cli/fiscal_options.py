"""Options for the public finances that a user brings, for every command that takes them."""

from __future__ import annotations

from typing import Annotated, Any

from bolang.cli.options import option
from bolang.wording import load

WORDS = load("cli_road")
PLAN = (
    "general_debt",
    "special_debt",
    "debt",
    "quota",
    "revenue",
    "expenditure",
    "transfers",
    "fund_revenue",
    "fund_expenditure",
)
DEBT = (*PLAN, "tax", "land_revenue", "debt_before", "general_interest", "special_interest")


def amounts(names: tuple[str, ...]) -> dict[str, Any]:
    """Return options for amounts in 亿元, by the name of the item."""
    return {name: Annotated[float | None, _amount(name)] for name in names}


def _amount(name: str) -> Any:
    said = WORDS("fiscal.amount", item=WORDS(f"fiscal.item.{name}"))
    return option("--" + name.replace("_", "-"), said=said)


Growth = Annotated[float | None, option("--growth", said=WORDS("fiscal.growth"))]
