"""The menu: what each lever does, costs and takes, as drawn from the model of the county economy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text

Floats = NDArray[np.float64]
Goal = Literal["income", "gdp", "revenue"]
GOAL_TEXT: dict[Goal, Text] = {
    "income": Text("居民实际收入", "real income of residents"),
    "gdp": Text("地区生产总值", "GDP"),
    "revenue": Text("一般公共预算收入", "general budget revenue"),
}


_NOTHING = Text("", "")


@dataclass(frozen=True, eq=False)
class Lever:
    """One lever on the menu.

    Attributes
    ----------
    key, label : str, Text
    years : float
        Years from the start until the effect is complete; the cost is spread over them.
    cost : ndarray, shape (S,)
        What the county itself pays at each size, in 亿元.
    goal : ndarray, shape (D, S)
        Yearly effect on the goal when complete, as a share of its baseline, in each draw at each size.
    revenue : ndarray, shape (S,)
        Mean yearly effect on general budget revenue, as a share of its baseline, at each size.
    cost_factor : ndarray, shape (D,)
        Cost in each draw over the mean cost.
    requires : tuple of str
        Levers that have to be in the plan as well.
    evidence : Text
        Where the effect comes from, and how good the evidence is.
    condition : Text
        What has to be given for the lever to work, such as a decision of the province; empty if nothing.
    """

    key: str
    label: Text
    years: float
    cost: Floats
    goal: Floats
    revenue: Floats
    cost_factor: Floats
    requires: tuple[str, ...] = ()
    evidence: Text = _NOTHING
    condition: Text = _NOTHING


@dataclass(frozen=True, eq=False)
class Menu:
    """Levers that a plan can choose from.

    Attributes
    ----------
    levers : tuple of Lever
    sizes : ndarray, shape (S,)
        Sizes in units of a lever's standard size.
    interaction : ndarray, shape (L, L)
        Effect of a pair at standard size beyond the sum of both, as a share of the goal's baseline; symmetric.
    goal : {'income', 'gdp', 'revenue'}
    goal_base, revenue_base : float
        Baseline of the goal and of general budget revenue, 亿元 a year.
    growth : float
        Growth of both baselines a year.
    revenue_estimated : bool
        Whether `revenue_base` is an estimate.
    closure : Text
        Assumption of the model about migration, stated beside every result.
    """

    levers: tuple[Lever, ...]
    sizes: Floats
    interaction: Floats
    goal: Goal
    goal_base: float
    revenue_base: float
    growth: float
    revenue_estimated: bool = False
    closure: Text = _NOTHING

    def __post_init__(self) -> None:
        count, sizes = len(self.levers), self.sizes.size
        if self.interaction.shape != (count, count):
            raise BadInputError(f"The interaction of {count} levers needs shape ({count}, {count}).")
        for lever in self.levers:
            if (
                lever.cost.shape != (sizes,)
                or lever.goal.shape != (self.draws, sizes)
                or lever.cost_factor.shape != (self.draws,)
            ):
                raise BadInputError(f"Lever {lever.key!r}: cost and goal do not fit {sizes} sizes, {self.draws} draws.")
            if not (np.isfinite(lever.goal).all() and np.isfinite(lever.cost).all() and lever.years > 0):
                raise BadInputError(f"Lever {lever.key!r}: effects, costs and years must be finite, years positive.")
        known = {lever.key for lever in self.levers}
        for lever in self.levers:
            missing = set(lever.requires) - known
            if missing:
                raise BadInputError(f"Lever {lever.key!r} requires {', '.join(sorted(missing))}, not on the menu.")

    @property
    def draws(self) -> int:
        """Number of draws of the effects."""
        return self.levers[0].goal.shape[0] if self.levers else 1

    def position(self, key: str) -> int:
        """Return the place of a lever on the menu."""
        return [lever.key for lever in self.levers].index(key)
