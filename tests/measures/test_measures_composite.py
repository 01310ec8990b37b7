import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import (
    composite_score,
    critic_weights,
    entropy_weights,
    normalize,
    rank_descending,
    rank_robustness,
    topsis,
)

TABLES = hnp.arrays(float, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 999).map(float))


def _indicators(zhejiang):
    e = zhejiang[2020]
    return np.column_stack([e.sum(axis=1), e[:, 2] + 1, e[:, 0] + 1, e[:, 5] + 1])


def test_the_reference_entropy_weights(published):
    case = published["entropy"]
    np.testing.assert_allclose(entropy_weights(case["values"], normalization="none"), case["answer"], atol=5e-7)


def test_the_reference_topsis(published):
    case = published["topsis"]
    np.testing.assert_allclose(topsis(case["values"], case["weights"]).score, case["answer"], atol=5e-5)


def test_the_answers_of_two_peers(peers, zhejiang):
    x, answers = _indicators(zhejiang), peers["composite"]
    costs = np.array(answers["costs"])
    entropy = entropy_weights(x, normalization="none")
    np.testing.assert_allclose(entropy, answers["entropy_skcriteria"], rtol=1e-10)
    np.testing.assert_allclose(entropy, answers["entropy_pymcdm"], rtol=1e-10)
    np.testing.assert_allclose(critic_weights(x, costs), answers["critic_skcriteria"], rtol=1e-10)
    weights = np.array(answers["weights"])
    np.testing.assert_allclose(topsis(x, weights, costs).score, answers["topsis_skcriteria"], rtol=1e-10)
    np.testing.assert_allclose(topsis(x[:, ~costs], weights[~costs]).score, answers["topsis_pymcdm"], rtol=1e-10)


@pytest.mark.parametrize("weigh", [entropy_weights, critic_weights])
@given(table=TABLES, factor=st.floats(0.01, 100))
def test_weights_are_shares_that_do_not_depend_on_units(weigh, table, factor):
    assume((np.ptp(table, axis=0) > 0).all())
    corr = np.corrcoef(table.T)
    assume(weigh is entropy_weights or (corr[~np.eye(len(corr), dtype=bool)] < 0.999).any())
    weights = weigh(table)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= -1e-12).all()
    np.testing.assert_allclose(weigh(table * factor), weights, atol=1e-7)


def test_a_constant_indicator_has_no_weight():
    table = np.column_stack([[1.0, 5.0, 9.0, 2.0], np.full(4, 7.0), [3.0, 1.0, 2.0, 8.0]])
    assert entropy_weights(table)[1] == 0.0
    assert critic_weights(table)[1] == 0.0
    with pytest.raises(BadInputError):
        entropy_weights(np.ones((3, 2)))


@given(TABLES)
def test_normalised_indicators_keep_the_order_and_mirror_costs(table):
    costs = np.arange(table.shape[1]) % 2 == 1
    for method in ("minmax", "zscore", "rank", "sum", "vector"):
        scaled = normalize(table, method, costs)
        for j in range(table.shape[1]):
            if np.ptp(table[:, j]) > 0:
                facing = -table[:, j] if costs[j] else table[:, j]
                np.testing.assert_array_equal(rank_descending(np.round(scaled[:, j], 12)), rank_descending(facing))


def test_each_normalisation_by_hand():
    x = [[1.0], [3.0], [5.0], [3.0]]
    np.testing.assert_allclose(normalize(x, "minmax").ravel(), [0, 0.5, 1, 0.5])
    np.testing.assert_allclose(normalize(x, "zscore").ravel(), np.array([-2, 0, 2, 0]) / np.sqrt(2))
    np.testing.assert_allclose(normalize(x, "rank").ravel(), [0, 0.5, 1, 0.5])
    np.testing.assert_allclose(normalize(x, "sum").ravel(), np.array([1, 3, 5, 3]) / 12)
    np.testing.assert_allclose(normalize(x, "vector").ravel(), np.array([1, 3, 5, 3]) / np.sqrt(44))


def test_missing_values_stay_missing_and_do_not_touch_the_others():
    x = np.array([[1.0, 4.0], [np.nan, 2.0], [3.0, 9.0], [5.0, 1.0]])
    for method in ("minmax", "zscore", "rank", "sum", "vector"):
        scaled = normalize(x, method)
        assert np.isnan(scaled[1, 0])
        np.testing.assert_allclose(scaled[[0, 2, 3], 0], normalize(x[[0, 2, 3]], method)[:, 0])
        assert np.isnan(normalize(np.column_stack([x[:, 0], np.full(4, np.nan)]), method)[:, 1]).all()
    assert np.isnan(topsis(x, [1, 1]).score[1])
    np.testing.assert_allclose(topsis(x, [1, 1]).score[[0, 2, 3]], topsis(x[[0, 2, 3]], [1, 1]).score)
    assert np.isnan(composite_score(x, [1, 1])[1])


@given(TABLES)
def test_topsis_lies_between_worst_and_ideal(table):
    assume((np.ptp(table, axis=0) > 0).any())
    best, worst = table.max(axis=0), table.min(axis=0)
    score = topsis(np.vstack([table, best, worst]), np.ones(table.shape[1])).score
    assert ((score >= 0) & (score <= 1)).all()
    assert score[-2] == pytest.approx(1.0)
    assert score[-1] == pytest.approx(0.0)


def test_rank_ranges_hold_the_rank_and_widen_with_freedom(zhejiang):
    x = _indicators(zhejiang)
    weights = np.full(4, 0.25)
    free = rank_robustness(x, weights, draws=300)
    tight = rank_robustness(x, weights, draws=300, concentration=1e6, normalizations=("minmax",))
    assert (free.low <= free.median).all()
    assert (free.median <= free.high).all()
    np.testing.assert_array_equal(tight.rank, free.rank)
    assert (tight.high - tight.low).mean() < (free.high - free.low).mean()
    assert (np.abs(tight.median - tight.rank) <= 1).all()
    np.testing.assert_array_equal(free.low, rank_robustness(x, weights, draws=300).low)


def test_a_unit_best_in_everything_is_first_under_all_weights():
    x = np.vstack([np.random.default_rng(1).uniform(0, 1, (20, 3)), [2.0, 2.0, 2.0]])
    result = rank_robustness(x, [1, 1, 1], draws=200)
    assert (result.low[-1], result.high[-1]) == (1, 1)


def test_sampling_errors_widen_the_range(zhejiang):
    x = _indicators(zhejiang)
    options = {"concentration": 1e6, "normalizations": ("minmax",), "draws": 200}
    sure = rank_robustness(x, np.ones(4), **options)
    unsure = rank_robustness(x, np.ones(4), errors=0.2 * x, **options)
    assert (unsure.high - unsure.low).mean() > (sure.high - sure.low).mean()


def test_incomplete_units_have_no_rank():
    x = np.array([[1.0, 2.0], [np.nan, 1.0], [3.0, 0.5], [2.0, 4.0]])
    result = rank_robustness(x, [1, 1], draws=50)
    assert np.isnan(result.rank[1])
    assert np.nanmax(result.high) <= 3


def test_a_unit_with_enough_of_the_weight_is_scored_on_what_it_has():
    x = np.array([[80.0, np.nan, np.nan, 40.0], [80.0, np.nan, np.nan, np.nan], [10.0, 20.0, 30.0, 40.0]])
    assert composite_score(x, np.ones(4), minimum_share=0.5) == pytest.approx([60.0, np.nan, 25.0], nan_ok=True)
    assert composite_score(x, [3, 0, 0, 1], minimum_share=0.75) == pytest.approx([70.0, 80.0, 17.5])
    with pytest.raises(BadInputError):
        composite_score(x, np.ones(4), minimum_share=0.0)


def test_ranks_over_what_is_known_stay_within_the_field():
    generator = np.random.default_rng(5)
    x = generator.normal(size=(60, 4))
    x[::7, 0] = np.nan
    x[3, 1:] = np.nan
    result = rank_robustness(x, np.ones(4), draws=60, minimum_share=0.5)
    assert np.isnan(result.rank[3])
    known = np.delete(np.arange(60), 3)
    assert (result.low[known] >= 1).all()
    assert (result.high[known] <= 59).all()
    assert sorted(result.rank[known]) == list(range(1, 60))


@pytest.mark.parametrize(
    "call",
    [
        lambda: normalize([[1.0, 2.0]], "softmax"),
        lambda: normalize([[1.0, 2.0]], costs=[True]),
        lambda: entropy_weights([[1.0, 2.0], [3.0, 4.0]], [True, False], normalization="none"),
        lambda: entropy_weights([[1.0, 2.0]]),
        lambda: topsis([[1.0, 2.0], [2.0, 1.0]], [0.0, 0.0]),
        lambda: rank_robustness([[1.0, 2.0], [2.0, 1.0]], [1.0, 1.0], draws=0),
    ],
)
def test_unusable_arguments_are_refused(call):
    with pytest.raises(BadInputError):
        call()


def test_topsis_by_either_norm_worked_by_hand():
    """Three units, two indicators of equal weight; by vector (1, 3, 2) over the root of 14, by min-max (0, 1, 1/2)."""
    values, weights = [[1.0, 10.0], [3.0, 20.0], [2.0, 40.0]], [1.0, 1.0]
    plain = topsis(values, weights, norm="minmax")
    np.testing.assert_allclose(plain.to_best, [np.sqrt(0.5), 1 / 3, 0.25])
    np.testing.assert_allclose(plain.to_worst, [0.0, np.sqrt(0.25 + 1 / 36), np.sqrt(0.0625 + 0.25)])
    np.testing.assert_allclose(plain.score, [0.0, 0.61257, 0.69098], atol=5e-6)
    np.testing.assert_allclose(topsis(values, weights).score, [0.0, 0.56949, 0.72571], atol=5e-5)
    cost = topsis(values, weights, [True, False], norm="minmax")
    np.testing.assert_allclose(cost.to_best, [0.5, np.sqrt(0.25 + 1 / 9), 0.25])


@pytest.mark.parametrize("name", ["", "a", "max", "minmaxx", "vector", "zzz"])
def test_weights_know_two_normalisations_and_no_other(name):
    with pytest.raises(BadInputError):
        entropy_weights([[1.0, 2.0], [2.0, 1.0]], normalization=name)
