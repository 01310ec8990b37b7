"""Which years stand side by side, what growth is stated, and what a sheet lacks."""

from collections import namedtuple
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sample_report import FACT, GUESS

from bolang.document.model import Number, Paragraph, Section, Sentence
from bolang.foundation.text import Text
from bolang.pages.report import chapters, facts, growth, sheet
from bolang.pages.report.year_table import YearLine, best_years, year_table

A = Text("甲", "a")


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
