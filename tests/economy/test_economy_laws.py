"""Laws that any solution obeys, and what the solver refuses."""

from dataclasses import replace

import naive
import numpy as np
import pytest
from calibrated import economy_from

from bolang.economy.core.arrays import cast
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.kernels import KernelCosts
from bolang.economy.core.solver import Options, System, solve
from bolang.economy.core.tangent import SmallShock, Tangent
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.core.trade import DenseCosts, DenseTrade
from bolang.foundation.errors import BadInputError, ConvergenceError, ParameterError

TIGHT = Options(tolerance=1e-12)


@pytest.fixture(scope="module")
def drawn():
    p = naive.draw(np.random.default_rng(5), pool=True)
    base = naive.solve_naively(p)
    return p, economy_from(p, base)


def random_shock(economy, rng, scenarios):
    home, regions = economy.trade.home, len(economy.places) - economy.trade.home
    gates = np.unique([0, *economy.trade.hub_places[:1]])
    return Shock(
        productivity=rng.uniform(0.8, 1.2, (*economy.sales.shape, scenarios)),
        costs=KernelCosts(
            departing=rng.uniform(0.9, 1.1, (home, 1, scenarios)),
            local=rng.uniform(0.9, 1.3, (home, economy.sales.shape[1], scenarios)),
            gates=gates,
            outward=rng.uniform(0.8, 1.2, (regions, len(gates), 1, scenarios)),
            tariff_abroad=rng.uniform(0, 0.2, (regions, 1, scenarios)),
            hub_factor=rng.uniform(0.8, 1.2, (len(economy.trade.hub_places), 1, scenarios)),
        ),
    )


def test_the_baseline_reproduces_its_inputs(drawn):
    _, economy = drawn
    flows = economy.baseline_flows
    np.testing.assert_allclose(flows.sales[..., 0], economy.sales, rtol=1e-10)
    np.testing.assert_allclose(flows.throughput.sum(axis=(1, 2)), economy.trade.hubs.reference, rtol=1e-10)


def test_money_is_neutral(drawn):
    _, economy = drawn
    rng = np.random.default_rng(1)
    shock = random_shock(economy, rng, 1)
    dearer = replace(
        economy,
        sales=economy.sales * 3,
        transfers=economy.transfers * 3,
        trade=replace(economy.trade, hubs=replace(economy.trade.hubs, reference=economy.trade.hubs.reference * 3)),
    )
    one, other = (solve(e, shock, closure="national", options=TIGHT) for e in (economy, dearer))
    for name in ("wage", "price", "real_income", "population"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-10)
    np.testing.assert_allclose(other.throughput, 3 * one.throughput, rtol=1e-10)


def test_the_choice_of_numeraire_does_not_matter(drawn):
    """Foreign regions may be listed in any order, although the last one is the numeraire."""
    _, economy = drawn
    n, places = economy.trade.home, len(economy.places)
    order = np.concatenate([np.arange(n), np.arange(n, places)[::-1]])
    regions = order[n:] - n
    trade = economy.trade
    hubs = replace(trade.hubs, into=trade.hubs.into[:, order])
    turned = replace(
        economy,
        sales=economy.sales[order],
        transfers=economy.transfers[order],
        trade=replace(
            trade,
            supply=trade.supply[order],
            outward=trade.outward[regions],
            inward=trade.inward[:, regions],
            abroad=trade.abroad[np.ix_(regions, regions)],
            hubs=hubs,
        ),
    )
    gain = np.random.default_rng(2).uniform(0.8, 1.2, (*economy.sales.shape, 1))
    one = solve(economy, Shock(productivity=gain), options=TIGHT)
    other = solve(turned, Shock(productivity=gain[order]), options=TIGHT)
    np.testing.assert_allclose(one.wage[order], other.wage, rtol=1e-10)
    np.testing.assert_allclose(one.real_income[order], other.real_income, rtol=1e-10)


def test_a_batch_equals_its_members(drawn):
    _, economy = drawn
    rng = np.random.default_rng(3)
    shock = random_shock(economy, rng, 3)
    scale = rng.uniform(0.02, 0.1, (economy.sales.shape[1], 3))
    elasticities = Elasticities(
        trade=rng.uniform(3, 5, (economy.sales.shape[1], 3)),
        scale=scale,
        migration=rng.uniform(1, 2, 3),
        housing=rng.uniform(0.1, 0.2, 3),
        market_size=rng.uniform(0.1, 0.3, 3),
    )
    batch = solve(economy, shock, closure="national", elasticities=elasticities, scenarios=3, options=TIGHT)
    for b in range(3):
        alone = Shock(
            productivity=shock.productivity[..., b : b + 1],
            costs=KernelCosts(
                gates=shock.costs.gates,
                **{k: getattr(shock.costs, k)[..., b : b + 1] for k in
                   ("departing", "local", "outward", "tariff_abroad", "hub_factor")},
            ),
        )  # fmt: skip
        own = Elasticities(*(getattr(elasticities, k)[..., b : b + 1] for k in
                             ("trade", "scale", "migration", "housing", "market_size")))  # fmt: skip
        found = solve(economy, alone, closure="national", elasticities=own, options=TIGHT)
        member = batch.scenario(b)
        for name in ("wage", "price", "sales", "population", "real_income", "throughput", "welfare"):
            np.testing.assert_allclose(getattr(member, name), getattr(found, name), rtol=1e-9)


def test_single_precision_stays_single_and_close(drawn):
    _, economy = drawn
    rng = np.random.default_rng(4)
    shock = random_shock(economy, rng, 2)
    single = cast(economy, np.float32)
    system = System(single, shock, "national", single.elasticities, 2)
    found = system.evaluate(system.start())
    assert found.state.dtype == np.float32
    assert system.precondition(found.state, 0.5).dtype == np.float32
    exact = solve(economy, shock, closure="national", scenarios=2, options=TIGHT)
    rough = solve(single, shock, closure="national", scenarios=2, options=Options(tolerance=2e-5))
    np.testing.assert_allclose(rough.real_income, exact.real_income, rtol=1e-4)


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize(("hubs", "tied"), [(0, False), (2, False), (2, True)])
def test_gradients_equal_finite_differences(moves, hubs, tied):
    rng = np.random.default_rng(7)
    p = naive.draw(rng, moves=moves, hubs=hubs, pool=True)
    economy = economy_from(p, naive.solve_naively(p), tied=tied)
    home, regions = economy.trade.home, p.foreign
    gain = rng.normal(size=economy.sales.shape)
    departing, arriving = rng.normal(size=(2, home))
    outward, worth = rng.normal(size=(regions, home)), rng.normal(size=hubs)
    small = SmallShock(
        productivity=gain[..., None],
        departing=departing[:, None, None],
        arriving=arriving[:, None, None],
        outward=outward[..., None, None],
        hub_worth=worth[:, None, None] if hubs else np.zeros((1, 1, 1)),
    )
    closure = "national" if moves else "fixed"
    gradient = Tangent(economy, closure).solve(small, 1)
    step, ends = 1e-4, []
    for h in (step, -step):
        costs = KernelCosts(
            departing=np.exp(h * departing)[:, None, None],
            arriving=np.exp(h * arriving)[:, None, None],
            gates=np.arange(home),
            outward=np.exp(h * outward)[..., None, None],
            hub_factor=np.exp(h * worth)[:, None, None] if hubs else np.ones((1, 1, 1)),
        )
        ends.append(solve(economy, Shock(np.exp(h * gain)[..., None], costs), closure=closure, options=TIGHT))
    for name in ("wage", "population", "real_income", "sales", "price"):
        slope = (np.log(getattr(ends[0], name)) - np.log(getattr(ends[1], name))) / (2 * step)
        np.testing.assert_allclose(getattr(gradient, name), slope, atol=1e-6)


def test_gains_from_trade_follow_the_sufficient_statistic():
    """One sector, no inputs: going to autarky costs ``1 - pi_nn^(1/theta)`` (Arkolakis, Costinot, Rodriguez-Clare 2012)."""
    rng = np.random.default_rng(8)
    places, theta = 6, 4.0
    shares = rng.dirichlet(np.ones(places), size=places)[:, :, None]
    # Incomes that balance trade: the stationary vector of the shares.
    values, vectors = np.linalg.eig(shares[:, :, 0].T)
    income = np.abs(np.real(vectors[:, np.argmax(np.real(values))]))
    economy = Economy(
        places=tuple("abcdef"),
        sectors=("all",),
        technology=Technology(np.ones(1), np.zeros((1, 1)), np.ones(1)),
        elasticities=Elasticities.from_values(theta),
        trade=DenseTrade(shares, np.ones_like(shares)),
        sales=income[:, None],
        transfers=np.zeros(places),
    )
    walls = np.full((places, places, 1, 1), 1e6)
    walls[np.arange(places), np.arange(places)] = 1.0
    found = solve(economy, Shock(costs=DenseCosts(iceberg=walls)), options=Options(tolerance=1e-10))
    np.testing.assert_allclose(found.real_income[:, 0], np.diagonal(shares[:, :, 0]) ** (1 / theta), rtol=1e-8)


def test_parameters_outside_the_region_of_uniqueness_are_refused():
    with pytest.raises(ParameterError, match=r"psi\*theta"):
        Elasticities.from_values(4.0, 0.25)
    with pytest.raises(ParameterError, match="mu"):
        Elasticities.from_values(4.0, 0.0, market_size=1.0)
    with pytest.raises(BadInputError):
        Technology(np.array([0.5]), np.array([[0.4]]), np.ones(1))


def test_running_out_of_iterations_names_the_place_and_the_sector(drawn):
    _, economy = drawn
    gain = np.ones((*economy.sales.shape, 1))
    gain[1, 2] = 50.0
    with pytest.raises(ConvergenceError, match=r"place \d / sector \d"):
        solve(economy, Shock(productivity=gain), options=Options(iterations=1))


def test_a_shock_that_is_not_finite_is_an_error_not_an_answer(drawn):
    _, economy = drawn
    gain = np.ones((*economy.sales.shape, 1))
    gain[0, 0] = np.nan
    with pytest.raises(ConvergenceError), np.errstate(all="ignore"):
        solve(economy, Shock(productivity=gain))


def test_an_unknown_closure_is_refused(drawn):
    _, economy = drawn
    with pytest.raises(BadInputError, match="province"):
        solve(economy, Shock(), closure="province")
