"""Lists, ordinals, headings, notes and cleaning: what becomes of words on their way into a document."""

from dataclasses import replace
from datetime import date

import pytest
from sample_report import FACT, GDP_NOTE, GUESS, sample_document

from bolang.document.harmless import LONGEST, harmless
from bolang.document.model import Note, Number, Paragraph, Row, Section, Sentence
from bolang.document.numbering import Numbering, chinese_number
from bolang.document.tidy import tidy
from bolang.foundation.text import Text, same
from bolang.pages.report import say
from bolang.wording.dates import date_text

A = Text("甲", "a")


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
