"""The network again from the tables, table by table; travel by road by hand and by another engine."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from bolang.foundation.errors import BadInputError
from bolang.space.assembly import SHANGHAI, UNDRAWN_KM, short_name
from bolang.space.modes import Mode
from bolang.space.network import Links
from bolang.space.tariff import CLOSED
from bolang.space.travel import MINUTE_UNITS, RoadTravel, car_table, isochrone


def rows(atlas, table):
    return list(atlas.table(table).iter_rows(named=True))


def of_mode(system, mode):
    """Links of a mode as (tail, head) -> the kilometres of each."""
    links = system.network.links
    found = {}
    for i in np.flatnonzero(links.mode == mode).tolist():
        found.setdefault((int(links.tail[i]), int(links.head[i])), []).append(i)
    return found


def test_roads_and_tracks_stand_first_in_the_order_of_their_tables(atlas, system):
    links, offset = system.network.links, system.network.rail_offset
    roads, tracks = atlas.table("road_edges"), atlas.table("rail_edges")
    assert offset == atlas.table("road_nodes").height
    n, m = roads.height, tracks.height
    np.testing.assert_array_equal(links.tail[:n], roads["tail"].to_numpy())
    np.testing.assert_array_equal(links.head[n : n + m], tracks["head"].to_numpy() + offset)
    np.testing.assert_allclose(links.km[:n], roads["metres"].to_numpy() / 1000)
    np.testing.assert_allclose(links.km[n : n + m], tracks["metres"].to_numpy() / 1000)
    np.testing.assert_array_equal(links.repaired[: n + m], np.concatenate([roads["repaired"], tracks["repaired"]]))
    assert set(links.mode[:n].tolist()) == {Mode.ROAD}
    assert set(links.mode[n : n + m].tolist()) == {Mode.RAIL}


def test_every_kind_of_tie_is_the_one_that_its_place_needs(atlas, system):
    kinds = {row["id"]: row["kind"] for row in rows(atlas, "gateways")}
    links, network = system.network.links, system.network
    circuity = system.tariff["access_circuity"]
    expected = Counter()
    ends = {mode: of_mode(system, mode) for mode in (Mode.ACCESS, Mode.STATION, Mode.TERMINAL, Mode.BORDER, Mode.SPUR)}
    unit = {county.code: int(network.units[county.index]) for county in atlas.counties}
    for row in rows(atlas, "access_links"):
        place = row["place"]
        if place.startswith("terminal_"):
            mode, here = Mode.TERMINAL, unit[place.split("_")[1]]
        elif row["layer"] == "road":
            mode, here = Mode.ACCESS, unit.get(place, network.places.get(place))
        elif place in unit:
            mode, here = Mode.STATION, unit[place]
        else:
            mode, here = (Mode.BORDER if kinds[place] == "rail_border" else Mode.SPUR), network.places[place]
        expected[mode] += 1
        target = row["node"] + (network.rail_offset if row["layer"] == "rail" else 0)
        lengths = [links.km[i] for i in ends[mode][here, target]]
        assert any(km == pytest.approx(row["metres"] / 1000 * circuity) for km in lengths)
    assert {mode: sum(map(len, found.values())) for mode, found in ends.items()} == dict(expected)
    for found in ends[Mode.SPUR].values():
        for i in found:
            assert links.repaired[i] == (links.km[i] > UNDRAWN_KM)


def test_a_port_has_a_berth_for_the_coast_and_one_at_the_sea_for_the_ocean(atlas, system):
    places = system.network.places
    quays, oceans = of_mode(system, Mode.QUAY), of_mode(system, Mode.OCEAN_QUAY)
    for row in rows(atlas, "gateways"):
        name, kind = row["id"], row["kind"]
        assert (name in places) == (kind != "rail_terminal")
        assert (f"{name}/coastal" in places) == (kind in ("seaport", "river_port"))
        assert (f"{name}/ocean" in places) == (kind == "seaport")
        for suffix, berths in (("coastal", quays), ("ocean", oceans)):
            if f"{name}/{suffix}" in places:
                (i,) = berths[places[name], places[f"{name}/{suffix}"]]
                assert system.network.links.km[i] == 0
        if name in places:
            node = places[name]
            assert (float(system.network.lon[node]), float(system.network.lat[node])) == pytest.approx(
                (row["lon"], row["lat"]), abs=1e-4
            )
            assert system.network.names[node] == (row["name_zh"], row["name_en"])
    assert len(set(places.values())) == len(places)


def test_ships_sail_the_lanes_of_the_table_and_ocean_rates_refer_to_shanghai(atlas, system):
    links, places = system.network.links, system.network.places
    markets = {row["id"]: row for row in rows(atlas, "markets")}
    lanes = rows(atlas, "sea_distances")
    shanghai = {row["head"]: row["km"] for row in lanes if row["mode"] == "sea" and row["tail"] == SHANGHAI}
    found = {mode: of_mode(system, mode) for mode in (Mode.COASTAL, Mode.RIVER, Mode.OCEAN)}
    counted = Counter()
    for row in lanes:
        mode = {"coastal": Mode.COASTAL, "river": Mode.RIVER, "sea": Mode.OCEAN}[row["mode"]]
        counted[mode] += 1
        if mode == Mode.OCEAN:
            ends = places[f"{row['tail']}/ocean"], places.get(f"{row['head']}/port", places[row["head"]])
        else:
            ends = places[f"{row['tail']}/coastal"], places[f"{row['head']}/coastal"]
        (i,) = found[mode][ends]
        assert links.km[i] == pytest.approx(row["km"])
        if mode == Mode.OCEAN:
            assert links.usd[i] == markets[row["head"]]["rate_usd_teu"]
            assert links.extra_km[i] == pytest.approx(row["km"] - shanghai[row["head"]])
        else:
            assert links.usd[i] == links.extra_km[i] == 0
    assert {mode: sum(map(len, pairs.values())) for mode, pairs in found.items()} == dict(counted)


def test_markets_and_what_lies_abroad(atlas, system):
    links, places = system.network.links, system.network.places
    roads, rails = of_mode(system, Mode.ROAD_ABROAD), of_mode(system, Mode.RAIL_ABROAD)
    inland = 0
    for row in rows(atlas, "markets"):
        assert (f"{row['id']}/port" in places) == (row["inland_km"] > 0)
        if row["inland_km"] > 0:
            inland += 1
            (i,) = roads[places[row["id"]], places[f"{row['id']}/port"]]
            assert links.km[i] == pytest.approx(row["inland_km"])
            assert system.network.names[places[f"{row['id']}/port"]] == (row["sea_port_zh"], row["sea_port"])
    assert system.network.markets == tuple(row["id"] for row in rows(atlas, "markets"))
    ways = rows(atlas, "abroad_distances")
    for row in ways:
        found = rails if row["mode"] == "rail_abroad" else roads
        lengths = {(links.km[i], links.changes[i]) for i in found[places[row["tail"]], places[row["head"]]]}
        assert (row["km"], row["changes"]) in lengths
    assert sum(map(len, roads.values())) + sum(map(len, rails.values())) == len(ways) + inland


def test_ferries_and_bridges_stand_where_the_table_puts_them(atlas, system):
    links, network = system.network.links, system.network
    unit = {county.code: int(network.units[county.index]) for county in atlas.counties}
    found = {mode: of_mode(system, mode) for mode in (Mode.ROAD, Mode.RAIL_FERRY, Mode.FERRY)}
    for row in rows(atlas, "fixed_links"):
        offset = network.rail_offset if row["layer"] == "rail" else 0
        tail = unit[row["tail_place"]] if row["tail_place"] else row["tail_node"] + offset
        mode = (
            Mode.ROAD
            if row["mode"] in ("bridge", "road")
            else Mode.RAIL_FERRY
            if row["layer"] == "rail"
            else Mode.FERRY
        )
        lengths = [links.km[i] for i in found[mode][tail, row["head_node"] + offset]]
        assert any(km == pytest.approx(row["km"]) for km in lengths)
    strait = next(row for row in rows(atlas, "fixed_links") if row["name_en"].startswith("Qiongzhou"))
    assert network.names[strait["tail_node"]] == ("海口渡口", "Haikou ferry port")
    assert network.names[strait["head_node"]] == ("徐闻渡口", "Xuwen ferry port")


def test_a_district_goes_with_its_city(atlas):
    assert short_name(atlas.county("浦东新区")).endswith("浦东新区")
    assert short_name(atlas.county("余杭区")) == "杭州市余杭区"
    assert short_name(atlas.county("义乌市")) == "义乌市"


# ---------------------------------------------------------------- travel by road
TARIFF = {"car_speed": 100.0, "truck_speed": 50.0, "access_speed": 25.0, "coastal_speed": 20.0, "ferry_hours": 2.0}


def toy(*parts, size=5):
    links = Links.joined(parts)
    network = SimpleNamespace(links=links, size=size, units=np.arange(size, dtype=np.int32))
    return SimpleNamespace(network=network, tariff=TARIFF)


def test_hours_by_hand():
    travel = RoadTravel(
        toy(
            Links.of([0], [1], Mode.ROAD, [100.0], factor=[0.5]),
            Links.of([1], [2], Mode.ACCESS, [50.0]),
            Links.of([2], [3], Mode.FERRY, [10.0], factor=[2.0]),
            Links.of([0], [3], Mode.RAIL, [1.0]),
            Links.of([0], [4], Mode.ROAD, [1.0], closed=[1]),
        )
    )
    assert travel.rows.tolist() == [0, 1, 2]
    assert travel.link_hours("car") == pytest.approx([0.5 * 100 / 100, 50 / 25, 2.0 * (10 / 20 + 2)])
    assert travel.link_hours("truck") == pytest.approx([0.5 * 100 / 50, 50 / 25, 2.0 * (10 / 20 + 2)])
    assert travel.kilometres().toarray()[0, 1] == 100.0


def test_of_two_links_between_the_same_ends_the_shorter_counts_in_both_directions():
    travel = RoadTravel(toy(Links.of([0, 1, 0, 1], [1, 0, 1, 2], Mode.ROAD, [30.0, 10.0, 20.0, 0.0])))
    matrix = travel.kilometres().toarray()
    assert (matrix[0, 1], matrix[1, 0]) == (10.0, 10.0)
    assert matrix[1, 2] == matrix[2, 1] == 1e-9  # no length, but a way
    assert np.count_nonzero(matrix) == 4


def test_the_nearest_of_some_places_and_what_reaches_none():
    travel = RoadTravel(toy(Links.of([0, 1, 2], [1, 2, 3], Mode.ROAD, [10.0, 5.0, 10.0])))
    found = travel.nearest(travel.kilometres(), [0, 3])
    assert found.which.tolist() == [0, 0, 1, 1, -1]
    assert found.amount.tolist() == [0, 10, 10, 0, np.inf]
    assert travel.nearest(travel.kilometres(), [3, 0, 3]).which.tolist() == [1, 1, 0, 0, -1]
    with pytest.raises(BadInputError):
        travel.nearest(travel.kilometres(), [])


def test_bands_of_an_isochrone_hold_what_lies_within_their_bound(system, atlas):
    found = isochrone(system, "嵊州市", (0.5, 1.0, 2.0))
    hours = RoadTravel(system).hours("car")
    from_there = dijkstra(hours, indices=[int(system.network.units[atlas.county("嵊州市").index])])[0]
    np.testing.assert_allclose(found.hours, from_there[system.network.units])
    ones = np.ones(len(atlas.counties))
    ones[atlas.county("义乌市").index] = np.nan
    counts = [float((found.hours[~np.isnan(ones)] <= limit).sum()) for limit in (0.5, 1.0, 2.0)]
    assert list(found.within(ones)) == counts
    assert found.band[atlas.county("嵊州市").index] == 0
    assert (found.band[found.hours > 2.0] == 3).all()
    for bounds in [(), (0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (-1.0,)]:
        with pytest.raises(BadInputError):
            isochrone(system, "嵊州市", bounds)


@pytest.mark.slow
def test_minutes_by_car_agree_with_another_engine_on_sampled_rows(system, atlas):
    table = car_table(system)
    matrix = RoadTravel(system).hours("car")
    some = [atlas.county(name).index for name in ("义乌市", "漠河市")]
    minutes = 60 * dijkstra(matrix, indices=system.network.units[some])[:, system.network.units]
    # every link is rounded to a thousandth of a minute: some thousands of them make a few minutes at most
    reached = np.isfinite(minutes)
    np.testing.assert_array_equal(np.isfinite(table[some]), reached)
    assert np.abs(table[some] - minutes)[reached].max() < 1.0
    assert table[some[0], some[0]] == 0
    assert MINUTE_UNITS == 1000
    assert CLOSED == 2**31 - 1
