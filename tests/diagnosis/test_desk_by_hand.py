"""The desk table on a book of a few counties made by hand, each line from both sides."""

from types import SimpleNamespace

import numpy as np
import pytest
from test_diagnosis_by_hand import Book, fact

from bolang.diagnosis.desk import (
    DESK_KEYS,
    DeskCell,
    DeskRank,
    DeskRow,
    _filled,
    _other_currency,
    _Reader,
    _wan,
    _years_shown,
    desk_of,
)


# ---------------------------------------------------------------- the desk table
def test_a_row_takes_the_published_figure_of_the_full_year_first():
    book = Book(
        fact("population_resident", 2022, 7.0, "人"), fact("population", 2022, 9.0, "人"), fact("population", 2020, 8.0, "人"), fact("gdp", 2022, 50.0), fact("gdp", 2022, 51.0),
        fact("gdp", 2021, 30.0, period="H1"), fact("gdp", 2020, 20.0, status="estimated"), fact("gdp_per_capita", 2022, 3.0, "元"),
    )  # fmt: skip
    reader, own = _Reader(book), book.counties[0]
    assert {year: cell.value for year, cell in reader.series(own, "population").items()} == {2022: 7.0, 2020: 8.0}
    assert {year: cell.value for year, cell in reader.series(own, "gdp").items()} == {2022: 50.0}
    heads = reader.series(own, "gdp_per_head")
    assert {year: (cell.value, cell.status) for year, cell in heads.items()} == {2022: (3.0, "measured")}
    assert reader.series(own, "income") == {}


def test_a_ratio_has_both_sides_of_one_year_in_one_unit():
    """5 亿元 over 20,000 万元 of spending are 250 %; debt is over revenue, transfers and fund together."""
    book = Book(
        fact("fiscal_revenue", 2022, 5.0, "亿元"), fact("fiscal_expenditure", 2022, 20_000.0), fact("fiscal_revenue", 2021, 3.0), fact("fiscal_expenditure", 2020, 3.0),
        fact("fiscal_expenditure", 2023, 0.0), fact("fiscal_revenue", 2023, 1.0), fact("debt_balance", 2022, 90_000.0), fact("transfers", 2022, 20_000.0), fact("fund_revenue", 2022, 20_000.0),
        fact("debt_balance", 2023, 9.0), fact("gdp", 2022, 4.5e9, "元"), fact("population", 2022, 30_000.0, "人"),
    )  # fmt: skip
    reader, own = _Reader(book), book.counties[0]
    means = reader.series(own, "self_sufficiency")
    assert {year: cell.value for year, cell in means.items()} == {2022: 250.0}
    assert (means[2022].status, [f.indicator for f in means[2022].facts]) == ("derived", ["fiscal_revenue", "fiscal_expenditure"])  # fmt: skip
    assert {y: c.value for y, c in reader.series(own, "debt_rate").items()} == {2022: pytest.approx(100.0)}
    assert {y: c.value for y, c in reader.series(own, "debt_ratio").items()} == {2022: pytest.approx(20.0)}
    assert {y: c.value for y, c in reader.series(own, "gdp_per_head").items()} == {2022: pytest.approx(150_000.0)}


@pytest.mark.parametrize(("unit", "wan"), [("万元", 3.0), ("亿元", 30_000.0), ("元", 0.0003), ("人", 3.0)])
def test_money_is_in_ten_thousands_and_all_else_as_it_is(unit, wan):
    assert _wan(fact("gdp", 2020, 3.0, unit)) == pytest.approx(wan)


def test_a_column_of_the_table_is_published_first_and_computed_where_it_is_not():
    book = Book(
        fact("gdp_per_capita", 2022, 5.0, code="1"), fact("gdp", 2022, 10.0, code="1"), fact("gdp", 2022, 10.0, code="2"), fact("gdp", 2022, 10.0, code="3"),
        fact("population", 2022, 4.0, code="1"), fact("population", 2022, 4.0, code="2"), fact("population", 2022, 0.0, code="3"),
    )  # fmt: skip
    np.testing.assert_array_equal(_Reader(book).column("gdp_per_head", 2022), [5.0, 25_000.0, np.nan, np.nan])
    assert np.isnan(_Reader(book).column("income", 2022)).all()
    np.testing.assert_array_equal(_filled(np.array([1.0, np.nan]), np.array([2.0, 3.0])), [1.0, 3.0])


def test_a_rank_counts_those_above_among_those_that_have_a_figure():
    values = [("1", 5.0), ("2", 9.0), ("3", 5.0), ("4", 1.0)]
    book = Book(*[fact("gdp", 2022, value, code=code) for code, value in values], fact("gdp", 2023, 6.0), fact("gdp", 2023, 7.0, code="2"))  # fmt: skip
    reader = _Reader(book)
    found = {c.code: reader.rank(c, "gdp", reader.series(c, "gdp"), range(4)) for c in book.counties}
    # two of 2023 are half of the four, and yet fewer than three
    assert found == {"1": DeskRank(2, 4, 2022), "2": DeskRank(1, 4, 2022), "3": DeskRank(2, 4, 2022), "4": DeskRank(4, 4, 2022)}  # fmt: skip
    assert reader.rank(book.counties[0], "gdp", reader.series(book.counties[0], "gdp"), [0, 1, 2]).count == 3
    assert reader.rank(book.counties[0], "gdp", {2023: None}, [0, 1]) is None


def test_years_with_two_rows_go_before_those_with_one():
    cell = object()
    series = {"gdp": dict.fromkeys((2015, 2020, 2021, 2022), cell), "income": dict.fromkeys((2020, 2021), cell), "exports": {2023: cell}}  # fmt: skip
    assert _years_shown(series, 2) == (2020, 2021)
    assert _years_shown(series, 3) == (2020, 2021, 2023)
    assert _years_shown(series, 5) == (2015, 2020, 2021, 2022, 2023)
    assert _years_shown({}, 3) == ()


@pytest.mark.parametrize(
    ("yuan", "dollars", "hidden"),
    [((2022,), (2021,), "exports"), ((2022,), (2022,), "exports"), ((2021,), (2022,), "exports_cny"), ((), (2022,), "exports_cny"), ((2022,), (), "exports"), ((), (), "exports_cny")],
)  # fmt: skip
def test_exports_are_shown_in_one_currency(yuan, dollars, hidden):
    assert _other_currency({"exports_cny": dict.fromkeys(yuan), "exports": dict.fromkeys(dollars)}) == hidden


@pytest.mark.parametrize("age", [9, 10, 11])
def test_ten_years_before_the_newest_figure_are_the_oldest_shown(age):
    desk = desk_of(Book(fact("gdp", 2023, 5.0), fact("income", 2023 - age, 6.0)).counties[0])
    assert ("income" in desk.missing) is (age > 10)
    assert {cell.year for row in desk.rows for cell in row.cells} == ({2023} if age > 10 else {2023, 2023 - age})


def test_changes_of_territory_inside_the_years_shown_are_told():
    book = Book(fact("gdp", 2019, 5.0), fact("gdp", 2022, 6.0))
    moves = [SimpleNamespace(year=year, territorial=real) for year, real in ((2019, True), (2020, True), (2021, False), (2022, True), (2023, True))]  # fmt: skip
    book.territory.of = lambda county: moves
    assert [change.year for change in desk_of(book.counties[0]).breaks] == [2020, 2022]
    assert desk_of(Book().counties[0]).breaks == ()


def test_only_a_district_has_its_citys_districts_together_and_the_newest_of_them():
    facts = (fact("gdp", 2023, 1.0), fact("fiscal_revenue_districts", 2021, 7.0, code="P"), fact("fiscal_revenue_districts", 2022, 8.0, code="P"))  # fmt: skip
    (found,) = desk_of(Book(*facts, kind="district").counties[0]).together
    assert (found.key, found.city, found.fact.value) == ("fiscal_revenue", "甲市", 8.0)
    assert desk_of(Book(*facts).counties[0]).together == ()


def test_sisters_stand_in_the_newest_year_that_half_of_them_have_the_largest_first():
    listed = [("1", 2022, 3.0), ("2", 2022, 9.0), ("1", 2023, 4.0), ("3", 2021, 5.0), ("2", 2021, 8.0)]
    book = Book(*[fact("gdp", year, value, code=code) for code, year, value in listed], fact("debt_limit", 2010, 5.0, code="3"))  # fmt: skip
    desk = desk_of(book.counties[0])
    assert [(s.county.code, s.cells["gdp"].year) for s in desk.sisters] == [("2", 2022), ("3", 2021), ("1", 2022)]
    assert "debt_limit" not in desk.sisters[1].cells
    assert desk_of(book.counties[0], alone=True).sisters == ()
    assert {s.county.code for s in desk_of(book.counties[3]).sisters} == {"4"}


def test_a_cell_is_expected_and_the_users_where_any_figure_behind_it_is():
    mixed = DeskCell(2023, 1.0, "derived", (fact("a", 2023, 1.0, stage="final"), fact("b", 2023, 1.0, stage="expected", origin="workspace")))  # fmt: skip
    plain = DeskCell(2023, 1.0, "measured", (fact("a", 2023, 1.0, stage="final"),))
    assert (mixed.stage, mixed.origin) == ("expected", "workspace")
    assert (plain.stage, plain.origin) == ("", "built-in")
    row = DeskRow("gdp", "万元", (plain, mixed), None, None)
    assert (row.latest, row.of(2023), row.of(2022)) == (mixed, plain, None)
    assert DeskRow("gdp", "万元", (), None, None).latest is None


def test_the_row_of_the_other_currency_is_empty_and_the_frame_has_every_cell():
    desk = desk_of(Book(fact("gdp", 2023, 5.0), fact("gdp", 2022, 4.0), fact("exports_cny", 2023, 6.0)).counties[0])
    assert desk.row("exports").cells == ()
    assert {row.key for row in desk.rows} == set(DESK_KEYS) - {"exports"}
    frame = desk.to_frame()
    assert [tuple(r) for r in frame.select("key", "year", "value").iter_rows()] == [("gdp", 2022, 4.0), ("gdp", 2023, 5.0), ("exports_cny", 2023, 6.0)]  # fmt: skip
