"""Prices of links: worked by hand, integers, closed where a cargo or a set of modes may not go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.foundation.errors import BadInputError, ParameterError
from bolang.foundation.text import Text
from bolang.pages.route.sentences import carriers_text
from bolang.space.modes import FAMILIES, Family, Mode, cargo_named, carriers, modes_named, opened
from bolang.space.network import Links
from bolang.space.pricing import price
from bolang.space.tariff import CLOSED, SCALE, Tariff

TARIFF = Tariff.standard()


def one(mode, km, **columns):
    return Links.of([0], [1], mode, [km], **{name: [value] for name, value in columns.items()})


def test_a_tonne_by_road_for_a_hundred_kilometres():
    prices = price(one(Mode.ROAD, 100.0), TARIFF, "general")
    hours = 100 / 58
    assert prices.money[0] == pytest.approx(45.0)
    assert prices.hours[0] == pytest.approx(hours)
    # 6,468 yuan/t at 0.08 % a day
    assert prices.weights[0] == round((45.0 + hours * 6468 * 0.0008 / 24) * 1e4)


def test_the_rail_tariff_sums_to_the_regulated_mean_over_the_mean_haul():
    rail = price(one(Mode.RAIL, 670.0), TARIFF, "general").money[0] + TARIFF["rail_base"]
    assert rail / 670 == pytest.approx(0.1551, rel=0.02)


def test_an_ocean_lane_costs_the_index_rate_from_shanghai():
    prices = price(one(Mode.OCEAN, 19580.0, usd=1052.0), TARIFF, "container")
    assert prices.money[0] == pytest.approx(1052 * 6.8976)
    longer = price(one(Mode.OCEAN, 19680.0, usd=1052.0, extra_km=100.0), TARIFF, "container")
    assert longer.money[0] - prices.money[0] == pytest.approx(100 * 0.03 * 6.8976)


def test_changes_of_gauge_cost_and_delay():
    straight = price(one(Mode.RAIL_ABROAD, 1000.0), TARIFF, "container")
    changed = price(one(Mode.RAIL_ABROAD, 1000.0, changes=2.0), TARIFF, "container")
    assert changed.money[0] - straight.money[0] == pytest.approx(2 * TARIFF["border_handling"])
    assert changed.hours[0] - straight.hours[0] == pytest.approx(2 * TARIFF["border_hours"])


@pytest.mark.parametrize("mode", [Mode.OCEAN, Mode.OCEAN_QUAY, Mode.RAIL_ABROAD, Mode.ROAD_ABROAD, Mode.BORDER])
def test_general_cargo_does_not_go_abroad(mode):
    assert price(one(mode, 10.0), TARIFF, "general").weights[0] == CLOSED


def test_containers_change_to_rail_only_at_container_terminals():
    assert price(one(Mode.STATION, 5.0), TARIFF, "container").weights[0] == CLOSED
    assert price(one(Mode.TERMINAL, 5.0), TARIFF, "container").weights[0] < CLOSED


def test_sets_of_modes_close_the_others():
    assert price(one(Mode.RAIL, 5.0), TARIFF, "general", "road").weights[0] == CLOSED
    assert price(one(Mode.COASTAL, 5.0), TARIFF, "general", "rail").weights[0] == CLOSED
    assert price(one(Mode.OCEAN, 5.0, usd=1.0), TARIFF, "container", "land").weights[0] == CLOSED
    assert opened("road") < opened("rail") < opened("all")


def test_closed_links_and_factors():
    assert price(one(Mode.ROAD, 5.0, closed=1.0), TARIFF, "general").weights[0] == CLOSED
    half = price(one(Mode.ROAD, 100.0, factor=0.5), TARIFF, "general")
    assert half.money[0] == pytest.approx(22.5)
    assert price(one(Mode.TERMINAL, 0.0, surcharge=-100.0), TARIFF, "general").money[0] == pytest.approx(
        price(one(Mode.TERMINAL, 0.0), TARIFF, "general").money[0]
    )


@given(km=st.floats(0, 30000), more=st.floats(0, 3000), mode=st.sampled_from(list(Mode)))
def test_a_longer_link_never_costs_less(km, more, mode):
    for cargo in ("general", "container"):
        short, long = (price(one(mode, x), TARIFF, cargo).weights[0] for x in (km, km + more))
        assert 1 <= short <= long


def test_the_weight_is_money_and_time_in_scaled_units():
    for cargo, mode in (("general", Mode.RAIL), ("container", Mode.TERMINAL)):
        prices = price(one(mode, 123.0), TARIFF, cargo)
        cost = prices.money[0] + prices.hours[0] * TARIFF.hour(cargo)
        assert prices.weights[0] / SCALE[cargo] == pytest.approx(cost, abs=1 / SCALE[cargo])


def test_a_price_beyond_the_integers_is_refused():
    with pytest.raises(ParameterError):
        price(one(Mode.ROAD, 1e6), TARIFF, "general")


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_a_tariff_refuses_impossible_values(value):
    with pytest.raises(ParameterError):
        TARIFF.changed("rail_rate", value)


def test_a_tariff_names_its_parameters_when_asked_for_another():
    with pytest.raises(ParameterError, match="rail_rate"):
        TARIFF.changed("rail_price", 1.0)


def test_names_of_cargoes_and_modes_are_checked():
    assert cargo_named("general") == "general"
    assert modes_named("land") == "land"
    for check in (cargo_named, modes_named):
        with pytest.raises(BadInputError):
            check("air")


def test_every_mode_belongs_to_one_family_and_is_priced_for_containers_or_goods():
    assert set(FAMILIES) == set(Mode)
    assert set(FAMILIES.values()) == set(Family)
    assert FAMILIES[Mode.ROAD] is FAMILIES[Mode.ACCESS] is Family.ROAD
    assert set(TARIFF.mode_prices("general")) | set(TARIFF.mode_prices("container")) == set(Mode)


def test_a_route_is_named_after_what_carries_it():
    assert carriers([Mode.ROAD, Mode.ACCESS]) == (Family.ROAD,)
    assert carriers([Mode.ACCESS, Mode.TERMINAL, Mode.RAIL, Mode.OCEAN]) == (Family.RAIL, Family.SEA)
    assert carriers_text(carriers([Mode.ROAD, Mode.OCEAN])) == Text("公路＋海运", "Road + sea")
