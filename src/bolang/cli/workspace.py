"""``bolang workspace``: what has been imported, and how to take it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.help_pages import WordedCommand
from bolang.cli.options import LangOption, argument
from bolang.cli.paged import command_group, paged
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import default_language, language, tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_own")
group = command_group(no_args_is_help=True)
Numbers = Annotated[str | None, argument(WORDS("workspace.number.metavar"), WORDS("workspace.numbers"))]
Number = Annotated[int | None, argument(WORDS("workspace.number.metavar"), WORDS("workspace.number"))]


@paged
def list_() -> Document:
    """List the imports."""
    from bolang.intake import Workspace
    from bolang.pages.intake import batches_document

    return batches_document(Workspace())


@paged
def show(number: Number = None) -> Document:
    """List the figures of an import with their sentences."""
    from bolang.intake import Workspace
    from bolang.pages.intake import batch_document

    workspace = Workspace()
    batches = workspace.batches()
    if not batches:
        raise BadInputError(tr("工作区里没有导入。", "The workspace has no import."))
    batch = workspace.find(number if number is not None else batches[-1].batch)
    return batch_document(workspace, batch)


def undo(numbers: Numbers = None, lang: LangOption = None) -> None:
    """Take an import back, or several that follow each other."""
    from bolang.intake import Workspace
    from bolang.pages.intake import undone_text

    chosen = language(lang) if lang else default_language()
    workspace = Workspace()
    taken = [workspace.undo()] if numbers is None else workspace.undo_all(*_range(numbers))
    typer.echo(undone_text(taken).in_(chosen))


def _range(numbers: str) -> tuple[int, int]:
    """Return the first and the last number of ``3`` or ``3-27``."""
    found = re.fullmatch(r"\s*(\d{1,9})\s*(?:[-–~]\s*(\d{1,9})\s*)?", numbers)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        raise BadInputError(
            tr(f"编号应为一个数或一段，得到 {numbers!r}。", f"Expected a number or a range of them, got {numbers!r}."),
            tr(
                "例：bolang workspace undo 3；bolang workspace undo 3-27",
                "Example: bolang workspace undo 3; bolang workspace undo 3-27",
            ),
        )
    return first, last


for _command in (list_, show, undo):
    _name = _command.__name__.rstrip("_")
    group.command(_name, cls=WordedCommand, help=str(WORDS(f"workspace.help.{_name}")))(_command)
