"""Pages as data: what the commands write with ``--to json`` is of the form that the handbook describes and the schema fixes."""

import json
import re
import subprocess
import sys
from pathlib import Path

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
LONG = {"network", "model", "simulate"}
"""Commands that solve something first; their pages are tried elsewhere."""
WITHOUT = {"report", "serve", "export_site", "mcp", "sweep", "import_", "template"}
"""Commands that write files or serve rather than show a page of results."""


@pytest.mark.parametrize("arguments", PAGES, ids=" ".join)
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
    assert named == {arguments[0] for arguments in PAGES} | LONG | WITHOUT


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


def test_the_example_of_the_handbook_runs(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    command = tmp_path / "bolang"
    command.write_text(f"#!{sys.executable}\nfrom bolang.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    code = code.replace('["bolang"', f"[{str(command)!r}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert "complete_good" in done.stdout
