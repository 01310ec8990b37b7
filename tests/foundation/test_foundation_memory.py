"""How much memory there is, and what needs it."""

import math
from pathlib import Path

import pytest

from bolang.foundation import memory
from bolang.foundation.errors import (
    ScarceMemoryError,
)

pytestmark = pytest.mark.usefixtures("english")


def test_memory_is_asked_for_what_is_held_and_for_addresses(monkeypatch):
    need = memory.MemoryNeed(1.0, 2.0, "甲", "x")
    for free, addresses, fits in [
        (1e9, 2e9, True),
        (0.999e9, 2e9, False),
        (1e9, 1.999e9, False),
        (math.inf, math.inf, True),
        (-5.0, 9e9, False),
    ]:
        monkeypatch.setattr(memory, "_free", lambda free=free: free)
        monkeypatch.setattr(memory, "_addresses", lambda addresses=addresses: addresses)
        if fits:
            memory.require(need)
        else:
            with pytest.raises(ScarceMemoryError) as caught:
                memory.require(need)
            least = free if free < 1e9 else addresses
            assert f"{max(least, 0) / 1e9:.1f} GB are free" in caught.value.message


def test_what_is_free_by_the_systems_own_files(monkeypatch):
    said = {
        "/proc/meminfo": "MemTotal: 9 kB\nMemAvailable: 3000 kB\nSwapFree: 1000 kB\n",
        "/proc/self/status": "Name: x\nVmSize: 500 kB\n",
    }
    monkeypatch.setattr(memory, "_read", lambda path: said.get(path, ""))
    assert memory._free() == 4000 * 1024
    said |= {"/sys/fs/cgroup/memory.max": "1000000\n", "/sys/fs/cgroup/memory.current": "400000\n"}
    assert memory._free() == 600_000
    said["/sys/fs/cgroup/memory.current"] = "2000000"
    assert memory._free() == 0
    said["/sys/fs/cgroup/memory.max"] = "max"
    assert memory._free() == 4000 * 1024
    said["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "900"
    said["/sys/fs/cgroup/memory/memory.usage_in_bytes"] = "100"
    assert memory._free() == 800
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert memory._addresses() == math.inf
    monkeypatch.setattr(resource, "getrlimit", lambda which: (1_000_000, resource.RLIM_INFINITY))
    assert memory._addresses() == 1_000_000 - 500 * 1024
    said["/proc/self/status"] = ""
    assert memory._addresses() == 1_000_000
    said.clear()
    assert memory._free() == math.inf


def test_memory_needs_are_those_of_the_handbook():
    """0.4 GB and 1.5 GB of addresses for any command, 1 GB for a solution, 1.6 GB for one for many parameters."""
    page = (Path(__file__).parents[2] / "docs" / "attacks.md").read_text(encoding="utf-8")
    said = " ".join(page.split())
    assert f"needs {memory.START.held:g} GB and {memory.START.addresses:g} GB of addresses" in said
    assert f"county economy {memory.SOLVE.held:g} GB" in said
    assert f"many parameters {memory.SWEEP.held:g} GB" in said


@pytest.mark.parametrize(("free", "fits"), [(1e9, True), (1e9 - 1, False)])
def test_a_gigabyte_is_a_thousand_million_bytes(monkeypatch, free, fits):
    monkeypatch.setattr(memory, "_free", lambda: free)
    monkeypatch.setattr(memory, "_addresses", lambda: math.inf)
    if fits:
        memory.require(memory.MemoryNeed(1.0, 1.0, "甲", "x"))
    else:
        with pytest.raises(ScarceMemoryError):
            memory.require(memory.MemoryNeed(1.0, 1.0, "甲", "x"))
