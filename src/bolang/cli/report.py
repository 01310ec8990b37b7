"""``bolang report``: the report of one county as Word, PDF, HTML or Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption, Name, PeerGroup
from bolang.foundation.text import Lang, default_language, language, same, tr

HELP = tr(
    "写一个县的报告：事实、诊断、对标、路径，附注释。\n\n例：bolang report 义乌市 --to pdf\n\n"
    "例：bolang report 威宁 --lang en -o weining.docx",
    "Write the report of a county: facts, diagnosis, peers, road, with numbered notes.\n\n"
    "Example: bolang report 义乌市 --to pdf --lang en",
)

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.publish import Report


def command(
    name: Name,
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
                "版式：analyst（研究报告）或 official（公文 GB/T 9704）。", "Layout: analyst or official (GB/T 9704)."
            ),
        ),
    ] = "analyst",
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
    """Write the report of a county; ``quick`` is taken for the sake of older scripts: every report is quick now."""
    del quick
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for
    from bolang.foundation.errors import BadInputError
    from bolang.foundation.files import check_writable, is_folder
    from bolang.publish import report
    from bolang.render import format_of
    from bolang.render.formats import style_of

    chosen: Lang = language(lang) if lang else default_language()
    layout = style_of(style)
    form = format_of(to or (out.name if out and out.suffix else "docx"))
    if out and out.suffix and not is_folder(out) and format_of(out.name) != form:
        raise BadInputError(
            tr(f"--to {form} 与文件名 {out.name} 不一致。", f"--to {form} does not fit the file name {out.name}."),
            tr("二者只需其一。", "Give one of the two."),
        )
    atlas = Atlas()
    county = atlas.county(name)
    target = _target(out, county.name, form, chosen)
    check_writable(target)
    console = console_for()
    with console.status("") as status:
        made = report(
            county,
            atlas,
            authors=same(author) if author else None,
            peer_group=peers,
            budget=budget,
            progress=lambda step: status.update(step.in_(chosen) + " …"),
        )
        status.update(tr("排版", "Setting") + " …")
        made.save(target, chosen, layout)
    _summary(console, made, target, chosen)


def _target(out: Path | None, county: str, form: str, lang: Lang) -> Path:
    """Return the file to write: the one named, or the report's own name in the folder named."""
    from bolang.atlas.romanize import romanize
    from bolang.foundation.files import is_folder

    own = f"{county}_县域经济报告.{form}"
    if lang == "en":
        own = f"{romanize(county).replace(' ', '_')}_county_report.{form}"
    if out is None:
        return Path(own)
    if is_folder(out):
        return out / own
    return out if out.suffix else out.with_name(f"{out.name}.{form}")


def _summary(console: Console, made: Report, target: Path, lang: Lang) -> None:
    from bolang.document.model import Paragraph, Section

    document = made.document
    console.print(f"[green]✓[/] {target}")
    console.print(document.title.in_(lang), style="bold")
    console.print(document.subtitle.in_(lang))
    for block in document.front:
        if isinstance(block, Section):
            for paragraph in block.blocks:
                if isinstance(paragraph, Paragraph):
                    text = ("" if lang == "zh" else " ").join(s.text.in_(lang) for s in paragraph.sentences)
                    console.print(f"\n{text}", markup=False)
    for note in made.diagnosis.quality:
        if note.severity == "gap":
            console.print(f"\n{note.text.in_(lang)}", style="yellow", markup=False)
