"""Whether figures can be right at all: against sizes that counties have, and against what is known of this one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bolang.foundation.parameters import load_parameters
from bolang.intake.agreement import SECTORS
from bolang.intake.disagreements import Check, CheckValue, Group, Known, KnownAmount, Severity, parameter
from bolang.intake.readings import FigureReading

LastYear = dict[tuple[str, str, int, str], float]
"""Figures of a file by county, indicator, year and period."""

_SLIP = 0.9
"""Powers of ten beyond which a difference is a slip of unit."""

# Levels that no county changes eightfold within five years.
_STEADY = (
    "gdp", *SECTORS, "gdp_per_capita", "fiscal_revenue", "tax_revenue", "fiscal_expenditure", "retail_sales", "deposits",
    "household_deposits", "loans", "income", "income_urban", "income_rural", "population_resident", "population_registered",
    "debt_balance", "electricity_use", "express_parcels",
)  # fmt: skip
# What moves by a few per cent a year, whatever happens.
_SLOW = (
    "income", "income_urban", "income_rural", "gdp_per_capita", "population_resident", "population_registered", "urbanisation",
)  # fmt: skip


def sizes(group: Group, trusted: bool = True) -> Iterator[Check]:
    """Catch slips of unit by ratios to GDP, unless GDP itself is in doubt, and by sizes that no county has."""
    ranges = load_parameters("bolang.intake")["check_ranges"].value
    assert isinstance(ranges, dict)
    gdp = group.get("gdp") if trusted else None
    for name, (low, high) in ranges.get("absolute", {}).items():
        reading = group.get(name)
        if reading and not low <= reading.value <= high:
            values: dict[str, CheckValue] = {"figure": reading, "low": low, "high": high, "unit": reading.unit}
            yield Check("unit", "error", "size.range", (reading,), values)
    for name, (low, high) in ranges.get("to_gdp", {}).items():
        reading = group.get(name)
        if reading and gdp and gdp.value > 0 and reading.value > 0:
            ratio = reading.value / gdp.value
            if not low <= ratio <= high:
                yield Check("unit", "error", "size.ratio", (reading,), {"figure": reading, "ratio": 100 * ratio})


def against_known(group: Group, readings: LastYear, known: Known | None) -> Iterator[Check]:
    """Check against what is known: the same year, near years, last year of the accounts, and slips of unit."""
    for name, figure in group.items():
        if known is not None and figure.value > 0 and not figure.rank and not name.endswith("_growth"):
            yield from _beside(figure, group.get(f"{name}_growth"), readings, known)
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
                values: dict[str, CheckValue] = {
                    "figure": reading,
                    "before": KnownAmount(before, reading.unit),
                    "nominal": nominal,
                    "growth": growth.printed,
                }
                yield Check("revision", "warning", "revision", (reading, growth), values)
    for name in _STEADY:
        reading = group.get(name)
        if reading is not None and reading.value > 0:
            yield from _unit_slip(reading, known)


def last_years(readings: Sequence[FigureReading]) -> LastYear:
    """Index figures by county, indicator, year and period, the first of each."""
    index: LastYear = {}
    for reading in readings:
        index.setdefault((reading.code, reading.indicator, reading.year, reading.period), reading.value)
    return index


def _year_before(reading: FigureReading, readings: LastYear, known: Known | None) -> float | None:
    stated = readings.get((reading.code, reading.indicator, reading.year - 1, reading.period))
    if stated is not None:
        return stated
    return known(reading.code, reading.indicator, reading.year - 1) if known else None


def _beside(reading: FigureReading, growth: FigureReading | None, readings: LastYear, known: Known) -> Iterator[Check]:
    """Compare with the known figures of the same year, else with those of the nearest years."""
    values = [known(reading.code, reading.indicator, reading.year)]
    listed = getattr(known, "of", None)
    if listed is not None:
        values = [
            v.value for v in listed(reading.code, reading.indicator).get(reading.year, ()) if v.unit == reading.unit
        ]
    same = [value for value in values if value and value > 0]
    if same:
        nearest = min(same, key=lambda value: abs(reading.value - value))
        gap = abs(reading.value / nearest - 1)
        if abs(math.log10(reading.value / nearest)) > _SLIP and reading.indicator in _STEADY:
            return  # a slip of unit, which has its own words
        if gap > parameter("known_apart") and (gap > parameter("known_conflict") or reading.indicator in _SLOW):
            yield _known_check("known", "error", reading, growth, nearest, reading.year)
        elif gap > parameter("known_apart"):
            yield _known_check("known", "warning", reading, growth, nearest, reading.year)
        return
    if (reading.code, reading.indicator, reading.year - 1, reading.period) in readings:
        return
    for distance in (1, 2):
        for year in (reading.year - distance, reading.year + distance):
            value = known(reading.code, reading.indicator, year)
            if value and value > 0:
                factor = max(reading.value / value, value / reading.value)
                slip = math.log10(factor) > _SLIP and reading.indicator in _STEADY
                if factor > parameter("known_near") and not slip:
                    slow = reading.indicator in _SLOW
                    yield _known_check("near", "error" if slow else "warning", reading, growth, value, year)
                return


def _known_check(
    name: str, severity: Severity, reading: FigureReading, growth: FigureReading | None, value: float, year: int
) -> Check:
    values: dict[str, CheckValue] = {
        "figure": reading,
        "year": reading.year,
        "known": KnownAmount(value, reading.unit),
        "known_year": year,
    }
    return Check(name, severity, "known", (reading, growth) if growth else (reading,), values)


def _unit_slip(reading: FigureReading, known: Known | None) -> Iterator[Check]:
    if known is None:
        return
    for distance in range(6):
        for year in {reading.year - distance, reading.year + distance}:
            value = known(reading.code, reading.indicator, year)
            if value and value > 0:
                power = math.log10(reading.value / value)
                if abs(power) > _SLIP:
                    known_amount = KnownAmount(value, reading.unit)
                    values: dict[str, CheckValue] = {"figure": reading, "known": known_amount, "known_year": year}
                    yield Check("unit", "error", "size.known", (reading,), values)
                return
