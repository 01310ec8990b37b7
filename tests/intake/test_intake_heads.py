"""Heads of tables: which rows are titles, what a column holds, whose year its figures are of; by small tables from both sides."""

from decimal import Decimal

import pytest
from test_intake_tables import figures, read, reasons

from bolang.atlas import Atlas
from bolang.foundation.errors import AmbiguousPlaceError
from bolang.intake import read as import_file
from bolang.intake.blocks import FilledTable
from bolang.intake.characters import clean
from bolang.intake.columns import HeaderNames
from bolang.intake.figures import find_figures, groups
from bolang.intake.headers import column_kind, columns_of, header_readings, is_banner, rectangle, row_text
from bolang.intake.layout import _breaks_off
from bolang.intake.phrases import coordinated

HALVES = (
    (["1", "2", "甲", "乙"], "number"),  # half of them
    (["1", "甲", "乙"], "label"),  # less than half
    (["万元", "亿元", "人", "1", "2"], "unit"),  # three fifths
    (["万元", "亿元", "1", "2"], "number"),
    (["甲", "x"], "label"),
    (["甲", "x", "y"], ""),
    (["x", "y"], ""),
    (["甲"], "label"),
    (["甲", "甲"], ""),  # a word merged down the column names no row
    (["", "-", "…"], ""),
    (["1", "", "-", "—"], "number"),  # what is blank does not count
)


@pytest.mark.parametrize(("cells", "kind"), HALVES)
def test_a_column_is_what_half_of_its_cells_are(cells, kind):
    assert column_kind(cells, "") == kind


@pytest.mark.parametrize(
    ("header", "kind"), [("单位", "unit"), ("计量单位", "unit"), ("单位数", "label"), ("按单位", "label")]
)
def test_a_column_headed_unit_holds_units_whatever_they_are(header, kind):
    assert column_kind(["座", "所"], header) == kind


@pytest.mark.parametrize(
    ("row", "banner"),
    [
        (["", "", ""], True),
        (["主要指标", "", ""], True),
        (["主要指标", "主要指标", "主要指标"], True),  # merged over the width
        (["", "2023年", ""], False),
        (["", "单位：万元", ""], True),
        (["指标", "2023年", ""], False),
    ],
)
def test_a_title_is_one_thing_that_begins_at_the_left(row, banner):
    assert is_banner(row) is banner


def test_rows_are_filled_to_the_longest_and_numbers_stay_as_they_are():
    grid = FilledTable((("甲\n县", "-1.50", "１２"), ("乙",), ()), "表1", 1, "")
    assert rectangle(grid) == [["甲县", "-1.50", "12"], ["乙", "", ""], ["", "", ""]]
    assert rectangle(FilledTable((), "表1", 1, "")) == []
    assert columns_of([["a", "a", ""], ["b", "a", "c"]]) == [["a", "b"], ["a"], ["c"]]
    assert columns_of([]) == []
    assert row_text(["甲", "", "1"]) == "甲 1"


@pytest.mark.parametrize(
    ("cells", "readings"),
    [
        (["城镇居民", "人均可支配收入"], ["城镇居民人均可支配收入", "城镇居民"]),
        (["主要指标", "常住人口"], ["主要指标常住人口", "常住人口", "主要指标"]),
        (["地区生产总值", "第一产业"], ["地区生产总值第一产业", "第一产业", "地区生产总值"]),
        (["2023年", "甲", "常住人口"], ["2023年甲常住人口", "甲", "2023年"]),
        (["GDP", "常住人口"], ["常住人口", "常住人口"]),  # no Chinese, no part of the name
    ],
)
def test_the_lowest_cell_is_the_name_where_all_above_it_are_known(cells, readings):
    assert header_readings(cells) == readings


@pytest.mark.parametrize(
    ("cells", "name", "place", "growth"),
    [
        (["地区生产总值"], "gdp", "", False),
        (["地区生产总值同比"], "gdp", "", True),
        (["地区生产总值", "比上年增长"], "gdp", "", True),
        (["地区生产总值", "±%"], "gdp", "", True),
        (["义乌:地区生产总值"], "gdp", "330782", False),
        (["地区生产总值：东阳市"], "gdp", "330783", False),
        (["金华:地区生产总值"], "", "", False),  # another area
        (["义乌:地区生产总值:累计值"], "gdp", "330782", False),
        (["2022年债务限额", "一般债务"], "debt_limit_general", "", False),
        (["2022年债务限额", "专项债务"], "debt_limit_special", "", False),
        (["2022年债务限额", "合计"], "debt_limit", "", False),
        (["义乌:债务余额:专项债务"], "debt_balance_special", "330782", False),
        (["债务余额:专项债务"], "debt_balance_special", "", False),
        (["政府债务余额:合计"], "debt_balance", "", False),
        (["一般公共预算支出:教育"], "", "", False),
        (["地区生产总值:金华"], "", "", False),
        (["义乌:一般公共预算支出:教育"], "", "", False),  # a part that is not kept is not the whole
    ],
)
def test_what_the_head_of_a_column_names(cells, name, place, growth):
    codes = {"义乌": "330782", "东阳市": "330783"}
    matches, code, rate = HeaderNames("none", codes.get).named(cells)
    assert ((matches[0].indicator.name if matches else ""), code, rate) == (name, place, growth)


# ---------------------------------------------------------------- years, parts, places
def test_a_year_in_the_head_of_a_column_is_the_year_of_its_figures():
    rows = [
        ["县市", "2022年地区生产总值（亿元）", "地区生产总值（亿元）", "2021年上半年地区生产总值（亿元）"],
        ["义乌市", "1920.1", "2055.6", "700.5"],
    ]
    found = {(c.found.time.year, c.found.time.period): c.found.value for c in read(rows).found}
    assert found == {(2022, "year"): 19201000, (2023, "year"): 20556000, (2021, "H1"): 7005000}


def test_the_year_of_a_row_goes_before_the_head():
    rows = [
        ["年份", "2022年末常住人口（万人）"],
        ["2020", "180.5"],
        ["2021-12", "181"],
        ["2021-06", "180"],
        ["合计", "7"],
    ]
    assert figures(read(rows)) == {
        ("", "population_resident", 2020): 1805000,
        ("", "population_resident", 2021): 1810000,
    }


@pytest.mark.parametrize("head", ["年份", "统计期"])  # the head tells that these are dates, or the cells alone do
@pytest.mark.parametrize(
    ("row", "year"),
    [("2021年12月", 2021), ("2021年12月31日", 2021), ("2021年1-12月", 2021), ("2021年末", 2021), ("2021年", 2021), ("2021年度", 2021), ("2021/12/31", 2021), ("2021年11月", None),
     ("2021年6月末", None), ("2021年1-9月", None), ("2021/11/30", None)],
)  # fmt: skip
def test_a_row_is_of_the_year_that_its_month_ends(head, row, year):
    rows = [[head, "年末常住人口（万人）"], [row, "181"], ["2020年", "180"]]
    found = {("", "population_resident", 2020): 1800000}
    assert figures(read(rows)) == found | ({} if year is None else {("", "population_resident", year): 1810000})


def test_a_caption_that_names_one_year_dates_its_table_and_one_that_names_two_does_not():
    rows = [["指标", "绝对数"], ["地区生产总值（亿元）", "100"]]
    assert figures(read(rows, caption="2019年主要指标")) == {("", "gdp", 2019): 1000000}
    assert figures(read(rows, caption="2018年、2019年主要指标")) == {("", "gdp", 2023): 1000000}


@pytest.mark.parametrize("head", ["县市", "名称"])  # the head tells that these are places, or the cells alone do
@pytest.mark.parametrize(("own", "other", "value"), [("330783", "2055.6", 8000000), ("330782", "800", 20556000)])
def test_the_rows_of_other_places_are_left_where_the_file_has_its_own(head, own, other, value):
    rows = [[head, "地区生产总值（亿元）"], ["义乌市", "2055.6"], ["东阳市", "800"], ["全市合计", "6000"]]
    assert figures(read(rows, own=own)) == {(own, "gdp", 2023): value}
    assert reasons(read(rows, own=own)) == {other: "other area", "6000": "other area"}
    assert len(read(rows).found) == 2


def test_parts_of_output_are_told_by_the_title_above_them():
    rows = [["指标", "绝对数（亿元）"], ["工业", "40.5"]]
    assert figures(read(rows, caption="生产总值")) == {("", "value_added_industry", 2023): 405000}
    assert figures(read(rows)) == {}


def test_growth_written_as_fractions_is_a_hundred_times_as_much_and_so_is_its_last_digit():
    rows = [["指标", "绝对数（亿元）", "增长"], ["地区生产总值", "100", "0.0295"], ["第一产业增加值", "10", "-0.012"]]
    found = {c.found.indicator: (c.found.value, c.found.digit) for c in read(rows).found}
    assert found["gdp_growth"] == (Decimal("2.95"), Decimal("0.01"))
    assert found["gdp_primary_growth"] == (Decimal("-1.2"), Decimal("0.1"))
    assert found["gdp"] == (1000000, 10000)


# ---------------------------------------------------------------- numerals
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2.16和1.66个百分点", [[("2.16个百分点", "2.16"), ("1.66个百分点", "1.66")]]),
        ("3.1万人、2.2万户", [[("3.1万人", "3.1")], [("2.2万户", "2.2")]]),
        ("12.5亿元、8.1亿元和4.4亿元", [[("12.5亿元", "12.5"), ("8.1亿元", "8.1"), ("4.4亿元", "4.4")]]),
        ("3.1:45.2:51.7", [[("3.1:45.2:51.7", "3.1")]]),
        ("1,234.5万元", [[("1,234.5万元", "1234.5")]]),
        ("-3.2%", [[("-3.2%", "-3.2")]]),
        ("2017-2021年5%", [[("5%", "5")]]),
        ("2000万元以上87户", [[("87户", "87")]]),
        ("第3位，5.1%", [[("5.1%", "5.1")]]),
        ("5.1%-6.2%", []),
    ],
)
def test_what_is_a_figure_and_which_form_a_list(text, found):
    sentence = clean(text).text
    assert [
        [(figure.printed, str(figure.value)) for figure in group]
        for group in groups(sentence, find_figures(sentence)[0])
    ] == found


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("1200多万元", True),
        ("1.2亿多元", True),
        ("300余户", True),
        ("1200万元", False),
        ("5%多", True),
        ("7亿元多", True),
        ("7亿元多，比上年增加", True),
        ("7亿元，多于上年", False),
        ("7亿元", False),
    ],
)
def test_a_figure_that_is_more_than_it_says_is_rough(text, about):
    (figure,) = find_figures(text)[0]
    assert figure.approximate is about


def test_a_word_of_more_inside_a_unit_leaves_the_unit_whole():
    (figure,) = find_figures("1.2亿多元")[0]
    assert (figure.unit_text, figure.value, figure.end) == ("亿元", Decimal("1.2"), 6)


@pytest.mark.parametrize(("text", "end"), [("5亿元，", 3), ("5 亿元，", 4), ("5  亿元，", 5), ("5 ，", 1)])
def test_a_figure_ends_with_its_unit_and_the_gap_before_it(text, end):
    (figure,) = find_figures(text)[0]
    assert (figure.end, figure.value) == (end, 5)


# ---------------------------------------------------------------- names joined by 和
@pytest.mark.parametrize(
    ("phrase", "way"),
    [
        ("甲乙丙和丁", ["甲乙丙", "甲乙丁"]),
        ("甲乙丙和丁", ["甲乙丙", "甲丁"]),
        ("甲和乙丙丁", ["甲丁", "乙丙丁"]),
        ("甲和乙丙丁", ["甲丙丁", "乙丙丁"]),
        ("三次产业增加值", ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("城镇和农村居民人均可支配收入", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
    ],
)
def test_names_joined_share_their_beginning_or_their_end(phrase, way):
    assert way in coordinated(phrase)
    assert coordinated("甲乙丙") == []


# ---------------------------------------------------------------- whose text it is, and where a line goes on
def test_a_title_that_fits_several_counties_asks_which(tmp_path):
    (tmp_path / "a.txt").write_text(
        "鼓楼区2023年国民经济和社会发展统计公报\n\n地区生产总值100亿元。\n", encoding="utf-8"
    )
    with pytest.raises(AmbiguousPlaceError) as caught:
        import_file(tmp_path / "a.txt", atlas=Atlas(workspace=False))
    assert len(caught.value.candidates) > 1
    assert "--county" in caught.value.hint


@pytest.mark.parametrize(
    ("line", "breaks"),
    [("甲" * 19 + "，", True), ("甲" * 18 + "，", False), ("甲" * 25, False), ("甲" * 25 + "，乙。", False), ("甲乙 " * 2 + "丙" * 20 + "，丁", True),
     ("甲乙 " * 3 + "丙" * 20 + "，丁", False)],
)  # fmt: skip
def test_a_line_of_running_text_that_stops_half_way_goes_on(line, breaks):
    """Forty columns, which twenty characters fill; at most three pieces between gaps."""
    assert _breaks_off(line) is breaks
