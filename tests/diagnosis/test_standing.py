import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.diagnosis.standing import standing_among, standings

SMALL = st.one_of(st.integers(-3, 3).map(float), st.just(float("nan")))
STRENGTHS = hnp.arrays(np.float64, st.integers(1, 30), elements=SMALL)


def naive_standing(strength, groups, i):
    if np.isnan(strength[i]):
        return None
    others = [strength[j] for j in range(len(strength)) if j != i and groups[j] == groups[i]]
    others = [v for v in others if not np.isnan(v)]
    if not others:
        return None
    weaker = sum(v < strength[i] for v in others) + 0.5 * sum(v == strength[i] for v in others)
    return 1 + sum(v > strength[i] for v in others), len(others) + 1, 100.0 * weaker / len(others)


@given(STRENGTHS, st.data())
def test_standings_agree_with_counting_one_by_one(strength, data):
    groups = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(strength), max_size=len(strength))))
    table = standings(strength, groups)
    for i in range(len(strength)):
        found, expected = table.at(i), naive_standing(strength, groups, i)
        if expected is None:
            assert found is None
        else:
            assert found is not None
            assert (found.rank, found.count) == expected[:2]
            assert found.percentile == pytest.approx(expected[2])


@given(STRENGTHS, st.data())
def test_standing_among_all_is_the_standing_in_one_group(strength, data):
    i = data.draw(st.integers(0, len(strength) - 1))
    everyone = np.arange(len(strength))
    assert standing_among(strength, everyone, i) == standings(strength, np.zeros(len(strength), dtype=int)).at(i)


def test_standing_among_counts_the_unit_itself_once():
    strength = np.array([3.0, 1.0, 2.0, np.nan])
    assert standing_among(strength, np.array([1, 2, 3]), 0).count == 3
    assert standing_among(strength, np.array([0, 1, 2]), 0).count == 3
    assert standing_among(strength, np.array([3]), 0) is None
