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


@pytest.mark.parametrize("name", ["义乌市", "清河县", "嵊泗县", "浦东新区"])
def test_a_plan_speaks_in_both_languages(name: str) -> None:
    plan = bl.plan(bl.Atlas().county(name))
    assert not HAN.findall(plan.explain("en"))
    assert len(plan.explain("en").splitlines()) == len(plan.explain("zh").splitlines()) > 2


def test_a_county_spells_its_name() -> None:
    atlas = bl.Atlas()
    assert (atlas.county("义乌市").english, atlas.county("昆山市").english) == ("Yiwu", "Kunshan")
