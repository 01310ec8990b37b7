import pytest

from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.pages.diagnosis.figures import quantity, share


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(1234567.891, 1, "1,234,567.9"), (-3.25, 1, "−3.2"), (-0.04, 1, "0.0"), (0.0, 0, "0"), (-1200.0, 0, "−1,200")],
)
def test_numbers_have_separators_a_real_minus_and_no_negative_zero(value, digits, written):
    assert number_text(value, digits) == written


def test_units_stand_apart_unless_they_are_per_cent():
    assert quantity(12.0, 1, Text("%", "%")).zh == "12.0%"
    assert quantity(79897, 0, Text("元", "yuan")) == Text("79,897 元", "79,897 yuan")


@pytest.mark.parametrize(("percentile", "written"), [(100.0, "99.9"), (0.0, "0.1"), (99.65, "99.7"), (50.4, "50")])
def test_a_share_never_claims_to_beat_everybody(percentile, written):
    assert share(percentile) == written
