"""Ranges of the cost of routes follow from the ranges of the parameters."""

import numpy as np
import pytest

from bolang.space import ChangeTariff, find_routes, route_spreads
from bolang.space.spread import HELD, _drawn
from bolang.space.tariff import Tariff, parameters


@pytest.fixture(scope="module")
def routes(atlas, system):
    return find_routes(atlas, "义乌市", "宁波港", system=system).routes


def test_draws_lie_in_the_ranges_and_around_the_central_value():
    cited = parameters().parameters
    drawn = _drawn(Tariff.standard(), 300, 1)
    for name, parameter in cited.items():
        if parameter.range is None:
            continue
        values = np.array([tariff[name] for tariff in drawn])
        if name in HELD:
            assert (values == parameter.number).all()
        else:
            assert parameter.range[0] * (1 - 1e-9) <= values.min() < values.max() <= parameter.range[1] * (1 + 1e-9)


def test_the_central_cost_lies_inside_and_shares_add_up_to_one(system, routes):
    spreads = route_spreads(system, routes)
    for route, spread in zip(routes, spreads, strict=True):
        assert spread.cost[0] < route.cost < spread.cost[1]
        assert spread.money[0] < route.money < spread.money[1]
        assert spread.hours[0] < route.hours < spread.hours[1]
    assert sum(spread.cheapest for spread in spreads) == pytest.approx(1.0)
    assert 0.2 < spreads[0].cheapest < 0.9  # rail and road to Ningbo are close: neither is certain


def test_a_draw_is_repeated_with_its_seed_and_follows_an_edit(system, routes):
    assert route_spreads(system, routes, draws=50, seed=3) == route_spreads(system, routes, draws=50, seed=3)
    assert route_spreads(system, routes, draws=50, seed=3) != route_spreads(system, routes, draws=50, seed=4)
    dearer = route_spreads(system.edited([ChangeTariff("truck_box_rate", factor=2.0)]), routes, draws=50, seed=3)
    before = route_spreads(system, routes, draws=50, seed=3)
    assert dearer[0].cheapest > before[0].cheapest
    assert dearer[1].money[0] > before[1].money[0]


def test_a_single_route_is_always_the_cheapest(system, routes):
    assert route_spreads(system, routes[:1], draws=10)[0].cheapest == 1.0
