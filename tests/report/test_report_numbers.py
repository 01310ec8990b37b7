"""Numbers on their way into a document: units, decimals, years, growth, marks; by hand, and read back from the files."""

import io
import json
from collections import namedtuple
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import FACT, GDP_NOTE, GUESS, sample_document

from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.document.chart import Chart, ChartSeries
from bolang.document.harmless import LONGEST, harmless
from bolang.document.model import Column, Note, Number, Paragraph, Row, Section, Sentence, Table
from bolang.document.numbering import Numbering, chinese_number
from bolang.document.tidy import tidy
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
from bolang.pages.report import chapters, facts, growth, say, sheet
from bolang.pages.report.chart_figure import figure
from bolang.pages.report.source_names import source_name
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.publish.batch import BatchLine, save_summary, summary_path
from bolang.publish.handbook import rewritten
from bolang.render import render
from bolang.render.flat import anchor, flatten
from bolang.wording.dates import date_text

A = Text("甲", "a")


# ---------------------------------------------------------------- units and decimals
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


# ---------------------------------------------------------------- a number in a table, a sentence, a card
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


# ---------------------------------------------------------------- tables of years
def test_the_years_of_a_table_are_the_fullest_and_the_newest():
    assert best_years([[2020, 2021, 2022], [2020, 2022], [2020]], 2) == (2020, 2022)
    assert best_years([[2023], [2019, 2021], [2019, 2021]], 2) == (2021, 2023)  # equally full: the later
    assert best_years([[2023], [2019, 2021], [2019, 2021]], 3) == (2019, 2021, 2023)
    assert best_years([[2017, 2018, 2023], [2017, 2018]], 5) == (2018, 2023)  # 2017 lies more than six years back
    assert best_years([[2020, 2021], [2019]], 5) == (2019, 2020, 2021)  # nothing fuller: single figures stay
    assert best_years([[2019, 2020, 2022], [2020, 2022]], 5) == (2020, 2022)  # 2019 holds a single figure
    assert best_years([[2020, 2020]], 5) == (2020,)
    assert best_years([], 3) == ()


def test_a_table_of_years_has_a_row_for_what_has_a_figure():
    first = YearLine.from_facts(A, {2020: FACT, 2021: GUESS}, [2020])
    assert dict(first.figures) == {2020: facts.number_of(FACT)}
    assert first.notes[0].facts == (FACT,)
    none, extra = YearLine(Text("乙", "b"), {2018: Number(1.0)}), YearLine(Text("丙", "c"), {}, extra=(Number(7.0),))
    table = year_table("k", A, A, (2019, 2020), [first, none], A)
    assert [row.cells for row in table.rows] == [(A, facts.BLANK, facts.number_of(FACT))]
    assert [column.label.zh for column in table.columns] == ["甲", "2019", "2020"]
    assert [row.cells for row in year_table("k", A, A, (), [none, extra], A, others=[A]).rows] == [
        (Text("丙", "c"), Number(7.0))
    ]


# ---------------------------------------------------------------- growth
Territory = namedtuple("Territory", "comparable")


def context(alike=lambda first, last: True, **changes):
    territory = Territory(lambda county, first, last: alike(first, last))
    return SimpleNamespace(atlas=SimpleNamespace(territory=territory), county=None, **changes)


def series(values, **changes):
    return {year: replace(FACT, value=value, year=year, **changes) for year, value in values.items()}


def test_growth_is_the_yearly_rate_over_at_most_four_years():
    """100 to 146.41 in four years is 10 % a year."""
    found = growth.nominal(context(), series({2015: 50.0, 2018: 100.0, 2022: 146.41}), revised=False)
    assert (found.first, found.last, found.rate) == (2018, 2022, pytest.approx(10.0))
    assert [fact.year for fact in found.facts] == [2018, 2022]
    assert growth.nominal(context(), series({2017: 100.0, 2022: 146.41}), revised=False) is None
    assert growth.nominal(context(), series({2022: 146.41}), revised=False) is None
    assert growth.nominal(context(), series({2021: 0.0, 2022: 5.0}), revised=False) is None
    assert growth.nominal(context(), series({2021: 5.0, 2022: 0.0}), revised=False) is None
    mixed = {2021: replace(FACT, value=1.0, unit="亿元"), 2022: replace(FACT, value=11_000.0)}
    assert growth.nominal(context(), mixed, revised=False).rate == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("first", "last", "stated"), [(2013, 2014, False), (2012, 2013, True), (2014, 2016, True), (2017, 2019, False), (2018, 2019, False),
                                  (2019, 2022, True), (2023, 2024, False), (2022, 2023, True)]
)  # fmt: skip
def test_output_is_not_compared_across_a_census_year(first, last, stated):
    found = series({first: 100.0, last: 110.0})
    assert growth.comparable(context(), found, first, last, revised=True) is stated
    assert growth.comparable(context(), found, first, last, revised=False)


def test_figures_of_two_revisions_or_two_territories_are_not_compared():
    found = series({2020: 1.0}) | series({2021: 2.0}, revision="after")
    assert not growth.comparable(context(), found, 2020, 2021, revised=False)
    apart = context(alike=lambda first, last: not first < 2021 <= last)
    later = growth.nominal(apart, series({2020: 100.0, 2021: 100.0, 2022: 120.0}), revised=False)
    assert (later.first, later.rate) == (2021, pytest.approx(20.0))


def test_the_same_years_of_the_region_above():
    own = growth.Growth(2020, 2022, 0.0, ())
    assert growth.same_period(series({2020: 100.0, 2022: 144.0}), own) == pytest.approx(20.0)
    assert growth.same_period(series({2020: 100.0, 2021: 144.0}), own) is None
    assert growth.same_period(series({2021: 100.0, 2022: 144.0}), own) is None
    assert growth.same_period(series({2020: 0.0, 2022: 144.0}), own) is None
    assert growth.same_period(series({2020: 1.0}) | series({2022: 2.0}, revision="after"), own) is None


def test_a_break_is_the_first_year_of_the_new_basis():
    plain = series({2019: 1.0, 2020: 1.0, 2021: 1.0})
    assert growth.break_between(context(), plain) is None
    assert growth.break_between(context(), series({2021: 1.0})) is None
    after = {2021: replace(FACT, year=2021, revision="after")}
    assert growth.break_between(context(), plain | after) == 2021
    both = after | {2020: replace(FACT, year=2020, revision="after")}
    assert growth.break_between(context(), plain | both) == 2020
    assert growth.break_between(context(alike=lambda first, last: (first, last) != (2020, 2021)), plain) == 2021


# ---------------------------------------------------------------- what a sheet lacks
@pytest.mark.parametrize(
    ("years", "small", "lacks", "is_sheet"),
    [
        ({"gdp": 2021, "fiscal_revenue": 2021, "fiscal_expenditure": 2021, "debt_balance": 2021}, False, (), False),
        ({"gdp": 2020, "fiscal_revenue": 2021, "fiscal_expenditure": 2021, "debt_balance": 2021}, False, ("accounts",), True),
        ({"gdp": 2021, "fiscal_revenue": 2021, "debt_balance": 2021}, False, ("finance",), True),
        ({"gdp": 2021, "fiscal_revenue": 2021, "fiscal_expenditure": 2021}, False, ("debt",), False),
        ({"gdp": 2021, "fiscal_revenue": 2021, "fiscal_expenditure": 2021}, True, ("debt", "industry"), True),
        ({"gdp": 2021, "fiscal_revenue": 2021, "fiscal_expenditure": 2021, "debt_balance": 2021}, True, ("industry",), False),
    ],
)  # fmt: skip
def test_figures_of_the_last_five_years_make_an_analysis(years, small, lacks, is_sheet):
    def row(key):
        return SimpleNamespace(latest=SimpleNamespace(year=years[key]) if key in years else None)

    asked = context(day=date(2026, 5, 1), desk=SimpleNamespace(row=row), small_sample=small)
    assert sheet.lacking(asked) == lacks
    assert sheet.is_sheet(asked) is is_sheet
    assert len(sheet.lacking_names(asked)) == len(lacks)


def test_chapters_with_nothing_to_say_are_left_out():
    full, bare = Section("economy", A, (Paragraph((Sentence(A),)),)), Section("finance", A, ())
    assert chapters.written([full, bare, full]) == (full, full)


# ---------------------------------------------------------------- words
def test_lists_ordinals_and_chances():
    b, c = Text("乙", "b"), Text("丙", "c")
    assert say.listed([]) == same("")
    assert say.listed([A]) == A
    assert say.listed([A, b]) == Text("甲和乙", "a and b")
    assert say.listed([A, b, c]) == Text("甲、乙和丙", "a, b and c")
    assert say.listed([Text("和县", "Hexian"), b]) == Text("和县与乙", "Hexian and b")
    endings = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 10: "10th", 11: "11th", 12: "12th", 13: "13th", 20: "20th", 21: "21st", 111: "111th",
               112: "112th", 101: "101st", 1022: "1,022nd", 120: "120th"}  # fmt: skip
    assert {number: say.ordinal(number) for number in endings} == endings
    assert say.place(1003) == Text("1,003", "1,003rd")
    assert [say.chance(x) for x in (0.994, 0.9951, 0.005, 1.0)] == ["99%", ">99%", "0%", ">99%"]
    assert say.lower(Text("甲", "Output per head")).en == "output per head"
    assert say.lower(Text("甲", "GDP per head")).en == "GDP per head"
    assert say.lower(Text("甲", "Yiwu market")).en == "Yiwu market"
    bare = say.paragraph(None, Sentence(A), None)
    assert (len(bare.sentences), bare.role) == (1, "body")
    assert say.filled(say.paragraph(None), bare) == (bare,)
    assert say.paragraph(Sentence(A), bullet=True).role == "bullet"


@pytest.mark.parametrize("number", range(1, 100))
def test_chinese_numerals_add_up(number):
    values = {character: value for value, character in enumerate("零一二三四五六七八九")}
    tens, cross, ones = chinese_number(number).partition("十")
    read = (values[tens] if tens else 1) * 10 + (values[ones] if ones else 0) if cross else values[tens]
    assert read == number


def test_dates_in_both_languages():
    assert date_text(date(2026, 3, 1)) == Text("2026年3月1日", "1 March 2026")


def test_headings_count_within_their_chapter_and_unnumbered_ones_do_not_count():
    def section(key, *inner, numbered=True):
        return Section(key, A, inner, numbered)

    deep = section("d", section("e"), section("f"))
    document = replace(
        sample_document(),
        front=(),
        sections=(section("a", section("b"), deep), section("x", section("y"), numbered=False), section("c")),
    )
    numbers = {heading.section.key: heading.number for heading in Numbering(document).headings}
    assert numbers == {
        "a": Text("一、", "1"), "b": Text("（一）", "1.1"), "d": Text("（二）", "1.2"), "e": Text("1. ", "1.2.1"), "f": Text("2. ", "1.2.2"),
        "x": Text("", ""), "y": Text("（一）", "1"), "c": Text("二、", "2"),
    }  # fmt: skip


def test_notes_stand_in_the_order_of_their_numbers_and_are_first_once():
    one, two = Note("one", A, (FACT,)), Note("two", A)
    document = replace(
        sample_document(),
        front=(Paragraph((Sentence(A, (one,)), Sentence(A, (two,)), Sentence(A, (Note("one", A, (GUESS,)),)))),),
        sections=(),
    )
    numbering = Numbering(document)
    assert numbering.notes[0].facts == (FACT, GUESS)
    marks = numbering.note_pieces((two, one))
    assert [(mark.text, mark.first) for mark in marks] == [("1", True), ("2", True)]
    assert [mark.first for mark in numbering.note_pieces((two,))] == [False]
    with pytest.raises(ValueError, match="nothing"):
        numbering.label("nothing")


# ---------------------------------------------------------------- charts
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


# ---------------------------------------------------------------- cleaning
def test_gaps_and_minus_signs_of_a_text():
    assert tidy(Text("增长 5.3% 以上 GDP", "x")).zh == "增长5.3%以上GDP"
    assert tidy(Text("下降-3.0", "GDP -3.0 (-2) 2019-2020")) == Text("下降−3.0", "GDP −3.0 (−2) 2019-2020")
    unchanged = (Text("甲", "a"), Number(1.0))
    assert tidy(unchanged) is unchanged
    assert tidy((Sentence(Text("共 5 个", "5")),))[0].text.zh == "共5个"
    assert tidy(GDP_NOTE).facts is GDP_NOTE.facts


def test_a_text_ends_somewhere_and_steers_nothing():
    long = "甲" * LONGEST
    assert harmless(long) is long
    assert harmless(long + "乙") == long[:-1] + "…"
    assert harmless({"a\x00": ["b\x1b", ("c\x07",)]}) == {"a�": ["b�", ("c�",)]}
    assert harmless(Row((Text("a\x00", "b"),))).cells[0] == Text("a�", "b")
    clean = sample_document()
    assert harmless(clean) == clean


# ---------------------------------------------------------------- read back from files
@pytest.fixture(scope="module", params=["zh", "en"])
def book(request):
    lang = request.param
    return lang, openpyxl.load_workbook(io.BytesIO(render(sample_document(), "xlsx", lang)))


def test_the_workbook_has_every_number_in_its_place_scale_and_form(book):
    lang, found = book
    sheet = found["全部数字" if lang == "zh" else "All numbers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    gdp, scale = (1485.6, "亿元") if lang == "zh" else (148.56, "billion yuan")
    missing = "未公布" if lang == "zh" else "not published"
    table = "表1" if lang == "zh" else "Table 1"
    values = [(row[0], *row[3:8]) for row in rows]
    assert values[0][1:] == (pytest.approx(gdp), scale, 2020, None, None)
    assert values[1] == (table, pytest.approx(gdp), scale, 2020, None, None)
    assert values[2] == (table, -7.94, "%", 2021, -9.0, -6.0)
    assert values[3] == (table, missing, "%", None, None, None)
    assert values[4][1] == pytest.approx(gdp)
    assert len(values) == 5
    growth_row = 4
    cell = sheet.cell(growth_row, 4)
    assert (cell.number_format, cell.font.italic) == ("#,##0.0", True)
    assert sheet.cell(2, 4).number_format == ("#,##0.0" if lang == "zh" else "#,##0.00")
    assert not sheet.cell(2, 4).font.italic


def test_the_workbook_has_every_fact_with_as_many_decimals_as_it_needs(book):
    lang, found = book
    sheet = found["事实" if lang == "zh" else "Facts"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    wan = "万元" if lang == "zh" else "10,000 yuan"
    assert [row[:6] for row in rows] == [
        [1, "330782", "地区生产总值" if lang == "zh" else "GDP", 14856000, wan, 2020],
        [1, "330782", "地区生产总值" if lang == "zh" else "GDP", 123.25, wan, 2021],
    ]
    assert [row[8] for row in rows] == ["浙江统计年鉴", "推算"]
    assert [sheet.cell(row, 4).number_format for row in (2, 3)] == ["#,##0", "#,##0.00"]
    assert [bool(sheet.cell(row, 4).font.italic) for row in (2, 3)] == [False, True]


def test_a_table_of_the_workbook_stands_as_it_does_in_the_document(book):
    lang, found = book
    sheet = found["表1" if lang == "zh" else "Table 1"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == (
        ["指标", "数值", "位次｜省内", "位次｜市内"]
        if lang == "zh"
        else ["Item", "Value", "Rank: Province", "Rank: Prefecture"]
    )
    body = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=6)]
    assert [row[0] for row in body] == (
        ["地区生产总值", "增速", "债务率"] if lang == "zh" else ["GDP", "Growth", "Debt rate"]
    )
    assert body[0][2:] == ["3/90", "1/9"]
    assert [bool(sheet.cell(row, 1).font.bold) for row in (4, 5)] == [True, False]
    assert sheet.freeze_panes == "B4"
    assert sheet.cell(8, 1).value.endswith("<普查>" if lang == "zh" else "<census>")
    index = found.worksheets[0]
    assert [index.cell(row, 1).value for row in range(5, 10)] == found.sheetnames[1:]


def test_signed_figures_and_figures_with_their_year_keep_both_in_the_workbook():
    cells = (Number(5.0, 1, PERCENT, 2020, signed=True), Number(6.0, 0, PERCENT, 2021, dated=True))
    table = Table("k", A, (Column(A), Column(A)), (Row(cells),), A)
    document = replace(sample_document(), front=(), sections=(Section("s", A, (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx", "zh")))["表1"]
    assert [cell.number_format for cell in sheet[4]] == ["+#,##0.0;-#,##0.0;#,##0.0", '#,##0"（2021）"']


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_has_every_number_in_its_scale_with_its_bounds(lang):
    data = json.loads(render(sample_document(), "json", lang))
    inner = data["sections"][0]["blocks"][0]
    table, drawn, bullet = inner["blocks"]
    scale = 1e-4 if lang == "zh" else 1e-5
    assert table["rows"][0]["cells"][1]["value"] == pytest.approx(14856000.0 * scale)
    falling = table["rows"][1]["cells"][1]
    assert (falling["value"], falling["low"], falling["high"], falling["year"], falling["status"]) == (
        -7.94,
        -9.0,
        -6.0,
        2021,
        "estimated",
    )
    assert table["rows"][2]["cells"][1]["value"] is None
    assert [column["group"] for column in table["columns"]] == [
        "",
        "",
        *(["位次"] * 2 if lang == "zh" else ["Rank"] * 2),
    ]
    assert drawn["data"]["rows"][0]["cells"][1]["value"] == pytest.approx(14856000.0 * scale)
    assert bullet["sentences"][0]["notes"] == [1]
    assert [note["number"] for note in data["notes"]] == [1, 2]
    assert [fact["value"] for fact in data["notes"][0]["facts"]] == [14856000.0, 123.25]
    assert [block["type"] for block in data["front"]] == ["section", "keyfigures", "box"]
    assert data["front"][1]["items"][0]["number"]["value"] == pytest.approx(14856000.0 * scale)


def test_flat_heads_span_their_group_and_numbers_can_be_looked_up():
    pairs = [("g", "x"), ("g", "y"), (None, "p"), ("g", "z"), ("h", "w")]
    columns = tuple(Column(same(name), group=None if group is None else same(group)) for group, name in pairs)
    known = Number(5.0, facts=(replace(FACT, origin="workspace"),), year=2020)
    row = Row((known, Number(None), A, A, A), strong=True, key="r")
    table = Table("a.b", A, columns, (row,), A, (GDP_NOTE,))
    document = replace(sample_document(), front=(), sections=(Section("s", A, (table,)), Section("t", A, (), False)))
    flat = flatten(document, "en", lambda figure: {})
    made = flat["body"][0]["blocks"][0]
    upper, lower = made["heads"]
    assert [(head["text"], head["span"], head["rows"]) for head in upper] == [
        ("g", 2, 1),
        ("p", 1, 2),
        ("g", 1, 1),
        ("h", 1, 1),
    ]
    assert [head["text"] for head in lower] == ["x", "y", "z", "w"]
    first, second, third = made["rows"][0]["traces"][:3]
    assert (first["facts"], first["own"], first["year"]) == ([("330782", "gdp", 2020)], True, 2020)
    assert second is None
    assert third is None
    assert made["id"] == anchor("a.b") == "item-a-b"
    assert made["caption"] == "Table 1. a"
    assert [entry["text"] for entry in flat["contents"]] == ["1 a", "a"]
    assert flat["notes"] == [{"number": 1, "text": GDP_NOTE.text.en}]
    single = replace(table, columns=tuple(Column(same(name)) for _, name in pairs))
    plain = flatten(replace(document, sections=(Section("s", A, (single,)),)), "zh", lambda figure: {})["body"][0][
        "blocks"
    ][0]
    assert [[head["text"] for head in line] for line in plain["heads"]] == [["x", "y", "p", "z", "w"]]


# ---------------------------------------------------------------- many reports, the handbook
def test_the_table_of_a_batch_has_every_figure_with_its_year_and_no_formula(tmp_path):
    lines = [
        BatchLine("义乌", "义乌市", "330782", "a.docx", "", (("gdp", 1.5, 2023), ("debt_balance", 2.0, 2022))),
        BatchLine("=1+1", "", "", "", "no", ()),
    ]
    path = save_summary(lines, summary_path(tmp_path, date(2026, 1, 2)))
    assert path.name == "reports_2026-01-02.csv"
    head, first, second = path.read_bytes().decode("utf-8-sig").splitlines()
    assert head.startswith("asked,unit,code,file,error,gdp (")
    assert first == "义乌,义乌市,330782,a.docx,,1.5,2023,,,,,2.0,2022"
    assert second == "'=1+1,,,,no,,,,,,,,"


def test_only_the_table_of_a_handbooks_page_is_rewritten():
    grid = SimpleNamespace(title=Text("", "T"), markdown=lambda lang: "\n| new |\n")
    assert rewritten("a\n\n**T**\n\n| old |\n| old |\n\nb\n", grid) == "a\n\n**T**\n\n| new |\n\nb\n"
    assert rewritten("**T**\n\n| old |", grid) == "**T**\n\n| new |\n"
    assert rewritten("nothing", grid) == "nothing"


@pytest.mark.parametrize(("lang", "code", "words"), [("zh", "zh-CN", "目录"), ("en", "en", "Contents")])
def test_a_page_says_its_language_as_browsers_know_it(lang, code, words):
    flat = flatten(sample_document(), lang, lambda figure: {})
    assert (flat["lang"], flat["words"]["contents"]) == (code, words)
    summary, cards, box = flat["front"]
    assert (summary["type"], summary["level"], summary["text"]) == ("section", 0, "摘要" if lang == "zh" else "Summary")
    (card,) = cards["cards"]
    assert (card["value"], card["unit"]) == (("1,485.6", "亿元") if lang == "zh" else ("148.56", "billion yuan"))
    assert card["trace"]["status"] == "measured"
    assert box["paragraphs"][0]["lead"] == ("要点。" if lang == "zh" else "Point.")
    chapter = flat["body"][0]
    assert (chapter["level"], chapter["text"]) == (1, "一、历程" if lang == "zh" else "1 Course")
    inner = chapter["blocks"][0]
    assert (inner["level"], inner["text"]) == (2, "（一）行业" if lang == "zh" else "1.1 Industry")
    assert inner["blocks"][1]["caption"] == ("图1　区位商" if lang == "zh" else "Figure 1. Quotients")
    assert [row["strong"] for row in inner["blocks"][0]["rows"]] == [True, False, False]
    assert [entry["level"] for entry in flat["contents"]] == [1, 1]
