"""What a county is said to make, be listed as and have been: by key and name, never a list of the farm office as its industry."""

import pytest

from bolang.atlas import Atlas
from bolang.pages.show.identity import identity, led_elsewhere, territory_text


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def said(atlas, name):
    return " ".join(text.zh for text in identity(atlas.county(name)))


@pytest.mark.parametrize(
    ("place", "word"), [("清河县", "羊绒"), ("神木市", "76座"), ("柯桥区", "轻纺城"), ("义乌市", "小商品城")]
)
def test_what_counties_make(atlas, place, word):
    assert word in said(atlas, place)


def test_a_list_of_farm_products_is_no_industry(atlas):
    """A little coal is not what 仁怀 lives from; of 嵊泗 only mussels are on a list; what was recalled of 南海 goes before its rice."""
    assert "主要产品" not in said(atlas, "嵊泗县")
    assert "嵊泗贻贝" in said(atlas, "嵊泗县")
    assert "铝材、纺织（未核实）" in said(atlas, "南海区")
    assert "煤炭" not in said(atlas, "仁怀市")


def test_what_was_recalled_is_said_to_be_unverified(atlas):
    assert "花木（未核实）" in said(atlas, "沭阳县")


def test_lists_of_the_prefecture_are_not_told_of_its_counties(atlas):
    assert "资源型" not in said(atlas, "清河县")


def test_a_unit_is_never_its_own_other_side(atlas):
    for county in atlas.counties[::10]:
        for change in atlas.territory.of(county):
            text = territory_text(change, county)
            assert text is None or "{" not in text.zh
    assert "由越城区、柯桥区" not in said(atlas, "柯桥区")


def test_laiwus_history_is_told_whole(atlas):
    assert "莱芜市" in said(atlas, "莱芜区")


def test_a_name_that_leads_elsewhere_is_noticed(atlas):
    assert led_elsewhere("临平区", atlas.county("临平区"))
    assert not led_elsewhere("余杭区", atlas.county("余杭区"))
