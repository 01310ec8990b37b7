"""Texts side by side: what a name is inside a sentence, in brackets, in a list, and to somebody who looks for it."""

import pytest

from bolang.foundation.text import Text, default_language, join, language, last_and, same, speaking, tr

BOTH = Text("甲县（县级）", "Jia (a county)")


@pytest.mark.parametrize(
    ("text", "inside"),
    [("Output per head", "output per head"), ("GDP per head", "GDP per head"), ("A county", "a county"), ("GDp", "GDp"), ("X", "x"), ("", ""), ("iPad", "iPad"), ("2 Cities", "2 Cities"),
     ("Éa", "éa")],
)  # fmt: skip
def test_inside_a_sentence_a_name_begins_small_and_an_abbreviation_does_not(text, inside):
    assert Text("甲", text).lowered == Text("甲", inside)


def test_what_stands_in_brackets_is_no_part_of_the_name():
    assert BOTH.bare == Text("甲县", "Jia")
    assert Text("甲", "a(b) (c) (d)").bare == Text("甲", "a(b)")
    assert Text("甲(乙)", "a").bare == Text("甲(乙)", "a")


def test_a_name_is_called_by_either_form_whole():
    assert BOTH.called("甲县（县级）")
    assert BOTH.called("  jia (A county) ")
    assert not BOTH.called("Jia")
    assert not BOTH.called("")
    assert Text("甲", "Straße").called("STRASSE")
    assert (BOTH.forms, BOTH.key) == (("甲县（县级）", "Jia (a county)"), "甲县（县级）")


def test_a_name_mentions_a_part_of_either_form():
    assert BOTH.mentions("COUNTY")
    assert BOTH.mentions("县级")
    assert not BOTH.mentions("市")
    assert Text("甲", "").mentions("甲")
    assert Text("", "a").mentions("A")


def test_values_are_set_in_each_from_its_own_language():
    made = Text("{b}的{a}", "{a} of {b}").filled({"a": Text("甲", "A"), "b": Text("乙", "B")})
    assert made == Text("乙的甲", "A of B")


@pytest.mark.parametrize(
    ("items", "word"),
    [(["a", "b"], " and "), (["a and b", "c"], ", and "), (["a", "b and c"], ", and "), (["sand", "b"], " and "), ([], " and ")],
)  # fmt: skip
def test_a_comma_stands_before_and_where_a_name_holds_one(items, word):
    assert last_and([same(item) for item in items]) == word


def test_texts_join_without_anything_in_chinese_and_with_a_space_in_english():
    parts = [Text("甲", "a"), Text("乙", "b"), Text("丙", "c")]
    assert join(iter(parts)) == Text("甲乙丙", "a b c")
    assert join(parts, "、", "; ") == Text("甲、乙、丙", "a; b; c")
    assert join([]) == same("")
    assert sum(parts, same("")) == Text("甲乙丙", "abc")


def test_a_language_is_that_of_the_task_even_when_the_task_fails(monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "zh")
    task = speaking("en")
    task.__enter__()
    assert (default_language(), tr("甲", "a"), str(Text("甲", "a"))) == ("en", "a", "a")
    assert not task.__exit__(KeyError, KeyError("x"), None)
    assert (default_language(), tr("甲", "a"), str(Text("甲", "a"))) == ("zh", "甲", "甲")
    assert [language(name) for name in ("zh", "ZH", "Zh", "en", "EN")] == ["zh", "zh", "zh", "en", "en"]


def test_a_text_cannot_be_changed():
    with pytest.raises(AttributeError):
        BOTH.zh = "乙"
    assert len({BOTH, Text("甲县（县级）", "Jia (a county)"), same("x")}) == 2
