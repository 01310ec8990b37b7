"""Output to any kind of path: all or nothing to files, in place to devices and pipes, through links, never onto a folder."""

import os
import stat
import subprocess
import sys
import threading

import pytest

from bolang.foundation import files
from bolang.foundation.errors import OutputError

needs_posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and links of POSIX")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "file.txt"
    target.write_text("old")

    def fail(handle):
        handle.write(b"half")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        files.write(target, fail)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_written_is_readable_like_any_other_file(tmp_path):
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    plain.write_text("x")
    files.write(ours, b"x")
    assert ours.stat().st_mode == plain.stat().st_mode


def test_an_existing_file_keeps_its_rights(tmp_path):
    target = tmp_path / "private"
    target.write_text("old")
    target.chmod(0o600)
    files.write(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@needs_posix
def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    files.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@needs_posix
def test_a_link_to_nothing_yet_makes_the_file_it_means(tmp_path):
    (tmp_path / "link").symlink_to("new")
    files.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new").read_bytes() == b"new"


@needs_posix
def test_a_circle_of_links_is_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError):
        files.write(tmp_path / "a", b"x")


@needs_posix
def test_a_device_is_written_and_stays_a_device():
    before = os.stat("/dev/null")
    files.write("/dev/null", b"x")
    after = os.stat("/dev/null")
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_device_is_an_error_of_ours():
    with pytest.raises(OutputError, match=r"No space|空间"):
        files.write("/dev/full", b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@needs_posix
def test_a_pipe_gets_everything(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    files.write(tmp_path / "pipe", lambda handle: handle.write(b"x" * 300_000))
    reader.join(10)
    assert got == [b"x" * 300_000]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("path", ["/", ".", "..", "/no/such/folder/x", "a" * 300, "nul\0l", "x/" * 3000])
def test_what_cannot_be_a_file_is_refused_before_and_at_writing(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for act in (files.check_writable, lambda p: files.write(p, b"x")):
        with pytest.raises(OutputError):
            act(path)
    assert list(tmp_path.iterdir()) == []


def test_the_longest_name_that_the_system_takes_is_written(tmp_path):
    files.write(tmp_path / ("n" * 255), b"x")
    assert (tmp_path / ("n" * 255)).read_bytes() == b"x"


@needs_posix
def test_the_own_output_of_a_process_can_be_named():
    code = "from bolang.foundation import files; files.write('/dev/stdout', b'hello')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"hello"


@needs_posix
@pytest.mark.parametrize("path", ["/", "/dev/full", "/no/such/x.csv"])
def test_a_command_that_could_not_write_does_not_end_well(path):
    done = subprocess.run(
        [sys.executable, "-m", "bolang", "sql", "select 1 as x", "-o", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
