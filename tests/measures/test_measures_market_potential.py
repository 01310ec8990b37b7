import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError
from bolang.measures import hansen_accessibility, harris_market_potential, own_distance


def test_own_distance_is_the_mean_distance_to_the_centre_of_a_disc():
    radius = 10.0
    rng = np.random.default_rng(0)
    points = rng.uniform(-radius, radius, (200_000, 2))
    inside = np.hypot(*points.T)
    inside = inside[inside <= radius]
    assert own_distance([np.pi * radius**2])[0] == pytest.approx(inside.mean(), rel=0.01)


def test_harris_by_hand():
    potential = harris_market_potential([10.0, 40.0], [[0.0, 20.0], [20.0, 0.0]], [5.0, 8.0])
    np.testing.assert_allclose(potential, [10 / 5 + 40 / 20, 40 / 8 + 10 / 20])


def test_hansen_by_hand():
    # Two shops of 5,000 and 10,000 at 10 and 5 minutes, decay 2: the textbook case of Levy and Weitz.
    assert hansen_accessibility([5000.0, 10_000.0], [[10.0, 5.0]], parameter=2, decay="power")[0] == pytest.approx(
        450.0
    )
    assert hansen_accessibility([8.0], [[3.0]], parameter=0.5)[0] == pytest.approx(8 * np.exp(-1.5))


@given(st.floats(0.1, 5), st.floats(1.01, 3))
def test_a_dearer_way_never_helps(parameter, factor):
    cost = np.array([[1.0, 7.0, 30.0], [7.0, 2.0, 12.0]])
    for decay in ("exponential", "power"):
        near = hansen_accessibility([1.0, 2.0, 3.0], cost, parameter=parameter, decay=decay)
        far = hansen_accessibility([1.0, 2.0, 3.0], cost * factor, parameter=parameter, decay=decay)
        assert (far < near).all()


def test_no_way_and_no_market_add_nothing():
    cost = [[1.0, np.inf, 2.0]]
    for decay in ("exponential", "power"):
        full = hansen_accessibility([1.0, 5.0, np.nan], cost, parameter=1.0, decay=decay)
        np.testing.assert_allclose(full, hansen_accessibility([1.0], [[1.0]], parameter=1.0, decay=decay))


@pytest.mark.parametrize(
    "call",
    [
        lambda: hansen_accessibility([1.0], [[0.0]], parameter=1.0, decay="power"),
        lambda: hansen_accessibility([1.0], [[np.nan]], parameter=1.0),
        lambda: hansen_accessibility([1.0], [[1.0, 2.0]], parameter=1.0),
        lambda: hansen_accessibility([1.0], [[1.0]], parameter=1.0, decay="linear"),
        lambda: harris_market_potential([1.0, 2.0], [[0.0, -1.0], [1.0, 0.0]], [1.0, 1.0]),
    ],
)
def test_unusable_costs_are_refused(call):
    with pytest.raises(BadInputError):
        call()
