"""How units came about, and whether 2010 compares with 2020."""

import polars as pl
import pytest

from bolang.atlas import Atlas
from bolang.foundation.text import Text
from bolang.pages.territory.sentences import change_text, continuity_text

ATLAS = Atlas(workspace=False)


def kinds(name):
    return [(c.year, c.what) for c in ATLAS.history(name)]


def test_yiwu_became_a_city_in_1988():
    assert kinds("义乌市") == [(1985, "recoded"), (1988, "became_city"), (1990, "recoded")]
    assert change_text(ATLAS.history("义乌市")[1]) == Text(
        "1988 年义乌县撤县设市（义乌市）", "Yiwu County became the city Yiwu in 1988"
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("铜山区", (2010, "became_district")),
        ("北京东城区", (2010, "absorbed")),
        ("海门区", (2020, "became_district")),
        ("襄都区", (2020, "renamed")),
        ("临安区", (2017, "became_district")),
        ("横县", (2021, "later_became")),
        ("余杭区", (2021, "later_part")),
        ("平城区", (2018, "founded_from")),
    ],
)
def test_known_changes(name, change):
    assert change in kinds(name)


def test_every_history_can_be_told_in_both_languages():
    for county in ATLAS.counties:
        changes = ATLAS.history(county)
        assert [c.year for c in changes] == sorted(c.year for c in changes)
        assert all(change_text(c).zh and change_text(c).en for c in changes)


def test_what_compares_and_what_does_not():
    assert ATLAS.continuity("义乌市") is None
    merged = ATLAS.continuity("北京东城区")
    assert (merged.status, merged.parts) == ("merged", 2)
    assert continuity_text(merged).zh == "2010 年普查数由 2 个单位合并而成，可与 2020 年比较。"
    assert ATLAS.continuity("平城区").status == "split"
    assert ATLAS.continuity("襄都区").status == "boundary_changed"
    assert ATLAS.continuity("龙港市").status == "new"


def test_comparability_agrees_with_the_figures():
    """A unit without a row of 2010 is never called comparable, and no row of 2010 is used twice."""
    table = ATLAS.table("continuity")
    with_2010 = set(ATLAS.table("census").filter(pl.col("year") == 2010)["code"])
    assert set(table.filter(pl.col("comparable"))["code"]) <= with_2010
    assert set(table.filter(pl.col("rows_2010").list.len() == 0)["code"]) == set(ATLAS.codes) - with_2010
    used = table["rows_2010"].explode().drop_nulls()
    assert used.is_unique().all()
    assert table["comparable"].mean() > 0.9


def test_most_people_of_2010_are_in_units_that_have_a_figure():
    census = ATLAS.table("census").filter(pl.col("year") == 2010)
    nation = ATLAS.table("census_areas").filter((pl.col("level") == "nation") & (pl.col("year") == 2010))
    assert census["population"].cast(pl.Int64).sum() / nation["population"].item() > 0.98
