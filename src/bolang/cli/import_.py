"""``bolang import``: a bulletin, budget report, yearbook sheet, template or a folder of them into the user's workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption, argument, option
from bolang.cli.page import Target, emit
from bolang.foundation.errors import BadInputError
from bolang.foundation.files import is_folder
from bolang.foundation.streams import asks_a_person
from bolang.foundation.text import Lang, default_language, language, tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.intake import Review

WORDS = load("cli_own")


def command(
    file: Annotated[Path, argument(WORDS("import.file.metavar"), WORDS("import.file"))],
    county: Annotated[str | None, option("--county", said=WORDS("import.county"))] = None,
    year: Annotated[int | None, option("--year", said=WORDS("import.year"), min=1949, max=2100)] = None,
    yes: Annotated[bool, option("--yes", "-y", said=WORDS("import.yes"))] = False,
    doubtful: Annotated[bool, option("--doubtful", said=WORDS("import.doubtful"))] = False,
    full: Annotated[bool, option("--full", said=WORDS("import.full"))] = False,
    to: Annotated[str | None, option("--to", said=WORDS("import.to"))] = None,
    output: Annotated[Path | None, option("--output", "-o", said=WORDS("import.output"))] = None,
    table: Annotated[str | None, option("--table", said=WORDS("import.table"))] = None,
    lang: LangOption = None,
) -> None:
    """Show what was read, ask, and save."""
    chosen: Lang = language(lang) if lang else default_language()
    if table is not None:
        from bolang.cli.import_table import import_table

        return import_table(file, table, county, chosen)
    if is_folder(file):
        return _folder(file, yes, doubtful, full, to, output, chosen)
    from bolang.intake import Workspace, read
    from bolang.pages.intake import review_document, said, saved_text

    found = read(file, county, year)
    review = found.review()
    if to is not None or output is not None:
        return _write(review, to, output, chosen)
    emit(review_document(review, full), chosen, Target(), full=full)
    if not found.readings:
        raise BadInputError(
            tr(f"{file.name} 里没有读出可用的数字。", f"No figure could be read from {file.name}."),
            tr("加 --full 看每个数字为何未取。", "Add --full to see why each was left."),
        )
    workspace = Workspace()
    earlier = review.saved_as(workspace)
    count = len(found.readings if doubtful else found.accepted)
    if earlier is not None and earlier.figures >= count:
        typer.echo(said("done", number=earlier.batch).in_(chosen))
        return None
    _ask(count, yes, chosen)
    typer.echo(saved_text([found.save(workspace, doubtful=doubtful)]).in_(chosen))
    return None


def _write(review: Review, to: str | None, output: Path | None, lang: Lang) -> None:
    """Write the review and save nothing: as data for machines, else as a page."""
    form = _form(to, output)
    if form == "json":
        from bolang.pages.intake import review_data

        return _put(json.dumps(review_data(review), ensure_ascii=False, indent=1, allow_nan=False) + "\n", output, lang)
    if form == "csv":
        return _put(review.to_frame().write_csv(), output, lang, mark="\ufeff")
    from bolang.pages.intake import review_document

    emit(review_document(review, full=True), lang, Target.from_options(to, output), full=True)


def _form(to: str | None, output: Path | None) -> str:
    return (to or (output.suffix.lstrip(".") if output else "")).lower()


def _put(text: str, output: Path | None, lang: Lang, mark: str = "") -> None:
    """Write a text to a file (with a mark that spreadsheets read as UTF-8), else to standard output."""
    if output is None:
        return typer.echo(text, nl=False)
    from bolang.foundation import files
    from bolang.pages.intake import said

    files.check_writable(output)
    files.write(output, (mark + text).encode())
    return typer.echo(said("written", file=str(output)).in_(lang))


def _ask(count: int, yes: bool, lang: Lang) -> None:
    """Ask before saving; without a terminal only ``--yes`` saves."""
    if yes:
        return
    if not asks_a_person():
        raise BadInputError(
            tr("没有终端可以询问，未保存。", "There is no terminal to ask at; nothing was saved."),
            tr("要直接保存请加 --yes。", "Add --yes to save."),
        )
    from bolang.pages.intake import said

    if not typer.confirm(said("ask", count=count).in_(lang)):
        typer.echo(said("left").in_(lang))
        raise typer.Exit


def _folder(
    folder: Path, yes: bool, doubtful: bool, full: bool, to: str | None, output: Path | None, lang: Lang
) -> None:
    from bolang.intake import Workspace, read_folder
    from bolang.pages.intake import folder_document, said, saved_text

    workspace = Workspace()
    review = read_folder(folder, workspace=workspace, progress=_progress)
    if _form(to, output) == "csv":
        return _put(review.to_frame().write_csv(), output, lang, mark="\ufeff")
    if to is not None or output is not None:
        return emit(folder_document(review, full=True), lang, Target.from_options(to, output), full=True)
    emit(folder_document(review, full), lang, Target(), full=full)
    count = sum(entry.accepted + (entry.held if doubtful else 0) for entry in review.entries)
    if not count:
        if any(entry.state == "done" for entry in review.entries):
            typer.echo(said("nothing_new").in_(lang))
            return None
        raise BadInputError(tr("没有可保存的数字。", "There is no figure to save."))
    _ask(count, yes, lang)
    typer.echo(saved_text(review.save(workspace, doubtful)).in_(lang))
    return None


def _progress(number: int, count: int, name: str) -> None:
    """Say on the error stream which file is being read."""
    typer.echo(f"[{number}/{count}] {name}", err=True)
