"""``bolang report``: the report of one county, or of many, as Word, PDF, HTML or Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, PeerGroup
from bolang.foundation.errors import BadInputError
from bolang.foundation.files import is_folder
from bolang.foundation.text import Lang, default_language, language, same, tr

HELP = tr(
    "写一个县的报告（8—12页）：主要指标、经济、产业、人口、财政、债务、优势短板、对标、道路、风险，逐数注来源。\n\n"
    "例：bolang report 义乌市 --to pdf\n\n例：bolang report 威宁 --brief\n\n例：bolang report --batch 县.csv --to docx -o 报告",
    "Write the report of a county (8 to 12 pages), every figure with its source.\n\n"
    "Example: bolang report 义乌市 --to pdf --lang en\n\nExample: bolang report --batch counties.csv --to docx -o reports",
)


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=tr("县名", "NAME"),
            help=tr("县名、全名或六位代码。", "Name, full name or code."),
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help=tr("格式：docx、pdf、html、xlsx；默认看 -o 的后缀，否则 docx。", "Format: docx, pdf, html or xlsx."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help=tr("写到哪里；默认当前文件夹。", "Where to write; the current folder by default.")
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            help=tr(
                "analyst（研究报告）、plan（五年规划底稿）或 official（公文版式 GB/T 9704）。",
                "analyst, plan (working paper of a five-year plan) or official (layout of GB/T 9704).",
            ),
        ),
    ] = "analyst",
    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            help=tr("只要哪些章，如 economy,debt。", "Chapters wanted, such as economy,debt."),
            show_default=False,
        ),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help=tr("一页简报。", "One page."))] = False,
    wording: Annotated[
        Path | None,
        typer.Option("--wording", help=tr("自己的措辞文件（YAML）。", "A house style (YAML)."), show_default=False),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            help=tr("csv：第一列为县名或代码，逐县成文。", "A csv with names in its first column."),
            show_default=False,
        ),
    ] = None,
    peers: PeerGroup = "similar",
    quick: Annotated[bool, typer.Option("--quick", hidden=True)] = False,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            help=tr("方案的自有资金，亿元（五年）。", "Own money of the plan, 亿元 over five years."),
            show_default=False,
        ),
    ] = None,
    author: Annotated[str | None, typer.Option("--author", help=tr("署名。", "Who signs."), show_default=False)] = None,
    lang: LangOption = None,
) -> None:
    """Write reports; ``quick`` is taken for the sake of older scripts: every report is quick now."""
    del quick
    from bolang.atlas import Atlas
    from bolang.cli.report_writing import Order, write_many, write_one
    from bolang.pages.report.chapters import chapter_keys
    from bolang.render.formats import style_of

    chosen: Lang = language(lang) if lang else default_language()
    order = Order(
        form=_form(to, out, batch),
        lang=chosen,
        style=style_of(style),
        sections=chapter_keys(sections) if sections else None,
        brief=brief,
        wording=wording,
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
    from bolang.render import format_of

    named = out is not None and bool(out.suffix) and not is_folder(out) and batch is None
    form = format_of(to or (out.name if out is not None and named else "docx"))
    if out is not None and named and format_of(out.name) != form:
        raise BadInputError(
            tr(f"--to {form} 与文件名 {out.name} 不一致。", f"--to {form} does not fit the file name {out.name}."),
            tr("二者只需其一。", "Give one of the two."),
        )
    return form
