"""Typing errors are corrected only where two sums agree; rows are put together without inventing figures."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.build import Build, PipelineError
from pipeline.census import INDUSTRY_AT, SECTIONS, columns, combine, families
from pipeline.census_repair import repair

FAMILIES = {"total": ("a", "b")}


def build(lines=None):
    return Build(Path(), Path(), (lines if lines is not None else []).append)


def frame(*rows):
    return pl.DataFrame(rows, schema=["key", "name", "total", "a", "b"], orient="row").cast(
        dict.fromkeys(("total", "a", "b"), pl.Float64)
    )


PARENTS = [None, "P", "P"]


def test_a_cell_that_breaks_row_and_prefecture_alike_is_corrected():
    wrong = frame(("P", "地区", 30, 12, 18), ("1", "甲", 10, 4, 60), ("2", "乙", 20, 8, 12))
    fixed, repairs = repair(build(), wrong, PARENTS, FAMILIES, 2010)
    assert fixed["b"].to_list() == [18, 6, 12]
    assert repairs == [("1", "甲", 2010, "b", 60.0, 6.0)]


def test_a_misplaced_decimal_point_is_corrected():
    wrong = frame(("P", "地区", 30, 12, 18), ("1", "甲", 10, 4, 0.6), ("2", "乙", 20, 8, 12))
    assert repair(build(), wrong, PARENTS, FAMILIES, 2010)[0]["b"].to_list() == [18, 6, 12]


def test_two_errors_in_one_column_are_told_apart_by_their_rows():
    wrong = frame(("P", "地区", 30, 12, 18), ("1", "甲", 10, 4, 60), ("2", "乙", 20, 8, 120))
    assert repair(build(), wrong, PARENTS, FAMILIES, 2010)[0]["b"].to_list() == [18, 6, 12]


def test_an_error_of_the_total_is_corrected():
    wrong = frame(("P", "地区", 30, 12, 18), ("1", "甲", 100, 4, 6), ("2", "乙", 20, 8, 12))
    assert repair(build(), wrong, PARENTS, FAMILIES, 2010)[0]["total"].to_list() == [30, 10, 20]


def test_an_error_of_the_prefecture_is_corrected():
    wrong = frame(("P", "地区", 30, 12, 180), ("1", "甲", 10, 4, 6), ("2", "乙", 20, 8, 12))
    assert repair(build(), wrong, PARENTS, FAMILIES, 2010)[0]["b"].to_list() == [18, 6, 12]


def test_one_broken_sum_alone_corrects_nothing():
    """The prefecture disagrees, but every row adds up: the figure may be right and the prefecture's wrong, or both."""
    odd = frame(("P", "地区", 40, 12, 28), ("1", "甲", 10, 4, 6), ("2", "乙", 20, 8, 12))
    fixed, repairs = repair(build(), odd, PARENTS, FAMILIES, 2010)
    assert fixed.equals(odd)
    assert repairs == []


def test_a_dash_before_a_figure_is_a_slip():
    wrong = frame(("P", "地区", 30, 12, 18), ("1", "甲", 10, 4, 6), ("2", "乙", 20, 8, 12)).with_columns(
        pl.Series("mean", [9.1, -9.3, 8.9])
    )
    assert repair(build(), wrong, PARENTS, FAMILIES, 2010)[0]["mean"].to_list() == [9.1, 9.3, 8.9]


def census_rows(*keys):
    names = [c.name for c in columns()]
    rows = [
        {"key": key, "name": key, "unit": True} | {n: float(10 * (i + 1)) for n in names} for i, key in enumerate(keys)
    ]
    return pl.DataFrame(rows)


def test_counts_are_added_and_means_weighted():
    merged = combine(census_rows("1", "2"), [("9", ["1", "2"])]).row(0, named=True)
    assert merged["population"] == 30
    assert merged["minority_share"] == pytest.approx((10 * 10 + 20 * 20) / 30)


def test_a_missing_piece_makes_the_sum_missing():
    rows = census_rows("1", "2").with_columns(
        pl.when(pl.col("key") == "2").then(None).otherwise(pl.col("households")).alias("households")
    )
    merged = combine(rows, [("9", ["1", "2"])]).row(0, named=True)
    assert merged["households"] is None
    assert merged["population"] == 30


def test_a_row_that_is_not_there_stops_the_build():
    with pytest.raises(PipelineError):
        combine(census_rows("1"), [("9", ["1", "2"])])


def test_the_industries_of_2010_follow_the_positions_of_the_workbook():
    at = INDUSTRY_AT[2010]
    assert [at[s] for s in "GIFH"] == [118, 119, 120, 121]
    assert sorted(at) == sorted(INDUSTRY_AT[2020]) == list(SECTIONS)
    assert sorted(at.values()) == list(range(113, 132))


def test_every_column_has_one_place_a_year():
    for year in (2010, 2020):
        places = [c.at[year] for c in columns() if c.at[year] is not None]
        assert len(places) == len(set(places))
    assert len({c.name for c in columns()}) == len(columns())
    assert set(families()) > {"population", "male", "female", "employed"}
