"""Pathway on the shipped facts: the counties that everybody knows, public finances as published, every unit classified."""

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.pathway.debt import county_assumptions, fiscal_position
from bolang.pathway.neighbours import Surroundings, core_cities
from bolang.pathway.types import CELLS, National
from bolang.pathway.types.evidence import land_border

FACE_VALIDITY = {
    "义乌市": ("complete_good", {"specialised"}, {"manufacturing", "commerce"}, "none"),
    "昆山市": ("complete_good", {"near_metropolis", "specialised"}, {"manufacturing"}, "none"),
    "晋江市": ("complete_good", {"specialised"}, {"manufacturing"}, "none"),
    "慈溪市": ("complete_good", {"specialised"}, {"manufacturing"}, "none"),
    "普宁市": ("complete_good", {"specialised"}, {"manufacturing", "commerce"}, "none"),
    "清河县": ("complete_good", {"specialised"}, {"manufacturing"}, "none"),
    "正定县": ("complete_good", {"specialised"}, {"transport"}, "none"),
    "威宁彝族回族苗族自治县": ("weak_remote", {"farm"}, set(), "none"),
    "漠河市": ("weak_remote", {"specialised", "ecological", "losing"}, {"border"}, "severe"),
    "寿光市": ("complete_good", {"farm"}, set(), "none"),
}


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def national(atlas):
    return National(atlas)


@pytest.mark.parametrize("name", FACE_VALIDITY)
def test_face_validity(atlas, national, name):
    cell, towns, functions, loss = FACE_VALIDITY[name]
    found = national.of(atlas.county(name))
    assert found.cell == cell
    assert found.probability[cell] > 0.9
    assert {key for key, share in found.town_types.items() if share >= 0.5} == towns
    assert functions <= set(found.functions)
    assert found.loss == loss
    assert found.road.label.zh in found.headline.zh
    assert found.changes or "单独" in found.border.zh


def test_every_unit_has_a_type_and_counts_add_up(atlas, national):
    counts = national.counts()
    assert sum(counts["all"][cell] for cell in CELLS) + counts["all"]["unclassified"] == len(atlas.counties)
    assert counts["all"]["unclassified"] <= 1
    assert all(counts["county_towns"][cell] > 50 for cell in CELLS)
    assert counts["county_towns"]["weak_remote"] > counts["county_towns"]["complete_good"]
    frame = national.frame()
    assert frame.height == len(atlas.counties)
    shares = frame.select([f"p_{cell}" for cell in CELLS]).to_numpy()
    np.testing.assert_allclose(np.nansum(shares, axis=1)[~np.isnan(shares[:, 0])], 1.0)


def test_most_counties_have_a_clear_type(national):
    certainty = national.frame()["certainty"].drop_nans()
    assert certainty.mean() > 0.8


def test_land_border_counties_match_the_official_number(atlas):
    border = land_border(atlas)
    assert 135 <= border.sum() <= 142  # official counts name 140
    assert border[atlas.county("漠河市").index]
    assert border[atlas.county("瑞丽市").index]
    assert not border[atlas.county("义乌市").index]
    assert not border[atlas.county("石狮市").index]  # a coast is not a land border


def test_public_finances_are_read_as_published(atlas):
    yiwu = fiscal_position(atlas, atlas.county("义乌市"))
    assert yiwu.revenue == pytest.approx(159.53)
    assert yiwu.gdp == pytest.approx(2693.26)
    assert yiwu.total_debt is None
    poor = fiscal_position(atlas, atlas.county("威宁彝族回族苗族自治县"))
    assert poor.expenditure > 5 * poor.revenue  # lives on transfers
    given = fiscal_position(atlas, atlas.county("义乌市"), {"general_debt": 100.0, "special_debt": 200.0})
    assert given.total_debt == 300.0


def test_growth_ahead_is_the_provinces(atlas):
    assumptions, deviation = county_assumptions(atlas, atlas.county("义乌市"))
    rows = atlas.sql(
        "select gdp_100m from province_gdp where province_code = '330000' and year in (2021, 2024) order by year"
    )
    first, last = rows["gdp_100m"].to_list()
    assert (1 + assumptions.growth[0]) ** 3 == pytest.approx(last / first)
    assert "浙江" in assumptions.growth_source
    assert 0.03 <= deviation <= 0.068


def test_core_cities_are_the_large_ones(atlas):
    cities = {city.name: city for city in core_cities(atlas)}
    assert {"上海市", "北京市", "广州市", "成都市", "义乌市", "昆山市"} <= set(cities)
    assert cities["上海市"].population > 2e7
    assert "漠河市" not in cities


def hours_from(atlas, county):
    lon, lat = (np.radians([getattr(c, axis) for c in atlas.counties]) for axis in ("lon", "lat"))
    here = county.index
    chord = np.sin((lat - lat[here]) / 2) ** 2 + np.cos(lat) * np.cos(lat[here]) * np.sin((lon - lon[here]) / 2) ** 2
    return 2 * 6371 * np.arcsin(np.sqrt(chord)) * 1.3 / 70


def test_neighbours_of_counties_that_everybody_knows(atlas):
    around = Surroundings(atlas)
    pujiang = around.advise(atlas.county("浦江县"), hours_from(atlas, atlas.county("浦江县")))
    assert pujiang.pulls[0].city.name == "义乌市"
    assert pujiang.opportunities[0].industry == "C"
    zhengding = around.advise(atlas.county("正定县"), hours_from(atlas, atlas.county("正定县")))
    assert zhengding.pulls[0].city.name == "石家庄市"
    assert sum(pull.share for pull in zhengding.pulls) == pytest.approx(1.0)
    assert all(0.25 < link.share <= 1 for link in zhengding.missing)
    mohe = around.advise(atlas.county("漠河市"), hours_from(atlas, atlas.county("漠河市")))
    assert mohe.pulls == ()
    assert mohe.opportunities == ()
    assert "没有核心城市" in mohe.headline.zh
