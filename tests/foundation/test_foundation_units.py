"""Units and the number writer: the same amount in both languages, to the same precision, with no decimal too many."""

import math

import pytest

from bolang.foundation import units
from bolang.foundation.text import Text, same
from bolang.foundation.units import (
    Unit,
    digits_for,
    exact_digits,
    exact_text,
    number_text,
    power_text,
    rough_text,
    span_text,
    unit_of,
)

A = Text("甲", "a")
AMOUNTS = {"MONEY_WAN": 1e4, "MONEY_YI": 1e8, "MONEY_WAN_SMALL": 1e4, "DOLLARS_YI": 1e8, "PERSONS": 1.0, "PERSONS_MANY": 1.0, "HOUSEHOLDS": 1.0, "TONNES": 1e6, "PERSONS_EXACT": 1.0, "PERSONS_FEW": 1.0}  # fmt: skip
"""What a stored one is, in yuan, dollars, tonnes or heads."""
WORTH = {"亿元": 1e8, "万元": 1e4, "亿美元": 1e8, "万人": 1e4, "万户": 1e4, " billion yuan": 1e9, " million yuan": 1e6,
         " billion US dollars": 1e9, " thousand": 1e3, " million": 1e6, "万吨": 1e4, " million tonnes": 1e6, "人": 1.0, " persons": 1.0}  # fmt: skip
"""What the name of a unit says it is."""


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_figure_times_its_unit_is_the_amount(name):
    unit = getattr(units, name)
    assert unit.scale("zh") * WORTH[unit.label.zh] == pytest.approx(AMOUNTS[name])
    assert unit.scale("en") * WORTH[unit.label.en] == pytest.approx(AMOUNTS[name])


@pytest.mark.parametrize("power", range(-40, 41))
def test_ten_times_smaller_is_a_decimal_more(power):
    assert digits_for(Unit(A, 10.0**power, 1.0), "en", 60) == 60 + power
    assert digits_for(Unit(A, 10.0**power, 1.0), "".join("zh"), 60) == 60


def test_a_unit_of_its_own_is_not_scaled():
    assert (Unit(A).scale("zh"), Unit(A).scale("en")) == (1.0, 1.0)
    assert {units.NONE, units.PERCENT, units.YUAN, units.KM} >= {u for u in vars(units).values() if u == units.KM}
    for unit in (units.NONE, units.PERCENT, units.YUAN, units.KM):
        assert (unit.scale("zh"), unit.scale("en")) == (1.0, 1.0)
    with pytest.raises(AttributeError):
        units.KM.scale_zh = 2.0


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.0, 0),
        (1.0, 0),
        (-0.5, 1),
        (0.25, 2),
        (5e-10, 0),
        (1e-9, 6),
        (1.5e-9, 6),
        (1e9 + 0.25, 0),
        (1e6 + 0.25, 2),
        (123.456789, 6),
    ],
)
def test_a_difference_below_a_thousand_millionth_is_none(value, digits):
    """Of a value beyond one, a thousand millionth of the value."""
    assert exact_digits(value) == digits
    assert exact_text(value) == number_text(value, digits)


@pytest.mark.parametrize(
    ("value", "significant", "text"),
    [(1234.56, 3, "1,230"), (0.012345, 2, "0.012"), (2.0, 3, "2"), (0.0, 2, "0"), (-98.76, 2, "−99"), (1e-7, 1, "0.0000001"), (0.00012345678, 8, "0.00012345678"), (999_999.9999, 10, "999,999.9999")],
)  # fmt: skip
def test_so_many_significant_digits_and_no_zeros_at_the_end(value, significant, text):
    assert rough_text(value, significant) == text


@pytest.mark.parametrize("value", [1.5, -2.4, 0.0, 1234.5, -0.4, 999.6])
def test_a_number_has_no_decimals_unless_they_are_asked_for(value):
    assert number_text(value) == number_text(value, 0)
    assert "." not in number_text(value)
    assert span_text(value, 10_000.0) == span_text(value, 10_000.0, 0)
    assert power_text(value) == power_text(value, 0)


def test_a_residual_is_written_by_its_power():
    assert (power_text(0.00012345), power_text(0.00012345, 2), power_text(1.0)) == ("1e-04", "1.23e-04", "1e+00")


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (1.0, 2.0, "1–2", "1–2"),
        (-1.0, 2.0, "−1至2", "−1 to 2"),
        (-2.0, -1.0, "−2至−1", "−2 to −1"),
        (1.0, -1.0, "1至−1", "1 to −1"),
        (-0.3, 0.3, "0–0", "0–0"),
    ],
)
def test_a_dash_does_not_stand_beside_a_minus(low, high, zh, en):
    assert span_text(low, high) == Text(zh, en)


@pytest.mark.parametrize("first", "0123456789")
def test_a_unit_that_begins_with_a_figure_is_multiplied(first):
    assert unit_of(Text("万", f"{first}0,000 yuan")).label.en == f" × {first}0,000 yuan"


def test_half_a_name_is_a_unit_and_no_name_is_none():
    assert unit_of(Text("", "")) is units.NONE
    assert unit_of(Text("", "persons")) == Unit(Text("", " persons"))
    assert unit_of(Text("个", "")) == Unit(Text("个", ""))
    assert unit_of(same("%")) == Unit(same("%"))
    assert unit_of(Text("百分点", "%")).label.en == "%"
    assert Unit(Text(" 甲 ", " a ")).name == A
    assert math.isclose(units.MONEY_WAN.scale("zh"), 10 * units.MONEY_WAN.scale("en"))


@pytest.mark.parametrize(
    ("value", "significant", "text"),
    [(1e-24, 1, "0." + "0" * 23 + "1"), (1e-25, 1, "1e-25"), (1.5e-23, 2, "0." + "0" * 22 + "15"), (1.234e-30, 3, "1.23e-30"), (-4e-40, 2, "-4.0e-40"), (98765.0, 2, "99,000"), (99.96, 3, "100"),
     (1000.0, 2, "1,000"), (0.5, 3, "0.5"), (120.0, 4, "120")],
)  # fmt: skip
def test_beyond_twenty_four_decimals_a_number_is_written_by_its_power(value, significant, text):
    assert rough_text(value, significant) == text
