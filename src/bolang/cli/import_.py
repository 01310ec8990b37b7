"""``bolang import``: a bulletin, budget report, yearbook sheet, template or a folder of them into the user's workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import Full, LangOption, Output, To, Wording, argument, flag, option
from bolang.cli.page import Delivery, Target, emit
from bolang.foundation.errors import BadInputError
from bolang.foundation.files import is_folder
from bolang.foundation.streams import asks_a_person
from bolang.foundation.text import Lang, default_language, language, speaking, tr
from bolang.wording import load, with_style

WORDS = load("cli_own")


def command(
    file: Annotated[Path, argument(WORDS("import.file.metavar"), WORDS("import.file"))],
    county: Annotated[str | None, option("--county", said=WORDS("import.county"))] = None,
    year: Annotated[int | None, option("--year", said=WORDS("import.year"), min=1949, max=2100)] = None,
    yes: Annotated[bool, flag("--yes", "-y", said=WORDS("import.yes"))] = False,
    doubtful: Annotated[bool, flag("--doubtful", said=WORDS("import.doubtful"))] = False,
    table: Annotated[str | None, option("--table", said=WORDS("import.table"))] = None,
    full: Full = False,
    to: To = None,
    output: Output = None,
    wording: Wording = None,
    lang: LangOption = None,
) -> None:
    """Show what was read, ask, and save; with ``--to`` or ``-o`` write the review and save nothing."""
    chosen: Lang = language(lang) if lang else default_language()
    with speaking(chosen), with_style(None if wording is None else Path(wording)):
        target = Target.from_options(to, output)
        if table is not None:
            from bolang.cli.import_table import import_table

            import_table(file, table, county, chosen)
        elif is_folder(file):
            _folder(file, yes, doubtful, full, target, chosen)
        else:
            _file(file, county, year, yes, doubtful, full, target, chosen)


def _file(
    file: Path, county: str | None, year: int | None, yes: bool, doubtful: bool, full: bool, target: Target, lang: Lang
) -> None:
    from bolang.intake import Workspace, read
    from bolang.pages.intake import review_document, said, saved_text

    found = read(file, county, year)
    review = found.review()
    if target.form is not None:
        return emit(Delivery(review_document(review, full=True), review.to_frame), lang, target)
    emit(review_document(review, full), lang, target, full=full)
    if not found.readings:
        raise BadInputError(
            tr(f"{file.name} 里没有读出可用的数字。", f"No figure could be read from {file.name}."),
            tr("加 --full 看每个数字为何未取。", "Add --full to see why each was left."),
        )
    workspace = Workspace()
    earlier = review.saved_as(workspace)
    count = len(found.readings if doubtful else found.accepted)
    if earlier is not None and earlier.figures >= count:
        typer.echo(said("done", number=earlier.batch).in_(lang))
        return None
    _ask(count, yes, lang)
    typer.echo(saved_text([found.save(workspace, doubtful=doubtful)]).in_(lang))
    return None


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


def _folder(folder: Path, yes: bool, doubtful: bool, full: bool, target: Target, lang: Lang) -> None:
    from bolang.intake import Workspace, read_folder
    from bolang.pages.intake import folder_document, said, saved_text

    workspace = Workspace()
    review = read_folder(folder, workspace=workspace, progress=_progress)
    if target.form is not None:
        return emit(Delivery(folder_document(review, full=True), review.to_frame), lang, target)
    emit(folder_document(review, full), lang, target, full=full)
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
