"""The user's own figures lie over the built-in ones; both can be traced."""

from datetime import datetime

import duckdb
import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.atlas.overlay import FACT_COLUMNS, default_path
from bolang.foundation.errors import BadInputError, UnknownIndicatorError

YIWU = "330782"


def fact(**changes):
    row = {
        "code": YIWU,
        "indicator": "gdp",
        "value": 15_000_000.0,
        "unit": "万元",
        "year": 2020,
        "period": "year",
        "status": "measured",
        "source": "义乌市2020年统计公报",
        "method": "统计公报",
        "definition": "",
        "steps": ["1500 亿元 × 10000"],
        "imported_at": datetime(2026, 1, 1),
        "batch": 1,
    }
    return row | changes


@pytest.fixture
def workspace(tmp_path):
    def make(*rows, labels=()):
        path = tmp_path / "workspace.duckdb"
        with duckdb.connect(str(path)) as connection:
            columns = ", ".join(f"{name} {dtype}" for name, dtype in FACT_COLUMNS.items())
            connection.execute(f"CREATE TABLE facts ({columns}, sentence VARCHAR)")
            for row in rows:
                marks = ", ".join("?" for _ in row)
                connection.execute(f"INSERT INTO facts ({', '.join(row)}) VALUES ({marks})", list(row.values()))
            if labels:
                connection.execute("CREATE TABLE indicators (indicator VARCHAR, zh VARCHAR, en VARCHAR)")
                connection.executemany("INSERT INTO indicators VALUES (?, ?, ?)", labels)
        return path

    return make


def test_the_users_figure_is_preferred_and_the_built_in_one_stays(workspace):
    atlas = Atlas(workspace=workspace(fact()))
    own, *others = [f for f in atlas.facts(YIWU, "gdp") if f.year == 2020]
    assert (own.value, own.origin, own.steps) == (15_000_000, "workspace", ("1500 亿元 × 10000",))
    assert {f.value for f in others} == {14_856_000}
    assert atlas.fact(YIWU, "gdp", 2020) == own
    assert atlas.column("gdp", 2020)[atlas.county(YIWU).index] == 15_000_000
    assert "gdp" in atlas.conflicting(YIWU)
    assert Atlas(workspace=False).fact(YIWU, "gdp", 2020).value == 14_856_000


def test_only_the_units_concerned_change(workspace):
    with_it, without = Atlas(workspace=workspace(fact())), Atlas(workspace=False)
    differ = np.flatnonzero(with_it.column("gdp", 2020) != without.column("gdp", 2020))
    differ = [i for i in differ if not np.isnan(without.column("gdp", 2020)[i])]
    assert differ == [without.county(YIWU).index]


def test_a_figure_fills_a_gap_and_an_estimate_gives_way(workspace):
    atlas = Atlas(workspace=workspace(fact(code="310101", value=26_169_400.0)))
    index = atlas.county("310101").index
    assert atlas.column("gdp", 2020)[index] == 26_169_400
    assert atlas.statuses("gdp", 2020)[index] == "measured"
    assert [f.status for f in atlas.facts("310101", "gdp") if f.year == 2020] == ["measured", "estimated"]


def test_the_latest_import_wins(workspace):
    older = fact(value=1.0, imported_at=datetime(2025, 1, 1))
    atlas = Atlas(workspace=workspace(older, fact(), older))
    assert atlas.fact(YIWU, "gdp", 2020).value == 15_000_000
    assert atlas.column("gdp", 2020)[atlas.county(YIWU).index] == 15_000_000


def test_an_indicator_of_the_users_own(workspace):
    rows = (fact(indicator="parcels_by_drone", value=7.0, unit="件"), fact(indicator="unlabelled", value=1.0))
    atlas = Atlas(workspace=workspace(*rows, labels=[("parcels_by_drone", "无人机快件", "Parcels by drone")]))
    assert atlas.fact(YIWU, "parcels_by_drone", 2020).label.zh == "无人机快件"
    assert atlas.fact(YIWU, "unlabelled", 2020).label.en == "unlabelled"
    assert np.isfinite(atlas.column("parcels_by_drone", 2020)).sum() == 1
    assert atlas.trace(YIWU, "parcels_by_drone").facts[0].origin == "workspace"
    with pytest.raises(UnknownIndicatorError):
        Atlas(workspace=False).fact(YIWU, "parcels_by_drone", 2020)


def test_half_years_do_not_enter_a_column(workspace):
    atlas = Atlas(workspace=workspace(fact(period="H1", value=5.0)))
    assert atlas.column("gdp", 2020)[atlas.county(YIWU).index] == 14_856_000
    assert 5.0 in [f.value for f in atlas.facts(YIWU, "gdp")]


def test_a_figure_in_another_unit_is_refused(workspace):
    atlas = Atlas(workspace=workspace(fact(unit="亿元", value=1500.0)))
    with pytest.raises(BadInputError, match="亿元"):
        atlas.column("gdp", 2020)


def test_the_default_workspace(workspace, monkeypatch, tmp_path):
    monkeypatch.setenv("BOLANG_WORKSPACE", str(workspace(fact())))
    assert Atlas().fact(YIWU, "gdp", 2020).origin == "workspace"
    monkeypatch.setenv("BOLANG_WORKSPACE", str(tmp_path / "none.duckdb"))
    assert Atlas().workspace is None
    monkeypatch.delenv("BOLANG_WORKSPACE")
    assert default_path().name == "workspace.duckdb"


def test_a_missing_or_broken_workspace_is_named(tmp_path):
    with pytest.raises(BadInputError, match="nowhere"):
        Atlas(workspace=tmp_path / "nowhere.duckdb")
    broken = tmp_path / "broken.duckdb"
    broken.write_text("no database")
    with pytest.raises(BadInputError, match="broken"):
        Atlas(workspace=broken).facts(YIWU, "gdp")
