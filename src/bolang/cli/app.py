"""The command line: each command lives in a module of its own, which is imported when the command is asked for."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Annotated, Any

import typer

from bolang.cli.help_pages import WordedCommand, WordedGroup
from bolang.cli.options import flag, option
from bolang.cli.paged import command_group
from bolang.foundation.text import language
from bolang.wording import load

WORDS = load("cli")
# A command is a module of this package with a function `command`; a group has a Typer app `group` instead. Its help is `help.<module>` in
# wording/cli.yaml, so that `bolang --help` imports none of them.
PANELS: dict[str, tuple[str, ...]] = {
    "county": ("report", "show", "compare", "rank", "serve", "export_site", "mcp"),
    "road": ("types", "join", "levers", "where", "simulate", "sweep", "plan", "debt", "risk"),
    "place": ("route", "access", "network"),
    "facts": ("find", "trace", "catalogue", "sources", "sql", "model"),
    "own": ("import_", "template", "workspace", "cache"),
}
_CHARACTERS_IN_A_LINE = 31
_TELLING = 8
"""A shorter opening says too little."""


def _in_short(text: str) -> str:
    """Return the opening of a help text for the list of commands.

    Rich wraps at spaces only, which Chinese has not: a long sentence is cut at the last mark that leaves it on one line.
    """
    first = re.split(r"\s*例：|。|\s*Examples?:|\. ", text, maxsplit=1)[0].rstrip(".")
    if first.isascii() or len(first) <= _CHARACTERS_IN_A_LINE:
        return first
    cuts = (max(first.rfind(mark, 0, _CHARACTERS_IN_A_LINE) for mark in marks) for marks in ("：；", "，", "、"))
    return next((first[:cut] for cut in cuts if cut >= _TELLING), first)


class CommandList(WordedGroup):
    """The commands by name: a list for ``--help``, each imported only when it is called."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._modules: dict[str, str] = {}
        self._listing = False
        for panel, modules in PANELS.items():
            for module in modules:
                name = module.rstrip("_").replace("_", "-")
                self._modules[name] = module
                self.commands[name] = WordedCommand(
                    name, **_shown(module), rich_help_panel=str(WORDS(f"panel.{panel}"))
                )

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the panels."""
        return list(self._modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command; while the list is printed, only what the list says of it."""
        if self._listing or cmd_name not in self._modules:
            return super().get_command(ctx, cmd_name)
        return _built(cmd_name, self._modules[cmd_name])

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the list of commands."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


def _shown(module: str) -> dict[str, Any]:
    text = str(WORDS(f"help.{module.rstrip('_')}"))
    return {"help": text, "short_help": _in_short(text)}


def _built(name: str, module: str) -> Any:
    """Import a command and build its parser."""
    found = import_module(f"bolang.cli.{module}")
    group = getattr(found, "group", None)
    if group is None:
        group = command_group()
        group.command(name, cls=WordedCommand, **_shown(module))(found.command)
    else:
        group.info.help = _shown(module)["help"]
    command = typer.main.get_command(group)
    command.name = name
    return command


app = typer.Typer(
    name="bolang",
    cls=CommandList,
    help=str(WORDS("help")),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from bolang import __version__

        typer.echo(f"bolang {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, flag("--version", said=WORDS("version"), callback=_version, is_eager=True)] = False,
    lang: Annotated[str | None, option("--lang", said=WORDS("lang.all"))] = None,
) -> None:
    """Check the language; `bolang.cli.run` has already set it, before the help texts were made."""
    if lang is not None:
        language(lang)
