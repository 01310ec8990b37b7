"""``bolang access`` and ``bolang network``: figures, changes, complaints, and the bar that reports progress."""

import re

import pytest
from typer.testing import CliRunner

from bolang.cli import run
from bolang.cli.app import app
from bolang.cli.progress import bar

WIDE = {"COLUMNS": "160", "NO_COLOR": "1"}


def call(*arguments):
    return CliRunner().invoke(app, list(arguments), env=WIDE, catch_exceptions=False)


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.delenv("BOLANG_LANG", raising=False)


def test_access_shows_figures_places_and_isochrones():
    result = call("access", "义乌市", "--hours", "1,2")
    assert result.exit_code == 0
    for word in ("207.6", "宁波舟山港（北仑）", "杭州市", "估计", "小汽车 1 小时内", "OpenStreetMap"):
        assert word in result.output


def test_access_sets_another_county_beside_the_benchmark():
    assert "义乌市" in call("access", "永康市").output


@pytest.mark.slow
def test_a_terminal_is_costed_and_written(tmp_path):
    path = tmp_path / "change.csv"
    result = call("network", "--terminal", "永康市", "--top", "3", "-o", str(path))
    assert str(path.name) in result.output
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2854
    assert lines[0].startswith("code,domestic_before")
    shown = call("network", "--terminal", "永康市", "--top", "3").output
    assert "永康市" in shown
    assert re.search(r"[−-]1\.", shown)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["network"], ["--terminal"]),
        (["network", "--road", "磐安县"], ["义乌市,武义县"]),
        (["network", "--road", "磐安县,仙居县,远"], ["远"]),
        (["network", "--upgrade-rail", "义乌市"], ["--upgrade-rail 义乌市,武义县,0.8"]),
        (["network", "--upgrade-rail", "义乌市,北仑区,7"], ["0.2"]),
        (["network", "--tariff", "rail_rate"], ["rail_rate*0.8"]),
        (["network", "--tariff", "rail_price*2"], ["rail_price", "rail_rate"]),
        (["network", "--terminal", "三沙市"], ["三沙市", "AddLink"]),
        (["network", "--close", "没有的港"], ["没有的港"]),
        (["access", "义乌市", "--hours", "一"], ["--hours"]),
        (["access", "没有这个县"], ["没有"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_complaints_say_what_to_do(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr("sys.argv", ["bolang", *arguments])
    with pytest.raises(SystemExit) as caught:
        run.main()
    assert caught.value.code == 2
    complaint = capsys.readouterr().err
    for word in words:
        assert word in complaint


def test_the_bar_is_silent_off_a_terminal(capsys):
    with bar("work") as tell:
        tell(0.5)
        tell(1.0)
    assert capsys.readouterr().out == ""
