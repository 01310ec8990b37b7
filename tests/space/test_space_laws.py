"""Laws of freight that a slip in the code would break, each on a case of two or three places worked by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from bolang.space import freight, impact, routing
from bolang.space.freight import internal_costs
from bolang.space.lines import _with_line
from bolang.space.modes import Mode
from bolang.space.tariff import CLOSED, SCALE, Tariff


@pytest.fixture
def tariff():
    """Every rate a number of its own, so that none can stand for another."""
    names = [
        "road_rate",
        "rail_rate",
        "rail_fund",
        "rail_base",
        "rail_handling",
        "rail_terminal_hours",
        "access_speed",
        "rail_speed",
        "truck_speed",
        "ferry_fixed",
        "ferry_rate",
        "ferry_hours",
        "coastal_speed",
        "port_handling",
        "coastal_port_hours",
        "coastal_rate",
        "river_rate",
        "river_speed",
        "truck_box_rate",
        "rail_box_rate",
        "rail_box_discount",
        "rail_box_base",
        "rail_box_hours",
        "payload",
        "rail_box_handling",
        "domestic_port_box",
        "coastal_box_rate",
        "river_box_rate",
        "terminal_handling",
        "ocean_port_hours",
        "ocean_speed",
        "abroad_rail_rate",
        "abroad_rail_speed",
        "abroad_road_rate",
        "goods_value",
        "box_value",
        "time_cost",
        "road_handling",
        "truck_box_fixed",
        "access_circuity",
    ]
    values = {name: 2.0 + k * 0.37 for k, name in enumerate(names)}
    return Tariff(values | {"rail_box_discount": 0.25})


def test_an_hour_costs_the_interest_on_what_travels(tariff):
    assert tariff.hour("general") == pytest.approx(tariff["goods_value"] * tariff["time_cost"] / 100 / 24)
    assert tariff.hour("container") == pytest.approx(tariff["box_value"] * tariff["time_cost"] / 100 / 24)
    assert tariff.ends("general") == 2 * tariff["road_handling"]
    assert tariff.ends("container") == tariff["truck_box_fixed"]
    assert SCALE["general"] == 10 * SCALE["container"]


def test_what_each_kind_of_link_costs(tariff):
    """Fixed, per km, hours, speed: half of a railway's base price is paid at each end, and a box pays its discount."""
    t = tariff
    rail = t["rail_rate"] + t["rail_fund"]
    general = {mode: (p.fixed, p.per_km, p.hours, p.speed) for mode, p in t.mode_prices("general").items()}
    assert (
        general[Mode.STATION]
        == general[Mode.TERMINAL]
        == pytest.approx(
            (t["rail_base"] / 2 + t["rail_handling"], t["road_rate"], t["rail_terminal_hours"], t["access_speed"])
        )
    )
    assert general[Mode.SPUR] == pytest.approx(
        (t["rail_base"] / 2 + t["rail_handling"], rail, t["rail_terminal_hours"], t["rail_speed"])
    )
    assert general[Mode.RAIL] == pytest.approx((0, rail, 0, t["rail_speed"]))
    assert general[Mode.RAIL_FERRY] == pytest.approx((0, rail, t["ferry_hours"], t["coastal_speed"]))
    assert general[Mode.ROAD] == (0, t["road_rate"], 0, t["truck_speed"])
    assert general[Mode.QUAY][:3] == (t["port_handling"], 0, t["coastal_port_hours"])
    box = {mode: (p.fixed, p.per_km, p.hours, p.speed) for mode, p in t.mode_prices("container").items()}
    base = t["rail_box_base"] * 0.75 / 2
    assert box[Mode.RAIL] == pytest.approx((0, t["rail_box_rate"] * 0.75, 0, t["rail_speed"]))
    assert box[Mode.RAIL_FERRY] == pytest.approx((0, t["rail_box_rate"] * 0.75, t["ferry_hours"], t["coastal_speed"]))
    assert box[Mode.TERMINAL] == pytest.approx(
        (base + t["rail_box_handling"], t["truck_box_rate"], t["rail_box_hours"], t["access_speed"])
    )
    assert box[Mode.SPUR][:2] == pytest.approx((base + t["rail_box_handling"], t["rail_box_rate"] * 0.75))
    assert box[Mode.BORDER] == pytest.approx((base, t["rail_box_rate"] * 0.75, 0, t["rail_speed"]))
    assert box[Mode.FERRY] == pytest.approx(
        (t["payload"] * t["ferry_fixed"], t["payload"] * t["ferry_rate"], t["ferry_hours"], t["coastal_speed"])
    )
    assert box[Mode.OCEAN] == (0, 0, 0, t["ocean_speed"])
    assert Mode.OCEAN not in general
    assert Mode.STATION not in box


def test_what_the_other_kinds_of_link_cost(tariff):
    """Nobody waits on the way; lanes have no fixed price; abroad has rates of its own."""
    t = tariff
    general = {mode: (p.fixed, p.per_km, p.hours, p.speed) for mode, p in t.mode_prices("general").items()}
    box = {mode: (p.fixed, p.per_km, p.hours, p.speed) for mode, p in t.mode_prices("container").items()}
    assert general[Mode.ACCESS] == (0, t["road_rate"], 0, t["access_speed"])
    assert general[Mode.FERRY] == (t["ferry_fixed"], t["ferry_rate"], t["ferry_hours"], t["coastal_speed"])
    assert general[Mode.COASTAL] == (0, t["coastal_rate"], 0, t["coastal_speed"])
    assert general[Mode.RIVER] == (0, t["river_rate"], 0, t["river_speed"])
    assert box[Mode.ROAD] == (0, t["truck_box_rate"], 0, t["truck_speed"])
    assert box[Mode.ACCESS] == (0, t["truck_box_rate"], 0, t["access_speed"])
    assert box[Mode.SPUR][2:] == (t["rail_box_hours"], t["rail_speed"])
    assert box[Mode.COASTAL] == (0, t["coastal_box_rate"], 0, t["coastal_speed"])
    assert box[Mode.RIVER] == (0, t["river_box_rate"], 0, t["river_speed"])
    assert box[Mode.RAIL_ABROAD] == (0, t["abroad_rail_rate"], 0, t["abroad_rail_speed"])
    assert box[Mode.ROAD_ABROAD] == (0, t["abroad_road_rate"], 0, t["truck_speed"])
    for prices, berth in ((general, "port_handling"), (box, "domestic_port_box")):
        assert prices[Mode.QUAY] == (t[berth], 0, t["coastal_port_hours"], np.inf)
    assert box[Mode.OCEAN_QUAY] == (t["terminal_handling"], 0, t["ocean_port_hours"], np.inf)
    assert set(box) | set(general) == set(Mode)


def test_inside_a_county_goods_go_the_mean_distance_from_the_middle_of_a_disc(tariff):
    """Two thirds of the radius, by road over the detour of access roads, with loading at both ends."""
    system = SimpleNamespace(tariff=tariff, atlas=SimpleNamespace(counties=[SimpleNamespace(area_km2=np.pi * 36.0)]))
    km = tariff["access_circuity"] * (2 / 3) * 6.0
    lane = tariff.mode_prices("general")[Mode.ACCESS]
    expected = tariff.ends("general") + km * (lane.per_km + tariff.hour("general") / lane.speed)
    assert internal_costs(system)[0] == pytest.approx(expected, rel=1e-6)
    # The mean distance of the points of a disc from its middle, counted.
    rng = np.random.default_rng(0)
    points = rng.uniform(-6, 6, (200_000, 2))
    inside = np.hypot(*points.T)
    assert inside[inside <= 6].mean() == pytest.approx(6 * 2 / 3, rel=0.01)


def test_tables_become_yuan_a_tonne_with_loading_between_counties_and_abroad(tariff):
    system = SimpleNamespace(tariff=tariff, atlas=SimpleNamespace(counties=[]))
    table = np.array([[0, 50_000], [70_000, 0]], dtype=np.uint32)
    ends = tariff.ends("general")
    found = freight._domestic(system, table)
    np.testing.assert_allclose(found, [[0, 5 + ends], [7 + ends, 0]], rtol=1e-6)
    abroad = freight._foreign(system, np.array([[30_000, CLOSED]], dtype=np.uint32))
    assert abroad[0, 0] == pytest.approx((30 + tariff.ends("container")) / tariff["payload"], rel=1e-6)
    assert np.isinf(abroad[0, 1])


# -- ways ------------------------------------------------------------------------------------------


def way(links, km, cost, via=None, signature=("road",)):
    return SimpleNamespace(links=np.array(links), km=km, cost=cost, via=via, signature=signature)


KM = SimpleNamespace(network=SimpleNamespace(links=SimpleNamespace(km=np.array([10.0, 20.0, 30.0, 40.0]))))


def test_two_ways_share_the_length_of_the_second_that_the_first_runs_over():
    first, second = way([0, 1], 30.0, 1, "x"), way([1, 2], 50.0, 2, "x")
    assert routing._shared(KM, first, second) == pytest.approx(20 / 50)
    assert routing._shared(KM, second, first) == pytest.approx(20 / 30)
    # By railway or water the means and where one changes are the way, whatever the track.
    assert routing._shared(KM, first, way([3], 40.0, 2, None)) == 1.0


@pytest.mark.parametrize(("shared_km", "kept"), [(69.0, 2), (71.0, 1)])
def test_a_way_that_runs_over_seven_tenths_of_a_cheaper_one_is_no_other_way(shared_km, kept):
    system = SimpleNamespace(
        network=SimpleNamespace(links=SimpleNamespace(km=np.array([shared_km, 100 - shared_km, 50.0])))
    )
    found = routing._distinct(system, [way([0, 2], 100.0, 9, "x"), way([0, 1], 100.0, 5, "x")])
    assert [route.cost for route in found] == [5, 9][:kept]
    other = way([0, 1], 100.0, 7, "x", signature=("rail",))
    assert len(routing._distinct(system, [way([0, 1], 100.0, 5, "x"), other])) == 2


def test_links_become_dearer_by_the_factor_and_a_closed_one_stays_closed():
    weights = np.array([100, 101, CLOSED, CLOSED - 1], dtype=np.uint32)
    found = routing._Search._dearer(weights, np.array([1, 2, 3]), 1.5)
    assert found.tolist() == [100, 152, CLOSED, CLOSED]
    assert found.dtype == np.uint32
    assert weights.tolist()[1] == 101
    assert routing.DETOUR > 1
    assert routing.LEAN > routing.DETOUR


class Candidates:
    """A search whose routes are the weights that were asked for."""

    def __init__(self):
        self.weights = np.array([10, 20, 30, 40], dtype=np.uint32)
        self.asked = []

    def limited(self, modes):
        closed = {"road": [2, 3], "rail": [1], "water": [0], "land": [3]}[modes]
        weights = self.weights.copy()
        weights[closed] = CLOSED
        return weights

    def route(self, weights):
        self.asked.append(weights.tolist())
        return way([0], 1.0, len(self.asked), via="road" if len(self.asked) == 8 else None)

    def _gateway_links(self, best):
        return np.array([False, False, False, True])

    def _roads(self):
        return np.array([0, 1])

    _dearer = staticmethod(routing._Search._dearer)
    candidates = routing._Search.candidates


def test_candidates_are_the_best_each_means_another_gateway_a_detour_and_those_that_lean_on_rail_and_water():
    search = Candidates()
    found = list(search.candidates())
    detour = round(10 * routing.DETOUR)
    lean = [round(w * routing.LEAN) for w in (10, 20)]
    assert search.asked == [
        [10, 20, 30, 40],
        [10, 20, CLOSED, CLOSED],
        [10, CLOSED, 30, 40],
        [CLOSED, 20, 30, 40],
        [10, 20, 30, CLOSED],
        [10, 20, 30, CLOSED],
        [detour, 20, 30, 40],
        [lean[0], CLOSED, 30, 40],
        [CLOSED, lean[1], 30, 40],
    ]
    # A way by road alone is none that leans on railways or water.
    assert len(found) == 8


def test_the_gateway_of_the_best_way_is_closed_with_all_lanes_of_its_port():
    modes = np.array([Mode.ROAD, Mode.OCEAN, Mode.OCEAN, Mode.OCEAN, Mode.QUAY, Mode.QUAY, Mode.RAIL_ABROAD])
    links = SimpleNamespace(mode=modes, tail=np.array([0, 1, 1, 2, 0, 3, 4]))

    class Links:
        def __len__(self):
            return 7

        def __getattr__(self, name):
            return getattr(links, name)

    search = SimpleNamespace(system=SimpleNamespace(network=SimpleNamespace(links=Links())))
    banned = routing._Search._gateway_links(search, way([0, 4, 1], 1.0, 1))
    assert banned.tolist() == [False, True, True, False, True, False, False]


# -- changes ---------------------------------------------------------------------------------------


def test_means_weigh_places_by_people_and_markets_by_size():
    costs = SimpleNamespace(
        multimodal=np.array([[0.0, 10.0, 30.0], [10.0, 0.0, 20.0], [30.0, 20.0, 0.0]]),
        foreign=np.array([[5.0, np.inf], [7.0, 9.0], [1.0, 2.0]]),
    )
    people = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(impact._domestic_mean(costs, people), [(20 + 90) / 5, (10 + 60) / 4, (30 + 40) / 3])
    reached = np.isfinite(costs.foreign)
    found = impact._foreign_mean(costs, np.array([3.0, 1.0]), reached)
    np.testing.assert_allclose(found, [5.0, (21 + 9) / 4, (3 + 2) / 4])
    change = impact.CostChange(
        domestic_before=np.array([10.0]), domestic_after=np.array([12.0]), foreign_before=np.array([50.0]),
        foreign_after=np.array([40.0]), edits=(), before=costs, after=costs,
    )  # fmt: skip
    assert change.domestic_percent[0] == pytest.approx(20.0)
    assert change.foreign_percent[0] == pytest.approx(-20.0)


def test_a_line_is_its_first_end_the_steps_from_it_and_its_last_end():
    ends = np.array([[100.0, 30.0], [101.0, 31.0]])
    found = _with_line(ends, [100, 200, 300, -100])
    np.testing.assert_allclose(found, [[100.0, 30.0], [100.1, 30.2], [100.4, 30.1], [101.0, 31.0]])
    np.testing.assert_allclose(_with_line(ends, []), ends)
