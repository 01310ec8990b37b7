"""Where the store is, its keys, and what it keeps."""

import os
import time

import numpy as np
import pytest

from bolang.foundation import places, source, store

pytestmark = pytest.mark.usefixtures("english")


def test_the_cache_is_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "c"))
    assert places.cache_place() == tmp_path / "c"
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    places.keep_drawings_tidy()
    assert os.environ["MPLCONFIGDIR"] == str(tmp_path / "c" / "matplotlib")
    assert (tmp_path / "c" / "matplotlib").is_dir()
    monkeypatch.setenv("BOLANG_CACHE", "")
    assert places.cache_place().name == "bolang"


def test_a_layer_knows_itself_by_whole_names():
    digests = {name: source.source_digest(f"bolang.{name.replace('/', '.')}.x") for name in source.MAKERS}
    assert len(set(digests.values())) == len(source.MAKERS)
    assert source.source_digest("bolang.atlas") == digests["atlas"]
    assert source.source_digest("bolang.atlasx") not in digests.values()
    assert all(len(digest) == 24 for digest in digests.values())


def test_keys_tell_types_and_shapes_and_order_apart():
    keys = [
        store.content_key(*parts)
        for parts in [
            (),
            (1,),
            ("1",),
            (1.0,),
            (b"1",),
            (b"'1'",),
            (b"1", b"2"),
            (b"1\x002",),
            (1, 2),
            (2, 1),
            ("12",),
            (np.zeros(4),),
            (np.zeros((2, 2)),),
            (np.zeros(4, "f4"),),
            (np.ones(4),),
        ]
    ]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 24 for key in keys)
    assert store.content_key(np.arange(6).reshape(2, 3).T) == store.content_key(np.arange(6).reshape(2, 3).T.copy())


def test_entries_are_listed_with_the_last_used_first_and_kept_within_a_size(own_cache):
    own_cache.mkdir()
    for number, name in enumerate(["a", "b", "c"]):
        path = own_cache / f"{name}-{'0' * 24}.npz"
        path.write_bytes(b"x" * 10)
        os.utime(path, (100 + number, 100 + number))
    kept = own_cache / ("d-" + "1" * 24)
    kept.mkdir()
    (kept / "one").write_bytes(b"x" * 7)
    (kept / "two").write_bytes(b"x" * 8)
    os.utime(kept, (50, 50))
    assert [(entry.name, entry.size, entry.used) for entry in store.entries()] == [
        ("c", 10, 102),
        ("b", 10, 101),
        ("a", 10, 100),
        ("d", 15, 50),
    ]
    assert store.keep_within(45) == 0
    assert store.keep_within(44) == 1
    assert not kept.exists()
    assert store.keep_within(20) == 1
    assert [entry.name for entry in store.entries()] == ["c", "b"]
    assert store.clear() == 2
    assert store.entries() == ()


def test_only_what_is_a_day_old_and_unfinished_goes(own_cache):
    own_cache.mkdir()
    for name, age in [
        ("route-abcd1234.part", 86_500),
        (".bolang-abcd1234.part", 86_500),
        ("route-abcd1235.part", 86_300),
        ("mine.part", 90_000),
    ]:
        path = own_cache / name
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age, time.time() - age))
    store.keep_within(10**9)
    assert sorted(path.name for path in own_cache.iterdir()) == ["mine.part", "route-abcd1235.part"]


def test_a_kept_folder_is_found_and_one_changed_is_gone(own_cache):
    def save(path):
        (path / "a").write_bytes(b"1")
        (path / "b").write_bytes(b"2")

    key = "2" * 24
    assert store.folder_entry("r", key) is None
    store.keep_folder("r", key, save)
    found = store.folder_entry("r", key)
    assert found == own_cache / f"r-{key}"
    os.utime(found, (1, 1))
    store.folder_entry("r", key)
    assert found.stat().st_mtime > 1  # it was used now
    store.keep_folder("r", key, save)  # another process was faster
    assert [path.name for path in own_cache.iterdir()] == [found.name]
    (found / "a").rename(found / "c")
    assert store.folder_entry("r", key) is None
    assert not found.exists()


@pytest.mark.parametrize("seal", ["0" * 32, "f" * 32, "", "甲"])
def test_a_folder_with_another_seal_is_gone(own_cache, seal):
    key = "3" * 24
    store.keep_folder("r", key, lambda path: (path / "a").write_bytes(b"1"))
    found = store.folder_entry("r", key)
    assert found is not None
    (found / store._OWN).write_text(seal, encoding="utf-8")
    assert store.folder_entry("r", key) is None
    assert not found.exists()


def test_without_a_cache_no_folder_is_found_and_none_is_written(monkeypatch):
    monkeypatch.setattr(store, "folder", lambda: None)
    assert store.folder_entry("r", "4" * 24) is None
    store.keep_folder("r", "4" * 24, lambda path: pytest.fail("written"))


def test_an_entry_that_is_used_is_young(own_cache):
    calls = []

    @store.stored("young", inputs=lambda: ())
    def made():
        calls.append(1)
        return {"x": np.arange(3)}

    made()
    (path,) = own_cache.iterdir()
    assert path.name.startswith("young-")
    os.utime(path, (1, 1))
    made()
    assert path.stat().st_mtime > 1
    assert len(calls) == 1
