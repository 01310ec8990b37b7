"""Every command ends here: a document goes to the terminal, or to a file in any format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bolang.foundation.text import Lang, tr

if TYPE_CHECKING:
    from bolang.document.model import Document

_TEXT = ("json", "md")
"""Formats that may go to standard output."""


def emit(
    document: Document, lang: Lang, to: str | None = None, output: str | None = None, *, full: bool = False
) -> None:
    """Show a document, or write it.

    Parameters
    ----------
    document : Document
    lang : {'zh', 'en'}
    to : str, optional
        Format; that of the output's suffix by default, the terminal if there is no output either.
    output : str, optional
        File; by default the title with the format's suffix in the current folder, or standard output for text formats.
    full : bool
        In the terminal, print everything.

    Raises
    ------
    BadInputError, OutputError
        If the format is unknown or the file cannot be written.
    """
    if to is None and output is None:
        from bolang.cli.console import console_for
        from bolang.render.terminal import render_terminal

        console = console_for(lang)
        render_terminal(document, lang, console, full=full)
        if document.sections and not full:
            console.print(
                tr(
                    "更多内容与来源：--full；存成文件：--to docx。", "More, with sources: --full; as a file: --to docx."
                ),
                style="dim",
            )
        return
    from bolang.foundation import files
    from bolang.render.formats import format_of, render

    form = format_of(to or output or "")
    if output is None and form in _TEXT:
        sys.stdout.write(render(document, form, lang).decode())
        return
    target = output or f"{document.title.in_(lang)}.{form}".replace("/", "-")
    files.check_writable(target)
    files.write(target, render(document, form, lang))
    written(target)


def written(target: object) -> None:
    """Say that a file has been written."""
    print(tr(f"已写入 {target}", f"Written: {target}"))
