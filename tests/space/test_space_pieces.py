"""The pieces of transport one by one: prices, engines, updates, elimination, notes, positions, modes, gateways, access."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from small_graphs import everything, graph_of
from toy_country import ToyAtlas, network, toy

from bolang.foundation import store
from bolang.foundation.errors import (
    AmbiguousPlaceError,
    BadInputError,
    ConvergenceError,
    ParameterError,
    UnknownPlaceError,
)
from bolang.foundation.text import Text
from bolang.space import access, elimination, engine, incremental, modes, notes
from bolang.space.engine import DijkstraEngine, open_engine
from bolang.space.gateways import berths_of, find_gateway, gateways
from bolang.space.incremental import Pairs, Weighted, updated_table
from bolang.space.modes import Family, Mode
from bolang.space.network import Links
from bolang.space.notes import Curved, Repaired, notes_on
from bolang.space.position import ASPECTS, Position, position
from bolang.space.pricing import price
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED, Tariff
from bolang.space.travel import RoadTravel, car_table, isochrone


# ---------------------------------------------------------------- prices
@pytest.mark.parametrize("cargo", ["general", "container"])
@pytest.mark.parametrize("means", ["road", "rail", "water", "land", "all"])
def test_every_link_is_priced_as_the_formula_says(cargo, means):
    rng = np.random.default_rng(7)
    columns = {"usd": rng.uniform(0, 2000, 64), "extra_km": rng.uniform(-90_000, 9000, 64), "changes": rng.integers(0, 3, 64) * 1.0,
               "factor": rng.uniform(0.2, 1, 64), "surcharge": rng.uniform(0, 300, 64), "closed": (rng.random(64) < 0.15) * 1.0}  # fmt: skip
    km = rng.uniform(0, 900, 64)
    parts = [
        Links.of([0], [1], Mode(i % 16), [km[i]], **{name: [values[i]] for name, values in columns.items()})
        for i in range(64)
    ]
    t = Tariff.standard()
    found = price(Links.joined(parts), t, cargo, means)
    kinds = t.mode_prices(cargo)
    for i in range(64):
        mode = Mode(i % 16)
        if columns["closed"][i] or mode not in kinds or mode not in modes.opened(means):
            assert found.weights[i] == CLOSED
            assert found.money[i] == found.hours[i] == np.inf
            continue
        p, factor = kinds[mode], columns["factor"][i]
        dollars = max(columns["usd"][i] + t["ocean_marginal"] * columns["extra_km"][i], 0) * t["ocean_scale"]
        money = factor * (p.fixed + p.per_km * km[i]) + dollars * t["exchange_rate"]
        money += columns["changes"][i] * t["border_handling"] + (columns["surcharge"][i] if cargo == "container" else 0)
        hours = factor * (p.hours + km[i] / p.speed) + columns["changes"][i] * t["border_hours"]
        assert found.money[i] == pytest.approx(money)
        assert found.hours[i] == pytest.approx(hours)
        scale = 10_000 if cargo == "general" else 1000
        assert found.weights[i] == max(1, round((money + hours * t.hour(cargo)) * scale))
        assert found.scale == scale


def test_the_dearest_price_is_just_below_the_mark_of_a_closed_link():
    t = Tariff.standard()
    per_km = (t["road_rate"] + t.hour("general") / t["truck_speed"]) * 1e4
    fits, over = (CLOSED - 2) / per_km, (int(CLOSED) + 2) / per_km
    assert price(Links.of([0], [1], Mode.ROAD, [fits]), t, "general").weights[0] == pytest.approx(int(CLOSED) - 2, abs=1)  # fmt: skip
    with pytest.raises(ParameterError):
        price(Links.of([0], [1], Mode.ROAD, [over]), t, "general")
    assert price(Links.of([0], [1], Mode.ROAD, [over], closed=[1]), t, "general").weights[0] == CLOSED
    assert price(Links.of([0], [1], Mode.OCEAN_QUAY, [0.0]), t, "container").weights[0] > 1
    assert price(Links.of([0], [1], Mode.ROAD, [0.0]), t, "general").weights[0] == 1
    assert int(CLOSED) == 2**31 - 1


def test_a_tariff_holds_every_number_and_changes_one():
    t = Tariff.standard()
    assert t.changed("rail_rate", 0.0)["rail_rate"] == 0.0
    assert t["rail_rate"] > 0
    assert {k for k in t.values if t.changed("rail_rate", 5.0)[k] != t[k]} == {"rail_rate"}
    assert t.hour("container") == pytest.approx(t["box_value"] * t["time_cost"] / 100 / 24)


# ---------------------------------------------------------------- modes and gateways
def test_which_links_a_set_of_modes_opens():
    road = {"ROAD", "ACCESS", "FERRY"}
    rail = {"RAIL", "RAIL_FERRY", "STATION", "TERMINAL", "BORDER", "RAIL_ABROAD", "SPUR"}
    sea = {"OCEAN_QUAY", "OCEAN"}
    expected = {
        "road": road | sea | {"ROAD_ABROAD"},
        "rail": road | rail | sea | {"ROAD_ABROAD"},
        "water": road | sea | {"ROAD_ABROAD", "QUAY", "COASTAL", "RIVER"},
        "land": road | rail | {"ROAD_ABROAD"},
        "all": set(Mode.__members__),
    }
    assert {name: {mode.name for mode in modes.opened(name)} for name in expected} == expected
    assert [modes.modes_named("".join(name)) for name in expected] == list(expected)
    assert [modes.cargo_named("".join(name)) for name in ("general", "container")] == ["general", "container"]
    for check, name in ((modes.modes_named, "zzz"), (modes.modes_named, ""), (modes.cargo_named, "a"), (modes.cargo_named, "zz")):  # fmt: skip
        with pytest.raises(BadInputError):
            check(name)
    assert [mode.value for mode in Mode] == list(range(16))


@pytest.mark.parametrize(
    ("way", "carried"),
    [
        ([], ()),
        ([Mode.ACCESS, Mode.ROAD], (Family.ROAD,)),
        ([Mode.ACCESS, Mode.RAIL, Mode.ROAD], (Family.RAIL,)),
        ([Mode.ACCESS, Mode.FERRY, Mode.ROAD, Mode.FERRY], (Family.ROAD, Family.FERRY)),
        ([Mode.STATION, Mode.RAIL, Mode.QUAY, Mode.COASTAL, Mode.RIVER, Mode.OCEAN], (Family.RAIL, Family.COASTAL, Family.RIVER, Family.SEA)),
        ([Mode.RAIL_ABROAD, Mode.ROAD_ABROAD], (Family.RAIL_ABROAD,)),
    ],
)  # fmt: skip
def test_a_way_is_carried_by_these_in_order(way, carried):
    assert modes.carriers(way) == carried


class Ports(ToyAtlas):
    ROWS = (("a_waigaoqiao", "seaport", "甲港（外）", "Port of A (W)"), ("a_yangshan", "seaport", "甲港（洋）", "Port of A (Y)"), ("r", "river_port", "乙港", "Yi"),
            ("c", "rail_border", "乙口岸", "Yi crossing"), ("d", "road_border", "丁口岸", "Ding"), ("x", "airport", "甲机场", "A air"), ("terminal_1", "rail_terminal", "甲站", "A rail"))  # fmt: skip

    def table(self, name):
        if name != "gateways":
            return super().table(name)
        columns = dict(zip(("id", "kind", "name_zh", "name_en"), zip(*self.ROWS, strict=True), strict=True))
        return pl.DataFrame({k: list(v) for k, v in columns.items()} | {"lon": [1.0] * 7, "lat": [2.0] * 7})


def test_a_gateway_goes_by_its_id_its_name_or_a_part_of_it():
    atlas = Ports()
    assert [g.id for g in gateways(atlas)] == ["a_waigaoqiao", "a_yangshan", "r", "c", "d", "m"]
    names = {"甲港": "a_yangshan", "port of A (y)": "a_yangshan", "甲港（外）": "a_waigaoqiao", "a_waigaoqiao": "a_waigaoqiao", "外": "a_waigaoqiao",
             "乙港": "r", "乙口岸": "c", "FAR": "m", "丁": "d"}  # fmt: skip
    for name, found in names.items():
        assert find_gateway(atlas, name).id == found, name
    assert [g.id for g in berths_of(atlas, "甲")] == ["a_waigaoqiao", "a_yangshan"]
    for empty in ("港", " ", "口岸"):
        with pytest.raises(UnknownPlaceError):
            berths_of(atlas, empty)
    with pytest.raises(AmbiguousPlaceError) as caught:
        berths_of(atlas, "i")
    assert len(caught.value.candidates) >= 2
    (market,) = [g for g in gateways(atlas) if g.kind == "market"]
    assert (market.lon, market.lat, market.name) == (4.0, 51.0, Text("远方", "Far"))


# ---------------------------------------------------------------- network
def test_links_that_are_not_told_otherwise_have_no_effect():
    made = Links.of([1, 2], [3, 4], Mode.RAIL, [5.0, 6.0])
    for name in ("usd", "extra_km", "changes", "surcharge"):
        assert getattr(made, name).tolist() == [0.0, 0.0]
    assert (made.factor.tolist(), made.closed.tolist(), made.repaired.tolist()) == ([1.0, 1.0], [False] * 2, [False] * 2)  # fmt: skip
    assert len(made) == 2
    both = Links.joined([made, Links.of([7], [8], Mode.ROAD, [9.0], usd=[1.0])])
    assert (both.tail.tolist(), both.usd.tolist(), both.mode.tolist()) == ([1, 2, 7], [0, 0, 1], [3, 3, 0])


def test_nodes_are_numbered_on_and_neighbours_are_of_their_modes():
    base = network()
    more = base.with_node(1.5, 2.5, ("新", "New"))
    assert (more.size, more.lon[-1], more.lat[-1], more.name(base.size)) == (base.size + 1, 1.5, 2.5, Text("新", "New"))
    assert base.size == 14
    assert sorted(base.neighbours(8, Mode.QUAY, Mode.OCEAN_QUAY)) == [(9, 12), (10, 13)]
    assert base.neighbours(4, Mode.SPUR) == [(8, 11)]
    assert base.neighbours(6, Mode.STATION) == []
    assert base.market_nodes.tolist() == [11]


# ---------------------------------------------------------------- engines
def chain(size, weights=None):
    return graph_of(list(range(size - 1)), list(range(1, size)), size), np.ones(size - 1, dtype=np.uint32) if weights is None else weights  # fmt: skip


@pytest.mark.parametrize(("count", "small"), [(400, False), (401, True)])
def test_a_network_is_made_small_for_more_than_four_hundred_sources(monkeypatch, count, small):
    asked = []
    original = engine.core
    monkeypatch.setattr(engine, "core", lambda *given: asked.append(1) or original(*given))
    graph, weights = chain(count)
    nodes, told = np.arange(count, dtype=np.int32), []
    found = DijkstraEngine(graph, weights).table(nodes, nodes, told.append)
    assert bool(asked) is small
    np.testing.assert_array_equal(found, np.abs(nodes[:, None] - nodes[None, :]))
    steps = [min(1.0, step / count) for step in range(64, count + 64, 64)]
    assert told == pytest.approx([0.2, *(0.2 + 0.8 * min(1.0, (k + 1) * 64 / count) for k in range(7))] if small else steps, abs=1e-12)  # fmt: skip


def test_a_flat_table_is_searched_from_its_shorter_side(monkeypatch):
    graph, weights = chain(6)
    told = []
    original = engine.dijkstra
    monkeypatch.setattr(engine, "dijkstra", lambda net, indices, **more: told.append(len(indices)) or original(net, indices=indices, **more))  # fmt: skip
    few, many = np.array([1], dtype=np.int32), np.arange(6, dtype=np.int32)
    made = DijkstraEngine(graph, weights)
    assert made.table(many, few)[:, 0].tolist() == [1, 0, 1, 2, 3, 4]
    assert made.table(few, many)[0].tolist() == [1, 0, 1, 2, 3, 4]
    assert made.table(many, few).flags["C_CONTIGUOUS"]
    assert told == [1, 1, 1]


def test_a_path_of_nothing_and_one_that_is_not():
    graph, weights = chain(4)
    weights[2] = CLOSED
    for name in ("scipy", "auto"):
        made = open_engine(graph, weights, name)
        assert (made.path(1, 1)[0], len(made.path(1, 1)[1])) == (0, 0)
        cost, links = made.path(0, 3)
        assert (cost, len(links)) == (int(CLOSED), 0)
        cost, links = made.path(2, 0)
        assert (cost, links.tolist()) == (2, [1, 0])


@pytest.mark.parametrize(("rays", "goes"), [(1, True), (2, True), (15, True), (16, True), (17, False), (20, False)])
def test_a_node_of_more_than_sixteen_neighbours_stays(rays, goes):
    graph = graph_of([0] * rays, list(range(1, rays + 1)), rays + 1)
    weights = np.arange(1, rays + 1, dtype=np.uint32)
    net = DijkstraEngine(graph, weights)._matrix
    small, place = elimination.core(net, np.arange(1, rays + 1))
    assert (place[0] == -1) is np.bool_(goes)
    if goes and rays > 1:
        assert small[place[1], place[rays]] == weights[0] + weights[-1]


def test_blocks_of_a_table_hold_every_row_once():
    hierarchy = pytest.importorskip("bolang.space.hierarchy")
    for count in (0, 1, 359, 360, 361, 720, 721, 1000):
        blocks = hierarchy._blocks(count)
        assert [row for block in blocks for row in range(count)[block]] == list(range(count))
        assert all(block.stop - block.start == 360 for block in blocks[:-1])


def test_a_stored_topology_of_another_graph_is_built_anew(own_cache):
    hierarchy = pytest.importorskip("bolang.space.hierarchy")
    graph, weights = chain(5)
    for other in (chain(6)[0], graph_of([0, 1, 2], [1, 2, 3], 5)):
        hierarchy._TOPOLOGIES.clear()
        foreign = hierarchy._build(other)
        store.clear()
        store.keep_folder("hierarchy", graph.key, lambda path, foreign=foreign: foreign.save(str(path)))
        hierarchy._TOPOLOGIES.clear()
        assert hierarchy._load(graph) is None
        assert open_engine(graph, weights, "cch").path(0, 4)[0] == 4
    store.clear()
    hierarchy._TOPOLOGIES.clear()
    hierarchy._build(graph)
    assert hierarchy._load(graph) is not None


def test_weights_come_back_even_when_the_work_fails(own_cache):
    graph, weights = chain(4)
    made = open_engine(graph, weights)

    def fails():
        with made.changed(np.array([1]), np.array([50], dtype=np.uint32)) as other:
            assert other.path(0, 3)[0] == 52
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert made.path(0, 3)[0] == 3


# ---------------------------------------------------------------- updates
@pytest.mark.parametrize(
    ("most", "changed", "dearer", "full"),
    [(1, 1, True, False), (1, 2, True, True), (2, 2, True, False), (1, 1, False, True), (2, 1, False, False), (4, 2, False, False), (3, 2, False, True)],
)  # fmt: skip
def test_a_full_table_is_computed_beyond_so_many_changes(monkeypatch, most, changed, dearer, full):
    """Dearer links are counted themselves, cheaper ones by their ends."""
    monkeypatch.setattr(incremental, "MOST_CHANGED_ENDS", most)
    graph, weights = chain(9, np.full(8, 10, dtype=np.uint32))
    later = weights.copy()
    later[[0, 5][:changed]] = 15 if dearer else 5
    nodes = np.arange(9, dtype=np.int32)
    before, after = Weighted(graph, weights, "scipy"), Weighted(graph, later, "scipy")
    found = updated_table(before, after, Pairs(nodes, nodes), everything(graph, weights))
    np.testing.assert_array_equal(found, everything(graph, later))
    assert bool(after._opened) is full


@pytest.mark.parametrize(("changed", "full"), [(96, False), (97, True)])
def test_ninety_six_changes_are_followed(changed, full):
    size = 120
    graph, weights = chain(size, np.full(size - 1, 10, dtype=np.uint32))
    later = weights.copy()
    later[:changed] = 11
    some = np.arange(0, size, 40, dtype=np.int32)
    before, after = Weighted(graph, weights, "scipy"), Weighted(graph, later, "scipy")
    known = everything(graph, weights)[np.ix_(some, some)]
    found = updated_table(before, after, Pairs(some, some), known)
    np.testing.assert_array_equal(found, everything(graph, later)[np.ix_(some, some)])
    assert bool(after._opened) is full


@pytest.mark.parametrize(("rows", "square", "whole"), [(2, True, False), (3, True, True), (3, False, False)])
def test_a_square_table_is_searched_whole_beyond_two_fifths_of_its_rows(rows, square, whole):
    asked = []

    class Paths:
        def table(self, sources, targets):
            asked.append((len(sources), len(targets)))
            return np.full((len(sources), len(targets)), 7, dtype=np.uint32)

    nodes = np.arange(5, dtype=np.int32)
    affected = np.zeros((5, 5), dtype=bool)
    affected[:rows, :4] = True
    found = incremental._after_dearer(Paths(), affected, Pairs(nodes, nodes if square else nodes.copy()), np.zeros((5, 5), dtype=np.uint32))  # fmt: skip
    assert asked == ([(5, 5)] if whole else [(rows, 5)])
    assert (found == 7).sum() == (25 if whole else 5 * rows)


@pytest.mark.parametrize("seed", range(6))
def test_rows_and_columns_cover_what_is_affected_and_no_more_than_one_side(seed):
    affected = np.random.default_rng(seed).random((7, 5)) < 0.25
    rows, columns = incremental._cover(affected)
    left = affected.copy()
    left[rows], left[:, columns] = False, False
    assert not left.any()
    assert len({*rows.tolist()}) == len(rows)
    assert len({*columns.tolist()}) == len(columns)
    assert len(rows) + len(columns) <= min(affected.any(axis=1).sum(), affected.any(axis=0).sum()) + 1
    cross = np.zeros((6, 6), dtype=bool)
    cross[2], cross[:, 4] = True, True
    assert [part.tolist() for part in incremental._cover(cross)] == [[2], [4]]


def test_paths_are_prepared_once_and_ends_are_sorted():
    graph, weights = chain(5)
    made = Weighted(graph, weights)
    assert made.open() is made.open()
    assert made.ends(np.array([3, 0])).tolist() == [0, 1, 3, 4]
    assert made.ends_of(3, np.array([0, 1, 3, 4])) == (2, 3)
    assert Pairs(weights, weights).square
    assert not Pairs(weights, weights.copy()).square


# ---------------------------------------------------------------- notes
def leg(means=Family.ROAD, km=100.0, straight=50.0, repaired=0.0, end="b"):
    return SimpleNamespace(means=means, km=km, straight_km=straight, repaired_km=repaired, start="a", end=end)


@pytest.mark.parametrize(
    ("km", "straight", "means", "curved"),
    [(86.0, 50.0, Family.ROAD, True), (85.0, 50.0, Family.ROAD, False), (50.0, 10.0, Family.RAIL, False), (50.5, 10.0, Family.RAIL, True), (900.0, 10.0, Family.SEA, False), (900.0, 10.0, Family.RAIL_ABROAD, False)],
)  # fmt: skip
def test_a_long_stretch_is_curved_beyond_seventeen_tenths_of_the_straight_line(km, straight, means, curved):
    found = [note for note in notes_on([SimpleNamespace(legs=[leg(means, km, straight)])]) if isinstance(note, Curved)]
    assert found == ([Curved(means, "a", "b", round(km / straight, 1))] if curved else [])


def test_weaknesses_are_of_the_best_two_ways_and_gaps_of_the_best():
    ways = [
        SimpleNamespace(legs=[leg(Family.SEA, repaired=0.5), leg(Family.ROAD, 90.0, 50.0, repaired=0.6)]),
        SimpleNamespace(legs=[leg(Family.RAIL, repaired=50.0), leg(Family.ROAD, 90.0, 50.0)]),
        SimpleNamespace(legs=[leg(Family.FERRY)]),
    ]
    assert notes_on(ways) == (Family.ROAD, Family.RAIL, Family.SEA, Repaired(1.1), Curved(Family.ROAD, "a", "b", 1.8), Curved(Family.RAIL, "a", "b", 2.0))  # fmt: skip
    for km, said in ((1.0, False), (1.1, True)):
        found = notes_on([SimpleNamespace(legs=[leg(Family.SEA, repaired=km)])])
        assert (Repaired(km) in found) is said
    assert notes_on(ways[2:]) == (Family.FERRY,)
    assert notes.WEAK[0] is Family.ROAD


# ---------------------------------------------------------------- position
def placed(**columns):
    base = {"port_cost": [100.0, 200.0, 300.0, 400.0], "harris_all": [4.0, 3.0, 2.0, 1.0], "foreign_harris_all": [1.0, 5.0, 3.0, 4.0], "metropolis_hours": [1.0, 2.0, 2.0, 3.0],
            "port_cost_road": [125.0, 200.0, 300.0, 800.0], "port_cheapest": ["p"] * 4, "metropolis": ["某市", "甲县", "某市", "x"],
            "population_60_minutes": [1.0, 2.0, 3.0, 4.0], "population_180_minutes": [5.0, 6.0, 7.0, 8.0]}  # fmt: skip
    for kind in ("harris", "foreign_harris"):
        whole = np.array(base[f"{kind}_all"])
        base |= {f"{kind}_water": (whole / 1.25).tolist(), f"{kind}_rail": (whole / [2.0, 1.1, 1.2, 1.0]).tolist(), f"{kind}_road": (whole[::-1] / 4).tolist()}  # fmt: skip
    frame = pl.DataFrame(base | columns)

    class Placed(ToyAtlas):
        def table(self, name):
            return frame if name == "access" else super().table(name)

    return Placed()


def stands(row, **columns):
    county = SimpleNamespace(index=row, name="甲县", prefecture="某市")
    return position(placed(**columns), county)


def test_where_a_county_stands_among_four():
    found = stands(1)
    assert found.percentiles == {"port_cost": 50.0, "harris_all": 50.0, "foreign_harris_all": 75.0, "metropolis_hours": 25.0}  # fmt: skip
    assert (found.mean, found.best, found.worst) == (50.0, "foreign_harris_all", "metropolis_hours")
    assert [stands(row).as_good for row in range(4)] == [0, 0, 1, 1]
    assert (stands(0).port.cost, stands(0).port.cheaper, stands(2).port.cheaper, stands(3).port.cheaper) == (100.0, 0, 2, 3)  # fmt: skip
    assert [stands(row).port.saved for row in (0, 1, 3)] == pytest.approx([20.0, 0.0, 50.0])
    assert (found.port.port.id, found.port.cost_by_road) == ("p", 200.0)
    assert (found.domestic.percentile, found.domestic.percentile_by_road) == (50.0, 25.0)
    assert (found.domestic.rail, found.domestic.ships) == pytest.approx((25.0, 10.0))
    assert (found.domestic.rail_usual, found.domestic.ships_usual) == pytest.approx((25.0, 15.0))
    assert (found.foreign.percentile, found.foreign.ships) == (75.0, pytest.approx(10.0))
    assert (found.city.hours, found.city.one_hour, found.city.three_hours) == (2.0, 2.0, 6.0)
    assert [stands(row).city.within for row in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("mean", "grade"),
    [(100, "outstanding"), (90, "outstanding"), (89.9, "good"), (75, "good"), (74.9, "above_middle"), (50, "above_middle"), (49.9, "below_middle"), (25, "below_middle"), (24.9, "remote"), (0, "remote")],
)  # fmt: skip
def test_grades_begin_at_their_lines(mean, grade):
    found = Position(None, dict.fromkeys(ASPECTS, float(mean)), 0, None, None, None, None)
    assert (found.mean, found.grade) == (mean, grade)


# ---------------------------------------------------------------- access
def test_market_access_solves_its_equation_from_any_size():
    rng = np.random.default_rng(2)
    for size in (1, 2, 5):
        mass = rng.uniform(0, 9, size)
        tau = 1 + np.abs(rng.normal(size=(size, size)))
        tau = (tau + tau.T) / 2
        for theta in (1.0, 4.0):
            found = access.theory_consistent(mass, tau, theta)
            np.testing.assert_allclose(found, (tau**-theta) @ (mass / found), rtol=1e-9)
    assert access.theory_consistent(np.array([4.0]), np.array([[1.0]]), 5.0)[0] == pytest.approx(2.0)
    assert access.theory_consistent(np.array([4.0, 0.0]), np.full((2, 2), 1.0), 5.0) == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize(
    ("mass", "tau"),
    [([1.0, -0.1], np.ones((2, 2))), ([0.0, 0.0], np.ones((2, 2))), ([1.0, np.nan], np.ones((2, 2))), ([1.0, np.inf], np.ones((2, 2))), ([1.0], np.ones((2, 2))), ([1.0, 1.0], np.ones((2, 3))),
     ([1.0, 1.0], np.full((2, 2), 0.999)), ([1.0, 1.0], np.array([[1.0, np.nan], [1.0, 1.0]]))],
)  # fmt: skip
def test_masses_and_costs_that_are_none_are_refused(mass, tau):
    with pytest.raises(BadInputError):
        access.theory_consistent(np.array(mass), tau, 4.0)


def test_a_fixed_point_that_is_not_reached_is_no_answer(monkeypatch):
    mass, tau = np.array([1.0, 5.0]), np.array([[1.0, 2.0], [2.0, 1.0]])
    monkeypatch.setattr(access, "MOST_STEPS", 2)
    with pytest.raises(ConvergenceError):
        access.theory_consistent(mass, tau, 4.0)
    assert access.iceberg(np.array([0.0, 50.0]), 100.0).tolist() == [1.0, 1.5]
    for value in (0.0, -1.0, float("nan")):
        with pytest.raises(BadInputError):
            access.iceberg(np.array([1.0]), value)


# ---------------------------------------------------------------- travel
def test_minutes_by_car_are_hours_by_road_times_sixty(own_cache):
    system = toy()
    hours = RoadTravel(system).hours("car")
    table = car_table(system)
    t = system.tariff
    one_two = 60 * (110 / t["car_speed"] + 22 / t["access_speed"])
    assert table[0, 1] == table[1, 0] == pytest.approx(one_two, abs=0.01)
    assert np.diag(table).tolist() == [0, 0, 0]
    assert hours.shape == (14, 14)
    links = system.network.links
    cut = TransportSystem(system.atlas, network(links=Links(**{name: getattr(links, name) if name != "closed" else links.mode == Mode.ROAD for name in links.__dataclass_fields__})), system.tariff)  # fmt: skip
    assert np.isinf(car_table(cut)[0, 1])
    found = isochrone(system, "1", (one_two / 60 - 0.01, one_two / 60 + 0.01))
    assert found.band.tolist() == [0, 1, 2]
    assert found.within(np.array([1.0, 10.0, 100.0])) == (1.0, 11.0)
    assert isochrone(system, "1", vehicle="truck").hours[1] > found.hours[1]
    assert isochrone(system, "1").limits == (0.5, 1.0, 2.0, 4.0)
