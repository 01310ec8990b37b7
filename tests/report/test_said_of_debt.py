"""What the report says of debt follows the signs and shares of the figures: which statement is made, with which numbers."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sample_report import FACT

from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.foundation.text import same
from bolang.pages.report import debt, finance


def facts(values):
    return {year: replace(FACT, value=value, year=year) for year, value in values.items()}


def context(**series):
    """A context that holds some yearly figures, on one territory."""
    named = {name: facts(values) for name, values in series.items()}
    cells = tuple(
        DeskCell(year, fact.value, "measured", (fact,)) for year, fact in sorted(named["debt_balance"].items())
    )
    row = DeskRow("debt_balance", "万元", cells, None, None)
    return SimpleNamespace(
        desk=SimpleNamespace(row=lambda key: row),
        yearly=lambda name: named.get(name, {}),
        atlas=SimpleNamespace(territory=SimpleNamespace(comparable=lambda county, first, last: True)),
        county=None,
        day=date(2026, 1, 1),
        name=same("甲县"),
        short=same("甲县"),
    )


@pytest.mark.parametrize(
    ("last", "key", "rate"),
    [(121_000.0, "moved.up", "10.0%"), (81_000.0, "moved.down", "10.0%")],
)
def test_debt_that_grew_is_said_to_have_grown(said, last, key, rate):
    debt._balance(context(debt_balance={2021: 100_000.0, 2023: last}))
    made = {name: values for _, name, values in said}
    assert key in made
    assert not {"moved.up", "moved.down"} - {key} & made.keys()
    assert made["growth"]["rate"] == rate
    assert (made["growth"]["first"], made["growth"]["last"]) == (2021, 2023)


def test_debt_of_two_years_has_no_average_and_debt_that_stood_still_no_rate(said):
    debt._balance(context(debt_balance={2022: 100_000.0, 2023: 110_000.0}))
    debt._balance(context(debt_balance={2022: 100_000.0, 2023: 100_000.0}))
    made = {name: values for _, name, values in said}
    assert (made["growth.one"]["last"], made["growth.one"]["rate"]) == (2023, "10.0%")
    assert made["growth.still"] == {"first": 2022}
    assert "growth" not in made


def test_the_share_of_special_debt_and_the_ratio_to_output_are_of_the_same_year(said):
    debt._balance(
        context(debt_balance={2023: 100_000.0}, debt_balance_special={2023: 25_000.0, 2022: 1.0}, gdp={2023: 400_000.0})
    )
    values = [made for _, name, made in said if name.startswith(("to_gdp.", "special."))]
    assert sorted((one.get("value") or one.get("share"), one["year"]) for one in values) == [
        ("25%", 2023),
        ("25.0%", 2023),
    ]


@pytest.mark.parametrize(
    ("years", "drawn"), [((2021, 2022), False), ((2021, 2022, 2023), True), ((2013, 2022, 2023), False)]
)
def test_public_finances_are_drawn_from_three_years_on(years, drawn):
    values = {year: 100_000.0 + year for year in years}
    found = finance._figure(context(debt_balance={2023: 1.0}, fiscal_revenue=values, fiscal_expenditure=values))
    assert (found is not None) is drawn
