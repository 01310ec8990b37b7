"""The shipped tables hold what other publications print, and hang together."""

import csv
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from bolang.atlas import INDUSTRIES, Atlas, store
from bolang.atlas.catalogue import UNITS
from bolang.foundation.errors import MissingFactError

ATLAS = Atlas(workspace=False)
REFERENCE = Path(__file__).parent.parent / "reference"
UNITS_2020 = 2853


def reference(name):
    lines = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("row", reference("known_facts.csv"), ids=lambda r: f"{r['code']}-{r['indicator']}-{r['year']}")
def test_known_facts(row):
    assert ATLAS.fact(row["code"], row["indicator"], int(row["year"])).value == float(row["value"])


@pytest.mark.parametrize("row", reference("location_quotients_2020.csv"), ids=lambda r: f"{r['code']}-{r['industry']}")
def test_known_location_quotients(row):
    """The header trap: a join by the wrong columns would put transport where trade belongs."""
    own = ATLAS.employment(2020)[ATLAS.county(row["code"]).index]
    nation = national_employment(2020)
    industry = INDUSTRIES.index(row["industry"])
    quotient = (own[industry] / own.sum()) / (nation[industry] / nation.sum())
    assert quotient == pytest.approx(float(row["quotient"]), abs=0.006)


def national_employment(year):
    nation = ATLAS.table("census_areas").filter(pl.col("level") == "nation", pl.col("year") == year)
    return nation.select(INDUSTRIES).to_numpy()[0]


def test_the_national_sample_of_2020():
    nation = ATLAS.table("census_areas").filter(pl.col("level") == "nation", pl.col("year") == 2020)
    assert nation["employed"].item() == 65_631_786
    assert nation["population"].item() == 1_409_778_724


@pytest.mark.parametrize("year", [2010, 2020])
def test_industries_are_aligned_by_size(year):
    """Of the four industries whose headers are split wrongly in 2010, trade is by far the largest in both years."""
    share = dict(zip(INDUSTRIES, national_employment(year) / national_employment(year).sum(), strict=True))
    assert share["F"] > 2 * share["G"] > 2 * share["I"]
    assert share["H"] > 2 * share["I"]


def test_units_and_zones_add_up_to_their_prefecture_in_2020():
    units = ATLAS.table("units").select("code", "prefecture_code")
    census = ATLAS.table("census").filter(pl.col("year") == 2020).join(units, on="code")
    areas = ATLAS.table("census_areas").filter(pl.col("year") == 2020)
    zones = areas.filter(pl.col("level") == "zone").group_by("prefecture_code").agg(pl.col("population").sum())
    parts = census.group_by("prefecture_code").agg(pl.col("population").cast(pl.Int64).sum())
    total = pl.concat([parts, zones]).group_by("prefecture_code").sum()
    printed = areas.filter(pl.col("level") == "prefecture").select(
        "prefecture_code", pl.col("population").alias("printed")
    )
    both = printed.join(total, on="prefecture_code")
    assert both.height == 333
    assert (both["printed"] == both["population"]).all()


@pytest.mark.parametrize("year", [2010, 2020])
def test_the_census_adds_up_within_each_unit(year):
    census = ATLAS.table("census").filter(pl.col("year") == year)
    ages = [c for c in census.columns if c.startswith(("male_", "female_"))]
    assert len(ages) == 38
    assert (census["population"] == census.select(pl.sum_horizontal(ages)).to_series()).all()
    assert (census["male"] + census["female"] == census["population"]).all()
    off = census.filter((pl.col("urban") + pl.col("rural") - pl.col("population")).abs() > 0)
    assert off["code"].to_list() in ([], ["460300"])  # the islands of 2010, kept as printed
    employment = ATLAS.table("employment").filter(pl.col("year") == year).drop_nulls("employed")
    gap = employment["employed"] - employment.select(pl.sum_horizontal(INDUSTRIES)).to_series()
    assert (gap >= 0).all()  # international organisations are counted in the total only
    assert (gap / employment["employed"]).max() < 0.01


def test_shares_agree_with_the_published_ones_of_yiwu():
    """The yearbook prints 1.4814 million urban residents of 2020."""
    census = ATLAS.table("census").filter((pl.col("code") == "330782") & (pl.col("year") == 2020)).row(0, named=True)
    assert census["urban_share"] == pytest.approx(100 * 148.14 / 185.94, abs=0.01)
    parts = census["share_0_14"] + census["share_15_64"] + census["share_65_plus"]
    assert parts == pytest.approx(100, abs=0.001)


def test_the_year_of_the_first_census_is_summed_over_merged_units():
    dongcheng = ATLAS.fact("110101", "population", 2010)
    assert dongcheng.value == 573_180 + 346_073
    assert "110103" in " ".join(dongcheng.steps)


def test_seats_lie_in_or_near_their_polygons():
    wkb = ATLAS.table("polygons").sort("code")["wkb"].to_numpy()
    polygons = shapely.from_wkb(wkb)
    seats = shapely.points([(c.lon, c.lat) for c in ATLAS.counties])
    assert shapely.is_valid(polygons).all()
    assert shapely.intersects(polygons, seats).mean() > 0.98
    assert (shapely.distance(polygons, seats) * 111 < 35).all()


def test_outlines_cover_the_units_and_the_whole_country():
    outlines = ATLAS.table("outlines")
    assert outlines.height == 34
    assert {"台湾省", "香港特别行政区", "澳门特别行政区"} <= set(outlines["name"])
    total = sum(c.area_km2 for c in ATLAS.counties)
    assert 9.4e6 < total < 9.6e6
    assert "south_china_sea" in ATLAS.table("boundary_lines")["kind"].to_list()


def test_neighbours_are_mutual_and_yiwu_has_its_seven():
    pairs = set(ATLAS.table("neighbours").select("code", "neighbour").iter_rows())
    assert all((b, a) in pairs for a, b in pairs)
    assert all(a != b for a, b in pairs)
    around = {ATLAS.county(b).name for a, b in pairs if a == "330782"}
    assert around == {"诸暨市", "金东区", "武义县", "浦江县", "兰溪市", "东阳市", "永康市"}


@pytest.mark.parametrize("name", ["io_2017", "io_2018", "io_2020"])
def test_input_output_tables_balance(name):
    table = ATLAS.table(name)
    domestic = table.filter(pl.col("origin") == "domestic")
    assert domestic["row"].to_list() == list(INDUSTRIES)
    output = domestic["total_use"].to_numpy()
    use = (domestic["intermediate_use"] + domestic["final_use"]).to_numpy()
    supply = table.select(INDUSTRIES).to_numpy().sum(0)
    np.testing.assert_allclose(use, output, rtol=1e-12)
    np.testing.assert_allclose(supply, output, rtol=1e-12)


def test_value_added_of_2020_is_the_published_gdp():
    added = ATLAS.table("io_2020").filter(pl.col("origin") == "value_added").select(INDUSTRIES).to_numpy().sum()
    assert added == pytest.approx(1.0164e10, rel=1e-3)


def test_published_counties_add_up_to_the_nation():
    """Published units of 2020 make up most of national output, and with the estimates nearly all of it."""
    published = np.nansum(ATLAS.column("gdp", 2020))
    filled = np.nansum(ATLAS.column("gdp", 2020, estimated=True))
    assert 7.5e9 < published < filled < 1.0164e10
    assert filled > 9.7e9


def test_estimates_are_marked_and_have_a_range():
    gdp = ATLAS.table("gdp")
    estimated = gdp.filter(pl.col("status") == "estimated")
    assert set(estimated["year"]) == {2010, 2020}
    assert estimated["method"].null_count() == 0
    assert (estimated["gdp_low"] < estimated["gdp"]).all()
    assert (estimated["gdp"] < estimated["gdp_high"]).all()
    assert gdp.filter(pl.col("status") == "measured")["method"].null_count() == gdp.height - estimated.height


def test_spikes_are_flagged():
    gdp = ATLAS.table("gdp")
    for code in ("230112", "230811"):
        row = gdp.filter((pl.col("code") == code) & (pl.col("year") == 2014)).row(0, named=True)
        assert "spike" in row["flag"]
    assert "spike" not in "".join(gdp.filter(pl.col("code") == "330782")["flag"])


def test_fiscal_items_are_named():
    fiscal = ATLAS.table("fiscal")
    for item in ("fiscal_revenue", "fiscal_expenditure"):
        assert fiscal.filter(pl.col(item).is_not_null())[f"{item}_item"].null_count() == 0
    both = fiscal.drop_nulls(["fiscal_revenue", "fiscal_total_revenue"])
    assert (both["fiscal_total_revenue"] / both["fiscal_revenue"]).median() == pytest.approx(1.5, abs=0.3)


def test_every_column_of_every_table_is_catalogued():
    listed = ATLAS.catalogue().filter(pl.col("role") != "indicator")
    for name in ATLAS.tables():
        columns = listed.filter(pl.col("table") == name)["column"].to_list()
        assert sorted(columns) == sorted(ATLAS.table(name).columns), name


def test_the_catalogue_speaks_both_languages_and_names_units_and_sources():
    catalogue = ATLAS.catalogue()
    assert catalogue["zh"].null_count() == catalogue["en"].null_count() == 0
    assert (catalogue["zh"].str.len_chars() > 0).all()
    values = catalogue.filter(pl.col("role").is_in(["value", "derived"]) & ~pl.col("table").is_in(["phrases"]))
    described = values.filter(pl.col("sources").list.len() > 0)
    assert set(described["sources"].explode()) <= set(ATLAS.table("sources")["source"])
    facts = described.filter(pl.col("level").is_in(["county", "area", "nation"]))
    assert (facts["licence"].str.len_chars() > 0).all()
    assert set(catalogue["status"]) == {"measured", "estimated"}


def test_units_of_county_facts_have_an_english_name():
    own = {
        e.unit for e in ATLAS.entries.entries if e.table in ("census", "gdp", "trade", "fiscal", "employment", "taobao")
    }
    assert own <= set(UNITS)


def test_names_of_indicators_lead_to_one_column():
    for name in ATLAS.entries.names():
        entry = ATLAS.entries.indicator(name)
        assert name in (entry.column, f"{entry.table}.{entry.column}")


def test_the_installed_data_stay_small():
    size = sum(store.table_path(name).stat().st_size for name in ATLAS.tables())
    assert size < 15e6


def test_no_table_of_one_unit_a_row_misses_a_unit():
    for name in ("units", "continuity", "polygons"):
        assert ATLAS.table(name)["code"].to_list() == list(ATLAS.codes)


def test_a_year_without_census_is_refused():
    with pytest.raises(MissingFactError, match="2015"):
        ATLAS.employment(2015)
