"""From a figure to one of five classes, so that a sentence says what the figure means here."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, get_args

from bolang.foundation.parameters import load_parameters

Grade = Literal["lowest", "low", "middle", "high", "highest"]
GRADES: tuple[Grade, ...] = get_args(Grade)


def grade(kind: str, value: float) -> Grade:
    """Return the class of a value by the four lines of the parameter ``grade_<kind>``."""
    lines = load_parameters("bolang.pages.report")[f"grade_{kind}"].value
    assert isinstance(lines, list | tuple)
    return GRADES[bisect_right([float(line) for line in lines], value)]


def front(rank: int, count: int) -> Grade:
    """Return the class of a rank: ``lowest`` for the first tenth, ``highest`` for the last."""
    return grade("front", 100.0 * (rank - 1) / max(count - 1, 1))
