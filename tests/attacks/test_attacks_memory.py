"""Too little memory is known before it runs out, and said in one line."""

import subprocess
import sys

import pytest

from bolang.economy import Scenario
from bolang.economy.scenarios import running
from bolang.foundation import memory
from bolang.foundation.errors import BolangError, ScarceMemoryError

WORK = memory.MemoryNeed(1.0, 2.2, "此事", "this")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")


@linux
@pytest.mark.parametrize("megabytes", [400, 700, 1000])
@pytest.mark.parametrize("command", [("show", "义乌市"), ("find", "义乌")])
def test_under_a_limit_that_is_too_tight_a_command_ends_at_once_in_one_line(megabytes, command):
    line = f"ulimit -v {megabytes * 1000}; exec {sys.executable} -m bolang --lang en {' '.join(command)}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "1.5 GB" in done.stderr


@linux
def test_help_needs_no_memory_to_speak_of():
    line = f"ulimit -v 400000; exec {sys.executable} -m bolang --help"
    assert subprocess.run(["bash", "-c", line], capture_output=True, timeout=120, check=False).returncode == 0


@pytest.mark.parametrize(("free", "addresses", "fits"), [(1.01, 2.21, True), (0.99, 9.0, False), (9.0, 2.19, False)])
def test_both_needs_must_be_met(free, addresses, fits, monkeypatch):
    monkeypatch.setattr(memory, "_free", lambda: free * 1e9)
    monkeypatch.setattr(memory, "_addresses", lambda: addresses * 1e9)
    if fits:
        memory.require(WORK)
        return
    with pytest.raises(ScarceMemoryError) as raised:
        memory.require(WORK)
    assert isinstance(raised.value, BolangError | MemoryError)
    assert f"{min(free, addresses):.1f} GB" in str(raised.value)


def test_a_solve_asks_before_it_begins(monkeypatch):
    asked = []

    def require(need):
        asked.append(need)
        raise ScarceMemoryError("no")

    monkeypatch.setattr(running.memory, "require", require)
    monkeypatch.setattr(running, "calibrated", lambda *_: pytest.fail("begun all the same"))
    from bolang import Atlas

    atlas = Atlas(workspace=False)
    for draws, need in ((0, memory.SOLVE), (8, memory.SWEEP)):
        with pytest.raises(ScarceMemoryError):
            running.run(Scenario("义乌市", levers=["sea_rail"], draws=draws), atlas)
        assert asked[-1] == need


def pretend(monkeypatch, files):
    monkeypatch.setattr(memory, "_read", lambda path: files.get(path, ""))


def test_what_is_free_is_the_least_of_the_machine_and_its_container(monkeypatch):
    machine = {"/proc/meminfo": "MemTotal: 9 kB\nMemAvailable:    2000000 kB\nSwapFree: 500000 kB\n"}
    pretend(monkeypatch, machine)
    assert memory._free() == 1024 * 2_500_000
    two = {"/sys/fs/cgroup/memory.max": "1000000000\n", "/sys/fs/cgroup/memory.current": "300000000\n"}
    pretend(monkeypatch, machine | two)
    assert memory._free() == 700_000_000
    pretend(monkeypatch, machine | two | {"/sys/fs/cgroup/memory.max": "max\n"})
    assert memory._free() == 1024 * 2_500_000
    one = {
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "900000000",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes": "5",
    }
    pretend(monkeypatch, machine | one)
    assert memory._free() == 899_999_995
    pretend(monkeypatch, {})
    assert memory._free() == float("inf")
