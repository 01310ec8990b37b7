import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import LEVEL_NAMES, LEVELS, coordination_level, coupling_coordination

SCORES = hnp.arrays(float, st.tuples(st.integers(1, 8), st.integers(2, 5)), elements=st.floats(0.01, 1.0))


def test_the_reference_pair():
    result = coupling_coordination([[0.6, 0.4]])
    assert result.coupling[0] == pytest.approx(0.979796, abs=5e-7)
    assert result.coordination[0] == pytest.approx(0.699927, abs=5e-7)
    assert LEVELS[result.level[0]] == "primary_coordination"


def test_thirteen_cities_of_the_literature(published):
    # Both published degrees of a city come from one pair of scores: solve the standard form for their ratio and the
    # modified one for their difference, then both forms must give the table back.
    case = published["coupling"]
    standard, modified = np.array(case["standard"]), np.array(case["modified"])
    ratio = ((1 - np.sqrt(1 - standard**2)) / standard) ** 2
    gap = 1 - modified**2 / ratio
    upper = gap / (1 - ratio)
    pairs = np.column_stack([upper, upper * ratio])
    assert ((pairs > 0) & (pairs < 1)).all()
    np.testing.assert_allclose(coupling_coordination(pairs).coupling, standard, atol=1e-12)
    np.testing.assert_allclose(coupling_coordination(pairs, form="wang2021").coupling, modified, atol=1e-12)


def test_three_subsystems_by_the_definition():
    u = np.array([0.2, 0.5, 0.9])
    a = np.array([0.5, 0.3, 0.2])
    standard = coupling_coordination([u], a)
    assert standard.coupling[0] == pytest.approx(3 * np.prod(u) ** (1 / 3) / u.sum())
    assert standard.development[0] == pytest.approx(a @ u)
    gaps = [abs(u[i] - u[j]) for i in range(3) for j in range(i)]
    wang = coupling_coordination([u], a, form="wang2021").coupling[0]
    assert wang == pytest.approx(np.sqrt((1 - sum(gaps) / 3) * np.prod(u / u.max()) ** (1 / 2)))


@pytest.mark.parametrize("form", ["standard", "wang2021"])
@given(scores=SCORES)
def test_bounds_and_order(form, scores):
    result = coupling_coordination(scores, form=form)
    for part in (result.coupling, result.development, result.coordination):
        assert ((part >= 0) & (part <= 1)).all()
    turned = coupling_coordination(scores[:, ::-1], form=form)
    np.testing.assert_allclose(turned.coordination, result.coordination, atol=1e-12)


@given(st.floats(0.01, 1.0), st.integers(2, 5))
def test_equal_subsystems_are_fully_coupled(score, count):
    for form in ("standard", "wang2021"):
        result = coupling_coordination([[score] * count], form=form)
        assert result.coupling[0] == pytest.approx(1.0)
        assert result.coordination[0] == pytest.approx(np.sqrt(score))


def test_a_subsystem_at_zero_uncouples_and_all_at_zero_say_nothing():
    result = coupling_coordination([[0.0, 0.8], [0.0, 0.0], [np.nan, 0.5]])
    assert result.coordination[0] == 0.0
    assert np.isnan(result.coordination[1:]).all()
    assert result.level.tolist() == [0, -1, -1]


def test_levels_at_their_limits():
    degrees = [0.0, 0.1, 0.1001, 0.55, 0.9, 0.9001, 1.0]
    names = [LEVEL_NAMES[LEVELS[i]].zh for i in coordination_level(degrees)]
    assert names == ["极度失调", "极度失调", "严重失调", "勉强协调", "良好协调", "优质协调", "优质协调"]


@pytest.mark.parametrize("scores", [[[0.5]], [[1.2, 0.3]], [[-0.1, 0.3]]])
def test_scores_out_of_range_are_refused(scores):
    with pytest.raises(BadInputError):
        coupling_coordination(scores)


def test_an_unknown_form_is_refused():
    with pytest.raises(BadInputError, match="wang2021"):
        coupling_coordination([[0.5, 0.5]], form="old")
