from dataclasses import replace

import pytest
from sample_report import CENSUS_NOTE, FIGURE, GDP, GDP_NOTE, TABLE, sample_document, say

from bolang.document.model import Note, Number, Paragraph, Row, Table
from bolang.document.numbering import Numbering, chinese_number
from bolang.foundation.text import Text
from bolang.foundation.units import DOLLARS_YI, MONEY_WAN, PERSONS, number_text


def test_money_reads_in_yi_in_chinese_and_in_billions_in_english():
    assert GDP.text == Text("1,485.6亿元", "148.56 billion yuan")
    assert Number(1_859_390, 2, PERSONS).text == Text("185.94万人", "1,859.4 thousand")
    assert Number(435.0, 1, DOLLARS_YI).text == Text("435.0亿美元", "43.50 billion US dollars")


def test_an_estimate_and_a_gap_say_so_wherever_they_show():
    estimate = Number(5.0, 1, MONEY_WAN, status="estimated")
    assert estimate.plain("zh").endswith("（估）")
    assert "(est.)" in estimate.plain("en")
    assert "（估计）" in estimate.text.zh
    assert "(estimated)" in estimate.text.en
    assert Number(5.0, 1, MONEY_WAN, stage="expected").text.zh.endswith("（预计执行数）")
    assert Number(5.0, 1, MONEY_WAN, status="unverified").plain("en").endswith("(unv.)")
    assert Number(None).plain("zh") == "未公布"
    assert Number(None).plain("en") == "not published"


def test_an_interval_stands_behind_its_value():
    assert Number(2.118, 2, low=2.09, high=2.147).plain("zh") == "2.12 (2.09–2.15)"


@pytest.mark.parametrize(
    ("value", "digits", "signed", "text"),
    [(-3.04, 1, False, "−3.0"), (3.0, 1, True, "+3.0"), (-0.04, 1, True, "0.0"), (1234567.0, 0, False, "1,234,567")],
)
def test_numbers_carry_a_true_minus_and_a_rounded_zero_has_no_sign(value, digits, signed, text):
    assert number_text(value, digits, signed=signed) == text


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_chinese_numerals(number, text):
    assert chinese_number(number) == text


def test_notes_are_numbered_in_the_order_a_reader_meets_them():
    numbering = Numbering(sample_document())
    assert numbering.notes == (GDP_NOTE, CENSUS_NOTE)
    assert numbering.note_number(CENSUS_NOTE) == 2


def test_headings_carry_the_numbers_of_both_languages():
    headings = Numbering(sample_document()).headings
    assert [h.number for h in headings] == [Text("一、", "1"), Text("（一）", "1.1"), Text("", "")]
    assert [h.level for h in headings] == [1, 2, 1]


def test_references_become_labels_and_english_sentences_are_spaced():
    numbering = Numbering(sample_document())
    pieces = numbering.pieces((say("见[[desk]]。", "See [[desk]]."), say("又[[profile]]。", "And [[profile]].")), "en")
    assert "".join(p.text for p in pieces) == "See Table 1. And Figure 1."


def test_a_reference_that_leads_nowhere_is_an_error():
    numbering = Numbering(sample_document())
    with pytest.raises(ValueError, match="nowhere"):
        numbering.pieces((say("[[nowhere]]", "[[nowhere]]"),), "zh")


def test_one_note_key_cannot_carry_two_texts():
    document = sample_document()
    clash = Paragraph((say("甲", "a", Note("gdp", Text("另一条", "another"))),))
    with pytest.raises(ValueError, match="two texts"):
        Numbering(replace(document, front=(*document.front, clash)))


def test_two_objects_cannot_share_a_key():
    document = sample_document()
    with pytest.raises(ValueError, match="share the key"):
        Numbering(replace(document, front=(*document.front, replace(FIGURE, key="desk"))))


def test_a_ragged_table_is_refused():
    with pytest.raises(ValueError, match="cells in a row"):
        Table("t", TABLE.caption, TABLE.columns, (Row((GDP,)),), TABLE.source)
