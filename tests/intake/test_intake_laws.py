"""The lines at which figures on arrival disagree, each from both sides, by hand; numbers, units and times by their grammar."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_intake_checks import gdp, names, reading

from bolang.intake import numerals
from bolang.intake.agreement import SUMS
from bolang.intake.checks import check
from bolang.intake.readings import APART, Place
from bolang.intake.times import end_of_plan, stated_time, year_of_title
from bolang.intake.units import BASES, SCALES, convert, parse_unit, unit


def found(figures, known=None):
    """The checks of figures as (name, severity, indicators)."""
    lookup = None if known is None else lambda code, name, year: known.get((name, year))
    return [(item.name, item.severity, {r.indicator for r in item.readings}) for item in check(figures, lookup)]


def named(kind, figures, known=None):
    return [item for item in found(figures, known) if item[0] == kind]


# ---------------------------------------------------------------- inside one file
@pytest.mark.parametrize(("total", "parts"), SUMS)
def test_every_total_is_the_sum_of_its_parts_within_the_last_digits(total, parts):
    size = {"trade_total_usd": 7_000, "retail_sales": 70_000}.get(total, 70_000)
    amounts = [float(size + i) for i in range(len(parts))]
    terms = [reading(name, amount, digit=2.0) for name, amount in zip(parts, amounts, strict=True)]
    slack = 2.0 * (len(parts) + 1)
    for sign in (1, -1):
        assert not named("sum", [reading(total, sum(amounts) + sign * slack, digit=2.0), *terms])
        wrong = named("sum", [reading(total, sum(amounts) + sign * (slack + 1), digit=2.0), *terms])
        assert wrong == [("sum", "error", {total, *parts})]
    assert not named("sum", [reading(total, sum(amounts) + 50, digit=2.0), *terms[:-1]])


@pytest.mark.parametrize("factor", [1e4, 1e-4, 1e8, 1e-8])
@pytest.mark.parametrize("slipped", [0, 1, 2])
def test_a_sum_that_another_unit_would_heal_blames_the_one_figure(factor, slipped):
    values = [60_000.0, 45_000.0, 15_000.0]
    values[slipped] /= factor
    figures = [
        reading(name, value, digit=1e-9)
        for name, value in zip(("fiscal_revenue", "tax_revenue", "nontax_revenue"), values, strict=True)
    ]
    blamed = [item for item in found(figures) if item[0] in ("unit", "sum")]
    assert blamed[0] == ("unit", "error", {figures[slipped].indicator})
    assert not named("sum", figures)


@pytest.mark.parametrize("factor", [10.0, 1e3, 1e5])
def test_a_slip_that_no_unit_explains_blames_the_whole_sum(factor):
    figures = [
        reading("fiscal_revenue", 60_000),
        reading("tax_revenue", 45_000 * factor),
        reading("nontax_revenue", 15_000),
    ]
    assert ("sum", "error", {"fiscal_revenue", "tax_revenue", "nontax_revenue"}) in found(figures)


def test_a_slip_is_found_within_two_thousandths_of_the_total():
    def figures(tax):
        return [
            reading("fiscal_revenue", 60_000), reading("tax_revenue", tax, digit=1e-6), reading("nontax_revenue", 15_000),
        ]  # fmt: skip

    assert named("unit", figures(4.5119))  # 45,119 + 15,000 is 119 above 60,000: less than 120
    assert not named("unit", figures(4.5121))


@pytest.mark.parametrize(
    ("part", "whole", "severity"),
    [
        ("tax_revenue", "fiscal_revenue", "error"),
        ("household_deposits", "deposits", "error"),
        ("value_added_industry", "gdp_secondary", "error"),
        ("exports_cny", "trade_total", "error"),
        ("exports", "trade_total_usd", "error"),
        ("land_revenue", "fund_revenue", "error"),
        ("debt_balance", "debt_limit", "warning"),
        ("debt_balance_general", "debt_limit_general", "warning"),
        ("debt_balance_special", "debt_limit_special", "warning"),
    ],
)
def test_no_part_is_larger_than_its_whole_by_more_than_the_last_digits(part, whole, severity):
    whole_is = reading(whole, 1000, digit=3)
    assert named("part", [reading(part, 1005, digit=2), whole_is]) == []
    assert named("part", [reading(part, 1006, digit=2), whole_is]) == [("part", severity, {part, whole})]


@pytest.mark.parametrize(("whole", "off"), [(3000, False), (9000, False), (2999, True), (9001, True), (5000, False)])
def test_an_average_lies_between_country_and_town_their_own_values_included(whole, off):
    figures = [reading("income", whole), reading("income_rural", 3000), reading("income_urban", 9000)]
    assert bool(named("average", figures)) is off


def test_where_the_country_earns_more_than_the_town_no_average_is_held_against_them():
    assert not named("average", [reading("income", 2000), reading("income_rural", 9000), reading("income_urban", 4000)])


@pytest.mark.parametrize(("dollars", "off"), [(0.1, False), (0.1001, True)])
@pytest.mark.parametrize("pair", [("exports", "exports_cny"), ("exports", "trade_total"), ("imports", "imports_cny")])
def test_a_dollar_was_never_less_than_six_yuan(dollars, off, pair):
    """A tenth of 亿美元 is 1,000 万美元: 6,000 万元 at six yuan."""
    part, whole = pair
    assert bool(named("unit", [reading(part, dollars), reading(whole, 6000)])) is off


@pytest.mark.parametrize(("rate", "off"), [(63.4, False), (63.51, False), (63.29, False), (63.53, True), (63.27, True)])
def test_a_rate_is_the_part_over_the_whole_within_what_the_digits_leave_open(rate, off):
    """634 of 1,000, each to the unit digit .1: 63.4; the slack is .1 + 100 (.1 + .1 × .634) / 1000 = .11634."""
    figures = [
        reading("urbanisation", rate, digit=0.1),
        reading("population_resident_urban", 634, digit=0.1),
        reading("population_resident", 1000, digit=0.1),
    ]
    assert bool(named("rate", figures)) is off


@pytest.mark.parametrize(
    ("people", "off"), [(10_000, None), (9_710, None), (9_700, "warning"), (10_300, None), (10_320, "warning")]
)
def test_output_per_head_implies_the_people_within_three_per_cent(people, off):
    figures = [reading("gdp", 60_000), reading("gdp_per_capita", 60_000), reading("population_resident", people)]
    assert [item[1] for item in named("per head", figures)] == ([off] if off else [])


@pytest.mark.parametrize(("factor", "severity"), [(5.0, "warning"), (0.2, "warning"), (8.0, "error"), (0.12, "error")])
def test_output_per_head_eight_times_off_is_a_slip_of_unit(factor, severity):
    """10 ** .9 is 7.94."""
    figures = [
        reading("gdp", 60_000),
        reading("gdp_per_capita", 60_000),
        reading("population_resident", 10_000 * factor),
    ]
    (item,) = named("per head", figures)
    assert item[1] == severity
    assert item[2] == ({"gdp", "gdp_per_capita"} if severity == "error" else {"gdp_per_capita"})


def test_the_registered_bear_witness_only_to_slips_and_to_output_per_registered_head():
    def figures(people, definition=()):
        return [
            reading("gdp", 60_000), reading("gdp_per_capita", 60_000, definition=definition),
            reading("population_registered", people),
        ]  # fmt: skip

    assert not named("per head", figures(12_000))
    assert named("per head", figures(12_000, ["按户籍人口计算"]))
    assert named("per head", figures(100_000))


@pytest.mark.parametrize(
    ("share", "digit", "off"),
    [
        (10.0, 0.1, False),
        (10.14, 0.1, False),
        (10.16, 0.1, True),
        (9.84, 0.1, True),
        (11.4, 1.0, False),
        (11.6, 1.0, True),
        (10.14, 0.01, False),
    ],
)
def test_a_share_of_output_is_met_within_one_and_a_half_last_digits(share, digit, off):
    assert bool(named("share", [*gdp(), reading("gdp_primary_share", share, digit=digit)])) is off


def growth(total, primary=0.0, secondary=0.0, tertiary=0.0, last="growth", digit=0.1):
    rates = {"gdp_growth": total} | {
        f"gdp_{sector}_{last}": rate for sector, rate in zip(("primary", "secondary", "tertiary"), (primary, secondary, tertiary), strict=True)
    }  # fmt: skip
    return [reading(name, value, digit=digit) for name, value in rates.items()]


@pytest.mark.parametrize(
    ("total", "off"), [(12.5, False), (13.05, False), (13.15, True), (11.95, False), (11.85, True)]
)
@pytest.mark.parametrize("size", [1.0, 0.005])
def test_growth_is_that_of_the_sectors_weighted_by_the_year_before(total, off, size):
    """110, 200 and 500 after 10, 0 and 25 %: 100, 200 and 400 before, of which 10 + 0 + 100 were added."""
    weighted = 100 * (10 + 0 + 100) / (100 + 200 + 400)
    figures = [
        *gdp(total=810 * size, parts=(110 * size, 200 * size, 500 * size)),
        *growth(total - 12.5 + weighted, 10.0, 0.0, 25.0),
    ]
    assert bool(named("growth", figures)) is off


@pytest.mark.parametrize(("total", "off"), [(6.0, False), (6.39, False), (6.41, True), (5.61, False), (5.59, True)])
def test_points_of_growth_add_up_within_four_last_digits(total, off):
    assert bool(named("pull", growth(total, 1.0, 2.0, 3.0, last="pull"))) is off


@pytest.mark.parametrize(
    ("third", "off"), [(50.0, False), (50.29, False), (50.31, True), (49.71, False), (49.69, True)]
)
def test_contributions_add_up_to_a_hundred_within_three_last_digits(third, off):
    figures = [
        figure for figure in growth(6.0, 20.0, 30.0, third, last="contribution") if figure.indicator != "gdp_growth"
    ]
    assert bool(named("contribution", figures)) is off


@pytest.mark.parametrize(("rate", "off"), [(-99.9, False), (-100.0, False), (-100.1, True)])
def test_nothing_falls_by_more_than_all(rate, off):
    assert bool(named("growth", [reading("exports_growth", rate)])) is off


def test_a_fall_by_more_than_all_is_blamed_itself_and_weighs_nothing():
    figures = [*gdp(total=810, parts=(110, 200, 500)), *growth(50.0, 0.0, -150.0, 0.0)]
    assert named("growth", figures) == [("growth", "error", {"gdp_secondary_growth"})]


def test_errors_go_before_warnings_whatever_was_checked_first():
    figures = [
        reading("debt_balance", 2000.0), reading("debt_limit", 1000.0),  # a warning, checked among the first
        reading("exports_growth", -120.0), reading("gdp_per_capita", 2.0),  # errors, checked later
    ]  # fmt: skip
    severities = [severity for _, severity, _ in found(figures)]
    assert set(severities) == {"error", "warning"}
    assert severities == sorted(severities)


# ---------------------------------------------------------------- against sizes and what is known
@pytest.mark.parametrize(("value", "off"), [(3000, False), (2999, True), (1_500_000, False), (1_500_001, True)])
def test_a_size_that_no_county_has_is_a_slip_of_unit(value, off):
    assert bool(named("unit", [reading("gdp_per_capita", value)])) is off


@pytest.mark.parametrize(("before", "off"), [(1000, []), (910.0, []), (1099.0, []), (905.0, ["warning"]), (1112.0, ["warning"]),
                                             (768.0, ["error"]), (770.0, ["warning"]), (1430.0, ["error"]), (1420.0, ["warning"])])  # fmt: skip
def test_the_same_year_known_otherwise(before, off):
    """1,000 against 905 is 10.5 % more: shown only above a tenth of the known figure; above three tenths it is held back."""
    assert [
        item[1] for item in named("known", [reading("land_revenue", 1000)], {("land_revenue", 2023): before})
    ] == off


@pytest.mark.parametrize(
    ("factor", "kind"), [(7.9, "known"), (8.0, "unit"), (1 / 7.9, "known"), (1 / 8.0, "unit"), (1e4, "unit")]
)
def test_a_slip_of_unit_against_the_same_year_is_said_once(factor, kind):
    """Eight times off what is known of the year is a slip for what is steady, and a contradiction for what is not."""
    steady = found([reading("deposits", 2e7 * factor)], {("deposits", 2023): 2e7})
    assert [item[0] for item in steady] == [kind]
    loose = found([reading("land_revenue", 2e4 * factor)], {("land_revenue", 2023): 2e4})
    assert "known" in [item[0] for item in loose]


def test_what_moves_slowly_is_held_back_at_a_tenth():
    def at(value):
        return [
            item[1]
            for item in named("known", [reading("population_resident", value)], {("population_resident", 2023): 1000.0})
        ]

    assert at(1101.0) == ["error"]
    assert at(1099.0) == []


@pytest.mark.parametrize(
    ("year", "asked"), [(2022, True), (2024, True), (2021, True), (2025, True), (2020, False), (2026, False)]
)
@pytest.mark.parametrize(("factor", "off"), [(1.61, True), (1.59, False), (1 / 1.61, True), (1 / 1.59, False)])
def test_the_years_beside_are_asked_two_years_far(year, asked, factor, off):
    known = {("land_revenue", year): 1000.0}
    assert bool(named("near", [reading("land_revenue", 1000.0 * factor)], known)) is (asked and off)


def test_the_nearest_year_goes_before_the_next():
    near = {("land_revenue", 2022): 1000.0, ("land_revenue", 2021): 10.0}
    assert not named("near", [reading("land_revenue", 1000.0)], near)
    assert named("near", [reading("land_revenue", 10.0)], near)


@pytest.mark.parametrize(
    ("name", "severity"), [("population_resident", "error"), ("land_revenue", "warning"), ("exports_cny", "warning")]
)
def test_only_what_moves_slowly_is_held_back_for_the_year_beside(name, severity):
    (item,) = named("near", [reading(name, 30_000 * 1.7)], {(name, 2022): 30_000.0})
    assert item[1] == severity


@pytest.mark.parametrize(
    ("year", "asked"),
    [(2023, True), (2022, True), (2024, True), (2018, True), (2028, True), (2017, False), (2029, False)],
)
@pytest.mark.parametrize(
    ("factor", "off"), [(10.0, True), (8.0, True), (7.9, False), (0.1, True), (1 / 8.0, True), (1 / 7.9, False)]
)
def test_a_level_eight_times_off_within_five_years_is_a_slip_of_unit(year, asked, factor, off):
    """10 ** .9 is 7.94; tenfold is such a slip as well as ten-thousandfold."""
    figures = [reading("deposits", 20_000_000.0 * factor)]
    assert bool(named("unit", figures, {("deposits", year): 20_000_000.0})) is (asked and off)


def test_the_slip_is_told_by_the_nearest_year():
    known = {("deposits", 2022): 20_000_000.0, ("deposits", 2020): 2_000.0}
    assert not named("unit", [reading("deposits", 21_000_000.0)], known)


@pytest.mark.parametrize(
    ("before", "off"), [(1000 / 1.131, True), (1000 / 1.129, False), (1000 / 0.969, True), (1000 / 0.971, False)]
)
def test_nominal_growth_eight_points_from_real_growth_is_a_revision(before, off):
    figures = [reading("gdp", 1000 * 1e4), reading("gdp_growth", 5.0, digit=0.1)]
    assert bool(named("revision", figures, {("gdp", 2022): before * 1e4})) is off


@pytest.mark.parametrize(("before", "off"), [(210.0, True), (199.0, False), (4900.0, True), (5100.0, False)])
def test_output_five_times_off_is_no_revision(before, off):
    figures = [reading("gdp", 1000 * 1e4), reading("gdp_growth", 5.0, digit=0.1)]
    assert bool(named("revision", figures, {("gdp", 2022): before * 1e4})) is off


def test_what_is_published_of_the_whole_goes_before_other_definitions():
    assert APART["全口径"] > APART["自然口径"] > 0
    wide = reading("fiscal_revenue", 100_000, definition=["全口径"])
    plain = reading("fiscal_revenue", 60_000)
    tax = [reading("tax_revenue", 45_000), reading("nontax_revenue", 15_000)]
    assert names([wide, plain, *tax]) == names([plain, wide, *tax]) == []
    assert (wide.rank, plain.rank) == (2, 0)


# ---------------------------------------------------------------- numbers, units, times
def characters(number):
    """Write 1 to 9,999 in Chinese characters as one speaks: 10 is 十, 205 is 二百零五."""
    digits, said, hole = "零一二三四五六七八九", "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if hole and said else "") + digits[digit] + name
        hole = digit == 0
    return said.removeprefix("一") if 10 <= number < 20 else said


@settings(deadline=None)
@given(st.integers(20, 9999))
def test_numbers_in_characters_are_read_back(number):
    text = f"达到{characters(number)}亿元"
    ((start, end, figures),) = numerals.in_figures(text)
    assert (figures, text[end:]) == (str(number), "亿元")
    assert text[start:end] == characters(number)


@pytest.mark.parametrize(
    ("text", "figures"),
    [("百分之五点三", ["5.3%"]), ("百分之十二", ["12%"]), ("百分之二十", ["20%"]), ("三点一四亿元", ["3.14"]), ("两百万元", ["200"]),
     ("一百二十点零五亿元", ["120.05"]), ("第三百万人", []), ("近百亿元", []), ("好几十万人", [])],
)  # fmt: skip
def test_numbers_in_characters_by_hand(text, figures):
    assert [found for _, _, found in numerals.in_figures(text)] == figures


@pytest.mark.parametrize("base", sorted(set(BASES) - {"", "%", "‰"}))
def test_a_scale_multiplies_its_base_unit(base):
    for scale, size in SCALES.items():
        found = parse_unit(scale + base)
        assert found is not None
        if scale + base not in BASES:
            assert (found.dimension, found.factor) == (BASES[base][0], BASES[base][1] * size)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [("1", "公顷", "平方米", "10000"), ("100", "公顷", "平方公里", "1"), ("3.2", "万亿元", "亿元", "32000"), ("7", "斤", "公斤", "3.5"),
     ("5", "百万元", "万元", "500"), ("2", "千万元", "亿元", "0.2"), ("12", "亿千瓦时", "万度", "120000")],
)  # fmt: skip
def test_units_of_one_kind_convert_exactly(value, source, target, expected):
    assert convert(Decimal(value), unit(source), unit(target)) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年", (2023, "year")), ("2023年一季度", (2023, "Q1")), ("2023年第三季度", (2023, "Q3")), ("2023年上半年", (2023, "H1")),
        ("2023年下半年", (2023, "H2")), ("2023年前三季度", (2023, "Jan-Sep")), ("2023年1-9月", (2023, "Jan-Sep")),
        ("2023年1-2月", (2023, "Jan-Feb")), ("2023年1-12月", (2023, "year")), ("2023年1-13月", (2023, "year")), ("2023年12月末", (2023, "year")),
        ("2023年3月末", (2023, "Q1")), ("2023年1月末", (2023, "Jan")), ("2023年5月末", (2023, "Jan-May")), ("上半年", (None, "H1")),
        ("比2022年", (None, None)), ("2022年以来", (None, None)), ("年末", (None, None)), ("2021年，2023年6月末", (2023, "H1")),
    ],
)  # fmt: skip
def test_times_by_hand(text, expected):
    assert stated_time(text) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("“十一五”期间", 2010), ("“十二五”期间", 2015), ("“十三五”时期", 2020), ("十四五五年", 2025), ("期间", None)],
)
def test_a_plan_ends_after_five_years(text, year):
    assert end_of_plan(text) == year


@pytest.mark.parametrize(
    ("title", "year"),
    [("义乌市2023年国民经济", 2023), ("二〇二三年公报", 2023), ("二○一九年", 2019), ("二〇二〇年", 2020), ("二OO九年", 2009), ("二〇一〇年", 2010), ("公报", None)],
)  # fmt: skip
def test_the_year_of_a_title(title, year):
    assert year_of_title(title) == year


def test_a_place_names_its_cell_or_its_line():
    assert str(Place("综合", 7)) == "综合 第7行"
    assert Place("", 7, "表1").text.en == "表1"
