"""Ports that the network's table lacks, and outlays that were published: facts with source and year beside the plan."""

from importlib import resources

import numpy as np
import pytest
import yaml

from bolang.atlas import Atlas
from bolang.pages.conditions import test_text as text_of
from bolang.pages.plan.page import outlay_table
from bolang.pages.plan.sentences import freight
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.outlays import published_outlays
from bolang.pathway.plan.recommend import plan
from bolang.pathway.plan.sea_calls import river_port_of, seaport_of


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_every_listed_port_has_a_unit_a_figure_a_year_and_a_source(atlas):
    text = resources.files("bolang.pathway.plan").joinpath("ports.yaml").read_text(encoding="utf-8")
    for port in yaml.safe_load(text)["ports"]:
        assert atlas.county(port["code"]).code == port["code"]
        assert 2000 < port["year"] <= 2026
        assert port["source"]
        assert port["figure"]["zh"]


@pytest.mark.parametrize(
    ("name", "port", "own"), [("荣成市", "威海", False), ("张家港市", "张家港", True), ("如皋市", "如皋", True)]
)
def test_beside_a_port_no_box_is_sent_to_it_by_train(atlas, name, port, own):
    """Rongcheng lies by Weihai, Zhangjiagang on the deep water of the Yangtze: neither is inland, whatever the network's table has."""
    test = next(t for t in plan(name, atlas=atlas).entry("sea_rail").tests if t.key == "off_seaport")
    assert test.met is False
    assert port in test.name
    assert (test.value == 0.0) is own
    assert port in text_of(test).zh


def test_a_port_of_the_network_counts_by_road(atlas):
    """Yiwu's nearest seaport is that of the network, as far as the road to it."""
    yiwu = atlas.county("义乌市")
    assert seaport_of(atlas, yiwu, 150.0).km == 150.0
    assert seaport_of(atlas, yiwu, 1e6).km > 200


def test_the_way_to_a_listed_port_by_hand(atlas):
    """Taicang to Zhangjiagang: the straight line on a sphere by the law of cosines, times 1.3."""
    one, two = atlas.county("320585"), atlas.county("320583")
    a, b, turn = np.radians([one.lat, two.lat, one.lon - two.lon])
    line = 6371.0 * np.arccos(np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(turn))
    assert seaport_of(atlas, two, 1e6).km == pytest.approx(1.3 * line, rel=1e-5)


def test_of_a_river_port_nearby_a_plan_speaks_where_it_reckons_with_trains(atlas):
    fuling = atlas.county("500102")
    assert river_port_of(atlas, fuling).name.startswith("重庆")
    told = [plan(name, atlas=atlas) for name in ("江山市", "仪征市")]
    assert told[0].river_port is None
    assert told[1].river_port is not None
    assert not any("江港" in said.zh for said in freight(told[0]))


def test_published_outlays_are_of_measures_of_the_menu_and_stand_beside_the_assumption():
    for item in published_outlays():
        assert item.measure in measures()
        assert item.amount <= measures()[item.measure].cost[2]
    assert len(outlay_table().rows) == len(published_outlays())
