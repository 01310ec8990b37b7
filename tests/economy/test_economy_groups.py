"""The economy on four groups of industries keeps every account, and screens levers as the full solution would."""

from types import SimpleNamespace

import numpy as np
import pytest
from industries import HOME, country

from bolang.economy.core.aggregate import GROUPS, aggregated
from bolang.economy.core.arrays import cast
from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.industries import GOODS, MANUFACTURING, MARKET_SERVICES, WHOLESALE
from bolang.economy.core.kernels import KernelCosts
from bolang.economy.core.solver import Options, solve
from bolang.economy.scenarios import spillovers

TIGHT = Options(tolerance=1e-12)


@pytest.fixture(scope="module", params=[0, 2])
def both(request):
    nation = country(hubs=request.param)
    return nation, aggregated(nation.economy)


def grouped(values):
    return np.stack([values[..., members].sum(axis=-1) for members in GROUPS], axis=-1)


def test_the_country_of_the_tests_is_in_equilibrium():
    nation = country()
    assert nation.economy.imbalance() < 1e-9
    made = nation.direct.sum(axis=0)
    made[:, GOODS] += (1 - nation.margin) * nation.through.sum(axis=(0, 1))
    np.add.at(made[:, WHOLESALE], nation.economy.trade.hub_places, nation.margin * nation.through.sum(axis=(1, 2)))
    np.testing.assert_allclose(made, nation.economy.sales, rtol=1e-9)


def test_every_account_of_every_place_is_kept(both):
    nation, small = both
    whole = nation.economy
    assert small.imbalance() < 1e-9
    np.testing.assert_allclose(small.sales, grouped(whole.sales), rtol=1e-12)
    np.testing.assert_allclose(small.income, whole.income, rtol=1e-12)
    np.testing.assert_allclose(small.final_spending, whole.final_spending, rtol=1e-12)
    np.testing.assert_array_equal(small.transfers, whole.transfers)
    assert (small.places, small.transfer_rule, small.common_wage) == (whole.places, "world", False)
    assert small.migration is whole.migration


def test_flows_between_places_are_sums_over_industries_and_margins_are_wholesale(both):
    nation, small = both
    flows = grouped(nation.direct)
    goods, services = 0, 1
    flows[..., goods] += (1 - nation.margin) * nation.through.sum(axis=0)
    for hub, place in enumerate(nation.economy.trade.hub_places):
        flows[:, place, services] += nation.margin * nation.through[hub].sum(axis=1)
    trade, n = small.trade, HOME
    for g, kernel in enumerate(trade.kernels):
        if kernel.matrix is None:
            np.testing.assert_allclose(np.diag(flows[:n, :n, g]), small.sales[:n, g], rtol=1e-9)
        else:
            np.testing.assert_allclose(kernel.matrix, flows[:n, :n, g], rtol=1e-9)
    np.testing.assert_allclose(trade.outward, flows[n:, :n], rtol=1e-9)
    np.testing.assert_allclose(trade.inward, flows[:n, n:], rtol=1e-9)
    np.testing.assert_allclose(trade.abroad, flows[n:, n:], rtol=1e-9)


def test_what_an_industry_group_uses_is_what_its_industries_use(both):
    """Purchases of each group of goods, as the members buy them, with the margins of hubs moved to services."""
    nation, small = both
    whole, technology = nation.economy, small.technology
    used = np.einsum("ks,ns->nks", whole.technology.links, whole.sales)
    by_group = np.stack([used[:, m].sum(axis=1) for m in GROUPS], axis=1)
    by_group = np.stack([by_group[..., m].sum(axis=-1) for m in GROUPS], axis=-1)
    paid = nation.direct[..., GOODS].sum(axis=1) + nation.through.sum(axis=(0, 2))
    share = nation.margin * nation.through.sum(axis=(0, 2)) / paid
    final = grouped(whole.technology.final)
    for table in (by_group, final[..., None]):
        table[:, 1] += table[:, 0] * share[:, None]
        table[:, 0] *= 1 - share[:, None]
    np.testing.assert_allclose(technology.links * small.sales[:, None], by_group, rtol=1e-9)
    np.testing.assert_allclose(technology.final, final, rtol=1e-9)
    earned = whole.sales * whole.technology.value_added
    np.testing.assert_allclose(technology.value_added * small.sales, grouped(earned), rtol=1e-9)


def test_elasticities_of_groups_are_means_by_sales(both):
    nation, small = both
    old, weight = nation.economy.elasticities, nation.economy.sales.sum(axis=0)
    for name in ("trade", "scale"):
        expected = [np.average(getattr(old, name)[m, 0], weights=weight[m]) for m in GROUPS]
        np.testing.assert_allclose(getattr(small.elasticities, name)[:, 0], expected)
    for name in ("migration", "housing", "market_size"):
        np.testing.assert_array_equal(getattr(small.elasticities, name), getattr(old, name))


def test_a_place_without_a_group_spends_nothing_on_its_inputs():
    nation = country(hubs=0)
    economy = nation.economy
    economy.sales[2, MANUFACTURING] = 0.0
    technology = aggregated(economy).technology
    assert technology.value_added[2, 0] == 1.0
    assert not technology.links[2, :, 0].any()


def lever_shock(small, direction, place):
    """What the lever means, by name: a cost lower by one per cent of whom, or what else."""
    theta = small.elasticities.trade[:, 0]
    if direction == "exports":
        return Shock(costs=KernelCosts(gates=np.array([place]), outward=np.full((1, 1, 1, 1), np.exp(1e-3))))
    inside = {*MANUFACTURING.tolist(), *MARKET_SERVICES.tolist()}
    sizes = {
        "productivity": theta,
        "manufacturing": theta * [1, 0, 0, 0],
        "entry": np.array([sum(s in inside for s in members.tolist()) / len(members) for members in GROUPS]),
    }
    gain = np.ones((*small.sales.shape, 1))
    gain[place, :, 0] = np.exp(1e-3 * sizes[direction])
    return Shock(productivity=gain)


@pytest.mark.parametrize("closure", ["fixed", "national"])
@pytest.mark.parametrize("direction", ["manufacturing", "entry", "productivity", "exports"])
def test_elasticities_between_counties_are_slopes_of_the_full_solution(both, direction, closure, own_cache):
    nation, small = both
    told = []
    found = spillovers.spillovers(
        SimpleNamespace(economy=nation.economy, home=HOME, key=f"{direction}-{closure}"),
        direction, closure, progress=told.append,
    )  # fmt: skip
    assert told[-1] == 1.0
    assert (found.direction, found.closure) == (direction, closure)
    alpha, spent = small.technology.final[:HOME], small.final_spending[:HOME]
    place = 1
    done = solve(small, lever_shock(small, direction, place), closure=closure, options=TIGHT)
    local = (alpha * np.log(done.price[:HOME, :, 0])).sum(axis=1)
    level = (spent / spent.sum()) @ local
    gdp = (np.log(done.wage[:HOME, 0] * done.population[:HOME, 0]) - level) / 1e-3
    income = np.log(done.real_income[:HOME, 0]) / 1e-3
    np.testing.assert_allclose(found.gdp[:, place], gdp, atol=1.5e-2 * np.abs(gdp).max())
    np.testing.assert_allclose(found.income[:, place], income, atol=1.5e-2 * np.abs(income).max())


def test_single_precision_changes_no_account(both):
    _, small = both
    np.testing.assert_allclose(cast(small, np.float32).income, small.income, rtol=1e-6)
