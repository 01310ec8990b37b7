"""National cost tables: symmetric, a metric, equal from both engines, exact after edits, cached."""

import numpy as np
import pytest

from bolang.foundation.errors import BolangError
from bolang.space import (
    AddLink,
    AvoidSuez,
    ChangeTariff,
    CloseGateway,
    CloseTerminal,
    OpenDryPort,
    OpenSeaRailTerminal,
    Tariff,
    TransportSystem,
    UpgradeLink,
    change_of_costs,
    costs_of,
    freight_costs,
)
from bolang.space.engine import open_engine
from bolang.space.freight import TABLES, _targets, cost_tables, internal_costs
from bolang.space.tariff import CLOSED

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def costs(atlas):
    return freight_costs(atlas)


@pytest.fixture(scope="module")
def tables(system):
    return cost_tables(system)


def test_shapes_and_order(costs, atlas):
    count = len(atlas.counties)
    assert costs.road.shape == costs.multimodal.shape == (count, count)
    assert costs.foreign.shape == (count, len(costs.regions))
    assert costs.units == atlas.codes
    assert costs.road.dtype == np.float32


def test_costs_are_symmetric_positive_and_zero_to_oneself(costs):
    for table in (costs.road, costs.multimodal):
        assert (table == table.T).all()
        assert (np.diag(table) == 0).all()
        assert table[~np.eye(len(table), dtype=bool)].min() > 0
        assert np.isfinite(table).all()


def test_costs_obey_the_triangle_inequality(tables):
    rng = np.random.default_rng(0)
    for name in ("road", "multimodal"):
        table = tables[name].astype(np.int64)
        i, j, k = rng.integers(0, len(table), (3, 200_000))
        assert (table[i, j] <= table[i, k] + table[k, j]).all()


def test_more_means_never_cost_more(costs):
    assert (costs.multimodal <= costs.road).all()


def test_every_county_reaches_every_market(costs):
    assert np.isfinite(costs.foreign).all()
    assert (costs.foreign > 0).all()


@pytest.mark.parametrize("name", list(TABLES))
def test_both_engines_give_every_pair_to_the_last_digit(system, tables, name):
    cargo, modes = TABLES[name]
    dijkstra = open_engine(system.graph, system.prices(cargo, modes).weights, "scipy")
    np.testing.assert_array_equal(dijkstra.table(system.network.units, _targets(system, name)), tables[name])


def test_plain_dijkstra_on_the_whole_network_agrees_on_sampled_rows(system, tables):
    rng = np.random.default_rng(1)
    rows = np.sort(rng.choice(len(system.network.units), 24, replace=False))
    for name, (cargo, modes) in TABLES.items():
        dijkstra = open_engine(system.graph, system.prices(cargo, modes).weights, "scipy")
        found = dijkstra.table(system.network.units[rows], _targets(system, name))
        np.testing.assert_array_equal(found, tables[name][rows])


def test_internal_costs_grow_with_area_and_fill_the_diagonal(costs, atlas, system):
    area = np.array([county.area_km2 for county in atlas.counties])
    internal = internal_costs(system)
    assert (np.diff(internal[np.argsort(area)]) >= 0).all()
    filled = costs.with_internal()
    assert (np.diag(filled) == internal).all()
    assert np.diag(costs.multimodal).max() == 0  # a copy, not the table itself


EDITS = [
    (AddLink("义乌市", "武义县"),),
    (AddLink("磐安县", "义乌市", "rail"), CloseTerminal("义乌市")),
    (UpgradeLink("永康市", "缙云县"),),
    (OpenSeaRailTerminal("永康市"), OpenDryPort("诸暨市")),
    (CloseGateway("宁波港"),),
    (ChangeTariff("rail_rate", factor=0.8),),
    (AvoidSuez(),),
]


@pytest.mark.parametrize("edits", EDITS, ids=lambda edits: "+".join(type(edit).__name__ for edit in edits))
def test_tables_after_edits_equal_full_ones_on_sampled_rows(system, edits):
    after = system.edited(edits)
    tables = cost_tables(after)
    rng = np.random.default_rng(2)
    rows = np.unique(np.concatenate([rng.choice(2853, 12), [system.atlas.county("义乌市").index]]))
    for name, (cargo, modes) in TABLES.items():
        full = open_engine(after.graph, after.prices(cargo, modes).weights, "scipy")
        np.testing.assert_array_equal(full.table(after.network.units[rows], _targets(after, name)), tables[name][rows])


def test_a_new_terminal_lowers_foreign_costs_nearby_and_raises_none(atlas):
    change = change_of_costs(atlas, [OpenSeaRailTerminal("永康市")])
    assert change.foreign_percent[atlas.county("永康市").index] < -1
    assert change.foreign_percent.max() <= 1e-9
    assert np.abs(change.domestic_percent).max() == 0
    frame = change.to_frame()
    assert frame.height == 2853
    assert frame["code"].to_list() == list(atlas.codes)


def test_closing_a_port_raises_costs_and_lowers_none(atlas):
    change = change_of_costs(atlas, [CloseGateway("宁波港")])
    assert change.foreign_percent.min() >= -1e-9
    worst = np.argsort(-change.foreign_percent)[:10]
    assert any("宁波" in atlas.counties[i].full_name or "舟山" in atlas.counties[i].full_name for i in worst)


def test_a_second_call_reads_the_cache(atlas, costs, monkeypatch):
    from bolang.space import freight

    monkeypatch.setattr(freight, "_computed", lambda *_: pytest.fail("computed again"))
    again = freight_costs(atlas)
    np.testing.assert_array_equal(again.multimodal, costs.multimodal)


def test_another_tariff_has_another_cache_entry(atlas, system):
    dear = TransportSystem.standard(atlas, Tariff.standard().changed("road_rate", 0.49))
    assert dear.key != system.key
    assert TransportSystem.standard(atlas).key == system.key


def test_cutting_a_county_off_is_an_error_that_names_it(atlas, system):
    class CutOff:
        label = None

        def apply(self, before):
            from dataclasses import replace

            links = before.network.links
            node = before.network.units[before.atlas.county("义乌市").index]
            touched = (links.tail == node) | (links.head == node)
            return replace(before, network=replace(before.network, links=replace(links, closed=links.closed | touched)))

    with pytest.raises(BolangError, match="义乌市"):
        costs_of(system.edited([CutOff()]))


def test_closed_costs_never_reach_the_tables(tables):
    assert (tables["road"] < CLOSED).all()
    assert (tables["multimodal"] < CLOSED).all()
