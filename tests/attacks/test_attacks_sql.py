"""A query may come from anybody: it reads the shipped tables, and nothing else of this machine."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from bolang.atlas import Atlas
from bolang.atlas.overlay import WorkspaceView
from bolang.foundation.errors import BadInputError

PLAIN = Atlas(False)
REACHING = [
    "select * from read_text('{file}')",
    "select * from glob('{folder}/*')",
    "select * from read_csv('{file}')",
    "select * from '{file}'",
    "select * from read_blob('{file}')",
    "select * from read_json('{file}')",
    "select * from sniff_csv('{file}')",
    "select * from read_csv(['{file}', '{file}'])",
    "select * from parquet_metadata('{file}')",
    "select * from read_duckdb('{file}')",
    "explain analyze copy (select 1) to '{folder}/new.csv'",
    "explain analyze attach '{folder}/new.db'",
    "copy (select 1) to '{folder}/new.csv'",
    "attach '{folder}/new.db'",
    "export database '{folder}/new'",
    "select * from 'http://127.0.0.1:9/x.csv'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "pragma enable_profiling='json'",
    "call pragma_database_size(); select 1",
    "select 1; copy (select 1) to '{folder}/new.csv'",
    "prepare p as select * from read_text('{file}')",
    "create view v as select * from read_text('{file}')",
    "drop view units",
    "update extensions",
    "copy units from '{file}'",
    "select * from query_table(['{file}'])",
    "summarize from '{file}'",
    "select getenv('HOME')",
    "select * from os",
    "from query('select * from read_text(''{file}'')')",
    "from query_table('{file}')",
    "with x as materialized (from read_text('{file}')) from x",
    "select (select content from read_text('{file}'))",
    "",
    ";",
    "\0",
    "select '\ud800'",
]


@pytest.mark.parametrize("query", REACHING)
def test_a_query_reaches_nothing_but_the_tables(query, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with pytest.raises(BadInputError):
        PLAIN.sql(query.format(file=secret, folder=tmp_path) if "{" in query else query)
    assert list(tmp_path.iterdir()) == [secret]


def test_what_an_explained_statement_does_is_taken_back():
    PLAIN.sql("explain analyze drop view units")
    assert PLAIN.sql("select count(*) from units").item() == len(PLAIN.counties)


def test_own_files_by_name_and_only_those(tmp_path):
    (tmp_path / "own.csv").write_text("code,sold\n330782,7\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("a\n1\n")
    files = {"own": tmp_path / "own.csv"}
    found = PLAIN.sql("select name, sold from own join units on units.code = own.code::varchar", files)
    assert found.rows() == [("义乌市", 7)]
    with pytest.raises(BadInputError):
        PLAIN.sql(f"select * from '{tmp_path}/other.csv'", files)


@pytest.mark.parametrize("name", ["units", 'a"b', "a b", "", "1x"])
def test_own_files_need_a_free_name(name, tmp_path):
    (tmp_path / "own.csv").write_text("a\n1\n")
    with pytest.raises(BadInputError):
        PLAIN.sql("select 1", {name: tmp_path / "own.csv"})


@pytest.mark.parametrize("file", ["none.csv", "x.exe", "."])
def test_own_files_must_be_there_and_readable(file, tmp_path):
    (tmp_path / "x.exe").write_bytes(b"\0")
    with pytest.raises(BadInputError):
        PLAIN.sql("select 1", {"own": tmp_path / file})


def test_columns_of_one_name_and_every_type_come_back():
    found = PLAIN.sql("select 1 as a, 2 as a, 3 as a_1")
    assert found.rows() == [(1, 2, 3)]
    assert len(set(found.columns)) == 3
    odd = PLAIN.sql(
        "select [1, 2] as l, {'a': 1} as s, 1.5::decimal(5, 2) as d, now() as t, interval 1 day as i, uuid() as u,"
        " map {'a': 1} as m, 170141183460469231731687303715884105727::hugeint as h, [[1]] as n, date '2020-02-29' as c,"
        " 'a'::enum('a', 'b') as e, null as o, 'x'::blob as b, time '01:02' as w, 255::utinyint as z, '101'::bit as q"
    )
    assert odd.shape == (1, 16)
    assert odd["l"].to_list() == [[1, 2]]


def test_every_type_prints_and_saves_or_says_why_not(tmp_path, capsys, monkeypatch):
    from typer.testing import CliRunner

    from bolang.cli.app import app

    query = (
        "select 1 as a, 2 as a, [1, 2] as l, {'a': 1} as s, now() as t, '[/red]' as m, chr(7) || chr(27) || '[31m' as c"
    )
    shown = CliRunner().invoke(app, ["sql", query])
    assert shown.exit_code == 0, shown.output
    assert "[/red]" in shown.output
    assert "\x1b[31m" not in shown.output
    saved = CliRunner().invoke(app, ["sql", "select [1, 2] as l, 1 as a, 2 as a", "-o", str(tmp_path / "x.csv")])
    assert saved.exit_code == 0, saved.output
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "1；2,1,2"


def test_threads_may_ask_at_once():
    atlas = Atlas(False)
    queries = [f"select count(*) from units where area_km2 > {n}" for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        at_once = [frame.item() for frame in pool.map(atlas.sql, queries)]
    assert at_once == [PLAIN.sql(query).item() for query in queries]


def test_a_workspace_with_views_reads_no_file(tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    path = tmp_path / "workspace.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create view facts as select content as code, 'gdp' as indicator, 1.0 as value, '亿元' as unit, 2020 as year,"
            " 'year' as period, 'measured' as status, content as source, '' as method, '' as definition, []::varchar[] as"
            f" steps, now()::timestamp as imported_at, 1 as batch from read_text('{tmp_path}/secret.csv')"
        )
    with pytest.raises(BadInputError):
        _ = WorkspaceView(path).frame


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_a_device_as_workspace_is_refused_and_left_alone():
    with pytest.raises(BadInputError):
        Atlas("/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
