"""Every figure can be traced; what is missing is missing; conflicting figures stand side by side."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError, MissingFactError, UnknownIndicatorError

ATLAS = Atlas(workspace=False)
YIWU = ATLAS.county("义乌市")
COUNTY_TABLES = ("census", "employment", "gdp", "trade", "fiscal", "taobao")
INDICATORS = [e for e in ATLAS.entries.entries if e.table in COUNTY_TABLES and e.role in ("value", "derived")]


def test_a_fact_carries_its_trail():
    fact = ATLAS.fact(YIWU, "gdp", 2020)
    assert (fact.value, fact.unit, fact.year, fact.status) == (14_856_000, "万元", 2020, "measured")
    assert "统计年鉴" in fact.source
    assert fact.method
    assert fact.origin == "built-in"


def test_the_census_of_each_year_is_named():
    assert "第六次" in ATLAS.fact(YIWU, "population", 2010).source
    assert "第七次" in ATLAS.fact(YIWU, "population", 2020).source
    assert "10% 长表" in ATLAS.fact(YIWU, "employment.C", 2020).method


def test_conflicting_figures_stand_side_by_side():
    of_2007 = [f for f in ATLAS.facts(YIWU, "gdp") if f.year == 2007]
    assert [f.value for f in of_2007] == [4_221_100, 4_210_000]
    assert of_2007[0].source != of_2007[1].source
    assert "gdp" in ATLAS.conflicting(YIWU)
    assert ATLAS.conflicting("昆山市") == ()


def test_parts_of_a_year_are_no_full_year():
    facts = ATLAS.facts(YIWU, "gdp")
    assert {f.period for f in facts if f.year == 2025} == {"year", "H1"}
    assert ATLAS.fact(YIWU, "gdp", 2025).period == "year"


def test_the_report_of_2025_is_there_with_its_source():
    growth = ATLAS.fact(YIWU, "gdp_growth", 2025)
    assert growth.value == 7.9
    assert "大公国际" in growth.source
    assert ATLAS.fact("330000", "gdp_growth", 2025).value == pytest.approx(7.9 - 2.4)
    assert ATLAS.fact("330700", "gdp_growth", 2025).value == pytest.approx(7.9 - 1.6)
    assert ATLAS.fact(YIWU, "fiscal_revenue", 2025).value == 1_595_300
    assert ATLAS.fact(YIWU, "trade_total", 2025).value == 83_648_700


def test_an_estimate_says_so_and_how():
    fact = ATLAS.fact("上海市黄浦区", "gdp", 2020)
    assert fact.status == "estimated"
    assert "普查就业" in fact.method
    assert "80%" in " ".join(fact.steps)


def test_estimates_are_left_out_unless_asked_for():
    huangpu = ATLAS.county("上海市黄浦区").index
    assert np.isnan(ATLAS.column("gdp", 2020)[huangpu])
    assert ATLAS.column("gdp", 2020, estimated=True)[huangpu] == ATLAS.fact("310101", "gdp", 2020).value
    assert ATLAS.statuses("gdp", 2020)[huangpu] == "estimated"
    assert ATLAS.statuses("gdp", 2020)[YIWU.index] == "measured"
    assert ATLAS.statuses("gdp", 2020)[ATLAS.county("三沙市").index] == ""


@given(st.sampled_from(INDICATORS), st.sampled_from(ATLAS.counties), st.data())
def test_the_column_and_the_fact_agree(entry, county, data):
    year = data.draw(st.sampled_from(entry.years))
    value = ATLAS.column(entry.name, year, estimated=True)[county.index]
    if np.isnan(value):
        with pytest.raises(MissingFactError):
            ATLAS.fact(county, entry.name, year)
    else:
        fact = ATLAS.fact(county, entry.name, year)
        assert fact.value == value
        assert fact.status == ATLAS.statuses(entry.name, year)[county.index]
        assert fact.unit == entry.unit
        assert fact.source


def test_corrected_cells_say_what_was_printed():
    facts = ATLAS.facts("130924", "employment.O")
    assert facts[0].value == 94
    assert "0.94" in " ".join(facts[0].steps)
    repairs = ATLAS.table("census_repairs")
    assert repairs.filter(pl.col("year") == 2010).height > 30


def test_an_original_item_name_is_kept():
    assert "地方" in ATLAS.fact("130125", "fiscal_revenue", 2016).definition


def test_an_indicator_may_be_named_by_its_label():
    assert ATLAS.fact(YIWU, "地区生产总值", 2020) == ATLAS.fact(YIWU, "gdp", 2020)
    assert ATLAS.entries.indicator("Manufacturing").name == "employment.C"


def test_unknown_indicators_list_the_nearest():
    with pytest.raises(UnknownIndicatorError) as caught:
        ATLAS.fact(YIWU, "gdpp", 2020)
    assert "gdp" in caught.value.hint
    with pytest.raises(UnknownIndicatorError, match="nonsense"):
        ATLAS.table("nonsense")


def test_a_missing_year_lists_the_years_there_are():
    with pytest.raises(MissingFactError, match="1990") as caught:
        ATLAS.fact(YIWU, "gdp", 1990)
    assert "2020" in caught.value.hint
    with pytest.raises(MissingFactError, match="1990"):
        ATLAS.column("gdp", 1990)
    with pytest.raises(MissingFactError) as nothing:
        ATLAS.fact("上海市黄浦区", "exports", 2018)
    assert "bolang import" in nothing.value.hint


def test_sql_sees_every_table_and_reports_errors_in_one_line():
    assert ATLAS.sql("select count(*) as n from units")["n"].item() == 2853
    for table in ATLAS.tables():
        assert ATLAS.sql(f'select * from "{table}" limit 1').height == 1
    with pytest.raises(BadInputError) as caught:
        ATLAS.sql("selec nothing")
    assert "\n" not in caught.value.message
    with pytest.raises(BadInputError):
        ATLAS.sql("create table x(a int)")


def test_trace_gives_figures_with_table_and_terms():
    trace = ATLAS.trace(YIWU, "gdp", 2020)
    assert trace.place == "浙江省金华市义乌市"
    assert [t.place for t in trace.trails] == ["gdp.gdp", "yiwu_series"]
    assert all(t.terms for t in trace.trails)
    assert len(ATLAS.trace(YIWU, "gdp").facts) > 25
    with pytest.raises(MissingFactError):
        ATLAS.trace("上海市黄浦区", "exports")


def test_facts_speak_english_when_asked(monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")
    assert "census" in ATLAS.fact(YIWU, "population", 2020).source
    assert ATLAS.fact(YIWU, "market_entities", 2025).definition == 'The report says "more than"'
    with pytest.raises(MissingFactError, match="no Gross domestic product of 1990"):
        ATLAS.fact(YIWU, "gdp", 1990)


def test_every_phrase_of_the_ledgers_is_translated():
    phrases = dict(ATLAS.table("phrases").iter_rows())
    for table in ("yiwu_series", "report_2025"):
        ledger = ATLAS.table(table)
        said = {t for c in ("source", "method", "definition") for t in ledger[c]} | set(ledger["steps"].explode())
        plain = {t for t in said if t and not t.startswith("http") and "×" not in t}
        assert plain <= set(phrases), table
