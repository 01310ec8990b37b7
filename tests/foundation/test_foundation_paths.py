"""Paths, writing, rights, and what an error of writing says."""

import os
import stat

import pytest

from bolang.foundation import files
from bolang.foundation.errors import (
    OutputError,
)

pytestmark = pytest.mark.usefixtures("english")


def test_what_a_path_leads_to(tmp_path):
    (tmp_path / "f").write_text("x")
    assert [files.exists(tmp_path / "f"), files.is_file(tmp_path / "f"), files.is_folder(tmp_path / "f")] == [
        True,
        True,
        False,
    ]
    assert [files.exists(tmp_path), files.is_file(tmp_path), files.is_folder(tmp_path)] == [True, False, True]
    assert [files.exists("\0"), files.is_file(tmp_path / "no"), files.is_folder("x" * 5000)] == [False, False, False]


def test_a_writer_may_go_back_in_its_file(tmp_path):
    def content(handle):
        handle.write(b"xbc")
        handle.seek(0)
        handle.write(b"a")

    files.write(tmp_path / "f", content)
    assert (tmp_path / "f").read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    files.write(str(tmp_path / "f"), b"new")
    assert (tmp_path / "f").read_bytes() == b"new"


def test_rights_of_new_and_of_old_files(tmp_path):
    files.write(tmp_path / "new", b"")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~mask
    (tmp_path / "new").chmod(0o640)
    files.write(tmp_path / "new", b"1")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_error_of_writing_names_the_path_short_and_why(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        files.check_writable(tmp_path / "no" / "f")
    with pytest.raises(OutputError, match="is a folder"):
        files.check_writable(tmp_path)
    (tmp_path / "f").write_text("x")
    with pytest.raises(OutputError, match="does not exist"):
        files.write(tmp_path / "f" / "g", b"")
    name = tmp_path / ("x" * 300)
    with pytest.raises(OutputError) as caught:
        files.write(name, b"")
    assert caught.value.message.startswith(f"Cannot write {str(name)[:120]}… (")

    def breaks(handle):
        raise OSError(5, "Input/output error")

    with pytest.raises(OutputError, match=r"\(Input/output error\)"):
        files.write(tmp_path / "g", breaks)

    def gone(handle):
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        files.write(tmp_path / "g", gone)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f"]
