"""Routes: Yiwu and its port as published, legs that join, costs that add up, alternatives in order."""

import numpy as np
import pytest

from bolang.foundation.errors import AmbiguousPlaceError, BadInputError, UnknownPlaceError
from bolang.pages.route.sentences import weakness_text
from bolang.space import find_gateway, find_routes, gateways, isochrone, route_lines, routes_to_the_world
from bolang.space.gateways import berths_of
from bolang.space.modes import Family, Mode
from bolang.space.notes import Curved


@pytest.fixture(scope="module")
def yiwu_port(atlas, system):
    return find_routes(atlas, "义乌市", "宁波港", system=system)


def test_sea_rail_from_yiwu_to_ningbo_is_15_to_20_percent_cheaper_than_road(yiwu_port):
    rail, road = yiwu_port.best, yiwu_port.second
    assert (rail.carriers, road.carriers) == ((Family.RAIL,), (Family.ROAD,))
    assert 0.15 <= 1 - rail.money / road.money <= 0.20
    assert 206 <= road.km <= 209


def test_a_route_adds_up(yiwu_port, system):
    for route in yiwu_port.routes:
        assert route.cost == pytest.approx(route.money + route.time_money)
        assert route.money == pytest.approx(sum(leg.money for leg in route.legs) + route.ends_money)
        assert route.time_money == pytest.approx(route.hours * system.tariff.hour("container"))
        links = system.network.links
        assert route.km == pytest.approx(links.km[route.links].sum())


def test_legs_join_and_alternate(yiwu_port):
    for route in yiwu_port.routes:
        assert route.legs[0].start.name == route.origin.name
        assert route.legs[-1].end.name == route.destination.name
        for one, following in zip(route.legs, route.legs[1:], strict=False):
            assert one.end == following.start
            assert one.means != following.means


def test_routes_come_in_order_and_differ(atlas, system):
    found = find_routes(atlas, "重庆市渝中区", "鹿特丹", system=system)
    costs = [route.cost for route in found.routes]
    assert costs == sorted(costs)
    assert len({route.signature for route in found.routes}) == len(found.routes) >= 3
    assert found.second is found.routes[1]


def test_the_best_way_costs_what_the_table_of_costs_says(atlas, system):
    from bolang.space.engine import open_engine

    prices = system.prices("general")
    units = system.network.units[[atlas.county(name).index for name in ("义乌市", "昆山市")]]
    table = open_engine(system.graph, prices.weights, "scipy").table(units, units)
    best = find_routes(atlas, "义乌市", "昆山市", system=system).best
    assert best.cost == pytest.approx(table[0, 1] / prices.scale + system.tariff.ends("general"), abs=0.5)


@pytest.mark.parametrize(
    ("market", "low", "high"), [("鹿特丹", 19000, 20500), ("洛杉矶", 10500, 11500), ("迪拜", 10000, 11500)]
)
def test_yiwu_to_the_world_by_sea(atlas, system, market, low, high):
    best = find_routes(atlas, "义乌市", market, system=system).best
    assert low < best.km < high
    assert Family.SEA in best.carriers
    assert best.cargo == "container"


def test_yiwu_to_madrid_by_rail_is_as_long_and_as_slow_as_the_trains(atlas, system):
    best = find_routes(atlas, "义乌市", "Madrid", system=system, modes="land").best
    assert best.km == pytest.approx(13052, rel=0.04)
    assert 16 <= best.hours / 24 <= 22
    # Quoted all-in prices of 5,250-9,400 US$/FEU
    assert 5250 <= 2 * best.money / 6.8976 <= 9400
    assert best.gateways[0].zh in ("阿拉山口口岸", "霍尔果斯口岸")


def test_the_table_of_routes_leads_to_the_port_and_the_markets(atlas, system):
    routes = routes_to_the_world(atlas, "义乌市", system=system)
    assert [r.destination.gateway for r in routes] == ["ningbo_beilun", "rotterdam", "los_angeles", "dubai", "madrid"]
    assert Family.SEA not in routes[-1].carriers
    best = find_routes(atlas, "义乌市", "Dubai", system=system).best
    assert routes[3].cost == pytest.approx(best.cost)
    with pytest.raises(BadInputError):
        routes_to_the_world(atlas, "宁波港", system=system)


def test_where_a_truck_is_cheapest_another_road_and_the_railway_are_listed_too(atlas, system):
    found = find_routes(atlas, "义乌市", "昆山市", system=system)
    assert [route.carriers for route in found.routes[:2]] == [(Family.ROAD,), (Family.ROAD,)]
    assert found.best.via != found.second.via
    shared = np.intersect1d(found.best.links, found.second.links)
    assert system.network.links.km[shared].sum() < 0.7 * found.second.km
    assert (Family.RAIL,) in {route.carriers for route in found.routes}


def test_no_way_at_home_leads_through_a_market_abroad(atlas, system):
    abroad = (Mode.OCEAN, Mode.RAIL_ABROAD, Mode.ROAD_ABROAD)
    for ends in (("墨脱县", "天津港"), ("三沙市", "上海港")):
        for route in find_routes(atlas, *ends, system=system).routes:
            assert not np.isin(system.network.links.mode[route.links], abroad).any()
    for route in find_routes(atlas, "义乌市", "Almaty", system=system).routes:
        assert system.network.places["rotterdam"] not in system.network.links.head[route.links]


def test_a_detour_of_the_track_is_pointed_out(atlas, system):
    found = find_routes(atlas, "墨脱县", "义乌市", system=system)
    assert any(isinstance(note, Curved) and note.times == 1.8 for note in found.notes)
    straight = find_routes(atlas, "义乌市", "昆山市", system=system)
    assert not any(isinstance(note, Curved) for note in straight.notes)


def test_labels_follow_the_way(atlas, system):
    assert find_routes(atlas, "嵊泗县", "鹿特丹", system=system).best.carriers == (
        Family.FERRY,
        Family.ROAD,
        Family.SEA,
    )
    assert find_routes(atlas, "宁波港", "鹿特丹", system=system).best.carriers == (Family.SEA,)


def test_only_the_modes_asked_for_are_used(atlas, system):
    by_road = find_routes(atlas, "义乌市", "昆山市", system=system, modes="road")
    allowed = {Mode.ROAD, Mode.ACCESS, Mode.FERRY}
    for route in by_road.routes:
        assert {Mode(int(m)) for m in system.network.links.mode[route.links]} <= allowed


def test_both_engines_find_the_same_best_cost(atlas, system, yiwu_port):
    fast = find_routes(atlas, "义乌市", "宁波港", system=system, engine="auto")
    assert fast.best.cost == pytest.approx(yiwu_port.best.cost)


def test_notes_name_the_weaknesses_that_matter(yiwu_port):
    text = " ".join(weakness_text(note).zh for note in yiwu_port.notes)
    assert "收费" in text
    assert "高铁" in text
    assert "补接" in text
    assert "海运价" not in text


def test_impossible_requests_are_refused(atlas, system):
    with pytest.raises(BadInputError):
        find_routes(atlas, "义乌市", "330782", system=system)
    with pytest.raises(BadInputError, match="container"):
        find_routes(atlas, "义乌市", "鹿特丹", system=system, cargo="general")
    with pytest.raises(UnknownPlaceError, match="宁波港"):
        find_routes(atlas, "义乌市", "没有这个地方", system=system)
    with pytest.raises(BadInputError):
        find_routes(atlas, "义乌市", "洛杉矶", system=system, modes="land")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("宁波港", "ningbo_beilun"),
        ("上海港", "shanghai_yangshan"),
        ("上海港（外高桥）", "shanghai_waigaoqiao"),
        ("深圳港", "shenzhen_yantian"),
        ("Rotterdam", "rotterdam"),
        ("rotterdam", "rotterdam"),
        ("马德里", "madrid"),
        ("阿拉山口口岸", "alashankou"),
        ("连云港港", "lianyungang"),
        ("苏州港", "taicang"),
        ("Port of Tianjin", "tianjin"),
    ],
)
def test_gateways_are_found_by_common_names(atlas, name, found):
    assert find_gateway(atlas, name).id == found


def test_a_port_has_all_its_berths(atlas):
    assert {g.id for g in berths_of(atlas, "上海港")} == {"shanghai_yangshan", "shanghai_waigaoqiao"}
    assert [g.id for g in berths_of(atlas, "上海港（洋山）")] == ["shanghai_yangshan"]


def test_a_name_that_fits_several_ports_lists_them(atlas):
    with pytest.raises(AmbiguousPlaceError) as caught:
        find_gateway(atlas, "州")
    assert len(caught.value.candidates) > 1
    with pytest.raises(UnknownPlaceError, match="宁波舟山港"):
        find_gateway(atlas, "没有的港")
    assert len({g.id for g in gateways(atlas)}) == len(gateways(atlas))


def test_lines_of_a_route_run_from_end_to_end(system, yiwu_port):
    for route in yiwu_port.routes[:2]:
        lines = route_lines(system, route)
        start, end = lines[0].lonlat[0], lines[-1].lonlat[-1]
        assert start == pytest.approx([route.origin.lon, route.origin.lat], abs=1e-3)
        assert end == pytest.approx([route.destination.lon, route.destination.lat], abs=1e-3)
        steps = np.abs(np.diff(np.concatenate([line.lonlat for line in lines]), axis=0))
        assert steps.max() < 0.5  # no jump: every point follows the one before


def test_the_line_of_a_sea_route_reaches_its_market(atlas, system):
    best = find_routes(atlas, "义乌市", "鹿特丹", system=system).best
    sea = next(line for line in route_lines(system, best) if line.means is Family.SEA)
    assert sea.lonlat[-1] == pytest.approx([4.05, 51.95], abs=0.05)
    assert len(sea.lonlat) > 10


def test_isochrones_grow_with_time(atlas, system):
    around = isochrone(system, "义乌市", (0.5, 1.0, 2.0))
    people = around.within(atlas.column("population", 2020))
    assert people[0] < people[1] < people[2]
    assert around.hours[atlas.county("义乌市").index] == 0
    assert around.band[atlas.county("义乌市").index] == 0
    assert around.band[atlas.county("乌鲁木齐市天山区").index] == 3
    # Dongyang is next door, Hangzhou an hour and a half away.
    assert around.hours[atlas.county("东阳市").index] < 0.5
    assert 1.0 < around.hours[atlas.county("杭州市上城区").index] < 2.0
    slower = isochrone(system, "义乌市", (0.5, 1.0, 2.0), "truck")
    assert (slower.hours >= around.hours - 1e-9).all()


@pytest.mark.parametrize("limits", [(), (0.0, 1.0), (2.0, 1.0), (1.0, 1.0)])
def test_bounds_of_isochrones_must_increase(system, limits):
    with pytest.raises(BadInputError):
        isochrone(system, "义乌市", limits)
