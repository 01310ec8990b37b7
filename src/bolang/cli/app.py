"""The command line: each command lives in a module of its own that imports its heavy parts only when called."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from bolang.text import language, tr

app = typer.Typer(
    name="bolang",
    help=tr(
        "拨浪：让“义乌模式”可计算。查事实、做诊断、找对标、算政策、出报告。",
        "bolang: county economies of China, measured and simulated.",
    ),
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
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=tr("显示版本。", "Show the version."))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            help=tr("界面语言：zh 或 en；也可设环境变量 BOLANG_LANG。", "Language: zh or en; or set BOLANG_LANG."),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check the language; `bolang.cli.run` has already set it, before the help texts were made."""
    if lang is not None:
        language(lang)


# A command is a module of this package with a function `command` and its `HELP`; a group has a Typer app `group`.
# The modules import their heavy parts only when called, so that `bolang --help` answers at once.
COMMANDS: tuple[str, ...] = (
    "show", "compare", "rank", "find", "trace", "catalogue", "sql", "import_", "template",
    "types", "join", "risk", "debt", "plan", "route", "access", "network", "simulate", "report",
)  # fmt: skip
GROUPS: tuple[str, ...] = ("workspace",)

for _name in COMMANDS:
    _module = import_module(f"bolang.cli.{_name}")
    app.command(_name.rstrip("_"), help=_module.HELP)(_module.command)
for _name in GROUPS:
    _module = import_module(f"bolang.cli.{_name}")
    app.add_typer(_module.group, name=_name, help=_module.HELP)
