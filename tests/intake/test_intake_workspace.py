"""The workspace: whole or unchanged, whatever happens; one writer at a time; every import can be taken back."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import duckdb
import pytest

from bolang.atlas import Atlas
from bolang.atlas.overlay import FACT_COLUMNS
from bolang.foundation.errors import BadInputError, OutputError
from bolang.intake import Workspace, lock
from bolang.intake.workspace import FactRow


def row(value=100.0, indicator="gdp", year=2030, rank=0, definition=""):
    unit = "%" if indicator.endswith("_growth") else "万元"
    return FactRow(
        "330782",
        indicator,
        value,
        unit,
        year,
        "year",
        "公报",
        "规则",
        definition,
        ("第1行",),
        f"{value}万元",
        "句。",
        "第1行",
        1.0,
        rank=rank,
    )


def add(workspace, *rows):
    return workspace.add(rows or [row()], "a.txt", "0" * 64, "义乌市2030年公报", "330782", "义乌市", 2030)


def test_an_import_is_seen_by_the_atlas_and_can_be_taken_back(workspace):
    before = Atlas().facts("330782", "gdp")
    batch = add(Workspace(), row(26_932_600.0), row(7.9, "gdp_growth"))
    fact = Atlas().fact("义乌市", "gdp", 2030)
    assert (fact.value, fact.origin, fact.steps) == (26_932_600.0, "workspace", ("第1行",))
    assert Atlas().column("gdp", 2030)[Atlas().county("义乌市").index] == 26_932_600.0
    assert Workspace().undo(batch.batch) == batch
    assert Atlas().facts("330782", "gdp") == before


def test_the_columns_are_those_that_the_atlas_reads(workspace):
    add(Workspace())
    with duckdb.connect(str(workspace), read_only=True) as connection:
        columns = {
            name
            for (name,) in connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = 'facts'"
            ).fetchall()
        }
    assert set(FACT_COLUMNS) <= columns


def test_the_plain_definition_stands_before_the_narrower_one(workspace):
    add(Workspace(), row(64_000.0, "fiscal_revenue", rank=4, definition="本级"), row(81_000.0, "fiscal_revenue"))
    values = [fact.value for fact in Atlas().facts("义乌市", "fiscal_revenue") if fact.year == 2030]
    assert values == [81_000.0, 64_000.0]


def test_a_later_import_lies_over_an_earlier_one(workspace):
    first = add(Workspace(), row(1.0))
    add(Workspace(), row(2.0))
    assert Atlas().fact("义乌市", "gdp", 2030).value == 2.0
    Workspace().undo()
    assert Atlas().fact("义乌市", "gdp", 2030).value == 1.0
    assert [batch.batch for batch in Workspace().batches()] == [first.batch]


def test_nothing_to_undo_and_unknown_numbers_are_said(workspace):
    with pytest.raises(BadInputError, match="无可撤销"):
        Workspace().undo()
    add(Workspace())
    with pytest.raises(BadInputError, match="编号为 7"):
        Workspace().undo(7)


def test_the_workspace_is_one_file(workspace):
    add(Workspace())
    kept = {path.name for path in workspace.parent.iterdir()}
    assert kept == {"workspace.duckdb", "workspace.duckdb.lock"}
    copy = workspace.with_name("copy.duckdb")
    copy.write_bytes(workspace.read_bytes())
    assert len(Workspace(copy).batches()) == 1


def test_a_file_that_is_no_workspace_is_not_touched(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database")
    with pytest.raises(BadInputError, match="不是 bolang 的工作区"):
        add(Workspace(path))
    assert path.read_text() == "not a database"


def test_a_link_to_a_workspace_stays_a_link(workspace, tmp_path):
    add(Workspace())
    link = tmp_path / "link.duckdb"
    link.symlink_to(workspace)
    add(Workspace(link))
    assert link.is_symlink()
    assert len(Workspace(workspace).batches()) == 2


@pytest.mark.parametrize("damage", [lambda data: data[:30_000], lambda data: b"", lambda data: b"noise" * 999])
def test_a_damaged_workspace_is_left_alone_with_a_way_out(workspace, damage):
    add(Workspace())
    damaged = damage(workspace.read_bytes())
    workspace.write_bytes(damaged)
    for use in (lambda: add(Workspace()), lambda: Workspace().batches(), lambda: Atlas().facts("330782", "gdp")):
        with pytest.raises(BadInputError, match="已损坏") as raised:
            use()
        assert "BOLANG_WORKSPACE" in raised.value.hint
        assert "\n" not in str(raised.value)
    assert workspace.read_bytes() == damaged


def test_a_failing_change_leaves_the_file_as_it_was(workspace):
    add(Workspace())
    before = workspace.read_bytes()
    with pytest.raises(OutputError, match="内容未变"):
        add(Workspace(), row(value=None))
    assert workspace.read_bytes() == before
    assert not list(workspace.parent.glob("*.part*"))


def test_a_folder_that_cannot_be_made_is_an_error_with_a_way_out(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(OutputError, match="无法写入"):
        add(Workspace(blocker / "workspace.duckdb"))


# ---------------------------------------------------------------- processes
WRITER = """
import sys, time
from bolang.intake import workspace as module
from bolang.intake.workspace import FactRow, Workspace

row = lambda i: FactRow("330782", "gdp", float(i), "万元", 2000 + i % 50, "year", "s", "m", "", (), "p", "s", "p", 1.0)
mode, stage, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if mode == "stall":
    def stall(*args):
        print("stalled", flush=True)
        time.sleep(60)
    if stage == "insert":
        insert, calls = module._insert, []
        def slow(connection, table, rows):
            insert(connection, table, rows)
            calls.append(table)
            stall()
        module._insert = slow
    else:
        setattr(module, stage, stall)
for i in range(count):
    Workspace().add([row(i)] * 3, "f", "0", "t", "330782", "n", 2030)
print("done", flush=True)
"""


def start(tmp_path, *arguments):
    script = tmp_path / "writer.py"
    script.write_text(textwrap.dedent(WRITER), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), *arguments], stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("stage", ["insert", "_flush", "_replace"])
def test_killed_in_the_middle_the_workspace_stays_as_it_was(workspace, tmp_path, stage):
    add(Workspace())
    before = workspace.read_bytes()
    process = start(tmp_path, "stall", stage, "1")
    assert process.stdout.readline().strip() == "stalled"
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    assert workspace.read_bytes() == before
    assert len(Workspace().batches()) == 1
    add(Workspace())  # the lock died with the process, and what it left behind is swept up
    assert len(Workspace().batches()) == 2
    assert not list(workspace.parent.glob("*.part*"))


@pytest.mark.slow
def test_killed_at_any_moment_every_import_is_whole_or_absent(workspace, tmp_path):
    for delay in (0.4, 0.7, 1.0, 1.3):
        process = start(tmp_path, "run", "-", "1000")
        time.sleep(delay)
        process.kill()
        process.wait(timeout=30)
        process.stdout.close()
        if workspace.exists():
            batches = Workspace().batches()
            counts = Workspace().facts().group_by("batch").len()
            assert sorted(counts["batch"].to_list()) == [batch.batch for batch in batches]
            assert set(counts["len"].to_list()) <= {3}


def test_two_processes_do_not_lose_each_others_imports(workspace, tmp_path):
    processes = [start(tmp_path, "run", "-", "4") for _ in range(2)]
    for process in processes:
        assert process.stdout.read().strip() == "done"
        assert process.wait(timeout=60) == 0
        process.stdout.close()
    assert [batch.batch for batch in Workspace().batches()] == list(range(1, 9))
    assert len(Workspace().facts()) == 24


def test_a_held_lock_is_waited_for_and_then_reported(tmp_path):
    path = tmp_path / "a.duckdb"
    with lock.exclusive(path), pytest.raises(OutputError, match="另一个 bolang"), lock.exclusive(path, wait=0.1):
        pytest.fail("two holders of one lock")


def test_reading_is_never_kept_waiting_by_a_writer(workspace):
    add(Workspace())
    with lock.exclusive(workspace):
        assert len(Workspace().batches()) == 1
