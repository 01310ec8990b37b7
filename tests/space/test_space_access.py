"""Market access by theory in cases with closed forms, and the shipped table of access."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bolang.foundation.errors import BadInputError
from bolang.space import find_routes
from bolang.space.access import iceberg, theory_consistent


def test_without_trade_costs_everyone_reaches_the_whole_market():
    mass = np.array([1.0, 4.0, 11.0])
    np.testing.assert_allclose(theory_consistent(mass, np.ones((3, 3)), 4.0), np.full(3, 4.0))


def test_without_trade_everyone_has_the_root_of_oneself():
    tau = np.where(np.eye(3, dtype=bool), 1.0, 1e6)
    np.testing.assert_allclose(theory_consistent(np.array([1.0, 4.0, 9.0]), tau, 4.0), [1.0, 2.0, 3.0], rtol=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    mass=arrays.arrays(float, 5, elements=st.floats(0.1, 100)),
    cost=arrays.arrays(float, (5, 5), elements=st.floats(0.0, 3.0)),
    theta=st.floats(1.0, 8.0),
)
def test_the_fixed_point_holds_and_scales_with_the_root_of_size(mass, cost, theta):
    tau = 1 + (cost + cost.T) / 2
    access = theory_consistent(mass, tau, theta)
    np.testing.assert_allclose(access, tau**-theta @ (mass / access), rtol=1e-9)
    np.testing.assert_allclose(theory_consistent(9 * mass, tau, theta), 3 * access, rtol=1e-9)


def test_wrong_inputs_are_refused():
    good = np.ones((2, 2))
    for mass, tau in (
        ([1.0], good),
        ([1.0, -1.0], good),
        ([0.0, 0.0], good),
        ([1.0, np.nan], good),
        ([1.0, 1.0], good * 0.5),
        ([1.0, 1.0], good * np.nan),
    ):
        with pytest.raises(BadInputError):
            theory_consistent(np.array(mass), tau, 4.0)
    with pytest.raises(BadInputError):
        iceberg(good, 0.0)


def test_iceberg_costs():
    np.testing.assert_allclose(iceberg(np.array([[0.0, 500.0]]), 5000.0), [[1.0, 1.1]])


@pytest.fixture(scope="module")
def access(atlas):
    return atlas.table("access")


def row(access, code):
    return access.filter(access["code"] == code).row(0, named=True)


def test_one_row_a_unit_in_order(access, atlas):
    assert access["code"].to_list() == list(atlas.codes)
    assert access.null_count().sum_horizontal().item() == 0


def test_yiwu_is_where_it_is(access):
    yiwu = row(access, "330782")
    assert yiwu["port"] == yiwu["port_cheapest"] == "ningbo_beilun"
    assert 206 <= yiwu["port_km"] <= 209
    assert yiwu["port_cost"] < yiwu["port_cost_road"]
    assert yiwu["terminal"] == "330782"
    assert yiwu["airport"] == "YIW"
    assert yiwu["metropolis"] == "杭州市"
    assert not yiwu["near_metropolis"]
    assert yiwu["capital_km"] == yiwu["metropolis_km"]


@pytest.mark.parametrize(
    ("code", "near"), [("320583", True), ("330110", True), ("540102", False), ("410102", True), ("653101", False)]
)
def test_who_is_near_a_metropolis(access, code, near):
    assert row(access, code)["near_metropolis"] is near


def test_more_means_give_more_access(access):
    for kind in ("harris", "hansen", "foreign_harris", "foreign_hansen", "foreign_market_access"):
        road, rail, water, every = (access[f"{kind}_{modes}"] for modes in ("road", "rail", "water", "all"))
        for some in (rail, water):
            assert (some >= road).all()
            assert (every >= some).all()
        assert (every > road).any()
    assert (access["port_cost"] <= access["port_cost_road"]).all()


def test_costs_to_places_are_nothing_there_and_handling_at_least_elsewhere(access, system):
    for name in ("capital", "metropolis", "terminal"):
        costs, km = access[f"{name}_cost"].to_numpy(), access[f"{name}_km"].to_numpy()
        least = system.tariff.ends("container" if name == "terminal" else "general")
        assert (costs[km == 0] == 0).all()
        assert (costs[km > 0] > least).all()
        assert 0 < (km == 0).sum() < 60
    yiwu = row(access, "330782")
    road = yiwu["capital_km"] * system.tariff["road_rate"] + system.tariff.ends("general")
    assert road < yiwu["capital_cost"] < road + 2  # the time of an hour and a half


def test_the_coast_is_nearer_the_world_than_the_interior(access, atlas):
    foreign = access["foreign_harris_all"].to_numpy()
    province = np.array([c.province for c in atlas.counties])
    assert np.median(foreign[province == "上海市"]) > np.median(foreign[province == "河南省"])
    assert np.median(foreign[province == "河南省"]) > np.median(foreign[province == "西藏自治区"])


def test_the_table_was_made_with_the_parameters_in_force(access, atlas, system):
    for code in ("330782", "500103"):
        figures = row(access, code)
        best = find_routes(atlas, code, figures["port_cheapest"], system=system).best
        assert figures["port_cost"] == pytest.approx(best.cost, abs=1)


def test_access_is_shipped_as_an_estimate_with_its_sources(atlas):
    fact = atlas.fact("义乌市", "port_cost", 2020)
    assert fact.status == "estimated"
    assert "OpenStreetMap" in fact.source
