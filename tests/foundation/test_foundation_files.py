"""Files of the user's: what may be written is said before any work, and what is written in place is written to its end."""

import io
import os
import sys
from pathlib import Path

import pytest

from bolang.foundation import files
from bolang.foundation.errors import OutputError

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(("length", "cut"), [(119, False), (120, False), (121, True), (300, True)])
def test_an_error_repeats_a_hundred_and_twenty_characters_of_a_path(length, cut):
    name = "x" * length
    said = files._unwritable(Path(name), "").message
    assert said == f"Cannot write {name[:120]}{'…' if cut else ''}."
    assert files._unwritable(Path("a"), "why").message == "Cannot write a (why)."


@pytest.mark.parametrize(
    ("denied", "path", "refused"),
    [("folder", "new", True), ("folder", "old", True), ("old", "old", True), ("old", "new", False), ("other", "old", False), ("other", "new", False)],
)  # fmt: skip
def test_a_file_needs_a_folder_that_can_be_written_and_an_old_one_itself(tmp_path, monkeypatch, denied, path, refused):
    (tmp_path / "old").write_text("x")
    closed = {"folder": tmp_path, "old": tmp_path / "old", "other": tmp_path / "other"}[denied]
    monkeypatch.setattr(os, "access", lambda asked, mode: Path(asked) != closed or mode != os.W_OK)
    if refused:
        with pytest.raises(OutputError, match="Cannot write"):
            files.check_writable(tmp_path / path)
    else:
        files.check_writable(tmp_path / path)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="devices of POSIX")
@pytest.mark.parametrize("allowed", [True, False])
def test_a_device_is_asked_itself_and_not_its_folder(monkeypatch, allowed):
    monkeypatch.setattr(os, "access", lambda asked, mode: (str(asked) == "/dev/null") == allowed)
    if allowed:
        files.check_writable("/dev/null")
        files.write("/dev/null", b"x")
    else:
        with pytest.raises(OutputError):
            files.check_writable("/dev/null")


class Slow(io.RawIOBase):
    """Takes three bytes at a time, and now and then none."""

    def __init__(self):
        super().__init__()
        self.taken, self.turn = b"", 0

    def writable(self):
        return True

    def write(self, rest):
        self.turn += 1
        took = bytes(rest[:3]) if self.turn % 3 else b""
        self.taken += took
        return len(took) or None


@pytest.mark.parametrize(
    "content", [b"", b"a", b"0123456789" * 7, lambda handle: handle.write(b"written by a function")]
)
def test_in_place_all_is_written_however_little_is_taken_at_a_time(monkeypatch, content):
    slow = Slow()
    monkeypatch.setattr(Path, "open", lambda self, mode, buffering: slow)
    monkeypatch.setattr(slow, "close", lambda: None)
    files._write_in_place(Path("/dev/fd/9"), content)
    assert slow.taken == (content if isinstance(content, bytes) else b"written by a function")


@pytest.mark.parametrize(("name", "flushed"), [("/dev/stdout", True), ("/dev/stderr", False), ("/dev/fd/1", False)])
def test_what_was_printed_before_goes_first(monkeypatch, name, flushed):
    order = []
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys.stdout, "flush", lambda: order.append("flush"), raising=False)
    sink = Slow()
    monkeypatch.setattr(Path, "open", lambda self, mode, buffering: order.append((mode, buffering)) or sink)
    files._write_in_place(Path(name), b"x")
    assert order == (["flush"] if flushed else []) + [("wb", 0)]
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(Path, "open", lambda self, mode, buffering: Slow())
    files._write_in_place(Path("/dev/stdout"), b"x")


@pytest.mark.parametrize(
    ("path", "kind", "in_place"),
    [("/dev/stdout", None, True), ("/dev/fd/3", 0o100644, True), ("/proc/self/fd/1", None, True), ("a", None, False), ("a", 0o100644, False),
     ("a", 0o020666, True), ("a", 0o010644, True), ("/dev/stdin2", None, False)],
)  # fmt: skip
def test_devices_pipes_and_own_streams_are_written_in_place(path, kind, in_place):
    assert files._in_place(Path(path), kind) is in_place


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in" / "real")
    files.write(tmp_path / "link", b"1")
    files.write(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "in" / "real").read_bytes() == b"2"
    assert files._target(tmp_path / "link") == (tmp_path / "in" / "real").resolve()
    assert files._target(Path("a")) == Path("a").absolute()


def test_new_files_have_the_rights_of_the_process(tmp_path, monkeypatch):
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        monkeypatch.setattr(files, "_UMASK", mask)
        files.replace(tmp_path / f"f{mask}", b"")
        assert (tmp_path / f"f{mask}").stat().st_mode & 0o7777 == mode
    before = os.umask(0o031)
    try:
        assert files._umask() == 0o031
        assert files._umask() == 0o031  # read, not changed
    finally:
        os.umask(before)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path):
    def breaks(handle):
        handle.write(b"half")
        raise KeyboardInterrupt

    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        files.replace(tmp_path / "old", breaks)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old": b"old"}
    made = []
    files.write(tmp_path / "new", lambda handle: made.append(Path(handle.name if isinstance(handle.name, str) else "")))
    assert (tmp_path / "new").read_bytes() == b""


def test_a_name_that_no_system_takes_leads_nowhere_and_is_refused_by_name(tmp_path):
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for bad in ("a\0b", str(tmp_path / ("y" * 300)), str(tmp_path / "round")):
        assert not files.exists(bad)
        with pytest.raises(OutputError, match="Cannot write"):
            files.check_writable(bad)
    assert files.exists(tmp_path)
    assert not files.is_file(tmp_path)
    assert not files.is_folder(tmp_path / "none")
