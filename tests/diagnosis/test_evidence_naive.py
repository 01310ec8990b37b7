"""Every indicator of some counties again, in plain loops from the columns of the atlas, and what is said beside it."""

import math

import numpy as np
import pytest

from bolang.atlas import INDUSTRIES, Atlas
from bolang.diagnosis import Diagnostician
from bolang.diagnosis.benchmark import benchmark_lines
from bolang.diagnosis.data_quality import BudgetAge, GdpMissing, MissingReadings, SampleSize
from bolang.diagnosis.desk import SISTER_KEYS, DeskRank, _Reader
from bolang.diagnosis.exports import export_ratio, yuan_per_dollar
from bolang.diagnosis.fact_ranking import rank_facts
from bolang.diagnosis.growth import TOLERANCE, _average_growth, _jumps, _periods
from bolang.diagnosis.indicators.opening import OPENING_POLICIES
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.market_workshop import find_market_workshops
from bolang.diagnosis.panel import _errors, _winsorised
from bolang.diagnosis.quality import RECENT
from bolang.diagnosis.ranking import ranking
from bolang.diagnosis.result import GrowthLine
from bolang.foundation.errors import MissingFactError
from bolang.foundation.parameters import load_parameters

NAMES = ("义乌市", "昆山市", "漠河市", "曹县", "神木市", "临平区", "嵊泗县")
NOW, BEFORE = 2020, 2010


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def diagnostician(atlas):
    return Diagnostician(atlas)


class Naive:
    """One county's indicators, by the words of the handbook."""

    def __init__(self, atlas, county):
        self.atlas, self.county, self.i = atlas, county, county.index
        self.same = bool(atlas.table("continuity").sort("code")["comparable"].to_numpy()[self.i])
        self.nation = {
            year: dict(zip(INDUSTRIES, atlas.national_employment(year).tolist(), strict=True)) for year in (NOW, BEFORE)
        }
        self.jobs = {year: self.jobs_of(self.i, year) for year in (NOW, BEFORE)}

    def jobs_of(self, row, year):
        return dict(zip(INDUSTRIES, self.atlas.employment(year)[row].tolist(), strict=True))

    def col(self, name, year=NOW):
        return float(self.atlas.column(name, year, estimated=True)[self.i])

    def quotient(self, section, year=NOW, row=None):
        jobs = self.jobs[year] if row is None else self.jobs_of(row, year)
        nation = self.nation[year]
        return jobs[section] / sum(jobs.values()) / (nation[section] / sum(nation.values()))

    def share(self, parts, whole, year=NOW):
        return 100 * sum(self.col(part, year) for part in parts) / self.col(whole, year)

    def change(self, name):
        return 100 * (self.col(name) / self.col(name, BEFORE) - 1)

    def basic(self, year=NOW):
        """Jobs beyond what the nation's share would give, in what can be sold outside, over all jobs."""
        jobs, nation = self.jobs[year], self.nation[year]
        everyone = sum(jobs.values())
        beyond = (max(0.0, jobs[s] - everyone * nation[s] / sum(nation.values())) for s in "BCFGIJLM")
        return 100 * sum(beyond) / everyone

    def density(self, year=NOW, row=None):
        row = self.i if row is None else row
        jobs = self.jobs_of(row, year)
        return (sum(jobs.values()) - jobs["A"]) * 10 / self.atlas.counties[row].area_km2

    def around(self, ask):
        codes = [county.code for county in self.atlas.counties]
        pairs = self.atlas.table("neighbours").select("code", "neighbour").iter_rows()
        found = [ask(codes.index(other)) for own, other in pairs if own == self.county.code]
        return float(np.mean([value for value in found if not math.isnan(value)])) if found else math.nan

    def competitive(self, section):
        """What an industry gained beyond its growth in the whole nation."""
        nation = self.nation[NOW][section] / self.nation[BEFORE][section]
        return self.jobs[NOW][section] - self.jobs[BEFORE][section] * nation

    def values(self):
        young = [f"{sex}_{age}_{age + 4}" for sex in ("male", "female") for age in (20, 25, 30, 35)]
        college = [f"education_{level}_{sex}" for level in ("college", "bachelor") for sex in ("male", "female")]
        jobs = self.jobs[NOW]
        everyone = sum(jobs.values())
        found = {
            "migrant_share": self.share(["migrants_within_province", "migrants_other_province"], "population"),
            "other_province_share": self.share(["migrants_other_province"], "population"),
            "young_share": self.share(young, "population"),
            "college_share": self.share(college, "population"),
            "urban_share": self.share(["urban"], "population"),
            "within_county_movers": self.share(["migrants_within_county"], "population"),
            "professional_share": 100 * self.col("occupation_professionals") / everyone,
            "gdp_per_head": 1e4 * self.col("gdp") / self.col("population"),
            "manufacturing_lq": self.quotient("C"),
            "wholesale_retail_lq": self.quotient("F"),
            "transport_lq": self.quotient("G"),
            "business_services_lq": self.quotient("L"),
            "information_lq": self.quotient("I"),
            "weaker_leg": min(self.quotient("C"), self.quotient("F")),
            "best_quotient": max(self.quotient("C"), self.quotient("F")),
            "modern_services_share": 100 * sum(jobs[s] for s in "IJLM") / everyone,
            "farm_share": 100 * jobs["A"] / everyone,
            "basic_share": self.basic(),
            "manufacturing_scale": 1e4 * jobs["C"] / self.nation[NOW]["C"],
            "nonfarm_density": self.density(),
            "neighbour_density": self.around(lambda row: self.density(row=row)),
            "neighbour_manufacturing_lq": self.around(lambda row: self.quotient("C", row=row)),
            "port_cost": self.col("port_cost"),
            "terminal_hours": self.col("terminal_hours"),
            "metropolis_minutes": self.col("metropolis_minutes"),
            "market_potential": 100 * self.col("harris_all") / float(np.median(self.atlas.column("harris_all", NOW, estimated=True))),
        }  # fmt: skip
        if self.same:
            before = sum(self.jobs[BEFORE].values())
            found |= {
                "population_change": self.change("population"),
                "trade_shift": 100 * self.competitive("F") / self.jobs[BEFORE]["F"],
                "manufacturing_shift": 100 * self.competitive("C") / self.jobs[BEFORE]["C"],
                "total_shift": 100 * sum(map(self.competitive, INDUSTRIES)) / before,
                "structural_change": 50
                * sum(abs(jobs[s] / everyone - self.jobs[BEFORE][s] / before) for s in INDUSTRIES),
            }
        return found

    def earlier(self):
        return {
            "migrant_share": self.share(["migrants_within_province", "migrants_other_province"], "population", BEFORE),
            "manufacturing_lq": self.quotient("C", BEFORE),
            "weaker_leg": min(self.quotient("C", BEFORE), self.quotient("F", BEFORE)),
            "best_quotient": max(self.quotient("C", BEFORE), self.quotient("F", BEFORE)),
            "farm_share": 100 * self.jobs[BEFORE]["A"] / sum(self.jobs[BEFORE].values()),
            "basic_share": self.basic(BEFORE),
            "nonfarm_density": self.density(BEFORE),
            "manufacturing_scale": 1e4 * self.jobs[BEFORE]["C"] / self.nation[BEFORE]["C"],
            "gdp_per_head": 1e4 * self.col("gdp", BEFORE) / self.col("population", BEFORE),
        }


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_by_its_words(atlas, diagnostician, name):
    found = diagnostician.diagnose(name)
    readings = {reading.key: reading for dimension in found.dimensions for reading in dimension.readings}
    naive = Naive(atlas, found.county)
    for key, value in naive.values().items():
        reading = readings[key]
        if math.isnan(value):
            assert reading.value is None, key
        else:
            assert reading.value == pytest.approx(value, rel=1e-9), key
        assert (reading.low is None) == (reading.high is None)
        if reading.low is not None:
            assert reading.low <= reading.value <= reading.high
    for key, value in naive.earlier().items():
        if naive.same and not math.isnan(value):
            assert readings[key].earlier == pytest.approx(value, rel=1e-9), key
            assert readings[key].earlier_year == BEFORE
        elif not naive.same:
            assert readings[key].earlier is None
    if naive.same:
        nation = sum(naive.nation[NOW].values()) / sum(naive.nation[BEFORE].values())
        for line in found.industries:
            mix = naive.nation[NOW][line.code] / naive.nation[BEFORE][line.code]
            was = naive.jobs[BEFORE][line.code]
            assert line.employed == naive.jobs[NOW][line.code]
            assert line.employed_earlier == was
            assert line.share == pytest.approx(100 * line.employed / sum(naive.jobs[NOW].values()))
            assert line.national_effect == pytest.approx(was * (nation - 1))
            assert line.mix_effect == pytest.approx(was * (mix - nation))
            assert line.regional_effect == pytest.approx(naive.competitive(line.code))


@pytest.mark.parametrize("name", NAMES)
def test_ratios_of_accounts_are_the_newest_with_both_sides(atlas, diagnostician, name):
    found = diagnostician.diagnose(name)
    readings = {reading.key: reading for dimension in found.dimensions for reading in dimension.readings}
    for key, above, below in [
        ("self_sufficiency", "fiscal_revenue", "fiscal_expenditure"), ("loans_to_gdp", "loans", "gdp"), ("debt_to_gdp", "debt_balance", "gdp"),
    ]:  # fmt: skip
        newest = None
        for year in range(NOW, max(atlas.vintage.accounts, atlas.vintage.debt) + 1):
            try:
                part, whole = (float(atlas.column(column, year)[found.county.index]) for column in (above, below))
            except MissingFactError:
                continue
            if whole > 0 and not math.isnan(part) and atlas.territory.comparable(found.county, NOW, year):
                newest = (year, 100 * part / whole)
        reading = readings[key]
        assert (None if reading.value is None else (reading.year, pytest.approx(reading.value))) == newest, key


@pytest.mark.parametrize("name", NAMES)
def test_exports_over_output_are_of_one_year_and_in_one_currency(atlas, diagnostician, name):
    county = atlas.county(name)
    one, readings = export_ratio(county), diagnostician.diagnose(name).dimension("opening")
    reading = readings.reading("exports_to_gdp")
    if one is None:
        assert reading.value is None
        return
    assert (reading.value, reading.year) == (pytest.approx(one.value), one.year)
    rate = 1.0 if one.exports.indicator == "exports_cny" else 1e4 * yuan_per_dollar()[one.year]
    assert one.value == pytest.approx(100 * one.exports.value * rate / one.gdp.value)
    assert one.exports.year == one.gdp.year == one.year


# ---------------------------------------------------------------- growth
def test_stretches_keep_to_one_base():
    """Bases begin in 2018 and 2024: on the first only the whole stretch, later also since the census and the newest year."""
    assert _periods([2010, 2012, 2017], 2020) == [(2010, 2017)]
    assert _periods([2018, 2020, 2022, 2023], 2020) == [(2018, 2023), (2020, 2023), (2022, 2023)]
    assert _periods([2018, 2020], 2020) == [(2018, 2020)]
    assert _periods([2019, 2021, 2022], 2020) == [(2019, 2022), (2021, 2022)]
    assert _periods([2017, 2018], 2020) == []
    assert _periods([2023, 2024, 2025], 2020) == [(2024, 2025)]
    assert _periods([2020, 2021], 2020) == [(2020, 2021)]


def test_average_growth_and_jumps_by_hand():
    """100 to 121 in two years is 10 % a year."""
    series = {2018: 100.0, 2019: 150.0, 2020: 121.0, 2021: 0.0}
    assert _average_growth(series, 2018, 2020) == pytest.approx(10.0)
    assert _average_growth(series, 2018, 2017) is None
    assert _average_growth(series, 2020, 2021) is None
    assert _average_growth(series, 2021, 2020) is None
    limit = load_parameters("bolang.diagnosis").number("gdp_jump")
    rates = {2019: 50.0, 2020: 100 * (121 / 150 - 1)}
    found = {jump.year: jump.rate for jump in _jumps(series, 2018, 2021)}
    assert found == pytest.approx({year: rate for year, rate in rates.items() if abs(rate) > limit})
    line = {2018: 100.0, 2019: 100.0 + limit, 2020: (100.0 + limit) ** 2 / 100 * 1.0001}
    assert [jump.year for jump in _jumps(line, 2018, 2020)] == [2020]
    assert TOLERANCE == 0.005


# ---------------------------------------------------------------- likeness, benchmark, quality
def test_likeness_by_its_words(diagnostician):
    evidence = diagnostician.panel.evidence
    likeness = build_likeness(evidence)
    population, area = evidence.column("population", NOW), evidence.area
    density = np.log(population / area)
    quarter, middle, three = np.nanpercentile(density, [25, 50, 75])
    np.testing.assert_allclose(likeness.blocks["location"][:, 0], (density - middle) / (three - quarter))
    assert {name: block.shape[1] for name, block in likeness.blocks.items()} == {
        "structure": 19,
        "size": 2,
        "income": 3,
        "location": 3,
    }
    known = ~np.isnan(likeness.blocks["structure"]).any(axis=1)
    np.testing.assert_allclose((likeness.blocks["structure"][known] ** 2).sum(axis=1), 1.0)
    revenue, spending = (evidence.accounts(name) for name in ("fiscal_revenue", "fiscal_expenditure"))
    np.testing.assert_allclose(likeness.revenue_per_head, 1e4 * revenue / population)
    ratio = revenue / spending
    low, mid, high = np.nanpercentile(100 * ratio, [25, 50, 75])
    np.testing.assert_allclose(likeness.fiscal[:, 1], (100 * ratio - mid) / (high - low))
    row = diagnostician.atlas.county("义乌市").index
    jobs = evidence.employment(NOW)[row]
    assert likeness.manufacturing_share[row] == pytest.approx(100 * jobs[INDUSTRIES.index("C")] / jobs.sum())


@pytest.mark.parametrize("name", ["曹县", "漠河市"])
def test_the_widest_part_is_that_of_the_largest_difference(diagnostician, name):
    atlas, panels = diagnostician.atlas, diagnostician.panel.dimensions
    own, yiwu = atlas.county(name), atlas.county("义乌市")
    for panel, line in zip(panels, benchmark_lines(panels, own, yiwu), strict=True):
        gaps = {}
        for part in panel.indicators:
            percentile = part.standings["nation"].percentile
            gap = abs(percentile[own.index] - percentile[yiwu.index])
            if not math.isnan(gap):
                gaps[part.indicator.label] = gap
        if gaps:
            assert gaps[line.widest] == max(gaps.values())


def test_market_and_workshop_counties_reach_the_line_in_both(diagnostician):
    evidence = diagnostician.panel.evidence
    found = find_market_workshops(evidence)
    interval = evidence.intervals(NOW)
    c, f = INDUSTRIES.index("C"), INDUSTRIES.index("F")
    for bounds, reached in (
        (interval.quotient, found.estimate),
        (interval.low, found.sure),
        (interval.high, found.possible),
    ):
        assert [bool(row[c] >= found.threshold and row[f] >= found.threshold) for row in bounds] == reached.tolist()
    assert (found.sure <= found.estimate).all()
    assert (found.estimate <= found.possible).all()


@pytest.mark.parametrize("name", NAMES)
def test_notes_on_quality_name_what_lacks(atlas, diagnostician, name):
    found = diagnostician.diagnose(name)
    notes = found.quality
    order = ["gap", "caution", "note"]
    assert [order.index(note.severity) for note in notes] == sorted(order.index(note.severity) for note in notes)
    kinds = {type(note.finding): note for note in notes}
    missing = [r.label for d in found.dimensions for r in d.readings if r.value is None]
    assert (MissingReadings in kinds) == bool(missing)
    if missing:
        assert list(kinds[MissingReadings].finding.labels) == missing
    if SampleSize in kinds:
        size = kinds[SampleSize]
        assert size.finding.size == atlas.employment(NOW)[found.county.index].sum()
        assert (size.severity == "caution") == (size.finding.size < size.finding.limit)
    latest = [
        max((fact.year for fact in atlas.facts(found.county, key)), default=0)
        for key in ("fiscal_revenue", "fiscal_expenditure")
    ]
    assert (BudgetAge in kinds) == (min(latest) < atlas.vintage.accounts - RECENT)
    assert (GdpMissing in kinds) == math.isnan(float(atlas.column("gdp", NOW, estimated=True)[found.county.index]))


def test_errors_and_winsorised_strengths_by_their_definition(diagnostician):
    for panel in diagnostician.panel.dimensions[:2]:
        parts = panel.indicators
        strength = np.column_stack([part.strength for part in parts])
        for column, part in enumerate(parts):
            low, high = np.nanpercentile(strength[:, column], [1, 99])
            drawn = _winsorised(parts)[:, column]
            assert np.nanmin(drawn) == pytest.approx(low)
            assert np.nanmax(drawn) == pytest.approx(high)
            error = _errors(parts)[:, column]
            if part.values.low is None:
                assert not error.any()
            else:
                wide = part.values.high - part.values.low
                np.testing.assert_allclose(error, np.nan_to_num(wide / 2 / 1.959964))


# ---------------------------------------------------------------- rankings of facts
def test_a_ranking_of_facts_is_that_of_sorting(atlas):
    found = rank_facts(atlas, "fiscal_revenue")
    column = atlas.column("fiscal_revenue", found.year)
    values = sorted((value for value in column.tolist() if not math.isnan(value)), reverse=True)
    assert [row.value for row in found.rows] == values
    assert all(row.rank == 1 + sum(other > row.value for other in values) for row in found.rows[::97])
    assert all(column[row.county.index] == row.value for row in found.rows[::97])
    assert len(values) >= len(atlas.counties) / 10
    inside = rank_facts(atlas, "fiscal_revenue", province="浙江", year=found.year)
    assert {row.county.province for row in inside.rows} == {"浙江省"}
    assert inside.rows[0].rank == 1
    assert inside.province == "浙江省"
    by_code = rank_facts(atlas, "fiscal_revenue", province="330000", year=found.year)
    assert by_code.rows == inside.rows
    ratio = rank_facts(atlas, "self_sufficiency", year=found.year)
    spent = atlas.column("fiscal_expenditure", found.year)
    first = ratio.rows[0]
    assert first.value == pytest.approx(100 * column[first.county.index] / spent[first.county.index])


# ---------------------------------------------------------------- rankings, gaps, policies
@pytest.mark.parametrize(
    ("key", "province"), [("manufacturing_lq", None), ("circulation", "浙江"), ("farm_share", "330000")]
)
def test_a_ranking_is_that_of_counting_those_ahead(atlas, diagnostician, key, province):
    frame = ranking(key, province=province, lang="zh", panel=diagnostician.panel)
    codes, values, ranks = (frame[name].to_list() for name in ("代码", "数值", "名次"))
    places = [atlas.county(code) for code in codes]
    if province:
        assert {place.province for place in places} == {"浙江省"}
    # ties share a rank; a smaller share of farming is the stronger
    strength = [-value if key == "farm_share" else value for value in values]
    assert ranks == [1 + sum(other > own for other in strength) for own in strength]
    assert strength == sorted(strength, reverse=True)


def test_gaps_are_what_is_left_over_of_the_growth_of_others():
    line = GrowthLine("real", 2022, 2023, 7.9, 9.5, 5.5)
    assert (line.gap_to_prefecture, line.gap_to_province) == (pytest.approx(-1.6), pytest.approx(2.4))
    bare = GrowthLine("real", 2022, 2023, 7.9, None, None)
    assert (bare.gap_to_prefecture, bare.gap_to_province) == (None, None)
    unknown = GrowthLine("real", 2022, 2023, None, 9.5, 5.5)
    assert (unknown.gap_to_prefecture, unknown.gap_to_province) == (None, None)


@pytest.mark.parametrize("name", NAMES)
def test_policies_in_place_are_those_that_a_list_which_could_be_read_names(atlas, diagnostician, name):
    found = diagnostician.diagnose(name)
    states = [atlas.register.state(found.county, key) for key in OPENING_POLICIES]
    counted = [state for state in states if state.state == "in_place" and state.verified]
    assert found.dimension("opening").reading("opening_policies").value == len(counted)


def test_a_rank_of_the_desk_is_of_a_year_that_half_of_the_group_have(atlas):
    """Eight of fifteen are half and more; seven are not, and the year before is taken."""
    county = atlas.county("义乌市")
    reader = _Reader(atlas)
    group = [county.index, *[i for i in range(100) if i != county.index][:14]]
    newest, before = np.full(len(atlas.counties), np.nan), np.arange(float(len(atlas.counties)))
    newest[group[:7]] = [5.0, 9.0, 9.0, 5.0, 1.0, 2.0, 3.0]
    reader._columns = {("gdp", 2023): newest, ("gdp", 2022): before}
    years = {2022: None, 2023: None}
    assert reader.rank(county, "gdp", years, group).year == 2022
    newest[group[7]] = 4.0
    assert reader.rank(county, "gdp", years, group) == DeskRank(3, 8, 2023)
    newest[county.index] = np.nan
    newest[group[8]] = 4.0
    found = reader.rank(county, "gdp", years, group)
    assert (found.year, found.rank) == (2022, 1 + sum(before[i] > before[county.index] for i in group))
    assert reader.rank(county, "gdp", years, group[:2]) is None  # two are too few to rank among


@pytest.mark.parametrize("name", ["义乌市", "曹县", "清河县", "神木市", "漠河市"])
def test_sisters_are_compared_in_the_newest_year_that_half_of_them_have(atlas, name):
    county = atlas.county(name)
    reader, oldest = _Reader(atlas), 2015
    members = [atlas.counties[i] for i in reader.groups[county.prefecture_code]]
    found = {sister.county.code: sister.cells for sister in reader.sisters(county, oldest)}
    for key in SISTER_KEYS:
        years = {member.code: [year for year in reader.series(member, key) if year >= oldest] for member in members}
        common = [
            year for year in range(oldest, 2030) if 2 * sum(year in known for known in years.values()) >= len(members)
        ]
        for code, known in years.items():
            if not known:
                assert key not in found[code]
            else:
                newest = max(common) if common and max(common) in known else max(known)
                assert found[code][key].year == newest
    sizes = [cells["gdp"].value if "gdp" in cells else 0.0 for cells in found.values()]
    assert sizes == sorted(sizes, reverse=True)
