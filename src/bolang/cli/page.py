"""Every command ends here: a document goes to the terminal, or to a file in any format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from bolang.foundation.text import Lang, Text
from bolang.wording import load

if TYPE_CHECKING:
    import polars as pl

    from bolang.document.model import Document
    from bolang.render.formats import Format

DataForm = Literal["csv", "parquet"]
DATA_FORMS: tuple[DataForm, ...] = get_args(DataForm)
"""Formats of the whole table behind a page, for pages that have one."""
_TEXT = ("json", "md")
"""Formats that may go to standard output."""
WORDS = load("cli")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a command hands over.

    Attributes
    ----------
    document : Document
    data : callable, optional
        Makes the whole table behind the page, for ``-o FILE.csv`` and ``.parquet``.
    remarks : tuple of Text
        Said after the page, such as that a map was drawn.
    """

    document: Document
    data: Callable[[], pl.DataFrame] | None = None
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a page goes: to the terminal if there is no form, to standard output if there is no file."""

    form: Format | DataForm | None = None
    file: Path | None = None

    @classmethod
    def from_options(cls, to: str | None, output: str | Path | None) -> Target:
        """Read ``--to`` and ``-o``.

        Raises
        ------
        BadInputError, OutputError
            If the format is unknown, the two do not fit, or the file cannot be written.
        """
        from bolang.foundation import files
        from bolang.foundation.errors import BadInputError

        if to is None and output is None:
            return cls()
        file = None if output is None else Path(output)
        form = _form(to or str(output))
        if file is not None and to is not None and file.suffix and _form(file.name) != form:
            raise BadInputError(str(WORDS("target.differ", form=form, file=file.name)), str(WORDS("target.one")))
        if file is not None:
            files.check_writable(file)
        return cls(form, file)


def _form(name: str) -> Format | DataForm:
    from bolang.render.formats import format_of

    wanted = (Path(name).suffix or name).lower().lstrip(".")
    return next((form for form in DATA_FORMS if form == wanted), None) or format_of(name)


def emit(found: Document | Delivery, lang: Lang, target: Target, *, full: bool = False) -> None:
    """Show a page, or write it.

    Parameters
    ----------
    found : Document or Delivery
    lang : {'zh', 'en'}
    target : Target
        Without a file the title names it, in the current folder; text formats go to standard output.
    full : bool
        In the terminal, print everything.

    Raises
    ------
    BadInputError, OutputError
        If there is no table behind the page, or the file cannot be written.
    """
    delivery = found if isinstance(found, Delivery) else Delivery(found)
    if target.form is None:
        _show(delivery.document, lang, full=full)
    else:
        _write(delivery, lang, target)
    for remark in delivery.remarks:
        print(remark.in_(lang), file=sys.stdout if target.form is None else sys.stderr)


def _show(document: Document, lang: Lang, *, full: bool) -> None:
    from bolang.cli.console import console_for
    from bolang.render.terminal import render_terminal

    console = console_for(lang)
    render_terminal(document, lang, console, full=full)
    if document.sections and not full:
        console.print(WORDS("page.more").in_(lang), style="dim")


def _write(found: Delivery, lang: Lang, target: Target) -> None:
    from bolang.foundation import files
    from bolang.foundation.units import number_text
    from bolang.render.formats import format_of, render

    document, form = found.document, target.form
    assert form is not None
    if form in _TEXT and target.file is None:
        sys.stdout.write(render(document, format_of(form), lang).decode())
        return
    file = target.file or Path(f"{document.title.in_(lang)}.{form}".replace("/", "-"))
    if form in DATA_FORMS:
        from bolang.cli.frames import write_frame

        count = write_frame(_data(found), file)
        print(WORDS("written.rows", file=str(file), rows=number_text(count)).in_(lang))
        return
    files.check_writable(file)
    files.write(file, render(document, format_of(form), lang))
    written(file)


def written(file: Path) -> None:
    """Say that a file has been written."""
    print(WORDS("written", file=str(file)))


def _data(found: Delivery) -> pl.DataFrame:
    """Return the table behind a page."""
    from bolang.foundation.errors import BadInputError

    if found.data is None:
        raise BadInputError(str(WORDS("data.none")), str(WORDS("data.instead")))
    return found.data()
