"""Every command that the handbook, the first page or a help text shows exists, with every option that stands behind it."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

import bolang
from bolang.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")),
        *(Path(bolang.__file__).parent / "wording").glob("*.yaml"),
    ]
)
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
IN_A_BLOCK = re.compile(r"^(?:\$ )?bolang ([a-z].*)", re.MULTILINE)
IN_A_SENTENCE = re.compile(r"(?:`|例：|Examples?: |； ?|; )bolang ([a-z][^`\n；;]*)")
EXAMPLE = {"area"}
"""The command that docs/architecture.md builds as an example."""


def options_of(name: str) -> set[str] | None:
    """Return the options of a command and of the commands below it; None if there is no such command."""
    root = get_command(app)
    context = root.context_class(root, info_name="bolang")
    if name not in root.list_commands(context):
        return None
    found, waiting = {"--help", "--lang"}, [root.get_command(context, name)]
    while waiting:
        command = waiting.pop()
        for option in command.params:
            found |= {*option.opts, *option.secondary_opts}
        waiting += getattr(command, "commands", {}).values()
    return found


def shown() -> dict[str, dict[str, set[str]]]:
    """Return by command and page the options that are shown with it."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        lines = [line for block in BLOCK.findall(text) for line in IN_A_BLOCK.findall(block)]
        for line in lines + IN_A_SENTENCE.findall(text):
            command, *rest = re.split(r"\s+#|（|。|\s+bolang ", line)[0].split()
            named = {match[0] for part in rest if (match := re.match(r"--?[a-z][a-z-]*", part))}
            found.setdefault(command, {}).setdefault(path.name, set()).update(named)
    return found


FOUND = shown()


def test_enough_is_shown():
    assert len(FOUND) > 25
    assert sum(len(pages) for pages in FOUND.values()) > 100


@pytest.mark.parametrize("command", sorted(FOUND))
def test_what_is_shown_exists(command):
    known = options_of(command)
    if known is None:
        assert command in EXAMPLE, FOUND[command]
        return
    assert {page: named - known for page, named in FOUND[command].items() if named - known} == {}
