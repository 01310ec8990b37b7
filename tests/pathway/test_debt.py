"""Debt: hand-worked ratios, ten years against closed forms, stress, and what is said when nothing is known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.atlas.trace import STAGE
from bolang.document.model import Number, Table
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import join, same
from bolang.pages.debt import debt_page
from bolang.pages.debt.sentences import answer, assumed_text, case_text, crossed_text
from bolang.pathway.debt import (
    Assumptions,
    FiscalPosition,
    OutlookShock,
    assess,
    band,
    fiscal_ratios,
    output_stress,
    project,
)
from bolang.pathway.debt.assessment import DebtNote
from bolang.pathway.debt.dynamics import accumulate, repriced_rate, servicing_balance, stabilising_balance
from bolang.pathway.debt.outlook import unadjusted
from bolang.pathway.debt.sources import fiscal_position
from bolang.pathway.debt.stress import Stress
from bolang.wording import load

DEBT_WORDS = load("debt")

# A county of a rating report: revenue 13.68, of which tax 6.20, expenditure 56.34 (亿元).
SMALL = FiscalPosition(2023, revenue=13.68, tax=6.20, expenditure=56.34)
# Jinan 2022: general budget revenue, government funds, transfers (亿元).
JINAN = FiscalPosition(2022, revenue=1000.21, fund_revenue=547.29, transfers=285.78)
FULL = FiscalPosition(
    2024,
    gdp=300.0,
    revenue=20.0,
    tax=14.0,
    expenditure=60.0,
    transfers=35.0,
    fund_revenue=15.0,
    fund_expenditure=18.0,
    land_revenue=12.0,
    general_debt=30.0,
    special_debt=45.0,
    quota=80.0,
)


def plain(**changes):
    return Assumptions.from_parameters(**changes)


def test_the_hand_worked_county():
    ratios = fiscal_ratios(SMALL)
    assert round(100 * ratios["tax_share"], 2) == 45.32
    assert round(100 * ratios["self_sufficiency"], 2) == 24.28
    assert "land_dependence" not in ratios


def test_comprehensive_resources_of_jinan():
    assert JINAN.resources == pytest.approx(1833.28)
    assert SMALL.resources is None  # never from parts


@pytest.mark.parametrize(
    ("rate", "colour"),
    [(1.19, "green"), (1.2, "yellow"), (1.999, "yellow"), (2.0, "orange"), (3.0, "red"), (4.1, "red")],
)
def test_bands(rate, colour):
    assert band(rate) == colour


def test_every_line_of_a_county_that_knows_its_debt():
    result = assess(FULL, plain(effective_rate=0.03, issue_rate=0.025))
    assert result.reading("debt_rate").ratio == pytest.approx(75 / 70)
    assert result.reading("debt_rate").room == pytest.approx(1.2 * 70 - 75)
    assert "debt_to_gdp" not in {r.rule.key for r in result.readings}  # 60 % of GDP is no line of Chinese law
    assert result.reading("general_interest").ratio == pytest.approx(0.9 / 60)
    assert result.reading("general_interest").room == pytest.approx((6.0 - 0.9) / 0.025)
    assert result.reading("special_interest").room == pytest.approx((1.8 - 1.35) / 0.025)
    assert result.reading("special_interest").estimated
    assert result.binding.rule.key == "quota"
    assert result.room == pytest.approx(5.0)
    assert assess(replace(FULL, quota=None)).binding.rule.key == "debt_rate"
    assert result.band == "green"


def test_own_interest_is_used_where_it_is_given():
    result = assess(replace(FULL, general_interest=1.5))
    assert result.reading("general_interest").ratio == pytest.approx(1.5 / 60)
    assert not result.reading("general_interest").estimated


def test_without_debt_figures_none_is_invented():
    result = assess(SMALL)
    assert result.binding is None
    assert result.room is None
    assert result.outcomes == ()
    assert result.fans == {}
    assert result.reading("general_interest").ratio is None
    assert result.tightest.rule.key == "general_interest"
    assert result.tightest.allowed == pytest.approx(0.1 * 56.34 / 0.0306)
    assert result.notes[0] == DebtNote("no_debt")
    assert "debt" in result.reading("debt_rate").missing
    empty = assess(FiscalPosition(2024))
    assert empty.tightest is None
    assert "无法判断" in answer(empty).zh


@given(st.floats(0.0, 3.0), st.floats(0.0, 0.1), st.floats(-0.05, 0.15), st.floats(-0.02, 0.0), st.integers(1, 10))
@settings(max_examples=100, deadline=None)
def test_ten_years_against_the_closed_form(start, rate, growth, balance, years):
    output = 100.0 * (1 + growth) ** np.arange(years + 1)
    debt = accumulate(start * 100.0, np.full(years, rate), balance * output[1:])
    q = (1 + rate) / (1 + growth)
    powers = years if abs(q - 1) < 1e-9 else (q**years - 1) / (q - 1)
    assert debt[-1] / output[-1] == pytest.approx(start * q**years - balance * powers, rel=1e-8, abs=1e-10)


def test_the_stabilising_balance_stabilises():
    debt_ratio, rate, growth = 0.4, 0.03, 0.05
    balance = stabilising_balance(debt_ratio, rate, growth)
    assert balance == pytest.approx(0.4 * (0.03 - 0.05) / 1.05)
    output = 50.0 * 1.05 ** np.arange(11)
    path = accumulate(debt_ratio * 50.0, np.full(10, rate), balance * output[1:])
    np.testing.assert_allclose(path / output, debt_ratio)


def test_repricing_against_its_closed_form():
    path = repriced_rate(0.035, np.full(10, 0.02), 6.0)
    np.testing.assert_allclose(path, 0.02 + 0.015 * (1 - 1 / 6) ** np.arange(1, 11))


def test_the_baseline_of_the_projection_against_its_closed_form():
    ahead = plain(new_debt={"total": 0.1}, refinanced=0.8, growth=0.05)
    position = FiscalPosition(2024, gdp=100.0, debt=40.0)
    kept = 1 - 0.2 / ahead.remaining_years["total"]
    new = 0.1 * 40.0 * 1.05 ** np.arange(1, 11)
    expected = 40.0 * kept**10 + (new * kept ** np.arange(9, -1, -1)).sum()
    balance = project(position, ahead)
    assert balance.debt[-1] == pytest.approx(expected)
    assert balance.gdp[-1] == pytest.approx(100 * 1.05**10)
    rate = repriced_rate(ahead.effective_rate, np.full(10, ahead.issue_rate), ahead.remaining_years["total"])
    again = accumulate(40.0, rate, servicing_balance(40.0, rate, new, ahead.remaining_years["total"], 0.8))
    np.testing.assert_allclose(again, balance.debt)


def test_no_shock_is_the_baseline():
    ahead = plain()
    calm = project(FULL, ahead, OutlookShock.none(10))
    base = project(FULL, ahead)
    for name in ("debt", "resources", "general_interest", "fund_expenditure"):
        np.testing.assert_allclose(getattr(calm, name), getattr(base, name), rtol=1e-12)


def test_a_revenue_shortfall_is_borrowed_and_its_interest_paid():
    """Two are short once: debt is higher by two for good, and the budget pays 3 % on them every year."""
    ahead = plain(effective_rate=0.03, issue_rate=0.03, new_debt={"general": 0.0}, growth=0.0, transfer_growth=0.0)
    shock = replace(OutlookShock.none(10), revenue=np.array([0.1] + [0.0] * 9))
    calm, hit = project(FULL, ahead), project(FULL, ahead, shock)
    np.testing.assert_allclose(hit.debt - calm.debt, [0.0, *[2.0] * 10], atol=1e-12)
    np.testing.assert_allclose((hit.general_interest - calm.general_interest)[2:], 0.06, atol=1e-12)


def test_dearer_interest_is_paid_and_never_borrowed():
    """Article 35 of the budget law: debt pays for capital. The interest lines move, debt does not."""
    ahead = plain(effective_rate=0.03, issue_rate=0.03, new_debt={"special": 0.1}, growth=0.05)
    dear = replace(OutlookShock.none(10), rate=np.full(10, 0.0122))
    calm, hit = project(FULL, ahead), project(FULL, ahead, dear)
    np.testing.assert_allclose(hit.debt, calm.debt)
    assert (np.diff(hit.special_interest - calm.special_interest) > 0).all()


def said_of_quota(outcomes):
    return DEBT_WORDS("answer.stress.quota", cases=join([case_text(outcome) for outcome in outcomes], "、", ", "))


def test_a_case_that_crosses_names_line_and_year_and_what_a_quota_is():
    """83 of debt over 70 is below 120 % and over 64 above it; what a quota cannot hold is said apart, and is no line of risk."""
    tight = assess(replace(FULL, general_debt=38.0, quota=90.0))
    land = next(outcome for outcome in tight.newly_crossed if outcome.key == "land")
    assert land.crossed["debt_rate"] == 1
    assert crossed_text("debt_rate", 1).zh in answer(tight).zh
    assert said_of_quota([land]).zh not in answer(tight).zh
    lost = Stress(
        "growth", replace(OutlookShock.none(10), growth=np.array([-0.4] + [0.0] * 9)), {"years": 1, "points": 40}
    )
    broken = assess(replace(FULL, quota=75.5, debt_before=60.0), plain(adjustment_years=10), stresses=(lost,))
    assert "quota" in broken.outcomes[-1].crossed
    beyond = [outcome for outcome in broken.newly_crossed if "quota" in outcome.crossed]
    assert said_of_quota(beyond).en in answer(broken).en


def test_borrowing_that_goes_on_as_last_year_is_said():
    """75 now, 70 the year before: 5 net, which the baseline repeats as output grows."""
    found = assess(replace(FULL, debt_before=70.0))
    note = next(note for note in found.notes if note.kind == "borrowing")
    repaid = (1 - found.assumptions.refinanced) / found.assumptions.remaining_years["total"] * 70.0
    assert note.amount == pytest.approx(5.0 + repaid)
    assert not any(note.kind == "borrowing" for note in assess(FULL).notes)


def test_spending_follows_what_lasts():
    passing = np.array([0.0, 5.0, 5.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(unadjusted(passing, 3), passing)
    lasting = np.array([0.0, 4.0, 4.0, 6.0, 6.0, 6.0])
    np.testing.assert_allclose(unadjusted(lasting, 3), [0.0, 4.0, 4.0, 6.0, 2.0, 2.0])
    gain = -lasting
    np.testing.assert_allclose(unadjusted(gain, 3), -unadjusted(lasting, 3))


def test_stress_only_ever_raises_debt_and_names_what_it_breaks():
    result = assess(FULL)
    base = result.outcomes[0]
    for stressed in result.outcomes[1:]:
        assert (stressed.balance.debt >= base.balance.debt - 1e-9).all()
    assert {o.key for o in result.outcomes} == {"baseline", "growth", "revenue", "land", "rate", "combined"}
    land = next(o for o in result.outcomes if o.key == "land")
    assert "special_interest" in land.crossed


def test_stress_that_needs_an_unknown_budget_is_left_out():
    keys = {o.key for o in assess(replace(FULL, fund_revenue=None, land_revenue=None)).outcomes}
    assert "land" not in keys
    assert "revenue" in keys


def test_a_trade_shock_from_the_model_moves_output_and_revenue_by_what_the_model_said():
    ahead = plain()
    shock = output_stress("tariff_europe", gdp=-0.04, revenue=-0.07)
    calm, hit = project(FULL, ahead), project(FULL, ahead, shock.shock)
    assert hit.gdp[1] / calm.gdp[1] == pytest.approx(1 - 0.04 / 1.045)
    only_revenue = replace(FULL, transfers=0.0, fund_revenue=0.0, land_revenue=0.0)
    ratio = project(only_revenue, ahead, shock.shock).resources[1] / project(only_revenue, ahead).resources[1]
    assert ratio == pytest.approx(0.93, abs=0.002)
    assert "tariff_europe" in {o.key for o in assess(FULL, ahead, stresses=[shock]).outcomes}


def test_plan_debt_is_counted_with_its_interest():
    ahead = plain()
    plan = np.full(10, 8.0)
    with_plan, without = project(FULL, ahead, plan_debt=plan), project(FULL, ahead)
    np.testing.assert_allclose(with_plan.debt - without.debt, [0.0, *plan])
    np.testing.assert_allclose((with_plan.general_interest - without.general_interest)[2:], 8.0 * ahead.issue_rate)
    assert assess(FULL, ahead, plan_debt=np.full(10, 20.0)).outcomes[0].crossed["quota"] == 1


def test_fans_are_ordered_seeded_and_centred():
    first, again, other = assess(FULL, seed=3), assess(FULL, seed=3), assess(FULL, seed=4)
    fan = first.fans["debt_rate"]
    assert (np.diff(fan.quantiles, axis=0) >= 0).all()
    np.testing.assert_array_equal(fan.quantiles, again.fans["debt_rate"].quantiles)
    assert not np.array_equal(fan.quantiles, other.fans["debt_rate"].quantiles)
    np.testing.assert_allclose(fan.quantiles[:, 0], 75 / 70)
    assert fan.ever >= fan.crossing.max()
    assert fan.quantiles[2, -1] == pytest.approx(first.outcomes[0].ratios["debt_rate"][-1], rel=0.05)


def test_last_years_borrowing_goes_on_where_it_is_known():
    going_on = assess(replace(FULL, debt_before=68.0))
    without = assess(FULL)
    assert going_on.outcomes[0].balance.debt[1] - going_on.outcomes[0].balance.debt[0] == pytest.approx(
        7.0 * 1.045, rel=0.04
    )
    assert without.outcomes[0].balance.debt[1] < 75.0
    assert DebtNote("no_borrowing") in without.notes


@pytest.mark.parametrize(
    ("item", "value", "message"),
    [("revenue", -1.0, "0 or more|非负"), ("tax", 30.0, "exceeds|大于"), ("gdp", float("nan"), "0 or more|非负")],
)
def test_impossible_figures_are_refused(item, value, message):
    with pytest.raises(BadInputError, match=message):
        replace(FULL, **{item: value})


def test_figures_laid_over_carry_their_source():
    laid = SMALL.with_given("预算执行报告", general_debt=12.0, special_debt=20.0)
    assert laid.total_debt == 32.0
    assert laid.sources["general_debt"] == same("预算执行报告")
    with pytest.raises(BadInputError, match=r"hidden"):
        SMALL.with_given("x", hidden=1.0)


def test_a_quota_grows_as_policy_raises_it_and_at_least_by_planned_borrowing():
    """By hand: 80 grows by 8 % a year; borrowing ten per cent of debt a year raises it faster in the end."""
    calm = project(FULL, plain())
    np.testing.assert_allclose(calm.quota, 80.0 * 1.08 ** np.arange(11))
    borrowing = project(FULL, plain(new_debt={"general": 0.3, "special": 0.3}, growth=0.0))
    planned = FULL.quota + borrowing.debt - FULL.total_debt
    np.testing.assert_allclose(borrowing.quota, np.maximum(80.0 * 1.08 ** np.arange(11), planned))
    shock = replace(OutlookShock.none(10), revenue=np.array([0.5] + [0.0] * 9))
    hit = project(FULL, plain(new_debt={"general": 0.3, "special": 0.3}, growth=0.0), shock)
    np.testing.assert_allclose(hit.quota, borrowing.quota)


def test_an_unknown_debt_is_not_mistaken_for_room():
    result = assess(SMALL)
    assert "举债空间无法判断" in answer(result).zh
    assert "亿元" not in answer(result).zh


def test_debt_that_is_only_expected_is_said_to_be():
    atlas = Atlas(workspace=False)
    position = fiscal_position(atlas, atlas.county("曹县"))
    assert (position.debt, position.years.get("debt", position.year)) == (pytest.approx(202.37), 2025)
    assert position.sources["debt"].zh.endswith(STAGE["expected"].zh)


def test_every_case_is_named_and_says_what_it_assumes():
    shock = output_stress("tariff_europe", gdp=-0.04, revenue=-0.07)
    said = {case_text(o).zh: assumed_text(o).zh for o in assess(FULL, plain(), 0.02, stresses=[shock]).outcomes}
    assert said["基准"] == "名义增长4.5%，其余按列明的假设"
    assert said["欧洲与地中海对我国货物加征25%关税"] == "模型结果（GDP−4.00%）"
    assert len(said) == 7


def test_no_amount_of_debt_is_read_off_spending_alone():
    """Revenue 11.84 and spending 100.68: a tenth of spending over 3.06 % would "allow" 329, which nobody could repay."""
    bare = debt_page(assess(FiscalPosition(2023, revenue=11.84, expenditure=100.68), draws=100), same("某县"))
    assert [block.key for block in bare.front if isinstance(block, Table)] == ["known"]
    low = debt_page(assess(replace(FULL, general_interest=0.9), draws=100), same("某县"))
    lines = next(block for block in low.front if isinstance(block, Table) and block.key == "lines")
    room = {row.key: row.cells[3] for row in lines.rows}
    assert room["quota"].value == pytest.approx(5.0)
    assert not isinstance(room["general_interest"], Number)
