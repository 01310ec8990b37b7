"""What kind of document the facts allow: a report to be signed, or a fact sheet that says what it lacks."""

from __future__ import annotations

from bolang.diagnosis.desk import DeskKey
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pages.report.context import Context
from bolang.wording import load

WORDS = load("report_sheet")
_ROWS: dict[str, tuple[DeskKey, ...]] = {
    "accounts": ("gdp",),
    "finance": ("fiscal_revenue", "fiscal_expenditure"),
    "debt": ("debt_balance",),
}
_NEEDED = ("accounts", "finance")


def lacking(context: Context) -> tuple[str, ...]:
    """Return the parts of an analysis for which there are no figures that are young enough."""
    oldest = context.day.year - round(load_parameters("bolang.pages.report").number("analysis_years"))
    rows = {part: [context.desk.row(key).latest for key in keys] for part, keys in _ROWS.items()}
    found = [part for part, cells in rows.items() if any(cell is None or cell.year < oldest for cell in cells)]
    return (*found, "industry") if context.small_sample else tuple(found)


def is_sheet(context: Context) -> bool:
    """Whether the facts are too few for an analysis: accounts and finances are needed, and debt or industry besides."""
    absent = lacking(context)
    return any(part in absent for part in _NEEDED) or ("debt" in absent and "industry" in absent)


def lacking_names(context: Context) -> list[Text]:
    """Name what is lacking."""
    return [WORDS(f"part.{part}") for part in lacking(context)]
