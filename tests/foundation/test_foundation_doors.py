"""Checks at the public door, from both sides of every line."""

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from refusals import refused

from bolang.foundation import checks, doors
from bolang.foundation.text import Text, speaking

IT = Text("它", "It")


pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("value", [1, 2.5, -3, np.float32(1.5), np.int8(3), Fraction(1, 2), 0])
def test_a_real_number_passes_as_a_float(value):
    found = checks.number(value, IT)
    assert type(found) is float
    assert found == float(value)


@pytest.mark.parametrize(
    "value", [True, False, np.True_, "1", None, 1j, math.nan, math.inf, -math.inf, 10**400, [1], Decimal("0.5")]
)
def test_what_is_no_finite_number_is_refused(value):
    assert refused(checks.number, value, IT).hint == "It must be a number, and finite."


@pytest.mark.parametrize(("value", "fits"), [(1.0, True), (0.999, False), (2.0, True), (2.001, False)])
def test_the_bounds_of_a_number_belong_to_it(value, fits):
    if fits:
        assert checks.number(value, IT, low=1.0, high=2.0) == value
    else:
        assert (
            "between 1 and 2 yuan" in refused(checks.number, value, IT, low=1.0, high=2.0, unit=Text("元", "yuan")).hint
        )


def test_an_open_bound_is_not_named():
    assert refused(checks.number, 0, IT, low=1.0).hint == "It must be a number of 1 or more."
    assert refused(checks.number, 3, IT, high=2.0).hint == "It must be a number of 2 or less."
    assert refused(checks.count, -1, IT).hint == "It must be a whole number of 0 or more."
    with speaking("zh"):
        assert refused(checks.number, 0, IT, low=1.0, unit=Text("元", "yuan")).hint == "应为不小于 1 元 的数。"
        assert refused(checks.number, 3, IT, high=2.0).hint == "应为不大于 2 的数。"
        assert refused(checks.count, 9, IT, high=3).hint == "应为 0 到 3 之间的整数。"


@pytest.mark.parametrize(
    ("value", "fits"),
    [(0, True), (-1, False), (5, True), (6, False), (3.0, False), (True, False), (np.int64(4), True), ("3", False)],
)
def test_a_count_is_whole_and_within_its_bounds(value, fits):
    if fits:
        found = checks.count(value, IT, high=5)
        assert (type(found), found) == (int, int(value))
    else:
        refused(checks.count, value, IT, high=5)


@pytest.mark.parametrize(
    ("value", "fits"),
    [(1000, True), (999, False), (9999, True), (10_000, False), (2023.0, False), (True, False), (np.int32(2020), True)],
)
def test_a_year_has_four_digits(value, fits):
    if fits:
        assert checks.year(value) == value
    else:
        assert "four digits" in refused(checks.year, value).hint


def test_a_text_has_a_length_and_whole_characters():
    assert checks.text("甲" * 5, IT, longest=5) == "甲" * 5
    assert "5 characters at most" in refused(checks.text, "甲" * 6, IT, longest=5).hint
    for mark in ("\ud800", "\udfff"):
        assert "damaged" in refused(checks.text, f"a{mark}", IT).hint
    for mark in ("\ud7ff", "\ue000"):
        assert checks.text(mark, IT) == mark
    assert refused(checks.text, 3, IT).hint == "It must be text."


def test_a_choice_is_one_of_the_names():
    assert checks.choice("b", ("a", "b"), IT) == "b"
    for value in ("c", None, ["a"], 0):
        assert refused(checks.choice, value, ("a", "b"), IT).hint == "Choose from: a, b."


def test_a_wrong_value_is_shown_to_sixty_characters():
    assert checks.shown("x" * 58) == repr("x" * 58)
    assert checks.shown("x" * 59) == repr("x" * 59)[:60] + "…"
    assert checks.shown("a\n  b") == "'a\\n b'"

    class Silent:
        def __repr__(self):
            raise RuntimeError

    assert checks.shown(Silent()) == "<Silent>"


def test_a_default_is_not_asked_and_everything_else_is():
    asked = []

    @doors.door(size=lambda value, what: asked.append((value, what.en)))
    def measure(county, size=None, *, other=1):
        return county, size, other

    assert measure("a") == ("a", None, 1)
    assert measure("a", None) == ("a", None, 1)
    assert asked == []
    assert measure("a", 5, other=2) == ("a", 5, 2)
    assert measure("a", size=6) == ("a", 6, 1)
    assert asked == [(5, "size"), (6, "size")]
    with pytest.raises(AssertionError):
        doors.door(unknown=doors.path)(lambda known: known)


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (doors.real(0.0, 1.0), [0, 1, 0.5], [-0.1, 1.1, "1", None]),
        (doors.whole(1, 3), [1, 3], [0, 4, 1.0]),
        (doors.whole(), [0, 10**9], [-1]),
        (doors.one_of(iter(("a", "b"))), ["a", "b", "b"], ["c", None]),
        (doors.money, [0, 1e5, 3], [-1, 1e5 + 1, "3"]),
        (doors.seed, [0, 2**32 - 1], [-1, 2**32, 1.5]),
        (doors.yes_or_no, [True, False], [1, 0, None, "yes"]),
        (doors.path, ["a", Path("a")], [b"a", 1, None]),
        (doors.names, [["a"], ("a", "b"), {"a"}, [], ["x" * 100]], ["a", b"a", [1], ["x" * 101], {"a": 1}, None]),
        (doors.a(int, str, called=IT), [1, "a"], [1.0, None]),
        (doors.numbers_by_name, [{}, {"a": 1.5, "b": 2}], [{"a": "1"}, {1: 1}, {"a": math.inf}, {"x" * 101: 1}, [1], None]),
        (doors.answers, [{}, {"a": True, "b": False}], [{"a": 1}, {1: True}, {"x" * 101: True}, [True], None]),
    ],
)  # fmt: skip
def test_every_rule_from_both_sides(rule, good, bad):
    for value in good:
        rule(value, IT)
    for value in bad:
        refused(rule, value, IT)


def test_a_text_has_a_hundred_thousand_characters_unless_it_is_said_otherwise():
    assert checks.text("x" * 100_000, IT)
    refused(checks.text, "x" * 100_001, IT)
    with pytest.raises(TypeError):
        checks.text("x", IT, 5)
