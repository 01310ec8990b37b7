import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from bolang.foundation.errors import BadInputError
from bolang.measures import beta_convergence, rank_mobility, sigma_convergence


def test_the_regression_of_a_peer(peers, zhejiang):
    start, end = zhejiang[2010].sum(axis=1), zhejiang[2020].sum(axis=1)
    result, answer = beta_convergence(start, end, 10), peers["convergence"]
    assert result.beta == pytest.approx(answer["beta"], rel=1e-9)
    assert result.standard_error == pytest.approx(answer["standard_error"], rel=1e-9)
    assert result.p_value == pytest.approx(answer["p_value"], rel=1e-8)
    assert result.r_squared == pytest.approx(answer["r_squared"], rel=1e-8)


@given(st.floats(0.005, 0.08), st.floats(1, 30))
def test_places_that_converge_at_a_known_speed(speed, years):
    start = np.array([2.0, 3.0, 5.0, 9.0, 20.0])
    steady = 4.0
    end = np.exp(np.log(steady) + np.exp(-speed * years) * (np.log(start) - np.log(steady)))
    result = beta_convergence(start, end, years)
    assert result.speed == pytest.approx(speed, rel=1e-6)
    assert result.half_life == pytest.approx(np.log(2) / speed, rel=1e-6)


def test_controls_take_out_what_places_differ_in():
    rng = np.random.default_rng(1)
    start = rng.lognormal(1, 0.5, 200)
    coast = rng.integers(0, 2, 200).astype(float)
    growth = 0.02 * coast - 0.01 * np.log(start) + 0.05
    result = beta_convergence(start, start * np.exp(10 * growth), 10, coast[:, None])
    assert result.beta == pytest.approx(-0.01)
    assert result.controls == pytest.approx([0.02])


def test_divergence_has_no_half_life():
    start = np.array([1.0, 2.0, 4.0, 8.0])
    result = beta_convergence(start, start**1.2, 5)
    assert result.speed < 0
    assert result.half_life == np.inf


def test_dispersion_by_hand_and_over_a_constant_sample():
    values = np.array([[1.0, 2.0], [3.0, 3.0], [np.nan, 50.0]])
    result = sigma_convergence(values)
    assert result.units == 2
    np.testing.assert_allclose(result.std_log, [np.log(3) / 2, np.log(1.5) / 2])
    np.testing.assert_allclose(result.cv, [0.5, 0.2])
    weighted = sigma_convergence(values[:2], [[3.0, 3.0], [1.0, 1.0]])
    assert weighted.cv[0] == pytest.approx(np.sqrt(0.75 * 0.25 + 0.25 * 2.25) / 1.5)


def test_mobility_extremes(zhejiang):
    x = np.arange(20.0)
    still, turned = rank_mobility(x, x * 3 + 1), rank_mobility(x, -x)
    assert (still.spearman, still.kendall, still.shorrocks) == pytest.approx((1, 1, 0))
    np.testing.assert_array_equal(still.transitions, np.eye(5))
    assert (turned.spearman, turned.kendall) == pytest.approx((-1, -1))
    start, end = zhejiang[2010].sum(axis=1), zhejiang[2020].sum(axis=1)
    real = rank_mobility(start, end)
    np.testing.assert_allclose(real.transitions.sum(axis=1), 1.0)
    assert real.spearman == pytest.approx(spearmanr(start, end).statistic)
    assert 0 < real.shorrocks < 1


def test_missing_places_are_left_out():
    assert rank_mobility([1.0, 2.0, np.nan, 4.0], [1.0, 2.0, 3.0, np.nan], classes=2).spearman == pytest.approx(1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: beta_convergence([1.0, 2.0], [1.0, 2.0], 10),
        lambda: beta_convergence([1.0, 2.0, 0.0], [1.0, 2.0, 3.0], 10),
        lambda: beta_convergence([1.0, 2.0, 4.0, 5.0], [1.0, 2.0, 3.0, 4.0], 10, np.ones((4, 1))),
        lambda: sigma_convergence([[1.0, 2.0]]),
        lambda: rank_mobility([1.0, 2.0], [1.0, 2.0], classes=5),
    ],
)
def test_too_little_to_estimate_is_refused(call):
    with pytest.raises(BadInputError):
        call()
