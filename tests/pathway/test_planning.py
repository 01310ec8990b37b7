"""From a menu of levers to a plan: present values by hand, limits kept, reasons given, the same under a seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.atlas.model import County
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text
from bolang.pathway.debt import Assumptions, FiscalPosition, assess
from bolang.pathway.plan.ceiling import debt_ceiling
from bolang.pathway.plan.make import Setting, make_plan
from bolang.pathway.plan.menu import Lever, Menu
from bolang.pathway.plan.options import Terms, build_options, build_problem, ramp, spread

COUNTY = County("330782", 0, "某县", "某省某市某县", "某省", "330000", "某市", "330700", "county", 120.0, 29.0, 1000.0)
POSITION = FiscalPosition(
    2024,
    gdp=200.0,
    revenue=12.0,
    expenditure=40.0,
    transfers=25.0,
    fund_revenue=8.0,
    fund_expenditure=9.0,
    general_debt=20.0,
    special_debt=25.0,
    quota=50.0,
)
TERMS = Terms(10, 15, 5, discount=0.06, interest=0.03, contingency=0.1, prudence=0.5, starts=(0, 2, 4))


def lever(key, effect, cost, years=2.0, draws=4, spread_of=0.2, **other):
    factors = np.linspace(1 - spread_of, 1 + spread_of, draws)[:, None]
    return Lever(
        key,
        Text(key, key),
        years,
        np.array([0.5, 1.0]) * cost,
        factors * np.array([0.5, 1.0]) * effect,
        np.array([0.5, 1.0]) * effect,
        np.ones(draws),
        **other,
    )


def menu(*levers, interaction=None):
    size = len(levers)
    table = np.zeros((size, size)) if interaction is None else interaction
    return Menu(tuple(levers), np.array([0.5, 1.0]), table, "gdp", 200.0, 12.0, 0.0)


def test_effects_build_up_and_costs_spread_over_the_years_of_the_lever():
    np.testing.assert_allclose(ramp(1, 2.0, 5), [0.0, 0.0, 0.5, 1.0, 1.0])
    np.testing.assert_allclose(spread(1, 2.0, 5), [0.0, 0.5, 0.5, 0.0, 0.0])
    np.testing.assert_allclose(spread(0, 2.5, 5), [0.4, 0.4, 0.2, 0.0, 0.0])
    assert spread(2, 3.0, 10).sum() == pytest.approx(1.0)


def test_present_value_by_hand():
    # 1 % of 200 a year from the third year on, half of it in the second, discounted at 6 %, fifteen years.
    options = build_options(menu(lever("road", 0.01, 3.0, spread_of=0.0)), TERMS)
    whole = next(o for o in range(options.lever.size) if options.size[o] == 1 and options.start[o] == 0)
    expected = sum(2.0 * share / 1.06 ** (year + 1) for year, share in enumerate([0, 0.5, *[1.0] * 13]))
    assert options.benefit[:, whole] == pytest.approx(expected)
    assert options.outlay[whole] == pytest.approx(1.5 / 1.06 + 1.5 / 1.06**2)
    np.testing.assert_allclose(options.revenue[whole, :4], [0.0, 0.06, 0.12, 0.12])


def test_the_constraints_see_contingency_and_only_part_of_the_revenue():
    listed = menu(lever("road", 0.01, 3.0))
    options = build_options(listed, TERMS)
    problem = build_problem(listed, options, TERMS, np.zeros(10), np.zeros(10))
    np.testing.assert_allclose(problem.outlay, 1.1 * options.cost - 0.5 * options.revenue)


def test_an_interaction_lasts_while_both_levers_work():
    pair = np.array([[0.0, -0.004], [-0.004, 0.0]])
    listed = menu(lever("a", 0.01, 1.0, spread_of=0.0), lever("b", 0.01, 1.0, spread_of=0.0), interaction=pair)
    options = build_options(listed, TERMS)
    problem = build_problem(listed, options, TERMS, np.full(10, 9.0), np.zeros(10))
    value = {}
    for (one, other), worth in zip(problem.pairs, problem.interaction[0], strict=True):
        sizes = options.size[one], options.size[other]
        value[(*sizes, options.start[one], options.start[other])] = worth
    weights = 200.0 / 1.06 ** (np.arange(15) + 1)
    assert value[1, 1, 0, 2] == pytest.approx(-0.004 * (ramp(0, 2.0, 15) * ramp(2, 2.0, 15)) @ weights)
    assert value[0, 1, 0, 0] == pytest.approx(0.5 * -0.004 * (ramp(0, 2.0, 15) ** 2) @ weights)


def test_a_lever_may_require_another():
    listed = menu(lever("a", 0.02, 1.0), lever("b", 0.001, 1.0), lever("c", 0.05, 1.0, requires=("b",)))
    plan = make_plan(Setting(COUNTY, POSITION, Assumptions.from_parameters()), listed, budget=50.0, terms=TERMS)
    assert {step.lever for step in plan.steps} == {"a", "b", "c"}
    with pytest.raises(BadInputError, match="not on the menu"):
        menu(lever("c", 0.05, 1.0, requires=("z",)))


def plan_for(listed, position=POSITION, **options):
    return make_plan(Setting(COUNTY, position, Assumptions.from_parameters()), listed, terms=TERMS, **options)


def test_levers_are_chosen_or_left_out_with_the_reason():
    listed = menu(
        lever("good", 0.01, 4.0),
        lever("poor", 0.0005, 4.0),
        lever("dear", 0.2, 200.0),
        lever("second", 0.006, 4.0),
    )
    plan = plan_for(listed, budget=5.0, debt_limit=0.0)
    assert [step.lever for step in plan.steps] == ["good"]
    reasons = {left.lever: left.reason for left in plan.left_out}
    assert reasons == {"poor": "does_not_pay", "dear": "too_dear", "second": "crowded_out"}
    assert plan.worth == pytest.approx(plan.choice.plan.mean)
    assert plan.low <= plan.worth <= plan.high
    frame = plan.to_frame("en")
    assert frame.height == 4
    assert frame.filter(frame["chosen"])["lever"].to_list() == ["good"]


def test_nothing_is_recommended_when_nothing_pays():
    plan = plan_for(menu(lever("poor", 0.0, 4.0)), budget=20.0)
    assert plan.steps == ()
    assert "没有一项举措" in plan.brief.top_line.zh
    assert plan.choice.plan.debt.max() == 0.0


def test_the_ceiling_is_the_tightest_line_and_the_limit_given():
    known = assess(POSITION, Assumptions.from_parameters())
    free = debt_ceiling(known, None, 10)
    assert free.binding[0] == "quota"
    assert free.limit[0] == pytest.approx(50.0 - known.outcomes[0].balance.debt[1])
    tight = debt_ceiling(known, 1.0, 10)
    np.testing.assert_allclose(tight.limit, 1.0)
    assert set(tight.binding) == {"given"}
    over = debt_ceiling(assess(replace(POSITION, quota=40.0), Assumptions.from_parameters()), 5.0, 10)
    assert over.limit[0] == 0.0


def test_without_debt_figures_the_plan_borrows_only_what_the_user_allows():
    public = FiscalPosition(2024, gdp=200.0, revenue=12.0, expenditure=40.0)
    assessed = assess(public)
    assert debt_ceiling(assessed, None, 10).limit.max() == 0.0
    assert debt_ceiling(assessed, 3.0, 10).limit.tolist() == [3.0] * 10
    plan = plan_for(menu(lever("good", 0.01, 4.0)), position=public, budget=1.0)
    assert plan.choice.plan.debt.max() == 0.0
    with pytest.raises(BadInputError, match=r"0 or more|非负"):
        debt_ceiling(assessed, -1.0, 10)


def test_a_missing_budget_is_an_illustration_and_says_so():
    plan = plan_for(menu(lever("good", 0.01, 4.0)))
    assert plan.budget == pytest.approx(0.01 * 200.0 * 5)
    assert plan.budget_is_illustration
    assert any("示例" in note.zh for note in plan.notes)
    with pytest.raises(BadInputError, match="--budget"):
        plan_for(menu(lever("good", 0.01, 4.0)), position=FiscalPosition(2024))
    with pytest.raises(BadInputError, match=r"0 or more|非负"):
        plan_for(menu(lever("good", 0.01, 4.0)), budget=-2.0)


def test_the_same_inputs_give_the_same_plan_and_both_languages_speak():
    listed = menu(lever("a", 0.01, 4.0), lever("b", 0.008, 3.0))
    first, second = (plan_for(listed, budget=6.0, debt_limit=2.0) for _ in range(2))
    assert first.explain("zh") == second.explain("zh")
    np.testing.assert_array_equal(first.debt.fans["debt_rate"].quantiles, second.debt.fans["debt_rate"].quantiles)
    assert "net present value" in first.explain("en")
    assert "nan" not in first.explain("zh")


@given(
    st.lists(st.tuples(st.floats(-0.01, 0.03), st.floats(0.1, 20.0), st.floats(1.0, 6.0)), min_size=1, max_size=4),
    st.floats(0.0, 30.0),
    st.floats(0.0, 10.0),
)
@settings(max_examples=40, deadline=None)
def test_budget_and_debt_limit_are_never_broken(levers, budget, limit):
    listed = menu(*(lever(f"l{k}", e, c, years) for k, (e, c, years) in enumerate(levers)))
    plan = plan_for(listed, budget=budget, debt_limit=limit)
    assert (plan.choice.plan.debt <= plan.ceiling.limit + 1e-7).all()
    assert (plan.ceiling.limit <= limit + 1e-9).all()
    cash, owed = 0.0, 0.0
    for year, spent in enumerate(plan.choice.plan.outlay):
        cash += (budget / 5 if year < 5 else 0.0) - spent - 0.03 * owed + plan.choice.plan.debt[year] - owed
        owed = plan.choice.plan.debt[year]
        assert cash >= -1e-7
    assert plan.worth >= -1e-9


def test_robust_steps_come_first_and_doubtful_ones_are_called_so():
    sure, doubtful = lever("sure", 0.01, 1.0), lever("doubtful", 0.002, 3.0, spread_of=3.0)
    plan = plan_for(menu(sure, doubtful), budget=20.0)
    assert [(step.lever, step.firm) for step in plan.steps] == [("sure", True), ("doubtful", False)]
    assert "建议推进sure" in plan.brief.top_line.zh
    alone = plan_for(menu(sure), budget=20.0)
    assert plan.robust == pytest.approx((alone.worth, alone.low, alone.high))
    assert any("只做稳健举措" in label.zh for label, _ in plan.brief.figures)
    assert not any("只做稳健举措" in label.zh for label, _ in alone.brief.figures)
    assert "doubtful有利可图但把握不足" in plan.brief.top_line.zh


def test_the_page_says_what_comes_back_to_the_treasury():
    listed = menu(lever("road", 0.01, 3.0))
    plan = plan_for(listed, budget=20.0)
    options = build_options(listed, TERMS)
    chosen = plan.choice.plan.options
    assert plan.returns == pytest.approx(float((options.revenue @ options.discount)[chosen].sum()))
    assert plan.outlay == pytest.approx(float(options.outlay[chosen].sum()))
    money = {point.key: point.text for point in plan.brief.points}["money"]
    assert f"相当于成本现值的{plan.returns / plan.outlay:.0%}" in money.zh
