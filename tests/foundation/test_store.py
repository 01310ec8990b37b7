"""The store: found again only by its inputs and its source, never trusted, never in the way."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bolang.foundation import source, store
from bolang.foundation.store import content_key, stored

CALLS = []
KEY = "0" * 24


@stored("twice", inputs=lambda n: (n,))
def twice(n):
    CALLS.append(n)
    return {"x": 2 * np.arange(float(n)), "empty": np.empty((0, 3))}


@pytest.fixture(autouse=True)
def fresh(own_cache):
    CALLS.clear()
    return own_cache


def the_entry(folder):
    (path,) = folder.iterdir()
    return path


def test_a_value_is_computed_once_and_kept():
    first, second = twice(3), twice(3)
    np.testing.assert_array_equal(first["x"], second["x"])
    assert second["empty"].shape == (0, 3)
    assert CALLS == [3]


def test_other_inputs_are_another_value():
    twice(3)
    assert len(twice(4)["x"]) == 4
    assert CALLS == [3, 4]


def test_a_changed_source_is_another_value(monkeypatch):
    twice(3)
    monkeypatch.setattr(store, "source_digest", lambda module: "changed")
    twice(3)
    assert CALLS == [3, 3]


@pytest.mark.parametrize("position", [0, 30, 200, -30, -1])
def test_a_flipped_byte_is_noticed(fresh, position):
    twice(50)
    path = the_entry(fresh)
    content = bytearray(path.read_bytes())
    content[position] ^= 0xFF
    path.write_bytes(content)
    np.testing.assert_array_equal(twice(50)["x"], 2 * np.arange(50.0))


def test_a_valid_entry_of_another_key_is_not_taken(fresh):
    twice(3)
    three = the_entry(fresh)
    twice(4)
    four = next(path for path in fresh.iterdir() if path != three)
    three.write_bytes(four.read_bytes())
    assert len(twice(3)["x"]) == 3


def test_shuffled_but_valid_contents_are_noticed(fresh):
    twice(5)
    path = the_entry(fresh)
    with np.load(path) as entry:
        arrays = {name: entry[name] for name in entry.files}
    arrays["x"] = arrays["x"][::-1].copy()
    with path.open("wb") as handle:
        np.savez(handle, **arrays)
    np.testing.assert_array_equal(twice(5)["x"], 2 * np.arange(5.0))


def test_a_cut_entry_is_computed_again(fresh):
    twice(3)
    path = the_entry(fresh)
    path.write_bytes(path.read_bytes()[:40])
    assert twice(3)["x"][-1] == 4.0


def test_a_cache_path_that_is_a_file_means_no_cache(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "file"))
    assert twice(3)["x"][-1] == 4.0
    assert store.folder() is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_means_no_cache(fresh):
    fresh.mkdir()
    fresh.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert twice(3)["x"][-1] == 4.0


def test_a_full_disk_means_no_cache(fresh, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.files, "replace", full)
    assert twice(3)["x"][-1] == 4.0


def test_the_entries_used_longest_ago_go_first(fresh, monkeypatch):
    twice(1000)
    old = the_entry(fresh)
    os.utime(old, (1, 1))
    twice(1001)
    monkeypatch.setenv("BOLANG_CACHE_LIMIT", "9000")
    twice(1002)
    assert not old.exists()
    assert sum(entry.size for entry in store.entries()) <= 9000


def test_clear_leaves_nothing(fresh):
    twice(3)
    store.keep_folder("tree", KEY, lambda path: (path / "a").write_text("x"))
    assert store.clear() == 2
    assert list(fresh.iterdir()) == []


def test_a_folder_is_sealed(fresh):
    store.keep_folder("tree", KEY, lambda path: (path / "a").write_bytes(b"content"))
    path = store.folder_entry("tree", KEY)
    assert (path / "a").read_bytes() == b"content"
    (path / "a").write_bytes(b"c0ntent")
    assert store.folder_entry("tree", KEY) is None
    assert not path.exists()


def test_no_entry_is_a_pickle(fresh):
    path = fresh / "evil.npz"
    fresh.mkdir()
    np.savez(path, x=np.array([object()], dtype=object))
    assert store._read(path, "any") is None


def test_the_key_tells_contents_apart():
    a = content_key(np.array([1.0, 2.0]), "x")
    assert a == content_key(np.array([1.0, 2.0]), "x")
    assert a != content_key(np.array([1, 2]), "x")
    assert a != content_key(np.array([[1.0, 2.0]]), "x")


def test_a_layer_rests_on_those_below_only(tmp_path, monkeypatch):
    root = tmp_path / "bolang"
    for name in ("foundation", "space", "economy/core"):
        (root / name).mkdir(parents=True)
        (root / name / "x.py").write_text("A = 1\n")
    monkeypatch.setattr(source, "__file__", str(root / "foundation" / "source.py"))

    def digests():
        source.source_digest.cache_clear()
        source._folder_digest.cache_clear()
        return {name: source.source_digest(f"bolang.{name}.x") for name in ("space", "economy.core")}

    before = digests()
    (root / "economy/core/x.py").write_text("A = 2\n")
    after = digests()
    source.source_digest.cache_clear()
    source._folder_digest.cache_clear()
    assert after["space"] == before["space"]
    assert after["economy.core"] != before["economy.core"]


def test_every_folder_that_makes_numbers_is_there():
    root = Path(source.__file__).parent.parent
    assert all((root / name).is_dir() for name in source.MAKERS)


def test_two_processes_at_once_are_safe(fresh):
    program = (
        "import numpy as np\n"
        "from bolang.foundation.store import stored\n"
        "@stored('slow', inputs=lambda n: (n,))\n"
        "def slow(n):\n"
        "    return {'x': np.full(200_000, float(n))}\n"
        "for n in range(8):\n"
        "    assert (slow(n)['x'] == n).all()\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program], env=os.environ | {"BOLANG_CACHE": str(fresh)})
        for _ in range(3)
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert not [path for path in fresh.iterdir() if path.suffix == ".part"]
