"""A sweep's products of changes, and its columns that stand or fall alone."""

import naive
import numpy as np
import pytest
from calibrated import economy_from
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.economy.calibration.calibration import calibrate
from bolang.economy.core.differences import DifferenceProducts
from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.solver import Options, solve
from bolang.economy.levers.catalogue import levers
from bolang.economy.levers.countryside import countryside
from bolang.economy.levers.draws import central, sample
from bolang.economy.scenarios.sweep import solving
from bolang.economy.scenarios.sweep.solving import settle
from bolang.foundation.errors import BadInputError


def small(seed=3):
    p = naive.draw(np.random.default_rng(seed), hubs=1, moves=True, scale=0.05)
    return economy_from(p, naive.solve_naively(p))


def products_of(economy, backend="numpy"):
    return DifferenceProducts.of(economy, economy.migration["national"].flows, backend)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1000), size=st.sampled_from([1e-9, 1e-6, 1e-3, 0.3]))
def test_products_of_changes_keep_seven_digits_of_the_change(seed, size):
    economy = small()
    changes = np.random.default_rng(seed).normal(0, size, (economy.trade.home, 1, 2))
    for plain, quick in zip(economy.trade.kernels, products_of(economy).kernels, strict=True):
        level, spread = quick.level[..., None], quick.spread[..., None]
        scale = np.abs(plain.times(np.abs(level * changes)))
        miss = quick.times(level * (1 + changes)) - plain.times(level * (1 + changes))
        assert (np.abs(miss) <= 1e-6 * scale + 1e-15).all()
        scale = np.abs(plain.times_transposed(np.abs(spread * changes)))
        miss = quick.times_transposed(spread * (1 + changes)) - plain.times_transposed(spread * (1 + changes))
        assert (np.abs(miss) <= 1e-6 * scale + 1e-15).all()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1000), size=st.sampled_from([1e-8, 1e-3, 0.2]))
def test_migration_of_changes_is_migration(seed, size):
    economy = small()
    income = np.random.default_rng(seed).normal(0, size, (economy.trade.home, 2))
    plain, quick = economy.migration["national"], products_of(economy).migration
    kappa = np.array([1.5, 2.0])
    for got, wanted in zip(quick.settle(income, kappa), plain.settle(income, kappa), strict=True):
        np.testing.assert_allclose(got, wanted, atol=3e-7 * size + 2e-15)
    np.testing.assert_allclose(quick.slope(income, kappa), plain.slope(income, kappa), atol=3e-7 * size)


def gains(economy, sizes):
    productivity = np.ones((*economy.sales.shape, len(sizes)))
    for b, size in enumerate(sizes):
        productivity[b % economy.trade.home, :, b] = size
    return Shock(productivity=productivity)


def test_columns_solve_to_what_the_solver_finds(monkeypatch):
    monkeypatch.setattr(solving, "RELATIVE", 1e-7)
    economy = small()
    shock = gains(economy, [1.02, 0.97, 1.3])
    found = settle(products_of(economy).into(economy), shock, economy.elasticities, 3)
    wanted = solve(economy, shock, closure="national", scenarios=3, options=Options(tolerance=1e-12))
    assert found.done.all()
    assert (found.residual <= 1e-7 * found.first).all()
    for name in ("wage", "sales", "price", "population"):
        np.testing.assert_allclose(getattr(found.solution, name), getattr(wanted, name), rtol=1e-6)


def test_a_column_without_a_solution_does_not_take_the_others_with_it(monkeypatch):
    monkeypatch.setattr(solving, "RELATIVE", 1e-7)
    economy = small()
    ready = products_of(economy).into(economy)
    found = settle(ready, gains(economy, [1.02, np.inf, 0.97]), economy.elasticities, 3)
    alone = settle(ready, gains(economy, [1.02]), economy.elasticities, 1)
    assert found.done.tolist() == [True, False, True]
    np.testing.assert_allclose(found.solution.wage[:, 0], alone.solution.wage[:, 0], rtol=1e-6)


def test_a_column_that_needs_more_steps_than_there_are_is_not_done(monkeypatch):
    monkeypatch.setattr(solving, "ITERATIONS", 2)
    economy = small()
    found = settle(products_of(economy).into(economy), gains(economy, [1.2]), economy.elasticities, 1)
    assert not found.done.any()
    assert found.residual[0] > solving.RELATIVE * found.first[0]


def test_an_unknown_backend_is_refused():
    with pytest.raises(BadInputError, match="backend"):
        products_of(small(), "abacus")


def test_torch_multiplies_as_numpy_does():
    pytest.importorskip("torch")
    economy = small()
    shock = gains(economy, [1.02, 0.97])
    one, other = (
        settle(products_of(economy, name).into(economy), shock, economy.elasticities, 2) for name in ("numpy", "torch")
    )
    np.testing.assert_allclose(other.solution.wage - 1, one.solution.wage - 1, atol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["county_powers", "e_commerce"])
def test_a_county_under_central_parameters_is_the_countys_column_of_its_block(key):
    calibration = calibrate(Atlas(workspace=False))
    shop, lever = solving.Workshop.open(calibration), levers()[key]
    county, other = (calibration.atlas.county(name).index for name in ("义乌市", "清河县"))
    block = shop.solve(lever, [county, other])
    alone = shop.solve_drawn(lever, county, central(calibration.parameters, [(lever, None)], 2))
    assert alone.states == ("solved", "solved")
    for row in alone.effect:
        np.testing.assert_allclose(row, block.effect[0], rtol=1e-3, atol=1e-9)
    drawn = sample(calibration.parameters, [(lever, None)], 8, seed=1)
    found = shop.solve_drawn(lever, county, drawn).effect[:, 0, 0]
    if key == "county_powers":  # productivity is set so that the county's own GDP moves by the size that was drawn
        np.testing.assert_allclose(found, drawn.effects[0], atol=3e-3)
    assert np.corrcoef(found, drawn.effects[0])[0, 1] > 0.9


@pytest.mark.slow
def test_rural_e_commerce_gains_what_is_left_to_reach_and_never_more():
    """The trial's order: remote and rural gain, cities and counties of Taobao villages nearly nothing; GDP need not move."""
    calibration = calibrate(Atlas(workspace=False))
    atlas, lever = calibration.atlas, levers()["e_commerce"]
    counties = [atlas.county(name) for name in ("威宁彝族回族苗族自治县", "神木市", "清河县", "浦东新区")]
    block = solving.Workshop.open(calibration).solve(lever, [county.index for county in counties])
    gains = block.effect[:, solving.MEASURES.index("real_income"), 0]
    saved = [lever.effect.centre * countryside(atlas, county).reach for county in counties]
    assert gains[0] > gains[1] > 10 * gains[2] > 10 * gains[3] > 0
    for gain, most in zip(gains, saved, strict=True):
        assert 0.05 * most < gain < most, "some of the saving goes to newcomers, none appears from nowhere"
