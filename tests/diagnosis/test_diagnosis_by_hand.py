"""Growth, exports, rankings, standings and evidence on a book of a few counties made by hand, each line from both sides."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.diagnosis import exports as exports_module
from bolang.diagnosis import fact_ranking, growth, peers
from bolang.diagnosis.benchmark import _widest_part, benchmark_lines
from bolang.diagnosis.evidence import Evidence, percent
from bolang.diagnosis.exports import export_ratio, export_ratios, yuan_per_dollar
from bolang.diagnosis.fact_ranking import rank_facts
from bolang.diagnosis.indicator import Values, dimension
from bolang.diagnosis.quality import RECENT, _fiscal, _sample
from bolang.diagnosis.ranking import _inside
from bolang.diagnosis.result import BenchmarkLine
from bolang.diagnosis.series_breaks import series_breaks
from bolang.diagnosis.standing import Standings, standings, telling
from bolang.foundation.errors import MissingFactError, UnknownPlaceError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same


def fact(name, year, value, unit="万元", period="year", status="measured", stage="", origin="built-in", code="1"):
    return Fact(code, name, same(name), value, unit, year, period, status, Provenance(same("书")), origin, stage)  # type: ignore[arg-type]


class Book:
    """Facts of a few counties: a list, from which columns are read as well."""

    def __init__(self, *listed, count=4, kind="county"):
        self.listed = listed
        self.counties = tuple(
            SimpleNamespace(
                index=i, code=str(i + 1), kind=kind, prefecture_code="P" if i < 3 else "Q", province_code="Z", prefecture="甲市",
                province="某省", full_name=f"县{i}", atlas=self,
            )
            for i in range(count)
        )  # fmt: skip
        self.vintage = SimpleNamespace(census=2020, census_before=2010, accounts=2023, debt=2024, taobao=2022)
        self.workspace = None
        self.entries = SimpleNamespace(of_areas=lambda name: any(f.indicator == name for f in self.listed))
        self.territory = SimpleNamespace(
            of=lambda county: (), comparable=lambda county, first, last: county.code != "4" or last < 2022
        )

    def knows(self, name):
        return any(f.indicator == name for f in self.listed)

    def facts(self, county, name):
        code = county if isinstance(county, str) else county.code
        return tuple(f for f in self.listed if f.code == code and f.indicator == name)

    def column(self, name, year, estimated=False):
        values = np.full(len(self.counties), np.nan)
        for f in reversed(self.listed):
            if (f.indicator, f.year, f.period, f.status) == (name, year, "year", "measured") and f.code in "1234":
                values[int(f.code) - 1] = f.value
        if np.isnan(values).all():
            raise MissingFactError(name)
        return values


# ---------------------------------------------------------------- exports
def test_exports_in_yuan_go_before_dollars_and_both_are_over_output_of_the_year(monkeypatch):
    """2 亿美元 at 7 are 140,000 万元."""
    monkeypatch.setattr(exports_module, "yuan_per_dollar", lambda: {2021: 7.0, 2022: 6.0})
    monkeypatch.setattr(exports_module, "_oldest", lambda: 2021)
    monkeypatch.setattr(exports_module, "_years", lambda atlas: {2020, 2021, 2022, 2023})
    book = Book(
        fact("exports", 2021, 2.0, "亿美元"), fact("gdp", 2021, 280_000.0), fact("exports_cny", 2021, 70_000.0, code="2"), fact("exports", 2021, 9.0, code="2"), fact("gdp", 2021, 280_000.0, code="2"),
        fact("exports", 2023, 5.0, code="2"), fact("gdp", 2023, 5.0, code="2"), fact("exports_cny", 2020, 5.0, code="3"), fact("gdp", 2020, 5.0, code="3"), fact("exports_cny", 2021, 0.0, code="4"),
        fact("gdp", 2021, 5.0, code="4"), fact("gdp", 2022, 5.0), fact("exports", 2021, 8.0, period="H1", code="3"), fact("gdp", 2021, 5.0, code="3"),
    )  # fmt: skip
    found = [export_ratio(county) for county in book.counties]
    assert [None if f is None else (f.value, f.year) for f in found] == [(50.0, 2021), (25.0, 2021), None, (0.0, 2021)]
    assert [f.exports.indicator for f in found if f] == ["exports", "exports_cny", "exports_cny"]
    values, years = export_ratios(book)
    np.testing.assert_allclose(values, [50.0, 25.0, np.nan, 0.0])
    assert years[[0, 1, 3]].tolist() == [2021] * 3


def test_the_rates_of_the_dollar_are_those_of_the_central_bank():
    """Annual averages as the statistical bulletins state them."""
    rates = yuan_per_dollar()
    assert (rates[2015], rates[2019], rates[2020]) == pytest.approx((6.2284, 6.8985, 6.8976), abs=0.01)
    assert exports_module._oldest() == load_parameters("bolang.diagnosis").number("oldest_exports")


# ---------------------------------------------------------------- growth
def evidence(book, above=None):
    return SimpleNamespace(
        atlas=book, census=2020, census_before=2010, area_gdp=lambda code: (above or {}).get(code, {}),
    )  # fmt: skip


def test_growth_is_compared_over_the_same_years_and_not_across_territories():
    """100 to 121 in two years is 10 %; the prefecture 4.88, the province has no figure of the end."""
    book = Book(fact("gdp", 2018, 100.0), fact("gdp", 2020, 121.0), fact("gdp", 2009, 1.0), *[fact("gdp", year, 100.0 + year - 2018, code="4") for year in (2018, 2020, 2022)])  # fmt: skip
    found = growth.growth_lines(evidence(book, {"P": {2018: 10.0, 2020: 11.0}, "Z": {2018: 5.0}}), book.counties[0])
    assert [(line.kind, line.first_year, line.last_year) for line in found] == [("nominal", 2018, 2020)]
    assert (found[0].growth, found[0].prefecture_growth) == pytest.approx((10.0, 100 * (1.1**0.5 - 1)))
    assert found[0].province_growth is None
    other = growth.growth_lines(evidence(book), book.counties[3])
    assert other == ()  # up to 2022 its territory is another


def test_published_growth_of_the_last_three_years_stands_beside_that_of_the_areas_above():
    rates = [fact("gdp_growth", year, year - 2010.0, "%") for year in (2019, 2020, 2022, 2023)]
    book = Book(*rates, fact("gdp_growth", 2023, 99.0, "%"), fact("gdp_growth", 2021, 99.0, "%", period="H1"), fact("gdp_growth", 2023, 5.0, "%", code="P"), fact("gdp_growth", 2022, 4.0, "%", code="Z"))  # fmt: skip
    found = growth.growth_lines(evidence(book), book.counties[0])
    assert [(x.kind, x.first_year, x.last_year, x.growth, x.prefecture_growth, x.province_growth) for x in found] == [
        ("real", 2019, 2020, 10.0, None, None), ("real", 2021, 2022, 12.0, None, 4.0), ("real", 2022, 2023, 13.0, 5.0, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("end", "jumps"), [(1.0, 0), (1.3, 1)])
def test_a_jump_is_told_inside_a_stretch(end, jumps):
    limit = load_parameters("bolang.diagnosis").number("gdp_jump")
    outer = load_parameters("bolang.diagnosis")["gdp_break"].value
    assert limit < 30 < outer[1]
    book = Book(fact("gdp", 2018, 100.0), fact("gdp", 2019, 100.0), fact("gdp", 2020, 100.0 * end))
    found = growth.growth_lines(evidence(book), book.counties[0])
    assert [(line.first_year, line.last_year) for line in found] == [(2018, 2020), (2019, 2020)]
    assert [len(line.jumps) for line in found] == [jumps, jumps]


@pytest.mark.parametrize(("low", "high"), [(0.0, 100.0), (100.0, 0.0), (-5.0, 100.0)])
def test_a_step_from_or_to_nothing_is_no_step(low, high):
    assert series_breaks({2020: fact("gdp", 2020, low), 2021: fact("gdp", 2021, high)}) == ()


def test_figures_of_one_time_disagree_in_the_order_of_their_times():
    facts = [fact("gdp", 2022, 2.0), fact("gdp", 2021, 1.0), fact("gdp", 2022, 3.0), fact("gdp", 2021, 1.1), fact("gdp", 2020, 5.0), fact("gdp", 2021, 9.0, period="H1")]  # fmt: skip
    book = Book(*facts)
    book.conflicting = lambda county: ("gdp",)
    found = growth.conflicts(evidence(book), book.counties[0])
    assert [(c.year, c.period, [f.value for f in c.facts]) for c in found] == [(2021, "year", [1.0, 1.1]), (2022, "year", [2.0, 3.0])]  # fmt: skip


# ---------------------------------------------------------------- rankings and standings
@pytest.mark.parametrize(("equal", "tells"), [(1, True), (3, True), (4, True), (5, True), (6, True), (7, False)])
def test_a_rank_tells_nothing_where_more_than_a_twentieth_have_the_very_same(equal, tells):
    """Of a hundred: five others may have the same value, six may not; of few, two may."""
    strength = np.arange(100.0)
    strength[:equal] = 0.0
    found = standings(strength, np.zeros(100, dtype=np.int64))
    assert found.tied[0] == equal - 1
    assert (telling(found, 0) is not None) is tells
    assert telling(found, 99).rank == 1
    few = standings(np.array([0.0] * equal + [1.0]), np.zeros(equal + 1, dtype=np.int64))
    assert (telling(few, 0) is not None) is (equal <= 3)


def test_nobody_is_ranked_where_nobody_has_a_value():
    found = standings(np.full(3, np.nan), np.zeros(3, dtype=np.int64))
    assert (found.rank.tolist(), found.count.tolist(), found.tied.tolist()) == ([0] * 3, [0] * 3, [0] * 3)
    alone = standings(np.array([5.0, np.nan]), np.zeros(2, dtype=np.int64))
    assert isinstance(alone, Standings)
    assert (alone.rank.tolist(), alone.count.tolist(), alone.at(0)) == ([1, 0], [1, 0], None)


def test_a_province_is_named_in_full_by_its_beginning_or_its_code():
    places = [SimpleNamespace(province="浙江省", province_code="330000"), SimpleNamespace(province="江苏省", province_code="320000")]  # fmt: skip
    for name in ("浙江省", "浙江", "330000"):
        assert _inside(places, name).tolist() == [True, False]
        assert [fact_ranking._in(place, name) for place in places] == [True, False]
    assert _inside(places, None).tolist() == [True, True]
    with pytest.raises(UnknownPlaceError):
        _inside(places, "苏")


class Entries(dict):
    def __init__(self, **years):
        super().__init__(years)
        self.all_of = lambda name: [self.indicator(name)] if name in years else []

    def indicator(self, name):
        return SimpleNamespace(name=name, label=same(name), unit="万元", years=self[name], sources=("甲", "甲", f"{name}书"))  # fmt: skip


def test_the_year_of_a_ranking_is_the_newest_that_a_tenth_have():
    """Of twenty counties two are a tenth."""
    book = Book(fact("loans", 2023, 1.0), fact("loans", 2022, 1.0), fact("loans", 2022, 9.0, code="2"), fact("loans", 2021, 5.0), count=20)  # fmt: skip
    book.entries = Entries(loans=(2021, 2022, 2023, 2024))
    found = rank_facts(book, "loans")
    assert (found.year, [(row.rank, row.county.code, row.value) for row in found.rows]) == (2022, [(1, "2", 9.0), (2, "1", 1.0)])  # fmt: skip
    assert (found.sources, found.unit, found.province) == (("甲", "loans书"), "万元", "")
    scarce = Book(fact("loans", 2023, 1.0), count=20)
    scarce.entries = Entries(loans=(2022, 2023))
    assert rank_facts(scarce, "loans").year == 2023
    with pytest.raises(UnknownPlaceError):
        rank_facts(book, "loans", province="浙江")
    assert rank_facts(book, "loans", province="某", year=2021).province == "某省"


def test_equal_values_share_a_rank_and_a_year_without_figures_is_none():
    book = Book(*[fact("loans", 2022, value, code=code) for code, value in (("1", 5.0), ("2", 9.0), ("3", 5.0), ("4", 1.0))])  # fmt: skip
    book.entries = Entries(loans=(2022,))
    assert [(row.rank, row.county.code) for row in rank_facts(book, "loans").rows] == [(1, "2"), (2, "1"), (2, "3"), (4, "4")]  # fmt: skip
    book.entries = Entries(fiscal_revenue=(2022,), fiscal_expenditure=(2022,))
    with pytest.raises(MissingFactError):
        rank_facts(book, "self_sufficiency", year=2022)


# ---------------------------------------------------------------- evidence
def test_a_ratio_over_nothing_is_none():
    np.testing.assert_array_equal(percent(np.array([1.0, 1.0, 1.0, 1.0]), np.array([4.0, 0.0, np.nan, -2.0])), [25.0, np.nan, np.nan, np.nan])  # fmt: skip


def test_a_ratio_of_accounts_is_of_the_newest_year_from_the_census_on():
    """Debt goes a year beyond the accounts; the fourth county's territory changed in 2022."""
    listed = [("1", 2024, 5.0, 10.0), ("1", 2023, 1.0, 10.0), ("2", 2020, 2.0, 10.0), ("3", 2019, 2.0, 10.0), ("4", 2023, 9.0, 10.0), ("4", 2021, 3.0, 10.0)]  # fmt: skip
    book = Book(*[fact(name, year, value, code=code) for code, year, *both in listed for name, value in zip(("a", "b"), both, strict=True)])  # fmt: skip
    found = Evidence(book).latest_ratio("a", "b")
    np.testing.assert_array_equal(found.now, [50.0, 20.0, np.nan, 30.0])
    assert [found.year_of(i) for i in range(4)] == [2024, 2020, 2023, 2021]


def test_the_interval_of_a_share_is_that_of_a_sample_of_its_size():
    """Of 40,000 sampled a fifth: plus and minus 1.96 times the error of a share, in per cent, about the share."""
    cited = load_parameters("bolang.measures")
    noise = cited.number("long_form_design_effect") * (1 - cited.number("long_form_fraction"))
    jobs = np.full((3, 19), 40_000 / 19)
    jobs[0, :4] = [4000.0, 4000.0, 8000.0, 40_000 - 16_000 - 15 * jobs[0, 4]]
    book = Book(*[fact("work", year, 8000.0, code=c) for c in "123" for year in (2020, 2010)], count=3)
    book.employment = lambda year: jobs
    book.table = lambda name: pl.DataFrame({"code": ["1", "2", "3"], "comparable": [True, True, False]})
    found = Evidence(book)
    wide = 100 * 1.96 * np.sqrt(noise * 0.2 * 0.8 / 40_000)
    for values in (found.industry_share("AB"), found.industry_share("C"), found.occupation_share("work")):
        assert values.now[0] == pytest.approx(20.0)
        assert (values.low[0], values.high[0]) == pytest.approx((20.0 - wide, 20.0 + wide), abs=0.05 * wide)
        assert (values.earlier[0], values.earlier_year) == (pytest.approx(20.0), 2010)
        assert np.isnan(values.earlier[2])


def test_neighbours_without_a_value_do_not_count_and_islands_have_none():
    book = Book()
    book.codes = [c.code for c in book.counties]
    pairs = [("1", "2"), ("2", "1"), ("1", "3"), ("3", "1")]
    book.table = lambda name: pl.DataFrame({"code": [a for a, _ in pairs], "neighbour": [b for _, b in pairs]})
    found = Evidence(book).neighbour_mean(np.array([1.0, 5.0, np.nan, 7.0]))
    np.testing.assert_array_equal(found, [5.0, 1.0, 1.0, np.nan])


def test_the_output_of_areas_is_read_by_code_and_year():
    book = Book()
    tables = {
        "prefecture_panel": pl.DataFrame({"prefecture_code": ["P", "P", "Q"], "year": [2020, 2021, 2020], "gdp_100m": [1.0, 2.0, None]}),
        "province_gdp": pl.DataFrame({"province_code": ["Z"], "year": [2020], "gdp_100m": [9.0]}),
    }  # fmt: skip
    book.table = tables.__getitem__
    found = Evidence(book)
    assert [found.area_gdp(code) for code in ("P", "Q", "Z", "X")] == [{2020: 1.0, 2021: 2.0}, {}, {2020: 9.0}, {}]


def test_villages_on_the_list_are_per_hundred_thousand_and_none_where_none_is_listed():
    book = Book(fact("taobao_villages", 2022, 3.0), *[fact("population", 2020, 2e5, code=c) for c in "1234"])
    assert Evidence(book).taobao_per_100k().tolist() == [1.5, 0.0, 0.0, 0.0]


def test_a_value_of_one_year_and_values_of_many():
    plain, mixed = Values(np.zeros(2), 2020), Values(np.zeros(2), 2020, years=np.array([2019, 2021]))
    assert ([plain.year_of(i) for i in (0, 1)], [mixed.year_of(i) for i in (0, 1)]) == ([2020, 2020], [2019, 2021])


def test_a_key_put_together_finds_what_a_key_written_out_does():
    from bolang.diagnosis.result import Diagnosis, Dimension

    readings = tuple(SimpleNamespace(key=key) for key in ("a_first", "b_second", "c_third"))
    parts = tuple(Dimension(key, same(key), "shortcoming", None, {}, None, None, {}, readings) for key in ("x_one", "y_two", "z_three"))  # fmt: skip
    made = Diagnosis.__new__(Diagnosis)
    object.__setattr__(made, "dimensions", parts)
    assert made.dimension("_".join(["y", "two"])) is parts[1]
    assert parts[0].reading("_".join(["b", "second"])) is readings[1]


def test_formulas_and_names_of_a_dimension_agree():
    with pytest.raises(KeyError, match="wealth"):
        dimension("synergy", {"wealth": lambda e: Values(np.zeros(1))})


# ---------------------------------------------------------------- quality, benchmark, peers
@pytest.mark.parametrize(
    ("revenue", "spending", "told"),
    [(2023, 2023, None), (2023 - RECENT, 2023, None), (2022 - RECENT, 2023, (2022 - RECENT, 2023)), (2023, 2022 - RECENT, (2023, 2022 - RECENT)), (None, 2023, (None, 2023)), (None, None, (None, None))],
)  # fmt: skip
def test_a_budget_older_than_three_years_is_a_gap(revenue, spending, told):
    years = {"fiscal_revenue": revenue, "fiscal_expenditure": spending}
    book = Book(*[fact(name, year, 1.0) for name, year in years.items() if year])
    found = _fiscal(SimpleNamespace(atlas=book), book.counties[0])
    assert [(n.severity, n.finding.revenue, n.finding.expenditure) for n in found] == ([] if told is None else [("gap", *told)])  # fmt: skip


@pytest.mark.parametrize(("under", "severity"), [(0, "note"), (1, "caution")])
def test_a_sample_at_the_limit_is_no_small_one(under, severity):
    limit = load_parameters("bolang.diagnosis").number("small_sample")
    counts = np.array([[limit - 5 - under, 5.0]])
    (note,) = _sample(SimpleNamespace(census=2020, employment=lambda year: counts), SimpleNamespace(index=0))
    assert (note.severity, note.finding.size, note.finding.limit) == (severity, limit - under, limit)


def part(label, own, other):
    return SimpleNamespace(
        indicator=SimpleNamespace(label=label),
        standings={"nation": SimpleNamespace(percentile=np.array([own, other]))},
    )


def test_the_widest_gap_counts_in_both_directions_and_an_unknown_one_not():
    parts = [part("a", 50.0, 60.0), part("b", 90.0, 55.0), part("c", np.nan, 5.0), part("d", 20.0, 40.0)]
    panel = SimpleNamespace(indicators=parts, score=np.array([40.0, 70.0]), spec=SimpleNamespace(key="k", label=same("l")))  # fmt: skip
    own, other = SimpleNamespace(index=0), SimpleNamespace(index=1)
    assert _widest_part(panel, own, other) == "b"
    assert _widest_part(SimpleNamespace(indicators=[parts[2], part("e", 1.0, 1.0)]), own, other) == "e"
    (line,) = benchmark_lines([panel], own, other)
    assert (line.index, line.benchmark, line.gap) == (40.0, 70.0, -30.0)
    assert BenchmarkLine("k", same("l"), None, 70.0, same("b")).gap is None
    assert BenchmarkLine("k", same("l"), 70.0, None, same("b")).gap is None


def test_two_blocks_of_features_say_why_counties_are_alike():
    plain = np.array([1.0, 2.0, np.nan])
    likeness = peers.Likeness({}, plain, plain * 10, plain * 100, plain * 1000, np.zeros((3, 3)), plain * 5)
    found = peers._alike(likeness, 0, 1, {"structure": 10.0, "size": 90.0, "income": 50.0, "fiscal": 60.0})
    assert [(block.block, block.own, block.other) for block in found] == [("size", 10.0, 20.0), ("fiscal", 5.0, 10.0)]
    unknown = peers._alike(likeness, 0, 2, {"size": 1.0, "location": 2.0})
    assert [(block.block, block.own, block.other) for block in unknown] == [("location", None, None), ("size", None, None)]  # fmt: skip
