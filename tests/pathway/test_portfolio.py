"""The optimiser: hand-worked choices, enumeration against HiGHS, and constraints that are never broken."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError
from bolang.pathway.plan.choice import choose, evaluate
from bolang.pathway.plan.enumeration import combinations, enumerate_plans
from bolang.pathway.plan.finance import debt_path, interest_cost
from bolang.pathway.plan.problem import Problem
from bolang.pathway.plan.program import best_plan, relaxed_debt_price


def problem(value, outlay, lever, budget, limit, **other):
    value = np.atleast_2d(np.asarray(value, float))
    settings_ = {"size": np.zeros(len(lever), np.int64), "interest": 0.0, "discount": 0.0} | other
    return Problem(
        lever=np.asarray(lever),
        value=value,
        outlay=np.asarray(outlay, float),
        budget=np.asarray(budget, float),
        debt_limit=np.asarray(limit, float),
        **settings_,
    )


def two_levers(limit=0.0, **other):
    """Two one-year levers: A costs 6 and is worth 9, B costs 5 and is worth 7; 6 of own money."""
    return problem([9.0, 7.0], [[6.0], [5.0]], [0, 1], [6.0], [limit], **other)


def test_without_debt_the_better_of_two_is_taken_and_with_it_both():
    alone = choose(two_levers())
    assert alone.plan.options.tolist() == [0]
    assert alone.plan.mean == 9.0
    both = choose(two_levers(limit=5.0))
    assert both.plan.options.tolist() == [0, 1]
    assert both.plan.debt.tolist() == [5.0]


def test_the_price_of_debt_is_the_gain_up_to_the_step_that_changes_the_plan():
    # Five yuan of debt buy lever B, worth 7: 1.4 a yuan. In fractions the first yuan buys a fifth of B, the same 1.4.
    choice = choose(two_levers(), shifts=np.array([0.0, 2.0, 10.0]))
    assert choice.debt_price == pytest.approx(1.4)
    assert choice.relaxed_debt_price == pytest.approx(1.4)
    assert dict(choice.debt_steps)[2.0] == 9.0
    assert dict(choice.debt_steps)[5.0] == 16.0


def test_a_lever_that_does_not_pay_is_left_out():
    choice = choose(problem([-1.0, 2.0], [[0.0], [0.0]], [0, 1], [1.0], [0.0]))
    assert choice.plan.options.tolist() == [1]
    assert choice.alone.tolist() == [-1.0, 2.0]


def test_when_nothing_pays_the_plan_is_to_do_nothing():
    choice = choose(problem([-1.0], [[0.5]], [0], [1.0], [0.0]))
    assert choice.plan.options.size == 0
    assert choice.plan.mean == 0.0
    assert choice.gains == 0.0


def test_levers_that_crowd_each_other_out_are_not_combined():
    pair = {"pairs": np.array([[0, 1]]), "interaction": np.array([[-8.0]])}
    assert choose(two_levers(limit=5.0, **pair)).plan.options.tolist() == [0]
    lift = {"pairs": np.array([[0, 1]]), "interaction": np.array([[-6.5]])}
    assert choose(two_levers(limit=5.0, **lift)).plan.options.tolist() == [0, 1]


def test_money_kept_from_an_early_year_pays_for_a_late_one():
    kept = problem([5.0], [[0.0, 4.0]], [0], [2.0, 2.0], [0.0, 0.0])
    assert choose(kept).plan.options.tolist() == [0]
    early = problem([5.0], [[4.0, 0.0]], [0], [2.0, 2.0], [0.0, 0.0])
    assert choose(early).plan.options.size == 0


def test_debt_is_charged_and_repaid_as_soon_as_there_is_cash():
    debt = debt_path(np.array([10.0, 0.0, 0.0]), np.array([4.0, 4.0, 4.0]), 0.1)
    np.testing.assert_allclose(debt, [6.0, 2.6, 0.0])  # 6 * 1.1 - 4 = 2.6; 2.6 * 1.1 - 4 < 0
    assert interest_cost(debt, 0.1, 0.05) == pytest.approx(0.6 / 1.05 + 0.26 / 1.05**2)


def test_shares_of_draws_count_only_plans_that_differ_in_more_than_timing():
    values = np.array([[9.0, 8.0, 7.0], [9.0, 10.0, 7.0], [9.0, 8.0, 12.0], [9.0, 8.0, 1.0]])
    timing = problem(values, np.full((3, 1), 6.0), [0, 0, 1], [6.0], [0.0])
    choice = choose(timing)
    assert choice.plan.options.tolist() == [0]
    assert choice.holds == 0.75  # only the third draw prefers another lever
    np.testing.assert_allclose(choice.inclusion, [0.75, 0.25])
    assert [alternative.options.tolist() for alternative in choice.runners_up] == [[2], []]
    np.testing.assert_allclose(choice.regret, [0.0, 1.0, 3.0, 0.0])  # in the second, another starting year


def test_requirements_and_exclusions():
    needs = two_levers(limit=0.0, requires=np.array([[0, 1]]))
    assert choose(needs).plan.options.tolist() == [1]
    either = two_levers(limit=20.0, excludes=np.array([[0, 1]]))
    assert choose(either).plan.options.tolist() == [0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"budget": np.array([-1.0])}, "cannot be negative"),
        ({"value": np.array([[np.nan, 1.0]])}, "not a finite number"),
        ({"outlay": np.zeros((1, 1))}, "outlay has shape"),
        ({"interest": 3.0}, "shares a year"),
        ({"pairs": np.array([[0, 1], [1, 0]]), "interaction": np.zeros((1, 2))}, "listed twice"),
        ({"lever": np.array([0, 2])}, "without gaps"),
        ({"requires": np.array([[0, 7]])}, "does not exist"),
    ],
)
def test_what_cannot_be_is_refused(change, message):
    with pytest.raises(BadInputError, match=message):
        replace(two_levers(), **change)


@st.composite
def problems(draw):
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    lever = np.repeat(np.arange(len(counts)), counts)
    options, years, draws = lever.size, draw(st.integers(1, 5)), draw(st.integers(1, 4))
    couples = np.array(
        [pair for pair in itertools.combinations(range(options), 2) if lever[pair[0]] != lever[pair[1]]], np.int64
    ).reshape(-1, 2)
    chosen = couples[rng.random(len(couples)) < 0.5]
    excluded = couples[rng.random(len(couples)) < 0.1]
    needs = [(o, k) for o in range(options) for k in range(len(counts)) if k != lever[o] and rng.random() < 0.08]
    return Problem(
        lever=lever,
        size=rng.integers(0, 2, options),
        value=rng.normal(1.0, 4.0, (draws, options)),
        outlay=rng.normal(1.0, 2.0, (options, years)),
        budget=rng.uniform(0.0, 2.0, years),
        debt_limit=rng.uniform(0.0, 3.0, years) * draw(st.sampled_from([0.0, 1.0])),
        interest=draw(st.sampled_from([0.0, 0.03, 0.2])),
        discount=0.05,
        pairs=chosen,
        interaction=rng.normal(0.0, 3.0, (draws, len(chosen))),
        requires=np.array(needs, np.int64).reshape(-1, 2),
        excludes=excluded,
    )


@given(problems())
@settings(max_examples=60, deadline=None)
def test_enumeration_equals_the_integer_program(given_problem):
    plans = enumerate_plans(given_problem)
    best = plans.worth[plans.feasible].max()
    taken, worth = best_plan(given_problem)
    assert worth == pytest.approx(best, abs=1e-6)
    assert evaluate(given_problem, taken).mean == pytest.approx(worth, abs=1e-6)
    by_steps = choose(given_problem, shifts=np.array([-0.5, 0.5, 1.0]))
    by_program = choose(given_problem, method="program", shifts=np.array([-0.5, 0.5, 1.0]))
    assert by_program.holds == by_steps.holds
    np.testing.assert_allclose(by_program.inclusion, by_steps.inclusion)
    np.testing.assert_allclose(by_program.regret, by_steps.regret, atol=1e-6)
    assert by_program.plan.mean == pytest.approx(by_steps.plan.mean, abs=1e-6)
    for shift, value in by_program.debt_steps:
        assert dict(by_steps.debt_steps)[shift] == pytest.approx(value, abs=1e-6)
    rivals = [alternative.mean for alternative in by_steps.runners_up]
    np.testing.assert_allclose([alternative.mean for alternative in by_program.runners_up], rivals, atol=1e-6)


def test_a_problem_whose_optimum_presolve_loses():
    with np.load(Path(__file__).parent / "lost_by_presolve.npz") as stored:
        kept = Problem(**{name: value if value.ndim else float(value) for name, value in stored.items()})
    by_steps, by_program = (choose(kept, method=method) for method in ("enumeration", "program"))
    assert [plan.mean for plan in by_program.runners_up] == pytest.approx([plan.mean for plan in by_steps.runners_up])


@given(problems(), st.sampled_from(["enumeration", "program"]))
@settings(max_examples=60, deadline=None)
def test_constraints_are_never_broken(given_problem, method):
    choice = choose(given_problem, method=method, shifts=np.array([0.0]))
    for plan in (choice.plan, *choice.runners_up):
        taken = np.zeros(given_problem.options, bool)
        taken[plan.options] = True
        assert np.bincount(given_problem.lever[plan.options], minlength=1).max(initial=0) <= 1
        assert not any(taken[a] and taken[b] for a, b in given_problem.excludes)
        assert all(not taken[o] or taken[given_problem.lever == k].any() for o, k in given_problem.requires)
        assert (plan.debt <= given_problem.debt_limit + 1e-6).all()
        # An independent account book: own money and new debt cover outlays, interest and repayment in every year.
        cash, owed = 0.0, 0.0
        for year in range(given_problem.years):
            cash += given_problem.budget[year] - given_problem.outlay[taken, year].sum() - owed * given_problem.interest
            cash += plan.debt[year] - owed
            owed = plan.debt[year]
            assert cash >= -1e-6
    assert choice.plan.mean >= max([0.0, *(r.mean for r in choice.runners_up)]) - 1e-6 or given_problem.outlay.min() < 0
    assert 0.0 <= choice.holds <= 1.0


@given(problems())
@settings(max_examples=30, deadline=None)
def test_more_debt_never_makes_the_best_plan_worse(given_problem):
    steps = choose(given_problem, shifts=np.array([-1.0, 0.0, 1.0, 4.0])).debt_steps
    worths = [worth for _, worth in steps]
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(worths))
    assert relaxed_debt_price(given_problem) >= -1e-9


def test_the_relaxed_price_is_the_slope_of_the_relaxed_value():
    # Two unlimited-by-budget levers shared out by debt alone: the better return a yuan is bought first.
    continuous = problem([3.0, 8.0], [[2.0], [4.0]], [0, 1], [0.0], [3.0])
    assert relaxed_debt_price(continuous) == pytest.approx(2.0)
    assert relaxed_debt_price(continuous.with_debt_limit_shifted(2.0)) == pytest.approx(1.5)
    assert relaxed_debt_price(continuous.with_debt_limit_shifted(10.0)) == pytest.approx(0.0)


def test_the_answer_does_not_depend_on_the_order_of_the_levers():
    rng = np.random.default_rng(5)
    base = problem(rng.normal(2, 3, (6, 5)), rng.uniform(0, 3, (5, 3)), [0, 0, 1, 2, 2], [1, 1, 1], [1, 1, 1])
    order = np.array([3, 4, 2, 0, 1])
    renamed = replace(
        base, lever=np.array([2, 1, 0])[base.lever[order]], value=base.value[:, order], outlay=base.outlay[order]
    )
    renamed = replace(renamed, lever=np.unique(renamed.lever, return_inverse=True)[1])
    assert set(order[choose(renamed).plan.options]) == set(choose(base).plan.options)


def test_every_combination_is_listed_once():
    taken = combinations(problem(np.zeros(5), np.zeros((5, 1)), [0, 0, 1, 2, 2], [1], [1]))
    assert len({row.tobytes() for row in taken}) == len(taken) == 3 * 2 * 3
