"""Atlases stay open, one a workspace, until the file changes, there are too many, or memory is scarce."""

import gc
import os
import weakref

import duckdb
import pytest

from bolang.atlas.kept import kept
from bolang.atlas.opened import MOST, OpenAtlases
from bolang.atlas.overlay import FACT_COLUMNS


@kept
def _made(atlas):
    return object()


@pytest.fixture
def workspaces(tmp_path):
    """Three workspaces, each with another GDP of Yiwu."""
    paths = {}
    for gdp in (11_000_000.0, 12_000_000.0, 13_000_000.0):
        path = tmp_path / f"{gdp:.0f}.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                f"CREATE TABLE facts ({', '.join(f'{name} {kind}' for name, kind in FACT_COLUMNS.items())})"
            )
            columns = "code, indicator, value, unit, year, period, status, source"
            connection.execute(
                f"INSERT INTO facts ({columns}) VALUES ('330782', 'gdp', {gdp}, '万元', 2020, 'year', 'measured', 'mine')"
            )
        paths[gdp] = path
    return paths


def test_the_worker_of_three_workspaces_makes_nothing_twice(workspaces):
    """Asked in turn, each answers with its own figure, from the same atlas with all that was made of it."""
    tasks = pytest.importorskip("bolang.web.tasks")
    rounds = []
    for _ in range(3):
        atlases = {gdp: tasks._atlas({"workspace": str(path)}) for gdp, path in workspaces.items()}
        assert {gdp: atlas.fact("义乌市", "gdp", 2020).value for gdp, atlas in atlases.items()} == {
            gdp: gdp for gdp in workspaces
        }
        rounds.append([_made(atlas) for atlas in atlases.values()])
    assert rounds[0] == rounds[1] == rounds[2]
    assert len(set(rounds[0])) == 3


def test_a_changed_file_is_opened_anew_and_its_old_state_is_let_go(workspaces):
    path = next(iter(workspaces.values()))
    held = OpenAtlases(lambda: False)
    before = weakref.ref(held.of(path))
    assert held.of(path) is before()
    os.utime(path, ns=(1, 1))
    assert held.of(path) is not before()
    gc.collect()
    assert (before(), len(held)) == (None, 1)


def test_the_longest_unused_goes_where_memory_is_scarce(tmp_path):
    scarce = []
    held = OpenAtlases(lambda: bool(scarce))
    first, second = held.of(tmp_path / "a"), held.of(tmp_path / "b")
    assert held.of(tmp_path / "a") is first
    scarce.append(True)
    third = held.of(tmp_path / "c")
    assert (len(held), held.of(tmp_path / "c")) == (1, third)
    scarce.clear()
    assert held.of(tmp_path / "a") is not first
    assert held.of(tmp_path / "b") is not second


def test_no_more_are_held_than_promised(tmp_path):
    held = OpenAtlases(lambda: False)
    first = held.of(tmp_path / "0")
    for number in range(1, MOST):
        held.of(tmp_path / str(number))
    assert (len(held), held.of(tmp_path / "0")) == (MOST, first)
    held.of(tmp_path / "one more")
    assert (len(held), held.of(tmp_path / "0")) == (MOST, first)
