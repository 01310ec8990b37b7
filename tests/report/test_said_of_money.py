"""The chapters on public finance and debt reckon as one would by hand: ratios, years, signs, spans, the position of the stress test."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from sample_report import FACT

from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.document.model import Number
from bolang.foundation.text import Text
from bolang.foundation.units import PERCENT
from bolang.intake.user_tables import UserRow
from bolang.pages.report import debt, finance, say, stress, user_rows


def facts(values, unit="万元"):
    return {year: replace(FACT, value=value, year=year, unit=unit) for year, value in values.items()}


def context(comparable=lambda first, last: True, **series):
    """A context that holds some yearly figures; a row of the desk has the same."""
    named = {
        name: facts(values) if isinstance(next(iter(values.values())), float) else values
        for name, values in series.items()
    }

    def row(name):
        found = sorted(named.get(name, {}).items())
        return DeskRow(name, "万元", tuple(DeskCell(y, f.value, "measured", (f,)) for y, f in found), None, None)

    territory = SimpleNamespace(comparable=lambda county, first, last: comparable(first, last))
    return SimpleNamespace(
        desk=SimpleNamespace(row=row),
        yearly=lambda name: named.get(name, {}),
        atlas=SimpleNamespace(territory=territory),
        county=None,
        short=Text("甲县", "Jia"),
    )


def values_of(line):
    return {year: figure.value for year, figure in line.figures.items()}


@pytest.mark.parametrize("page", [debt, finance])
def test_a_ratio_is_of_one_year_and_of_something(page):
    """60 of 240 is 25 %, whatever the units; no ratio where the base is missing, nothing, or of a year not shown."""
    above = facts({2019: 60.0, 2020: 60.0, 2021: 60.0, 2022: 60.0, 2023: 60.0})
    below = facts({2020: 240.0, 2021: 0.0, 2023: 240.0}) | facts({2022: 0.024}, "亿元")
    line = page._ratio_line("ratio" if page is debt else "tax_share", above, below, (2019, 2020, 2021, 2022))
    assert values_of(line) == {2020: pytest.approx(25.0), 2022: pytest.approx(25.0)}
    assert line.figures[2020].unit == PERCENT
    assert line.figures[2020].year == 2020


def test_a_share_is_of_the_newest_year_that_has_both(said):
    made = context(
        fiscal_revenue={2020: 200.0, 2021: 250.0, 2022: 0.0},
        tax_revenue={2020: 150.0, 2021: 145.0, 2022: 150.0, 2023: 1.0},
    )
    finance._shares(made)
    assert [(name, values["year"], values["value"]) for _, name, values in said if name == "tax"] == [
        ("tax", 2021, "58.0%")
    ]
    assert not [name for _, name, _ in said if name in ("land", "fund")]


def test_a_usual_share_of_taxes_stands_in_the_table_alone(said):
    finance._shares(context(fiscal_revenue={2021: 250.0}, tax_revenue={2021: 150.0}))
    assert not [name for _, name, _ in said if name == "tax"]


def test_land_is_said_beside_revenue_and_the_fund_where_land_is_not_known(said):
    finance._shares(context(fiscal_revenue={2023: 200.0}, land_revenue={2023: 300.0}, fund_revenue={2023: 9.0}))
    finance._shares(context(fiscal_revenue={2023: 200.0}, fund_revenue={2021: 7.0, 2022: 9.0}))
    made = {name: values for _, name, values in said if name in ("land", "fund")}
    assert (made["land"]["year"], made["land"]["value"]) == (2023, "150.0%")
    assert made["fund"]["year"] == 2022


@pytest.mark.parametrize(
    ("before", "now", "key", "points"),
    [
        (50.0, 49.1, None, None),
        (50.0, 48.9, "moved.lowest", "1.1"),
        (50.0, 57.4, None, None),
        (40.0, 52.5, "moved.highest", "12.5"),
    ],
)
def test_a_ratio_is_said_to_have_moved_where_it_fell_or_rose_as_in_few_counties(said, before, now, key, points):
    """A fall of a point or more, a rise of seven and a half: the outer quintiles; the table shows the others."""
    found = finance._moved(DeskCell(2019, before, "measured", ()), DeskCell(2023, now, "measured", ()))
    assert (found is None) == (key is None)
    assert [(name, values["first"], values["last"], values["points"]) for _, name, values in said] == (
        [(key, 2019, 2023, points)] if key else []
    )


@pytest.mark.parametrize(
    ("revenue", "spent", "key"),
    [
        ((100.0, 121.0), (100.0, 144.0), None),
        ((100.0, 81.0), (100.0, 144.0), "sides.down.up"),
        ((100.0, 121.0), (100.0, 64.0), "sides.up.down"),
        ((100.0, 81.0), (100.0, 90.0), "sides.down.down"),
        ((5.0, 5.0), (100.0, 120.0), "sides.still.up"),
        ((0.5, 0.4), (0.25, 0.25), "sides.down.still"),
    ],
)
def test_the_sides_of_the_budget_are_said_where_the_ratio_does_not_say_it_already(said, revenue, spent, key):
    """That revenue grew more slowly than spending is what a falling ratio means; that it fell is more."""
    years = (2021, 2023)
    made = context(
        fiscal_revenue=dict(zip(years, revenue, strict=True)), fiscal_expenditure=dict(zip(years, spent, strict=True))
    )
    finance._sides(made, *years)
    assert [name for _, name, _ in said] == ([key] if key else [])


@pytest.mark.parametrize(
    ("years", "first"),
    [
        ((2017, 2023), None),
        ((2018, 2023), 2018),
        ((2021, 2023), 2021),
        ((2022, 2023), None),
        ((2018, 2020, 2023), 2018),
        ((2023,), None),
    ],
)
def test_sufficiency_is_held_against_two_to_five_years_ago(said, years, first):
    finance._sufficiency(context(self_sufficiency={year: 30.0 + 8 * (year == 2023) for year in years}))
    made = {name: values for _, name, values in said}
    assert made.get("moved.highest", {}).get("first") == first


def test_sufficiency_is_not_held_against_another_territory(said):
    finance._sufficiency(
        context(lambda first, last: first >= 2020, self_sufficiency={2019: 30.0, 2020: 31.0, 2023: 39.0})
    )
    assert {name: values for _, name, values in said}["moved.highest"]["first"] == 2020


@pytest.mark.parametrize(
    ("years", "drawn"), [((2021, 2022), 0), ((2021, 2022, 2023), 3), ((2015, 2022, 2023), 0), ((2016, 2022, 2023), 3)]
)
@pytest.mark.parametrize(("size", "digits"), [(999_999.0, 1), (1_000_000.0, 0)])
def test_debt_is_drawn_from_three_years_within_eight_and_without_decimals_from_ten_billion_on(
    years, drawn, size, digits
):
    balance = dict.fromkeys(years, 500.0)
    found = debt._figure(context(debt_balance=balance, debt_limit=dict.fromkeys((*years, 2024), size)))
    assert (0 if found is None else len(found.data.rows)) == drawn
    if found is not None:
        assert [cell.value for cell in found.data.rows[0].cells[1:]] == [500.0, size]
        assert {cell.digits for cell in found.data.rows[0].cells[1:]} == {digits}


@pytest.mark.parametrize(
    ("debt_now", "special", "ratio", "share"), [(30_000.0, 24_000.0, "15.0%", "80%"), (0.0, 1.0, "0.0%", None)]
)
def test_the_balance_is_beside_output_and_special_debt_beside_the_balance(said, debt_now, special, ratio, share):
    debt._balance(context(debt_balance={2023: debt_now}, debt_balance_special={2023: special}, gdp={2023: 200_000.0}))
    made = {name.partition(".")[0]: values for _, name, values in said}
    assert made["to_gdp"]["value"] == ratio
    assert made.get("special", {}).get("share") == share


def test_no_output_no_ratio(said):
    debt._balance(context(debt_balance={2023: 5.0}, gdp={2023: 0.0, 2022: 7.0}))
    assert not [name for _, name, _ in said if name.startswith("to_gdp")]


def test_platforms_and_government_together_over_revenue(said, monkeypatch):
    """Platforms of 3 and 1.5 亿元 and a balance of 15,000 万元 are 60,000 万元: three times a revenue of 20,000."""
    rows = tuple(UserRow("platforms", {"name": "甲", "debt": amount, "year": 2023}, "a.xlsx") for amount in (3.0, 1.5))
    monkeypatch.setattr(user_rows, "rows_of", lambda atlas, county, kind: rows if kind == "platforms" else ())
    made = context(debt_balance={2021: 1.0, 2022: 15_000.0, 2023: 7.0}, fiscal_revenue={2021: 1.0, 2022: 20_000.0})
    assert user_rows.platform_debt(made) == 45_000.0
    debt._broad(made)
    (values,) = [values for _, name, values in said if name == "broad"]
    assert (values["year"], values["times"]) == (2022, "3.0")
    assert debt._broad(context(debt_balance={2022: 1.0}, fiscal_revenue={2021: 1.0})) is None


@pytest.mark.parametrize(
    ("series", "rows"),
    [
        ({"fiscal_revenue": {2023: 50.0}}, 1),
        ({"fiscal_expenditure": {2023: 200.0}}, 1),
        ({"fiscal_revenue": {2023: 50.0}, "fiscal_expenditure": {2023: 200.0}, "tax_revenue": {2023: 40.0}}, 5),
        ({"land_revenue": {2023: 5.0}}, None),
    ],
)
def test_public_finances_have_a_table_where_one_side_of_the_budget_is_known(series, rows):
    """Tax share and self-sufficiency are rows of their own: 40 of 50 and 50 of 200."""
    found = finance._table(context(**series))
    assert (None if found is None else len(found.rows)) == rows
    if rows == 5:
        assert {80.0, 25.0} < {row.cells[1].value for row in found.rows}


@pytest.mark.parametrize("ends", [(1.0, 0.0), (0.0, 1.0), (-1.0, 1.0), (1.0, -1.0)])
def test_what_was_nothing_or_has_become_nothing_has_no_rate(ends):
    revenue = dict(zip((2021, 2023), ends, strict=True))
    assert (
        finance._sides(context(fiscal_revenue=revenue, fiscal_expenditure={2021: 1.0, 2023: 2.0}), 2021, 2023) is None
    )


def sister(code, **cells):
    return SimpleNamespace(county=SimpleNamespace(code=code, name=code), cells=cells)


def rated(value, year):
    return {"debt_balance": 1, "debt_ratio": SimpleNamespace(value=value, year=year)}


A, B, C, D = "甲县", "乙县", "丙县", "丁县"


@pytest.mark.parametrize(
    ("others", "keys"),
    [
        ([], []),
        ([sister(A), sister(B)], []),
        ([sister(A, debt_balance=1), sister(B)], ["unknown.some"]),
        ([sister(A, **rated(31.0, 2022)), sister(B, **rated(55.4, 2021)), sister(C)], ["unknown.some", "sisters.most"]),
        ([sister(name, debt_balance=1) for name in (A, B, C, D)], ["unknown.many"]),
        ([sister(name, debt_balance=1) for name in (A, B, C, D)] + [sister(str(n)) for n in range(5)], ["unknown.few"]),
    ],
)
def test_of_the_sisters_those_that_publish_their_debt_are_named_and_the_one_that_owes_most_beside_its_output(
    said, others, keys
):
    made = SimpleNamespace(
        desk=SimpleNamespace(sisters=[sister("own"), *others]),
        county=SimpleNamespace(code="own", prefecture="金华市"),
        in_municipality=False,
    )
    found = debt._sisters_known(made)
    assert len(found) == len(keys)
    told = {name: values for _, name, values in said if name.startswith(("unknown", "sisters"))}
    assert list(told) == keys
    if "sisters.most" in keys:
        most = told["sisters.most"]
        assert (most["name"].zh, most["value"], most["year"]) == (B, "55%", 2021)
        assert told["unknown.some"]["names"].zh == f"{A}和{B}"
    made.in_municipality = True
    assert debt._sisters_known(made) == ()


@pytest.mark.parametrize("thousandths", [0, 4, 5, 994, 995, 996, 999, 1000])
def test_a_probability_never_claims_certainty(thousandths):
    assert say.chance(thousandths / 1000) == (">99%" if thousandths >= 995 else "99%" if thousandths == 994 else "0%")


# ---------------------------------------------------------------- the stress test
def test_the_position_is_of_the_newest_year_with_debt_output_and_revenue_in_yi():
    found = stress._position(
        context(
            debt_balance={2021: 40_000.0, 2022: 50_000.0, 2023: 60_000.0}, gdp={2021: 1.0, 2022: 900_000.0}, fiscal_revenue={2021: 1.0, 2022: 30_000.0, 2023: 2.0},
            debt_balance_general={2022: 20_000.0}, fund_revenue={2021: 5.0},
        )
    )  # fmt: skip
    assert (found.year, found.debt, found.gdp, found.revenue, found.debt_before) == (2022, 5.0, 90.0, 3.0, 4.0)
    assert (found.general_debt, found.fund_revenue) == (
        None,
        None,
    )  # special debt is not known; the fund is of another year
    assert set(found.sources) == {"debt", "gdp", "revenue"}
    assert stress._position(context(debt_balance={2022: 1.0}, gdp={2021: 1.0}, fiscal_revenue={2022: 1.0})) is None


@pytest.mark.parametrize(
    ("start", "now", "key", "change"), [(100.0, 110.0, "stress.since.up", "10%"), (100.0, 109.0, None, None), (100.0, 89.0, "stress.since.down", "11%"), (100.0, 90.0, "stress.since.down", "10%"), (0.0, 90.0, None, None)]
)  # fmt: skip
def test_what_has_moved_by_a_tenth_since_is_said(said, start, now, key, change):
    stress._since(context(debt_balance={2021: start, 2023: now}), 2021)
    assert [(name, values["year"], values["change"]) for _, name, values in said if name.startswith("stress.")] == (
        [(key, 2023, change)] if key else []
    )
    assert stress._since(context(debt_balance={2021: 1.0, 2023: 9.0}), 2023) is None


def outcome(key, debts, crossed=None):
    path = np.array(debts, dtype=float)
    return SimpleNamespace(
        key=key, balance=SimpleNamespace(debt=path, gdp=np.full(path.size, 100.0)), crossed=crossed or {}
    )


def test_a_test_that_ends_as_the_baseline_does_and_crosses_nothing_else_is_left_out():
    calm = outcome("baseline", [10, 12])
    kept = [
        calm,
        outcome("a", [10, 12]),
        outcome("b", [10, 12.1]),
        outcome("c", [10, 12], {"x": 1}),
        outcome("d", [10, 11]),
        outcome("b", [0, 0]),
        outcome("e", [10, np.inf]),
    ]
    assert [found.key for found in stress._distinct(SimpleNamespace(outcomes=kept))] == ["baseline", "b", "c", "d"]
    assert stress._distinct(SimpleNamespace(outcomes=[outcome("e", [np.nan])])) == []


# ---------------------------------------------------------------- the user's own rows
@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("debt", 3.0, Number(3.0, 0)),
        ("debt", 3.1, Number(3.1, 1)),
        ("debt", 3.14159, Number(3.14159, 2)),
        ("assets", -0.25, Number(-0.25, 2)),
    ],
)
def test_a_figure_of_the_user_has_the_unit_of_its_head_and_at_most_two_decimals(key, value, shown):
    found = user_rows._cell(UserRow("platforms", {key: value, "year": 2022}, "a.xlsx"), key)
    assert (found.value, found.digits, found.year) == (shown.value, shown.digits, 2022)
    assert found.unit.label == Text("亿元", "亿元")


def test_years_and_names_of_the_user_are_words_and_what_is_not_there_is_blank():
    row = UserRow("bonds", {"name": "乙债", "due": 2027}, "a.xlsx")
    assert user_rows._cell(row, "due") == Text("2027", "2027")
    assert user_rows._cell(row, "name") == Text("乙债", "乙债")
    assert user_rows._cell(row, "balance") is user_rows.BLANK
    assert user_rows._year(row) == 2027
    assert user_rows._year(UserRow("firms", {"name": "丙"}, "a.xlsx")) is None
