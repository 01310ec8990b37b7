"""The examples of "your first change" in the handbook, done to the letter."""

import re
import sys
import types
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bolang.cli.app import app
from bolang.render import formats

PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
(SENTENCE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FORMAT, COMMAND = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")


def module(monkeypatch, code: str) -> types.ModuleType:
    made = types.ModuleType("first_change")
    exec(code, made.__dict__)
    monkeypatch.setitem(sys.modules, "first_change", made)
    return made


def test_a_sentence(tmp_path):
    style = tmp_path / "my.yaml"
    style.write_text(SENTENCE, encoding="utf-8")
    said = CliRunner().invoke(app, ["find", "义乌市", "--wording", str(style)]).stdout
    assert re.search(r"Found: \S+ is Yiwu", said)
    assert "Found:" not in CliRunner().invoke(app, ["find", "义乌市"]).stdout


def test_a_format(monkeypatch, tmp_path):
    module(monkeypatch, FORMAT)
    monkeypatch.setitem(formats.RENDERERS, "txt", "first_change:render_text")
    target = tmp_path / "types.txt"
    assert CliRunner().invoke(app, ["types", "-o", str(target)], catch_exceptions=False).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("Types of the nation's counties\nUnits of each type")


def test_a_command(monkeypatch, tmp_path):
    made = module(monkeypatch, COMMAND)
    own = typer.Typer(add_completion=False)
    own.command("area")(made.command)
    assert "1,102 sq km." in CliRunner().invoke(own, ["义乌市"], catch_exceptions=False).stdout
    target = tmp_path / "area.docx"
    assert CliRunner().invoke(own, ["义乌市", "-o", str(target)], catch_exceptions=False).exit_code == 0
    assert target.read_bytes().startswith(b"PK")
