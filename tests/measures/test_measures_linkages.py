import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.measures import (
    allocation_coefficients,
    close_to_households,
    inverse,
    linkages,
    location_quotient,
    multipliers,
    regional_coefficients,
    technical_coefficients,
)


def _economy(seed, k=5):
    rng = np.random.default_rng(seed)
    flows, final = rng.uniform(0, 50, (k, k)), rng.uniform(60, 200, k)
    return flows, flows.sum(axis=1) + final


def test_the_textbook_economy(published):
    case = published["leontief"]
    a = technical_coefficients(case["flows"], case["output"])
    np.testing.assert_allclose(a, case["coefficients"], atol=1e-12)
    np.testing.assert_allclose(inverse(a), case["inverse"], atol=5e-4)


def test_the_answers_of_a_peer(peers):
    case = peers["input_output"]
    flows, output = case["flows"], case["output"]
    a, b = technical_coefficients(flows, output), allocation_coefficients(flows, output)
    np.testing.assert_allclose(a, case["A"], rtol=1e-12)
    np.testing.assert_allclose(b, case["B"], rtol=1e-12)
    np.testing.assert_allclose(inverse(a), case["L"], rtol=1e-10)
    np.testing.assert_allclose(inverse(b), case["G"], rtol=1e-10)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_rounds_of_demand_sum_to_the_inverse(seed):
    flows, output = _economy(seed)
    a = technical_coefficients(flows, output)
    rounds = sum(np.linalg.matrix_power(a, power) for power in range(400))
    np.testing.assert_allclose(inverse(a), rounds, rtol=1e-6)
    np.testing.assert_allclose(inverse(a) @ (output - flows.sum(axis=1)), output, rtol=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_linkages_average_to_one_and_ghosh_mirrors_leontief(seed):
    flows, output = _economy(seed)
    result = linkages(flows, output)
    for part in (result.influence, result.sensitivity_leontief, result.sensitivity_ghosh):
        assert part.mean() == pytest.approx(1.0)
    mirrored = linkages(flows.T, output)
    np.testing.assert_allclose(result.sensitivity_ghosh, mirrored.influence, rtol=1e-9)


def test_multipliers_and_households():
    flows, output = _economy(3)
    a = technical_coefficients(flows, output)
    labour = np.array([0.1, 0.2, 0.15, 0.3, 0.05])
    plain = inverse(a)
    np.testing.assert_allclose(multipliers(plain), plain.sum(axis=0))
    np.testing.assert_allclose(multipliers(plain, labour), labour @ plain)
    closed = inverse(close_to_households(a, labour, np.full(5, 0.1)))
    assert (multipliers(closed[:5, :5], labour) > multipliers(plain, labour)).all()
    # The household row of the closed inverse is the income multiplier with induced effects.
    induced = multipliers(plain, labour) / (1 - np.full(5, 0.1) @ plain.T @ labour)
    np.testing.assert_allclose(closed[5, :5], induced, rtol=1e-9)


def test_an_economy_that_eats_more_than_it_makes_is_refused():
    with pytest.raises(ConvergenceError):
        inverse([[0.9, 0.6], [0.6, 0.8]])
    with pytest.raises(ConvergenceError):
        inverse([[1.0, 0.0], [0.0, 0.0]])


def _loop_coefficients(a, e, method, delta):
    n, k = e.shape
    lq, nation = location_quotient(e), e.sum()
    out = np.zeros((n, k, k))
    for r in range(n):
        lam = np.log2(1 + e[r].sum() / nation) ** delta
        for i in range(k):
            for j in range(k):
                cross = lq[r, i] if i == j else lq[r, i] / lq[r, j]
                q = {"slq": lq[r, i], "cilq": cross, "flq": lam * cross, "aflq": lam * cross}[method]
                share = min(q, 1.0)
                if method == "aflq" and lq[r, j] > 1:
                    share *= np.log2(1 + lq[r, j])
                out[r, i, j] = share * a[i, j]
    return out


@pytest.mark.parametrize("method", ["slq", "cilq", "flq", "aflq"])
def test_county_coefficients_by_the_definition(method, zhejiang):
    e = zhejiang[2020][:6, :5] + 1.0
    a = technical_coefficients(*_economy(4))
    np.testing.assert_allclose(
        regional_coefficients(a, e, method=method, delta=0.3), _loop_coefficients(a, e, method, 0.3), rtol=1e-12
    )


def test_flq_buys_less_locally_than_the_plain_quotient(zhejiang):
    a = technical_coefficients(*_economy(5, k=19))
    e = zhejiang[2020]
    cross, flegg = (regional_coefficients(a, e, method=m) for m in ("cilq", "flq"))
    assert (flegg <= cross + 1e-15).all()
    plain, corrected = (multipliers(inverse(c)) for c in (cross, flegg))
    assert (corrected <= plain + 1e-12).all()
    assert corrected.mean() < 0.8 * plain.mean()
    wider, narrower = (regional_coefficients(a, e, delta=d) for d in (0.1, 0.5))
    assert (narrower <= wider + 1e-15).all()


def test_places_without_data_or_without_an_industry():
    a = technical_coefficients(*_economy(6, k=3))
    e = np.array([[10.0, 0.0, 5.0], [np.nan, 1.0, 2.0], [3.0, 4.0, 5.0]])
    result = regional_coefficients(a, e)
    assert np.isnan(result[1]).all()
    assert (result[0, 1] == 0).all()
    assert np.isfinite(result[[0, 2]]).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: technical_coefficients([[1.0, 2.0]], [3.0]),
        lambda: inverse([[np.nan, 0.0], [0.0, 0.0]]),
        lambda: inverse(np.zeros((2, 3, 2))),
        lambda: inverse(np.zeros((2, 2, 3))),
        lambda: inverse(np.zeros(4)),
        lambda: regional_coefficients(np.eye(2), [[1.0, 2.0, 3.0]]),
        lambda: regional_coefficients(np.zeros((2, 2)), [[1.0, 2.0]], delta=1.5),
        lambda: regional_coefficients(np.zeros((2, 2)), [[1.0, 2.0]], method="rpc"),
    ],
)
def test_unusable_arguments_are_refused(call):
    with pytest.raises(BadInputError):
        call()


@pytest.mark.parametrize("own", [1.01, 1.5, 3.0, 50.0])
def test_an_industry_that_eats_more_than_it_makes_is_refused_however_much_more(own):
    """1 / (1 - 50) is -.02: little, but below zero."""
    with pytest.raises(ConvergenceError):
        inverse([[own]])
    with pytest.raises(ConvergenceError):
        inverse([[0.1, 0.0], [0.0, own]])
