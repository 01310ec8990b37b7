"""A choice among levers: what each option is worth in every draw, what it costs each year, what rules it out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Problem:
    """One portfolio choice on plain arrays; at most one option of each lever may be taken.

    An option is a lever at one size from one starting year. Money is in one unit throughout (bolang uses 亿元).

    Attributes
    ----------
    lever : ndarray, shape (O,)
        Lever that each option belongs to, numbered from 0 without gaps.
    size : ndarray, shape (O,)
        Size class of each option inside its lever; plans that differ only in timing share lever and size.
    value : ndarray, shape (D, O)
        Net present value of each option in each draw: benefit less outlay, without interest.
    outlay : ndarray, shape (O, Y)
        Cash that the county must find for each option in each year, net of the revenue that is safe to count on.
    budget : ndarray, shape (Y,)
        Own money that arrives in each year; what is not spent is kept.
    debt_limit : ndarray, shape (Y,)
        Greatest debt that the plan may owe at the end of each year.
    interest : float
        Rate at which the plan's debt is charged a year later.
    discount : float
        Rate at which interest payments are discounted to the start.
    pairs : ndarray, shape (P, 2)
        Options whose effects interact.
    interaction : ndarray, shape (D, P)
        Value that each pair adds (or takes away) when both of its options are taken.
    requires : ndarray, shape (R, 2)
        ``(option, lever)``: the option needs some option of the lever.
    excludes : ndarray, shape (E, 2)
        Pairs of options that cannot be taken together.
    """

    lever: Ints
    size: Ints
    value: Floats
    outlay: Floats
    budget: Floats
    debt_limit: Floats
    interest: float
    discount: float
    pairs: Ints = field(default_factory=lambda: np.empty((0, 2), np.int64))
    interaction: Floats = field(default_factory=lambda: np.empty((0, 0)))
    requires: Ints = field(default_factory=lambda: np.empty((0, 2), np.int64))
    excludes: Ints = field(default_factory=lambda: np.empty((0, 2), np.int64))

    def __post_init__(self) -> None:
        if not self.pairs.size:
            object.__setattr__(self, "interaction", np.zeros((self.draws, 0)))
        _check_shapes(self)
        _check_values(self)

    @property
    def options(self) -> int:
        """Number of options over all levers."""
        return int(self.lever.size)

    @property
    def levers(self) -> int:
        """Number of levers."""
        return int(self.lever.max()) + 1 if self.lever.size else 0

    @property
    def draws(self) -> int:
        """Number of draws of the effects."""
        return int(self.value.shape[0])

    @property
    def years(self) -> int:
        """Number of years that outlays, budget and debt are followed."""
        return int(self.budget.size)

    @property
    def plans(self) -> int:
        """Number of plans before any constraint: the product over levers of one plus its options."""
        return int(np.prod([1 + int(n) for n in np.bincount(self.lever)], dtype=object)) if self.options else 1

    def mean(self) -> Problem:
        """Return the problem with the draws replaced by their mean."""
        return replace(self, value=self.value.mean(0)[None, :], interaction=self.interaction.mean(0)[None, :])

    def draw(self, number: int) -> Problem:
        """Return the problem with one draw only."""
        chosen = slice(number, number + 1)
        return replace(self, value=self.value[chosen], interaction=self.interaction[chosen])

    def with_debt_limit_shifted(self, shift: float) -> Problem:
        """Return the problem with every year's debt limit moved by `shift`, never below zero."""
        return replace(self, debt_limit=np.maximum(self.debt_limit + shift, 0.0))


def _check_shapes(problem: Problem) -> None:
    options, years, pairs = problem.options, problem.years, problem.pairs.shape[0]
    expected = {
        "size": (problem.size, (options,)),
        "value": (problem.value, (problem.draws, options)),
        "outlay": (problem.outlay, (options, years)),
        "debt_limit": (problem.debt_limit, (years,)),
        "interaction": (problem.interaction, (problem.draws, pairs)),
        "pairs": (problem.pairs, (pairs, 2)),
        "requires": (problem.requires, (problem.requires.shape[0], 2)),
        "excludes": (problem.excludes, (problem.excludes.shape[0], 2)),
    }
    for name, (array, shape) in expected.items():
        if array.shape != shape:
            raise BadInputError(f"Portfolio: {name} has shape {array.shape}, expected {shape}.")
    if not years:
        raise BadInputError("Portfolio: the plan needs at least one year.")
    if problem.draws < 1:
        raise BadInputError("Portfolio: at least one draw of the effects is needed.")
    if options and not np.array_equal(np.unique(problem.lever), np.arange(problem.levers)):
        raise BadInputError("Portfolio: levers must be numbered from 0 without gaps.")


def _check_values(problem: Problem) -> None:
    for name in ("value", "outlay", "budget", "debt_limit", "interaction"):
        if not np.isfinite(getattr(problem, name)).all():
            raise BadInputError(f"Portfolio: {name} holds a value that is not a finite number.")
    if (problem.budget < 0).any() or (problem.debt_limit < 0).any():
        raise BadInputError(
            "A budget and a debt limit cannot be negative.", "Give 0 to plan without own money or without debt."
        )
    if not 0 <= problem.interest < 1 or not 0 <= problem.discount < 1:
        raise BadInputError("Interest and discount rates are shares a year, such as 0.03; expected 0 to 1.")
    for name in ("pairs", "excludes"):
        array = getattr(problem, name)
        if array.size and not (array.min() >= 0 and array.max() < problem.options):
            raise BadInputError(f"Portfolio: {name} names an option that does not exist.")
        if array.size and (array[:, 0] == array[:, 1]).any():
            raise BadInputError(f"Portfolio: {name} pairs an option with itself.")
    ordered = np.sort(problem.pairs, axis=1)
    if np.unique(ordered, axis=0).shape[0] < ordered.shape[0]:
        raise BadInputError("Portfolio: a pair of options is listed twice.")
    if problem.requires.size and (
        problem.requires.min() < 0
        or problem.requires[:, 0].max() >= problem.options
        or problem.requires[:, 1].max() >= problem.levers
    ):
        raise BadInputError("Portfolio: requires names an option or a lever that does not exist.")
