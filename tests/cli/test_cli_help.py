"""Every option of every command is described, in both languages, and a help page speaks one language."""

import json
import os
import subprocess
import sys

import pytest

WALK = """
import json, sys
from typer.main import get_command
from bolang.cli.app import app
root = get_command(app)
found, waiting = [], [("bolang", root, None)]
while waiting:
    name, command, above = waiting.pop()
    context = command.context_class(command, info_name=name, parent=above)
    for option in [*command.params, command.get_help_option(context)]:
        found.append([name, option.name, getattr(option, "help", None) or "", bool(getattr(option, "hidden", False))])
    for child in command.list_commands(context) if hasattr(command, "list_commands") else ():
        waiting.append((f"{name} {child}", command.get_command(context, child), context))
json.dump(found, sys.stdout)
"""


def ran(lang, *arguments):
    env = {**os.environ, "BOLANG_LANG": lang, "COLUMNS": "120", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, *arguments], env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_option_of_every_command_is_described_in_both_languages():
    zh, en = (json.loads(ran(lang, "-c", WALK)) for lang in ("zh", "en"))
    assert len({command for command, *_ in zh}) > 30
    assert [row[:2] for row in zh] == [row[:2] for row in en]
    shown = [(name, option, a, b) for (name, option, a, hidden), (*_, b, _) in zip(zh, en, strict=True) if not hidden]
    assert len(shown) > 250
    assert [row[:2] for row in shown if not row[2].strip() or not row[3].strip()] == []
    assert [row[:2] for row in shown if not any("一" <= c <= "鿿" for c in row[2])] == []
    assert [row[:2] for row in shown if row[2] == row[3]] == []


@pytest.mark.parametrize("command", [(), ("trace",), ("workspace",)])
def test_a_help_page_in_chinese_has_no_frame_in_english(command):
    page = ran("zh", "-m", "bolang", *command, "--help")
    assert not [
        word for word in ("Usage", "Options", "Arguments", "OPTIONS", "required", "default", "exit") if word in page
    ]
    assert "用法：" in page


def test_an_option_without_a_value_names_no_type():
    line = next(line for line in ran("en", "-m", "bolang", "show", "--help").splitlines() if "--full" in line)
    assert "<" not in line
    assert "BOOL" not in line.upper()
