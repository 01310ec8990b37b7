"""How far a county is from another type, and what would take it there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.foundation.text import Text
from bolang.pathway.types.classify import Classification
from bolang.pathway.types.parts import AXES, AXIS_TEXT, PARTS, Axis, Part, members, weights
from bolang.pathway.types.roads import CELLS, Cell


@dataclass(frozen=True, slots=True)
class Change:
    """One part that alone would carry the county over a line, all else equal.

    Attributes
    ----------
    axis, part
        The axis and its part.
    now, needed : float
        Value today, and value at the line.
    to : str
        The type beyond the line.
    sentence : Text
    """

    axis: Axis
    part: Part
    now: float
    needed: float
    to: Cell
    sentence: Text


def changes(classification: Classification, index: int) -> tuple[Change, ...]:
    """List the single changes that would alter a county's type, the nearest line first.

    On each axis every part is solved for the value at which the index meets its line with the other parts unchanged;
    parts that would have to pass the best (or worst) unit of the nation are left out.
    """
    if classification.cell[index] < 0:
        return ()
    order = np.argsort(np.abs(classification.margin[index]))
    found = [_change(classification, index, AXES[a], number) for a in order for number in members(AXES[a])]
    return tuple(change for change in found if change is not None)


def other_side(cell: Cell, axis: Axis) -> Cell:
    """Type on the other side of one axis."""
    return CELLS[CELLS.index(cell) ^ (2 if axis == "industry" else 1)]


def _change(classification: Classification, index: int, axis: Axis, number: int) -> Change | None:
    column = AXES.index(axis)
    weight = weights(axis)[members(axis).index(number)]
    percentile = float(classification.percentiles[index, number] - classification.margin[index, column] / weight)
    needed = classification.scales[number].value(percentile)
    if needed is None:
        return None
    part, now = PARTS[number], float(classification.values[index, number])
    to = other_side(CELLS[classification.cell[index]], axis)
    shown = [f"{value:.{part.digits}f}" for value in (now, needed)]
    gains = classification.margin[index, column] < 0
    return Change(
        axis,
        part,
        now,
        needed,
        to,
        Text(
            f"{part.label.zh}从{shown[0]}{part.unit.zh}{'变为' if gains else '退到'}{shown[1]}{part.unit.zh}，"
            f"{AXIS_TEXT[axis].zh}即{'达到' if gains else '跌破'}门槛。",
            f"With {part.label.en} at {shown[1]}{part.unit.en} instead of {shown[0]}{part.unit.en}, "
            f"{AXIS_TEXT[axis].en} would {'reach' if gains else 'fall below'} the line.",
        ),
    )
