import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError
from bolang.measures import complexity


def _random_table(seed, places=40, industries=8):
    return np.random.default_rng(seed).gamma(0.7, 100.0, size=(places, industries)) + 1.0


def test_the_answers_of_the_growth_lab_package(peers, zhejiang):
    result, answers = complexity(zhejiang[2020]), peers["complexity"]["ecomplexity"]
    for name, values in {
        "rca": result.rca,
        "eci": result.eci,
        "pci": result.pci,
        "density": result.density,
        "coi": result.outlook_index,
        "cog": result.outlook_gain,
    }.items():
        np.testing.assert_allclose(values, np.array(answers[name], dtype=float), atol=1e-10, err_msg=name)


def test_the_answers_of_a_second_package(peers, zhejiang):
    result, answers = complexity(zhejiang[2020]), peers["complexity"]["econcomplex"]
    np.testing.assert_allclose(result.eci, answers["eci"], atol=1e-10)
    np.testing.assert_allclose((result.pci - result.pci.mean()) / result.pci.std(), answers["pci"], atol=1e-10)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_eci_is_the_mean_pci_of_what_is_present(seed):
    result = complexity(_random_table(seed))
    present = np.where(result.presence, result.pci, np.nan)
    np.testing.assert_allclose(result.eci, np.nanmean(present, axis=1), atol=1e-9)
    assert np.corrcoef(result.eci, result.diversity)[0, 1] > -1e-9
    assert result.eci.mean() == pytest.approx(0.0, abs=1e-9)
    assert result.eci.std() == pytest.approx(1.0)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_order_of_places_and_industries_does_not_matter(seed):
    table = _random_table(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(table.shape[0]), rng.permutation(table.shape[1])
    plain, moved = complexity(table), complexity(table[rows][:, columns])
    assume(plain.gap > 1e-6)
    assume(abs(np.corrcoef(plain.eci, plain.diversity)[0, 1]) > 1e-6)
    np.testing.assert_allclose(moved.eci, plain.eci[rows], atol=1e-7)
    np.testing.assert_allclose(moved.pci, plain.pci[columns], atol=1e-7)
    np.testing.assert_allclose(moved.density, plain.density[rows][:, columns], atol=1e-12)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_bounds(seed):
    result = complexity(_random_table(seed))
    assert ((result.density >= 0) & (result.density <= 1 + 1e-12)).all()
    np.testing.assert_allclose(np.diag(result.proximity), 1.0)
    np.testing.assert_array_equal(result.proximity, result.proximity.T)
    np.testing.assert_allclose(result.distance, 1.0 - result.density)
    assert (result.outlook_gain[result.presence] == 0).all()


def test_nested_presence_orders_places_by_what_they_have():
    # Each place has all industries of the one before it and one more: the textbook case of a clear order.
    result = complexity(np.tri(6, 6), reference=np.ones(6))
    np.testing.assert_array_equal(result.presence, np.tri(6, 6, dtype=bool))
    assert (np.diff(result.eci) > 0).all()
    assert (np.diff(result.pci) > 0).all()


def test_a_repeated_run_gives_the_same_numbers(zhejiang):
    first, second = complexity(zhejiang[2020]), complexity(zhejiang[2020].copy())
    np.testing.assert_array_equal(first.eci, second.eci)


def test_missing_places_take_no_part():
    table = _random_table(7)
    holed = np.vstack([table, np.full((1, table.shape[1]), np.nan)])
    result = complexity(holed)
    assert np.isnan(result.eci[-1])
    assert np.isnan(result.density[-1]).all()
    np.testing.assert_allclose(result.eci[:-1], complexity(table).eci)


def test_groups_that_share_nothing_are_refused():
    block = _random_table(8, 6, 4)
    apart = np.block([[block, np.zeros((6, 4))], [np.zeros((6, 4)), block]])
    with pytest.raises(BadInputError, match=r"逐组|group"):
        complexity(apart)


def test_too_little_presence_is_refused():
    with pytest.raises(BadInputError):
        complexity([[1.0, 1.0], [1.0, 2.0]])
