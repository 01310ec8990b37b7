"""Whether figures can be right at all: against sizes that counties have, and against what is known of this one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.intake.agreement import SECTORS, Check, Group, Known, parameter, shown, shown_en
from bolang.intake.readings import Reading

# Levels that no county changes eightfold within five years.
_STEADY = (
    "gdp", *SECTORS, "gdp_per_capita", "fiscal_revenue", "tax_revenue", "fiscal_expenditure", "retail_sales", "deposits",
    "household_deposits", "loans", "income", "income_urban", "income_rural", "population_resident", "population_registered",
    "debt_balance", "electricity_use",
)  # fmt: skip


def sizes(group: Group, trusted: bool = True) -> Iterator[Check]:
    """Catch slips of unit by ratios to GDP, unless GDP itself is in doubt, and by sizes that no county has."""
    ranges = load_parameters("bolang.intake")["check_ranges"].value
    assert isinstance(ranges, dict)
    gdp = group.get("gdp") if trusted else None
    for name, (low, high) in ranges.get("absolute", {}).items():
        reading = group.get(name)
        if reading and not low <= reading.value <= high:
            yield _slip_check(
                reading,
                Text(
                    f"通常在 {low:g} 至 {high:g} {reading.unit} 之间",
                    f"usually between {low:g} and {high:g} {reading.unit}",
                ),
            )
    for name, (low, high) in ranges.get("to_gdp", {}).items():
        reading = group.get(name)
        if reading and gdp and gdp.value > 0 and reading.value > 0:
            ratio = reading.value / gdp.value
            if not low <= ratio <= high:
                yield _slip_check(
                    reading, Text(f"相当于地区生产总值的 {100 * ratio:.3g}%", f"{100 * ratio:.3g} % of GDP")
                )


def _slip_check(reading: Reading, why: Text) -> Check:
    text = Text(
        f"{shown(reading)}（{why.zh}），疑似单位有误。",
        f"{shown_en(reading)} ({why.en}): the unit seems to be wrong.",
    )
    return Check("unit", "error", text, (reading,))


def against_known(group: Group, readings: Sequence[Reading], known: Known | None) -> Iterator[Check]:
    """Check the accounts against last year and against known sizes: revisions and slips of unit."""
    for name in ("gdp", *SECTORS):
        reading = group.get(name)
        if reading is None or reading.value <= 0:
            continue
        before = _year_before(reading, readings, known)
        growth = group.get(f"{name}_growth")
        if before and before > 0 and growth:
            nominal = 100 * (reading.value / before - 1)
            gap = nominal - growth.value
            if abs(gap) > parameter("nominal_real_gap") and 0.2 < reading.value / before < 5:
                yield Check(
                    "revision",
                    "warning",
                    Text(
                        f"{shown(reading)}，比上年现价数{_amount(before, reading.unit).zh}名义增长 {nominal:.1f}%，而公布的增速为 {growth.printed}："
                        "上年数多半已修订，或口径不同。",
                        f"{shown_en(reading)} is {nominal:.1f} % above last year's {_amount(before, reading.unit).en} in current prices, against "
                        f"a published growth of {growth.printed}: last year was probably revised, or the definition differs.",
                    ),
                    (reading, growth),
                )
    for name in _STEADY:
        reading = group.get(name)
        if reading is not None and reading.value > 0:
            yield from _unit_slip(reading, known)


def _amount(value: float, unit_name: str) -> Text:
    """Return a figure for readers: money in 亿元 rather than in millions of 万元."""
    if unit_name == "万元":
        return Text(f" {value / 1e4:,.8g} 亿元", f"{value / 1e4:,.8g} 亿元")
    return Text(f" {value:,.8g} {unit_name}", f"{value:,.8g} {unit_name}")


def _year_before(reading: Reading, readings: Sequence[Reading], known: Known | None) -> float | None:
    for other in readings:
        if (other.code, other.indicator, other.year, other.period) == (
            reading.code,
            reading.indicator,
            reading.year - 1,
            reading.period,
        ):
            return other.value
    return known(reading.code, reading.indicator, reading.year - 1) if known else None


def _unit_slip(reading: Reading, known: Known | None) -> Iterator[Check]:
    if known is None:
        return
    for distance in range(6):
        for year in {reading.year - distance, reading.year + distance}:
            value = known(reading.code, reading.indicator, year)
            if value and value > 0:
                power = math.log10(reading.value / value)
                if abs(power) > 0.9:
                    yield _slip_check(
                        reading,
                        Text(
                            f"已知 {year} 年为{_amount(value, reading.unit).zh}",
                            f"{_amount(value, reading.unit).en} in {year} as known",
                        ),
                    )
                return
