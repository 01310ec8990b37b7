"""The user's cache folder; entries are keyed by the content they were computed from."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import platformdirs


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
    write_atomically(path, lambda handle: np.savez(handle, **result))  # type: ignore[arg-type]
    return result


def write_atomically(path: Path, write: Callable[..., object]) -> None:
    """Write a file through a temporary one beside it, so that no reader ever sees half of it."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            write(handle)
        # Temporary files are private; what replaces the user's file should be readable like any other of theirs.
        os.chmod(temporary, path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's mask; the only way to read it is to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
