import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import location_quotient, location_quotient_interval, rank_bounds

TABLES = hnp.arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 6)), elements=st.integers(1, 10_000).map(float))


def test_the_published_quotient(published):
    case = published["location_quotient"]
    place = [case["employment"], case["place"] - case["employment"]]
    nation = [case["industry"], case["nation"] - case["industry"]]
    assert location_quotient([place], nation)[0, 0] == pytest.approx(case["answer"], abs=5e-8)


def test_the_quotients_of_a_peer(peers, zhejiang):
    np.testing.assert_allclose(
        location_quotient(zhejiang[2020]), peers["concentration"]["location_quotient"], rtol=1e-12
    )


@given(TABLES, st.floats(0.01, 100))
def test_quotients_do_not_depend_on_the_unit(table, factor):
    np.testing.assert_allclose(location_quotient(table * factor), location_quotient(table), rtol=1e-9)


@given(TABLES)
def test_quotients_average_to_one_over_places_and_over_industries(table):
    quotient = location_quotient(table)
    place, industry = table.sum(axis=1) / table.sum(), table.sum(axis=0) / table.sum()
    np.testing.assert_allclose(place @ quotient, 1.0, rtol=1e-9)
    np.testing.assert_allclose(quotient @ industry, 1.0, rtol=1e-9)


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_places_does_not_matter(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    np.testing.assert_allclose(location_quotient(table[order]), location_quotient(table)[order], rtol=1e-9)


def test_an_incomplete_place_is_missing_and_does_not_touch_the_others():
    table = np.array([[1.0, 2.0], [3.0, 4.0], [np.nan, 5.0]])
    quotient = location_quotient(table)
    assert np.isnan(quotient[2]).all()
    np.testing.assert_allclose(quotient[:2], location_quotient(table[:2]))


def test_an_empty_place_is_missing():
    assert np.isnan(location_quotient([[1.0, 2.0], [0.0, 0.0]])[1]).all()


def test_wilson_limits_as_published(published):
    for case in published["wilson"]["cases"]:
        _assert_wilson(case, abs_=6e-5)


def test_wilson_limits_of_a_peer(peers):
    for case in peers["wilson"]:
        _assert_wilson(case, abs_=1e-12)


def _assert_wilson(case, abs_):
    row = [case["count"], case["size"] - case["count"]]
    # An even reference makes every quotient twice the share.
    result = location_quotient_interval([row], [1.0, 1.0], sampling_fraction=0.0, design_effect=1.0)
    assert result.low[0, 0] / 2.0 == pytest.approx(case["low"], abs=abs_)
    assert result.high[0, 0] / 2.0 == pytest.approx(case["high"], abs=abs_)


@pytest.mark.parametrize("share", [0.002, 0.05, 0.4])
def test_intervals_hold_the_truth_as_often_as_they_say(share):
    rng = np.random.default_rng(1)
    size = 4000
    # One person in ten of a finite population.
    industry = rng.hypergeometric(int(share * 10 * size), int((1.0 - share) * 10 * size), size, size=2000)
    table = np.column_stack([industry, size - industry]).astype(float)
    result = location_quotient_interval(table, [1.0, 1.0], sampling_fraction=0.1, design_effect=1.0)
    held = (result.low[:, 0] <= 2 * share) & (2 * share <= result.high[:, 0])
    assert 0.93 < held.mean() < 0.975


def test_the_finite_population_narrows_and_households_widen():
    def width(**options):
        result = location_quotient_interval([[300.0, 700.0], [50.0, 950.0]], **options)
        return (result.high - result.low)[0, 0]

    plain = width(sampling_fraction=0.0, design_effect=1.0)
    assert width(sampling_fraction=0.1, design_effect=1.0) < plain < width(sampling_fraction=0.0, design_effect=1.5)


def test_the_log_interval_has_the_variance_of_repeated_samples_of_a_large_part():
    rng = np.random.default_rng(2)
    sizes, shares = np.array([600, 400]), np.array([0.3, 0.1])
    draws = rng.binomial(sizes, shares, size=(20_000, 2)).astype(float)
    tables = np.stack([draws, sizes - draws], axis=2)
    logs = np.log([location_quotient(t)[0, 0] for t in tables])
    expected = location_quotient_interval(
        np.stack([sizes * shares, sizes * (1 - shares)], axis=1), method="log", sampling_fraction=0.0, design_effect=1.0
    )
    assert expected.cv[0, 0] == pytest.approx(logs.std(), rel=0.03)


def test_both_methods_agree_where_the_sample_is_large():
    table = np.array([[30_000.0, 70_000.0], [900_000.0, 8_100_000.0]])
    wilson, log = (location_quotient_interval(table, method=m) for m in ("wilson", "log"))
    np.testing.assert_allclose(wilson.low[0], log.low[0], rtol=2e-3)
    np.testing.assert_allclose(wilson.high[0], log.high[0], rtol=2e-3)


def test_an_industry_without_anyone_sampled_has_an_upper_limit_only_under_wilson():
    table = [[0.0, 100.0], [500.0, 500.0]]
    wilson, log = (location_quotient_interval(table, method=m) for m in ("wilson", "log"))
    assert wilson.low[0, 0] == 0.0 < wilson.high[0, 0]
    assert np.isnan(log.high[0, 0])
    assert not wilson.precise()[0, 0]


def test_thresholds_are_passed_by_the_whole_interval():
    result = location_quotient_interval([[30.0, 70.0], [3000.0, 17000.0]])
    assert result.above(1.2)[0, 0]
    assert not result.above(result.quotient[0, 0])[0, 0]
    assert result.below(1.0)[0, 1]


@pytest.mark.parametrize(
    ("options", "words"),
    [({"level": 1.0}, "level"), ({"sampling_fraction": 1.0}, "sampling"), ({"method": "exact"}, "wilson")],
)
def test_options_out_of_range_are_refused_with_the_way_out(options, words, monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")
    with pytest.raises(BadInputError, match=words):
        location_quotient_interval([[1.0, 2.0]], **options)


@pytest.mark.parametrize(
    "table", [[1.0, 2.0], [[1.0, -1.0]], [[np.inf, 1.0]], [["a", "b"]], np.empty((0, 2)), [[0.0, 0.0]]]
)
def test_unusable_tables_are_refused(table):
    with pytest.raises(BadInputError):
        location_quotient(table)


def test_a_reference_of_the_wrong_length_is_refused():
    with pytest.raises(BadInputError):
        location_quotient([[1.0, 2.0]], [1.0, 2.0, 3.0])


def test_rank_bounds_by_counting():
    rng = np.random.default_rng(3)
    estimate = rng.normal(size=40)
    half = rng.uniform(0.05, 0.8, size=40)
    low, high = estimate - half, estimate + half
    bounds = rank_bounds(estimate, low, high)
    for i in range(40):
        assert bounds.best[i] == 1 + np.sum(low > high[i])
        assert bounds.worst[i] == 40 - np.sum(high < low[i])
        assert bounds.best[i] <= bounds.rank[i] <= bounds.worst[i]


@settings(max_examples=30)
@given(hnp.arrays(float, st.integers(1, 30), elements=st.floats(-5, 5)))
def test_points_without_error_have_their_rank(estimate):
    bounds = rank_bounds(estimate, estimate, estimate)
    np.testing.assert_array_equal(bounds.best, bounds.rank)


def test_units_without_an_interval_take_no_rank():
    bounds = rank_bounds([1.0, np.nan, 3.0], [0.5, 0.0, 2.5], [1.5, 1.0, 3.5])
    np.testing.assert_array_equal(bounds.rank, [2, np.nan, 1])
