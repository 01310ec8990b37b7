"""Counties are found by their names in Latin letters."""

import pytest

from bolang.atlas import Atlas
from bolang.atlas.romanize import romanize
from bolang.atlas.spelling import in_latin_letters
from bolang.foundation.errors import AmbiguousPlaceError, UnknownPlaceError
from bolang.pages.show.identity import led_elsewhere

ATLAS = Atlas(workspace=False)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Yiwu", "330782"),
        ("yiwu", "330782"),
        ("Yiwu City", "330782"),
        ("yiwushi", "330782"),
        ("Yiwu County", "650522"),
        ("caoxian", "371721"),
        ("Cao County", "371721"),
        ("Pudong", "310115"),
        ("pudongxinqu", "310115"),
        ("Chaoyang District, Beijing", "110105"),
        ("chaoyang changchun", "220104"),
        ("Qian'an", "130283"),
        ("Weining Autonomous County, Bijie, Guizhou", "520526"),
    ],
)
def test_a_name_in_latin_letters_leads_to_its_county(asked, code):
    county = ATLAS.county(asked)
    assert county.code == code
    assert not led_elsewhere(asked, county)


def test_every_unit_answers_to_its_full_name_in_english():
    for county in ATLAS.counties[::60]:
        assert ATLAS.places.candidates(romanize(county.full_name)) == [county]


def test_a_shared_spelling_names_all_who_share_it():
    with pytest.raises(AmbiguousPlaceError) as found:
        ATLAS.county("chaoyang")
    assert {"北京市朝阳区", "吉林省长春市朝阳区", "辽宁省朝阳市朝阳县"} <= set(found.value.candidates)


@pytest.mark.parametrize("asked", ["yiw", "Yiwu, Beijing", "zzzz", "Cao District", "-"])
def test_what_is_no_spelling_of_a_unit_is_refused(asked):
    with pytest.raises(UnknownPlaceError):
        ATLAS.county(asked)


@pytest.mark.parametrize(
    ("text", "latin"), [("Xi'an", True), ("a", False), ("330782", False), ("义乌", False), ("A1", False)]
)
def test_only_letters_make_a_latin_name(text, latin):
    assert in_latin_letters(text) is latin


@pytest.mark.parametrize(("asked", "code"), [("Kunshn", "320583"), ("yiwuu", "330782"), ("Weinng", "520526")])
def test_a_slip_in_a_spelling_offers_the_county(asked, code):
    with pytest.raises(UnknownPlaceError) as found:
        ATLAS.county(asked)
    assert ATLAS.county(code).full_name in found.value.candidates


def test_what_resembles_no_spelling_offers_nothing():
    with pytest.raises(UnknownPlaceError) as found:
        ATLAS.county("qqqqqqqq")
    assert found.value.candidates == ()
