"""Products in English: a place in Pinyin and a word of the list."""

import pytest
import yaml

from bolang.atlas import Atlas
from bolang.atlas.products import FARM
from bolang.atlas.romanize import romanize
from pipeline.product_names import TERMS, farm_name, industry_runs


@pytest.fixture(scope="module")
def terms():
    return yaml.safe_load(TERMS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("威宁洋芋", "Weining potatoes"),
        ("通州大樱桃", "Tongzhou cherries"),
        ("乐亭大樱桃", "Laoting cherries"),
        ("京西稻", "Jingxi rice"),
        ("万安富硒大米", "Wan'an selenium-rich rice"),
        ("陕西苹果", "Shaanxi apples"),
        ("义乌南枣", "Yiwu southern jujubes"),
        ("寿光化龙胡萝卜", "Shouguang Hualong carrots"),
        ("梁园区草莓", "Liangyuan strawberries"),
        ("平川山羊肉", "Pingchuan goat meat"),
    ],
)
def test_a_farm_product_is_a_place_and_a_thing(terms, name, english):
    assert farm_name(name, terms) == english


def test_the_parts_of_an_industrial_product_are_words_of_the_list_or_places_in_brackets(terms):
    assert industry_runs("袜子（大唐）", terms) == {"袜子": "socks", "大唐": "Datang"}
    assert industry_runs("从未听说过", terms) == {}


def test_no_english_name_is_empty_or_half_chinese():
    atlas = Atlas(workspace=False)
    farm = {p.name for county in atlas.counties[::20] for p in atlas.products.of(county) if p.kind in FARM}
    spelled = [romanize(name) for name in farm]
    assert len(farm) > 300
    assert all(name.strip() for name in spelled)
    assert sum(name.isascii() for name in spelled) > 0.97 * len(spelled)


def test_punctuation_goes_with_the_last_chinese_character():
    assert romanize("五金、电动工具、杯壶") == "hardware, power tools, cups and bottles"
    assert romanize("《某年鉴》、苹果") == "《某年鉴》、苹果"
