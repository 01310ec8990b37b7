"""Whether the figures of a file agree with one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.intake.readings import FigureReading
from bolang.intake.vocabulary import vocabulary

Severity = Literal["error", "warning"]
Known = Callable[[str, str, int], float | None]
"""Looks up what is known of a county: code, indicator, year; None if nothing is."""

# A total and its parts.
SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gdp", ("gdp_primary", "gdp_secondary", "gdp_tertiary")),
    ("fiscal_revenue", ("tax_revenue", "nontax_revenue")),
    ("trade_total", ("exports_cny", "imports_cny")),
    ("trade_total_usd", ("exports", "imports")),
    ("debt_balance", ("debt_balance_general", "debt_balance_special")),
    ("debt_limit", ("debt_limit_general", "debt_limit_special")),
    ("debt_interest", ("debt_interest_general", "debt_interest_special")),
    ("population_resident", ("population_resident_urban", "population_resident_rural")),
    ("population_registered", ("population_registered_urban", "population_registered_rural")),
    ("retail_sales", ("retail_sales_urban", "retail_sales_rural")),
)
_NOT_LARGER = (
    ("value_added_industry", "gdp_secondary"),
    ("tax_revenue", "fiscal_revenue"),
    ("land_revenue", "fund_revenue"),
    ("household_deposits", "deposits"),
    ("debt_balance", "debt_limit"),
    ("debt_balance_general", "debt_limit_general"),
    ("debt_balance_special", "debt_limit_special"),
    ("exports_cny", "trade_total"),
    ("exports", "trade_total_usd"),
)
_BETWEEN = (
    ("income", "income_rural", "income_urban"),
    ("consumption_per_head", "consumption_per_head_rural", "consumption_per_head_urban"),
)
# Money in US dollars and the total in yuan that it is part of.
_DOLLARS = (
    ("exports", "trade_total"),
    ("imports", "trade_total"),
    ("exports", "exports_cny"),
    ("imports", "imports_cny"),
)
SECTORS = ("gdp_primary", "gdp_secondary", "gdp_tertiary")


@dataclass(frozen=True, slots=True)
class Check:
    """One disagreement.

    Attributes
    ----------
    name : str
        Kind of check, such as ``sum`` or ``unit``.
    severity : {'error', 'warning'}
        An error holds the figures named back; a warning is only shown.
    text : Text
        What disagrees, with the figures.
    readings : tuple of FigureReading
        The figures it is about.
    """

    name: str
    severity: Severity
    text: Text
    readings: tuple[FigureReading, ...]


Group = dict[str, FigureReading]


def parameter(name: str) -> float:
    """Return a threshold of the checks from ``parameters.yaml``."""
    return load_parameters("bolang.intake").number(f"check_{name}")


def label(name: str) -> Text:
    """Return the name of an indicator for readers."""
    return vocabulary()[name].label


def shown(reading: FigureReading) -> str:
    """Return a figure with its name, in Chinese."""
    return f"{label(reading.indicator).zh} {reading.printed}"


def shown_en(reading: FigureReading) -> str:
    """Return a figure with its name, in English."""
    return f"{label(reading.indicator).en} {reading.printed}"


def listed(readings: Sequence[FigureReading]) -> Text:
    """Return figures with their names, in both languages."""
    return Text("、".join(map(shown, readings)), ", ".join(map(shown_en, readings)))


# ---------------------------------------------------------------- inside one file
def conflicts(readings: Sequence[FigureReading]) -> Iterator[Check]:
    """Find figures of one indicator, year and definition that contradict each other."""
    by_key: dict[object, list[FigureReading]] = defaultdict(list)
    for reading in readings:
        by_key[reading.key].append(reading)
    for group in by_key.values():
        if len(group) > 1:
            name, year = label(group[0].indicator), group[0].year
            values = "、".join(reading.printed for reading in group)
            yield Check(
                "conflict",
                "error",
                Text(
                    f"{year} 年{name.zh}有互相矛盾的数：{values}。",
                    f"{name.en}, {year}: contradicting figures {values}.",
                ),
                tuple(group),
            )


def sums(group: Group) -> Iterator[Check]:
    """Check that parts sum to their total within one last digit a term."""
    for total_name, names in SUMS:
        total = group.get(total_name)
        parts = [group[name] for name in names if name in group]
        if total is None or len(parts) < len(names):
            continue
        gap = sum(part.value for part in parts) - total.value
        if abs(gap) <= sum(term.digit for term in (*parts, total)) * (1 + 1e-9):
            continue
        slip = _slip(total, parts)
        named = (slip,) if slip else (total, *parts)
        text = Text("各项之和与总数不符：", "The parts do not sum to the total: ") + listed((total, *parts))
        if slip:
            text += Text(f"；疑似{shown(slip)}的单位有误。", f"; the unit of {shown_en(slip)} seems to be wrong.")
        else:
            amount = f"{abs(gap):,.8g} {total.unit}"
            text += Text(f"，相差 {amount}。", f", a gap of {amount}.")
        yield Check("unit" if slip else "sum", "error", text, named)


def _slip(total: FigureReading, parts: Sequence[FigureReading]) -> FigureReading | None:
    """Return the one figure that would make the sum right if its unit were another (万元 for 亿元, 元 for 万元)."""
    terms = (total, *parts)
    for index, term in enumerate(terms):
        for factor in (1e4, 1e-4, 1e8, 1e-8):
            values = [t.value * (factor if position == index else 1) for position, t in enumerate(terms)]
            tolerance = sum(t.digit * (factor if position == index else 1) for position, t in enumerate(terms))
            if abs(sum(values[1:]) - values[0]) <= max(tolerance, 2e-3 * abs(values[0])):
                return term
    return None


def parts_of_wholes(group: Group) -> Iterator[Check]:
    """Find parts that are larger than their whole, and debt above its limit."""
    for part_name, whole_name in _NOT_LARGER:
        part, whole = group.get(part_name), group.get(whole_name)
        if part and whole and part.value > whole.value + part.digit + whole.digit:
            debt = part_name.startswith("debt")
            yield Check(
                "part",
                "warning" if debt else "error",
                Text(f"{shown(part)}大于{shown(whole)}。", f"{shown_en(part)} is larger than {shown_en(whole)}."),
                (part, whole),
            )


def averages(group: Group) -> Iterator[Check]:
    """Find averages of all residents that lie outside those of town and country."""
    for whole_name, low_name, high_name in _BETWEEN:
        whole, low, high = (group.get(name) for name in (whole_name, low_name, high_name))
        if whole and low and high and low.value <= high.value and not low.value <= whole.value <= high.value:
            yield Check(
                "average",
                "error",
                Text(
                    f"{shown(whole)}不在{shown(low)}与{shown(high)}之间。",
                    f"{shown_en(whole)} does not lie between {shown_en(low)} and {shown_en(high)}.",
                ),
                (whole, low, high),
            )


def dollars(group: Group) -> Iterator[Check]:
    """Find trade in US dollars that is worth more than the same trade in yuan at the lowest rate on record."""
    for part_name, whole_name in _DOLLARS:
        part, whole = group.get(part_name), group.get(whole_name)
        if part and whole and part.value * 1e4 * parameter("lowest_dollar") > whole.value:
            yield Check(
                "unit",
                "error",
                Text(
                    f"{shown(part)}折成人民币大于{shown(whole)}，疑似单位有误。",
                    f"{shown_en(part)} is worth more than {shown_en(whole)}: the unit seems to be wrong.",
                ),
                (part, whole),
            )


def rates(group: Group) -> Iterator[Check]:
    """Check urbanisation against urban and resident population, the tax share against revenue."""
    for rate_name, part_name, whole_name in (
        ("urbanisation", "population_resident_urban", "population_resident"),
        ("urbanisation_registered", "population_registered_urban", "population_registered"),
        ("tax_share", "tax_revenue", "fiscal_revenue"),
    ):
        rate, part, whole = (group.get(name) for name in (rate_name, part_name, whole_name))
        if rate and part and whole and whole.value:
            computed = 100 * part.value / whole.value
            slack = rate.digit + 100 * (part.digit + whole.digit * part.value / whole.value) / whole.value
            if abs(computed - rate.value) > slack:
                yield Check(
                    "rate",
                    "warning",
                    Text(
                        f"{shown(rate)}与按{shown(part)}、{shown(whole)}算得的 {computed:.2f}% 不符。",
                        f"{shown_en(rate)} differs from {computed:.2f}% as computed from {shown_en(part)} and {shown_en(whole)}.",
                    ),
                    (rate, part, whole),
                )


def per_head(group: Group) -> Iterator[Check]:
    """Check that GDP and GDP per head imply the average resident population."""
    gdp, per_head = group.get("gdp"), group.get("gdp_per_capita")
    people = group.get("population_resident") or group.get("population_registered")
    if not (gdp and per_head and people and per_head.value > 0 and people.value > 0):
        return
    implied = gdp.value * 1e4 / per_head.value
    ratio = implied / people.value
    if abs(ratio - 1) <= parameter("population_gap"):
        return
    slip = abs(math.log10(ratio)) > 0.9 if ratio > 0 else True
    if not slip and people.indicator == "population_registered" and "按户籍人口计算" not in per_head.definition:
        return  # output per head is per resident; the registered only show a slip of unit
    yield Check(
        "per head",
        "error" if slip else "warning",
        Text(
            f"{shown(gdp)}与{shown(per_head)}所含的平均人口为 {implied / 1e4:.2f} 万人，而{shown(people)}。",
            f"{shown_en(gdp)} and {shown_en(per_head)} imply {implied:,.0f} people on average, against {shown_en(people)}.",
        ),
        (gdp, per_head) if slip else (per_head,),
    )


def structure(group: Group) -> Iterator[Check]:
    """Check the shares of the three sectors against their value added."""
    gdp = group.get("gdp")
    for name in SECTORS:
        share, part = group.get(f"{name}_share"), group.get(name)
        if gdp and share and part and gdp.value:
            computed = 100 * part.value / gdp.value
            if abs(computed - share.value) > 1.5 * max(share.digit, 0.1):
                yield Check(
                    "share",
                    "warning",
                    Text(
                        f"{shown(share)}与按增加值算得的 {computed:.1f}% 不符。",
                        f"{shown_en(share)} differs from {computed:.1f}% as computed from value added.",
                    ),
                    (share, part),
                )


def growth_rates(group: Group) -> Iterator[Check]:
    """Check growth of GDP against that of its sectors, and what the text says they contribute."""
    total = group.get("gdp_growth")
    rates = [group.get(f"{name}_growth") for name in SECTORS]
    levels = [group.get(name) for name in SECTORS]
    if total and all(rates) and all(levels):
        growth = [rate.value for rate in rates if rate]
        base = [
            level.value / (1 + rate / 100) for level, rate in zip(levels, growth, strict=True) if level and rate > -100
        ]
        if len(base) == len(growth) and sum(base) > 0:
            weighted = sum(b * g for b, g in zip(base, growth, strict=True)) / sum(base)
            if abs(weighted - total.value) > parameter("growth_gap"):
                yield Check(
                    "growth",
                    "warning",
                    Text(
                        f"{shown(total)}与三次产业增速加权所得的 {weighted:.1f}% 相差较大。",
                        f"{shown_en(total)} differs from {weighted:.1f}%, the weighted growth of the three sectors.",
                    ),
                    (total, *(rate for rate in rates if rate)),
                )
    pulls = [group[f"{name}_pull"] for name in SECTORS if f"{name}_pull" in group]
    if (
        total
        and len(pulls) == 3
        and abs(sum(p.value for p in pulls) - total.value) > 4 * max(p.digit for p in (*pulls, total))
    ):
        yield Check(
            "pull",
            "warning",
            Text("三次产业拉动点数之和与", "The points of growth of the three sectors do not sum to ")
            + listed([total])
            + Text("不符。", "."),
            (total, *pulls),
        )
    shares = [group[f"{name}_contribution"] for name in SECTORS if f"{name}_contribution" in group]
    if len(shares) == 3 and abs(sum(s.value for s in shares) - 100) > 3 * max(s.digit for s in shares):
        yield Check(
            "contribution",
            "warning",
            Text("三次产业贡献率之和不是 100%：", "The contributions of the three sectors do not sum to 100 %: ")
            + listed(shares),
            tuple(shares),
        )
    for name, reading in group.items():
        if name.endswith("_growth") and reading.value < -100:
            yield Check(
                "growth",
                "error",
                Text(f"{shown(reading)}，下降超过 100%。", f"{shown_en(reading)} falls by more than 100 %."),
                (reading,),
            )
