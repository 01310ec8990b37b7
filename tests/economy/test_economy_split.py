"""The split of a county's gain against one written industry by industry, and exports against every flow written out."""

from math import log

import numpy as np
import pytest
from industries import HOME, country

from bolang.economy.core.decomposition import TERMS, decompose
from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.industries import GOODS, WHOLESALE
from bolang.economy.core.kernels import KernelCosts
from bolang.economy.core.solver import Options, solve

TIGHT = Options(tolerance=1e-12)


def log_mean(a, b):
    return a if abs(a - b) < 1e-9 * a else (a - b) / (log(a) - log(b))


def shock_of(economy, county):
    gain = np.ones((*economy.sales.shape, 1))
    gain[county] = np.random.default_rng(3).uniform(1.02, 1.2, (19, 1))
    leaving = np.ones((HOME, 1, 1))
    leaving[county] = 1.25
    return Shock(gain, KernelCosts(departing=leaving, gates=np.array([county]), outward=np.full((1, 1, 1, 1), 1.3)))


def first_round(nation, county, shock):
    """Sales by industry if freight alone fell: every supply, price and budget as it was; and the hub's margin in them."""
    direct, through = nation.direct.copy(), nation.through.copy()
    leave, out = shock.costs.departing[county, 0, 0], shock.costs.outward[0, 0, 0, 0]
    bought = direct.sum(axis=1)
    bought[:, GOODS] += through.sum(axis=(0, 2))
    direct[:HOME, county] *= leave
    direct[HOME:, county] *= out
    for h, place in enumerate(nation.economy.trade.hub_places):
        before = through[h].sum()
        through[h, :, county] *= leave
        # The hub's markup follows what it buys at; a hub in the county itself also leaves more cheaply.
        supply = nation.economy.trade.supply[:HOME, GOODS] * nation.economy.trade.hubs.outof[0, h]
        cheaper = (supply.sum() + (leave - 1) * supply[county]) / supply.sum()
        through[h] *= cheaper**-nation.margin
        if place == county:
            through[h, :HOME] *= leave
            through[h, HOME:] *= out
        assert before > 0
    total = direct.sum(axis=1)
    total[:, GOODS] += through.sum(axis=(0, 2))
    direct *= (bought / total)[:, None]
    through *= (bought / total)[None, :, GOODS, None]
    made = direct[:, county].sum(axis=0)
    made[GOODS] += (1 - nation.margin) * through[:, :, county].sum()
    return made


@pytest.fixture(scope="module", params=[(0, 1), (2, None), (2, "hub")], ids=["no hubs", "beside hubs", "a hub"])
def case(request):
    hubs, where = request.param
    nation = country(hubs=hubs)
    places = [int(h) for h in nation.economy.trade.hub_places]
    county = where if isinstance(where, int) else places[0] if where == "hub" else min(set(range(HOME)) - set(places))
    shock = shock_of(nation.economy, county)
    settled = solve(nation.economy, shock, options=TIGHT)
    moved = solve(nation.economy, shock, closure="national", options=TIGHT)
    return nation, county, shock, settled, moved, places


def test_the_parts_are_those_of_a_split_industry_by_industry(case):
    nation, county, shock, settled, moved, places = case
    economy, levels = nation.economy, (1.03, 0.98)
    found = decompose(economy, shock, settled, moved, county, levels)
    gamma, theta = economy.technology.value_added, economy.elasticities.trade[:, 0]
    psi, links = economy.elasticities.scale[:, 0], economy.technology.links
    before = [gamma[s] * economy.sales[county, s] for s in range(19)]
    after = [before[s] * settled.sales[county, s, 0] for s in range(19)]
    own_before, own_after = economy.sales[county].copy(), economy.sales[county] * settled.sales[county, :, 0]
    margin = (0.0, 0.0)
    if county in places:
        h = places.index(county)
        margin = tuple(nation.margin * float(x.throughput[h].sum()) for x in (economy.baseline_flows, settled))
        own_before[WHOLESALE] -= margin[0]
        own_after[WHOLESALE] -= margin[1]
    once = first_round(nation, county, shock)
    parts = dict.fromkeys(TERMS, 0.0)
    for s in range(19):
        weight = log_mean(after[s], before[s]) / log_mean(sum(after), sum(before))
        whole = log_mean(economy.sales[county, s] * settled.sales[county, s, 0], economy.sales[county, s])
        own = log_mean(own_after[s], own_before[s]) / whole
        if s == WHOLESALE and county in places:
            parts["market"] += weight * log_mean(margin[1], margin[0]) / whole * log(margin[1] / margin[0])
        pieces = {
            "productivity": log(shock.productivity[county, s, 0]),
            "trade_cost": log(once[s] / own_before[s]),
            "scale": theta[s] * psi[s] * log(settled.labour[county, s, 0]),
            "wages": -theta[s] * gamma[s] * log(settled.wage[county, 0]),
            "inputs": -theta[s] * sum(links[k, s] * log(settled.price[county, k, 0]) for k in range(19)),
        }
        pieces["access"] = log(own_after[s] / own_before[s]) - sum(pieces.values())
        for name, piece in pieces.items():
            parts[name] += weight * own * piece
    parts["prices"] = -log(levels[0])
    still = log(settled.wage[county, 0] / levels[0])
    total = log(moved.wage[county, 0] * moved.population[county, 0] / levels[1])
    parts["migration"] = total - still
    assert found.total == pytest.approx(total)
    assert set(found.parts) == set(TERMS)
    for name in TERMS:
        assert found.parts[name] == pytest.approx(parts[name], rel=1e-6, abs=1e-9), name
    assert sum(found.parts.values()) == pytest.approx(found.total, rel=1e-7)


def test_without_a_market_nothing_comes_from_margins_and_without_cheaper_freight_nothing_from_freight(case):
    nation, county, shock, settled, moved, places = case
    found = decompose(nation.economy, shock, settled, moved, county, (1.0, 1.0))
    assert (found.parts["market"] != 0) == (county in places)
    only = Shock(productivity=shock.productivity)
    done = solve(nation.economy, only, options=TIGHT)
    assert decompose(nation.economy, only, done, done, county, (1.0, 1.0)).parts["trade_cost"] == pytest.approx(
        0, abs=1e-9
    )


def test_an_industry_that_is_not_there_has_no_part():
    nation = country(hubs=0)
    nation.economy.trade.supply[1, 7] = 0.0
    nation.economy.sales[:] = nation.economy.baseline_flows.sales[..., 0]
    del nation.economy.__dict__["baseline_flows"]
    assert nation.economy.sales[1, 7] == 0.0
    shock = Shock(costs=KernelCosts(departing=np.full((HOME, 1, 1), 1.1)))
    from bolang.economy.core.decomposition import _first_round, _log_mean

    once = _first_round(nation.economy, shock, 1)
    assert once[7] == 0.0
    assert np.isfinite(once).all()
    np.testing.assert_allclose(_log_mean(np.array([2.0, 3.0, 0.0, 2.0]), np.array([2.0, 1.0, 4.0, 0.0])),
                               [2.0, 2 / np.log(3), 2.0, 1.0])  # fmt: skip


def test_exports_are_what_foreigners_pay_makers_and_hubs(case):
    nation, _, _, _, _, places = case
    found = solve(nation.economy, Shock(), options=TIGHT).exports
    np.testing.assert_allclose(found.direct[..., 0], nation.direct[HOME:, :HOME].sum(axis=2), rtol=1e-8)
    assert found.via_hubs.shape == (2, len(places), 1)
    np.testing.assert_allclose(found.via_hubs[..., 0], nation.through[:, HOME:].sum(axis=2).T, rtol=1e-8)
