"""Whether the figures of a file agree with one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bolang.intake.disagreements import Check, CheckValue, Group, Severity, parameter
from bolang.intake.readings import FigureReading

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


# ---------------------------------------------------------------- inside one file
def conflicts(readings: Sequence[FigureReading]) -> Iterator[Check]:
    """Find figures of one indicator, year and definition that contradict each other."""
    by_key: dict[object, list[FigureReading]] = defaultdict(list)
    for reading in readings:
        by_key[reading.key].append(reading)
    for group in by_key.values():
        if len(group) > 1:
            printed = tuple(reading.printed for reading in group)
            values: dict[str, CheckValue] = {"indicator": group[0].indicator, "year": group[0].year, "printed": printed}
            yield Check("conflict", "error", "conflict", tuple(group), values)


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
        if slip:
            yield Check("unit", "error", "sum.slip", named, {"terms": (total, *parts), "slip": slip})
        else:
            values: dict[str, CheckValue] = {"terms": (total, *parts), "gap": abs(gap), "unit": total.unit}
            yield Check("sum", "error", "sum.gap", named, values)


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
            severity: Severity = "warning" if debt else "error"
            yield Check("part", severity, "part", (part, whole), {"part": part, "whole": whole})


def averages(group: Group) -> Iterator[Check]:
    """Find averages of all residents that lie outside those of town and country."""
    for whole_name, low_name, high_name in _BETWEEN:
        whole, low, high = (group.get(name) for name in (whole_name, low_name, high_name))
        if whole and low and high and low.value <= high.value and not low.value <= whole.value <= high.value:
            values: dict[str, CheckValue] = {"whole": whole, "low": low, "high": high}
            yield Check("average", "error", "average", (whole, low, high), values)


def dollars(group: Group) -> Iterator[Check]:
    """Find trade in US dollars that is worth more than the same trade in yuan at the lowest rate on record."""
    for part_name, whole_name in _DOLLARS:
        part, whole = group.get(part_name), group.get(whole_name)
        if part and whole and part.value * 1e4 * parameter("lowest_dollar") > whole.value:
            yield Check("unit", "error", "dollars", (part, whole), {"part": part, "whole": whole})


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
                values: dict[str, CheckValue] = {"rate": rate, "part": part, "whole": whole, "computed": computed}
                yield Check("rate", "warning", "rate", (rate, part, whole), values)


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
    severity: Severity = "error" if slip else "warning"
    values: dict[str, CheckValue] = {"gdp": gdp, "per_head": per_head, "people": people, "implied": implied}
    yield Check("per head", severity, "per_head", (gdp, per_head) if slip else (per_head,), values)


def structure(group: Group) -> Iterator[Check]:
    """Check the shares of the three sectors against their value added."""
    gdp = group.get("gdp")
    for name in SECTORS:
        share, part = group.get(f"{name}_share"), group.get(name)
        if gdp and share and part and gdp.value:
            computed = 100 * part.value / gdp.value
            if abs(computed - share.value) > 1.5 * max(share.digit, 0.1):
                yield Check("share", "warning", "share", (share, part), {"share": share, "computed": computed})


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
                named = (total, *(rate for rate in rates if rate))
                yield Check("growth", "warning", "growth.weighted", named, {"total": total, "computed": weighted})
    pulls = [group[f"{name}_pull"] for name in SECTORS if f"{name}_pull" in group]
    if (
        total
        and len(pulls) == 3
        and abs(sum(p.value for p in pulls) - total.value) > 4 * max(p.digit for p in (*pulls, total))
    ):
        yield Check("pull", "warning", "pull", (total, *pulls), {"total": total})
    shares = [group[f"{name}_contribution"] for name in SECTORS if f"{name}_contribution" in group]
    if len(shares) == 3 and abs(sum(s.value for s in shares) - 100) > 3 * max(s.digit for s in shares):
        yield Check("contribution", "warning", "contribution", tuple(shares), {"terms": tuple(shares)})
    for name, reading in group.items():
        if name.endswith("_growth") and reading.value < -100:
            yield Check("growth", "error", "growth.fall", (reading,), {"figure": reading})
