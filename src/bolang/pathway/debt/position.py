"""What is known of a county's public finances in one year, and from where; nothing is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np

from bolang.atlas.model import Fact
from bolang.foundation.errors import BadInputError
from bolang.foundation.names import Names
from bolang.foundation.text import Text, same, tr

ITEMS = (
    "gdp",
    "revenue",
    "tax",
    "expenditure",
    "transfers",
    "fund_revenue",
    "fund_expenditure",
    "land_revenue",
    "general_debt",
    "special_debt",
    "debt",
    "debt_before",
    "general_interest",
    "special_interest",
    "quota",
)
"""Items of a fiscal position, all in 亿元."""


_NAMES = Names("bolang.pathway.debt", "items")


def item_name(item: str) -> Text:
    """Return the name of an item for readers, from ``names.yaml``."""
    return _NAMES[item]


@dataclass(frozen=True, slots=True)
class FiscalPosition:
    """Public finances of one county in one year, in 亿元; None where nothing is published or given.

    Attributes
    ----------
    year : int
        Year of the figures (the latest, where they differ: see `years`).
    gdp, revenue, tax, expenditure, transfers, fund_revenue, fund_expenditure, land_revenue
        Output and the two budgets.
    general_debt, special_debt, debt, debt_before
        Debt at the end of the year; `debt` alone where the parts are unknown; `debt_before` a year earlier.
    general_interest, special_interest
        Interest paid in the year.
    quota : float or None
        Debt quota (限额) set from above.
    years : mapping
        Year of each item that is not of `year`.
    sources : mapping
        Source of each item that is known.
    estimated : tuple of str
        Items that are estimates.
    facts : mapping
        The figure of the atlas that an item is, where it is one.
    """

    year: int
    gdp: float | None = None
    revenue: float | None = None
    tax: float | None = None
    expenditure: float | None = None
    transfers: float | None = None
    fund_revenue: float | None = None
    fund_expenditure: float | None = None
    land_revenue: float | None = None
    general_debt: float | None = None
    special_debt: float | None = None
    debt: float | None = None
    debt_before: float | None = None
    general_interest: float | None = None
    special_interest: float | None = None
    quota: float | None = None
    years: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)
    estimated: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ITEMS:
            value = getattr(self, name)
            if value is not None and not (np.isfinite(value) and value >= 0):
                label = item_name(name)
                raise BadInputError(
                    tr(f"{label.zh}应为非负数，收到 {value}。", f"{label.en} should be 0 or more, got {value}."),
                    tr("没有数据的项目请不要填。", "Leave out what is not known."),
                )
        _check_parts(self)

    @property
    def total_debt(self) -> float | None:
        """Government debt: as given, or general and special debt together."""
        if self.debt is not None:
            return self.debt
        if self.general_debt is None or self.special_debt is None:
            return None
        return self.general_debt + self.special_debt

    @property
    def resources(self) -> float | None:
        """综合财力 in its full form: general budget revenue, transfers and government-fund revenue."""
        if self.revenue is None or self.transfers is None or self.fund_revenue is None:
            return None
        return self.revenue + self.transfers + self.fund_revenue

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the items that are neither published nor given."""
        return tuple(name for name in ITEMS if getattr(self, name) is None)

    def year_of(self, name: str) -> int:
        """Return the year of an item."""
        return self.years.get(name, self.year)

    def value(self, name: str) -> float:
        """Return an item as a number, NaN where it is unknown."""
        value = getattr(self, name)
        return float("nan") if value is None else float(value)

    def with_given(self, source: Text | str, **given: float | None) -> FiscalPosition:
        """Return the position with figures laid over it.

        Parameters
        ----------
        source : Text or str
            Where the figures come from.
        **given : float
            Items by name, in 亿元.

        Raises
        ------
        BadInputError
            If a name is unknown or a figure is negative.
        """
        known = {f.name for f in fields(self)} & set(ITEMS)
        unknown = sorted(set(given) - known)
        if unknown:
            raise BadInputError(
                tr(f"没有财政项目 {'、'.join(unknown)}。", f"No fiscal item named {', '.join(unknown)}."),
                tr(f"可用：{'、'.join(sorted(known))}。", f"Known: {', '.join(sorted(known))}."),
            )
        values = {name: float(value) for name, value in given.items() if value is not None}
        years = {name: year for name, year in self.years.items() if name not in values}
        sources = {**self.sources, **dict.fromkeys(values, same(source) if isinstance(source, str) else source)}
        estimated = tuple(name for name in self.estimated if name not in values)
        facts = {name: fact for name, fact in self.facts.items() if name not in values}
        laid = {"years": years, "sources": sources, "estimated": estimated, "facts": facts}
        return replace(self, **laid, **values)  # type: ignore[arg-type]


def _check_parts(position: FiscalPosition) -> None:
    """Refuse a part larger than its whole: a slip of unit or of row."""
    pairs = [("tax", "revenue"), ("land_revenue", "fund_revenue"), ("general_debt", "debt"), ("special_debt", "debt")]
    for part, whole in pairs:
        small, large = getattr(position, part), getattr(position, whole)
        if small is not None and large is not None and small > large * 1.0001:
            raise BadInputError(
                tr(
                    f"{item_name(part).zh}（{small}）大于{item_name(whole).zh}（{large}）。",
                    f"{item_name(part).en} ({small}) exceeds {item_name(whole).en} ({large}).",
                ),
                tr("请核对单位：一律为亿元。", "Check the units: every item is in 亿元 (100 million yuan)."),
            )
