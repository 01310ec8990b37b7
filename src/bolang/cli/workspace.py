"""``bolang workspace``: what has been imported, and how to take it back."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from bolang.cli.options import Full, LangOption, Output, To
from bolang.foundation.text import Lang, default_language, language, tr

HELP = tr(
    "查看或撤销导入的数据。例：bolang workspace list；bolang workspace undo",
    "See or take back imported data. Example: bolang workspace list; bolang workspace undo",
)

group = typer.Typer(help=HELP, no_args_is_help=True)

_Number = Annotated[
    int | None,
    typer.Argument(
        metavar=tr("编号", "NUMBER"),
        help=tr("导入的编号；缺省为最后一次。", "Number of the import; the last one by default."),
        show_default=False,
    ),
]

_Numbers = Annotated[
    str | None,
    typer.Argument(
        metavar=tr("编号", "NUMBER"),
        help=tr(
            "导入的编号，或一段编号；缺省为最后一次。", "Number of the import, or a range; the last one by default."
        ),
        show_default=False,
    ),
]


@group.command(
    "list", help=tr("列出每次导入。例：bolang workspace list", "List the imports. Example: bolang workspace list")
)
def list_(to: To = None, output: Output = None, lang: LangOption = None) -> None:
    """List the imports."""
    from bolang.cli.page import emit
    from bolang.intake import Workspace
    from bolang.pages.intake import batches_document

    emit(batches_document(Workspace()), _check(lang), to, output)


@group.command(
    "show",
    help=tr(
        "列出一次导入的数字和出处。例：bolang workspace show 2",
        "List the figures of an import. Example: bolang workspace show 2",
    ),
)
def show(
    number: _Number = None, to: To = None, output: Output = None, full: Full = False, lang: LangOption = None
) -> None:
    """List the figures of an import with their places; with ``--full`` their sentences too."""
    from bolang.cli.page import emit
    from bolang.foundation.errors import BadInputError
    from bolang.intake import Workspace
    from bolang.pages.intake import batch_document

    workspace = Workspace()
    batches = workspace.batches()
    if not batches:
        raise BadInputError(tr("工作区里没有导入。", "The workspace has no import."))
    batch = workspace.find(number if number is not None else batches[-1].batch)
    emit(batch_document(workspace, batch), _check(lang), to, output, full=full)


@group.command(
    "undo",
    help=tr(
        "撤销一次或一段导入，缺省为最后一次。例：bolang workspace undo；bolang workspace undo 3-27",
        "Take an import back, or a range of them; by default the last. Example: bolang workspace undo; bolang workspace undo 3-27",
    ),
)
def undo(numbers: _Numbers = None, lang: LangOption = None) -> None:
    """Take an import back, or several that follow each other."""
    from bolang.intake import Workspace
    from bolang.pages.intake import undone_text

    chosen = _check(lang)
    workspace = Workspace()
    taken = [workspace.undo()] if numbers is None else workspace.undo_all(*_range(numbers))
    typer.echo(undone_text(taken).in_(chosen))


def _range(numbers: str) -> tuple[int, int]:
    """Return the first and the last number of ``3`` or ``3-27``."""
    from bolang.foundation.errors import BadInputError

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


def _check(lang: str | None) -> Lang:
    return language(lang) if lang else default_language()
