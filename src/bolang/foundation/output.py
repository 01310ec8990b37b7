"""Writing a finished document: all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from bolang.foundation.cache import write_atomically
from bolang.foundation.errors import OutputError
from bolang.foundation.text import tr


def check_writable(path: Path) -> None:
    """Refuse a path that cannot be written before any work is done.

    Raises
    ------
    OutputError
        If the path is a folder, its folder does not exist, or the folder cannot be written.
    """
    if path.is_dir():
        raise OutputError(
            tr(f"{path} 是文件夹，不能作为输出文件。", f"{path} is a folder, not a file."),
            tr("请给出文件名，如 报告.docx。", "Give a file name such as report.docx."),
        )
    if not path.parent.is_dir():
        raise OutputError(
            tr(f"文件夹 {path.parent} 不存在。", f"The folder {path.parent} does not exist."),
            tr("请先建立该文件夹，或换一个位置。", "Create it first, or choose another place."),
        )
    if not os.access(path.parent, os.W_OK):
        raise _unwritable(path, "")


def write(path: Path, content: bytes) -> None:
    """Replace a file by new content in one step; an existing file stays as it was if anything fails.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing is left behind.
    """
    check_writable(path)
    try:
        write_atomically(path, lambda handle: handle.write(content))
        path.chmod(0o644)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def _unwritable(path: Path, reason: str) -> OutputError:
    why = f" ({reason})" if reason else ""
    return OutputError(
        tr(f"无法写入 {path}{why}。", f"Cannot write {path}{why}."),
        tr("请检查权限和磁盘空间，或换一个位置。", "Check permissions and disk space, or choose another place."),
    )
