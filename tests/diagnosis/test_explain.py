"""A diagnosis in English names no place in Chinese, in the library as on the page."""

import re

import pytest

import bolang as bl
from bolang.pages.diagnosis.headline import headline

HAN = re.compile("[\u4e00-\u9fff]+")


@pytest.mark.parametrize("name", ["义乌市", "漠河市", "浦东新区"])
def test_english_text_holds_no_chinese(name: str) -> None:
    county = bl.Atlas().county(name)
    assert not HAN.findall(bl.diagnose(county).explain("en"))
    assert not HAN.findall(headline(bl.diagnose(county)).en)


def test_a_county_spells_its_name() -> None:
    atlas = bl.Atlas()
    assert (atlas.county("义乌市").english, atlas.county("昆山市").english) == ("Yiwu", "Kunshan")
