"""Streams that are closed or lack signs; forks after use."""

import io
import sys
from types import SimpleNamespace

import pytest

from bolang.foundation import forks, streams

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("text", "encoding", "out"),
    [("•−…→", "ascii", b"*-...->"), ("é½", "ascii", b"e12"), ("县", "latin-1", b"?"), ("✓县", "gbk", "v县".encode("gbk")), ("a≤b", "ascii", b"a<=b"), ("\u0301", "ascii", b"?")],
)  # fmt: skip
def test_signs_that_an_encoding_lacks_have_a_stand_in(text, encoding, out):
    assert text.encode(encoding, streams.DEGRADE) == out
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", streams.DEGRADE)


def test_closed_streams_are_stood_in_for(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.make_lenient()
    try:
        assert sys.stdin.read() == ""
        assert sys.stdout.write("县") == 1
        assert sys.stderr.writable()
        assert streams.asks_a_person() is False
    finally:
        for name in ("stdin", "stdout", "stderr"):
            getattr(sys, name).close()


def test_open_streams_degrade(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    streams.make_lenient()
    sys.stdout.write("•县")
    sys.stdout.flush()
    assert raw.getvalue() == b"*?"


@pytest.mark.parametrize(
    ("stdin", "asks"),
    [(SimpleNamespace(isatty=lambda: True), True), (SimpleNamespace(isatty=lambda: False), False), (None, False)],
)
def test_somebody_can_be_asked_at_a_terminal(monkeypatch, stdin, asks):
    monkeypatch.setattr(sys, "stdin", stdin)
    assert streams.asks_a_person() is asks


def test_a_closed_input_asks_nobody(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    assert streams.asks_a_person() is False


def test_only_a_fork_after_use_is_stranded(monkeypatch):
    monkeypatch.setattr(forks._State, "used", False)
    monkeypatch.setattr(forks._State, "stranded", False)
    forks._in_child()
    forks.in_use()
    assert (forks._State.used, forks._State.stranded) == (True, False)
    forks._in_child()
    with pytest.raises(forks.ForkedError):
        forks.in_use()
