"""Bounds on what a file may hold, so that no file, broken or hostile, exhausts the machine."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bolang.foundation.errors import BadInputError
from bolang.foundation.files import exists
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import tr

MEGABYTE = 1 << 20
_DOCTYPES = (*("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")), b"<!ENTITY")


def bound(name: str) -> int:
    """Return a bound from ``parameters.yaml``."""
    return int(load_parameters("bolang.intake").number(f"limit_{name}"))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that is no larger than allowed.

    Raises
    ------
    BadInputError
        If the file is missing, empty, a folder, unreadable or too large.
    """
    if not exists(path):
        raise BadInputError(
            tr(f"找不到文件 {path}。", f"There is no file {path}."), tr("请检查路径。", "Check the path.")
        )
    if not path.is_file():
        raise BadInputError(
            tr(f"{path} 不是文件。", f"{path} is not a file."), tr("请给出一个文件。", "Give one file.")
        )
    limit = bound("file_megabytes")
    size = path.stat().st_size
    if size > limit * MEGABYTE:
        raise too_large(tr(f"文件有 {size / MEGABYTE:.0f} MB", f"The file has {size / MEGABYTE:.0f} MB"), f"{limit} MB")
    if size == 0:
        raise BadInputError(tr(f"{path.name} 是空文件。", f"{path.name} is empty."))
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(
            tr(f"无法读取 {path.name}：{error.strerror}。", f"Cannot read {path.name}: {error.strerror}.")
        ) from error


def too_large(what: str, limit: str) -> BadInputError:
    """Return the error for a file beyond a bound."""
    return BadInputError(
        tr(f"{what}，超过上限 {limit}。", f"{what}, more than the limit of {limit}."),
        tr(
            "请只保留需要的工作表、行或页，另存后再导入。",
            "Keep only the sheets, rows or pages that you need and save them as a new file.",
        ),
    )


def damaged(name: str, kind: str) -> BadInputError:
    """Return the error for a file that cannot be decoded."""
    return BadInputError(
        tr(
            f"{name} 不是完整的 {kind} 文件（可能下载不全或已损坏）。",
            f"{name} is not a complete {kind} file (truncated or damaged).",
        ),
        tr(
            "请重新下载，或用原软件打开后另存。",
            "Download it again, or open and save it with the program it came from.",
        ),
    )


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an Office file (a zip archive) after checking what it would unpack to.

    Raises
    ------
    BadInputError
        If the archive is damaged, unpacks to more than allowed, holds macros or declares XML entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
        raise damaged(name, "Office") from error
    limit = bound("unpacked_megabytes")
    total = sum(entry.file_size for entry in entries)
    if total > limit * MEGABYTE or len(entries) > bound("archive_entries"):
        raise too_large(
            tr(f"解压后有 {total / MEGABYTE:.0f} MB", f"It unpacks to {total / MEGABYTE:.0f} MB"), f"{limit} MB"
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadInputError(
            tr(f"{name} 已加密。", f"{name} is encrypted."), tr("请去除密码后另存。", "Save it without a password.")
        )
    if any(Path(entry.filename).name.lower() in ("vbaproject.bin", "vbadata.xml") for entry in entries):
        raise BadInputError(
            tr(f"{name} 含有宏，不予读取。", f"{name} holds macros and is not read."),
            tr("请另存为不含宏的 .xlsx 或 .docx。", "Save it as .xlsx or .docx without macros."),
        )
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(archive, entry.filename, name)
    return archive


def part(archive: zipfile.ZipFile, entry: str, name: str) -> bytes:
    """Return one part of an archive; a damaged one is an error that names the file."""
    with _damage_named(name):
        return archive.read(entry)


@contextmanager
def _damage_named(name: str) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        RuntimeError,
    ) as error:
        raise damaged(name, "Office") from error


def _refuse_entities(archive: zipfile.ZipFile, entry: str, name: str) -> None:
    """Read a part through in pieces: it must be whole, and must not declare entities."""
    before = b""
    with _damage_named(name), archive.open(entry) as stream:
        while piece := stream.read(MEGABYTE):
            if any(mark in before + piece for mark in _DOCTYPES):
                break
            before = piece[-32:]
        else:
            return
    raise BadInputError(
        tr(f"{name} 内含 XML 实体声明，不予读取。", f"{name} declares XML entities and is not read."),
        tr(
            "正常的 Office 文件没有这种声明；请用 Office 打开后另存。",
            "No ordinary Office file does; open it in Office and save it again.",
        ),
    )
