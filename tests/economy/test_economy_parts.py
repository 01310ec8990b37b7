"""The pieces of the calibration on small cases worked out by hand or by law."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.economy.calibration.calibration import parameters
from bolang.economy.calibration.geography import Geography, distance_slope, great_circle
from bolang.economy.calibration.hub_selection import candidates, hub_targets
from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.calibration.people import Movers, departures, fit_flows
from bolang.economy.calibration.scaling import Targets, fit, with_multipliers
from bolang.economy.calibration.spending import county_spending
from bolang.economy.calibration.value_added import BROAD, by_industry
from bolang.economy.core.border import Border
from bolang.economy.core.industries import AT_HOME, BULK, GOODS, LOCAL_SERVICES, MANUFACTURING, WHOLESALE
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.migration import NationalMigration, ProvincialMigration
from bolang.economy.levers.catalogue import Triangular, lever, levers
from bolang.economy.levers.draws import UNCERTAIN, central, one_at_a_time, sample
from bolang.foundation.errors import BadInputError, ConvergenceError


def small_nation(rng, sectors=19):
    output = rng.uniform(50, 100, sectors)
    inputs = rng.uniform(0, 1, (sectors, sectors)) * output / sectors
    exports, imports = rng.uniform(1, 3, (2, sectors))
    final = output + imports - exports - inputs.sum(axis=1)
    return NationalAccounts(output - inputs.sum(axis=0), output, final, exports, imports, inputs)


def test_every_industry_is_in_one_group():
    together = np.sort(np.concatenate([MANUFACTURING, BULK, LOCAL_SERVICES, AT_HOME]))
    np.testing.assert_array_equal(together, np.arange(19))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), missing=st.integers(0, 4))
def test_value_added_meets_both_margins(seed, missing):
    rng = np.random.default_rng(seed)
    employment = rng.uniform(0.5, 100, (8, 19))
    national = rng.uniform(10, 50, 19)
    published = rng.uniform(1, 20, (8, 3))
    published[:missing] = np.nan
    found = by_industry(employment, national, published)
    np.testing.assert_allclose(found.value.sum(axis=0), national, rtol=1e-9)
    broad = np.stack([found.value[:, members].sum(axis=1) for members in BROAD], axis=1)
    known = ~np.isnan(published)
    np.testing.assert_allclose(broad[known], (published * found.adjustment)[known], rtol=1e-8)
    np.testing.assert_array_equal(found.estimated, np.arange(8) < missing)


def test_value_added_refuses_output_without_workers():
    employment = np.ones((2, 19))
    employment[0, 0] = 0
    with pytest.raises(BadInputError, match="without any worker"):
        by_industry(employment, np.ones(19), np.ones((2, 3)))


def test_moving_margins_keeps_the_table_balanced():
    nation = small_nation(np.random.default_rng(0))
    moved = nation.with_margins(GOODS, WHOLESALE, at_home=2.0, abroad=0.5)
    np.testing.assert_allclose(moved.inputs.sum(axis=0), nation.inputs.sum(axis=0))
    change = moved.inputs.sum(axis=1) + moved.final + moved.exports - (
        nation.inputs.sum(axis=1) + nation.final + nation.exports
    )  # fmt: skip
    expected = np.zeros(19)
    expected[GOODS], expected[WHOLESALE] = 2.5, -2.5
    np.testing.assert_allclose(change, expected, atol=1e-12)
    with pytest.raises(BadInputError):
        nation.with_margins(GOODS, WHOLESALE, at_home=1e6, abroad=0)


def test_a_table_that_does_not_balance_is_refused():
    rows = [{"origin": "domestic", "row": "A", **dict.fromkeys("ABCDEFGHIJKLMNOPQRS", 1.0), "consumption": 5.0,
             "fixed_capital": 0.0, "inventories": 0.0, "exports": 0.0}] * 19  # fmt: skip
    frame = pl.DataFrame([*rows, *({**r, "origin": "imported"} for r in rows), {**rows[0], "origin": "value_added"}])
    with pytest.raises(BadInputError, match="does not balance"):
        NationalAccounts.from_table(frame)


def test_county_spending_clears_every_national_market():
    rng = np.random.default_rng(1)
    nation = small_nation(rng)
    value = rng.uniform(0.5, 1.5, (6, 19)) * nation.value_added / 6
    value *= nation.value_added / value.sum(axis=0)
    margins = np.zeros(19)
    margins[GOODS], margins[WHOLESALE] = 1.0, -1.0
    found = county_spending(value, rng.uniform(1, 5, 6), nation, margins, 0.85, AT_HOME)
    traded = np.setdiff1d(np.arange(19), AT_HOME)
    supply = found.sales.sum(axis=0) + nation.imports - nation.exports + margins
    np.testing.assert_allclose(found.total.sum(axis=0)[traded], supply[traded], rtol=1e-12)
    np.testing.assert_allclose(found.total[:, AT_HOME], found.sales[:, AT_HOME], rtol=1e-12)
    np.testing.assert_allclose(found.final_shares.sum(axis=1), 1)
    earned = found.sales @ nation.value_added_share
    spent = found.total.sum(axis=1) - (found.sales @ nation.input_shares.T).sum(axis=1)
    np.testing.assert_allclose(found.transfers, spent - earned, atol=1e-9)


def test_a_hub_needs_a_quotient_and_a_second_signal():
    employment = np.full((5, 19), 1000.0)
    employment[:3, WHOLESALE] = 4000
    employment[2] /= 100
    villages = np.array([1, 0, 5, 9, 0])
    places, quotient = candidates(employment, villages, np.zeros(5, dtype=int), quotient=1.2, minimum=5000)
    np.testing.assert_array_equal(places, [0])
    assert quotient[0] > 1.2
    listed = np.array([0, 2016, 0, 0, 0])
    places, quotient = candidates(employment, villages, listed, quotient=1.2, minimum=5000)
    np.testing.assert_array_equal(places, [0, 1])
    value = np.array([1.0, 2.0, 0, 0, 0])
    trade = {"anchor": 1, "exports": 300.0, "at_home": 70.0, "share_abroad": 0.1}
    found = hub_targets(employment, value, places, quotient, listed, **trade)
    # As many excess workers, half the value added: half the throughput.
    np.testing.assert_allclose(found.throughput, [185, 370])
    np.testing.assert_array_equal(found.exports, [np.nan, 300.0])
    np.testing.assert_allclose(found.shipped, [18.5, np.nan])


def test_people_by_origin_and_residence_meet_the_margins():
    rng = np.random.default_rng(2)
    province = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    residents = rng.uniform(50, 100, 8)
    same = province[:, None] == province[None, :]
    off = ~np.eye(8, dtype=bool)
    true = rng.uniform(0.5, 2, (8, 8)) * off
    arrivals, within = (true * same).sum(axis=0), (true * same).sum(axis=1)
    margins = Movers(residents, arrivals, (true * ~same).sum(axis=0), rng.uniform(5, 15, 8))
    across = (true * ~same).sum(axis=1)
    flows, miss = fit_flows(margins, within, across, province, rng.uniform(0.1, 1, (8, 8)))
    assert miss < 1e-8
    np.testing.assert_allclose(flows.sum(axis=0), residents)
    np.testing.assert_allclose((flows * (same & off)).sum(axis=0), margins.from_province, rtol=1e-6)
    np.testing.assert_allclose((flows * ~same).sum(axis=1), across, rtol=1e-6)


def test_departures_share_out_the_totals_of_the_census():
    rng = np.random.default_rng(2)
    province = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    margins = Movers(rng.uniform(50, 100, 8), *rng.uniform(1, 5, (2, 8)), leavers=rng.uniform(5, 15, 8))
    within, across = departures(margins, margins, province)
    np.testing.assert_allclose(np.bincount(province, within), np.bincount(province, margins.from_province))
    np.testing.assert_allclose(across.sum(), margins.from_elsewhere.sum())


def test_margins_that_no_flows_can_meet_are_refused():
    province = np.zeros(2, dtype=int)
    margins = Movers(np.full(2, 50.0), np.array([2.0, 3.0]), np.zeros(2), np.full(2, 5.0))
    with pytest.raises(ConvergenceError, match="margins miss"):
        fit_flows(margins, np.array([1.0, 4.0]), np.zeros(2), province, np.ones((2, 2)))


def test_migration_closures_keep_everybody():
    rng = np.random.default_rng(3)
    flows = rng.uniform(0, 5, (6, 6)) + 20 * np.eye(6)
    income, kappa = rng.normal(0, 0.1, (6, 2)), np.array([1.5, 2.0])
    moved, welfare = NationalMigration(flows).settle(income, kappa)
    people = flows.sum(axis=0)[:, None]
    np.testing.assert_allclose((people * np.exp(moved)).sum(axis=0), people.sum())
    assert (welfare >= income.min(axis=0)).all()
    assert (welfare <= income.max(axis=0)).all()
    province = np.array([0, 0, 0, 1, 1, 1])
    moved, _ = ProvincialMigration(province, people[:, 0]).settle(income, kappa)
    for p in (0, 1):
        rows = province == p
        np.testing.assert_allclose((people[rows] * np.exp(moved[rows])).sum(axis=0), people[rows].sum())


@pytest.mark.parametrize("columns", [1, 3])
def test_trade_over_the_border_equals_the_plain_sum(columns):
    rng = np.random.default_rng(8)
    regions, places, sectors, scenarios = 2, 7, 3, 3
    closeness = rng.uniform(1, 2, (regions, places, sectors))
    gates = np.array([1, 4, 5])
    factor = rng.uniform(0.5, 2, (regions, 3, sectors, columns))
    factor[:, 1] = 1.0
    if columns > 1:
        factor[..., 1] = 1.0
    tariff, theta = rng.uniform(0, 0.3, (regions, sectors, scenarios)), np.full((sectors, scenarios), 4.0)
    demand = rng.uniform(0.5, 1, (regions, 1, scenarios))
    border = Border(closeness, factor, gates, tariff, theta, demand)
    whole = np.ones((regions, places, sectors, scenarios))
    whole[:, gates] *= factor
    whole *= (closeness[..., None]) * (demand * (1 + tariff) ** -theta)[:, None]
    level, spread = rng.random((places, sectors, scenarios)), rng.random((regions, sectors, scenarios))
    np.testing.assert_allclose(border.from_places(level), np.einsum("rnsb,nsb->rsb", whole, level))
    reached, duty = border.to_places(spread)
    np.testing.assert_allclose(reached, np.einsum("rnsb,rsb->nsb", whole, spread))
    np.testing.assert_allclose(duty, np.einsum("rnsb,rsb->nsb", whole, spread * (1 - border.kept)))
    np.testing.assert_allclose(border.by_place(level, spread), np.einsum("rnsb,nsb,rsb->rnb", whole, level, spread))


def test_freight_turns_into_kernels_with_the_wanted_distance_elasticity():
    rng = np.random.default_rng(4)
    distance = great_circle(rng.uniform(100, 120, 40), rng.uniform(25, 40, 40))
    np.testing.assert_allclose(great_circle(np.array([116.4, 121.47]), np.array([39.9, 31.23]))[0, 1], 1068, rtol=0.01)
    freight = 10 * np.maximum(distance, 10) ** 0.5
    slope = distance_slope(freight, distance)
    np.testing.assert_allclose(slope, 0.5, rtol=1e-6)
    geography = Geography(freight, np.ones((1, 40)), slope)
    near, far = np.log(geography.closeness(1.0)[0, 1:3])
    np.testing.assert_allclose((near - far) / np.log(distance[0, 2] / distance[0, 1]), 1.0, rtol=1e-6)


def scaling_problem(rng, home=6, regions=2, sectors=2):
    closeness = rng.uniform(0.1, 1, (home, home)) + np.eye(home)
    places = home + regions
    truth = KernelTrade(
        kernels=(Kernel(np.arange(sectors), closeness),),
        supply=rng.uniform(1, 3, (places, sectors)),
        outward=rng.uniform(0.01, 0.1, (regions, home, sectors)),
        inward=rng.uniform(0.01, 0.1, (home, regions, sectors)),
        abroad=np.eye(regions)[:, :, None] * np.ones(sectors),
    )
    spending = rng.uniform(1, 5, (places, sectors))
    under = truth.under(None, np.ones((sectors, 1)))
    ones, none = np.ones((places, sectors, 1)), np.zeros((0, 1))
    market = under.market(ones, none, none)
    flows = under.flows(ones, market, spending[..., None])
    spread = spending / truth.phi
    exports = np.einsum("rns,ns,rs->rs", truth.outward, truth.supply[:home], spread[home:])
    imports = np.einsum("nrs,rs,ns->rs", truth.inward, truth.supply[home:], spread[:home])
    targets = Targets(
        sales=flows.sales[..., 0],
        spending=spending,
        exports=exports,
        imports=imports,
        province=np.zeros(home, dtype=int),
        province_exports=np.full((1, sectors), np.nan),
        county_exports=np.full((home, sectors), np.nan),
        throughput=np.empty((0, 1)),
        hub_exports=np.empty(0),
        hub_shipped=np.empty(0),
    )
    start = KernelTrade(truth.kernels, np.ones_like(truth.supply), truth.outward * 3, truth.inward / 2, truth.abroad)
    return start, targets


def test_matrix_scaling_reproduces_its_targets_and_can_be_replayed():
    start, targets = scaling_problem(np.random.default_rng(5))
    found = fit(start, targets)
    assert found.residual < 1e-10
    again = with_multipliers(start, targets, found.multipliers)
    np.testing.assert_array_equal(again.supply, found.trade.supply)
    under = again.under(None, np.ones((2, 1)))
    ones, none = np.ones((8, 2, 1)), np.zeros((0, 1))
    flows = under.flows(ones, under.market(ones, none, none), targets.spending[..., None])
    np.testing.assert_allclose(flows.sales[..., 0], targets.sales, rtol=1e-9)


def test_matrix_scaling_says_what_cannot_be_met():
    start, targets = scaling_problem(np.random.default_rng(6))
    targets.sales[0] *= 1.5
    with pytest.raises(ConvergenceError, match="misses by"):
        fit(start, targets, iterations=60)


def test_every_lever_is_cited_and_may_fail_to_help():
    for item in levers().values():
        assert all((item.source.zh, item.source.en, item.cost_source.zh, item.cost_source.en))
        assert item.effect.quantile(np.array([0.0]))[0] <= 0
        assert lever(item.label.zh) is item
    with pytest.raises(BadInputError, match="sea_rail"):
        lever("no such lever")


def test_triangular_quantiles():
    shape = Triangular(low=0, mode=1, high=3)
    np.testing.assert_allclose(shape.quantile(np.array([0.0, 1 / 3, 1.0])), [0, 1, 3])
    draws = shape.quantile(np.random.default_rng(0).random(200_000))
    np.testing.assert_allclose([draws.mean(), draws.var()], [4 / 3, 7 / 18], rtol=0.01)
    np.testing.assert_array_equal(Triangular(low=1, mode=1, high=1).quantile(np.array([0.2])), [1])


def test_draws_have_the_cited_value_as_their_median_and_stay_in_range():
    cited, chosen = parameters(), [(lever("sea_rail"), None), (lever("upgrading"), 0.03)]
    drawn = sample(cited, chosen, 200, seed=1)
    for name in UNCERTAIN:
        low, high = cited[name].range
        values = drawn.parameters[name]
        assert low <= values.min() <= values.max() <= high
        np.testing.assert_allclose(np.median(values), cited.number(name), rtol=0.05, atol=1e-3)
    assert drawn.effects[0].std() > 0
    np.testing.assert_array_equal(drawn.effects[1], 0.03)
    np.testing.assert_array_equal(sample(cited, chosen, 200, seed=1).effects, drawn.effects)
    ends, names = one_at_a_time(cited, chosen)
    assert names == (*UNCERTAIN, "sea_rail")
    base = central(cited, chosen)
    for i, name in enumerate(UNCERTAIN):
        assert tuple(ends.parameters[name][2 * i : 2 * i + 2]) == cited[name].range
        others = np.delete(ends.parameters[name], [2 * i, 2 * i + 1])
        np.testing.assert_array_equal(others, base.parameters[name][0])
