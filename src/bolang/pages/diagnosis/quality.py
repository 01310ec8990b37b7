"""What is missing, estimated or doubtful for one county, in sentences."""

from __future__ import annotations

from bolang.diagnosis.data_quality import (
    BudgetAge,
    GdpEstimated,
    GdpMissing,
    MissingReadings,
    QualityFinding,
    SampleMissing,
    SampleSize,
)
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.foundation.ways import way
from bolang.pages.diagnosis.figures import apart
from bolang.pages.territory.sentences import continuity_text
from bolang.wording import load

WORDS = load("diagnosis")
NAMED = 5
"""Indicators without data that are named; the others are counted."""


def quality_sentence(found: QualityFinding) -> Text:
    """Say what a reader should know about the data."""
    match found:
        case GdpMissing():
            return WORDS("quality.gdp_missing", year=found.year)
        case GdpEstimated():
            return WORDS("quality.gdp_estimated", year=found.year)
        case MissingReadings():
            return _missing(found.labels)
        case SampleMissing():
            return WORDS("quality.sample_missing")
        case SampleSize():
            size = number_text(found.size)
            if not found.is_small:
                return WORDS("quality.sample", size=size)
            return WORDS("quality.small_sample", size=size, limit=number_text(found.limit))
        case BudgetAge():
            return WORDS(
                "quality.budget", revenue=_year(found.revenue), expenditure=_year(found.expenditure), how=way("budget")
            )
    return continuity_text(found)


def _missing(labels: tuple[Text, ...]) -> Text:
    named, rest = labels[:NAMED], len(labels) - NAMED
    counted = Text(str(len(labels)), str(rest))  # Chinese counts all of them, English the rest
    more = apart(WORDS("quality.more", count=counted)) if rest > 0 else same("")
    return WORDS("quality.missing", labels=join(named, "、", "; "), more=more)


def _year(year: int | None) -> Text:
    return WORDS("quality.not_published") if year is None else WORDS("quality.year", year=year)
