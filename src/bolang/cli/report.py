"""``bolang report``: the report of one county, or of many, as Word, PDF, HTML or Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, Output, PeerGroup, To, Wording, argument, flag, option
from bolang.cli.page import Target
from bolang.foundation.errors import BadInputError
from bolang.foundation.files import is_folder
from bolang.foundation.text import Lang, default_language, language, same, tr
from bolang.wording import load

WORDS = load("cli_county")


def command(
    name: Annotated[str | None, argument(WORDS("report.name.metavar"), WORDS("report.name"))] = None,
    to: To = None,
    output: Output = None,
    style: Annotated[str, option("--style", said=WORDS("report.style"), shown=True)] = "analyst",
    sections: Annotated[str | None, option("--sections", said=WORDS("report.sections"))] = None,
    brief: Annotated[bool, flag("--brief", said=WORDS("report.brief"))] = False,
    wording: Wording = None,
    batch: Annotated[Path | None, option("--batch", said=WORDS("report.batch"))] = None,
    peers: PeerGroup = "similar",
    quick: Annotated[bool, typer.Option("--quick", hidden=True)] = False,
    budget: Annotated[float | None, option("--budget", said=WORDS("report.budget"))] = None,
    author: Annotated[str | None, option("--author", said=WORDS("report.author"))] = None,
    lang: LangOption = None,
) -> None:
    """Write reports; ``quick`` is taken for the sake of older scripts: every report is quick now."""
    del quick
    from bolang.atlas import Atlas
    from bolang.cli.report_writing import Order, write_many, write_one
    from bolang.pages.report.chapters import chapter_keys
    from bolang.render.formats import style_of

    out = None if output is None else Path(output)
    chosen: Lang = language(lang) if lang else default_language()
    order = Order(
        form=_form(to, out, batch),
        lang=chosen,
        style=style_of(style),
        sections=chapter_keys(sections) if sections else None,
        brief=brief,
        wording=None if wording is None else Path(wording),
        peers=peers,
        budget=budget,
        authors=same(author) if author else None,
        day=date.today(),
    )
    if batch is not None:
        if name is not None:
            raise BadInputError(tr("--batch 与县名只给一个。", "Give a name or --batch, not both."))
        write_many(Atlas(), batch, out, order)
        return
    if name is None:
        raise BadInputError(
            tr("没有给出县名。", "No county is named."),
            tr("例：bolang report 义乌市。", "Example: bolang report 义乌市."),
        )
    write_one(Atlas(), name, out, order)


def _form(to: str | None, out: Path | None, batch: Path | None) -> str:
    """Return the format: as every command reads ``--to`` and ``-o``, save that ``-o`` may be a folder and that Word is the default."""
    from bolang.render import format_of

    named = out is not None and bool(out.suffix) and not is_folder(out) and batch is None
    target = Target.from_options(to or (None if named else "docx"), out if named else None)
    return format_of(str(target.form))
