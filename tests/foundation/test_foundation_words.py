"""How numbers and two-language texts are written, by hand and from both sides of each line; what a parameter file holds."""

import math

import pytest

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import load_parameters, parse_parameters
from bolang.foundation.text import LANGUAGES, Text
from bolang.foundation.units import Unit, digits_for, exact_text, power_text, rough_text, span_text, unit_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (-2.25, "−2.25"),
        (1234567.5, "1,234,567.5"),
        (0.1234567, "0.123457"),
        (0.0, "0"),
        (1e-10, "0"),
    ],
)
def test_a_number_as_it_was_given(value, text):
    assert exact_text(value) == text


@pytest.mark.parametrize(
    ("value", "significant", "text"),
    [(1234.56, 3, "1,230"), (0.012345, 2, "0.012"), (2.0, 3, "2"), (-0.0996, 2, "−0.1"), (999.6, 3, "1,000"), (0.00012345, 4, "0.0001234"),
     (1.5e-7, 2, "0.00000015"), (0.0, 2, "0"), (-1.234e-12, 3, "−0.00000000000123"), (3.25e-300, 2, "3.2e-300")],
)  # fmt: skip
def test_a_number_to_so_many_digits(value, significant, text):
    assert rough_text(value, significant) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.00123, 0, "1e-03"), (0.00123, 1, "1.2e-03"), (0.0, 0, "0e+00"), (-45.6, 2, "-4.56e+01")],
)
def test_of_a_residual_the_power_of_ten_is_said(value, digits, text):
    assert power_text(value, digits) == text


@pytest.mark.parametrize(
    ("low", "high", "digits", "zh", "en"),
    [(1.2, 3.4, 1, "1.2–3.4", "1.2–3.4"), (-1.0, 2.0, 0, "−1至2", "−1 to 2"), (-3.0, -2.0, 0, "−3至−2", "−3 to −2"),
     (-0.04, 1.0, 1, "0.0–1.0", "0.0–1.0"), (1.0, -2.0, 0, "1至−2", "1 to −2"), (0.5, 0.5, 2, "0.50–0.50", "0.50–0.50")],
)  # fmt: skip
def test_a_dash_never_stands_beside_a_minus_sign(low, high, digits, zh, en):
    assert span_text(low, high, digits) == Text(zh, en)


@pytest.mark.parametrize("power", range(-3, 4))
@pytest.mark.parametrize("digits", [0, 2])
def test_a_figure_ten_times_smaller_has_a_decimal_more(power, digits):
    """The unit of English is 10 ** power times that of Chinese: as many decimals more, and never fewer than none."""
    unit = Unit(Text("甲", "a"), 1.0, 10.0**-power)
    assert digits_for(unit, "en", digits) == max(0, digits + power)
    assert digits_for(unit, "zh", digits) == digits
    assert unit.scale("en") == pytest.approx(10.0**-power)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (Text("万元", "10,000 yuan"), " × 10,000 yuan"),
        (Text("人", "persons"), " persons"),
        (Text("%", "%"), "%"),
        (Text("个", ""), ""),
        (Text("", "x"), " x"),
    ],
)
def test_the_english_unit_stands_apart(name, label):
    assert unit_of(name).label == Text(name.zh, label)
    assert (unit_of(name).scale_zh, unit_of(name).scale_en) == (1.0, 1.0)


# ---------------------------------------------------------------- texts
@pytest.mark.parametrize(
    ("english", "inside"),
    [
        ("Output", "output"),
        ("GDP", "GDP"),
        ("A", "a"),
        ("", ""),
        ("Yiwu", "yiwu"),
        ("OUtput", "OUtput"),
        ("5G base", "5G base"),
    ],
)
def test_a_text_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(english, inside):
    assert Text("甲", english).lowered == Text("甲", inside)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (Text("产出（现价）", "Output (nominal)"), Text("产出", "Output")),
        (Text("产出", "Output"), Text("产出", "Output")),
        (Text("（甲）乙", "f(x) (a) (b)"), Text("", "f(x)")),
    ],
)
def test_a_text_without_its_brackets(text, bare):
    assert text.bare == bare


def test_a_text_is_called_by_either_name_and_filled_with_its_own_language():
    text = Text("义乌市", "Yiwu")
    assert [text.called(name) for name in ("义乌市", " YIWU ", "yiwu", "义乌", "Yi", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert (text.forms, text.key) == (("义乌市", "Yiwu"), "义乌市")
    assert LANGUAGES == ("zh", "en")
    filled = Text("{place}有{count}个", "{count} in {place}").filled({"place": text, "count": Text("三", "three")})
    assert filled == Text("义乌市有三个", "three in Yiwu")


# ---------------------------------------------------------------- parameters
FILE = """
date: 2026-01-02
parameters:
  b: {{value: {value}, range: {range}, unit: "1", label: {{zh: 乙, en: b}}, source: Somebody}}
  a: {{value: [1, 2], unit: "1", label: {{zh: 甲, en: a}}, source: Somebody, note: read off a figure}}
"""


@pytest.mark.parametrize(
    ("value", "range_", "fits"),
    [("1.5", "[1, 2]", True), ("1", "[1, 2]", True), ("2", "[1, 2]", True), ("0.999", "[1, 2]", False), ("2.001", "[1, 2]", False),
     ("[1]", "[0, 2]", False), ("x", "[0, 2]", False), ("x", "null", True), (".nan", "[0, 2]", False)],
)  # fmt: skip
def test_a_value_lies_in_its_range_its_ends_included(value, range_, fits):
    text = FILE.format(value=value, range=range_)
    if fits:
        assert parse_parameters(text, "f")["b"].range == (None if range_ == "null" else (1.0, 2.0))
    else:
        with pytest.raises(ParameterError, match="Parameter file f is not valid"):
            parse_parameters(text, "f")


def test_a_number_is_a_number_and_values_are_their_own_key():
    found = parse_parameters(FILE.format(value="2.5", range="null"), "f")
    assert found.number("b") == found["b"].number == 2.5
    assert found.values == '{"a": [1, 2], "b": 2.5}'  # sorted, without words
    assert found["a"].label.text == Text("甲", "a")
    with pytest.raises(ParameterError, match="not a single number"):
        found.number("a")
    with pytest.raises(ParameterError, match="the file has: a, b"):
        found["c"]


def test_parameters_of_a_package_are_read_once_and_are_finite():
    one = load_parameters("bolang.pages.report")
    assert load_parameters("bolang.pages.report") is one
    assert all(math.isfinite(item.number) for item in one.parameters.values() if isinstance(item.value, int | float))
