"""The template: written for a county, filled in, read back."""

from datetime import date

import openpyxl
import pytest

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.intake import Workspace, read, write_template
from bolang.intake.vocabulary import vocabulary

ATLAS = Atlas(workspace=False)


@pytest.fixture
def template(tmp_path):
    return write_template(ATLAS.county("义乌市"), tmp_path / "我县.xlsx", ATLAS, year=2024)


def fill(path, **entries):
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=4):
        if row[1].value in entries:
            value, unit = entries[row[1].value]
            row[3].value, row[4].value = value, unit
    book.save(path)


def test_it_lists_the_indicators_that_reports_need_and_what_is_at_hand(template):
    rows = {
        row[1]: row for row in openpyxl.load_workbook(template).active.iter_rows(min_row=4, values_only=True) if row[1]
    }
    groups = load_parameters("bolang.intake")["template_groups"].value
    assert set(rows) == {name for group in groups for name in group["indicators"]}
    assert {"gdp", "fiscal_revenue", "fund_revenue", "debt_balance", "population_resident", "exports_cny"} <= set(rows)
    latest = max((fact for fact in ATLAS.facts("义乌市", "gdp") if fact.period == "year"), key=lambda fact: fact.year)
    assert rows["gdp"][7:9] == (pytest.approx(latest.value / 1e4), latest.year)
    assert rows["gdp"][2:5] == (2024, None, "亿元")


def test_without_a_year_it_asks_for_the_last_full_one(tmp_path):
    path = write_template(ATLAS.county("义乌市"), tmp_path / "我县.xlsx", ATLAS)
    years = {row[2] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=4, values_only=True) if row[1]}
    assert years == {date.today().year - 1}


def test_filled_in_it_is_read_back_exactly(template):
    fill(
        template,
        gdp=(2503.51, "亿元"),
        gdp_growth=(7.7, "%"),
        population_resident=(191.6, "万人"),
        debt_balance=(4_500_000, "万元"),
    )
    found = read(template, atlas=ATLAS)
    assert {r.indicator: (r.value, r.year) for r in found.readings} == {
        "gdp": (25_035_100.0, 2024),
        "gdp_growth": (7.7, 2024),
        "population_resident": (1_916_000.0, 2024),
        "debt_balance": (4_500_000.0, 2024),
    }
    assert (found.county.code, found.readings[0].place.where[:3]) == ("330782", "数据!")


def test_the_source_filled_in_is_the_source_of_the_figure(template, tmp_path):
    book = openpyxl.load_workbook(template)
    for row in book.active.iter_rows(min_row=4):
        if row[1].value == "urbanisation":
            row[3].value, row[5].value, row[6].value = "81.3%", "年报数", "义乌市统计局"
    book.save(template)
    found = read(template, atlas=ATLAS)
    (reading,) = found.readings
    assert (reading.value, reading.printed, reading.definition) == (81.3, "81.3%", ("年报数",))
    found.save(Workspace(tmp_path / "ws.duckdb"))
    assert Workspace(tmp_path / "ws.duckdb").facts()["source"].to_list() == ["义乌市统计局（我县.xlsx）"]


def test_an_empty_template_and_wrong_entries_are_said(template):
    with pytest.raises(BadInputError, match="没有填数"):
        read(template, atlas=ATLAS)
    fill(template, gdp=("约两千", "亿元"), retail_sales=(12, "户"))
    found = read(template, atlas=ATLAS)
    assert sorted(item.reason for item in found.unread) == ["malformed", "unit"]


def test_the_file_must_be_a_workbook(tmp_path):
    with pytest.raises(BadInputError, match="xlsx"):
        write_template(ATLAS.county("义乌市"), tmp_path / "a.csv", ATLAS)


def test_every_name_that_the_atlas_also_has_is_kept_in_its_unit():
    """Columns of single counties; the consumption of the input-output table, say, is another thing."""
    catalogue = ATLAS.catalogue()
    shared = [
        (row["column"], row["unit"])
        for row in catalogue.iter_rows(named=True)
        if row["level"] == "county" and row["column"] in vocabulary()
    ]
    assert len(shared) >= 12
    assert [(name, unit) for name, unit in shared if vocabulary()[name].unit.name != unit] == []
    assert [
        name
        for name in vocabulary().indicators
        if name in ATLAS.entries and ATLAS.entries.indicator(name).unit != vocabulary()[name].unit.name
    ] == []
