"""Slips in options, arguments and commands end in one line and exit code 2, like every other error."""

from __future__ import annotations

import pytest

from bolang.cli import run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "义乌市", "--nope"], "没有选项 --nope"),
        (["show"], "缺少参数"),
        (["nosuch"], "没有命令 'nosuch'"),
        (["trace", "义乌市", "gdp", "--year", "abc"], "应为整数"),
        (["find", "a", "b"], "多出的参数"),
        (["nosuch", "--lang", "en"], "No such command 'nosuch'. See bolang --help."),
        (["show", "义乌市", "--peers", "nosuch"], "“nosuch”既不是对标组"),
    ],
)
def test_slips_of_usage_are_one_line(monkeypatch, capsys, arguments, words):
    monkeypatch.setenv("BOLANG_LANG", "zh")
    monkeypatch.setattr("sys.argv", ["bolang", *arguments])
    with pytest.raises(SystemExit) as left:
        run.main()
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_command_ends_with_its_own_exit_code(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bolang", "--version"])
    with pytest.raises(SystemExit) as left:
        run.main()
    assert left.value.code == 0
    assert "bolang" in capsys.readouterr().out
