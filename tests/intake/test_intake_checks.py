"""Checks on arrival: what disagrees is named, and only that is held back."""

import inspect
import re

import pytest

from bolang.intake import agreement, plausibility
from bolang.intake.bulletin import settle
from bolang.intake.checks import check, held_back
from bolang.intake.readings import FigureReading, Place
from bolang.intake.scope import barriers
from bolang.intake.vocabulary import vocabulary
from bolang.pages.intake import check_text
from bolang.wording import load


def reading(indicator, value, year=2023, digit=None, definition=(), period="year", remarks=()):
    unit = vocabulary()[indicator].unit.name
    size = digit if digit is not None else 1.0
    return FigureReading(
        indicator,
        value,
        unit,
        year,
        period,
        tuple(definition),
        f"{value:g}{unit}",
        size,
        "原句。",
        Place("综合", 1),
        1.0,
        tuple(remarks),
        "330782",
    )


def gdp(total=1000, parts=(100, 400, 500), digit=1.0):
    names = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
    return [
        reading("gdp", total, digit=digit),
        *(reading(n, v, digit=digit) for n, v in zip(names, parts, strict=True)),
    ]


def names(readings, known=None):
    return [item.name for item in check(readings, known)]


def test_figures_that_agree_pass():
    assert check(gdp()) == []


@pytest.mark.parametrize(("gap", "passes"), [(3, True), (4, True), (5, False)])
def test_sectors_sum_within_one_last_digit_a_term(gap, passes):
    found = check(gdp(total=1000 + gap))
    assert (found == []) is passes
    assert all(item.name == "sum" and len(item.readings) == 4 for item in found)


def test_the_tolerance_follows_the_digits_printed():
    assert check(gdp(total=1_000_300, parts=(100_000, 400_000, 500_000), digit=100.0)) == []
    assert names(gdp(total=1_000_300, parts=(100_000, 400_000, 500_000), digit=10.0)) == ["sum"]


def test_a_slip_of_unit_in_a_sum_is_traced_to_the_figure():
    figures = [
        reading("fiscal_revenue", 88435),
        reading("tax_revenue", 3.9029, digit=1e-4),
        reading("nontax_revenue", 49406),
    ]
    (found,) = [item for item in check(figures) if item.name == "unit"]
    assert [r.indicator for r in found.readings] == ["tax_revenue"]
    assert held_back([found]) == {id(figures[1])}


def test_a_slip_of_unit_against_what_is_known():
    known = {("gdp", 2021): 17_300_000.0}
    found = check([reading("gdp", 1835.54)], lambda code, name, year: known.get((name, year)))
    assert [(item.name, item.severity) for item in found] == [("unit", "error")]


def test_nominal_growth_far_from_real_growth_points_to_a_revision():
    figures = [reading("gdp", 26_930_000), reading("gdp_growth", 7.5)]
    known = {("gdp", 2022): 22_110_000.0}
    found = check(figures, lambda code, name, year: known.get((name, year)))
    assert [(item.name, item.severity) for item in found] == [("revision", "warning")]
    assert check(figures, lambda code, name, year: {("gdp", 2022): 24_300_000.0}.get((name, year))) == []


def test_last_year_in_the_same_file_counts_before_what_is_known():
    figures = [
        reading("gdp", 1080, 2023),
        reading("gdp_growth", 7.0),
        reading("gdp", 1000, 2022, definition=["最终核实数"]),
    ]
    assert check(figures, lambda code, name, year: 600.0 if (name, year) == ("gdp", 2022) else None) == []


def test_gdp_per_head_implies_the_average_population():
    figures = [reading("gdp", 1_286_540), reading("gdp_per_capita", 69169), reading("population_resident", 186_200)]
    assert check(figures) == []
    assert names([*figures[:2], reading("population_resident", 160_000)]) == ["per head"]
    (slip,) = [
        i
        for i in check([figures[0], reading("gdp_per_capita", 6.9169, digit=1e-4), figures[2]])
        if i.name == "per head"
    ]
    assert slip.severity == "error"


@pytest.mark.parametrize(
    ("figures", "name"),
    [
        ([("urbanisation", 63.4), ("population_resident", 186_200), ("population_resident_urban", 100_000)], "rate"),
        ([("gdp", 1000), ("gdp_primary", 100), ("gdp_primary_share", 12.0)], "share"),
        ([("debt_balance", 700), ("debt_limit", 600)], "part"),
        ([("tax_revenue", 700), ("fiscal_revenue", 600)], "part"),
        ([("gdp_growth", -120.0)], "growth"),
        ([("income_urban", 4.5)], "unit"),
        ([("gdp", 1000), ("fiscal_revenue", 900)], "unit"),
        (
            [("gdp_growth", 5.0), ("gdp_primary_pull", 1.0), ("gdp_secondary_pull", 1.0), ("gdp_tertiary_pull", 1.0)],
            "pull",
        ),
        (
            [
                ("gdp_primary_contribution", 30.0),
                ("gdp_secondary_contribution", 30.0),
                ("gdp_tertiary_contribution", 30.0),
            ],
            "contribution",
        ),
        ([("trade_total", 100), ("exports_cny", 80), ("imports_cny", 30)], "sum"),
        ([("debt_interest", 137), ("debt_interest_general", 46), ("debt_interest_special", 19)], "sum"),
        ([("income", 9122.6), ("income_urban", 97100), ("income_rural", 57016)], "average"),
        ([("trade_total", 66_893_000), ("exports", 5889.6)], "unit"),
        ([("gdp", 25_035_000), ("electricity_use", 186.3)], "unit"),
    ],
)
def test_every_kind_of_disagreement_is_found(figures, name):
    assert name in names([reading(n, v, digit=0.1 if isinstance(v, float) else 1) for n, v in figures])


def test_a_slip_in_gdp_is_blamed_on_gdp_alone():
    parts = [reading("gdp_primary", 292_000), reading("gdp_secondary", 6_975_000), reading("gdp_tertiary", 17_768_000)]
    others = [
        reading("fiscal_revenue", 1_362_000),
        reading("retail_sales", 13_506_000),
        reading("deposits", 61_205_000),
    ]
    found = check([reading("gdp", 2503.5, digit=0.1), *parts, *others])
    assert {r.indicator for item in found if item.severity == "error" for r in item.readings} == {"gdp"}


def test_trade_in_dollars_agrees_with_trade_in_yuan_at_any_rate_of_the_last_decades():
    for rate in (6.14, 7.1, 8.28):
        assert check([reading("exports_cny", 100 * 1e4 * rate), reading("exports", 100)]) == []


def test_a_level_that_is_known_catches_a_slip_of_unit():
    known = {("deposits", 2022): 50_000_000.0, ("land_revenue", 2022): 1_000_000.0}
    figures = [reading("deposits", 6120.5), reading("land_revenue", 100_000)]
    (slip,) = [c for c in check(figures, lambda code, name, year: known.get((name, year))) if c.severity == "error"]
    assert [r.indicator for r in slip.readings] == ["deposits"]


def test_growth_of_gdp_lies_where_its_sectors_put_it():
    growth = [
        reading(n, v, digit=0.1)
        for n, v in (
            ("gdp_growth", 6.0),
            ("gdp_primary_growth", 3.0),
            ("gdp_secondary_growth", 5.0),
            ("gdp_tertiary_growth", 7.5),
        )
    ]
    assert check([*gdp(), *growth]) == []
    assert names([*gdp(), reading("gdp_growth", 9.0, digit=0.1), *growth[1:]]) == ["growth"]


def test_the_own_level_of_government_is_checked_apart():
    whole = [reading("fiscal_revenue", 100), reading("tax_revenue", 60), reading("nontax_revenue", 40)]
    own = [reading("fiscal_revenue", 80, definition=["本级"]), reading("tax_revenue", 45, definition=["本级"])]
    assert check([*whole, *own]) == []


def test_contradicting_figures_are_both_held_back():
    figures, _ = settle([reading("gdp", 1000), reading("gdp", 1100)], [])
    found = check(figures)
    assert [item.name for item in found] == ["conflict"]
    assert len(held_back(found)) == 2


def test_a_figure_stated_twice_is_kept_once_in_its_most_exact_form():
    coarse, fine = reading("fiscal_revenue", 988_000, digit=1000), reading("fiscal_revenue", 987_600, digit=1)
    assert settle([coarse, fine], [])[0] == [fine]


def test_an_approximation_gives_way_to_the_exact_figure():
    about, exact = reading("gdp", 3_000_000, remarks=["approximate"]), reading("gdp", 3_124_600)
    kept, left = settle([about, exact], [])
    assert (kept, [item.reason for item in left]) == ([exact], ["bound"])
    assert settle([about], []) == ([about], [])


# ---------------------------------------------------------------- in words
def test_what_a_check_says_is_filled_in_both_languages():
    text = check_text(check(gdp(parts=(100, 300, 500)))[0])
    assert "相差 100 万元" in text.zh
    assert "a gap of 100" in text.en


def test_every_key_of_a_check_has_its_sentence():
    keys = set()
    for module in (agreement, plausibility, barriers):
        source = inspect.getsource(module)
        keys |= set(re.findall(r'Check\(\s*(?:"[a-z ]+"|name), (?:"(?:error|warning)"|severity), "([a-z_.]+)"', source))
        keys |= set(re.findall(r'return "(other_year\.[a-z_]+)"', source))
    assert {f"check.{key}" for key in keys} == {
        key for key in load("intake_checks").entries if key.startswith("check.")
    }
