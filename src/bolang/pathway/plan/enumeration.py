"""Every plan at once: exact where the levers are few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.pathway.plan.finance import debt_path, interest_cost
from bolang.pathway.plan.problem import Floats, Ints, Problem

LIMIT = 20_000
"""Most plans (before constraints) that are enumerated; beyond, the integer program takes over."""
_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Plans:
    """All plans of a problem that its exclusions and requirements admit, with what they need and are worth.

    Attributes
    ----------
    taken : ndarray, shape (N, O)
        Whether each plan takes each option.
    debt : ndarray, shape (N, Y)
        Debt owed at the end of each year.
    interest : ndarray, shape (N,)
        Present value of the interest paid.
    worth : ndarray, shape (N,)
        Mean value over draws, less interest.
    need : ndarray, shape (N,)
        How far each plan goes beyond the debt limits in its worst year (negative: room left).
    """

    taken: NDArray[np.bool_]
    debt: Floats
    interest: Floats
    worth: Floats
    need: Floats

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """Whether each plan keeps its debt within the limits in every year."""
        return self.need <= _TOLERANCE


def combinations(problem: Problem) -> NDArray[np.bool_]:
    """Return all plans with at most one option a lever that meet `requires` and `excludes`, shape (N, O)."""
    taken = np.zeros((1, problem.options), dtype=bool)
    for lever in range(problem.levers):
        members = np.flatnonzero(problem.lever == lever)
        grown = np.repeat(taken[None], members.size + 1, axis=0)
        for place, option in enumerate(members):
            grown[place + 1, :, option] = True
        taken = grown.reshape(-1, problem.options)
    allowed = np.ones(taken.shape[0], dtype=bool)
    for first, second in problem.excludes:
        allowed &= ~(taken[:, first] & taken[:, second])
    for option, lever in problem.requires:
        allowed &= ~taken[:, option] | taken[:, problem.lever == lever].any(axis=1)
    return taken[allowed]


def enumerate_plans(problem: Problem) -> Plans:
    """Evaluate every plan of the problem; exact, with memory in proportion to ``problem.plans``."""
    taken = combinations(problem)
    debt = debt_path(taken @ problem.outlay, problem.budget, problem.interest)
    interest = interest_cost(debt, problem.interest, problem.discount)
    worth = draw_values(problem.mean(), taken)[:, 0] - interest
    return Plans(taken, debt, interest, worth, (debt - problem.debt_limit).max(axis=1))


def draw_values(problem: Problem, taken: NDArray[np.bool_]) -> Floats:
    """Value of plans in every draw, interactions included and interest left out, shape (N, D)."""
    both = taken[:, problem.pairs[:, 0]] & taken[:, problem.pairs[:, 1]]
    return np.asarray(taken @ problem.value.T + both @ problem.interaction.T, dtype=float)


def best_first(plans: Plans) -> Ints:
    """Feasible plans from the best to the worst; ties go to the plan with fewer options, then to the first listed."""
    feasible = np.flatnonzero(plans.feasible)
    fewer = plans.taken[feasible].sum(axis=1)
    return feasible[np.lexsort((feasible, fewer, -np.round(plans.worth[feasible], 9)))]
