"""Names and codes resolve to the right unit, or to an error that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.atlas.places import edit_distance, normalise, stem
from bolang.foundation.errors import AmbiguousPlaceError, UnknownPlaceError

ATLAS = Atlas(workspace=False)
YIWU = "330782"


@pytest.mark.parametrize(
    "text",
    [
        "义乌", "义乌市", "浙江省义乌市", "浙江义乌", "金华市义乌市", "金华义乌", "浙江省金华市义乌市", "浙江金华义乌",
        "330782", "330782000", "330782000000", "３３０７８２", " 义 乌 市 ", "义乌市\n", "浙江省/金华市/义乌市",
        "义乌县", "浙江义乌县", "332425", "330725", "339007",
    ],
)  # fmt: skip
def test_many_ways_to_write_yiwu(text):
    assert ATLAS.county(text).code == YIWU


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("铜山县", "320312"),  # a county that became a district
        ("320323", "320312"),  # its old code
        ("海门市", "320614"),  # a city that became a district during the census
        ("崇文区", "110101"),  # merged
        ("北京朝阳", "110105"),  # the short name is also a prefecture elsewhere
        ("景宁", "331127"),
        ("景宁畲族", "331127"),
        ("内蒙古鄂伦春", "150723"),
        ("延边延吉", "222401"),
        ("东莞", "441900"),
        ("441900", "441900"),
        ("河南省济源市", "419001"),
        ("济源", "419001"),
        ("长沙县", "430121"),
        ("临平区", "330110"),  # founded from Yuhang in 2021
        ("沙县区", "350427"),  # a district since 2021
        ("沙县", "350427"),
        ("神农架", "429021"),
        ("石家庄新华区", "130105"),
        ("石家庄市新华", "130105"),
    ],
)
def test_other_names(text, code):
    assert ATLAS.county(text).code == code


def test_a_name_shared_by_several_cities_lists_them():
    with pytest.raises(AmbiguousPlaceError, match="新华区") as caught:
        ATLAS.county("新华区")
    assert set(caught.value.candidates) == {"河北省石家庄市新华区", "河北省沧州市新华区", "河南省平顶山市新华区"}
    assert "130105" in caught.value.hint


def test_a_divided_county_lists_its_heirs():
    with pytest.raises(AmbiguousPlaceError) as caught:
        ATLAS.county("邢台县")
    assert set(caught.value.candidates) == {"河北省邢台市襄都区", "河北省邢台市信都区"}


@pytest.mark.parametrize(
    ("typo", "meant"), [("义鸟市", "义乌市"), ("昆山是", "昆山市"), ("晋江币", "晋江市"), ("浙江省义屋市", "义乌市")]
)
def test_a_misspelling_suggests_the_nearest(typo, meant):
    with pytest.raises(UnknownPlaceError) as caught:
        ATLAS.county(typo)
    assert meant in caught.value.hint
    assert ATLAS.places.nearest(typo)[0].name == meant


def test_every_autonomous_county_is_found_by_what_people_call_it():
    """威宁县, 察布查尔县, 莫力达瓦旗: the peoples in the full name are left out in speech."""
    assert [ATLAS.county(name).code for name in ("威宁县", "察布查尔县", "莫力达瓦旗")] == [
        "520526",
        "654022",
        "150722",
    ]
    for county in ATLAS.counties:
        if county.name.endswith(("自治县", "自治旗")):
            assert ATLAS.county(stem(county.name) + county.name[-1]).code == county.code


@pytest.mark.parametrize("text", ["金华市", "330700", "浙江省", "长沙", "吉林市", "330000", "恩施"])
def test_a_prefecture_is_no_county_but_lists_its_units(text):
    with pytest.raises(UnknownPlaceError, match="不是县级单位") as caught:
        ATLAS.county(text)
    assert "、" in caught.value.hint


@pytest.mark.parametrize("text", ["", "   ", "999999", "Nowhere", "@@", "33078", "3307821234567"])
def test_nonsense_is_refused_with_a_way_out(text):
    with pytest.raises(UnknownPlaceError) as caught:
        ATLAS.county(text)
    assert caught.value.hint


def test_every_unit_is_found_by_code_and_full_name():
    for county in ATLAS.counties:
        assert ATLAS.county(county.code) is county
        assert ATLAS.county(county.full_name) is county


def test_every_unit_is_found_by_its_name_after_its_prefecture():
    wrong = []
    for county in ATLAS.counties:
        found = ATLAS.places.candidates(county.prefecture.removesuffix("直辖") + county.name)
        if [c.code for c in found] != [county.code]:
            wrong.append((county.full_name, [c.full_name for c in found]))
    assert wrong == []


def test_every_earlier_code_leads_to_its_unit():
    codes = ATLAS.table("unit_codes")
    heirs: dict[str, set[str]] = {}
    for code, unit in codes.select("code", "unit").iter_rows():
        heirs.setdefault(code, set()).add(unit)
    present = set(ATLAS.codes)
    for code, units in heirs.items():
        found = {c.code for c in ATLAS.places.candidates(code)}
        assert found == ({code} if code in present else units)


def test_indices_follow_the_codes():
    assert list(ATLAS.codes) == sorted(ATLAS.codes)
    assert [c.index for c in ATLAS.counties] == list(range(2853))


@given(st.sampled_from(ATLAS.counties), st.data())
def test_spaces_and_full_width_digits_do_not_matter(county, data):
    text = data.draw(st.sampled_from([county.full_name, county.code]))
    spaced = "".join(
        (chr(ord(c) + 0xFEE0) if c.isdigit() and data.draw(st.booleans()) else c)
        + data.draw(st.sampled_from(["", " ", "　", "\t"]))
        for c in text
    )
    assert ATLAS.county(spaced) is county


@given(st.text("义乌市县区昆山", max_size=6), st.text("义乌市县区昆山", max_size=6), st.text("义乌市县", max_size=6))
def test_edit_distance_is_a_metric(a, b, c):
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)
    assert edit_distance(a, b) <= max(len(a), len(b))


def test_stems_keep_two_characters():
    assert stem("沙县") == "沙县"
    assert stem("融水苗族自治县") == "融水"
    assert stem("巴里坤哈萨克自治县") == "巴里坤"
    assert stem("鄂温克族自治旗") == "鄂温克族"
    assert stem("六枝特区") == "六枝"
    assert normalise("　义 乌·市１") == "义乌市1"
