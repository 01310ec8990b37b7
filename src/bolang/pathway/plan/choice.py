"""The recommended plan, its runners-up, how often it holds, and what one more yuan of debt would be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.pathway.plan.enumeration import LIMIT, Plans, best_first, draw_values, enumerate_plans
from bolang.pathway.plan.finance import debt_path, interest_cost
from bolang.pathway.plan.problem import Floats, Ints, Problem
from bolang.pathway.plan.program import best_plan, relaxed_debt_price, same_but_for_timing

Bools = NDArray[np.bool_]
Method = Literal["enumeration", "program"]
_TIE = 1e-6


@dataclass(frozen=True, eq=False)
class Alternative:
    """One plan beside its rivals.

    Attributes
    ----------
    options : ndarray
        Numbers of the options taken.
    worth : ndarray, shape (D,)
        Value of the plan in each draw, interest deducted.
    debt : ndarray, shape (Y,)
        Debt owed for the plan at the end of each year.
    outlay : ndarray, shape (Y,)
        Cash that the plan needs in each year.
    """

    options: Ints
    worth: Floats
    debt: Floats
    outlay: Floats

    @property
    def mean(self) -> float:
        """Mean worth over the draws."""
        return float(self.worth.mean())


@dataclass(frozen=True, eq=False)
class Choice:
    """Answer to a portfolio problem.

    Attributes
    ----------
    plan : Alternative
        The plan with the greatest mean worth within budget and debt limit (possibly: do nothing).
    runners_up : tuple of Alternative
        The next best plans that differ from it (and from each other) in more than timing.
    holds : float
        Share of draws in which the best feasible plan takes the same levers at the same sizes as `plan`.
    regret : ndarray, shape (D,) or shorter
        What the best plan of each draw, known in hindsight, would add; for the draws that were optimised anew (all of
        them by enumeration, the first `redraws` by program).
    inclusion : ndarray, shape (L,)
        Share of these draws in which each lever is part of the best plan.
    gains : float
        Share of draws in which the plan is worth more than doing nothing.
    alone : ndarray, shape (O,)
        Mean worth of each option taken alone and fully financed.
    debt_steps : tuple of (float, float)
        ``(shift, worth)``: mean worth of the best plan when every year's debt limit moves by `shift`.
    debt_price : float
        Worth of a yuan of debt up to the next step that changes the plan; 0 where no step within reach does.
    relaxed_debt_price : float
        The same with levers taken in fractions: the dual of the linear relaxation.
    method : {'enumeration', 'program'}
        How the optimum was found.
    plans : int
        Plans before constraints.
    """

    plan: Alternative
    runners_up: tuple[Alternative, ...]
    holds: float
    regret: Floats
    inclusion: Floats
    gains: float
    alone: Floats
    debt_steps: tuple[tuple[float, float], ...]
    debt_price: float
    relaxed_debt_price: float
    method: Method
    plans: int


def choose(
    problem: Problem,
    rivals: int = 5,
    method: Method | None = None,
    shifts: Floats | None = None,
    redraws: int = 50,
) -> Choice:
    """Choose levers, sizes and starting years.

    Maximises the mean over draws of the options' value and interactions less the present value of interest, subject to
    at most one option a lever, budget, debt limit in every year, requirements and exclusions.

    Parameters
    ----------
    problem : Problem
        The choice on arrays.
    rivals : int
        Number of runners-up to report.
    method : {'enumeration', 'program'}, optional
        By default every plan is enumerated up to `enumeration.LIMIT` plans; HiGHS solves larger problems.
    shifts : ndarray, optional
        Moves of the debt limit for `debt_steps`; by default from none of the limit to three times the limit.
    redraws : int
        Draws that are optimised anew where plans are not enumerated, a fraction of a second each.

    Returns
    -------
    Choice
        Deterministic: ties go to the plan with fewer options.

    Raises
    ------
    ConvergenceError
        If HiGHS did not prove an optimum.
    """
    if rivals < 0:
        raise BadInputError(f"The number of runners-up cannot be negative, got {rivals}.")
    chosen: Method = method or ("enumeration" if problem.plans <= LIMIT else "program")
    moves = _default_shifts(problem) if shifts is None else np.sort(np.asarray(shifts, dtype=float))
    if chosen == "enumeration":
        plans = enumerate_plans(problem)
        ranked = [plans.taken[number] for number in _distinct(problem, plans, rivals + 1)]
        steps = _steps_enumerated(problem, plans, moves)
        best = _best_by_draw(problem, plans)
    else:
        ranked = _ranked_by_program(problem, rivals + 1)
        steps = _steps_solved(problem, moves)
        best = _best_by_draw_solved(problem, redraws)
    alternatives = [evaluate(problem, taken) for taken in ranked]
    plan = alternatives[0]
    taken, worth = best
    regret = np.maximum(worth - plan.worth[: worth.size], 0.0)
    scale = _TIE * max(1.0, float(np.abs(plan.worth).max()))
    return Choice(
        plan=plan,
        runners_up=tuple(alternatives[1:]),
        holds=float((_same_kinds(problem, taken, ranked[0]) | (regret <= scale)).mean()),
        regret=regret,
        inclusion=np.array([taken[:, problem.lever == lever].any(axis=1).mean() for lever in range(problem.levers)]),
        gains=float((plan.worth > 0).mean()),
        alone=np.array([evaluate(problem, taken).mean for taken in np.eye(problem.options, dtype=bool)]),
        debt_steps=steps,
        debt_price=_price(plan.mean, steps),
        relaxed_debt_price=relaxed_debt_price(problem) if problem.options else 0.0,
        method=chosen,
        plans=problem.plans,
    )


def evaluate(problem: Problem, taken: Bools) -> Alternative:
    """Work out worth, outlay and debt of one plan; `taken` marks its options, shape (O,)."""
    outlay = taken @ problem.outlay
    debt = debt_path(outlay, problem.budget, problem.interest)
    worth = draw_values(problem, taken[None])[0] - interest_cost(debt, problem.interest, problem.discount)
    return Alternative(np.flatnonzero(taken), worth, debt, outlay)


def _distinct(problem: Problem, plans: Plans, wanted: int) -> list[int]:
    """Best plans of which no two differ in timing only."""
    found: list[int] = []
    seen: set[bytes] = set()
    for number in best_first(plans):
        kinds = same_but_for_timing(problem, plans.taken[number]).tobytes()
        if kinds not in seen:
            seen.add(kinds)
            found.append(int(number))
            if len(found) == wanted:
                break
    return found


def _ranked_by_program(problem: Problem, wanted: int) -> list[Bools]:
    found: list[Bools] = []
    while len(found) < wanted:
        answer = best_plan(problem, found)
        if answer is None:
            break
        found.append(answer[0])
    return found


def _same_kinds(problem: Problem, taken: Bools, plan: Bools) -> Bools:
    """Mark the plans that take the same levers at the same sizes as `plan`, shape (N,)."""
    same = same_but_for_timing(problem, plan)
    return np.asarray((taken[:, same].sum(axis=1) == plan.sum()) & ~taken[:, ~same].any(axis=1))


def _best_by_draw(problem: Problem, plans: Plans, block: int = 4096) -> tuple[Bools, Floats]:
    """Best feasible plan of every draw and its worth there, in blocks of plans to bound memory."""
    feasible = np.flatnonzero(plans.feasible)
    best = np.full(problem.draws, -np.inf)
    which = np.zeros(problem.draws, dtype=np.int64)
    for start in range(0, feasible.size, block):
        rows = feasible[start : start + block]
        worth = draw_values(problem, plans.taken[rows]) - plans.interest[rows, None]
        top = worth.argmax(axis=0)
        value = worth[top, np.arange(problem.draws)]
        better = value > best
        best[better], which[better] = value[better], rows[top[better]]
    return plans.taken[which], best


def _best_by_draw_solved(problem: Problem, redraws: int) -> tuple[Bools, Floats]:
    """Do the same by one integer program a draw, for the first `redraws` draws."""
    answers = [best_plan(problem.draw(number)) for number in range(min(redraws, problem.draws))]
    found = [answer for answer in answers if answer is not None]
    return np.array([taken for taken, _ in found]), np.array([worth for _, worth in found])


def _default_shifts(problem: Problem) -> Floats:
    scale = float(problem.debt_limit.max()) if problem.years else 0.0
    scale = scale or 0.25 * float(problem.budget.sum()) or 1.0
    return scale * np.array([-1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 2.0])


def _steps_enumerated(problem: Problem, plans: Plans, shifts: Floats) -> tuple[tuple[float, float], ...]:
    """Worth at the shifts asked for and, between the least and the greatest of them, wherever the best plan changes."""
    order = np.lexsort((-plans.worth, plans.need))
    best = np.maximum.accumulate(plans.worth[order])
    changes = plans.need[order[np.diff(best, prepend=-np.inf) > _TIE]]
    inside = changes[(changes > 0) & (changes < shifts.max(initial=0.0))]
    steps = []
    for shift in np.unique(np.concatenate([shifts, inside])).tolist():
        limit = problem.with_debt_limit_shifted(shift).debt_limit
        within = (plans.debt <= limit + 1e-9).all(axis=1)
        steps.append((shift, float(plans.worth[within].max())))
    return tuple(steps)


def _steps_solved(problem: Problem, shifts: Floats) -> tuple[tuple[float, float], ...]:
    steps = []
    for shift in shifts.tolist():
        answer = best_plan(problem.with_debt_limit_shifted(shift))
        if answer is not None:
            steps.append((shift, answer[1]))
    return tuple(steps)


def _price(worth: float, steps: tuple[tuple[float, float], ...]) -> float:
    """Greatest gain a yuan of additional debt limit, over the steps that change the plan."""
    tolerance = _TIE * max(1.0, abs(worth))
    prices = [(value - worth) / shift for shift, value in steps if shift > 0 and value > worth + tolerance]
    return max(prices, default=0.0)
