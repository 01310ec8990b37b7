"""The same choice as a mixed-integer program for HiGHS, for more levers than can be enumerated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from bolang.foundation.errors import ConvergenceError
from bolang.pathway.plan.finance import interest_weights
from bolang.pathway.plan.problem import Floats, Problem

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Program:
    """Cost vector, rows ``low <= A v <= high`` and bounds over ``v = (options, pairs, debt, cash)``."""

    cost: Floats
    rows: sp.csr_matrix
    low: Floats
    high: Floats
    upper: Floats
    whole: int
    limit_rows: NDArray[np.int64]


def best_plan(problem: Problem, without: Sequence[Bools] = (), seconds: float = 30.0) -> tuple[Bools, float] | None:
    """Return the plan with the greatest mean worth, and that worth.

    Parameters
    ----------
    problem : Problem
        The choice; its draws are averaged.
    without : sequence of ndarray, shape (O,)
        Plans that may not be returned again (nor any that differs from them in timing only).
    seconds : float
        Time after which the solver gives up.

    Returns
    -------
    (ndarray, float) or None
        None when `without` leaves no plan.

    Raises
    ------
    ConvergenceError
        If HiGHS did not prove an optimum in time.
    """
    program = _build(problem.mean(), without)
    result = milp(
        program.cost,
        constraints=LinearConstraint(program.rows, program.low, program.high),
        bounds=Bounds(np.zeros(program.cost.size), program.upper),
        integrality=(np.arange(program.cost.size) < program.whole).astype(int),
        # Presolve once lost the optimum of a small problem; without it these problems are solved sooner as well.
        options={"time_limit": seconds, "mip_rel_gap": 1e-9, "presolve": False},
    )
    if result.status == 2 and len(without):
        return None
    if result.status != 0 or result.x is None:
        raise ConvergenceError(
            f"The portfolio was not solved to optimality: {result.message}",
            "Offer fewer sizes or starting years, or fewer levers.",
        )
    return result.x[: problem.options] > 0.5, -float(result.fun)


def relaxed_debt_price(problem: Problem) -> float:
    """Value of one more yuan of debt limit in every year if levers could be taken in fractions.

    The dual of the debt limits in the linear relaxation: a bound on the marginal value, smooth where the true value
    moves in steps.
    """
    program = _build(problem.mean(), ())
    finite_high, finite_low = np.isfinite(program.high), np.isfinite(program.low)
    rows = sp.vstack([program.rows[finite_high], -program.rows[finite_low]]).tocsr()
    result = linprog(  # type: ignore[call-overload]  # the stubs do not know sparse rows
        program.cost,
        A_ub=rows,
        b_ub=np.concatenate([program.high[finite_high], -program.low[finite_low]]),
        bounds=np.column_stack([np.zeros(program.cost.size), program.upper]),
        method="highs",
    )
    if result.status != 0:
        raise ConvergenceError(f"The relaxed portfolio was not solved: {result.message}")
    position = np.cumsum(finite_high) - 1
    return -float(np.sum(result.ineqlin.marginals[position[program.limit_rows]]))


def _build(problem: Problem, without: Sequence[Bools]) -> _Program:
    options, pairs, years = problem.options, problem.pairs.shape[0], problem.years
    width = options + pairs + 2 * years
    weights = interest_weights(years, problem.interest, problem.discount)
    cost = np.concatenate([-problem.value[0], -problem.interaction[0], weights, np.zeros(years)])
    upper = np.concatenate([np.ones(options + pairs), np.full(2 * years, np.inf)])
    blocks: list[tuple[sp.csr_matrix, Floats, Floats]] = [
        _one_option_a_lever(problem, width),
        _pair_rows(problem, width),
        _rules(problem, width),
        _cash_rows(problem, width),
        _earlier_plans(problem, without, width),
    ]
    limit = sp.csr_matrix(
        (np.ones(years), (np.arange(years), options + pairs + np.arange(years))), shape=(years, width)
    )
    before = sum(block[0].shape[0] for block in blocks)
    blocks.append((limit, np.full(years, -np.inf), problem.debt_limit))
    return _Program(
        cost=cost,
        rows=sp.vstack([block[0] for block in blocks]).tocsr(),
        low=np.concatenate([block[1] for block in blocks]),
        high=np.concatenate([block[2] for block in blocks]),
        upper=upper,
        whole=options,
        limit_rows=before + np.arange(years),
    )


def _rows(entries: Sequence[dict[int, float]], width: int) -> sp.csr_matrix:
    row = [number for number, entry in enumerate(entries) for _ in entry]
    column = [place for entry in entries for place in entry]
    value = [number for entry in entries for number in entry.values()]
    return sp.csr_matrix((value, (row, column)), shape=(len(entries), width))


def _one_option_a_lever(problem: Problem, width: int) -> tuple[sp.csr_matrix, Floats, Floats]:
    rows = [dict.fromkeys(np.flatnonzero(problem.lever == lever).tolist(), 1.0) for lever in range(problem.levers)]
    return _rows(rows, width), np.full(len(rows), -np.inf), np.ones(len(rows))


def _pair_rows(problem: Problem, width: int) -> tuple[sp.csr_matrix, Floats, Floats]:
    """``z = x_i x_j``: ``z >= x_i + x_j - 1``, and for every option the pairs with one lever sum to at most ``x_i``."""
    options = problem.options
    rows: list[dict[int, float]] = []
    high: list[float] = []
    groups: dict[tuple[int, int], dict[int, float]] = {}
    for number, (first, second) in enumerate(problem.pairs.tolist()):
        place = options + number
        rows.append({first: 1.0, second: 1.0, place: -1.0})
        high.append(1.0)
        for one, other in {(first, second), (second, first)}:
            groups.setdefault((one, int(problem.lever[other])), {one: -1.0})[place] = 1.0
    rows.extend(groups.values())
    high.extend([0.0] * len(groups))
    return _rows(rows, width), np.full(len(rows), -np.inf), np.array(high)


def _rules(problem: Problem, width: int) -> tuple[sp.csr_matrix, Floats, Floats]:
    rows: list[dict[int, float]] = [{first: 1.0, second: 1.0} for first, second in problem.excludes.tolist()]
    high = [1.0] * len(rows)
    for option, lever in problem.requires.tolist():
        row = dict.fromkeys(np.flatnonzero(problem.lever == lever).tolist(), -1.0)
        row[option] = row.get(option, 0.0) + 1.0
        rows.append(row)
        high.append(0.0)
    return _rows(rows, width), np.full(len(rows), -np.inf), np.array(high)


def _cash_rows(problem: Problem, width: int) -> tuple[sp.csr_matrix, Floats, Floats]:
    """``cash_y - debt_y = cash_{y-1} - (1 + i) debt_{y-1} + budget_y - outlay_y``."""
    debt, cash = problem.options + problem.pairs.shape[0], problem.options + problem.pairs.shape[0] + problem.years
    rows = []
    for year in range(problem.years):
        row = {option: float(problem.outlay[option, year]) for option in range(problem.options)}
        row |= {cash + year: 1.0, debt + year: -1.0}
        if year:
            row |= {cash + year - 1: -1.0, debt + year - 1: 1.0 + problem.interest}
        rows.append(row)
    return _rows(rows, width), problem.budget.copy(), problem.budget.copy()


def _earlier_plans(problem: Problem, without: Sequence[Bools], width: int) -> tuple[sp.csr_matrix, Floats, Floats]:
    rows, high = [], []
    for plan in without:
        same = same_but_for_timing(problem, plan)
        rows.append({option: 1.0 if same[option] else -1.0 for option in range(problem.options)})
        high.append(float(plan.sum()) - 1.0)
    return _rows(rows, width), np.full(len(rows), -np.inf), np.array(high)


def same_but_for_timing(problem: Problem, plan: Bools) -> Bools:
    """Mark the options that share lever and size with an option of the plan, shape (O,)."""
    kinds = set(zip(problem.lever[plan].tolist(), problem.size[plan].tolist(), strict=True))
    pairs = zip(problem.lever.tolist(), problem.size.tolist(), strict=True)
    return np.array([kind in kinds for kind in pairs], dtype=bool)
