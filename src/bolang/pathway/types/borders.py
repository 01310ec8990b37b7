"""How far a county is from another type, and what would take it there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.pathway.types.classify import Classification
from bolang.pathway.types.parts import AXES, BASES, PARTS, Axis, Part, members, weights
from bolang.pathway.types.roads import CELLS, Cell


@dataclass(frozen=True, slots=True)
class Crossing:
    """One part that alone would carry the county over a line, all else equal.

    Attributes
    ----------
    axis, part
        The axis and its part.
    now, needed : float
        Value today, and value at the line.
    to : str
        The type beyond the line.
    gains : bool
        Whether the line is reached, rather than lost.
    """

    axis: Axis
    part: Part
    now: float
    needed: float
    to: Cell
    gains: bool


def changes(classification: Classification, index: int) -> tuple[Crossing, ...]:
    """List the single changes that would alter a county's type, the nearest line first.

    On each axis every part is solved for the value at which the border is met with the other parts unchanged: the line of the
    index and, for industry, the floor of the quotients;
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


def _change(classification: Classification, index: int, axis: Axis, number: int) -> Crossing | None:
    column = AXES.index(axis)
    needed = _needed(classification, index, axis, number)
    if needed is None:
        return None
    part, now = PARTS[number], float(classification.values[index, number])
    to = other_side(CELLS[classification.cell[index]], axis)
    return Crossing(axis, part, now, needed, to, bool(classification.margin[index, column] < 0))


def _needed(classification: Classification, index: int, axis: Axis, number: int) -> float | None:
    """Value of one part at the border of its axis, the others unchanged."""
    column = AXES.index(axis)
    over = float(classification.index[index, column] - classification.lines[column])
    weight = weights(axis)[members(axis).index(number)]
    at_line = classification.scales[number].value(float(classification.percentiles[index, number] - over / weight))
    if axis == "location":
        return at_line
    now, floors = classification.values[index], dict(zip(BASES, classification.floors.tolist(), strict=True))
    alone, floor = not any(now[other] >= floors[other] for other in BASES if other != number), floors.get(number, 0.0)
    if classification.margin[index, column] >= 0.0:
        lost = [] if at_line is None else [at_line]
        return max([*lost, floor] if alone and number in BASES else lost, default=None)
    if number not in BASES:
        return None if alone else at_line
    reached = float(now[number]) if over >= 0.0 else at_line
    return None if reached is None else max(reached, floor) if alone else reached
