"""The user's cache folder; entries are keyed by the content they were computed from."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import platformdirs

from bolang.foundation import files


def folder() -> Path:
    """Return the cache folder: ``BOLANG_CACHE`` if set, otherwise the user's cache folder of the system."""
    chosen = os.environ.get("BOLANG_CACHE")
    path = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("bolang"))
    path.mkdir(parents=True, exist_ok=True)
    return path


def content_key(*parts: object) -> str:
    """Return a short digest of arrays, bytes, numbers and strings."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        elif isinstance(part, bytes):
            digest.update(part)
        else:
            digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def arrays(name: str, key: str, compute: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return cached arrays, computing and storing them on the first call.

    An unreadable entry (a full disk, an interrupted copy) is computed again, never returned.
    """
    path = folder() / f"{name}-{key}.npz"
    if path.exists():
        try:
            with np.load(path, allow_pickle=False) as stored:
                return {field: stored[field] for field in stored.files}
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            path.unlink(missing_ok=True)
    result = compute()
    files.replace(path, lambda handle: np.savez(handle, **result))  # type: ignore[arg-type]
    return result
