"""Growth against prefecture and province in sentences."""

from __future__ import annotations

from bolang.atlas.model import County
from bolang.atlas.romanize import place
from bolang.diagnosis.result import GrowthLine
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.diagnosis.figures import apart
from bolang.wording import load

WORDS = load("diagnosis")
LEVEL = 0.05
"""Percentage points below which two rates read the same."""


def growth_sentence(line: GrowthLine, county: County) -> Text:
    """Say how fast the county grew, how far from the areas above it, and what breaks the series."""
    if line.growth is None:
        return WORDS("growth.unknown", first=line.first_year, last=line.last_year)
    rest = {"gaps": _gaps(line, county), "flags": _flags(line)}
    if line.kind == "real":
        rate = number_text(abs(line.growth), 1)
        key = "growth.real_grew" if line.growth >= 0 else "growth.real_fell"
        return WORDS(key, last=line.last_year, rate=rate, **rest)
    key = "growth.annual" if line.last_year - line.first_year > 1 else "growth.nominal"
    return WORDS(key, first=line.first_year, last=line.last_year, rate=number_text(line.growth, 1), **rest)


def _gaps(line: GrowthLine, county: County) -> Text:
    gaps = []
    if line.gap_to_prefecture is not None and county.prefecture != county.province:
        gaps.append(_gap(line.gap_to_prefecture, county.prefecture))
    if line.gap_to_province is not None:
        gaps.append(_gap(line.gap_to_province, county.province))
    return WORDS("growth.gaps", gaps=join(gaps, "、", " and ")) if gaps else same("")


def _gap(points: float, name: str) -> Text:
    area = place(name)
    if abs(points) < LEVEL:
        return WORDS("growth.level", area=area)
    return WORDS("growth.above" if points > 0 else "growth.below", area=area, points=number_text(abs(points), 1))


def _flags(line: GrowthLine) -> Text:
    if not line.jumps:
        return same("")
    said = [WORDS("growth.jump", year=jump.year, rate=number_text(jump.rate, 1)) for jump in line.jumps]
    return apart(WORDS("growth.flags", flags=join(said, "；", "; ")))
