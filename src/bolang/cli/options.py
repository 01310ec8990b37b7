"""Options that several commands share, and how an option takes its words from a wording file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bolang.foundation.text import Text
from bolang.wording import load

WORDS = load("cli")


LONGEST_RUN = 26
"""Cells of Chinese text after which a help text offers a place to wrap: the help pages wrap at spaces only."""
_MARKS = "，。；：、）"


def _wrappable(text: Text) -> str:
    """Return a help text with a space after a mark wherever a run would be too long for the column of a help page."""
    said, run, last = "", "", -1
    for character in str(text):
        run = "" if character == " " else run + character
        said += character
        last = len(said) if character in _MARKS else last
        if 2 * len(run) > LONGEST_RUN and not run.isascii() and len(said) - len(run) < last < len(said):
            said, run = f"{said[:last]} {said[last:]}", said[last:]
    return said


def option(*flags: str, said: Text, shown: bool = False, **more: Any) -> Any:
    """Return an option with its help; `shown` also tells its default."""
    return typer.Option(*flags, help=_wrappable(said), show_default=shown, **more)


def flag(*flags: str, said: Text, **more: Any) -> Any:
    """Return an option that takes no value."""
    return option(*flags, said=said, metavar="", **more)


def argument(called: Text, said: Text, **more: Any) -> Any:
    """Return an argument: what the usage line calls it, and its help."""
    return typer.Argument(metavar=str(called), help=_wrappable(said), show_default=False, **more)


Name = Annotated[str, argument(WORDS("name.metavar"), WORDS("name"))]
LangOption = Annotated[str | None, option("--lang", said=WORDS("lang"))]
PeerGroup = Annotated[str, option("--peers", said=WORDS("peers"), shown=True)]
Benchmark = Annotated[str, option("--benchmark", said=WORDS("benchmark"), shown=True)]
Province = Annotated[str | None, option("--province", said=WORDS("province"))]
Top = Annotated[int, option("--top", said=WORDS("top"), shown=True, min=1)]
To = Annotated[str | None, option("--to", said=WORDS("to"))]
Output = Annotated[str | None, option("-o", "--output", said=WORDS("output"))]
Full = Annotated[bool, flag("--full", said=WORDS("full"))]
Wording = Annotated[str | None, option("--wording", said=WORDS("wording"))]
