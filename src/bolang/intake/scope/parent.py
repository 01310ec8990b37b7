"""Of which total a bare part is a part: 第一产业 alone belongs to the total before it, not always to GDP."""

from __future__ import annotations

import re

_BARE_SECTOR = re.compile(r"(?:第)?([一二三])(?:次)?产业?|([一二三])产(?:业)?")
_INVESTMENT = frozenset(
    {
        "fixed_investment",
        "industrial_investment",
        "private_investment",
        "infrastructure_investment",
        "real_estate_investment",
    }
)
_OTHER_TOTALS = frozenset(
    {"private_economy", "nonpublic_economy", "electricity_use", "electricity_use_industry", "tax_revenue", "fiscal_revenue", "retail_sales",
     "fdi_used", "trade_total", "loans", "deposits", "market_entities", "market_entities_new"}
)  # fmt: skip
_SECTORS = {"一": "primary", "二": "secondary", "三": "tertiary"}


def sector_of(phrase: str, head: str) -> str | None:
    """Return the indicator that a bare sector names under a total.

    Parameters
    ----------
    phrase : str
        The whole noun phrase.
    head : str
        The total that the text spoke of last; empty if none.

    Returns
    -------
    str or None
        Name of an indicator; an empty string for a sector of a total whose parts are not kept; None if the phrase is no bare
        sector or the total leaves it to GDP.
    """
    found = _BARE_SECTOR.fullmatch(phrase)
    if not found:
        return None
    sector = _SECTORS[found.group(1) or found.group(2)]
    if head in _INVESTMENT:
        return f"investment_{sector}" if head == "fixed_investment" else ""
    return "" if head in _OTHER_TOTALS else None


_FOREIGN_STRUCTURE = re.compile(r"民营|非公|投资|税收|税源|用电|从业|就业|人口|贷款|外资|产值|企业")


def structure_of_gdp(clause: str, head: str) -> bool:
    """Tell whether 三次产业结构 in a clause is that of GDP, not of the private economy, of investment or of electricity."""
    return not _FOREIGN_STRUCTURE.search(clause) and not (head in _OTHER_TOTALS and "产业结构" not in clause)
