"""A rate of growth is not stated over a step that output does not make."""

from types import SimpleNamespace

import pytest

from bolang.atlas import Atlas
from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.diagnosis import diagnose
from bolang.diagnosis.series_breaks import broken_between, series_breaks
from bolang.foundation.text import same
from bolang.pages.report.growth import nominal

PLACE = SimpleNamespace(code="330782")


def fact(year, value, source="yearbook", unit="万元"):
    return Fact(PLACE.code, "gdp", same("gdp"), value, unit, year, "year", "measured", Provenance(same(source)))


def series(*facts):
    return {f.year: f for f in facts}


@pytest.mark.parametrize(
    ("value", "source", "broken"),
    [
        (161, "yearbook", True),
        (159, "yearbook", False),
        (69, "yearbook", True),
        (71, "yearbook", False),
        (126, "another", True),
        (124, "another", False),
        (89, "another", True),
        (91, "another", False),
    ],
)
def test_the_lines_within_and_between_sources(value, source, broken):
    found = series_breaks(series(fact(2020, 100.0), fact(2021, value, source)))
    assert found == ((2021,) if broken else ())


def test_a_gap_of_years_counts_by_the_step_a_year_and_units_do_not():
    assert series_breaks(series(fact(2018, 100.0), fact(2020, 250.0))) == ()
    assert series_breaks(series(fact(2018, 100.0), fact(2020, 260.0))) == (2020,)
    assert series_breaks(series(fact(2020, 1e4), fact(2021, 1.1, unit="亿元"))) == ()


def test_a_break_is_inside_only_where_it_is_crossed():
    assert broken_between((2021,), 2020, 2021)
    assert not broken_between((2021,), 2021, 2023)
    assert not broken_between((2021,), 2019, 2020)


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_the_newest_unbroken_stretch_is_stated(atlas):
    context = SimpleNamespace(atlas=atlas, county=atlas.county("义乌市"))
    values = {2019: 100.0, 2020: 104.0, 2021: 30.0, 2022: 33.0, 2023: 36.3}
    found = nominal(context, series(*(fact(year, value) for year, value in values.items())), revised=True)
    assert (found.first, found.last, found.rate) == (2021, 2023, pytest.approx(10.0))


@pytest.mark.parametrize(
    ("name", "year"),
    [("六合区", 2021), ("东营区", 2021), ("柯城区", 2021), ("武强县", 2021), ("儋州市", 2021), ("漠河市", 2023)],
)
def test_no_rate_is_stated_over_the_worst_steps_of_the_panels(atlas, name, year):
    """Liuhe's 1,676 of 2020 and 568 of 2021 are of two books: 66 % less is no fall of output."""
    stated = [line for line in diagnose(name, atlas=atlas).growth if line.kind == "nominal"]
    assert not [line for line in stated if line.first_year < year <= line.last_year]
