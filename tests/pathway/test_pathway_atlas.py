"""Pathway on the shipped facts: the counties that everybody knows, public finances as published, every unit classified."""

import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from bolang.atlas import Atlas
from bolang.pages.join.sentences import headline as join_headline
from bolang.pages.join.sentences import missing_sentence
from bolang.pages.types.sentences import headline as type_headline
from bolang.pathway import advise_neighbours, cross_border_risk
from bolang.pathway.debt import county_assumptions, fiscal_position
from bolang.pathway.neighbours import core_cities
from bolang.pathway.types import CELLS, National, TownEvidence, classify, town_types
from bolang.pathway.types.evidence import access_values, land_border, town_evidence

KNOWN = yaml.safe_load((Path(__file__).parents[1] / "cases" / "types.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def national(atlas):
    return National(atlas)


@pytest.mark.parametrize("name", KNOWN)
def test_face_validity(atlas, national, name):
    known = KNOWN[name]
    found = national.of(atlas.county(name))
    assert found.cell == known["type"], known["why"]
    assert found.probability[known["type"]] > 0.9
    assert {key for key, share in found.town_types.items() if share >= 0.5} == set(known["towns"]), known["why"]
    assert set(known["functions"]) <= set(found.functions)
    assert found.loss == known["loss"]
    assert found.population_change == pytest.approx(known["population"], abs=0.05)
    assert found.road.label.zh in type_headline(found).zh
    assert found.changes or "单独" in found.border.zh


def test_no_unit_changes_its_type_with_the_order_or_the_names_of_the_units(atlas, national):
    order = np.random.default_rng(5).permutation(len(atlas.counties))
    employment, access = np.asarray(atlas.employment(2020)), access_values(atlas)
    reference = atlas.national_employment(2020)
    shuffled = classify(employment[order], access[order], seed=national.seed, nation=reference)
    np.testing.assert_array_equal(shuffled.cell, national.report_types.cell[order])
    np.testing.assert_allclose(shuffled.probability, national.report_types.probability[order], atol=1e-12)
    evidence = town_evidence(atlas)
    by_unit = [f.name for f in fields(TownEvidence) if f.name != "nation"]
    moved = replace(evidence, **{name: getattr(evidence, name)[order] for name in by_unit})
    np.testing.assert_allclose(
        town_types(moved, seed=national.seed).probability, national.town_types.probability[order], atol=1e-12
    )


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
    assert assumptions.growth_source.mentions("浙江")
    assert 0.03 <= deviation <= 0.068


def test_core_cities_are_the_large_ones(atlas):
    cities = {city.name: city for city in core_cities(atlas)}
    assert {"上海市", "北京市", "广州市", "成都市", "义乌市", "昆山市"} <= set(cities)
    assert cities["上海市"].population > 2e7
    assert "漠河市" not in cities


def test_neighbours_of_counties_that_everybody_knows(atlas):
    pujiang, zhengding, mohe = (advise_neighbours(atlas, atlas.county(name)) for name in ("浦江县", "正定县", "漠河市"))
    assert pujiang.pulls[0].city.name == "义乌市"
    assert pujiang.opportunities[0].industry == "C"
    assert zhengding.pulls[0].city.name == "石家庄市"
    assert zhengding.seat[0].name == "石家庄市"
    assert sum(pull.share for pull in zhengding.pulls) == pytest.approx(1.0)
    assert mohe.pulls == ()
    assert mohe.opportunities == ()
    assert "没有核心城市" in join_headline(mohe).zh


@pytest.mark.parametrize(
    ("name", "city", "supplies"),
    [
        ("固始县", "合肥市", "A"),
        ("岷县", "兰州市", "A"),
        ("永善县", "宜宾市", "A"),
        ("威宁彝族回族苗族自治县", "曲靖市", "A"),
    ],
)
def test_poor_counties_join_the_nearest_core_city_with_what_they_make(atlas, name, city, supplies):
    found = advise_neighbours(atlas, atlas.county(name))
    assert found.pulls[0].city.name == city
    assert supplies in {o.industry for o in found.opportunities if o.made}
    assert "C" in {link.product for link in found.missing}  # factories are what a farming county lacks
    assert found.seat is not None
    assert found.seat[0].name in join_headline(found).zh


def test_yiwu_lacks_services_for_its_factories_and_no_wholesaler(atlas):
    found = advise_neighbours(atlas, atlas.county("义乌市"))
    products = [link.product for link in found.missing]
    assert set(products) <= {"I", "L", "M"}
    assert len(products) == len(set(products)) > 0
    for link in found.missing:
        assert link.high < 1
        assert 0.25 < link.share <= 1
        assert f"{link.quotient:.2f}" in missing_sentence(link).zh
    assert all(o.made or o.industry not in "AB" for o in found.opportunities)
    assert all(cluster.low >= 1.2 for cluster in found.clusters)
    assert not re.search("[\u4e00-\u9fff]", found.explain("en"))


def test_published_exposure_without_the_model(atlas):
    yiwu, kunshan, weining = (
        cross_border_risk(name, model=False, atlas=atlas) for name in ("义乌市", "昆山市", "威宁彝族回族苗族自治县")
    )
    levels = {signal.key: signal.level for signal in yiwu.signals}
    assert levels["channel_share"] == levels["export_dependence"] == "alarm"
    assert yiwu.exposure.channel > 80
    assert kunshan.exposure.exports_to_gdp > 50
    assert {signal.level for signal in weining.signals} == {"unknown"}
    assert all(risk.exposure.industries == () for risk in (yiwu, kunshan, weining))


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("嵊泗县", "island"),
        ("漠河市", "border"),
        ("神木市", "resource"),
        ("威宁彝族回族苗族自治县", "far"),
        ("义乌市", None),
        ("清河县", None),
    ],
)
def test_geography_and_resources_set_the_road(national, name, apart):
    found = national.of(national.atlas.county(name))
    assert found.situation == apart
    assert found.road is not None
    assert found.road.key == found.cell
    if apart is not None:
        assert "核心城市产业链" not in found.road.road.zh
        assert not {"core_chains", "land_and_parks"} & set(found.road.measures)


def test_no_weak_county_without_a_core_city_is_sent_to_one(national):
    hours = dict(national.atlas.table("access").select("code", "core_city_hours").iter_rows())
    for county in national.atlas.counties[::7]:
        found = national.of(county)
        if found.road is not None and "core_chains" in found.road.measures:
            assert hours[county.code] <= 2.0, county
