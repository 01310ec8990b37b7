"""The shipped network: every county is reached, islands by ship, and known distances come out."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from bolang.space.ends import great_circle_km
from bolang.space.engine import DijkstraEngine
from bolang.space.modes import Mode
from bolang.space.tariff import CLOSED
from bolang.space.travel import RoadTravel

REFERENCE = Path(__file__).parents[1] / "reference" / "space_distances.csv"
ROWS = list(csv.DictReader(REFERENCE.open(encoding="utf-8")))
ON_TRACK = (Mode.RAIL, Mode.STATION, Mode.TERMINAL, Mode.SPUR)


def by_length(system, modes):
    links = system.network.links
    weights = np.full(len(links), CLOSED, dtype=np.uint32)
    usable = np.isin(links.mode, modes)
    weights[usable] = np.maximum(np.rint(links.km[usable] * 1000), 1)
    return DijkstraEngine(system.graph, weights)


@pytest.fixture(scope="module")
def engines(system):
    return {"road": by_length(system, (Mode.ROAD, Mode.ACCESS)), "rail": by_length(system, ON_TRACK)}


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] in ("road", "rail")], ids=lambda r: r["note"])
def test_land_distances_are_near_the_published_ones(row, engines, nodes):
    start, end = nodes(row["start"], row["end"])
    km = engines[row["kind"]].path(start, end)[0] / 1000
    # The source simplifies lines, so its lengths fall short; detours are known ones.
    assert float(row["low"]) <= km / float(row["published_km"]) <= float(row["high"])


def test_land_distances_fall_short_of_published_ones_by_a_few_percent_in_the_middle(engines, nodes):
    ratios = [
        engines[row["kind"]].path(*nodes(row["start"], row["end"]))[0] / 1000 / float(row["published_km"])
        for row in ROWS
        if row["kind"] in ("road", "rail")
    ]
    assert 0.93 < float(np.median(ratios)) < 1.0


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] in ("sea", "abroad")], ids=lambda r: r["note"])
def test_distances_abroad_are_near_the_published_ones(row, atlas):
    table = {"sea": "sea_distances", "abroad": "abroad_distances"}[row["kind"]]
    frame = atlas.table(table)
    km = frame.filter((frame["tail"] == row["start"]) & (frame["head"] == row["end"]))["km"].item()
    assert float(row["low"]) <= km / float(row["published_km"]) <= float(row["high"])


def test_yiwu_to_its_port(engines, nodes, system):
    (yiwu,) = nodes("330782")
    port = system.network.places["ningbo_beilun"]
    assert 206 <= engines["road"].path(yiwu, port)[0] / 1000 <= 209
    cost, links = engines["rail"].path(yiwu, port)
    modes, km = system.network.links.mode[links], system.network.links.km[links]
    assert km[modes == Mode.RAIL].sum() == pytest.approx(240, abs=3)
    assert cost / 1000 == pytest.approx(km.sum(), abs=0.1)


def test_every_county_is_on_the_roads_or_reached_by_ferry(system):
    links = system.network.links
    by_road = np.isin(links.mode, (Mode.ROAD, Mode.ACCESS, Mode.FERRY))
    from scipy.sparse import coo_matrix

    shape = (system.network.size, system.network.size)
    graph = coo_matrix((np.ones(by_road.sum()), (links.tail[by_road], links.head[by_road])), shape=shape)
    labels = connected_components(graph, directed=False)[1][system.network.units]
    assert (labels == labels[0]).all()


def test_islands_have_no_road_but_a_ferry(system, nodes):
    links = system.network.links
    for node in nodes("460300", "330922", "210224"):
        around = links.mode[(links.tail == node) | (links.head == node)]
        assert Mode.FERRY in around
        assert Mode.ACCESS not in around


def test_hainan_is_behind_a_ferry(system, nodes):
    haikou, guangzhou = nodes("460106", "440104")
    travel = RoadTravel(system)
    by_sea = travel.nearest(travel.hours("truck"), [guangzhou]).amount[list(system.network.units).index(haikou)]
    assert by_sea > 10  # some 600 km and the strait
    assert by_length(system, (Mode.ROAD, Mode.ACCESS)).path(haikou, guangzhou)[0] == CLOSED


def test_no_road_or_track_is_shorter_than_the_straight_line(system):
    links, network = system.network.links, system.network
    rows = np.flatnonzero(np.isin(links.mode, (Mode.ROAD, Mode.RAIL)) & ~links.repaired)
    tail, head = links.tail[rows], links.head[rows]
    straight = np.array(
        [
            great_circle_km(
                network.lon[a : a + 1], network.lat[a : a + 1], float(network.lon[b]), float(network.lat[b])
            )[0]
            for a, b in zip(tail[::50], head[::50], strict=True)
        ]
    )
    # Positions are rounded to a thousandth of a degree, about a hundred metres.
    assert (links.km[rows][::50] >= straight * 0.998 - 0.15).all()


def test_gateways_lie_in_or_near_the_county_they_are_listed_under(atlas):
    import shapely

    polygons = {code: shapely.from_wkb(wkb) for code, wkb in atlas.table("polygons").select("code", "wkb").iter_rows()}
    for row in atlas.table("gateways").iter_rows(named=True):
        if row["code"] is not None:
            degrees = polygons[row["code"]].distance(shapely.Point(row["lon"], row["lat"]))
            # Yangshan belongs to Shanghai and lies among the islands of Shengsi.
            assert degrees < (0.3 if row["id"] == "shanghai_yangshan" else 0.06), row["id"]


def test_markets_add_up_to_most_of_the_world_outside(atlas):
    total = atlas.table("markets")["gdp_2020_busd"].sum()
    assert 60_000 < total < 70_000  # the world's 84.7 trillion US$ less China's 14.7, and the smaller economies


def test_ends_of_links_are_nodes(system):
    links = system.network.links
    for ends in (links.tail, links.head):
        assert ends.min() >= 0
        assert ends.max() < system.network.size
    assert np.isfinite(links.km).all()
    assert (links.km >= 0).all()
