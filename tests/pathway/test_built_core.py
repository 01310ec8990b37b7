"""Districts of services in the core of a city: the types and the menu are made for counties, and say so."""

import pytest

from bolang.atlas import Atlas
from bolang.pages.plan.sentences import answer, here, leave, money
from bolang.pages.types.sentences import border, headline
from bolang.pathway.plan.recommend import plan
from bolang.pathway.reach import city_drives, is_built_core
from bolang.pathway.shared import national
from bolang.pathway.types.special_roads import serves_the_city


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.mark.parametrize("code", ["330106", "440106", "440305", "440304", "310101", "110108"])
def test_the_centre_of_a_city_is_not_sent_to_its_own_centre(atlas, code):
    """Xihu, Tianhe, Nanshan, Futian, Huangpu, Haidian: services next to the centre, and no factories to give them work."""
    made = plan(code, atlas=atlas)
    assert made.situation == "core"
    for key in ("core_chains", "land_and_parks"):
        assert made.entry(key).standing == "impossible"
        assert made.entry(key).failed.key == "outside_core"
    kind = national(atlas).of(made.county)
    city = city_drives(atlas)[code].core_city.city
    assert city in headline(kind).zh
    assert not border(kind).zh
    assert len(answer(made)) >= 2
    assert not [said for said in leave(made) if city in said.zh]


@pytest.mark.parametrize(
    ("name", "built", "serves"),
    [("余杭区", False, False), ("浦东新区", False, False), ("440306", True, False), ("昆山市", False, False)],
)
def test_factories_and_countryside_keep_a_district_among_the_types(atlas, name, built, serves):
    """Bao'an is built up and makes things: no chains of a core that it is part of, but the type of a place with factories."""
    county = atlas.county(name)
    assert is_built_core(atlas, county) is built
    assert serves_the_city(atlas, county) is serves


def test_only_districts_close_to_their_own_city_are_its_core(atlas):
    core = [county for county in atlas.counties if is_built_core(atlas, county)]
    assert 150 <= len(core) <= 250
    for county in core:
        drive = city_drives(atlas)[county.code].core_city
        assert county.kind == "district"
        assert drive.city in (county.prefecture, county.province)
        assert drive.hours <= 0.5


@pytest.mark.parametrize(("name", "word"), [("330106", "区"), ("义乌市", "市"), ("清河县", "县")])
def test_a_unit_is_called_what_it_is(atlas, name, word):
    made = plan(name, atlas=atlas)
    assert here(made).zh == word
    for said in money(made):
        assert "县里" not in said.zh or word == "县"
