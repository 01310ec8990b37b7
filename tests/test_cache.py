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
