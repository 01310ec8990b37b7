"""A county answers from the atlas that it was taken from."""

import pickle
from datetime import datetime

import duckdb
import pytest

import bolang as bl
from bolang.atlas import asked, own_atlas


@pytest.fixture
def own(tmp_path):
    """An atlas whose user says that Yiwu's GDP of 2020 is ten times what is published."""
    path = tmp_path / "mine.duckdb"
    with duckdb.connect(str(path)) as connection:
        from bolang.atlas.overlay import FACT_COLUMNS

        columns = ", ".join(f"{name} {kind}" for name, kind in FACT_COLUMNS.items())
        connection.execute(f"CREATE TABLE facts ({columns})")
        row = [
            "330782",
            "gdp",
            148_560_000.0,
            "万元",
            2020,
            "year",
            "measured",
            "mine",
            "",
            "",
            [],
            datetime(2026, 1, 1),
            1,
        ]
        connection.execute(f"INSERT INTO facts VALUES ({', '.join('?' * len(row))})", row)
    return bl.Atlas(workspace=path)


def test_a_diagnosis_uses_the_atlas_of_its_county(own):
    given, plain = bl.diagnose(own.county("义乌市")), bl.diagnose("义乌市")
    key = "gdp_per_head"
    ratio = _value(given, key) / _value(plain, key)
    assert ratio == pytest.approx(10.0, rel=1e-6)


def _value(diagnosis, key):
    return next(r.value for d in diagnosis.dimensions for r in d.readings if r.key == key)


def test_the_given_atlas_wins_over_the_carried_one(own):
    other = bl.Atlas(workspace=False)
    atlas, county = asked(own.county("义乌市"), other)
    assert atlas is other
    assert county.atlas is other


def test_a_scenario_keeps_the_atlas_of_its_county(own):
    assert bl.Scenario(own.county("义乌市"), levers=["sea_rail"]).atlas is own


def test_counties_of_two_atlases_are_equal_and_travel_to_other_processes(own):
    there = own.county("义乌市")
    assert there == bl.Atlas(workspace=False).county("义乌市")
    back = pickle.loads(pickle.dumps(there))
    assert back.atlas.workspace.path == own.workspace.path


def test_the_own_atlas_is_kept_until_the_workspace_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANG_WORKSPACE", str(tmp_path / "w.duckdb"))
    first = own_atlas()
    assert own_atlas() is first
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    assert own_atlas() is not first
