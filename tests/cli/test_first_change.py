"""The examples of "your first change" in the handbook, done to the letter."""

import os
import re
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import bolang
from bolang.cli.app import app
from bolang.render import formats

PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
SENTENCE, INDICATOR, MEANING, LEVER = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FORMAT, COMMAND, FORMULA = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


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


@pytest.fixture
def copied(tmp_path):
    """Copy the package, to be changed as the handbook says."""
    shutil.copytree(Path(bolang.__file__).parent, tmp_path / "bolang", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "bolang"


def answer(package: Path, *arguments: str) -> str:
    """Return what the changed package prints."""
    here = {**os.environ, "PYTHONPATH": str(package.parent), "COLUMNS": "200"}
    command = [sys.executable, "-m", "bolang", *arguments]
    return subprocess.run(command, env=here, cwd=package.parent, capture_output=True, text=True, check=True).stdout


def insert(path: Path, before: str, text: str) -> None:
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, text + before), encoding="utf-8")


@pytest.mark.slow
def test_an_indicator(copied):
    insert(copied / "diagnosis" / "indicators.yaml", "      business_services_lq:\n        label", INDICATOR)
    insert(copied / "diagnosis" / "indicators" / "attraction.py", '        "business_services_lq"', FORMULA)
    words = copied / "wording" / "diagnosis.yaml"
    words.write_text(words.read_text(encoding="utf-8").rstrip() + "\n" + MEANING, encoding="utf-8")
    assert "One-person households, ranked (2020)" in answer(copied, "rank", "single_households")


@pytest.mark.slow
def test_a_lever(copied):
    levers = copied / "economy" / "levers" / "levers.yaml"
    levers.write_text(levers.read_text(encoding="utf-8").rstrip() + "\n" + LEVER, encoding="utf-8")
    listed = answer(copied, "simulate", "--list")
    assert "evening_classes" in listed
    assert "Evening classes" in listed
