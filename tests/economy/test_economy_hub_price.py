"""A hub sells wholesale services at their price: what makes them cheaper makes the market larger."""

import numpy as np
import pytest
from calibrated import economy_from
from naive import draw, shocked, solve_naively

from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.solver import Options, System, solve

GAIN = 1.05


@pytest.fixture(scope="module")
def two_places():
    """Two home places, one of them a market, and one foreign place: small enough to follow with a pencil."""
    p = draw(np.random.default_rng(7), home=2, foreign=1, sectors=3, hubs=1, scale=0.0, moves=False)
    return p, solve_naively(p)


def productivity(p, gain=GAIN):
    """Unit cost of wholesale services at the hub falls to 1/gain of what it was."""
    factor = np.ones((*p.technology.shape, 1))
    factor[p.hubs[0], p.service] = gain ** p.theta[p.service]
    return factor


def test_by_hand_before_anything_else_moves(two_places):
    """At baseline wages and prices the service sells at 1/1.05, so g_h rises by 1.05^(theta m): theta of the good, m = 0.1."""
    p, base = two_places
    economy = economy_from(p, base)
    system = System(economy, Shock(productivity=productivity(p)), "fixed", economy.elasticities, 1)
    at = system.evaluate(system.start())
    by_hand = GAIN ** (p.theta[0] * 0.1)
    assert float(at.market.hub_rate[0, 0, 0] / base.rate[0]) == pytest.approx(by_hand, rel=1e-12)


def test_scale_makes_the_service_cheaper_by_hand():
    """Twice the labour at elasticity psi lowers the price by 2^-psi, so g_h rises by 2^(psi theta m)."""
    p = draw(np.random.default_rng(7), home=2, foreign=1, sectors=3, hubs=1, scale=0.1, moves=False)
    base = solve_naively(p)
    economy = economy_from(p, base)
    system = System(economy, Shock(), "fixed", economy.elasticities, 1)
    state = system.start()
    places, sectors = economy.sales.shape
    state[0, places + p.hubs[0] * sectors + p.service] = np.log(
        2.0
    )  # twice the sales at the same wage: twice the labour
    by_hand = 2.0 ** (p.psi[p.service] * p.theta[0] * 0.1)
    assert float(system.evaluate(state).market.hub_rate[0, 0, 0] / base.rate[0]) == pytest.approx(by_hand, rel=1e-12)


def test_in_equilibrium_the_market_grows_as_the_naive_solver_says(two_places):
    p, base = two_places
    better = solve_naively(shocked(p, technology=p.technology * productivity(p)[..., 0]))
    found = solve(economy_from(p, base), Shock(productivity=productivity(p)), options=Options(tolerance=1e-12))
    world = (better.wage * better.people).sum() / (base.wage * base.people).sum()
    expected = better.throughput[0] / base.throughput[0] / world
    grown = float(found.throughput[0].sum() / base.throughput[0])
    assert grown == pytest.approx(expected, rel=1e-9)
    assert grown > 1.0


@pytest.mark.slow
def test_five_per_cent_in_yiwu_raise_its_throughput_by_about_three():
    from bolang.atlas import INDUSTRIES, Atlas
    from bolang.economy import calibrate

    atlas = Atlas(workspace=False)
    economy = calibrate(atlas).economy
    yiwu, wholesale = atlas.county("义乌市").index, INDUSTRIES.index("F")
    factor = np.ones((*economy.sales.shape, 1))
    factor[yiwu, wholesale] = GAIN ** economy.elasticities.trade[wholesale, 0]
    found = solve(economy, Shock(productivity=factor), closure="national", options=Options(tolerance=1e-6))
    hub = list(economy.trade.hub_places).index(yiwu)
    grown = found.throughput[hub].sum() / economy.baseline_flows.throughput[hub].sum() - 1
    assert 0.02 < grown < 0.035
