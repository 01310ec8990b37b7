"""Pages as data: what the commands write with ``--to json`` is of the form that the handbook describes and the schema fixes."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from typer.testing import CliRunner

from bolang.cli.app import PANELS, app
from bolang.cli.paged import SHARED
from bolang.render.json import schema

jsonschema = pytest.importorskip("jsonschema")
PAGES = [
    ("show", "义乌市"),
    ("compare", "义乌市", "昆山市"),
    ("compare", "义乌市", "昆山市", "--indices"),
    ("rank",),
    ("rank", "farm_share", "--top", "3"),
    ("rank", "fiscal_revenue", "--province", "浙江省"),
    ("types",),
    ("types", "固始县"),
    ("join", "固始县"),
    ("levers", "义乌市"),
    ("where", "sea_rail"),
    ("simulate", "--list"),
    ("plan", "清河县"),
    ("debt", "威宁", "--general-debt", "60", "--special-debt", "90"),
    ("risk", "义乌市", "--published"),
    ("route", "义乌市", "宁波港"),
    ("access", "永康市"),
    ("find", "新华区"),
    ("trace", "义乌市", "gdp"),
    ("catalogue",),
    ("catalogue", "gdp", "--coverage"),
    ("sources",),
    ("sql", "select code, name, area_km2 from units limit 3"),
    ("workspace", "list"),
    ("cache", "show"),
]
SOLVED = [
    ("network", "--terminal", "永康市", "--top", "3"),
    ("model",),
    ("simulate", "义乌市", "--lever", "sea_rail"),
]
"""Commands that solve something first."""
WITHOUT = {"serve", "export_site", "mcp", "sweep", "template"}
"""Commands that write other files or serve rather than show a page of results."""
BULLETIN = "青田县2021年国民经济和社会发展统计公报\n初步核算，全年实现生产总值273.1亿元，比上年增长8.3%。\n"


@pytest.mark.parametrize(
    "arguments", [*PAGES, *(pytest.param(a, marks=pytest.mark.slow) for a in SOLVED)], ids=" ".join
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_of_the_form(arguments, lang, monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", lang)
    result = CliRunner().invoke(app, [*arguments, "--to", "json"], catch_exceptions=False)
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    jsonschema.validate(data, schema())
    assert data["lang"] == lang


def test_no_command_with_a_page_is_left_out():
    named = {name for names in PANELS.values() for name in names}
    assert named == {arguments[0] for arguments in (*PAGES, *SOLVED)} | {"report", "import_"} | WITHOUT


@pytest.mark.parametrize("extra", [(), ("--brief",)])
def test_a_report_is_of_the_form(tmp_path, extra):
    path = tmp_path / "report.json"
    CliRunner().invoke(app, ["report", "漠河市", *extra, "--lang", "en", "-o", str(path)], catch_exceptions=False)
    data = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema())
    traced = [[*fact["steps"], fact["method"]] for note in data["notes"] for fact in note["facts"]]
    assert bool(traced) is not bool(extra)  # one page has no notes
    assert not re.search("[\u4e00-\u9fff]", str(traced))


def test_the_review_of_an_import_is_of_the_form(tmp_path):
    path = tmp_path / "青田.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    for asked in (path, tmp_path):
        shown = CliRunner().invoke(app, ["import", str(asked), "--to", "json"], catch_exceptions=False).stdout
        jsonschema.validate(json.loads(shown), schema())


def test_a_number_without_its_unit_is_refused():
    cell = {"text": "1", "value": 1.0, "year": 2020, "status": "measured", "low": None, "high": None, "source": ""}
    table = {"type": "table", "key": "t", "caption": "", "source": "", "columns": [{"label": "a", "group": ""}]}
    table["rows"] = [{"key": "", "cells": [cell], "notes": []}]
    page = {"form": "bolang.document/1", "lang": "en", "title": "t", "subtitle": "", "date": "2026-01-01"}
    page |= {"front": [table], "sections": [], "notes": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(page, schema())
    cell["unit"] = "%"
    jsonschema.validate(page, schema())


def test_every_page_takes_the_same_options():
    flags = {"--full", "--to", "--output", "--wording", "--lang"}
    assert len(SHARED) == len(flags)
    for arguments in PAGES:
        command = arguments[:2] if arguments[0] in {"workspace", "cache"} else arguments[:1]
        shown = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).stdout
        assert all(flag in shown for flag in flags), command


@pytest.mark.parametrize(("command", "lacks"), [("report", {"full"}), ("import_", set())])
def test_commands_that_do_more_than_show_a_page_take_its_options_too(command, lacks):
    own = get_type_hints(import_module(f"bolang.cli.{command}").command, include_extras=True)
    assert {name: own[name] for name in SHARED if name not in lacks} == {
        name: hint for name, (hint, _) in SHARED.items() if name not in lacks
    }


def test_the_example_of_the_handbook_runs(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    command = tmp_path / "bolang"
    command.write_text(f"#!{sys.executable}\nfrom bolang.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    code = code.replace('["bolang"', f"[{str(command)!r}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert "complete_good" in done.stdout
