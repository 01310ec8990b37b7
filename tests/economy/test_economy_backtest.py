"""The backtests: their measures on cases worked out by hand, and their verdicts on the data."""

import numpy as np
import polars as pl
import pytest
from handbook import assert_on_page
from hypothesis import given, settings
from hypothesis import strategies as st

import bolang as bl
from bolang.economy.calibration.calibration import calibrate, parameters
from bolang.economy.core.industries import TRADED_GOODS
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text
from bolang.pages.model.tables import TextTable, fit_grid, gap_grid, prediction_grid, province_grid, slope_grid
from bolang.validation.backtest_exports import SAMPLES, exports_backtest, goods_exports, shared_out
from bolang.validation.backtest_fit import (
    correlation_gap,
    demeaned,
    fit_in_logs,
    predicted_out_of_group,
    regress_within,
)
from bolang.validation.backtest_growth import OUTCOMES, growth_backtest
from bolang.validation.replay import InputPricesHeld


def test_a_perfect_prediction_and_one_that_is_twice_too_high():
    rng = np.random.default_rng(0)
    observed, group = rng.lognormal(size=50), rng.integers(0, 4, 50)
    perfect, double = fit_in_logs(observed, observed, group), fit_in_logs(2 * observed, observed, group)
    assert perfect.correlation == pytest.approx(1)
    assert (perfect.r2, perfect.within_two, perfect.median_error) == (1, 1, 0)
    assert double.rank == pytest.approx(1)
    assert double.within == pytest.approx(1)
    np.testing.assert_allclose([double.median_bias, double.median_error], np.log(2))
    assert double.r2 == pytest.approx(
        1 - 50 * np.log(2) ** 2 / ((np.log(observed) - np.log(observed).mean()) ** 2).sum()
    )


def test_knowing_only_the_groups_gives_no_correlation_within_them():
    rng = np.random.default_rng(1)
    group = np.repeat([0, 1], 500)
    observed = np.exp(5 * group + rng.normal(size=1000))
    fit = fit_in_logs(np.exp(5 * group + rng.normal(size=1000)), observed, group)
    assert fit.correlation > 0.8
    assert abs(fit.within) < 0.1


def test_a_fit_in_logs_refuses_what_is_not_positive():
    with pytest.raises(BadInputError, match="positive"):
        fit_in_logs(np.array([1.0, 0.0, 2.0]), np.ones(3), np.zeros(3, dtype=int))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), groups=st.integers(2, 6))
def test_regression_within_groups_equals_one_with_dummies(seed, groups):
    rng = np.random.default_rng(seed)
    group = np.concatenate([np.arange(groups), rng.integers(0, groups, 60)])
    x, y = rng.normal(size=(len(group), 2)), rng.normal(size=len(group))
    found = regress_within(y, x, group)
    dummies = (group[:, None] == np.arange(groups)).astype(float)
    design = np.column_stack([x, dummies])
    slope = np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(found.slope, slope[:2], rtol=1e-8)
    # The sandwich written out, group by group; the scores of the dummies are zero.
    left = y - design @ slope
    meat = sum(
        np.outer(design[group == g].T @ left[group == g], design[group == g].T @ left[group == g])
        for g in range(groups)
    )
    bread = np.linalg.inv(design.T @ design)
    error = np.sqrt(np.diag(bread @ meat @ bread)[:2] * groups / (groups - 1))
    half = (found.high - found.low) / 2
    np.testing.assert_allclose(half / half[0], error / error[0], rtol=1e-7)
    np.testing.assert_allclose((found.high + found.low) / 2, found.slope, rtol=1e-9, atol=1e-12)


def test_collinear_regressors_are_refused():
    x = np.random.default_rng(2).normal(size=20)
    with pytest.raises(BadInputError, match="no slope"):
        regress_within(x, np.column_stack([x, 2 * x]), np.arange(20) % 3)


def test_prediction_out_of_group_is_complete_for_a_law_and_nothing_for_noise():
    rng = np.random.default_rng(3)
    group = np.arange(900) % 9
    x = rng.normal(size=(900, 2))
    assert predicted_out_of_group(x @ np.array([1.0, -2.0]) + group, x, group) == pytest.approx(1)
    assert abs(predicted_out_of_group(rng.normal(size=900), x, group)) < 0.02


def test_taking_out_means():
    group = np.array([0, 0, 2, 2])
    np.testing.assert_allclose(demeaned(np.array([1.0, 3.0, 5.0, 9.0]), group), [-1, 1, -2, 2])


def test_the_gap_between_a_prediction_and_itself_is_nothing():
    rng = np.random.default_rng(4)
    observed, group = rng.lognormal(size=200), rng.integers(0, 5, 200)
    good, poor = observed * rng.lognormal(0, 0.2, 200), observed * rng.lognormal(0, 3, 200)
    assert correlation_gap(good, good, observed, group) == (0, 0, 0)
    centre, low, high = correlation_gap(good, poor, observed, group)
    assert 0 < low < centre < high


def test_provincial_exports_are_shared_out_completely():
    province = np.array([0, 0, 1, 2, 2])
    shares = shared_out(np.array([10.0, 5.0, 0.0]), np.array([1.0, 3.0, 2.0, 1.0, 1.0]), province)
    np.testing.assert_allclose(shares, [2.5, 7.5, 5, 0, 0])


def test_costs_do_not_feel_input_prices_once_these_are_held():
    links = np.array([[0.2, 0.1], [0.1, 0.3]])
    held = InputPricesHeld(1 - links.sum(axis=0), links, np.array([0.5, 0.5]))
    cost = held.log_cost(np.array([[0.1]]), np.array([[[1.0], [2.0]]]))
    np.testing.assert_allclose(cost[0, :, 0], 0.1 * (1 - links.sum(axis=0)))


def test_a_grid_becomes_a_table_of_the_handbook():
    grid = TextTable(Text("表", "table"), (Text("甲", "a"), Text("乙", "b")), ((Text("行", "row"), ("1",)),))
    assert grid.markdown("en") == "| a | b |\n| --- | ---: |\n| row | 1 |"


def test_national_exports_agree_with_the_sum_of_provinces():
    cited = parameters()["national_exports_usd"].value
    totals = bl.Atlas(workspace=False).table("province_panel").group_by("year").agg(pl.col("exports_10k_usd").sum())
    for year, exports in totals.iter_rows():
        if year in cited:
            assert exports / 1e4 == pytest.approx(cited[year], rel=1e-3)


@pytest.fixture(scope="module")
def exports_tested():
    return exports_backtest(bl.Atlas(workspace=False))


@pytest.mark.slow
class TestExports:
    """What docs/validation.md says about county exports."""

    def test_exports_of_goods_add_up_to_the_national_table(self):
        fitted = calibrate(bl.Atlas(workspace=False))
        total = sum(part.sum() for part in goods_exports(fitted.economy))
        assert total == pytest.approx(fitted.abroad.exports[:, TRADED_GOODS].sum(), rel=1e-9)

    def test_the_fit_is_where_it_was(self, exports_tested):
        fit = exports_tested.fits["all", "hubs"]
        assert fit.count == 779
        assert fit.correlation == pytest.approx(0.77, abs=0.02)
        assert fit.within == pytest.approx(0.65, abs=0.02)
        assert fit.within_three == pytest.approx(0.53, abs=0.03)
        assert np.exp(fit.median_bias) == pytest.approx(2.3, abs=0.3)

    def test_the_model_beats_sharing_by_employment_but_not_by_value_added(self, exports_tested):
        assert exports_tested.gaps["all", "employment"][1] > 0
        for name in ("value_added", "gdp"):
            _, low, high = exports_tested.gaps["all", name]
            assert low < 0 < high

    def test_hubs_order_market_counties_better_but_overstate_them(self, exports_tested):
        assert (
            exports_tested.fits["hub_counties", "hubs"].within
            > exports_tested.fits["hub_counties", "direct"].within + 0.1
        )
        assert (
            exports_tested.fits["hub_counties", "hubs"].median_bias
            > exports_tested.fits["hub_counties", "direct"].median_bias
        )
        assert abs(exports_tested.gaps["all", "direct"][0]) < 0.02

    def test_without_hubs_yiwu_exports_a_fraction_of_what_it_does(self, exports_tested):
        assert exports_tested.anchor["hubs"] == pytest.approx(3006, rel=1e-3)
        assert exports_tested.anchor["direct"] < 0.2 * exports_tested.anchor["observed"]

    def test_tables_hold_every_county_and_predictor(self, exports_tested):
        assert exports_tested.counties().height == len(exports_tested.observed.rows)
        assert exports_tested.observed.value.sum() < 1.2 * exports_tested.predicted["hubs"].sum()
        assert len(fit_grid(exports_tested, "all").rows) == len(exports_tested.predicted)

    def test_the_page_shows_what_the_code_gives(self, exports_tested):
        grids = [*(fit_grid(exports_tested, sample) for sample in SAMPLES), gap_grid(exports_tested)]
        for grid in (*grids, province_grid(exports_tested)):
            assert_on_page("validation.md", grid)


@pytest.fixture(scope="module")
def growth_tested():
    return growth_backtest(bl.Atlas(workspace=False))


@pytest.mark.slow
class TestGrowth:
    """What docs/validation.md says about growth from 2010 to 2020."""

    def test_factories_grew_where_market_access_was_good(self, growth_tested):
        slopes = {(s.outcome, s.mechanism): s for s in growth_tested.slopes}
        assert slopes["manufacturing", "market_access"].low > 0
        assert slopes["population", "real_income"].low > 0
        assert slopes["population", "market_access"].low < 0 < slopes["population", "market_access"].high

    def test_selling_through_hubs_did_not_bring_growth(self, growth_tested):
        slopes = {(s.outcome, s.mechanism): s for s in growth_tested.slopes}
        assert slopes["manufacturing", "hub_share"].alone < 0

    def test_mechanisms_help_to_predict_factories_but_not_people(self, growth_tested):
        assert (
            growth_tested.predicted["manufacturing"]["model"]
            > growth_tested.predicted["manufacturing"]["controls"] + 0.01
        )
        assert (
            growth_tested.predicted["population"]["model"] < growth_tested.predicted["population"]["controls"] + 0.005
        )

    def test_the_effect_of_yiwu_on_others_is_too_small_to_be_tested(self, growth_tested):
        assert max(growth_tested.market_spread.values()) < 0.005
        agree = {key for key, test in growth_tested.market.items() if test.low[0] < 1 < test.high[0]}
        assert agree == {"wholesale", "population"}
        assert growth_tested.market["manufacturing"].high[0] < 0  # the failure is told on the page
        assert len(prediction_grid(growth_tested).rows) == 3

    def test_the_page_shows_what_the_code_gives(self, growth_tested):
        for grid in (*(slope_grid(growth_tested, outcome) for outcome in OUTCOMES), prediction_grid(growth_tested)):
            assert_on_page("validation.md", grid)
