import numpy as np
import pytest

from bolang.foundation import cache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_arrays_are_computed_once_and_kept(folder):
    calls = []

    def compute():
        calls.append(1)
        return {"x": np.arange(3.0)}

    first, second = cache.arrays("name", "key", compute), cache.arrays("name", "key", compute)
    np.testing.assert_array_equal(first["x"], second["x"])
    assert len(calls) == 1


def test_a_broken_entry_is_computed_again(folder):
    cache.arrays("name", "key", lambda: {"x": np.ones(2)})
    (folder / "name-key.npz").write_bytes(b"PK\x03\x04 broken")
    np.testing.assert_array_equal(cache.arrays("name", "key", lambda: {"x": np.zeros(2)})["x"], [0.0, 0.0])


def test_the_key_tells_contents_apart():
    a = cache.content_key(np.array([1.0, 2.0]), "x")
    assert a == cache.content_key(np.array([1.0, 2.0]), "x")
    assert a != cache.content_key(np.array([1, 2]), "x")
    assert a != cache.content_key(np.array([[1.0, 2.0]]), "x")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "file.txt"
    target.write_text("old")

    def fail(handle):
        handle.write(b"half")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        cache.write_atomically(target, fail)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_written_is_readable_like_any_other_file(tmp_path):
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    plain.write_text("x")
    cache.write_atomically(ours, lambda handle: handle.write(b"x"))
    assert ours.stat().st_mode == plain.stat().st_mode
