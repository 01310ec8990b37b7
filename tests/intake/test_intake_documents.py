"""Documents by hand: where a figure stands, whose and when it is by the headings, which of several readings is kept, what is doubtful."""

from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from by_hand import document, read, table
from hypothesis import given
from hypothesis import strategies as st
from test_intake_checks import reading as figure

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.intake.blocks import Passage, TextHeading
from bolang.intake.bulletin import _cell_name, _own_names, agree, settle
from bolang.intake.characters import clean
from bolang.intake.figures import find_figures, groups
from bolang.intake.scope.barriers import _same_place, refuse_foreign_language, scope_checks
from bolang.intake.scope.grounds import Grounds, confidence
from bolang.intake.scope.time import governing_time
from bolang.intake.sentences import SentenceReader
from bolang.intake.subjects import Memory
from bolang.intake.times import Time
from bolang.intake.units import UNIT, parse_unit

ATLAS = Atlas(workspace=False)


# ---------------------------------------------------------------- where a figure stands
@given(st.integers(1, 10**6), st.integers(0, 18_277))
def test_a_cell_is_named_as_spreadsheets_name_it(row, column):
    assert _cell_name(row, column) == openpyxl.utils.get_column_letter(column + 1) + str(row)


def test_a_figure_of_a_table_names_its_cell_and_its_line_and_so_does_one_that_is_left():
    rows = table(("指标", "绝对数（亿元）"), ("地区生产总值", "100"), ("一般公共预算收入", "约5"), ("铁路里程", "7"))
    found, left = read(TextHeading(1, "综合", 1), rows)
    assert [(f.place.section, f.place.line, f.place.where, f.grounds.area) for f in found] == [("综合", 11, "表1 B4", "title")]  # fmt: skip
    assert {item.printed: (item.reason, item.place.line, item.place.where) for item in left} == {
        "约5": ("malformed", 12, "表1"), "7": ("outside", 13, "表1"),
    }  # fmt: skip


def test_headings_are_a_path_and_one_of_a_level_takes_the_place_of_the_last():
    blocks = [
        TextHeading(1, "一", 1), TextHeading(2, "甲", 2), Passage("地区生产总值100亿元。", 3), TextHeading(2, "乙", 4), Passage("社会消费品零售总额50亿元。", 5), TextHeading(1, "二", 6),
        Passage("一般公共预算收入9亿元。", 7),
    ]  # fmt: skip
    found, _ = read(*blocks)
    assert [(f.indicator, f.place.section, f.place.line) for f in found] == [("gdp", "一 > 甲", 3), ("retail_sales", "一 > 乙", 5), ("fiscal_revenue", "二", 7)]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "year", "period", "rule"),
    [("2022年工业", 2022, "year", "heading"), ("2023年上半年工业", 2023, "H1", "heading"), ("前三季度工业", 2023, "Jan-Sep", "heading"), ("工业", 2023, "year", "title")],
)  # fmt: skip
def test_a_heading_dates_what_stands_below_it(heading, year, period, rule):
    found, _ = read(TextHeading(1, heading, 1), Passage("社会消费品零售总额50亿元。", 2))
    assert [(f.year, f.period, f.grounds.time) for f in found] == [(year, period, rule)]


@pytest.mark.parametrize(
    ("title", "heading", "taken"),
    [
        ("义乌市2023年统计公报", "2024年工作安排", False), ("义乌市2023年统计公报", "下一步工作", False), ("义乌市2023年统计公报", "主要预期目标", False), ("义乌市2023年统计公报", "2024年工业", False),
        ("义乌市2023年统计公报", "工作回顾", True), ("义乌市2023年统计公报", "收支预算", False), ("义乌市2023年预算执行情况", "收支预算", True), ("义乌市2023年预算执行和2024年预算草案", "收支预算", False),
        ("义乌市2023年预算", "综合", False), ("义乌市2023年预算", "预算执行", True), ("义乌市2023年预算执行情况", "预算草案的说明", False), ("义乌市2023年决算草案", "综合", True),
        ("义乌市2023年统计公报", "决算草案", True), ("义乌市2023年统计公报", "预算编制", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["text", "table"])
def test_what_a_heading_announces_is_a_target(title, heading, taken, kind):
    text = Passage("一般公共预算收入9亿元。", 2)
    rows = table(("项目", "亿元"), ("一般公共预算收入", "9"), ("税收收入", "7"))
    found, left = read(TextHeading(1, heading, 1), text if kind == "text" else rows, title=title)
    assert bool(found) is taken
    assert {item.reason for item in left} == (set() if taken else {"target"})


def test_a_title_about_debt_and_a_heading_tell_the_budget_of_what_follows():
    found, _ = read(
        TextHeading(1, "政府性基金", 1), Passage("本级收入9亿元，支出8亿元。", 2), title="义乌市2023年财政决算"
    )
    assert {f.indicator for f in found} <= {"fund_revenue", "fund_expenditure"}
    plain, _ = read(Passage("一般债务余额9亿元。", 2), title="义乌市2023年政府债务情况")
    assert {f.indicator for f in plain} == {"debt_balance_general"}


def test_a_title_said_again_is_no_sentence():
    title = "义乌市2023年地区生产总值100亿元"
    assert read(Passage(title, 1), title=title) == ([], [])
    assert (
        read(Passage(title + "。" + "又" * (78 - len(title)), 1), title=title, name="义乌市")[0] == []
    )  # 79 characters
    for more in (title + "，" + "又" * 80 + "。", title + "。" + "又" * (79 - len(title)), "又一句。" + title + "。"):
        found, _ = read(Passage(more, 1), title=title, name="义乌市")
        assert [f.indicator for f in found] == ["gdp"]


def test_digits_without_end_are_listed_once_and_the_rest_is_read():
    found, left = read(Passage(f"地区生产总值100亿元，编号{'1' * 60}。", 1))
    assert [f.indicator for f in found] == ["gdp"]
    assert [(item.printed, item.reason) for item in left] == [("1" * 40 + "…", "malformed")]
    _, short = read(Passage(f"编号{'1' * 59}。", 1))
    assert "…" not in "".join(item.printed for item in short)


def test_a_county_is_called_by_its_name_with_and_without_what_it_is():
    assert _own_names("义乌市") == ("义乌市", "义乌")
    assert _own_names("威宁彝族回族苗族自治县") == ("威宁彝族回族苗族自治县", "威宁")
    assert _own_names("金华市义乌市") == ("金华市义乌市", "金华市义乌", "义乌市")
    assert _own_names("") == ()


# ---------------------------------------------------------------- one figure read several times
def test_readings_within_the_last_digit_of_the_coarser_agree():
    coarse = figure("gdp", 100.0, digit=1.0)
    assert [agree(coarse, figure("gdp", value, digit=0.01)) for value in (101.0, 99.0, 101.01, 98.99)] == [True, True, False, False]  # fmt: skip


def test_the_most_exact_then_the_surest_is_kept_and_what_contradicts_stays():
    rough, exact, other = (
        figure("gdp", 100.0, digit=1.0),
        figure("gdp", 100.4, digit=0.1),
        figure("gdp", 150.0, digit=1.0),
    )
    kept, left = settle([rough, exact, other], [])
    assert (kept, left) == ([exact, other], [])
    import dataclasses

    sure, unsure = (dataclasses.replace(exact, confidence=c) for c in (0.99, 0.5))
    assert settle([unsure, sure], [])[0] == [sure]
    about = dataclasses.replace(exact, remarks=("approximate",), printed="约100")
    kept, left = settle([about, rough], [])
    assert (kept, [(item.printed, item.reason) for item in left]) == ([rough], [("约100", "bound")])
    assert settle([about], []) == ([about], [])
    loans = figure("loans", 5.0)
    assert settle([loans, exact, rough], [])[0] == [loans, exact]


# ---------------------------------------------------------------- scope
@pytest.mark.parametrize(("latin", "chinese", "refused"), [(119, 0, False), (120, 0, True), (120, 11, True), (120, 12, False), (1000, 99, True), (1000, 100, False)])  # fmt: skip
def test_a_text_is_foreign_where_ten_latin_letters_stand_for_one_chinese(latin, chinese, refused):
    text = document(Passage("a" * latin + "甲" * chinese + "1 2", 1), table(("甲" * 999,)))
    if refused:
        with pytest.raises(BadInputError):
            refuse_foreign_language(text)
    else:
        refuse_foreign_language(text)


def checks(title, stem="f", year=2023, rule="title", period="year", body=(), unit="义乌市"):
    found = scope_checks(document(*body, title=title), stem, ATLAS.county(unit) if unit else None, Time(year, period), rule, [figure("gdp", 1.0)])  # fmt: skip
    return [(item.key, item.values.get("named", item.values.get("titled"))) for item in found]


def dated(day):
    return (Passage(f"（{day}）", 1),)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"title": "义乌市2023年统计公报"}, []), ({"title": "义乌市2022年统计公报"}, [("other_year.title", 2022)]), ({"title": "义乌市2024年政府工作报告"}, []), ({"title": "义乌市2025年政府工作报告"}, [("other_year.title", 2025)]),
        ({"title": "义乌市2024年统计公报"}, [("other_year.title", 2024)]), ({"title": "统计公报", "stem": "2022年"}, [("other_year.file_name", 2022)]), ({"title": "统计公报", "stem": "2024年政府工作报告"}, []),
        ({"title": "统计公报", "stem": "2022年", "rule": "option"}, []), ({"title": "统计公报", "year": 0, "stem": "2022年"}, []), ({"title": "东阳市2023年统计公报"}, [("other_place", "东阳市")]),
        ({"title": "东阳市2023年统计公报", "unit": None}, []), ({"title": "浙江省义乌市2023年统计公报"}, []), ({"title": "统计公报", "body": dated("2022年5月1日")}, [("other_year.published", 2022)]),
        ({"title": "统计公报", "body": dated("2023年5月1日")}, []), ({"title": "统计公报", "body": dated("2022年5月1日"), "period": "H1"}, []), ({"title": "统计公报", "body": dated("2022年5月1日"), "rule": "option"}, []),
    ],
)  # fmt: skip
def test_a_title_of_another_place_or_year_makes_all_figures_doubtful(given, found):
    assert checks(**given) == found


def test_a_place_is_the_same_by_its_stem():
    yiwu = SimpleNamespace(name="义乌市")
    assert [_same_place(name, yiwu) for name in ("义乌市", "义乌", "金华市义乌市", "金华市", "乌市")] == [True, True, True, False, False]  # fmt: skip
    assert list(scope_checks(document(title="东阳市2022年"), "f", None, Time(2023), "title", [])) == []


@pytest.mark.parametrize(
    ("title", "body", "stem", "found"),
    [
        ("统计公报", ["2021年，全县地区生产总值5亿元。"], "", (2021, "year", "opening")), ("统计公报", ["2021年，收入5亿元。", "2020年，支出5亿元。"], "", None), ("统计公报", [], "2019年", (2019, "year", "file name")),
        ("运行情况", ["上半年，收入5亿元。", "（2022年7月20日）"], "", (2022, "H1", "opening")), ("运行情况", ["上半年，收入5亿元。", "（2022年5月20日）"], "", None), ("运行情况", ["上半年，收入5亿元。", "（2022年6月20日）"], "", (2022, "H1", "opening")),
        ("运行情况", ["1-2月，收入5亿元。", "（2022年2月28日）"], "", (2022, "Jan-Feb", "opening")), ("运行情况", ["1-2月，收入5亿元。", "（2022年1月28日）"], "", None),
        ("运行情况", ["前三季度，收入5亿元。", "（2022年10月20日）（2021年10月1日）"], "", None), ("政府工作报告", ["（2022年1月20日）", "各位代表。"], "", (2021, "year", "opening")),
        ("政府工作报告", ["（2022年7月20日）", "各位代表。"], "", None), ("统计公报", ["话。"] * 5 + ["2021年，收入5亿元。"], "", (2021, "year", "opening")), ("统计公报", ["话。"] * 6 + ["2021年，收入5亿元。"], "", None),
        ("政府工作报告", ["话。"] * 13 + ["（2022年1月20日）"], "", (2021, "year", "opening")), ("政府工作报告", ["话。"] * 14 + ["（2022年1月20日）"], "", None), ("政府工作报告", ["（2022年6月20日）", "各位代表。"], "", (2021, "year", "opening")), ("政府工作报告", ["2020年，全县实现生产总值5亿元。"], "2022年", (2020, "year", "opening")),
        ("2023年上半年情况", [], "", (2023, "H1", "title")), ("2023年情况", ["一季度，收入5亿元。"], "", (2023, "Q1", "title")), ("2023年情况", ["收入5亿元。", "一季度，收入5亿元。"], "", (2023, "Q1", "title")),
        ("2023年情况", ["收入5亿元。", "支出6亿元。", "一季度，收入5亿元。"], "", (2023, "year", "title")), ("2023年情况", ["2022年一季度，收入5亿元。"], "", (2023, "year", "title")), ("2023年统计公报", ["一季度，收入5亿元。"], "", (2023, "year", "title")),
        ("统计公报", ["2022年工作回顾"], "2019年", (2022, "year", "heading")), ("统计公报", ["2021年和2022年工作回顾"], "2019年", (2022, "year", "heading")), ("统计公报", ["2022年工作回顾" + "长" * 16], "2019年", (2019, "year", "file name")), ("统计公报", ["2022年工作回顾" + "长" * 15], "2019年", (2022, "year", "heading")),
    ],
)  # fmt: skip
def test_the_time_of_a_document_is_that_of_the_first_rule_that_gives_one(title, body, stem, found):
    text = document(*[Passage(line, i) for i, line in enumerate(body, 1)], title=title)
    if found is None:
        with pytest.raises(BadInputError):
            governing_time(text, stem)
    else:
        time, rule = governing_time(text, stem)
        assert (time.year, time.period, rule) == found
    assert governing_time(text, stem, 1999)[0].year == 1999


def test_a_table_that_stands_first_does_not_hide_what_follows_it():
    first = table(("指标", "数"), ("甲", "5"))
    for later, found in ((TextHeading(1, "2022年工作回顾", 5), (2022, "year", "heading")), (Passage("2021年，全县地区生产总值5亿元。", 5), (2021, "year", "opening"))):  # fmt: skip
        time, rule = governing_time(document(first, later, title="统计公报"))
        assert (time.year, time.period, rule) == found
    time, _ = governing_time(
        document(first, Passage("各位代表：", 5), Passage("一季度，收入5亿元。", 6), title="2023年情况")
    )
    assert (time.year, time.period) == (2023, "Q1")
    time, rule = governing_time(document(first, Passage("各位代表：", 5), Passage("2020年，全县实现生产总值5亿元。", 6), title="政府工作报告"))  # fmt: skip
    assert (time.year, rule) == (2020, "opening")


def test_confidence_is_the_product_of_its_ceiling_and_what_every_inheritance_leaves():
    cited = load_parameters("bolang.intake")
    factors = cited["confidence_inheritance"].value
    ceiling = cited.number("confidence_ceiling")
    assert confidence(Grounds("stated"), ()) == pytest.approx(ceiling, abs=5e-4)
    for time, parent, definition in (("opening", "head", "carried"), ("file name", "context", "plain"), ("sentence", "earlier clause", "stated")):  # fmt: skip
        expected = ceiling
        for question, rule in (("time", time), ("parent", parent), ("definition", definition)):
            expected *= factors.get(question, {}).get(rule, 1.0)
        grounds = Grounds(time, "title", parent, definition)
        assert confidence(grounds, ()) == pytest.approx(expected, abs=5.1e-4)
        about = expected * cited.number("confidence_approximate")
        assert confidence(grounds, ("approximate", "approximate")) == pytest.approx(about, abs=5.1e-4)
    assert Grounds("stated").inherited == ("area: title",)
    assert Grounds("row", "row", "head", "carried").inherited == ("parent: head", "definition: carried")


def test_a_part_that_its_table_alone_names_is_less_sure_than_one_that_names_itself():
    found, _ = read(
        table(("指标", "绝对数（亿元）"), ("工业", "40"), ("一般公共预算收入（同口径）", "5"), caption="生产总值")
    )
    assert {f.indicator: (f.grounds.parent, f.grounds.definition, f.remarks) for f in found} == {
        "value_added_industry": ("context", "plain", ("table", "contextual")), "fiscal_revenue": ("named", "stated", ("table",)),
    }  # fmt: skip


# ---------------------------------------------------------------- sentences
def sentence(text):
    return SentenceReader(Time(2023), Memory()).read(clean(text).text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [("城乡居民收入比为2.16:1。", "2.16:1"), ("城乡居民收入比为2.16:2。", None), ("城乡居民收入比为2:1:1。", None), ("男女性别比为105:1。", None), ("地区生产总值比为2.16:1。", None)],
)  # fmt: skip
def test_a_ratio_is_kept_where_it_is_of_two_incomes_and_over_one(text, taken):
    found, left = sentence(text)
    assert [f.figure.printed for f in found if f.indicator == "income_ratio"] == ([taken] if taken else [])
    assert found or left


@pytest.mark.parametrize(("third", "taken"), [("51.7", True), ("52.3", True), ("52.4", False), ("51.1", True), ("51.0", False)])  # fmt: skip
def test_three_shares_add_up_to_a_hundred_within_six_tenths(third, taken):
    found, _ = sentence(f"三次产业结构为3.1:45.2:{third}。")
    assert {f.indicator for f in found} == ({"gdp_primary_share", "gdp_secondary_share", "gdp_tertiary_share"} if taken else set())  # fmt: skip


def test_parts_of_a_list_have_the_unit_that_ends_it_and_about_belongs_to_its_own():
    text = clean("12.5、8.1多和4.4亿元").text
    ((first, second, third),) = groups(text, find_figures(text)[0])
    assert [f.unit_text for f in (first, second, third)] == ["亿元"] * 3
    assert [f.approximate for f in (first, second, third)] == [False, True, False]
    assert (first.printed, first.value, first.start) == ("12.5亿元", Decimal("12.5"), 0)
    spaced = clean("1 234和5万元").text
    assert [f.spaced for f in groups(spaced, find_figures(spaced)[0])[0]] == [True, False]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("结构为3.1:45.2:51.7，12.5和5亿元，7、8万人", [["3.1:45.2:51.7"], ["12.5亿元", "5亿元"], ["7万人", "8万人"]]), ("5亿元，7和8万人和9万人", [["5亿元"], ["7万人", "8万人", "9万人"]]), ("5%:6%，7亿元", [["5%", "6%"], ["7亿元"]]), ("1和2%:3%", [["1%", "2%", "3%"]]), ("7和5.1:3:2", [["7"], ["5.1:3:2"]]),
        ("5.1:3:2和7亿元", [["5.1:3:2"], ["7亿元"]]), ("7亿元8亿元", [["7亿元"], ["8亿元"]]), ("9亿元，增长5%和6%", [["9亿元"], ["5%", "6%"]]), ("5亿元和6万人", [["5亿元"], ["6万人"]]), ("1和2%，增3和4%，与5%", [["1%", "2%"], ["3%", "4%", "5%"]]),
    ],
)  # fmt: skip
def test_what_stands_between_two_figures_makes_them_one_list_or_two(text, lists):
    """A comma with a word of joining, or such a sign alone; one unit for all; a structure is no part of a list."""
    found = groups(text, find_figures(text)[0])
    assert [[item.printed for item in group] for group in found] == lists


@pytest.mark.parametrize(
    ("text", "unit", "known"),
    [("5元/人", "元/人", True), ("5元/吨", "元/吨", False), ("5公里", "公里", False), ("5万亿元", "万亿元", True), ("5", "", True), ("5亿", "", True), ("5百元", "百元", True), ("5十万元", "十", False)],
)  # fmt: skip
def test_the_unit_behind_a_number(text, unit, known):
    figures, _ = find_figures(text)
    if text == "5十万元":
        assert parse_unit("十万元") is None
        return
    assert (figures[0].unit_text, figures[0].unit is not None) == (unit, known)
    assert UNIT.match("万亿元").group() == "万亿元"
