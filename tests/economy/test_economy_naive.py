"""The solver in changes against a naive solver in levels."""

import naive
import numpy as np
import pytest
from calibrated import economy_from
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.kernels import KernelCosts
from bolang.economy.core.solver import Options, solve

TIGHT = Options(tolerance=1e-12)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10_000),
    hubs=st.integers(0, 2),
    moves=st.booleans(),
    scale=st.sampled_from([0.0, 0.1]),
    tariff=st.sampled_from([0.0, 0.25]),
    pool=st.booleans(),
    tied=st.booleans(),
)
def test_changes_equal_levels(seed, hubs, moves, scale, tariff, pool, tied):
    rng = np.random.default_rng(seed)
    p = naive.draw(rng, hubs=hubs, moves=moves, scale=scale, pool=pool)
    home = len(p.people) - p.foreign
    gain = rng.uniform(0.8, 1.25, p.technology.shape)
    departing, arriving = rng.uniform(0.8, 1.2, (2, home))
    outward = rng.uniform(0.7, 1.3, (p.foreign, home))
    duties = p.tariffs.copy()
    duties[home, :home] += tariff
    tau = p.tau.copy()
    tau[:home, :home] *= departing[None, :, None] * arriving[:, None, None]
    tau[home:, :home] *= outward[..., None]
    into, outof, worth = p.into.copy(), p.outof.copy(), p.worth.copy()
    into[:home] *= arriving[:, None] * departing[p.hubs]
    into[home:] *= outward[:, p.hubs]
    outof[:, :home] *= departing * arriving[p.hubs][:, None]
    worth *= 1.3
    changed = naive.shocked(
        p, technology=p.technology * gain, tau=tau, tariffs=duties, into=into, outof=outof, worth=worth
    )
    before = naive.solve_naively(p)
    after = naive.solve_naively(naive.shocked(changed, tied=before.wage[home:] if tied else None))
    economy = economy_from(p, before, tied=tied)
    assert economy.imbalance() < 1e-10
    rate = np.zeros((p.foreign, 1, 1))
    rate[0] = tariff
    shock = Shock(
        productivity=gain[..., None],
        costs=KernelCosts(
            departing=departing[:, None, None],
            arriving=arriving[:, None, None],
            gates=np.arange(home),
            outward=outward[..., None, None],
            tariff_abroad=rate,
            hub_factor=np.full((1, 1, 1), 1.3),
        ),
    )
    found = solve(economy, shock, closure="national" if moves else "fixed", options=TIGHT)
    world = (after.wage * after.people).sum() / (before.wage * before.people).sum()
    close = lambda got, b, a: np.testing.assert_allclose(got[..., 0], a / b, rtol=1e-9)  # noqa: E731
    close(found.wage, before.wage, after.wage / world)
    close(found.price, before.price, after.price / world)
    close(found.sales, before.sales, after.sales / world)
    close(found.population, before.people, after.people)
    close(found.real_income, before.income, after.income)
    close(found.labour, before.labour, after.labour)
    np.testing.assert_allclose(found.throughput[:, :, 0].sum(axis=1), after.throughput / world, rtol=1e-9)
    assert abs(found.walras).max() < 1e-10


@pytest.mark.parametrize("moves", [False, True])
def test_no_shock_changes_nothing(moves):
    p = naive.draw(np.random.default_rng(3), moves=moves)
    base = naive.solve_naively(p)
    found = solve(economy_from(p, base), Shock(), closure="national" if moves else "fixed")
    for change in (found.wage, found.price, found.sales, found.population, found.real_income, found.welfare):
        np.testing.assert_allclose(change, 1, atol=1e-9)
    assert found.iterations <= 2
