import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import dagum_decomposition, gini, mean_log_deviation, theil, theil_decomposition

VALUES = hnp.arrays(float, st.integers(2, 30), elements=st.integers(1, 10_000).map(float))


def test_the_published_gini(published):
    for case in published["gini"]["cases"]:
        assert gini(case["values"], case.get("weights")) == pytest.approx(case["answer"], abs=5e-5)


def test_the_published_mean_log_deviation(published):
    case = published["mean_log_deviation"]
    assert mean_log_deviation(case["values"]) == pytest.approx(case["answer"], abs=5e-8)


def test_the_answers_of_a_peer(peers, zhejiang):
    total, answers = zhejiang[2020].sum(axis=1), peers["inequality"]
    split = theil_decomposition(total, [code[:4] for code in zhejiang["codes"]])
    assert gini(total) == pytest.approx(answers["gini"], rel=1e-12)
    assert split.total == pytest.approx(answers["theil"], rel=1e-12)
    assert split.between == pytest.approx(answers["between"], rel=1e-12)
    assert split.within == pytest.approx(answers["within"], rel=1e-12)


def test_dagum_by_the_definition():
    # Dagum (1997), definitions 4 to 12, with plain loops over pairs of units.
    rng = np.random.default_rng(6)
    groups = np.repeat([0, 1, 2], [7, 5, 9])
    x = rng.lognormal(2.0 + 0.4 * groups, 0.6)
    result = dagum_decomposition(x, groups)
    n, mean = len(x), x.mean()
    within = between = overlap = 0.0
    for j in range(3):
        for h in range(3):
            a, b = x[groups == j], x[groups == h]
            pair = np.abs(a[:, None] - b[None, :]).mean() / (a.mean() + b.mean())
            weight = len(a) / n * (len(b) * b.mean() / (n * mean))
            if j == h:
                within += pair * weight
                continue
            rich, poor = (a, b) if a.mean() > b.mean() else (b, a)
            excess = np.maximum(rich[:, None] - poor[None, :], 0).mean()
            lag = np.maximum(poor[:, None] - rich[None, :], 0).mean()
            affluence = (excess - lag) / (excess + lag)
            assert result.affluence[j, h] == pytest.approx(affluence)
            assert result.group_gini[j, h] == pytest.approx(pair)
            between += pair * weight * affluence
            overlap += pair * weight * (1 - affluence)
    assert (result.within, result.between, result.transvariation) == pytest.approx((within, between, overlap))


@given(VALUES, st.data())
def test_decompositions_add_up(values, data):
    groups = data.draw(hnp.arrays(int, len(values), elements=st.integers(0, 3)))
    weights = data.draw(hnp.arrays(float, len(values), elements=st.integers(1, 50).map(float)))
    split = theil_decomposition(values, groups, weights)
    assert split.within + split.between == pytest.approx(split.total, abs=1e-9)
    assert split.total == pytest.approx(theil(values, weights), abs=1e-12)
    parts = dagum_decomposition(values, groups, weights)
    assert parts.within + parts.between + parts.transvariation == pytest.approx(parts.total, abs=1e-9)
    assert parts.total == pytest.approx(gini(values, weights), abs=1e-12)


@given(VALUES, st.floats(0.01, 100))
def test_the_unit_does_not_matter(values, factor):
    for measure in (gini, theil, mean_log_deviation):
        assert measure(values * factor) == pytest.approx(measure(values), abs=1e-9)


@given(VALUES)
def test_bounds_and_order(values):
    n = len(values)
    assert -1e-12 <= gini(values) <= 1 - 1 / n + 1e-12
    assert -1e-12 <= theil(values) <= np.log(n) + 1e-12
    assert mean_log_deviation(values) >= -1e-12
    assert gini(values[::-1]) == pytest.approx(gini(values), abs=1e-12)


@given(VALUES)
def test_a_copy_of_everybody_changes_nothing(values):
    twice = np.tile(values, 2)
    assert gini(twice) == pytest.approx(gini(values), abs=1e-10)
    assert theil(twice) == pytest.approx(theil(values), abs=1e-10)


@given(VALUES, st.data())
def test_a_weight_counts_like_copies(values, data):
    copies = data.draw(hnp.arrays(int, len(values), elements=st.integers(1, 4)))
    spread = np.repeat(values, copies)
    assert gini(values, copies) == pytest.approx(gini(spread), abs=1e-10)
    assert theil(values, copies) == pytest.approx(theil(spread), abs=1e-10)


def test_a_transfer_from_poor_to_rich_raises_inequality():
    before, after = [10.0, 20.0, 30.0, 40.0], [5.0, 20.0, 30.0, 45.0]
    for measure in (gini, theil, mean_log_deviation):
        assert measure(after) > measure(before)


def test_units_without_a_value_are_left_out():
    assert gini([1.0, np.nan, 3.0]) == gini([1.0, 3.0])
    split = theil_decomposition([1.0, np.nan, 3.0, 5.0], ["a", "b", "a", "a"])
    assert split.labels.tolist() == ["a"]


@pytest.mark.parametrize("values", [[0.0, 0.0], [np.nan], [-1.0, 2.0]])
def test_what_has_no_inequality_is_refused(values):
    with pytest.raises(BadInputError):
        gini(values)


def test_zero_values_have_theil_but_no_mean_log_deviation():
    assert theil([0.0, 2.0]) == pytest.approx(np.log(2))
    with pytest.raises(BadInputError):
        mean_log_deviation([0.0, 2.0])


@pytest.mark.parametrize("measure", [gini, theil, mean_log_deviation])
def test_a_unit_without_weight_counts_for_nothing(measure):
    assert measure([1.0, 5.0, 900.0], [2.0, 3.0, 0.0]) == pytest.approx(measure([1.0, 5.0], [2.0, 3.0]))
    assert measure([1.0, 5.0, 900.0], [2.0, 3.0, np.nan]) == pytest.approx(measure([1.0, 5.0], [2.0, 3.0]))
