"""Levels, texts of both languages, plain text, names."""

import pytest
from refusals import refused

from bolang.foundation.errors import (
    AmbiguousPlaceError,
    BolangError,
)
from bolang.foundation.judgement import Level, level_of
from bolang.foundation.names import Names
from bolang.foundation.plain import cell_text, line, plain
from bolang.foundation.text import Text, default_language, join, language, same, speaking, tr
from bolang.foundation.units import MONEY_WAN

pytestmark = pytest.mark.usefixtures("english")


def test_levels_begin_at_their_lines():
    lines = [
        (90, Level.OUTSTANDING),
        (75, Level.STRONG),
        (60, Level.ABOVE_MIDDLE),
        (40, Level.MIDDLING),
        (25, Level.BELOW_MIDDLE),
        (10, Level.WEAK),
    ]
    below = [*[level for _, level in lines[1:]], Level.VERY_WEAK]
    for (percentile, level), lower in zip(lines, below, strict=True):
        assert (level_of(percentile), level_of(percentile - 0.001)) == (level, lower)
    assert (level_of(100), level_of(0)) == (Level.OUTSTANDING, Level.VERY_WEAK)


def test_texts_join_add_and_mention_in_both_languages():
    a, b = Text("甲", "Alpha"), Text("乙", "b")
    assert join([a, b]) == Text("甲乙", "Alpha b")
    assert join([a, b], "、", ", ") == Text("甲、乙", "Alpha, b")
    assert a + b == Text("甲乙", "Alphab")
    assert a.mentions("ALP")
    assert a.mentions("甲")
    assert not a.mentions("乙")
    assert (a.in_("zh"), a.in_("en"), str(a)) == ("甲", "Alpha", "Alpha")
    assert same("x") == Text("x", "x")


def test_who_speaks_goes_before_the_setting(monkeypatch):
    monkeypatch.delenv("BOLANG_LANG")
    assert default_language() == "zh"
    monkeypatch.setenv("BOLANG_LANG", "")
    assert default_language() == "zh"
    monkeypatch.setenv("BOLANG_LANG", "EN")
    assert (default_language(), tr("甲", "a")) == ("en", "a")
    with speaking("zh"):
        assert (default_language(), tr("甲", "a")) == ("zh", "甲")
        with speaking("en"):
            assert default_language() == "en"
        assert default_language() == "zh"
    assert default_language() == "en"
    assert (language("ZH"), language("en")) == ("zh", "en")
    refused(language, "fr")


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\tb\nc", "a\tb\nc"), ("a\r\nb\rc", "a\nb\nc"), ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"), ("\x00\x08\x0e\x1f\x7f\x9f", "�" * 6),
     ("\u202e\u2066\u200e\ufeff\ufdd0\uffff", "�" * 6), ("\xa0甲\u2010\u2027\u2030\u2065\u206a", "\xa0甲\u2010\u2027\u2030\u2065\u206a"), ("\ud800", "�")],
)  # fmt: skip
def test_what_is_plain(text, clean):
    assert plain(text) == clean


def test_a_line_is_one_line_of_a_length():
    assert line("a\n b\t c") == "a b c"
    assert (line("abcde", 5), line("abcdef", 5), line("abcdef")) == ("abcde", "abcd…", "abcdef")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("-5.2%", "-5.2%"),
        ("-a", "'-a"),
        ("+3", "+3"),
        ("@x", "'@x"),
        ("a=1", "a=1"),
        ("", ""),
        ("－", "－"),
        ("\tx", "'\tx"),
        ("-2020/01-03", "-2020/01-03"),
    ],
)
def test_a_cell_is_no_formula(text, cell):
    assert cell_text(text) == cell


def test_errors_say_what_was_wrong_and_what_to_do():
    error = AmbiguousPlaceError("Which?", "Name one.", ["a", "b"])
    assert (str(error), error.message, error.hint, error.candidates) == (
        "Which? Name one.",
        "Which?",
        "Name one.",
        ("a", "b"),
    )
    assert str(BolangError("Wrong.")) == "Wrong."


def test_names_are_a_mapping_of_texts():
    names = Names("bolang.pathway.types", "axes")
    assert len(names) == len(list(names)) == len({**names})
    assert all(isinstance(text, Text) for text in names.values())
    with pytest.raises(KeyError):
        names["none"]


def test_a_language_is_told_by_its_letters():
    """A language read from a file is equal to the name, but not the same object."""
    zh, en = "".join(["z", "h"]), "".join(["e", "n"])
    assert Text("甲", "a").in_(zh) == "甲"
    assert Text("甲", "a").in_(en) == "a"
    assert language(zh) == "zh"
    assert MONEY_WAN.scale(zh) == 1e-4
    assert MONEY_WAN.scale(en) == 1e-5
