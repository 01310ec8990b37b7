"""Streams in any encoding, closed or full, and foreign text on the terminal: signs degrade, commands do not fail."""

import os
import subprocess
import sys

import pytest

from bolang.cli.console import console_for
from bolang.foundation.plain import line, plain

QUERY = "select '•✓−–…→█▁あé🙂' as signs, name from units limit 2"


def bolang(*arguments, redirect="", **environment):
    """Run a command through a shell, which alone can close streams."""
    command = [sys.executable, "-m", "bolang", *arguments]
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirect}', "sh", *command],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell and devices of POSIX")


@pytest.mark.parametrize(
    ("encoding", "lang"),
    [("gbk", "zh"), ("ascii", "en"), ("latin-1", "zh")]
    + [
        pytest.param(encoding, lang, marks=pytest.mark.slow)
        for encoding in ("gb18030", "cp1252", "cp437", "big5", "utf-16", "utf-8")
        for lang in ("zh", "en")
    ],
)
def test_signs_degrade_and_nothing_fails(encoding, lang):
    done = bolang("sql", QUERY, PYTHONIOENCODING=encoding, BOLANG_LANG=lang)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode(encoding)
    assert "->" in shown or "→" in shown
    wrong = bolang("sql", "selec", PYTHONIOENCODING=encoding, BOLANG_LANG=lang)
    assert wrong.returncode == 2
    assert b"Traceback" not in wrong.stderr


def test_a_written_file_is_success_whatever_the_encoding(tmp_path):
    done = bolang("sql", QUERY, "-o", str(tmp_path / "文件•.csv"), PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "•✓−" in (tmp_path / "文件•.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("redirect", [">&-", ">&- 2>&- <&-"])
def test_closed_streams_change_no_result(redirect, tmp_path):
    assert bolang("sql", QUERY, "-o", str(tmp_path / "x.csv"), redirect=redirect).returncode == 0
    assert (tmp_path / "x.csv").exists()
    assert bolang("sql", "selec", redirect=redirect).returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
@pytest.mark.parametrize("arguments", [("sql", QUERY), ("--help",)])
def test_a_full_output_is_said_in_one_line(arguments):
    done = bolang(*arguments, redirect=">/dev/full")
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert bolang(*arguments, redirect=">/dev/full 2>/dev/full").returncode == 2


def test_a_reader_that_has_gone_ends_quietly():
    code = f'{sys.executable} -m bolang sql "select * from units" | head -1 >/dev/null'
    done = subprocess.run(["/bin/sh", "-c", code], capture_output=True, check=False)
    assert done.stderr == b""


NASTY = [
    "[/red]",
    "[bold]x",
    "[link=file:///etc/passwd]x[/link]",
    "\\[/]",
    "\\\\[/red]",
    ":smile:",
    "[/]",
    "[[/bold]]",
    "[red",
]


@pytest.mark.parametrize("text", NASTY)
def test_foreign_tags_are_text_on_the_terminal(text):
    console = console_for(file=open(os.devnull, "w"), force_terminal=True, color_system="truecolor")  # noqa: SIM115
    with console.capture() as said:
        console.print(f"[bold]{text}[/] end")
    assert "\x1b]8" not in said.get()
    assert "🙂" not in said.get()
    assert "end" in said.get()


@pytest.mark.parametrize("mark", ["\x1b[2J", "\x07", "\x0b", "\r", "\x9b31m", "\u202e", "\ud800", "\ufffe", "\0"])
def test_no_foreign_text_steers_the_terminal(mark):
    console = console_for(file=open(os.devnull, "w"))  # noqa: SIM115
    with console.capture() as said:
        console.print(f"a{mark}b", markup=False)
    assert mark not in said.get()
    said.get().encode()


def test_plain_text_stays_as_it_is():
    for text in ("义乌市 • 100 %", "tab\tand\nline", "é 🙂 ‱", ""):
        assert plain(text) == text
        assert plain(plain(text + "\x00")) == plain(text + "\x00")
    assert line("a\r\nb\u2028c", 4) == "a b…"
