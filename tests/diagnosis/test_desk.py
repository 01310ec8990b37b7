"""The desk table: like with like, ranks of one year, nothing old without its year."""

import pytest

from bolang.atlas import Atlas
from bolang.diagnosis.desk import DESK_KEYS, desk_of


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def yiwu(atlas):
    return desk_of(atlas.county("义乌市"))


def test_rows_stand_in_their_order(yiwu):
    assert tuple(row.key for row in yiwu.rows) == tuple(key for key in DESK_KEYS if key != "exports")


def test_exports_are_shown_in_the_currency_of_the_newest_figure(yiwu, atlas):
    """Yiwu publishes exports in yuan to 2023; its last figure in dollars is of 2018. Kunshan has dollars alone."""
    assert yiwu.row("exports_cny").latest.year >= 2023
    assert "exports" not in {row.key for row in yiwu.rows}
    assert "exports_cny" not in {row.key for row in desk_of(atlas.county("昆山市")).rows}


def test_self_sufficiency_is_revenue_over_expenditure_of_one_year(yiwu):
    cell = yiwu.row("self_sufficiency").of(2023)
    assert cell.value == pytest.approx(100 * 1_442_803 / 1_634_354)
    assert cell.status == "derived"
    assert {fact.year for fact in cell.facts} == {2023}


def test_every_ratio_has_both_sides_of_one_year(atlas):
    for county in atlas.counties[::97]:
        for row in desk_of(county).rows:
            for cell in row.cells:
                assert len({fact.year for fact in cell.facts}) == 1


def test_a_rank_is_of_one_year_and_lies_in_its_group(atlas):
    for county in atlas.counties[::97]:
        for row in desk_of(county).rows:
            for rank in (row.in_prefecture, row.in_province):
                if rank is not None:
                    assert 1 <= rank.rank <= rank.count
                    assert row.of(rank.year) is not None


def test_the_rank_of_the_largest_is_one(atlas):
    kunshan = desk_of(atlas.county("昆山市")).row("gdp").in_prefecture
    assert (kunshan.rank, kunshan.year) == (1, 2023)


def test_expected_debt_is_said_to_be_expected(atlas):
    row = desk_of(atlas.county("曹县")).row("debt_balance")
    assert [cell.stage for cell in row.cells[-2:]] == ["", "expected"]


def test_nothing_older_than_the_limit_is_shown(atlas):
    desk = desk_of(atlas.county("浦东新区"), oldest=2015)
    assert all(cell.year >= 2015 for row in desk.rows for cell in row.cells)
    assert "gdp" in desk.missing


def test_a_district_without_accounts_shows_its_citys_districts_together(atlas):
    together = {item.key: item for item in desk_of(atlas.county("浦东新区")).together}
    assert together["fiscal_revenue"].city == "上海市"
    assert together["fiscal_revenue"].fact.year == 2023


def test_sisters_are_the_units_of_the_prefecture(yiwu, atlas):
    assert {sister.county.prefecture_code for sister in yiwu.sisters} == {"330700"}
    assert len(yiwu.sisters) == 9
    assert yiwu.sisters[0].county.name == "义乌市"


def test_the_frame_has_unit_year_and_source_in_every_row(yiwu):
    frame = yiwu.to_frame()
    assert frame.height > 20
    assert not frame.select("unit", "year", "source").null_count().sum_horizontal()[0]


def test_the_table_knows_where_the_territory_changed_between_its_years(atlas):
    assert [change.year for change in desk_of(atlas.county("余杭区")).breaks] == [2021]
    assert desk_of(atlas.county("义乌市")).breaks == ()


def test_sisters_are_compared_in_the_newest_year_that_half_of_them_have(yiwu):
    """Yiwu has GDP of 2025 on the revised base; seven of nine units have 2023, the two districts 2021."""
    years = {sister.county.name: sister.cells["gdp"].year for sister in yiwu.sisters}
    assert (years["义乌市"], years["东阳市"], years["婺城区"]) == (2023, 2023, 2021)
