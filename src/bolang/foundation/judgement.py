"""The one scale of judgement: from a percentile to a level; the words are in ``wording/levels.yaml``."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Where a value stands among all units."""

    OUTSTANDING = "outstanding"
    STRONG = "strong"
    ABOVE_MIDDLE = "above_middle"
    MIDDLING = "middling"
    BELOW_MIDDLE = "below_middle"
    WEAK = "weak"
    VERY_WEAK = "very_weak"


STRONG, WEAK = 75.0, 25.0
"""Percentiles from which a thing is called strong or weak: the quartiles."""

_LINES: tuple[tuple[float, Level], ...] = (
    (90.0, Level.OUTSTANDING),
    (STRONG, Level.STRONG),
    (60.0, Level.ABOVE_MIDDLE),
    (40.0, Level.MIDDLING),
    (WEAK, Level.BELOW_MIDDLE),
    (10.0, Level.WEAK),
)


def level_of(percentile: float) -> Level:
    """Return the level of a percentile (share of the other units that are weaker, 0 to 100).

    Examples
    --------
    >>> level_of(75.0)
    <Level.STRONG: 'strong'>
    """
    return next((level for line, level in _LINES if percentile >= line), Level.VERY_WEAK)
