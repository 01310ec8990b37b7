"""The projection against one written year by year, its batches against their members, and its corners by hand."""

from dataclasses import fields, replace

import naive_debt
import numpy as np
import pytest

from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same
from bolang.pathway.debt import Assumptions, FiscalPosition, OutlookShock, assess, project, standard_stresses
from bolang.pathway.debt.dynamics import accumulate, repriced_rate, servicing_balance, stabilising_balance
from bolang.pathway.debt.outlook import unadjusted
from bolang.pathway.debt.rules import BANDS, Balance, debt_rate_lines, rules
from bolang.pathway.debt.stress import fans, outcome, random_shocks

QUOTA_GROWTH = load_parameters("bolang.pathway.debt").number("quota_growth")


def drawn(seed, *, own_interest):
    """A county, assumptions and shocks that have nothing in common with the shipped ones."""
    rng = np.random.default_rng(seed)
    years = int(rng.integers(4, 9))
    general, special = rng.uniform(5, 60, 2)
    position = FiscalPosition(
        2024,
        gdp=rng.uniform(50, 500),
        revenue=rng.uniform(10, 40),
        expenditure=rng.uniform(40, 90),
        transfers=rng.uniform(10, 60),
        fund_revenue=rng.uniform(10, 40),
        fund_expenditure=rng.uniform(10, 40),
        general_debt=general,
        special_debt=special,
        general_interest=general * rng.uniform(0.02, 0.05) if own_interest else None,
        special_interest=special * rng.uniform(0.02, 0.05) if own_interest else None,
        quota=rng.uniform(40, 120),
    )
    ahead = replace(
        Assumptions.from_parameters(0.04, years=years),
        growth=rng.uniform(-0.03, 0.09, years),
        buoyancy=rng.uniform(0.6, 1.4),
        transfer_growth=rng.uniform(-0.02, 0.06),
        fund_growth=rng.uniform(-0.06, 0.04),
        issue_rate=rng.uniform(0.01, 0.05),
        effective_rate=rng.uniform(0.01, 0.05),
        new_debt={"general": rng.uniform(0, 0.2), "special": rng.uniform(0, 0.2)},
        general_borrowed=rng.uniform(0.4, 1.0),
        fund_borrowed=rng.uniform(0.2, 0.8),
        adjustment_years=int(rng.integers(1, 4)),
        refinanced=rng.uniform(0.5, 1.0),
        remaining_years={"general": rng.uniform(3, 9), "special": rng.uniform(6, 14), "total": 8.0},
    )
    shock = {
        "growth": rng.uniform(-0.06, 0.02, years),
        "revenue": rng.uniform(-0.1, 0.2, years),
        "fund": rng.uniform(-0.2, 0.5, years),
        "rate": rng.uniform(-0.005, 0.02, years),
    }
    return position, ahead, shock, rng.uniform(0, 15, years)


@pytest.mark.parametrize("own_interest", [False, True])
@pytest.mark.parametrize("shocked", [False, True])
@pytest.mark.parametrize("planned", [False, True])
def test_the_projection_equals_one_written_year_by_year(own_interest, shocked, planned):
    for seed in range(6):
        position, ahead, shock, plan = drawn(seed, own_interest=own_interest)
        plan = plan if planned else None
        found = project(position, ahead, OutlookShock(**shock) if shocked else None, plan)
        naive = naive_debt.projected(position, ahead, shock if shocked else None, plan, quota_growth=QUOTA_GROWTH)
        for item in fields(Balance):
            np.testing.assert_allclose(
                getattr(found, item.name), getattr(naive, item.name), rtol=1e-10, err_msg=f"{item.name}, draw {seed}"
            )


def test_a_batch_of_paths_equals_its_members():
    position, ahead, _, plan = drawn(1, own_interest=True)
    shocks = random_shocks(ahead, 0.03, 5, 0)
    batch = project(position, ahead, shocks, plan)
    for k in range(5):
        alone = OutlookShock(shocks.growth[k], shocks.revenue[k], shocks.fund[k], shocks.rate[k])
        member = project(position, ahead, alone, plan)
        for item in fields(Balance):
            whole = np.broadcast_to(getattr(batch, item.name), (5, ahead.years + 1))
            np.testing.assert_allclose(whole[k], getattr(member, item.name), rtol=1e-12, err_msg=item.name)


def test_a_debt_known_only_in_sum_takes_both_shortfalls():
    """By hand: everything stands still but for one year without a tenth of revenue and of funds, its interest paid."""
    position = FiscalPosition(
        2024, gdp=100.0, revenue=20.0, transfers=10.0, fund_revenue=30.0, fund_expenditure=9.0, debt=50.0
    )
    still = replace(
        Assumptions.from_parameters(0.0, years=3),
        transfer_growth=0.0, fund_growth=0.0, issue_rate=0.02, effective_rate=0.02, refinanced=1.0,
        general_borrowed=0.5, fund_borrowed=0.25, adjustment_years=5,
    )  # fmt: skip
    once = np.array([0.1, 0.0, 0.0])
    found = project(position, still, OutlookShock(np.zeros(3), once, once, np.zeros(3)))
    first = 0.5 * 2.0 + 0.25 * 3.0
    np.testing.assert_allclose(found.debt, [50.0, *[50.0 + first] * 3])
    # What is not borrowed is not spent: three quarters of the tenth of funds that failed.
    np.testing.assert_allclose(found.fund_expenditure, [9.0, 9.0 * (1 - 0.75 * 0.1), 9.0, 9.0])
    assert np.isnan(found.general_debt).all()
    assert np.isnan(found.special_interest).all()


def test_what_is_unknown_stays_unknown_and_adds_nothing():
    ahead = Assumptions.from_parameters(0.05, years=4)
    shock = OutlookShock(*(np.full(4, x) for x in (-0.02, 0.1, 0.3, 0.0)))
    blank = project(FiscalPosition(2024), ahead, shock)
    for item in fields(Balance):
        if item.name != "rate":
            assert np.isnan(getattr(blank, item.name)).all(), item.name
            assert np.shape(getattr(blank, item.name)) == (5,)
    # Without either budget a shortfall cannot be told, and debt moves as without the shock.
    only = FiscalPosition(2024, general_debt=10.0, special_debt=20.0)
    np.testing.assert_allclose(project(only, ahead, shock).debt, project(only, ahead).debt)


def test_expenditure_keeps_pace_with_revenue_and_transfers_or_with_revenue_alone():
    ahead = replace(Assumptions.from_parameters(0.10, years=1), buoyancy=0.5, transfer_growth=0.2)
    both = FiscalPosition(2024, revenue=10.0, transfers=30.0, expenditure=50.0)
    np.testing.assert_allclose(project(both, ahead).expenditure, [50.0, 50.0 * (10.5 + 36.0) / 40.0])
    alone = FiscalPosition(2024, revenue=10.0, expenditure=50.0)
    np.testing.assert_allclose(project(alone, ahead).expenditure, [50.0, 52.5])
    # From nothing there is no pace to keep: spending stays.
    nothing = FiscalPosition(2024, revenue=0.0, transfers=0.0, expenditure=50.0, fund_revenue=0.0, fund_expenditure=7.0)
    np.testing.assert_allclose(project(nothing, ahead).expenditure, [50.0, 50.0])
    hit = OutlookShock(*(np.array([x]) for x in (0.0, 0.5, 0.5, 0.0)))
    np.testing.assert_allclose(project(nothing, ahead, hit).fund_expenditure, [7.0, 7.0])


def test_an_account_without_debt_pays_the_average_rate_on_what_it_borrows():
    ahead = Assumptions.from_parameters(0.0, years=2, effective_rate=0.03, issue_rate=0.03)
    none = FiscalPosition(2024, general_debt=0.0, special_debt=10.0, general_interest=0.0, revenue=10.0)
    hit = OutlookShock(np.zeros(2), np.array([0.1, 0.0]), np.zeros(2), np.zeros(2))
    found = project(none, ahead, hit)
    assert found.general_interest[2] == pytest.approx(0.03 * 1.0 * ahead.general_borrowed)


def test_spending_follows_only_what_never_ceased():
    mixed = np.array([3.0, -1.0, 2.0, 4.0, 1.0])
    np.testing.assert_allclose(unadjusted(mixed, 2), [3.0, -1.0, 2.0, 4.0, 1.0 - 2.0])
    np.testing.assert_allclose(unadjusted(mixed, 1), [3.0, -4.0, 3.0, 2.0, -3.0])
    np.testing.assert_allclose(unadjusted(np.array([2.0, 2.0]), 2), [2.0, 2.0])
    rows = np.array([mixed, -mixed])
    np.testing.assert_allclose(unadjusted(rows, 2), [unadjusted(mixed, 2), unadjusted(-mixed, 2)])


# -- dynamics --------------------------------------------------------------------------------------


def test_debt_rolls_on_row_by_row_and_never_below_nothing():
    path = accumulate([100.0, 10.0], [[0.1, 0.1], [0.0, 0.5]], [[20.0, 0.0], [4.0, 20.0]])
    np.testing.assert_allclose(path, [[100.0, 90.0, 99.0], [10.0, 6.0, 0.0]])


def test_the_bounds_of_the_dynamics_are_where_they_are_said_to_be():
    assert repriced_rate(0.05, np.array([0.02, 0.03]), 1.0) == pytest.approx([0.02, 0.03])
    with pytest.raises(BadInputError):
        repriced_rate(0.05, np.array([0.02]), 0.99)
    for share in (0.0, 1.0):
        servicing_balance(1.0, np.array([0.1]), np.array([0.0]), 5.0, share)
    for share in (-0.01, 1.01):
        with pytest.raises(BadInputError):
            servicing_balance(1.0, np.array([0.1]), np.array([0.0]), 5.0, share)
    assert stabilising_balance(0.5, 0.02, -0.5) == pytest.approx(0.5 * 0.52 / 0.5)
    with pytest.raises(BadInputError):
        stabilising_balance(0.5, 0.02, -1.0)


def test_a_balance_that_services_pays_interest_and_what_is_not_refinanced():
    """By hand: 100 owed, a fifth of a tenth repaid a year, rates 3 and 4 %, 5 and 6 borrowed."""
    found = servicing_balance(100.0, np.array([0.03, 0.04]), np.array([5.0, 6.0]), 10.0, 0.8)
    second = 100.0 - 2.0 + 5.0
    np.testing.assert_allclose(found, [3.0 + 2.0 - 5.0, 0.04 * second + 0.02 * second - 6.0])


@pytest.mark.parametrize("growth", [-1.0, 1.0, float("nan")])
def test_impossible_growth_is_refused(growth):
    with pytest.raises(BadInputError):
        Assumptions.from_parameters(growth)


def test_assumptions_are_the_cited_ones_and_changes_are_named():
    cited = load_parameters("bolang.pathway.debt")
    ahead = Assumptions.from_parameters()
    named = {
        "buoyancy": "revenue_buoyancy", "transfer_growth": "transfer_growth", "fund_growth": "fund_growth",
        "issue_rate": "issue_rate", "effective_rate": "effective_rate", "refinanced": "refinanced_share",
        "general_borrowed": "general_shortfall_borrowed", "fund_borrowed": "fund_shortfall_borrowed",
        "adjustment_years": "adjustment_years",
    }  # fmt: skip
    assert {name: getattr(ahead, name) for name in named} == {
        name: cited.number(parameter) for name, parameter in named.items()
    }
    np.testing.assert_array_equal(ahead.growth, np.full(10, cited.number("nominal_growth")))
    assert ahead.growth_source == cited["nominal_growth"].basis
    own = Assumptions.from_parameters(0.99, same("mine"), buoyancy=0.5)
    assert (own.growth[0], own.growth_source, own.buoyancy) == (0.99, same("mine"), 0.5)
    with pytest.raises(BadInputError, match="bouyancy"):
        Assumptions.from_parameters(bouyancy=1.0)


# -- lines -----------------------------------------------------------------------------------------


def balance(**items):
    """A balance of one year, unknown but for what is given."""
    unknown = {item.name: np.array([np.nan]) for item in fields(Balance)}
    return Balance(**(unknown | {name: np.array([float(value)]) for name, value in items.items()}))


def test_the_lines_are_the_cited_ones():
    found = {rule.key: (rule.line, rule.kind) for rule in rules()}
    assert found == {
        "debt_rate": (1.2, "warning"),
        "general_interest": (0.1, "restructuring"),
        "special_interest": (0.1, "restructuring"),
        "quota": (1.0, "quota"),
    }
    assert debt_rate_lines() == {"yellow": 1.2, "orange": 2.0, "red": 3.0}
    assert BANDS == ("green", "yellow", "orange", "red")


def test_ratio_room_and_what_is_allowed_by_hand():
    """Resources 50, debt 80, spending 40 and 30, interest 3 and 4, a quota of 90, two per cent on one more yuan."""
    full = balance(
        resources=50, debt=80, expenditure=40, fund_expenditure=30, general_interest=3, special_interest=4, quota=90, rate=0.02
    )  # fmt: skip
    found = {rule.key: tuple(float(f(full)[0]) for f in (rule.ratio, rule.room, rule.allowed)) for rule in rules()}
    assert found["debt_rate"] == pytest.approx((1.6, 60 - 80, 60))
    assert found["general_interest"] == pytest.approx((0.075, (4 - 3) / 0.02, 4 / 0.02))
    assert found["special_interest"] == pytest.approx((4 / 30, (3 - 4) / 0.02, 3 / 0.02))
    assert found["quota"] == pytest.approx((80 / 90, 10, 90))
    nothing = balance(resources=0, debt=80)
    assert np.isnan(next(rule for rule in rules() if rule.key == "debt_rate").ratio(nothing)[0])


# -- assessment ------------------------------------------------------------------------------------

RICH = FiscalPosition(
    2024, gdp=300.0, revenue=20.0, expenditure=60.0, transfers=35.0, fund_revenue=15.0, fund_expenditure=18.0,
    general_debt=30.0, special_debt=45.0, quota=80.0,
)  # fmt: skip


def test_rooms_are_by_the_issue_rate_and_debt_at_the_line_by_the_rate_of_the_stock():
    found = assess(RICH, Assumptions.from_parameters(effective_rate=0.04, issue_rate=0.02), draws=2)
    general = found.reading("general_interest")
    assert general.room == pytest.approx((6.0 - 0.04 * 30) / 0.02)
    assert general.allowed == pytest.approx(6.0 / 0.04)
    assert {r.rule.key: r.missing for r in found.readings} == dict.fromkeys((r.key for r in rules()), ())
    assert {r.rule.key for r in found.readings if r.estimated} == {"general_interest", "special_interest"}
    # Special debt at a tenth of 18 over 4 % is the least of all: 45, below the quota of 80 and 1.2 times 70.
    assert (found.tightest.rule.key, found.tightest.allowed) == ("special_interest", pytest.approx(45.0))
    assert found.stabilising == pytest.approx(
        75 / 300 * (0.04 - found.assumptions.growth[0]) / (1 + found.assumptions.growth[0])
    )
    assert assess(replace(RICH, gdp=None), draws=2).stabilising is None


def test_the_line_with_the_least_room_binds_even_beyond_it():
    over = assess(replace(RICH, quota=70.0, general_debt=60.0), draws=2)
    assert over.binding.rule.key == "quota"
    assert over.room == pytest.approx(70.0 - 105.0)
    assert over.reading("debt_rate").room == pytest.approx(1.2 * 70 - 105.0)


def test_a_line_that_is_just_reached_binds_before_one_that_is_nearly():
    """A quota met to the yuan leaves no room; the debt rate leaves half a unit."""
    reached = replace(RICH, quota=83.5, special_debt=53.5)  # 83.5 owed, 1.2 times 70 is 84
    found = assess(reached, draws=2)
    assert (found.binding.rule.key, found.room) == ("quota", 0.0)
    assert found.reading("debt_rate").room == pytest.approx(0.5)
    # A line that allows no debt at all is the tightest.
    none = assess(replace(RICH, fund_expenditure=0.0, expenditure=None), draws=2)
    assert none.tightest.rule.key == "special_interest"
    assert none.tightest.allowed == 0.0


@pytest.mark.parametrize(("before", "share"), [(60.0, None), (80.0, 0.0)])
def test_borrowing_goes_on_as_last_year_but_never_backwards(before, share):
    """Last year's net borrowing and what was repaid of the stock then, over today's debt."""
    ahead = Assumptions.from_parameters()
    found = assess(replace(RICH, debt_before=before), ahead, draws=2).assumptions.new_debt
    repaid = (1 - ahead.refinanced) / ahead.remaining_years["total"] * before
    expected = max(75.0 - before + repaid, 0.0) / 75.0 if share is None else share
    assert found == {name: pytest.approx(expected) for name in naive_debt.NAMES}
    given = Assumptions.from_parameters(new_debt={"general": 0.5})
    assert assess(replace(RICH, debt_before=before), given, draws=2).assumptions.new_debt == {"general": 0.5}
    assert assess(RICH, ahead, draws=2).assumptions.new_debt == {}


@pytest.mark.parametrize(("item", "lost"), [("gdp", {"growth"}), ("revenue", {"revenue"}), ("fund_revenue", {"land"})])
def test_a_stress_needs_what_it_strikes(item, lost):
    found = {o.key for o in assess(replace(RICH, **{item: None}), draws=2).outcomes}
    every = {"baseline", "growth", "revenue", "land", "rate", "combined"}
    assert found == every - lost


def test_a_line_is_crossed_beyond_it_and_in_the_first_year_beyond():
    still = Assumptions.from_parameters(0.0, years=5, transfer_growth=0.0, fund_growth=0.0, refinanced=1.0)
    on_the_line = replace(RICH, quota=None, general_debt=39.0)  # 84 over 70: 1.2 exactly
    assert "debt_rate" not in outcome(on_the_line, still, None, None).crossed
    plan = np.array([0.0, 0.0, 0.1, 0.1, 0.1])
    crossed = outcome(on_the_line, still, None, plan)
    assert crossed.crossed["debt_rate"] == 3
    assert set(crossed.ratios) == {"debt_rate", "general_interest", "special_interest"}
    assert outcome(replace(on_the_line, general_debt=39.1), still, None, None).crossed["debt_rate"] == 0


# -- fans ------------------------------------------------------------------------------------------


def test_shocks_have_the_cited_spread_and_persistence():
    cited = load_parameters("bolang.pathway.debt")
    ahead = Assumptions.from_parameters(0.04, years=6)
    found = random_shocks(ahead, 0.03, 60_000, 5)
    persistence, fund, rate = (cited.number(n) for n in ("growth_persistence", "fund_deviation", "rate_deviation"))
    np.testing.assert_allclose(found.growth.std(axis=0), 0.03, rtol=0.02)
    np.testing.assert_allclose(found.growth.mean(axis=0), 0.0, atol=5e-4)
    lagged = [np.corrcoef(found.growth[:, t], found.growth[:, t + 1])[0, 1] for t in range(5)]
    np.testing.assert_allclose(lagged, persistence, atol=0.02)
    years = np.arange(1, 7)
    np.testing.assert_allclose((1 - found.fund).mean(axis=0), 1.0, atol=0.03)
    np.testing.assert_allclose(np.log(1 - found.fund).std(axis=0), fund * np.sqrt(years), rtol=0.02)
    np.testing.assert_allclose(found.rate[:, 0].std(), rate, rtol=0.05)
    assert found.rate.min() >= -ahead.issue_rate
    assert not found.revenue.any()
    assert random_shocks(ahead, 5.0, 2000, 0).growth.min() == -0.5
    # A walk of rates, cut at zero: at many times today's rate half of the draws stand at the floor.
    high = random_shocks(replace(ahead, issue_rate=1.0), 0.03, 60_000, 5).rate
    np.testing.assert_allclose(high.std(axis=0), rate * np.sqrt(years), rtol=0.02)
    with pytest.raises(BadInputError):
        random_shocks(ahead, 0.03, 0, 5)


def test_a_fan_counts_the_draws_beyond_the_line():
    ahead = Assumptions.from_parameters(0.03, years=4)
    found = fans(RICH, ahead, 0.05, draws=400, seed=2)
    paths = project(RICH, ahead, random_shocks(ahead, 0.05, 400, 2))
    assert set(found) == {rule.key for rule in rules()}
    for rule in rules():
        ratio = np.broadcast_to(rule.ratio(paths), (400, 5))
        beyond = ratio > rule.line
        np.testing.assert_allclose(found[rule.key].crossing, beyond.sum(axis=0) / 400)
        assert found[rule.key].ever == pytest.approx(sum(row.any() for row in beyond) / 400)
        for level, quantile in zip((0.05, 0.25, 0.5, 0.75, 0.95), found[rule.key].quantiles, strict=True):
            assert ((ratio <= quantile + 1e-12).mean(axis=0) >= level - 1 / 400).all()
            assert ((ratio >= quantile - 1e-12).mean(axis=0) >= 1 - level - 1 / 400).all()
    assert set(fans(replace(RICH, quota=None), ahead, 0.05, draws=3)) == {
        "debt_rate",
        "general_interest",
        "special_interest",
    }


def test_stresses_last_as_long_as_cited_whatever_the_horizon():
    for years in (2, 12):
        found = standard_stresses(Assumptions.from_parameters(0.04, years=years), 0.02)
        assert all(np.size(getattr(s.shock, n)) == years for s in found for n in ("growth", "revenue", "fund", "rate"))
