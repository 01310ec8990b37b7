"""What `show` and `report` both say of a county reads alike: value, unit, year, status, rank, size of the field, words of the scale."""

import pytest

from bolang.atlas import Atlas
from bolang.diagnosis.desk import desk_of
from bolang.diagnosis.diagnostician import diagnostician_of
from bolang.document.model import Number, Table
from bolang.document.tidy import tidy
from bolang.foundation.text import LANGUAGES
from bolang.pages.show.page import show_page
from bolang.publish import report

KINDS = ["义乌市", "昆山市", "威宁", "漠河市", "嵊泗县", "浦东新区", "神木市", "曹县", "莱芜区", "澜沧"]
"""A market, a coast, a mountain, a border, an island, a district of a municipality, coal, a plain, a merged district, a self-governing county."""
FACTS = ("economy", "finance", "debt")


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def desk(document) -> Table:
    return next(table for table in document.tables() if table.key == "desk")


def figures(table: Table) -> dict:
    """Return by row and year how a figure reads, what it is of, and whether it is published."""
    return {
        (row.key, cell.year): (
            *(cell.bare(lang) + cell.unit_and_mark(lang) for lang in LANGUAGES),
            cell.value,
            cell.status,
            cell.source,
        )
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Number) and cell.value is not None
    }


def ranks(table: Table) -> dict:
    """Return by row and head every rank with the size of its field."""
    heads = {k: column.label for k, column in enumerate(table.columns) if "位次" in column.label.zh}
    return {(row.key, head.forms): row.cells[k].forms for row in table.rows for k, head in heads.items()}


@pytest.mark.parametrize("name", KINDS)
def test_a_figure_reads_alike_in_show_and_in_the_report(atlas, name):
    county = atlas.county(name)
    found = diagnostician_of(atlas).diagnose(county)
    shown, reported = desk(tidy(show_page(found))), desk(report(county, atlas, sections=FACTS).document)
    told = {row.key: row for row in shown.rows}
    both = figures(shown).keys() & figures(reported).keys()
    assert len(both) >= 2
    for key in both:
        assert figures(shown)[key] == figures(reported)[key], key
    shared = [row.key for row in reported.rows if row.key in told]
    assert shared
    for key in ranks(shown).keys() & ranks(reported).keys():
        assert ranks(shown)[key] == ranks(reported)[key], key
    assert {head for key, head in ranks(shown) if key in shared} == {head for _, head in ranks(reported)}
    for key in shared:
        assert told[key].cells[0].forms == next(row for row in reported.rows if row.key == key).cells[0].forms


@pytest.mark.parametrize("name", KINDS)
def test_a_rank_counts_the_units_that_have_a_figure(atlas, name):
    """By hand: of the units of the area with a figure of that year, those with a higher one, and all of them."""
    county = atlas.county(name)
    found = {row.key: row for row in desk_of(county).rows}
    for key in ("gdp", "population", "fiscal_revenue"):
        row = found.get(key)
        for rank, area in (
            () if row is None else ((row.in_prefecture, "prefecture_code"), (row.in_province, "province_code"))
        ):
            if rank is None:
                continue
            column = atlas.column(key, rank.year)
            inside = [column[c.index] for c in atlas.counties if getattr(c, area) == getattr(county, area)]
            known = [value for value in inside if value == value]
            assert (rank.rank, rank.count) == (1 + sum(value > column[county.index] for value in known), len(known))
