"""What a reader is told to do next is there in his medium: no command of the terminal on a page or in an answer of a tool."""

import re
from typing import get_args

import pytest

from bolang.cli.app import PANELS
from bolang.foundation.errors import BolangError
from bolang.foundation.text import LANGUAGES, speaking
from bolang.foundation.ways import WAYS, Medium, reading_in, way

COMMANDS = {module.strip("_").replace("_", "-") for modules in PANELS.values() for module in modules} - {"serve"}
COMMAND = re.compile(rf"\bbolang (?:{'|'.join(sorted(COMMANDS))})\b")
"""A command that somebody would have to type; an agent may send its user to `bolang serve`."""
WRONG = [
    "/find?q=zzzz",
    "/c/999999",
    "/c/330782/trace/nonsense",
    "/c/330782/trace/gdp?year=1901",
    "/c/330782/plan?budget=abc",
    "/c/330782/simulate?s=magic:3",
    "/compare?c=330782,zzzz",
    "/rank?by=nonsense",
    "/rank?by=gdp&province=nowhere",
    "/where?lever=nonsense",
    "/map?by=nonsense",
    "/methods/nonsense",
    "/nothing",
]
RIGHT = ["/c/330782", "/c/310115", "/c/232701", "/c/330782/debt", "/c/520526/plan", "/import", "/jobs", "/about"]
FOOT = re.compile(r'<details class="reproduce".*?</details>', re.DOTALL)


def test_every_way_is_told_in_every_medium():
    keys = {key.rpartition(".")[0] for key in WAYS}
    assert {f"{key}.{medium}" for key in keys for medium in get_args(Medium)} == set(WAYS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*WRONG, *RIGHT])
def test_a_page_sends_nobody_to_the_terminal(client, path, lang):
    text = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}").text
    assert FOOT.search(text) or path in (*WRONG, "/jobs")
    assert COMMAND.findall(FOOT.sub("", text)) == []


@pytest.mark.parametrize("medium", get_args(Medium))
def test_the_medium_of_a_reader_is_told_and_then_forgotten(atlas, medium):
    with reading_in(medium), speaking("en"):
        with pytest.raises(BolangError) as found:
            atlas.county("zzzz")
        assert found.value.hint == way("find").in_("en")
    assert way("find") == WAYS["find.terminal"]
