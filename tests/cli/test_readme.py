"""What the README shows is what the commands print."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bolang.cli.app import app

ROOT = Path(__file__).parents[2]


def shown(page: str) -> list[tuple[str, list[str]]]:
    """Return the commands that a page shows with their output, cut where it leaves something out."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"```text\n\$ bolang ([^\n]+)\n(.*?)```", text, re.S)
    return [(command, _pieces(output)) for command, output in found]


def _pieces(output: str) -> list[str]:
    """Cut at what is left out, and at each line of a table, of which columns other than the first two may be missing."""
    lines = (line for part in output.split("…") for line in re.split(r"\n(?=•|\S+ {2,})", part))
    return [squeezed for line in lines if (squeezed := _squeezed(line))]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_output_on_the_first_page_is_that_of_today(page, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    listed = shown(page)
    assert len(listed) >= 2
    for command, pieces in listed:
        lang = [] if "--lang" in command else ["--lang", "zh"]
        done = CliRunner().invoke(app, [*command.split(), *lang])
        assert done.exit_code == 0, done.output
        printed = _squeezed(done.output)
        for piece in pieces:
            assert piece in printed, (command, piece)
