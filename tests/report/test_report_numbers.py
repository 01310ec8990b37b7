"""Numbers on their way into a document: units, decimals, marks, sources, charts; by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import FACT, GUESS

from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Number
from bolang.foundation.text import Text, same
from bolang.foundation.units import (
    DOLLARS_YI,
    HOUSEHOLDS,
    KM,
    MONEY_WAN,
    MONEY_WAN_SMALL,
    MONEY_YI,
    NONE,
    PERCENT,
    PERSONS,
    YUAN,
    Unit,
    digits_for,
    exact_digits,
    number_text,
    unit_of,
)
from bolang.pages.report import facts
from bolang.pages.report.chart_figure import figure
from bolang.pages.report.source_names import source_name

A = Text("甲", "a")


@pytest.mark.parametrize(
    ("stored", "unit", "zh", "en"),
    [
        (123456.0, MONEY_WAN, "12.35亿元", "1.235 billion yuan"),
        (123456.0, MONEY_YI, "123,456.00亿元", "12,345.600 billion yuan"),
        (123456.0, MONEY_WAN_SMALL, "123,456.00万元", "1,234.5600 million yuan"),
        (123456.0, DOLLARS_YI, "123,456.00亿美元", "12,345.600 billion US dollars"),
        (123456.0, PERSONS, "12.35万人", "123.5 thousand"),
        (123456.0, HOUSEHOLDS, "12.35万户", "123.5 thousand"),
        (123456.0, YUAN, "123,456.00元", "123,456.00 yuan"),
        (12.3456, PERCENT, "12.35%", "12.35%"),
        (12.3456, KM, "12.35公里", "12.35 km"),
    ],
)
def test_a_unit_says_the_same_amount_to_the_same_precision_in_both_languages(stored, unit, zh, en):
    assert Number(stored, 2, unit).text == Text(zh, en)


@settings(deadline=None)
@given(st.sampled_from([MONEY_WAN, MONEY_YI, MONEY_WAN_SMALL, PERSONS, YUAN, PERCENT]), st.integers(1, 6))
def test_english_rounds_where_chinese_does(unit, digits):
    """One unit of the last place is the same amount in both, as far as a figure needs no negative decimals."""
    zh = 10.0**-digits / unit.scale_zh
    en = 10.0 ** -digits_for(unit, "en", digits) / unit.scale_en
    assert zh == pytest.approx(en)


def test_no_figure_has_fewer_than_no_decimals():
    assert digits_for(PERSONS, "en", 0) == 0
    assert digits_for(PERSONS, "zh", 0) == 0
    assert digits_for(Unit(A, 1.0, 1e3), "en", 2) == 0


@pytest.mark.parametrize(
    ("value", "digits"), [(1.0, 0), (1.5, 1), (0.125, 3), (1 / 3, 6), (123456.25, 2), (0.0, 0), (-2.5, 1), (1e-7, 6), (1e12 + 0.5, 0)]
)  # fmt: skip
def test_the_fewest_decimals_that_say_a_value_as_it_was_given(value, digits):
    assert exact_digits(value) == digits


def test_the_most_decimals_are_the_callers():
    assert (exact_digits(1 / 3, 2), exact_digits(0.25, 1), exact_digits(0.25, 3)) == (2, 1, 2)


@pytest.mark.parametrize(
    ("value", "digits", "signed", "text"),
    [(0.0, 0, True, "0"), (-0.4, 0, False, "0"), (0.5, 0, True, "0"), (-1.5, 0, False, "−2"), (999999.5, 0, False, "1,000,000"),
     (-1234.5, 2, True, "−1,234.50"), (9.0, 0, False, "9"), (1.0, 0, True, "+1"), (-8.0, 0, True, "−8"), (0.07, 2, True, "+0.07")],
)  # fmt: skip
def test_signs_and_separators(value, digits, signed, text):
    assert number_text(value, digits, signed=signed) == text


def test_a_unit_is_set_apart_in_english_alone():
    assert unit_of(Text("", "")) is NONE
    assert unit_of(Text("%", "%")).label == Text("%", "%")
    assert unit_of(Text("个", "")).label == Text("个", "")
    assert unit_of(Text("人", "persons")).label == Text("人", " persons")
    assert unit_of(Text("万元", "10,000 yuan")).label == Text("万元", " × 10,000 yuan")
    assert unit_of(Text("人", "persons")).name == Text("人", "persons")


@pytest.mark.parametrize(
    ("value", "unit", "digits"),
    [(9_999_999, "万元", 1), (10_000_000, "万元", 0), (99_999, "万元", 2), (100_000, "万元", 1), (-10_000_000, "万元", 0),
     (999.9, "亿元", 1), (1000, "亿元", 0), (9.9, "亿美元", 2), (10, "亿美元", 1), (99_999, "人", 2), (100_000, "人", 1), (10_000_000, "人", 0),
     (5, "%", 1), (5000, "%", 1), (5, "元", 0), (5, "户", 0), (5, "个", 0), (5, "公里", 0)],
)  # fmt: skip
def test_decimals_follow_the_size_shown(value, unit, digits):
    assert facts.digits_of(value, unit) == digits


def test_a_fact_keeps_all_that_traces_it():
    found = facts.number_of(replace(FACT, stage="expected"))
    assert (found.value, found.digits, found.unit, found.year) == (14856000.0, 0, MONEY_WAN, 2020)
    assert (found.status, found.source.zh, found.stage) == ("measured", "浙江统计年鉴", "expected")
    assert facts.unit_of("吨").label == Text("吨", " 吨")


def test_a_figure_of_several_facts_names_each_source_once():
    third = replace(FACT, provenance=replace(FACT.provenance, source=same("第三本")), stage="expected")
    cell = DeskCell(2021, 250_000.0, "derived", (FACT, GUESS, FACT, third))
    found = facts.cell_number(cell, "万元")
    assert found.source == Text("浙江统计年鉴；推算；第三本", "浙江统计年鉴; 推算; 第三本")
    assert (found.value, found.digits, found.year, found.status, found.stage) == (
        250_000.0,
        1,
        2021,
        "derived",
        "expected",
    )
    row = DeskRow("gdp", "万元", (replace(cell, year=2019), cell), None, None)
    assert facts.latest_of(row) == found
    assert facts.latest_of(replace(row, cells=())) is None
    made = facts.derived(3.25, 2, PERCENT, 2022, (FACT, FACT))
    assert (made.value, made.digits, made.year, made.status, made.source.zh) == (
        3.25,
        2,
        2022,
        "derived",
        "浙江统计年鉴",
    )
    assert [note.facts for note in facts.row_notes(row, [2019])] == [(FACT, FACT), (GUESS,), (third,)]
    assert facts.row_notes(row, [2020]) == ()
    assert len(facts.row_notes(row)[0].facts) == 4


@pytest.mark.parametrize(("unit", "wan"), [("亿元", 30_000.0), ("元", 0.0003), ("万元", 3.0)])
def test_money_in_one_unit(unit, wan):
    assert facts.wan(replace(FACT, value=3.0, unit=unit)) == pytest.approx(wan)


def test_what_the_user_brought_is_no_published_source():
    own = facts.source_note("公报.docx。", (FACT, replace(FACT, origin="workspace")))
    foreign = facts.source_note("公报.docx", (FACT,))
    assert own.key == "source-own-公报.docx"
    assert foreign.key == "source-公报.docx"
    assert own.text != foreign.text


def test_a_source_by_its_address_and_several_joined():
    page = source_name("https://www.yw.gov.cn/a/b.html")
    assert page.zh == "yw.gov.cn网页，https://www.yw.gov.cn/a/b.html"
    both = source_name("https://a.cn; https://b.cn")
    assert both.zh == "a.cn网页，https://a.cn；b.cn网页，https://b.cn"
    assert both.en == "page of a.cn, https://a.cn; page of b.cn, https://b.cn"
    assert source_name("Plain") == same("Plain")


def test_an_interval_is_shown_in_the_scale_of_the_language_and_only_whole():
    found = Number(100_000.0, 1, MONEY_WAN, 2020, "estimated", low=90_000.0, high=120_000.0)
    assert found.plain("zh") == "10.0 (9.0–12.0)（估）"
    assert found.plain("en") == "1.00 (0.90–1.20) (est.)"
    assert replace(found, low=None).plain("zh") == "10.0（估）"
    assert replace(found, high=None).plain("zh") == "10.0（估）"
    assert found.bare("zh") == "10.0"
    assert (found.unit_and_mark("zh"), found.unit_and_mark("en")) == ("亿元（估计）", "billion yuan (estimated)")
    assert Number(None, unit=MONEY_WAN, status="estimated").unit_and_mark("zh") == ""


def test_a_year_stands_behind_a_dated_figure_alone():
    found = Number(5.0, 0, PERCENT, 2020, dated=True)
    assert (found.plain("zh"), found.plain("en")) == ("5（2020）", "5 (2020)")
    assert replace(found, dated=False).plain("zh") == "5"
    assert replace(found, year=None).plain("zh") == "5"


def test_a_status_goes_before_a_stage():
    assert Number(5.0, status="unverified", stage="expected").plain("zh") == "5（核）"
    assert Number(5.0, stage="final").plain("zh") == "5"


def chart(form="stacked", digits=1):
    return Chart(
        form,
        (same("2019"), Text("乙", "b")),
        (ChartSeries(A, (100_000.0, None)), ChartSeries(Text("丁", "d"), (5_000.0, 110_000.0))),
        MONEY_WAN,
        digits,
    )


def test_a_chart_is_in_the_scale_of_the_language_and_its_labels_need_room():
    assert chart().shown("zh") == [[10.0, None], [0.5, 11.0]]
    assert chart().shown("en") == [[1.0, None], [0.05, 1.1]]
    # the tallest stack is 110,000: below 8,800 a part is thin, and so is one that is not there
    assert chart().thin(0) == {1}
    assert chart().thin(1) == {0}
    assert chart("bar").thin(1) == frozenset()
    edge = replace(chart(), series=(ChartSeries(A, (8_000.0, 92_000.0)), ChartSeries(A, (7_999.0, 8_000.0))))
    assert (edge.thin(0), edge.thin(1)) == (frozenset(), {0})
    with pytest.raises(ValueError, match="1 values for 2"):
        Chart("bar", (A, A), (ChartSeries(A, (1.0,)),), MONEY_WAN)


def test_a_figure_says_the_values_of_its_chart_and_holds_them():
    made = figure("k", Text("题", "Title"), chart(), A, ())
    assert made.alt.zh == "题：甲（亿元）：2019 10.0。丁（亿元）：2019 0.5、乙 11.0"
    assert made.alt.en == "Title: a (billion yuan): 2019 1.00. d (billion yuan): 2019 0.05, b 1.10"
    first, second = made.data.rows
    assert first.cells == (same("2019"), Number(100_000.0, 1, MONEY_WAN, 2019), Number(5_000.0, 1, MONEY_WAN, 2019))
    assert second.cells == (Text("乙", "b"), facts.BLANK, Number(110_000.0, 1, MONEY_WAN, None))
    assert made.data.key == "k-data"
