from itertools import permutations as orderings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError
from bolang.measures import SpatialWeights, false_discovery_rate, local_moran, morans_i
from bolang.measures.conditional_permutation import conditional_tail_counts, distinct_draws


def lattice(side):
    """Rook neighbours on a square lattice."""
    cells = np.arange(side * side).reshape(side, side)
    across = np.column_stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()])
    down = np.column_stack([cells[:-1].ravel(), cells[1:].ravel()])
    return np.vstack([across, down])


def test_the_published_lattice(published):
    case = published["moran"]
    moran = morans_i(np.arange(1.0, 10.0), SpatialWeights.from_pairs(lattice(3), 9))
    assert moran.statistic[0] == pytest.approx(case["statistic"], abs=5e-7)
    assert moran.expected[0] == pytest.approx(case["expected"])
    assert moran.variance_normality[0] == pytest.approx(case["variance_normality"], abs=5e-8)


def test_the_answers_of_a_peer(peers, zhejiang):
    answers = peers["spatial"]
    e = zhejiang[2020]
    columns = [int(j) for j in answers["variables"]]
    shares = (e / e.sum(axis=1, keepdims=True))[:, columns]
    weights = SpatialWeights.from_pairs(zhejiang["neighbours"], len(e))
    moran, local = morans_i(shares, weights), local_moran(shares, weights, permutations=20_000)
    units = answers["units"]
    assert np.isnan(np.delete(local.statistic, units, axis=0)).all()
    for v, answer in enumerate(answers["variables"].values()):
        assert moran.statistic[v] == pytest.approx(answer["I"], rel=1e-12)
        assert moran.variance_normality[v] == pytest.approx(answer["VI_norm"], rel=1e-12)
        assert moran.variance_randomization[v] == pytest.approx(answer["VI_rand"], rel=1e-12)
        assert moran.p("normality")[v] == pytest.approx(answer["p_norm"], rel=1e-8)
        assert moran.p()[v] == pytest.approx(answer["p_rand"], rel=1e-8)
        np.testing.assert_allclose(local.statistic[units, v], answer["Is"], rtol=1e-9, atol=1e-12)
        np.testing.assert_array_equal(local.quadrant[units, v], answer["q"])
        # The peer treats ties with the observed value differently; one tie of 87 is 0.0115.
        np.testing.assert_allclose(local.p_permutation[units, v], answer["p_sim"], atol=0.025)
        assert np.abs(local.p_permutation[units, v] - answer["p_sim"]).mean() < 0.003


def _all_conditional_statistics(z, weights, unit):
    """Local statistic of one unit over every order of the others' values (shape: orders)."""
    row = weights.matrix[[unit], :].toarray().ravel()
    others = np.delete(np.arange(len(z)), unit)
    m2 = np.sum(z**2) / (len(z) - 1)
    orders = np.array(list(orderings(z[others])))
    return z[unit] * (orders @ row[others]) / m2


@pytest.mark.parametrize("equal", [True, False])
def test_local_moments_and_tails_over_all_orders(equal):
    rng = np.random.default_rng(8)
    pairs = np.array([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 6], [0, 4], [1, 5]])
    weights = SpatialWeights.from_pairs(pairs, 7)
    if not equal:
        matrix = weights.matrix.toarray() * rng.uniform(0.5, 2.0, (7, 7))
        weights = SpatialWeights.from_matrix(matrix)
    x = rng.normal(size=7)
    z = x - x.mean()
    local = local_moran(x, weights, permutations=0)
    draws = 40_000
    counts = conditional_tail_counts(z[:, None], weights.lag(z)[:, None], weights, draws, seed=3)
    for unit in range(7):
        exact = _all_conditional_statistics(z, weights, unit)
        assert local.expected[unit, 0] == pytest.approx(exact.mean())
        assert local.variance[unit, 0] == pytest.approx(exact.var())
        share = np.mean(exact >= local.statistic[unit, 0] - 1e-12)
        assert counts[unit, 0] / draws == pytest.approx(share, abs=4 * np.sqrt(0.25 / draws))


def test_global_moments_over_all_orders():
    rng = np.random.default_rng(9)
    weights = SpatialWeights.from_pairs([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [0, 3]], 6)
    x = rng.normal(size=6)
    every = np.array(list(orderings(x))).T
    exact = morans_i(every, weights).statistic
    moran = morans_i(x, weights, permutations=20_000)
    assert moran.expected[0] == pytest.approx(exact.mean())
    assert moran.variance_randomization[0] == pytest.approx(exact.var())
    larger = np.mean(exact >= moran.statistic[0] - 1e-12)
    assert moran.p_permutation[0] == pytest.approx(min(larger, 1 - larger), abs=0.015)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(0.1, 10), st.floats(-100, 100))
def test_scale_and_origin_do_not_matter(seed, factor, shift):
    x = np.random.default_rng(seed).normal(size=16)
    weights = SpatialWeights.from_pairs(lattice(4), 16)
    plain, moved = (local_moran(v, weights, permutations=99) for v in (x, shift + factor * x))
    np.testing.assert_allclose(moved.statistic, plain.statistic, atol=1e-8)
    np.testing.assert_array_equal(moved.p_permutation, plain.p_permutation)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_local_statistics_add_up_to_the_global_one(seed):
    x = np.random.default_rng(seed).normal(size=25)
    weights = SpatialWeights.from_pairs(lattice(5), 25)
    local, moran = local_moran(x, weights, permutations=0), morans_i(x, weights)
    assert local.statistic.sum() / 24 == pytest.approx(moran.statistic[0])


def test_the_seed_decides_and_variables_do_not_disturb_each_other():
    x = np.random.default_rng(10).normal(size=(36, 3))
    weights = SpatialWeights.from_pairs(lattice(6), 36)
    together = local_moran(x, weights, permutations=199, seed=5)
    np.testing.assert_array_equal(
        together.p_permutation, local_moran(x, weights, permutations=199, seed=5).p_permutation
    )
    alone = local_moran(x[:, 1], weights, permutations=199, seed=5)
    np.testing.assert_array_equal(together.p_permutation[:, [1]], alone.p_permutation)
    assert (together.p_permutation != local_moran(x, weights, permutations=199, seed=6).p_permutation).any()


def test_islands_and_missing_values_are_left_out():
    x = np.random.default_rng(11).normal(size=18)
    x[3] = np.nan
    weights = SpatialWeights.from_pairs(lattice(4), 18)  # the last two have no neighbours
    moran, local = morans_i(x, weights), local_moran(x, weights, permutations=99)
    keep = np.r_[0:3, 4:16]
    inner = weights.subset(np.isin(np.arange(18), keep))
    np.testing.assert_allclose(inner.matrix.sum(axis=1), 1.0)
    assert moran.units[0] == 15
    assert moran.statistic[0] == pytest.approx(morans_i(x[keep], inner).statistic[0])
    assert np.isnan(local.statistic[[3, 16, 17], 0]).all()
    assert (local.clusters(alpha=1.0)[[3, 16, 17], 0] == 0).all()


def test_a_unit_whose_only_neighbour_is_missing_becomes_an_island():
    weights = SpatialWeights.from_pairs([[0, 1], [1, 2], [2, 3], [3, 0], [3, 4], [4, 5]], 6)
    moran = morans_i([1.0, 2.0, 4.0, 3.0, np.nan, 9.0], weights)
    assert moran.units[0] == 4


def test_clusters_follow_the_quadrants_and_fdr_shows_fewer():
    side = 12
    x = np.add.outer(np.arange(side), np.arange(side)).ravel() + np.random.default_rng(12).normal(size=side**2)
    local = local_moran(x, SpatialWeights.from_pairs(lattice(side), side**2), permutations=999)
    with_fdr, without = local.clusters(fdr=True), local.clusters(fdr=False)
    assert with_fdr[-1, 0] == 1
    assert with_fdr[0, 0] == 3
    assert 0 < (with_fdr > 0).sum() <= (without > 0).sum()
    assert set(np.unique(without)) <= {0, 1, 2, 3, 4}


def test_noise_is_seldom_called_a_cluster():
    side = 15
    weights = SpatialWeights.from_pairs(lattice(side), side**2)
    x = np.random.default_rng(13).normal(size=(side**2, 40))
    p = local_moran(x, weights, permutations=499).p_permutation
    assert np.mean(p <= 0.05) == pytest.approx(0.10, abs=0.01)  # one-sided p in either direction
    assert morans_i(x, weights, permutations=199).p_permutation.min() > 0.004


def test_adjusted_p_values_by_the_step_up_procedure():
    p = np.array([0.001, 0.04, 0.012, np.nan, 0.6, 0.03])
    adjusted = false_discovery_rate(p)
    known = np.sort(p[~np.isnan(p)])
    for alpha in (0.02, 0.05, 0.2):
        passed = np.flatnonzero(known <= alpha * np.arange(1, 6) / 5)
        cut = known[passed[-1]] if passed.size else 0.0
        np.testing.assert_array_equal(adjusted <= alpha, p <= cut)
    assert np.isnan(adjusted[3])
    harmonic = sum(1 / i for i in range(1, 6))
    np.testing.assert_allclose(false_discovery_rate(p, "by"), np.minimum(adjusted * harmonic, 1.0))


@pytest.mark.parametrize(("size", "count"), [(2853, 12), (9, 9), (30, 5)])
def test_draws_are_distinct_and_even(size, count):
    drawn = distinct_draws(size, count, 3000, seed=1)
    assert (np.diff(np.sort(drawn, axis=1), axis=1) > 0).all()
    expected = 3000 * count / size
    assert np.abs(np.bincount(drawn.ravel(), minlength=size) - expected).max() < 6 * np.sqrt(expected) + 1


def test_repeated_and_reversed_pairs_count_once():
    once = SpatialWeights.from_pairs([[0, 1], [1, 2]], 3, "binary")
    twice = SpatialWeights.from_pairs([[0, 1], [1, 0], [1, 2], [1, 2]], 3, "binary")
    np.testing.assert_array_equal(once.matrix.toarray(), twice.matrix.toarray())
    assert once.cardinality.tolist() == [1, 2, 1]


def test_weights_that_make_no_sense_are_refused():
    for pairs in ([[0, 3]], [[1, 1]], [[-1, 0]]):
        with pytest.raises(BadInputError):
            SpatialWeights.from_pairs(pairs, 3)
    for matrix in (np.eye(3), [[0.0, -1.0], [1.0, 0.0]], [[0.0, np.nan], [1.0, 0.0]], np.ones((2, 3))):
        with pytest.raises(BadInputError):
            SpatialWeights.from_matrix(matrix)
    with pytest.raises(BadInputError):
        SpatialWeights.from_pairs([[0, 1]], 2, "queen")


def test_variables_that_make_no_sense_are_refused():
    weights = SpatialWeights.from_pairs(lattice(3), 9)
    for values in (np.ones(9), np.arange(8.0), np.r_[1.0, 2.0, 3.0, np.full(6, np.nan)]):
        with pytest.raises(BadInputError):
            morans_i(values, weights)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_orders_that_tie_with_the_observed_count_as_no_smaller_at_any_scale(scale):
    """A checkerboard is the least of all orders: every order is at least as large, however the ties are rounded."""
    x = scale * (np.add.outer(np.arange(4), np.arange(4)) % 2 * 0.3 + 0.1).ravel()
    weights = SpatialWeights.from_pairs(lattice(4), 16)
    assert morans_i(x, weights, permutations=199).p_permutation[0] == pytest.approx(1 / 200)
    few = scale * np.array([0.1, 0.1, 0.1, 0.7])
    square = SpatialWeights.from_pairs(lattice(2), 4)
    # one of four alike corners: all orders are ties
    assert morans_i(few, square, permutations=199).p_permutation[0] == pytest.approx(1 / 200)
