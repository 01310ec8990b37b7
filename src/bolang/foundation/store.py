"""The store: what took long to compute is kept in the user's cache folder, and never trusted.

A value is found again only by the inputs that its maker declares and by a digest of the source that makes it, so that a
changed constant can never serve an old number. Every entry carries its key and a checksum: what does not fit is computed
again. Where nothing can be written nothing is kept. No entry is a pickle.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

import numpy as np

from bolang.foundation import files
from bolang.foundation.places import cache_place
from bolang.foundation.source import source_digest

P = ParamSpec("P")
Arrays = dict[str, np.ndarray]

_OWN = "__store__"
"""Name of the array in which an entry keeps its key and checksum."""
LIMIT_BYTES = 6_000_000_000
"""Size of the folder above which the entries that were used longest ago go; ``BOLANG_CACHE_LIMIT`` (bytes) overrides it."""


def folder() -> Path | None:
    """Return the cache folder, made if need be; None where none can be written, which means: no cache."""
    path = cache_place()
    try:
        path.mkdir(parents=True, exist_ok=True)
        return path if os.access(path, os.W_OK | os.X_OK) else None
    except (OSError, ValueError):  # no right, no folder, no name that the system takes
        return None


def content_key(*parts: object) -> str:
    """Return a short digest of arrays, bytes, numbers and strings."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        elif isinstance(part, bytes):
            digest.update(f"bytes{len(part)} ".encode())
            digest.update(part)
        else:
            digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def stored(name: str, inputs: Callable[P, tuple[object, ...]]) -> Callable[[Callable[P, Arrays]], Callable[P, Arrays]]:
    """Keep what a function returns.

    Parameters
    ----------
    name : str
        Name of the entry, for ``bolang cache show``.
    inputs : callable
        Takes the arguments of the function and returns everything that its value depends on: arrays, numbers, strings.
        The source that makes the value is added by itself.

    Examples
    --------
    >>> @stored("squares", inputs=lambda n: (n,))
    ... def squares(n: int) -> dict[str, np.ndarray]:
    ...     return {"squares": np.arange(n) ** 2}
    """

    def decorate(make: Callable[P, Arrays]) -> Callable[P, Arrays]:
        @functools.wraps(make)
        def kept(*args: P.args, **kwargs: P.kwargs) -> Arrays:
            key = content_key(source_digest(make.__module__), make.__qualname__, *inputs(*args, **kwargs))
            return _kept(name, key, lambda: make(*args, **kwargs))

        return kept

    return decorate


def _kept(name: str, key: str, make: Callable[[], Arrays]) -> Arrays:
    home = folder()
    path = home / f"{name}-{key}.npz" if home else None
    if path is not None:
        found = _read(path, key)
        if found is not None:
            return found
    made = make()
    if path is not None:
        _write(path, key, made)
    return made


def _read(path: Path, key: str) -> Arrays | None:
    """Return an entry that is whole and belongs to the key; anything else is removed."""
    if not path.is_file():
        return None
    # What a broken file makes a reader raise has no end; each is answered by computing again.
    with contextlib.suppress(Exception):
        _refuse_packed(path)
        with np.load(path, allow_pickle=False) as entry:
            arrays = {field: entry[field] for field in entry.files}
        if arrays.pop(_OWN).tobytes().decode("ascii") == _seal(key, arrays):
            with contextlib.suppress(OSError):
                os.utime(path)
            return arrays
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return None


def _refuse_packed(path: Path) -> None:
    """Refuse contents larger than the file itself: ours are not packed, and a packed one may be of any size."""
    with zipfile.ZipFile(path) as archive:
        if sum(item.file_size for item in archive.infolist()) > path.stat().st_size:
            raise ValueError("packed")


def _write(path: Path, key: str, arrays: Mapping[str, np.ndarray]) -> None:
    seal = np.frombuffer(_seal(key, arrays).encode("ascii"), dtype=np.uint8)
    try:
        files.replace(path, lambda handle: np.savez(handle, **{_OWN: seal}, **arrays))  # type: ignore[arg-type]
    except OSError:
        # A full or read-only disk: the value was computed, keeping it is a courtesy.
        return
    keep_within(limit())


def _seal(key: str, arrays: Mapping[str, np.ndarray]) -> str:
    digest = hashlib.blake2b(key.encode(), digest_size=16)
    for field in sorted(arrays):
        array = np.ascontiguousarray(arrays[field])
        digest.update(f"{field}{array.dtype}{array.shape}".encode())
        digest.update(array.data.cast("B") if array.size else b"")
    return digest.hexdigest()


def folder_entry(name: str, key: str) -> Path | None:
    """Return the whole, sealed folder of an entry that a library wrote by itself; None where there is none."""
    home = folder()
    path = home / f"{name}-{key}" if home else None
    if path is None or not path.is_dir():
        return None
    try:
        sealed = (path / _OWN).read_text(encoding="ascii") == _folder_seal(key, path)
    except (OSError, UnicodeDecodeError):
        sealed = False
    if sealed:
        with contextlib.suppress(OSError):
            os.utime(path)
        return path
    shutil.rmtree(path, ignore_errors=True)
    return None


def keep_folder(name: str, key: str, save: Callable[[Path], object]) -> None:
    """Keep a folder that a library writes, sealed; nothing happens where nothing can be written."""
    import tempfile

    home = folder()
    if home is None:
        return
    try:
        temporary = Path(tempfile.mkdtemp(dir=home, prefix=f"{name}-", suffix=".part"))
    except OSError:
        return
    try:
        save(temporary)
        (temporary / _OWN).write_text(_folder_seal(key, temporary), encoding="ascii")
        temporary.rename(home / f"{name}-{key}")
    except (OSError, RuntimeError):
        # Another process was faster, or the disk is full.
        shutil.rmtree(temporary, ignore_errors=True)
        return
    keep_within(limit())


def _folder_seal(key: str, path: Path) -> str:
    digest = hashlib.blake2b(key.encode(), digest_size=16)
    for item in sorted(path.iterdir()):
        if item.name != _OWN:
            digest.update(item.name.encode())
            digest.update(item.read_bytes())
    return digest.hexdigest()


# -- housekeeping ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """One entry of the store: its name, size and when it was last used (seconds since the epoch)."""

    name: str
    path: Path
    size: int
    used: float


_ENTRY = re.compile(r"(?P<name>[a-z][a-z0-9_-]*)-[0-9a-f]{24}(?:\.npz)?")
"""What our entries are called. The folder is the user's choice: nothing else in it is ours to count or to remove."""
_UNFINISHED = re.compile(r"(?:\.bolang-[a-z0-9_]{8}|[a-z][a-z0-9_-]*-[a-z0-9_]{8})\.part")
_DAY_S = 86_400.0


def entries() -> tuple[StoreEntry, ...]:
    """Return all entries, those used last first; files that are none of ours are not listed."""
    found = []
    for path in _ours(_ENTRY):
        try:
            size = sum(item.stat().st_size for item in path.iterdir()) if path.is_dir() else path.stat().st_size
            found.append(StoreEntry(path.name.rpartition("-")[0], path, size, path.stat().st_mtime))
        except OSError:
            continue
    return tuple(sorted(found, key=lambda entry: -entry.used))


def _ours(pattern: re.Pattern[str]) -> list[Path]:
    try:
        return [path for path in cache_place().iterdir() if pattern.fullmatch(path.name) and not path.is_symlink()]
    except (OSError, ValueError):
        return []


def limit() -> int:
    """Return the greatest size of the folder in bytes."""
    chosen = os.environ.get("BOLANG_CACHE_LIMIT", "")
    return int(chosen) if chosen.isascii() and chosen.isdigit() else LIMIT_BYTES


def keep_within(most: int) -> int:
    """Remove the entries that were used longest ago until the rest is small enough; return how many went."""
    _sweep()
    total, gone = 0, 0
    for entry in entries():
        total += entry.size
        if total > most:
            remove(entry)
            gone += 1
    return gone


def _sweep() -> None:
    """Remove what killed processes left half-written a day ago or more."""
    for path in _ours(_UNFINISHED):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY_S:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def remove(entry: StoreEntry) -> None:
    """Remove one entry; another process may have done so already."""
    if entry.path.is_dir():
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            entry.path.unlink(missing_ok=True)


def clear() -> int:
    """Remove every entry; return how many there were."""
    listed = entries()
    for entry in listed:
        remove(entry)
    return len(listed)
