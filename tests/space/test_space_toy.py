"""Edits, routes, lines and costs on a country of three counties, where each answer can be worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from toy_country import COUNTIES, LAT, LON, ToyAtlas, network, toy

from bolang.foundation.errors import BadInputError, BolangError, ParameterError, UnknownPlaceError
from bolang.foundation.text import Text
from bolang.space import freight, impact, spread
from bolang.space.edits import (
    AddLink,
    AvoidSuez,
    ChangeTariff,
    CloseGateway,
    CloseTerminal,
    OpenDryPort,
    OpenSeaRailTerminal,
    UpgradeLink,
)
from bolang.space.ends import great_circle_km, place_end, straight_km
from bolang.space.engine import open_engine
from bolang.space.freight import SHARE_OF_WORK, TABLES, FreightCosts, cost_tables, costs_of, internal_costs
from bolang.space.lines import route_lines
from bolang.space.modes import Family, Mode
from bolang.space.network import Links
from bolang.space.route import StopKind, route_of
from bolang.space.routing import find_routes, routes_to_the_world
from bolang.space.tariff import CLOSED, Tariff, parameters


@pytest.fixture
def system():
    return toy()


def of_mode(system, mode):
    return np.flatnonzero(system.network.links.mode == mode).tolist()


# ---------------------------------------------------------------- ends
def test_distances_on_the_sphere():
    """A quarter of a meridian, a degree of the equator, a parallel at 60 degrees, and nothing."""
    radius = 6371.0088
    lon, lat = np.array([0.0, 1.0, 0.0, 10.0]), np.array([0.0, 0.0, 90.0, 20.0])
    found = great_circle_km(lon, lat, 0.0, 0.0)
    cosine = np.cos(np.radians(20)) * np.cos(np.radians(10))
    np.testing.assert_allclose(found, [0, radius * np.pi / 180, radius * np.pi / 2, radius * np.arccos(cosine)], rtol=1e-9)  # fmt: skip
    assert great_circle_km(np.array(179.0), np.array(0.0), -179.0, 0.0) == pytest.approx(2 * radius * np.pi / 180)
    north = great_circle_km(np.array(0.0), np.array(60.0), 180.0, 60.0)
    assert north == pytest.approx(radius * np.pi / 3)


def test_an_end_is_a_county_or_a_gateway(system):
    county, port, market = (place_end(system, name) for name in ("乙县", "子港", "远方"))
    assert (county.node, county.unit, county.gateway, county.name) == (6, 1, None, Text("乙县", "Yi"))
    assert (port.node, port.unit, port.gateway, port.lon, port.lat) == (8, None, "p", 103.0, 30.0)
    assert (market.node, market.gateway) == (11, "m")
    assert straight_km(county, port) == straight_km(port, county) == pytest.approx(
        float(great_circle_km(np.array(101.0), np.array(30.1), 103.0, 30.0))
    )  # fmt: skip
    with pytest.raises(UnknownPlaceError) as caught:
        place_end(system, "乌有")
    assert caught.value.hint.startswith("hint ")


# ---------------------------------------------------------------- edits
def test_a_new_road_is_as_long_as_it_is_said_or_a_seventh_longer_than_straight(system):
    for km, expected in ((7.0, 7.0), (None, 1.15 * straight_km(place_end(system, "1"), place_end(system, "3")))):
        made = AddLink("1", "3", km=km).apply(system).network.links
        assert (made.tail[-1], made.head[-1], made.mode[-1]) == (5, 7, Mode.ROAD)
        assert made.km[-1] == pytest.approx(expected)
        assert len(made) == len(system.network.links) + 1
    for km in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(BadInputError):
            AddLink("1", "3", km=km).apply(system)


def test_a_railway_joins_the_nearest_tracks_and_lays_one_where_there_is_none(system):
    near = network()
    extra = Links.of([5], [4], Mode.STATION, [4.0])
    made = AddLink("1", "2", "rail", 50.0).apply(replace(system, network=near.with_links(extra))).network
    track = near.size
    assert made.size == track + 1
    assert (made.links.tail[-1], made.links.head[-1], made.links.mode[-1]) == (4, track, Mode.RAIL)
    assert (made.links.tail[-2], made.links.head[-2], made.links.mode[-2], made.links.km[-2]) == (6, track, Mode.STATION, 0)  # fmt: skip
    assert made.names[track] == ("乙县", "Yi")
    assert (made.lon[-1], made.lat[-1]) == (np.float32(101.0), np.float32(30.1))
    port = AddLink("子港", "3", "rail", 9.0).apply(system).network
    assert (port.size, port.links.tail[-1], port.links.head[-1]) == (network().size, 4, 4)
    border = AddLink("丑口岸", "2", "rail", 9.0).apply(system).network.links
    assert (border.tail[-1], border.head[-1]) == (3, network().size)


@pytest.mark.parametrize(("factor", "fits"), [(0.2, True), (0.199, False), (1.0, True), (1.001, False), (0.5, True)])
@pytest.mark.parametrize("layer", ["road", "rail"])
def test_an_upgrade_is_of_the_stretches_of_its_layer_on_the_way(system, factor, fits, layer):
    edit = UpgradeLink("1", "3", layer, factor)
    if not fits:
        with pytest.raises(BadInputError):
            edit.apply(system)
        return
    made = edit.apply(edit.apply(system)).network.links.factor
    improved = [0, 1] if layer == "road" else [2]
    expected = np.ones(len(made))
    expected[improved] = factor**2
    np.testing.assert_allclose(made, expected)
    assert (system.network.links.factor == 1).all()
    assert UpgradeLink("1", "3").factor == 0.8


def test_there_is_no_railway_to_improve_where_none_runs(system):
    with pytest.raises(BadInputError, match="AddLink"):
        UpgradeLink("1", "2", "rail").apply(system)


def test_a_terminal_stands_on_the_nearest_track_and_a_dry_port_saves_what_boxes_cost(system):
    two = system.network.with_links(Links.of([5, 5], [4, 4], Mode.STATION, [1.0, 9.0]))
    bare = replace(system, network=two)
    opened = OpenSeaRailTerminal("1").apply(bare).network.links
    assert (opened.tail[-1], opened.head[-1], opened.mode[-1], opened.km[-1], opened.surcharge[-1]) == (5, 3, Mode.TERMINAL, 5.0, 0.0)  # fmt: skip
    shut = CloseTerminal("1").apply(bare)
    assert shut.network.links.closed.sum() == 1
    fresh = network()
    keep = np.ones(len(fresh.links), bool)
    keep[of_mode(system, Mode.TERMINAL)] = False
    columns = {name: getattr(fresh.links, name)[keep] for name in fresh.links.__dataclass_fields__}
    none = replace(system, network=replace(fresh, links=Links(**columns)).with_links(Links.of([5], [4], Mode.STATION, [1.0])))  # fmt: skip
    dry = OpenDryPort("1").apply(none).network.links
    assert (dry.head[-1], dry.km[-1]) == (4, 1.0)
    t = system.tariff
    assert dry.surcharge[-1] == -min(t["truck_box_fixed"], 0.9 * t["rail_box_handling"]) < 0
    cheap = replace(none, tariff=t.changed("truck_box_fixed", 1.0))
    assert OpenDryPort("1").apply(cheap).network.links.surcharge[-1] == -1.0
    for name, edit in (("2", OpenSeaRailTerminal), ("子港", OpenDryPort), ("2", CloseTerminal)):
        with pytest.raises(BadInputError):
            edit(name).apply(system)


def test_a_closed_gateway_has_no_open_link_at_any_berth(system):
    made = CloseGateway("子港").apply(system).network.links
    touches = np.isin(made.tail, (8, 9, 10)) | np.isin(made.head, (8, 9, 10))
    np.testing.assert_array_equal(made.closed, touches)
    again = CloseGateway("丑口岸").apply(CloseGateway("子港").apply(system)).network.links.closed
    assert (again >= made.closed).all()
    assert again.sum() == made.closed.sum() + 2
    with pytest.raises(UnknownPlaceError):
        CloseGateway("远方").apply(system)


def test_a_tariff_is_set_or_multiplied_but_not_both(system):
    before = system.tariff["rail_rate"]
    assert ChangeTariff("rail_rate", 0.0).apply(system).tariff["rail_rate"] == 0.0
    assert ChangeTariff("rail_rate", factor=0.0).apply(system).tariff["rail_rate"] == 0.0
    assert ChangeTariff("rail_rate", factor=3.0).apply(system).tariff["rail_rate"] == pytest.approx(3 * before)
    for wrong in (ChangeTariff("rail_rate"), ChangeTariff("rail_rate", 1.0, 1.0), ChangeTariff("none", factor=1.0), ChangeTariff("access_circuity", 1.0), ChangeTariff("rail_rate", -0.1)):  # fmt: skip
        with pytest.raises(ParameterError):
            wrong.apply(system)


def test_around_the_cape_a_lane_is_longer_by_what_the_table_says(system):
    made = AvoidSuez().apply(system).network.links
    (lane,) = of_mode(system, Mode.OCEAN)
    assert (made.km[lane], made.extra_km[lane]) == (16_000.0, 6_000.0)
    others = np.arange(len(made)) != lane
    assert (made.km[others] == system.network.links.km[others]).all()
    assert (made.extra_km[others] == 0).all()


def test_edits_are_made_in_order_and_the_system_before_them_is_kept(system):
    one, two = ChangeTariff("rail_rate", factor=2.0), ChangeTariff("rail_rate", 1.0)
    made = system.edited([one]).edited([two])
    assert (made.edits, made.before, made.tariff["rail_rate"]) == ((one, two), system, 1.0)
    assert system.edited([]) is system
    assert system.edited([two, one]).tariff["rail_rate"] == 2.0
    assert system.weighted("general") is system.weighted("general")
    assert system.weighted("general", "road") is not system.weighted("general")
    assert system.key != made.key
    assert system.key == toy().key


# ---------------------------------------------------------------- routes
def test_a_way_by_road_has_legs_a_middle_and_costs_that_add_up(system):
    route = find_routes(system.atlas, "1", "3", system=system, modes="road").best
    assert [leg.means for leg in route.legs] == [Family.ROAD]
    (leg,) = route.legs
    assert (leg.km, leg.repaired_km) == (10 + 110 + 100 + 14, 0.0)
    assert leg.straight_km == pytest.approx(float(great_circle_km(np.array(LON[5]), np.array(LAT[5]), LON[7], LAT[7])), rel=1e-5)  # fmt: skip
    assert (leg.start.name, leg.end.name, leg.start.kind) == (Text("甲县", "Jia"), Text("丙县", "Bing"), StopKind.PLACE)
    assert route.via == Text("乙县", "Yi")
    assert (route.gateways, route.gateway_nodes, route.carriers, route.cargo) == ((), (), (Family.ROAD,), "general")
    t = system.tariff
    assert route.money == pytest.approx(leg.km * t["road_rate"] + 2 * t["road_handling"])
    assert route.hours == pytest.approx(210 / t["truck_speed"] + 24 / t["access_speed"])
    assert route.time_money == pytest.approx(route.hours * t.hour("general"))
    assert route.cost == route.money + route.time_money


def test_a_way_by_rail_changes_at_stations_named_after_their_counties(system):
    prices = system.prices("general", "rail")
    closed = prices.weights.copy()
    closed[of_mode(system, Mode.ROAD)] = CLOSED
    ends = place_end(system, "1"), place_end(system, "3")
    _, links = open_engine(system.graph, closed, "scipy").path(5, 7)
    route = route_of(system, system.prices("general"), "general", ends, links)
    assert [leg.means for leg in route.legs] == [Family.RAIL_TERMINAL, Family.RAIL, Family.RAIL_TERMINAL]
    assert [leg.km for leg in route.legs] == [5.0, 200.0, 6.0]
    assert [leg.repaired_km for leg in route.legs] == [0.0, 200.0, 0.0]
    assert (route.via, route.carriers) == (None, (Family.RAIL,))
    first, last = route.legs[1].start, route.legs[1].end
    assert first.name == Text("甲县", "Jia")
    assert {first.kind, last.kind} <= {StopKind.STATION, StopKind.TERMINAL}
    if last.kind is StopKind.TERMINAL:
        assert last.name == Text("丙县集装箱中心", "Bing rail hub")
    assert route.signature == tuple((leg.means, leg.start, leg.end) for leg in route.legs)


def test_a_box_to_the_market_goes_over_the_port_or_over_the_crossing(system):
    ends = place_end(system, "1"), place_end(system, "远方")
    for modes, gateway, means in (("all", Text("子港", "Zi port"), Family.SEA), ("land", Text("丑口岸", "Chou crossing"), Family.RAIL_ABROAD)):  # fmt: skip
        cost, links = open_engine(system.graph, system.prices("container", modes).weights, "scipy").path(5, 11)
        route = route_of(system, system.prices("container"), "container", ends, links)
        assert route.gateways == (gateway,)
        assert means in route.carriers
        assert route.cost == pytest.approx(cost / 1000 + system.tariff["truck_box_fixed"], abs=0.05)
        assert route.ends_money == system.tariff["truck_box_fixed"]
    first = route.legs[0]
    assert first.end.kind is StopKind.TERMINAL
    assert first.end.name == Text("甲县", "Jia")  # no hub is listed there


def test_cargo_is_in_boxes_as_soon_as_one_end_is_no_county(system):
    assert find_routes(system.atlas, "1", "2", system=system).best.cargo == "general"
    for ends in (("1", "子港"), ("远方", "2")):
        assert find_routes(system.atlas, *ends, system=system).best.cargo == "container"
    assert find_routes(system.atlas, "1", "2", system=system, cargo="container").best.cargo == "container"
    with pytest.raises(BadInputError):
        find_routes(system.atlas, "1", "甲县", system=system)
    with pytest.raises(BadInputError):
        find_routes(system.atlas, "1", "远方", system=system, cargo="general")
    found = find_routes(system.atlas, "1", "远方", system=system)
    assert found.second is found.routes[1]
    assert {Family.SEA, Family.RAIL_ABROAD} <= {means for route in found.routes for means in route.carriers}


def test_no_way_between_places_at_home_runs_through_the_market(system):
    links = system.network.links
    far = replace(links, closed=links.closed | (links.mode == Mode.TERMINAL))
    cut = replace(system, network=replace(system.network, links=far))
    for route in find_routes(cut.atlas, "子港", "丑口岸", system=cut).routes:
        assert not {11, 12} & {*links.tail[route.links].tolist(), *links.head[route.links].tolist()}
    closed = far.closed | (links.mode == Mode.RAIL) | (links.mode == Mode.BORDER)
    apart = replace(cut, network=replace(cut.network, links=replace(far, closed=closed)))
    with pytest.raises(BadInputError):  # by the market it could be reached
        find_routes(cut.atlas, "子港", "丑口岸", system=apart)


def test_routes_to_the_world_lead_to_the_port_and_where_a_way_leads(system):
    found = routes_to_the_world(system.atlas, "1", (("远方", "all"), ("远方", "land"), ("远方", "road")), system=system)
    assert [route.destination.gateway for route in found] == ["p", "m", "m", "m"]
    assert [Family.SEA in route.carriers for route in found] == [False, True, False, True]
    shut = CloseGateway("丑口岸").apply(system)
    assert len(routes_to_the_world(system.atlas, "1", (("远方", "all"), ("远方", "land")), system=shut)) == 2
    with pytest.raises(BadInputError):
        routes_to_the_world(system.atlas, "子港", system=system)


# ---------------------------------------------------------------- lines
def test_a_line_follows_its_way_in_the_direction_of_travel(system):
    there = find_routes(system.atlas, "1", "3", system=system, modes="road").best
    back = find_routes(system.atlas, "3", "1", system=system, modes="road").best
    (line,), (reverse,) = route_lines(system, there), route_lines(system, back)
    np.testing.assert_array_equal(line.lonlat, reverse.lonlat[::-1])
    expected = [(100, 30.1), (100, 30), (100, 30), (100.5, 30.2), (101, 30), (101, 30), (101.5, 29.9), (102, 30), (102, 30), (102, 30.1)]  # fmt: skip
    np.testing.assert_allclose(line.lonlat, expected, atol=1e-5)
    assert line.means is Family.ROAD


def test_legs_are_lines_of_their_own_and_berths_have_none(system):
    route = find_routes(system.atlas, "1", "远方", system=system).best
    lines = route_lines(system, route)
    assert [line.means for line in lines] == [leg.means for leg in route.legs if leg.means is not Family.BERTH]
    sea = next(line for line in lines if line.means is Family.SEA)
    np.testing.assert_allclose(sea.lonlat, [(103, 30), (60, 10), (4.5, 52)])
    np.testing.assert_allclose(lines[-1].lonlat, [(4.5, 52), (4.0, 51)])
    rail = [line for line in lines if line.means is Family.RAIL]
    for line in rail:
        assert [101.0, 30.5] in line.lonlat.round(3).tolist()
    back = route_lines(system, find_routes(system.atlas, "远方", "1", system=system).best)
    np.testing.assert_allclose(back[0].lonlat, [(4.0, 51), (4.5, 52)])


# ---------------------------------------------------------------- costs
def test_costs_between_counties_and_to_the_market(system):
    freight._KEPT.clear()
    costs = costs_of(system, engine="scipy")
    t = system.tariff
    assert costs.units == ("1", "2", "3")
    assert costs.regions == ("m",)
    assert (costs.system, costs.edits) == (system.key, ())
    km = 10 + 110 + 12
    hours = 110 / t["truck_speed"] + 22 / t["access_speed"]
    road = km * t["road_rate"] + hours * t.hour("general") + 2 * t["road_handling"]
    assert costs.road[0, 1] == costs.road[1, 0] == pytest.approx(road, abs=1e-3)
    assert (np.diag(costs.road) == 0).all()
    assert (costs.multimodal <= costs.road).all()
    best = find_routes(system.atlas, "1", "远方", system=system).best
    assert costs.foreign[0, 0] == pytest.approx(best.cost / t["payload"], abs=0.01)
    assert (np.diag(costs.with_internal()) == costs.internal).all()
    assert (np.diag(costs.with_internal("road")) == internal_costs(system)).all()
    assert costs.with_internal("road")[0, 1] == costs.road[0, 1]
    assert (np.diag(costs.multimodal) == 0).all()


@pytest.mark.parametrize("edit", [AddLink("1", "2", km=20.0), ChangeTariff("road_rate", factor=2.0), CloseTerminal("1"), AvoidSuez()])  # fmt: skip
def test_costs_after_an_edit_are_those_of_the_edited_country(system, edit):
    freight._KEPT.clear()
    after = system.edited([edit])
    updated = cost_tables(after, "scipy")
    fresh = freight._computed.__wrapped__(replace(after, before=None), "scipy", None)
    assert updated.keys() == fresh.keys() == TABLES.keys()
    for name in TABLES:
        np.testing.assert_array_equal(updated[name], fresh[name])
    assert list(freight._KEPT) == [system.key]
    assert cost_tables(system, "scipy") is freight._KEPT[system.key]


def test_progress_is_told_by_the_share_of_the_work(system):
    told = []
    freight._computed.__wrapped__(system, "scipy", told.append)
    assert told == pytest.approx([0.5, 0.98, 1.0])
    assert sum(SHARE_OF_WORK.values()) == pytest.approx(1.0)
    freight._computed.__wrapped__(system, "scipy", None)


@pytest.mark.parametrize(("cut", "named"), [([], 0), ([1], 1), ([1, 2], None)])
def test_a_county_that_reaches_fewer_than_half_is_cut_off_and_named(system, cut, named):
    table = np.zeros((3, 3), dtype=np.uint32)
    for row in cut:
        table[row, :] = CLOSED
        table[:, row] = CLOSED
        table[row, row] = 0
    if not cut:
        freight._require_connected(system, table)
        return
    with pytest.raises(BolangError) as caught:
        freight._require_connected(system, table)
    assert "省乙县" in caught.value.message
    if named:
        assert "省甲县" not in caught.value.message


def test_half_of_the_counties_out_of_reach_is_not_cut_off(system):
    table = np.zeros((4, 4), dtype=np.uint32)
    table[0, 2:] = CLOSED
    freight._require_connected(system, table)
    table[0, 1:] = CLOSED
    with pytest.raises(BolangError, match="省甲县"):
        freight._require_connected(system, table)
    many = np.full((12, 12), CLOSED, dtype=np.uint32)
    wide = replace(system, atlas=type("Wide", (ToyAtlas,), {"counties": COUNTIES * 4})())
    with pytest.raises(BolangError) as caught:
        freight._require_connected(wide, many)
    assert caught.value.message.count("省") == 5
    assert "12" in caught.value.message


def test_what_edits_do_is_weighed_by_people_and_by_markets_reached_before_and_after(system, monkeypatch):
    shape = {"units": ("1", "2", "3"), "regions": ("m", "n"), "system": "s", "edits": (), "internal": np.zeros(3, "f4")}
    one = np.array([[0, 1, 2], [1, 0, 4], [2, 4, 0]], dtype=np.float32)
    foreign = np.array([[10, 20], [30, np.inf], [50, 60]], dtype=np.float32)
    before = FreightCosts(road=one, multimodal=one, foreign=foreign, **shape)
    after = replace(before, multimodal=2 * one, foreign=np.where(foreign == 20, np.inf, foreign + 10))
    monkeypatch.setattr(impact, "costs_of", lambda asked, **options: after if asked.edits else before)
    monkeypatch.setattr(impact.TransportSystem, "standard", classmethod(lambda cls, atlas: system))
    monkeypatch.setattr(ToyAtlas, "column", lambda self, name, year: np.array([1.0, np.nan, 3.0]))
    monkeypatch.setitem(toy_tables(), "markets", {"id": ["n", "m"], "gdp_2020_busd": [300.0, 100.0]})
    edit = ChangeTariff("rail_rate", factor=2.0)
    found = impact.change_of_costs(system.atlas, [edit])
    np.testing.assert_allclose(found.domestic_before, [2 * 3 / 3, (1 + 4 * 3) / 4, 2 / 1])
    np.testing.assert_allclose(found.domestic_after, 2 * found.domestic_before)
    np.testing.assert_allclose(found.domestic_percent, 100.0)
    np.testing.assert_allclose(found.foreign_before, [10, 30, (50 + 60 * 3) / 4])
    np.testing.assert_allclose(found.foreign_after, [20, 40, (60 + 70 * 3) / 4])
    np.testing.assert_allclose(found.foreign_percent, [100, 100 / 3, 100 * (67.5 / 57.5 - 1)])
    assert found.edits == (edit,)
    frame = found.to_frame()
    assert frame.columns == ["code", "domestic_before", "domestic_after", "domestic_percent", "foreign_before", "foreign_after", "foreign_percent"]  # fmt: skip
    np.testing.assert_allclose(frame["foreign_percent"], found.foreign_percent)
    with pytest.raises(BadInputError):
        impact.change_of_costs(system.atlas, [])


def toy_tables():
    import toy_country

    return toy_country.TABLES


# ---------------------------------------------------------------- spreads
def test_a_range_is_of_the_middle_four_fifths_of_the_draws(system):
    """Priced again by hand, draw by draw."""
    routes = find_routes(system.atlas, "1", "远方", system=system).routes[:2]
    drawn = spread._drawn(system.tariff, 20, 5)
    made = spread.route_spreads(system, routes, draws=20, seed=5)
    costs = []
    for tariff in drawn:
        priced = [route_of(replace(system, tariff=tariff), replace(system, tariff=tariff).prices("container"), "container", (route.origin, route.destination), route.links) for route in routes]  # fmt: skip
        costs.append([(route.cost, route.money, route.hours) for route in priced])
    table = np.array(costs)
    for place, found in enumerate(made):
        for column, pair in enumerate((found.cost, found.money, found.hours)):
            np.testing.assert_allclose(pair, np.percentile(table[:, place, column], (10, 90)))
    cheapest = table[:, :, 0].argmin(axis=1)
    assert [found.cheapest for found in made] == [float((cheapest == place).mean()) for place in (0, 1)]
    assert spread.route_spreads(system, routes) == spread.route_spreads(system, routes, draws=400, seed=0)


def test_each_parameter_is_drawn_by_itself_around_its_central_value():
    rng, again = np.random.default_rng(3), np.random.default_rng(3)
    found = spread._factors(rng, (1.0, 9.0), 3.0, 500)
    np.testing.assert_allclose(found, np.exp(again.triangular(0.0, np.log(3.0), np.log(9.0), 500)) / 3.0)
    assert 1 / 3 <= found.min() < 1 < found.max() <= 3
    from_zero = spread._factors(np.random.default_rng(3), (0.0, 9.0), 3.0, 500)
    np.testing.assert_allclose(from_zero, np.random.default_rng(3).triangular(0.0, 3.0, 9.0, 500) / 3.0)
    ranged = {name for name, one in parameters().parameters.items() if one.range is not None} - set(spread.HELD)
    standard = Tariff.standard()
    one, two = spread._drawn(standard, 2, 1)
    assert {name for name in standard.values if one[name] != standard[name]} == ranged & set(standard.values)
    assert all(one[name] != two[name] for name in ranged & set(standard.values))
