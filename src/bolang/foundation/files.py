"""The one door for files that bolang writes: all of a file or nothing, whatever kind of path the user names.

A plain file is replaced in one step. A link is followed and stays a link. A device, a pipe or the process's own output
(``/dev/stdout``) cannot be replaced: it is written in place. A folder is refused.
"""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from bolang.foundation.errors import OutputError
from bolang.foundation.text import tr

Content = bytes | Callable[[IO[bytes]], object]
"""The bytes of a file, or a function that writes them to a handle."""

_OWN_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def exists(path: str | Path) -> bool:
    """Whether a path leads to anything; one that the system does not take leads nowhere."""
    return _mode(path) is not None


def is_file(path: str | Path) -> bool:
    """Whether a path leads to a plain file."""
    return stat.S_ISREG(_mode(path) or 0)


def is_folder(path: str | Path) -> bool:
    """Whether a path leads to a folder."""
    return stat.S_ISDIR(_mode(path) or 0)


def _mode(path: str | Path) -> int | None:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):  # not there, or a name that the system does not take
        return None


def check_writable(path: str | Path) -> None:
    """Refuse a path that cannot be written before any work is done.

    Raises
    ------
    OutputError
        If the path is a folder, its folder does not exist, its name is too long, or it cannot be written.
    """
    path = Path(path)
    kind = _kind(path)
    if is_folder(path):
        raise OutputError(
            tr(f"{path} 是文件夹，不能作为输出文件。", f"{path} is a folder, not a file."),
            tr("请给出文件名，如 报告.docx。", "Give a file name such as report.docx."),
        )
    if _in_place(path, kind):
        if not os.access(path, os.W_OK):
            raise _unwritable(path, "")
        return
    target = _target(path)
    if not target.parent.is_dir():
        raise OutputError(
            tr(f"文件夹 {target.parent} 不存在。", f"The folder {target.parent} does not exist."),
            tr("请先建立该文件夹，或换一个位置。", "Create it first, or choose another place."),
        )
    if not os.access(target.parent, os.W_OK) or (kind is not None and not os.access(target, os.W_OK)):
        raise _unwritable(path, "")


def write(path: str | Path, content: Content) -> None:
    """Write a file of the user's; an existing one stays as it was if anything fails.

    Parameters
    ----------
    path : str or Path
        A plain file (new or existing), a link to one, or a device or pipe, which is written in place.
    content : bytes or callable
        What to write, or a function that writes it to the handle it is given.

    Raises
    ------
    OutputError
        If the file cannot be written; of a plain file nothing is left behind.
    """
    path = Path(path)
    check_writable(path)
    try:
        if _in_place(path, _kind(path)):
            _write_in_place(path, content)
        else:
            replace(_target(path), content)
    except OSError as error:
        if isinstance(error, OutputError | BrokenPipeError):
            raise
        raise _unwritable(path, error.strerror or str(error)) from error


def replace(path: Path, content: Content) -> None:
    """Put a plain file in place in one step, so that no reader ever sees half of it; errors of the system pass through."""
    # A short name of its own: one built on the target's could be longer than the system allows.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".bolang-", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            _fill(handle, content)
            handle.flush()
            os.fsync(handle.fileno())
        # Temporary files are private; what replaces the user's file should be readable like any other of theirs.
        os.chmod(temporary, stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_UMASK)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_in_place(path: Path, content: Content) -> None:
    # Made in memory first: a writer may want to go back in its file, and half a result should not be sent.
    made = io.BytesIO()
    _fill(made, content)
    if str(path) == "/dev/stdout" and sys.stdout is not None:
        sys.stdout.flush()
    with path.open("wb", buffering=0) as handle:
        rest = memoryview(made.getvalue())
        while rest:
            rest = rest[handle.write(rest) or 0 :]


def _fill(handle: IO[bytes], content: Content) -> None:
    if isinstance(content, bytes):
        handle.write(content)
    else:
        content(handle)


def _kind(path: Path) -> int | None:
    """Return the mode of what the path leads to, None if nothing is there yet.

    Raises
    ------
    OutputError
        If the system does not take the path at all: a name too long, a circle of links, a null character.
    """
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _unwritable(path, getattr(error, "strerror", None) or str(error)) from error


def _in_place(path: Path, kind: int | None) -> bool:
    return str(path).startswith(_OWN_STREAMS) or (kind is not None and not stat.S_ISREG(kind))


def _target(path: Path) -> Path:
    """Return the file that a path or a link means; links are followed, so that they stay links."""
    return path.resolve() if path.is_symlink() else path.absolute()


def _unwritable(path: Path, reason: str) -> OutputError:
    name = str(path) if len(str(path)) <= _SHOWN else str(path)[:_SHOWN] + "…"
    why = tr(f"（{reason}）", f" ({reason})") if reason else ""
    return OutputError(
        tr(f"无法写入 {name}{why}。", f"Cannot write {name}{why}."),
        tr(
            "请检查路径、权限和磁盘空间，或换一个位置。",
            "Check the path, permissions and disk space, or choose another place.",
        ),
    )


_SHOWN = 120
"""Characters of a path that an error repeats."""


def _umask() -> int:
    """Return the process's mask; the only way to read it is to set it, which only one thread may do."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = _umask()
