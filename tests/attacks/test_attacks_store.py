"""A cache that was tampered with, lies on a bad disk, or is a folder full of other things: right numbers, no harm."""

import os
import struct
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolang.foundation import store
from bolang.foundation.store import stored

KEY = "0123456789abcdef01234567"


@stored("thrice", inputs=lambda n: (n,))
def thrice(n):
    return {"x": 3.0 * np.arange(n), "tag": np.array(["a", "义"]), "whole": np.arange(n, dtype=np.int32)}


def check(n=40):
    found = thrice(n)
    np.testing.assert_array_equal(found["x"], 3.0 * np.arange(n))
    np.testing.assert_array_equal(found["whole"], np.arange(n))
    assert found.keys() == {"x", "tag", "whole"}


@pytest.fixture
def entry(own_cache):
    check()
    (path,) = own_cache.iterdir()
    return path


@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_change_of_bytes_changes_a_number(entry, data):
    entry.unlink(missing_ok=True)
    check()
    content = bytearray(entry.read_bytes())
    how = data.draw(st.sampled_from(["flip", "cut", "swap", "insert", "zero", "double"]))
    at = data.draw(st.integers(0, len(content) - 1))
    to = data.draw(st.integers(0, len(content) - 1))
    match how:
        case "flip":
            content[at] ^= data.draw(st.integers(1, 255))
        case "cut":
            del content[at:]
        case "swap":
            content[at], content[to] = content[to], content[at]
        case "insert":
            content[at:at] = data.draw(st.binary(max_size=40))
        case "zero":
            content[min(at, to) : max(at, to)] = bytes(abs(at - to))
        case "double":
            content += bytes(content)
    entry.write_bytes(content)
    check()


@pytest.mark.parametrize(
    "fault", ["pickle", "packed", "encrypted", "folder", "link", "empty", "text", "huge", "scalar seal"]
)
def test_entries_of_every_wrong_kind_are_computed_again(entry, fault, tmp_path):
    whole = entry.read_bytes()
    entry.unlink()
    if fault == "pickle":
        np.savez(entry, __store__=np.array([print], dtype=object), allow_pickle=True)
    elif fault == "packed":
        with zipfile.ZipFile(entry, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x.npy", bytes(50_000_000))
    elif fault == "encrypted":
        flagged = bytearray(whole)
        for place in (6, whole.index(b"PK\x01\x02") + 8):
            flagged[place] |= 1
        entry.write_bytes(flagged)
    elif fault == "folder":
        entry.mkdir()
    elif fault == "link":
        (tmp_path / "other").write_bytes(b"mine")
        entry.symlink_to(tmp_path / "other")
    elif fault == "huge":
        header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,), }\n"
        with zipfile.ZipFile(entry, "w") as archive:
            archive.writestr("x.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    elif fault == "scalar seal":
        np.savez(entry, __store__=np.int64(10**15), x=np.zeros(3))
    else:
        entry.write_bytes(b"" if fault == "empty" else b"hello")
    check()
    check()
    if fault == "link":
        assert (tmp_path / "other").read_bytes() == b"mine"


@pytest.mark.parametrize("place", ["/dev/null", "/proc/none", "nul\0l", "x" * 5000, "{tmp}/file", "{tmp}/file/below"])
def test_a_place_that_can_be_no_folder_means_no_cache(place, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(store, "cache_place", lambda: type(tmp_path)(place.replace("{tmp}", str(tmp_path))))
    check()
    assert store.entries() == ()
    store.keep_folder("tree", KEY, lambda path: (path / "a").write_text("x"))
    assert store.folder_entry("tree", KEY) is None
    assert (tmp_path / "file").read_text() == "x"


def test_nothing_of_the_users_is_counted_or_removed(own_cache, monkeypatch):
    own_cache.mkdir()
    for name in ("thesis.docx", "data-2020.npz", "notes-abc", f"x-{'g' * 24}.npz", ".bashrc", "half.part"):
        (own_cache / name).write_text("mine")
        os.utime(own_cache / name, (1, 1))
    (own_cache / "photos").mkdir()
    (own_cache / f"link-{KEY}").symlink_to(own_cache / "photos")
    kept = sorted(own_cache.iterdir())
    check()
    monkeypatch.setenv("BOLANG_CACHE_LIMIT", "0")
    check(41)
    store.clear()
    assert sorted(own_cache.iterdir()) == kept


def test_what_a_killed_process_left_goes_after_a_day(own_cache):
    own_cache.mkdir()
    old, new = own_cache / ".bolang-abcdefgh.part", own_cache / ".bolang-abcdefgi.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    check()
    assert not old.exists()
    assert new.exists()


@pytest.mark.parametrize("told", ["", "x", "-1", "²", "1e9", "9" * 30])
def test_a_limit_that_is_none_is_the_default_or_a_number(told, monkeypatch):
    monkeypatch.setenv("BOLANG_CACHE_LIMIT", told)
    assert store.limit() >= 0


def test_many_at_once_on_a_cold_cache_agree(own_cache):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(check, [60] * 24))
    assert not [path for path in own_cache.iterdir() if path.suffix == ".part"]


@pytest.mark.slow
def test_many_processes_at_once_on_a_cold_cache_agree(own_cache):
    command = [sys.executable, "-m", "bolang", "types", "义乌市"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    said = {process.communicate(timeout=300)[0] for process in running}
    assert len(said) == 1
    assert all(process.returncode == 0 for process in running)
    assert not [path for path in own_cache.iterdir() if path.suffix == ".part"]


@pytest.mark.slow
def test_a_tampered_route_hierarchy_neither_crashes_nor_changes_a_route(own_cache):
    code = "from bolang.space import TransportSystem, isochrone; from bolang.atlas import Atlas; a = Atlas(False); print(float(isochrone(TransportSystem.standard(a), '330782').hours.sum()))"

    def ask():
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    first = ask()
    for path in [p for p in own_cache.rglob("*") if p.is_file()]:
        content = bytearray(path.read_bytes())
        for place in range(0, len(content), max(1, len(content) // 50)):
            content[place] ^= 0xA5
        path.write_bytes(content)
    assert ask() == first
