"""Columns, units and small steps by hand: what a head makes of its numbers, indices, phrases, times, slips between two figures."""

from decimal import Decimal

import pytest
from test_intake_checks import reading as figure
from test_intake_documents import ATLAS, sentence
from test_intake_tables import figures, read, reasons

from bolang.foundation.errors import BadInputError
from bolang.intake import phrases
from bolang.intake.agreement import SECTORS
from bolang.intake.around import doubled, is_about, is_bound, reason_after, steady
from bolang.intake.cells import are_fractions, header_length, label_phrase, number, units_in
from bolang.intake.checks import check, held_back
from bolang.intake.files import bounds
from bolang.intake.folder import FolderEntry, _has, read_folder
from bolang.intake.numerals import in_figures
from bolang.intake.plausibility import last_years
from bolang.intake.subjects import Memory, Subject, beside, mentioned, phrase_before, resolve
from bolang.intake.times import is_long, is_span, stated_time, year_of_title
from bolang.intake.units import parse_unit
from bolang.intake.vocabulary import PhraseContext, vocabulary


# ---------------------------------------------------------------- heads
@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("7月", "month"), ("2023年7月份", "month"), ("本月完成", "month"), ("当月", "month"), ("排名", "outside"), ("位次", "outside"), ("增减额", "change"), ("增收额", "change"), ("增减", "change"), ("完成预算%", "target"),
        ("为预算的%", "target"), ("进度", "target"), ("预算数", "target"), ("2023年计划", "target"), ("两年平均增长%", "average"), ("比重", "share"), ("占比%", "share"),
    ],
)  # fmt: skip
def test_what_a_head_makes_none_of_the_years_figures(head, reason):
    rows = [["指标", "单位", head], ["地区生产总值", "亿元", "85"], ["一般公共预算收入", "亿元", "9"]]
    assert (figures(read(rows)), reasons(read(rows))) == ({}, {"85": reason, "9": reason})


@pytest.mark.parametrize("head", ["增长%", "增幅", "同比", "±%", "比上年", "Growth", "YoY", "升降幅度"])
def test_what_a_head_makes_growth(head):
    rows = [["指标", "单位", head], ["地区生产总值", "亿元", "8.5"], ["一般公共预算收入", "亿元", "9"]]
    assert figures(read(rows)) == {("", "gdp_growth", 2023): 8.5, ("", "fiscal_revenue_growth", 2023): 9}


@pytest.mark.parametrize(
    ("head", "year", "period"),
    [("绝对数", 2023, "year"), ("上年", 2022, "year"), ("去年数", 2022, "year"), ("上年同期", 2022, "year"), ("2021年上年", 2021, "year"), ("2021", 2021, "year"), ("2021-12-31", 2021, "year"), ("2021/12", 2021, "year"),
     ("2021年上半年", 2021, "H1"), ("1-5月", 2023, "Jan-May"), ("预算执行数", 2023, "year"), ("年初预算完成", 2023, "year")],
)  # fmt: skip
def test_a_head_dates_its_column(head, year, period):
    rows = [["指标", "单位", head], ["地区生产总值", "亿元", "85"], ["一般公共预算收入", "亿元", "9"]]
    assert {(c.found.indicator, c.found.time.year, c.found.time.period) for c in read(rows).found} == {("gdp", year, period), ("fiscal_revenue", year, period)}  # fmt: skip


@pytest.mark.parametrize(("value", "index"), [("79.9", False), ("80", True), ("101.2", True), ("130", True), ("130.1", False), ("1.2", False)])  # fmt: skip
def test_an_index_under_a_head_of_growth_is_the_index(value, index):
    rows = [["指标", "增长%"], ["居民消费价格指数", value], ["地区生产总值", "5"]]
    found = figures(read(rows))
    assert (("", "cpi", 2023) in found) is index
    assert (("", "cpi_growth", 2023) in found) is not index


def test_an_index_is_often_printed_with_a_percent_sign():
    found, _ = sentence("居民消费价格总指数为100.8%。")
    assert [(f.indicator, f.value) for f in found] == [("cpi", Decimal("100.8"))]
    _, left = sentence("地区生产总值为100.8%。")
    assert [item.printed for item in left] == ["100.8%"]
    cpi = Subject("x", vocabulary().find("居民消费价格指数"))
    assert cpi.fitting(parse_unit("%")).indicator.name == "cpi"
    assert cpi.fitting(parse_unit("元")) is None
    assert Subject("x", vocabulary().find("地区生产总值")).fitting(parse_unit("%")) is None


def test_beside_a_rate_growth_is_its_change():
    rows = [
        ["指标", "单位", "数值", "增长%"],
        ["固定资产投资增速", "%", "12.3", "2.1"],
        ["社会消费品零售总额增速", "%", "-", "3.4"],
        ["地区生产总值", "亿元", "8", "5.1"],
    ]
    wanted = {"fixed_investment_growth": 12.3, "retail_sales_growth": 3.4, "gdp": 80_000, "gdp_growth": 5.1}
    assert figures(read(rows)) == {("", name, 2023): value for name, value in wanted.items()}
    assert reasons(read(rows)) == {"2.1": "change"}
    long = [["县", "年份", *rows[0]], *[["义乌市", "2022", *row] for row in rows[1:]]]
    assert figures(read(long)) == {("330782", name, 2022): value for name, value in wanted.items()}
    assert reasons(read(long)) == {"2.1": "change"}


def test_a_blank_cell_does_not_end_its_row():
    rows = [
        ["指标", "单位", "2021年", "2022年", "2023年"],
        ["地区生产总值", "亿元", "", "8", "…"],
        ["一般公共预算收入", "亿元", "—", "", "9"],
    ]
    assert figures(read(rows)) == {("", "gdp", 2022): 80_000, ("", "fiscal_revenue", 2023): 90_000}
    across = [["县市", "地区生产总值（亿元）", "一般公共预算收入（亿元）"], ["义乌市", "", "9"], ["东阳市", "7", "-"]]
    assert figures(read(across)) == {("330782", "fiscal_revenue", 2023): 90_000, ("330783", "gdp", 2023): 70_000}


def test_two_panels_have_their_own_labels_units_and_memory():
    rows = [
        ["指标", "单位", "数", "指标", "单位", "数"], ["地区生产总值", "亿元", "100", "一般公共预算收入", "万元", "9"], ["第一产业", "亿元", "10", "税收收入", "万元", "7"], ["", "", "", "常住人口", "万人", "50"],
    ]  # fmt: skip
    assert figures(read(rows)) == {
        ("", "gdp", 2023): 1e6, ("", "gdp_primary", 2023): 1e5, ("", "fiscal_revenue", 2023): 9, ("", "tax_revenue", 2023): 7, ("", "population_resident", 2023): 5e5,
    }  # fmt: skip


def test_a_code_or_a_name_names_the_place_of_a_row_and_a_foreign_one_is_left():
    rows = [["代码", "县", "年份", "地区生产总值（亿元）"], ["330782", "", "2022", "5"], ["", "东阳市", "2022", "6"], ["999999", "", "2022", "7"], ["", "某某县", "2022", "8"], ["", "", "2022", "9"], ["", "义乌市", "2022年6月", "4"]]  # fmt: skip
    codes = {"330782": "330782"}
    from test_intake_tables import CODES

    from bolang.intake.blocks import FilledTable
    from bolang.intake.tables import TableReader
    from bolang.intake.times import Time

    grid = FilledTable(tuple(map(tuple, rows)), "表1", 1, "")
    found = TableReader(Time(2023), "none", (CODES | codes).get).read(grid)
    assert {(c.code, float(c.found.value)) for c in found.found} == {("330782", 50_000.0), ("330783", 60_000.0), ("", 90_000.0)}  # fmt: skip
    assert {c.left.printed: c.left.reason for c in found.left} == {"7": "other area", "8": "other area", "4": "other area"}  # fmt: skip


def test_a_long_table_has_growth_beside_its_values_and_indicators_of_growth():
    rows = [
        ["县", "年份", "指标", "单位", "数值", "同比%"], ["义乌市", "2022", "地区生产总值", "亿元", "5", "7.1"], ["义乌市", "2022", "社会消费品零售总额增速", "%", "3.3", ""],
        ["义乌市", "2021", "地区生产总值（万元）", "", "8", ""], ["义乌市", "2021", "一般公共预算收入", "亿元", "", "4.5"], ["义乌市", "2021", "铁路里程", "公里", "8", ""],
    ]  # fmt: skip
    found = read(rows)
    assert figures(found) == {("330782", "gdp", 2022): 5e4, ("330782", "gdp_growth", 2022): 7.1, ("330782", "retail_sales_growth", 2022): 3.3, ("330782", "gdp", 2021): 8, ("330782", "fiscal_revenue_growth", 2021): 4.5}  # fmt: skip
    assert {c.found.grounds.time for c in found.found} == {"row"}
    assert reasons(found) == {"8": "outside"}


# ---------------------------------------------------------------- cells
@pytest.mark.parametrize(
    ("cell", "value"),
    [("(1,234.5)", "-1234.5"), ("(99)", None), ("(100)", "-100"), ("（1.5）", "-1.5"), ("1,23", None), ("12,345,678", "12345678"), ("1234,567", None), ("1e1234", None), ("2.5E-3", "0.0025"), ("±0.0", "0.0"), ("±0.5", None), (" 7 ", "7"), ("--", None), ("无", None)],
)  # fmt: skip
def test_what_a_cell_holds(cell, value):
    assert number(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("cells", "fractions"), [(["0.123", "0.4"], True), (["0.12", "0.45"], False), (["1", "0.123"], False), (["0.999", "-0.999"], True), (["0.123", "x"], False), (["0.1230", "0.5"], True), (["0.1200", "0.5"], False)])  # fmt: skip
def test_fractions_have_three_digits_and_are_below_one(cells, fractions):
    assert are_fractions(cells) is fractions


def test_labels_shed_their_marks_units_and_english():
    assert label_phrase("其中：(二)第二产业增加值(亿元)") == ("第二产业增加值", units_in("(亿元)"))
    assert label_phrase("1.2.3 地区生产总值 Gross Product (yuan)")[0] == "地区生产总值"
    assert label_phrase("①工业")[0] == "工业"
    assert [u.name for u in units_in("出口额 万美元")] == ["万美元"]
    assert [u.name for u in units_in("单位：元、%；人")] == ["元", "%", "人"]
    assert header_length([["2023", "2022"], ["1999", "x"], ["甲", "5.5"]]) == 2


# ---------------------------------------------------------------- words around a figure
@pytest.mark.parametrize(
    ("before", "after", "bound"),
    [("控制在", "以内", True), ("为", "以内", True), ("为", "内，", True), ("为", "内容", False), ("不超过", "", True), ("控制在", "左右", True), ("保持在", "左右", False), ("低于", "", False), ("不低于", "", True), ("不超过去年的", "以", True), ("为", "", False)],
)  # fmt: skip
def test_a_limit_is_no_value(before, after, bound):
    assert is_bound(before, after) is bound


@pytest.mark.parametrize(("before", "after", "about"), [("约", "", True), ("突破了", "", True), ("迈上", "", True), ("首超", "", True), ("为", "左右", True), ("为", "大关", True), ("达", "", False), ("约为", "", False), ("为", "以上", True)])  # fmt: skip
def test_a_figure_is_rough_by_the_words_at_its_sides(before, after, about):
    assert is_about(before, after) is about


def test_what_follows_a_figure_may_refuse_it():
    assert [reason_after(text) for text in ("的目标", "目标", "相比", "相较于", "，增长", "的比")] == ["target", "target", "comparison", "comparison", None, None]  # fmt: skip


def test_doubling_and_standing_still_are_growth():
    assert [(f.value, f.approximate, f.printed) for f in doubled("收入翻一番，出口翻两番，投资翻了一番多")] == [(100, False, "翻一番"), (300, False, "翻两番"), (100, True, "翻了一番多")]  # fmt: skip
    assert [(f.value, f.approximate) for f in steady("收入与上年持平，支出与上年基本持平，增速与上年持平")] == [(0, False), (0, True)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scope"),
    [("全县一般公共预算收入", "全域"), ("县本级收入", "本级"), ("县级收入", "本级"), ("县级市收入", None), ("全县收入，其中县本级", "本级"), ("县本级收入，全县收入", "全域"), ("收入", None), ("我县收入", "全域"), ("上划市级收入", None)],
)  # fmt: skip
def test_whose_budget_a_text_speaks_of_last(text, scope):
    assert phrases.budget_scope(text) == scope


@pytest.mark.parametrize(
    ("text", "topic"),
    [("一般公共预算", "general"), ("政府性基金", "fund"), ("国有资本经营", "capital"), ("社会保险基金", "insurance"), ("债务限额", "debt"), ("一般公共预算与政府性基金", "fund"), ("政府性基金与一般公共预算", "general"), ("从政府性基金预算调入", "none"), ("综合", "none")],
)  # fmt: skip
def test_which_budget_a_text_speaks_of_last(text, topic):
    assert phrases.topic_of(text) == topic
    assert phrases.topic_of("综合", "fund") == "fund"


# ---------------------------------------------------------------- subjects
def test_a_bare_noun_is_the_indicator_beside_the_last_one():
    def after(last, phrase):
        found = beside(phrase, Memory(subjects=[Subject("x", vocabulary().find(last))]))
        return found and found.first.name

    assert after("一般债务限额", "余额") == "debt_balance_general"
    assert after("政府债务余额", "限额") == "debt_limit"
    assert after("规模以上工业企业", "新增") == "industry_firms_new"
    assert after("出生人口", "死亡") == "deaths"
    assert after("城镇居民人均可支配收入", "人均消费支出") == "consumption_per_head_urban"
    assert after("地区生产总值", "余额") is None
    two = Memory(
        subjects=[Subject("x", vocabulary().find("一般债务限额")), Subject("y", vocabulary().find("专项债务限额"))]
    )
    assert beside("余额", two) is None
    assert beside("余额", Memory()) is None


def test_a_clause_names_what_it_speaks_of_before_its_predicate():
    assert mentioned("固定资产投资平稳增长", Memory()).first.name == "fixed_investment"
    assert mentioned("固定资产投资", Memory()).first.name == "fixed_investment"
    assert mentioned("天气平稳", Memory()) is None
    assert mentioned("多", Memory()) is None
    assert phrase_before("义乌市地区生产总值", ("义乌市", "义乌")) == "地区生产总值"


def test_names_of_their_own_go_before_what_only_the_context_makes_of_a_part():
    found = resolve("城镇和农村居民人均可支配收入", Memory(), 2)
    assert [subject.first.name for subject in found] == ["income_urban", "income_rural"]
    unknown = resolve("甲和乙", Memory(), 2)
    assert [(subject.phrase, subject.matches) for subject in unknown] == [("甲和乙", ())] * 2
    assert [subject.first.name for subject in resolve("三次产业增加值", Memory(), 3)] == list(SECTORS)
    assert resolve("地区生产总值", Memory())[0].first.name == "gdp"


def test_a_derived_indicator_has_the_unit_of_its_kind_and_an_unknown_one_is_none():
    words = vocabulary()
    assert {suffix: words[f"gdp_primary{suffix}"].unit.name for suffix in ("_growth", "_share", "_pull", "_contribution")} == {"_growth": "%", "_share": "%", "_pull": "百分点", "_contribution": "%"}  # fmt: skip
    assert "gdp_growth" in words
    assert "x_growth" not in words
    assert 5 not in words
    assert words.mentions("我县地区生产总值和")
    assert not words.mentions("天气")
    assert words.find("第一产业", PhraseContext(head="fixed_investment"))[0].indicator.name == "investment_primary"
    assert words.find("第一产业", PhraseContext(head="tax_revenue")) == ()


# ---------------------------------------------------------------- times
@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023年11月", (2023, "Jan-Nov")), ("2023年12月", (2023, "year")), ("2023年13月", (2023, "year")), ("2023年四季度", (2023, "Q4")), ("2023年1至6月", (2023, "H1")), ("2023年1-3月", (2023, "Q1")), ("2023年1-1月", (2023, "Jan")), ("12月末", (None, "year")),
        ("0月末", (None, None)), ("13月末", (None, None)), ("2023年度", (2023, "year")), ("由2022年的5亿元", (None, None)), ("是2017年的", (None, None)), ("增加到2017年的", (2017, "year")), ("2021年6月，全年", (2021, "H1")),
    ],
)  # fmt: skip
def test_more_times_by_hand(text, time):
    assert stated_time(text) == time


def test_reviews_of_years_and_spans_are_told():
    assert [is_long(text) for text in ("五年来，", "过去五年", "“十三五”期间", "今年以来", "三年累计", "去年")] == [True, True, True, False, True, False]  # fmt: skip
    assert [is_span(text) for text in ("2017-2021年", "2017年至2021年", "十三五期间", "2021年")] == [True, True, True, False]  # fmt: skip
    assert [year_of_title(text) for text in ("二〇二三年", "二○二十三年", "2023 年", "12023年", "二〇一九年")] == [2023, 2023, 2023, None, 2019]  # fmt: skip


def test_numbers_in_characters_stand_where_they_stood():
    assert in_figures("收入二十亿元，增长百分之五") == [(2, 4, "20"), (9, 13, "5%")]
    assert in_figures("一千零五十人、两万三千") == [(0, 5, "1050")]


# ---------------------------------------------------------------- checks and folders
def test_errors_hold_back_what_they_name_and_warnings_do_not():
    wrong, right = figure("gdp_per_capita", 2.0), figure("exports_growth", 5.0)
    limit, balance = figure("debt_limit", 1000.0), figure("debt_balance", 2000.0)
    assert held_back(check([wrong, right, limit, balance])) == {id(wrong)}


def test_a_sector_is_held_against_its_year_before_where_output_is_not_stated():
    known = {("gdp_secondary", 2022): 5e5}
    found = check([figure("gdp_secondary", 6e5), figure("gdp_secondary_growth", 5.0)], lambda code, name, year: known.get((name, year)))  # fmt: skip
    assert "revision" in [item.name for item in found]


def test_of_a_list_the_unknown_is_listed_and_the_known_is_taken():
    found, left = sentence("城镇化率、社会消费品零售总额分别增长5%和6%。")
    assert [(f.indicator, f.value) for f in found] == [("retail_sales_growth", 6)]
    assert [(item.printed, item.reason) for item in left] == [("5%", "change")]
    found, left = sentence("植树面积、社会消费品零售总额分别增长5%和6%。")
    assert (found, [item.reason for item in left]) == ([], ["unclear", "unclear"])
    assert [u.name for u in units_in("甲:乙:丙(元)")] == ["元"]
    assert label_phrase("甲:乙:地区生产总值")[0] == "地区生产总值"


def test_the_first_of_several_figures_of_one_time_stands_for_it():
    first, second = figure("gdp", 5.0), figure("gdp", 6.0)
    assert last_years([first, second]) == {(first.code, "gdp", first.year, first.period): 5.0}


def test_a_file_that_fails_has_no_figures_and_what_is_held_back_is_saved_on_demand():
    failed = FolderEntry("f", "failed")
    assert (failed.accepted, failed.held, failed.unread, failed.year, failed.period) == (0, 0, 0, 0, "year")
    states = [("ready", 0), ("empty", 1), ("empty", 0), ("done", 0)]
    assert [_has(FolderEntry("f", state, held=held), False) for state, held in states] == [True, False, False, False]
    assert [_has(FolderEntry("f", state, held=held), True) for state, held in states] == [True, True, False, False]


def test_the_files_of_a_folder_are_told_one_by_one(tmp_path):
    (tmp_path / "sub").mkdir()
    for name, text in (
        ("b.txt", "义乌市2023年统计公报\n地区生产总值2055.6亿元。"),
        ("sub/a.txt", "\n"),
        (".c.txt", "x"),
        ("~$d.docx", "x"),
        ("e.exe", "x"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = []
    found = read_folder(tmp_path, ATLAS, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "b.txt"), (2, 2, "sub/a.txt")]
    assert [(e.file, e.state, e.accepted, e.code, e.year) for e in found.entries] == [("b.txt", "ready", 1, "330782", 2023), ("sub/a.txt", "failed", 0, "", 0)]  # fmt: skip
    assert [e.file for e in found.ready] == ["b.txt"]
    assert found.to_frame()["file"].to_list() == ["b.txt"]


@pytest.mark.parametrize(("size", "said"), [(1.4, "1 MB"), (1.6, "2 MB")])
def test_a_file_too_large_says_its_size_to_the_nearest(tmp_path, monkeypatch, size, said):
    monkeypatch.setattr(bounds, "bound", lambda name: 1)
    monkeypatch.setenv("BOLANG_LANG", "en")
    (tmp_path / "f").write_bytes(b"x" * int(size * bounds.MEGABYTE))
    with pytest.raises(BadInputError, match=f"The file has {said}, more"):
        bounds.read_bytes(tmp_path / "f")
