"""A command is a function that makes a page; in which language, format, file and fulness is asked alike for all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from bolang.cli.help_pages import WordedGroup
from bolang.cli.options import Full, LangOption, Output, To, Wording
from bolang.cli.page import Target, emit
from bolang.foundation.text import default_language, language, speaking
from bolang.wording import with_style

if TYPE_CHECKING:
    pass

SHARED: dict[str, tuple[Any, Any]] = {
    "full": (Full, False),
    "to": (To, None),
    "output": (Output, None),
    "wording": (Wording, None),
    "lang": (LangOption, None),
}
"""What every command that shows a page takes, with its default."""


Made = Callable[..., Any]


def command_group(**options: Any) -> typer.Typer:
    """Return a command that has commands of its own."""
    return typer.Typer(
        cls=WordedGroup, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False, **options
    )


def paged(make: Made) -> Callable[..., None]:
    """Turn a function that makes a page into a command with ``--to``, ``-o``, ``--full``, ``--wording`` and ``--lang``.

    A function that needs one of them itself has a parameter of that name.
    """
    return _command(make, {})


def paged_with(**bundles: Mapping[str, Any]) -> Callable[[Made], Callable[..., None]]:
    """Do the same for a function that takes many options as one.

    Parameters
    ----------
    **bundles : mapping of str to annotation
        ``paged_with(given=ITEMS)`` calls the function with ``given={name: value}`` of those options that the user gave.
    """
    return lambda make: _command(make, bundles)


def _command(make: Made, bundles: Mapping[str, Mapping[str, Any]]) -> Callable[..., None]:
    own = inspect.signature(make).parameters
    asked = {name: p for name, p in own.items() if name not in SHARED and name not in bundles}

    @wraps(make)
    def command(**given: Any) -> None:
        shared = {name: given.pop(name, default) for name, (_, default) in SHARED.items()}
        for bundle, options in bundles.items():
            values = {name: given.pop(name, None) for name in options}
            given[bundle] = {name: value for name, value in values.items() if value is not None}
        chosen = language(shared["lang"]) if shared["lang"] else default_language()
        known = shared | {"lang": chosen}
        style = None if shared["wording"] is None else Path(shared["wording"])
        with speaking(chosen), with_style(style):
            target = Target.from_options(shared["to"], shared["output"])
            found = make(**given, **{name: known[name] for name in SHARED if name in own})
            emit(found, chosen, target, full=shared["full"])

    hints = _hints(make, asked)
    parameters = [_keyword(name, hints[name], p.default) for name, p in asked.items()]
    parameters += [_keyword(name, hint, None) for options in bundles.values() for name, hint in options.items()]
    parameters += [_keyword(name, hint, default) for name, (hint, default) in SHARED.items()]
    command.__signature__ = inspect.Signature(parameters, return_annotation=None)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    return command


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _hints(make: Callable[..., Any], asked: Iterable[str]) -> dict[str, Any]:
    """Resolve the annotations of parameters only: the rest may name what is imported for type checks alone."""

    def parameters() -> None: ...

    parameters.__annotations__ = {name: make.__annotations__[name] for name in asked}
    return get_type_hints(parameters, make.__globals__, include_extras=True)
