"""Imported figures as readers write them: money in 亿元 once it is that large, people in 万人."""

from __future__ import annotations

from bolang.atlas.catalogue import unit_text
from bolang.foundation.text import Text
from bolang.foundation.units import MONEY_WAN, MONEY_WAN_SMALL, PERSONS_EXACT, PERSONS_FEW, Unit, rough_text, unit_of

_LARGE = 1e4
"""万元, or persons, from which a figure is written in the larger unit."""


def unit_for(value: float, unit: str) -> Unit:
    """Return the unit in which a figure reads best."""
    if unit == "万元":
        return MONEY_WAN if abs(value) >= _LARGE else MONEY_WAN_SMALL
    if unit == "人":
        return PERSONS_EXACT if abs(value) >= _LARGE else PERSONS_FEW
    return unit_of(unit_text(unit))


def amount_text(value: float, unit: str) -> Text:
    """Return a figure with its unit, to the last digit that is kept."""
    shown = unit_for(value, unit)
    return Text(
        rough_text(value * shown.scale_zh, 10) + shown.label.zh, rough_text(value * shown.scale_en, 10) + shown.label.en
    )


def beside_text(value: float, unit: str, other: float) -> Text:
    """Return a figure to set beside another of the same unit: six digits, without its unit where that reads the same."""
    shown = unit_for(value, unit)
    rounded = float(f"{value:.6g}")
    if shown != unit_for(other, unit):
        return amount_text(rounded, unit)
    return Text(rough_text(rounded * shown.scale_zh, 10), rough_text(rounded * shown.scale_en, 10))
