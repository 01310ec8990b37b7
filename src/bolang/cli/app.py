"""The command line: each command lives in a module of its own that imports its heavy parts only when called."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Annotated

import typer

from bolang.foundation.text import language, tr

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


# A command is a module of this package with a function `command` and its `HELP`; a group has a Typer app `group` instead.
# The modules import their heavy parts only when called, so that `bolang --help` answers at once.
PANELS: dict[str, tuple[str, ...]] = {
    tr("一个县：报告与诊断", "A county: report and diagnosis"): ("report", "show", "compare", "rank", "serve", "export_site", "mcp"),
    tr("道路：类型、政策、债务与风险", "Its road: type, levers, debt and risk"): (
        "types", "join", "levers", "where", "simulate", "sweep", "plan", "debt", "risk",
    ),
    tr("区位：路线、可达性与路网", "Its place: routes, access and the network"): ("route", "access", "network"),
    tr("事实与来源", "Facts and sources"): ("find", "trace", "catalogue", "sources", "sql", "model"),
    tr("自有数据", "Your own data"): ("import_", "template", "workspace", "cache"),
}  # fmt: skip


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


def _register(name: str, panel: str) -> None:
    module = import_module(f"bolang.cli.{name}")
    shown = {"help": module.HELP, "short_help": _in_short(module.HELP), "rich_help_panel": panel}
    if hasattr(module, "group"):
        app.add_typer(module.group, name=name, **shown)
    else:
        app.command(name.rstrip("_").replace("_", "-"), **shown)(module.command)


for _panel, _names in PANELS.items():
    for _name in _names:
        _register(_name, _panel)
