"""``bolang route`` in both languages, its maps, and its complaints."""

import pytest
from typer.testing import CliRunner

from bolang.cli import run
from bolang.cli.app import app

WIDE = {"COLUMNS": "160", "NO_COLOR": "1"}


@pytest.fixture
def route(monkeypatch):
    monkeypatch.delenv("BOLANG_LANG", raising=False)

    def call(*arguments):
        return CliRunner().invoke(app, ["route", *arguments], env=WIDE, catch_exceptions=False)

    return call


def test_yiwu_to_ningbo_shows_the_best_and_the_second_best_way(route):
    result = route("义乌市", "宁波港")
    assert result.exit_code == 0
    for word in ("最优路线", "次优路线", "铁路", "公路", "元/标箱", "估计", "提箱与还箱", "208"):
        assert word in result.output


def test_it_answers_in_english(route, monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")
    result = route("义乌市", "Rotterdam", "--lang", "en")
    for word in ("Best way", "Second-best way", "Ningbo-Zhoushan (Beilun)", "yuan/TEU", "estimates"):
        assert word in result.output


@pytest.mark.parametrize("kind", ["png", "svg", "html"])
def test_maps_are_written_with_their_attribution(route, tmp_path, kind):
    path = tmp_path / f"way.{kind}"
    result = route("义乌市", "宁波港", "--map", str(path))
    assert str(path) in result.output.replace("\n", "")
    content = path.read_bytes()
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "html": b"<!doctype html>"}
    assert content.startswith(starts[kind])
    if kind == "html":
        text = content.decode()
        assert "OpenStreetMap" in text
        assert "208" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["义乌市", "没有这个地方"], ["没有这个地方", "宁波港"]),
        (["义乌市", "义乌市"], ["相同"]),
        (["义乌市", "鹿特丹", "--cargo", "air"], ["air", "container"]),
        (["义乌市", "鹿特丹", "--by", "air"], ["air", "land"]),
        (["义乌市", "宁波港", "--close", "鹿特丹"], ["鹿特丹"]),
        (["义乌市", "宁波港", "--map", "way.gif"], [".gif", ".png"]),
        (["义乌市", "宁波港", "--map", "no/such/folder/way.png"], ["no/such/folder"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_complaints_say_what_was_wrong_and_what_to_do(monkeypatch, capsys, arguments, words):
    monkeypatch.delenv("BOLANG_LANG", raising=False)
    monkeypatch.setattr("sys.argv", ["bolang", "route", *arguments])
    with pytest.raises(SystemExit) as caught:
        run.main()
    assert caught.value.code == 2
    complaint = capsys.readouterr().err
    for word in words:
        assert word in complaint
