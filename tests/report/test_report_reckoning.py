"""Pages of money, growth and words reckon from both sides of every line; each case is worked by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from sample_report import FACT

from bolang.diagnosis.desk import DeskCell, DeskRow
from bolang.document.model import Note, Number, Paragraph, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.intake.user_tables import UserRow
from bolang.pages.report import chart_figure, debt, facts, finance, growth, notes, say, source_names, stress, user_rows
from bolang.pages.report.grades import grade
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.pathway.debt.rules import band

A, B, C = Text("甲", "a"), Text("乙", "b"), Text("丙", "c")


def dated(values, **changes):
    return {year: replace(FACT, value=value, year=year, **changes) for year, value in values.items()}


def context(above=None, **series):
    named = {name: dated(values) for name, values in series.items()}

    def row(name):
        found = sorted(named.get(name, {}).items())
        return DeskRow(name, "万元", tuple(DeskCell(y, f.value, "measured", (f,)) for y, f in found), None, None)

    return SimpleNamespace(
        desk=SimpleNamespace(row=row, sisters=[]),
        yearly=lambda name: named.get(name, {}),
        above=lambda code, name: dated((above or {}).get(name, {})),
        atlas=SimpleNamespace(territory=SimpleNamespace(comparable=lambda county, first, last: True)),
        county=SimpleNamespace(code="1", prefecture="金华市", prefecture_code="330700", name="甲县"),
        in_municipality=False,
        short=A,
    )


def keys_of(said, page=None):
    return [key for name, key, _ in said if page in (None, name)]


# ---------------------------------------------------------------- facts and their notes
@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("general knowledge", "common"),
        ("某名录 (recalled)", "recalled"),
        ("某名录 as kept in a list", "kept"),
        ("某名录 as fixed in a law", "kept"),
        ("某名录 (page)", "published"),
        ("某名录", "published"),
    ],
)
def test_a_source_is_said_as_it_was_found(said, source, key):
    facts.source_note(source)
    assert [name for page, name, _ in said if page == "report_notes"] == [key]
    ((_, _, values),) = [one for one in said if one[0] == "report_notes"]
    assert values.get("source", A).zh in ("甲", "某名录")


def test_a_figure_is_shown_with_as_many_decimals_as_its_unit_needs():
    assert [facts.digits_of(5.0, unit) for unit in ("万元", "亿元", "亿美元", "人", "%", "元", "户", "家", "个", "吨")] == [2, 2, 2, 2, 1, 0, 0, 0, 0, 0]  # fmt: skip
    assert [facts.digits_of(value, "亿元") for value in (9.99, -10.0, 999.9, -1000.0)] == [2, 1, 1, 0]
    assert facts.unit_of("个").label == same("")
    assert facts.unit_of("家").label == Text("家", " firms")
    assert facts.wan(replace(FACT, value=2.0, unit="吨")) == 2.0


def test_a_reading_is_traced_to_its_inputs_and_an_estimate_says_so():
    county = SimpleNamespace(code="330782")
    base = {"key": "k", "label": A, "year": 2020, "source": "某书", "unit": Text("人", "persons")}
    for status, expected in (("estimated", "estimated"), ("measured", "measured"), ("derived", "measured")):
        made = notes.reading_note(county, SimpleNamespace(value=1.5, status=status, **base))
        (fact,) = made.facts
        assert (made.key, fact.code, fact.indicator, fact.value, fact.unit, fact.year, fact.status) == ("330782-k", "330782", "k", 1.5, "人", 2020, expected)  # fmt: skip
    assert notes.reading_note(county, SimpleNamespace(value=None, status="measured", **base)).facts == ()
    assert (notes.census().key, notes.source_report().key) == ("census", "source-report")


# ---------------------------------------------------------------- names of sources
def test_titles_of_the_list_stand_with_their_original():
    assert source_names._titled("某年鉴", "yearbook of X") == Text("某年鉴", "Yearbook of X (某年鉴)")
    both = source_names._titled("某年鉴", {"zh": "年鉴", "en": "yearbook"})
    assert both == Text("年鉴", "Yearbook (年鉴)")
    assert source_names._titled("Some page", {"zh": "网页", "en": "some page"}) == Text("网页", "Some page")


def test_a_known_title_is_found_whatever_its_spaces_and_joined_ones_one_by_one():
    key, known = next(iter(source_names._known().items()))
    spaced = " ".join(key)
    assert source_names.source_name(spaced) == known
    joined = source_names.source_name("甲书； 乙书; https://www.a.cn/x")
    assert joined.zh == "甲书；乙书；a.cn网页，https://www.a.cn/x"
    assert joined.en.endswith("; page of a.cn, https://www.a.cn/x")
    assert source_names.source_name("ftp://a.cn") == same("ftp://a.cn")
    assert source_names.source_name("http://b.cn").en == "page of b.cn, http://b.cn"


# ---------------------------------------------------------------- growth
@pytest.mark.parametrize(
    ("rate", "still"), [(0.0, True), (0.049, True), (-0.049, True), (0.05, False), (-0.05, False), (5.0, False)]
)
def test_what_would_be_written_as_nothing_has_not_moved(rate, still):
    assert growth.unmoved(rate) is still


@pytest.mark.parametrize(
    ("values", "span"),
    [
        ({2018: 1.0, 2022: 2.0, 2023: 3.0}, (2022, 2023)),
        ({2019: 1.0, 2021: 2.0, 2023: 3.0}, (2019, 2023)),
        ({2018: 1.0, 2023: 3.0}, None),
        ({2019: 0.0, 2020: 1.0, 2023: 3.0}, (2020, 2023)),
        ({2020: 1.0, 2022: 3.0, 2023: 0.0}, (2020, 2022)),
        ({2020: -1.0, 2023: 3.0}, None),
    ],
)
def test_growth_is_the_newest_and_then_the_longest_of_four_years(values, span):
    found = growth.nominal(context(), dated(values), revised=False)
    assert (found and (found.first, found.last)) == span
    if span:
        first, last = span
        assert (1 + found.rate / 100) ** (last - first) == pytest.approx(values[last] / values[first])


def test_a_step_is_no_growth_of_output_but_of_other_series(monkeypatch):
    monkeypatch.setattr(growth, "series_breaks", lambda series: (2022,))
    monkeypatch.setattr(growth, "broken_between", lambda broken, first, last: any(first < y <= last for y in broken))
    monkeypatch.setattr(growth, "_census_years", lambda: ())
    values = dated({2020: 1.0, 2021: 1.1, 2022: 5.0, 2023: 5.5})
    for revised, first in ((True, 2022), (False, 2020)):
        found = growth.nominal(context(), values, revised=revised)
        assert (found.first, found.last) == (first, 2023)


@pytest.mark.parametrize(("low", "high", "rate"), [(100.0, 121.0, 10.0), (0.5, 0.125, -50.0), (0.0, 1.0, None)])
def test_the_region_above_grows_by_the_same_rule(low, high, rate):
    own = growth.Growth(2021, 2023, 0.0, ())
    found = growth.same_period(dated({2021: low, 2023: high}), own)
    assert found == (None if rate is None else pytest.approx(rate))
    mixed = dated({2021: 1.0}, unit="亿元") | dated({2023: 12_100.0})
    assert growth.same_period(mixed, own) == pytest.approx(10.0)


# ---------------------------------------------------------------- tables of years
def test_the_years_shown_are_at_most_so_many_within_so_many():
    assert best_years([[2016, 2017, 2023], [2016, 2017, 2023]], 5, span=8) == (2016, 2017, 2023)
    assert best_years([[2015, 2017, 2023], [2015, 2017, 2023]], 5, span=8) == (2017, 2023)
    assert best_years([range(2010, 2024)] * 2, 5, span=8) == (2019, 2020, 2021, 2022, 2023)
    assert best_years([range(2010, 2024)] * 2, 9) == (2018, 2019, 2020, 2021, 2022, 2023)  # six by itself
    assert best_years([[2023], [2021, 2022]], 5) == (2021, 2022, 2023)  # a single fuller year is not enough
    assert best_years([[2022, 2023], [2021, 2022]], 5) == (2022, 2023)


def test_a_row_without_a_figure_of_these_years_is_left_out_unless_it_has_others():
    shown, gone = YearLine(A, {2020: Number(1.0)}), YearLine(B, {2019: Number(1.0)})
    rest = YearLine(C, {}, extra=(Number(2.0),))
    made = year_table("k", A, B, (2020, 2021), [replace(shown, extra=(Number(3.0),)), gone, rest], C, others=[A])
    assert [row.cells[0] for row in made.rows] == [A, C]
    assert [column.align for column in made.columns] == ["left", "right", "right", "right"]
    assert [column.label for column in made.columns] == [B, same("2020"), same("2021"), A]
    assert made.rows[1].cells == (C, facts.BLANK, facts.BLANK, Number(2.0))


# ---------------------------------------------------------------- words
def test_clauses_become_one_sentence_with_one_stop():
    made = say.clauses((Text("一。", "one."), None, Text("二", "two")), (Note("n", A), Note("n", A), Note("m", A)))
    assert made.text == Text("一；二。", "One; two.")
    assert [note.key for note in made.notes] == ["n", "m"]
    assert say.clauses((None, None)) is None
    assert say.clauses((Text("一", "GDP"),)).text == Text("一。", "GDP.")
    assert say.open_ended(Text("一。。", "one..")) == Text("一", "one")


@pytest.mark.parametrize(
    ("items", "zh", "en"),
    [
        ([A, B], "甲和乙", "a and b"),
        ([A, B, C], "甲、乙和丙", "a, b and c"),
        ([Text("甲、丁", "a"), B], "甲、丁和乙", "a and b"),
        ([Text("甲、丁", "a"), B, C], "甲、丁，乙，以及丙", "a, b and c"),
        ([A, B, Text("和县", "He and Hu")], "甲、乙与和县", "a, b, and He and Hu"),
    ],
)
def test_names_that_hold_marks_are_set_further_apart(items, zh, en):
    assert say.listed(items) == Text(zh, en)


def test_chinese_text_has_chinese_marks():
    assert say.wide("甲(乙), 丙; 丁 (戊)") == "甲（乙），丙；丁（戊）"


@pytest.mark.parametrize("number", range(1, 131))
def test_ordinals_by_another_rule(number):
    teens = number // 10 % 10 == 1
    ending = "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(str(number)[-1], "th")
    assert say.ordinal(number) == f"{number}{ending}"


def test_a_paragraph_keeps_what_is_said():
    one = Sentence(A)
    made = say.paragraph(None, one, None, lead=B)
    assert (made.sentences, made.lead, made.role) == ((one,), B, "body")
    assert say.paragraph(one, bullet=True) == Paragraph((one,), None, "bullet")
    assert say.filled(say.paragraph(None), made) == (made,)
    for name, inside in (("Taobao shops", "Taobao shops"), ("China", "China"), ("Chinese", "Chinese"), ("A b", "A b"), ("Ab", "ab"), ("", "")):  # fmt: skip
        assert say.lower(Text("甲", name)).en == inside


# ---------------------------------------------------------------- public finance and debt
@pytest.mark.parametrize("page", [finance, debt])
def test_a_table_shows_five_of_the_last_eight_years(page):
    def shown(years):
        values = dict.fromkeys(years, 5.0)
        made = context(fiscal_revenue=values, fiscal_expenditure=values, debt_balance=values, debt_limit=values)
        return [column.label.zh for column in page._table(made).columns][1:]

    assert shown(range(2015, 2024)) == ["2019", "2020", "2021", "2022", "2023"]
    assert shown((2015, 2016, 2022, 2023)) == ["2016", "2022", "2023"]


def test_a_balance_over_its_limit_and_over_output_are_rows_of_their_own():
    made = debt._table(
        context(debt_balance={2022: 40.0, 2023: 60.0}, debt_limit={2023: 80.0}, gdp={2022: 400.0, 2023: 0.0})
    )
    values = [[getattr(cell, "value", None) for cell in row.cells[1:]] for row in made.rows]
    assert values == [[40.0, 60.0], [None, 80.0], [None, 75.0], [10.0, None]]


@pytest.mark.parametrize(
    ("years", "drawn"), [((2021, 2022), 0), ((2021, 2022, 2023), 3), ((2015, 2022, 2023), 0), ((2016, 2022, 2023), 3)]
)
@pytest.mark.parametrize(("size", "digits"), [(999_999.0, 1), (1_000_000.0, 0)])
def test_public_finances_are_drawn_from_three_years_within_eight(years, drawn, size, digits):
    found = finance._figure(
        context(fiscal_revenue=dict.fromkeys((*years, 2024), 500.0), fiscal_expenditure=dict.fromkeys(years, size))
    )
    assert (0 if found is None else len(found.data.rows)) == drawn
    if found is not None:
        assert [cell.value for cell in found.data.rows[0].cells[1:]] == [500.0, size]
        assert {cell.digits for cell in found.data.rows[0].cells[1:]} == {digits}
        assert found.chart.form == "bar"


@pytest.mark.parametrize(
    ("owed", "revenue", "year"),
    [
        ({2022: 30.0, 2023: 60.0}, {2022: 10.0, 2023: 40.0}, 2023),
        ({2022: 30.0, 2023: 60.0}, {2022: 10.0, 2023: 0.0}, 2022),
        ({2023: 60.0}, {2022: 10.0}, None),
        ({2023: 60.0}, {2023: -1.0}, None),
    ],
)
def test_what_the_city_owes_is_set_beside_its_revenue_of_the_same_year(owed, revenue, year):
    found = debt._of_prefecture(context(above={"debt_balance": owed, "fiscal_revenue": revenue}))
    assert (found and [fact.value for fact in found]) == (year and [owed[year], revenue[year]])


@pytest.mark.parametrize("times", [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0])
def test_a_city_that_owes_much_or_little_is_said_to(said, times):
    owed, revenue = dated({2023: 60.0 * times})[2023], dated({2023: 60.0})[2023]
    text, traced = debt._city(context(), owed, revenue)
    key = f"city.{grade('times', times)}"
    if key in debt.WORDS:
        ((name, values),) = [(name, values) for page, name, values in said if page == "report_debt"]
        assert (name, values["year"], values["times"]) == (key, 2023, f"{times:.1f}")
        assert [fact for note in traced for fact in note.facts] == [owed, revenue]
    else:
        assert (text, traced) == (None, ())


def test_a_unit_without_a_balance_stands_beside_its_prefecture():
    owed, revenue = dated({2022: 300.0})[2022], dated({2022: 120.0})[2022]
    made = debt._above_table(context(fiscal_revenue={2023: 50.0}), owed, revenue, alone=False)
    own, whole = made.rows
    assert [getattr(cell, "value", None) for cell in own.cells[1:]] == [None, 50.0, None]
    assert [cell.value for cell in whole.cells[1:]] == [300.0, 120.0, 2.5]
    assert [row.strong for row in made.rows] == [True, False]
    assert [row.key for row in made.rows] == ["own", "all"]
    assert len(made.columns) == 4
    assert debt._above_table(context(), owed, revenue, alone=True).rows[0].cells[2] is facts.BLANK


@pytest.mark.parametrize(
    ("count", "known", "key"),
    [(5, 0, None), (5, 1, "unknown.some"), (5, 3, "unknown.some"), (9, 4, "unknown.few"), (8, 4, "unknown.many"), (7, 4, "unknown.many")],
)  # fmt: skip
def test_units_that_publish_their_debt_are_named_or_are_few_or_many(said, count, known, key):
    made = context()
    made.desk.sisters = [SimpleNamespace(county=SimpleNamespace(code="1", name="own"), cells={"debt_balance": 1})] + [
        SimpleNamespace(county=SimpleNamespace(code=f"x{n}", name=f"x{n}"), cells={"debt_balance": 1} if n < known else {})
        for n in range(count)
    ]  # fmt: skip
    assert len(debt._sisters_known(made)) == (key is not None)
    assert [name for page, name, _ in said if name.startswith("unknown.")] == ([key] if key else [])


@pytest.mark.parametrize("share", [5.0, 9.0, 12.0, 15.0, 20.0, 30.0])
def test_revenue_is_said_to_weigh_from_an_unusual_part_of_output_on(said, share):
    line = load_parameters("bolang.pages.report").number("revenue_weight")
    for value in (share, line, line - 0.001):
        said.clear()
        finance._weight(context(fiscal_revenue={2022: 1.0, 2023: value, 2024: 9.0}, gdp={2022: 1.0, 2023: 100.0}))
        made = [values for page, key, values in said if key == "weight"]
        assert [(values["year"], values["value"]) for values in made] == ([(2023, f"{value:.1f}%")] if value >= line else [])  # fmt: skip
    assert finance._weight(context(fiscal_revenue={2023: 9.0}, gdp={2023: 0.0})) is None
    assert finance._weight(context(gdp={2023: 5.0})) is None


@pytest.mark.parametrize("percent", [10.0, 60.0, 110.0, 150.0, 250.0, 400.0])
def test_the_band_of_a_rate_is_that_of_the_rule(said, percent):
    debt._rate(context(debt_rate={2022: 1.0, 2023: percent}))
    made = {key: values for page, key, values in said if page == "report_debt"}
    assert f"band.{band(percent / 100)}" in made
    assert (made["rate"]["year"], made["rate"]["value"].value) == (2023, percent)
    assert debt._rate(context()) is None


@pytest.mark.parametrize(
    ("ends", "first", "last", "key"),
    [
        ((100.0, 121.0), 2021, 2023, "growth"),
        ((100.0, 110.0), 2022, 2023, "growth.one"),
        ((100.0, 100.04), 2022, 2023, "growth.still"),
        ((100.0, 90.0), 2022, 2023, "growth.one"),
        ((100.0, 99.96), 2022, 2023, "growth.still"),
    ],
)
def test_the_pace_of_the_balance(said, ends, first, last, key):
    rate = 100 * ((ends[1] / ends[0]) ** (1 / (last - first)) - 1)
    debt._pace(growth.Growth(first, last, rate, ()))
    made = {name: values for _, name, values in said}
    assert key in made
    if key != "growth.still":
        assert made[key]["rate"] == "10.0%"
        assert ("moved.up" in made) is (rate > 0)


def test_chapters_of_money_begin_with_words_and_end_with_what_was_imported(monkeypatch):
    for page in (finance, debt):
        monkeypatch.setattr(page, "also_imported", lambda made, key, rows: [Paragraph((Sentence(same(key)),))])
    monkeypatch.setattr(debt, "sister_table", lambda made: None)
    monkeypatch.setattr(debt.stress, "stress_blocks", lambda made: [])
    monkeypatch.setattr(debt.bonds, "maturities", lambda made: [])
    monkeypatch.setattr(user_rows, "rows_of", lambda *asked: ())
    values = {2021: 50.0, 2022: 55.0, 2023: 60.0}
    full = context(fiscal_revenue=values, fiscal_expenditure=values, debt_balance=values, debt_limit=values, self_sufficiency=values)  # fmt: skip
    for page, chapter, figure in ((finance, finance.finance, "budget"), (debt, debt.debt, "debt-figure")):
        made = chapter(full)
        name = page.__name__.rpartition(".")[2]
        assert [type(block).__name__ for block in made.blocks] == ["Paragraph", "Table", "Figure", "Paragraph"]
        assert (made.key, made.blocks[1].key, made.blocks[2].key) == (name, name, figure)
    bare = finance.finance(context(fiscal_revenue={2023: 5.0}))
    assert [type(block).__name__ for block in bare.blocks] == ["Table", "Paragraph"]
    unknown = debt.debt(context())
    assert [type(block).__name__ for block in unknown.blocks] == ["Paragraph", "Paragraph"]


# ---------------------------------------------------------------- the stress test
def outcome(key, debts, crossed=None, gdp=200.0):
    path = np.array(debts, dtype=float)
    return SimpleNamespace(
        key=key, balance=SimpleNamespace(debt=path, gdp=np.full(path.size, gdp)), crossed=crossed or {}
    )


def test_the_test_as_a_table_starts_where_debt_stands_and_ends_at_the_end(said, monkeypatch):
    found = SimpleNamespace(
        outcomes=[outcome("baseline", [30.0, 32.0, 34.0]), outcome("land", [30.0, 40.0, 61.0], {"warning": 2, "legal": 0})],
        notes=(SimpleNamespace(kind="borrowing", amount=3.0),),
    )  # fmt: skip
    asked = []
    assumptions = SimpleNamespace(years=2)
    monkeypatch.setattr(stress, "_position", lambda made: SimpleNamespace(year=2023))
    monkeypatch.setattr(stress, "county_assumptions", lambda atlas, county: (assumptions, 0.03))
    monkeypatch.setattr(stress, "standard_stresses", lambda assumed, deviation: (assumed, deviation))
    monkeypatch.setattr(
        stress, "assess", lambda *given, **options: asked.append((given[1:], options["stresses"])) or found
    )
    monkeypatch.setattr(stress, "_since", lambda made, year: None)
    for name in ("assumed_text", "case_text"):
        monkeypatch.setattr(stress, name, lambda one: Text(one.key, one.key))
    monkeypatch.setattr(stress, "crossed_text", lambda key, ahead: Text(f"{key}{ahead}", f"{key}{ahead}"))
    monkeypatch.setattr(stress, "line_text", same)
    (table,) = stress.stress_blocks(context())
    assert asked == [((assumptions, 0.03), (assumptions, 0.03))]
    caption = next(values for _, key, values in said if key == "stress")
    assert (caption["years"], caption["year"], caption["value"]) == (2, 2023, "15.0%")
    assert [row.key for row in table.rows] == ["baseline", "land"]
    assert [row.cells[1] for row in table.rows] == [same("17.0"), same("30.5")]
    assert table.rows[1].cells[2].en.startswith("warning2, ")
    assert [column.align for column in table.columns] == ["left", "right", "left"]
    assert {"stress.now", "stress.none", "stress.borrows"} <= {key for _, key, _ in said}
    assert next(values for _, key, values in said if key == "stress.borrows")["amount"].value == 3.0
    assert table.notes[0].text.zh.startswith("baseline；land；")
    found.outcomes = [outcome("baseline", [np.nan])]
    assert stress.stress_blocks(context()) == []
    monkeypatch.setattr(stress, "_position", lambda made: None)
    assert stress.stress_blocks(context()) == []


@pytest.mark.parametrize("noted", [(), (SimpleNamespace(kind="borrowing", amount=None),), (SimpleNamespace(kind="interest", amount=5.0),)])  # fmt: skip
def test_without_a_year_before_nothing_is_borrowed(said, noted):
    stress._borrowed(SimpleNamespace(notes=noted))
    assert keys_of(said) == ["stress.borrows.nothing"]


def test_general_and_special_debt_count_together_or_not_at_all():
    both = context(debt_balance={2022: 5e4}, gdp={2022: 1e6}, fiscal_revenue={2022: 2e4}, debt_balance_general={2022: 2e4}, debt_balance_special={2022: 3e4}, transfers={2022: 1e4, 2021: 9e4}, debt_limit={2022: 7e4})  # fmt: skip
    found = stress._position(both)
    assert (found.general_debt, found.special_debt, found.transfers, found.quota, found.debt_before) == (2.0, 3.0, 1.0, 7.0, None)  # fmt: skip
    assert set(found.sources) == {"debt", "gdp", "revenue", "general_debt", "special_debt", "transfers", "quota"}
    lone = stress._position(context(debt_balance={2020: 1e4, 2022: 5e4}, gdp={2022: 1e6}, fiscal_revenue={2022: 2e4}, debt_balance_special={2022: 3e4}))  # fmt: skip
    assert (lone.special_debt, lone.debt_before) == (None, None)


@pytest.mark.parametrize(
    ("start", "now", "key"),
    [(-100.0, 90.0, None), (1.0, 1.1, "stress.since.up"), (1.0, 1.099999999996, "stress.since.up"), (1.0, 1.09999999996, None), (1.0, 0.9, "stress.since.down"), (1.0, 0.91, None)],
)  # fmt: skip
def test_a_balance_that_has_moved_by_a_tenth_since_is_said_to_have(said, start, now, key):
    stress._since(context(debt_balance={2021: start, 2023: now}), 2021)
    assert [name for _, name, _ in said if name.startswith("stress.")] == ([key] if key else [])


# ---------------------------------------------------------------- the user's tables
def test_a_table_of_the_users_has_the_columns_that_are_filled_and_names_its_files(said):
    rows = (
        UserRow("platforms", {"name": "甲", "debt": 1.25, "year": 2022}, "a.xlsx"),
        UserRow("platforms", {"name": "乙", "rating": "AA", "debt": 2.0, "year": 2023}, "b.xlsx"),
        UserRow("platforms", {"name": "丙", "debt": 3.0, "year": 2023}, "a.xlsx"),
    )
    made = user_rows.table("platforms", rows)
    assert [key for _, key, _ in said if key.startswith("head.")] == [
        f"head.platforms.{name}" for name in ("name", "rating", "debt", "year")
    ]
    assert [column.align for column in made.columns] == ["left", "left", "right", "right"]
    assert made.rows[0].cells == (same("甲"), user_rows.BLANK, Number(1.25, 2, made.rows[0].cells[2].unit, 2022), same("2022"))  # fmt: skip
    assert next(values["files"] for _, key, values in said if key == "source") == Text("a.xlsx、b.xlsx", "a.xlsx, b.xlsx")  # fmt: skip
    assert made.key == "user-platforms"


@pytest.mark.parametrize(
    ("values", "year"),
    [({"year": 2021, "due": 2030}, 2021), ({"due": 2030, "end": 2031}, 2030), ({"end": 2031, "start": 2029}, 2031), ({"start": 2029}, 2029), ({}, None)],
)  # fmt: skip
def test_the_year_of_a_row_is_the_one_it_is_about(values, year):
    assert user_rows._year(UserRow("projects", {"name": "x", **values}, "a")) == year


@pytest.mark.parametrize("key", ["year", "due", "start", "end"])
def test_years_are_written_without_separators(key):
    assert user_rows._cell(UserRow("projects", {key: 2025}, "a"), key) == same("2025")


def test_only_what_the_user_brought_is_shown(monkeypatch):
    row = UserRow("platforms", {"name": "甲", "debt": 1.5, "year": 2022}, "a.xlsx")
    monkeypatch.setattr(user_rows, "rows_of", lambda atlas, county, kind: (row,) if kind == "platforms" else ())
    assert [table.key for table in user_rows.tables(context(), ("bonds", "platforms"))] == ["user-platforms"]
    assert user_rows.platform_debt(context()) == 15_000.0
    monkeypatch.setattr(user_rows, "rows_of", lambda atlas, county, kind: ())
    assert user_rows.platform_debt(context()) is None


def test_categories_that_are_years_date_their_figures():
    assert [chart_figure._year(same(name)) for name in ("2020", "甲", "2020年", "")] == [2020, None, None, None]


def test_a_balance_grows_across_the_year_of_an_economic_census(said):
    """Censuses revise output, not what is owed."""
    debt._balance(context(debt_balance={2018: 100.0, 2019: 110.0}))
    assert {name: values for _, name, values in said}["growth.one"]["rate"] == "10.0%"


@pytest.mark.parametrize("years", [(2021,), (2023,), ()])
def test_a_side_of_which_an_end_is_not_known_has_no_pace(years):
    known, part = dict.fromkeys((2021, 2023), 5.0), dict.fromkeys(years, 5.0)
    assert finance._sides(context(fiscal_revenue=part, fiscal_expenditure=known), 2021, 2023) is None
    assert finance._sides(context(fiscal_revenue=known, fiscal_expenditure=part), 2021, 2023) is None
