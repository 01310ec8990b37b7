"""One writer at a time: a lock between processes that the system lets go when a process dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bolang.foundation.errors import OutputError
from bolang.foundation.text import tr

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: IO[bytes]) -> bool:
        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def exclusive(path: Path, wait: float = 30.0) -> Iterator[None]:
    """Hold the lock beside a file while the block runs.

    Parameters
    ----------
    path : Path
        The file to guard; the lock is ``<path>.lock`` beside it and stays there, empty.
    wait : float
        Seconds to wait for another process.

    Raises
    ------
    OutputError
        If another process still holds the lock after that time, or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.with_name(path.name + ".lock").open("ab")
    except OSError as error:
        raise OutputError(
            tr(f"无法写入 {path.parent}：{error.strerror}。", f"Cannot write to {path.parent}: {error.strerror}."),
            tr("请用 BOLANG_WORKSPACE 指定可写的位置。", "Set BOLANG_WORKSPACE to a place that can be written."),
        ) from error
    with handle:
        deadline = time.monotonic() + wait
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise OutputError(
                    tr(f"另一个 bolang 正在写 {path.name}。", f"Another bolang is writing {path.name}."),
                    tr("请等它结束后再试。", "Wait until it has finished and try again."),
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            _unlock(handle)
