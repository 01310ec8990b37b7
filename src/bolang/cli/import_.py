"""``bolang import``: a bulletin, budget report, yearbook sheet or template into the user's workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.errors import BadInputError
from bolang.foundation.streams import asks_a_person
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.intake import Import, Reading, Workspace

HELP = tr(
    "读入统计公报、预算报告、年鉴表、导出表或填好的模板：先列表核对，再保存到工作区。可读 xlsx、csv、txt、html、docx、"
    "带文字的 pdf。例：bolang import 义乌2024公报.docx；bolang import 表.xlsx --county 义乌市 --year 2024 --yes",
    "Read a bulletin, budget report, yearbook sheet, terminal export or filled template into the workspace: first a table to "
    "review, then saved. Reads xlsx, csv, txt, html, docx and pdf with text. "
    "Example: bolang import bulletin.docx --county 义乌市 --year 2024",
)
_SHOWN_UNREAD = 12


def command(
    file: Annotated[
        Path,
        typer.Argument(metavar=tr("文件", "FILE"), help=tr("要导入的文件。", "File to import."), show_default=False),
    ],
    county: Annotated[
        str | None,
        typer.Option(
            "--county",
            help=tr("所述的县；缺省看标题。", "County described; the title's by default."),
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=1949,
            max=2100,
            help=tr("所述的年份；缺省看标题。", "Year reported; the title's by default."),
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=tr("不再询问，直接保存。", "Save without asking."))] = False,
    doubtful: Annotated[
        bool,
        typer.Option(
            "--doubtful", help=tr("连同未通过校验的数字一起保存。", "Save also figures that a check holds back.")
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help=tr("列出全部未读的数字和原句。", "List every figure not taken, with its sentence.")
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Show what was read, ask, and save."""
    from bolang.cli.console import console_for
    from bolang.intake import Workspace, read

    chosen: Lang = language(lang) if lang else default_language()
    console = console_for()
    found = read(file, county, year)
    _review(console, found, chosen, full)
    if not found.readings:
        raise BadInputError(
            tr(f"{file.name} 里没有读出可用的数字。", f"No figure could be read from {file.name}."),
            tr("加 --full 看每个数字为何未取。", "Add --full to see why each was left."),
        )
    workspace = Workspace()
    _warn_of_repeat(console, found, workspace)
    count = len(found.readings if doubtful else found.accepted)
    if not yes and not asks_a_person():
        raise BadInputError(
            tr("没有终端可以询问，未保存。", "There is no terminal to ask at; nothing was saved."),
            tr("要直接保存请加 --yes。", "Add --yes to save."),
        )
    if not yes and not _confirmed(count):
        console.print(tr("未保存。", "Nothing was saved."))
        return
    batch = found.save(workspace, doubtful=doubtful)
    console.print(
        tr(
            f"已保存 {batch.figures} 个数字，编号 {batch.batch}（撤销：bolang workspace undo {batch.batch}）。",
            f"Saved {batch.figures} figures as import {batch.batch} (take back: bolang workspace undo {batch.batch}).",
        ),
        style="green",
    )


def _confirmed(count: int) -> bool:
    return typer.confirm(tr(f"保存这 {count} 个数字？", f"Save these {count} figures?"))


def _warn_of_repeat(console: Console, found: Import, workspace: Workspace) -> None:
    earlier = [batch.batch for batch in workspace.batches() if batch.sha256 == found.sha256]
    if earlier:
        console.print(
            tr(
                f"同一文件已导入过（编号 {earlier[-1]}）。",
                f"This file has been imported before (import {earlier[-1]}).",
            ),
            style="yellow",
        )


# ---------------------------------------------------------------- the review
def _review(console: Console, found: Import, lang: Lang, full: bool) -> None:
    where = found.county.full_name if found.county else tr("多县", "several counties")
    console.rule(f"[bold]{found.title or found.file}[/]")
    console.print(f"{where}  {found.time.year}" + ("" if found.time.period == "year" else f" {found.time.period}"))
    for note in found.notes:
        console.print(f"! {note}", style="yellow", markup=False)
    doubtful = {id(reading) for reading in found.doubtful}
    console.print(_table(found, doubtful, lang))
    for item in found.checks:
        mark, style = ("✗", "red") if item.severity == "error" else ("!", "yellow")
        console.print(f"{mark} {item.text.in_(lang)}", style=style, markup=False)
    if doubtful:
        console.print(
            tr(
                f"标 ✗ 的 {len(doubtful)} 个数字未通过校验，默认不保存（--doubtful 可一并保存）。",
                f"{len(doubtful)} figures marked ✗ failed a check and are not saved (unless --doubtful).",
            ),
            style="red",
        )
    _unread(console, found, lang, full)


def _table(found: Import, doubtful: set[int], lang: Lang) -> Table:
    from rich import box
    from rich.table import Table

    rows = [_cells(reading, growth, doubtful, lang) for reading, growth in _paired(found.readings)]
    several = found.county is None
    titles = (
        tr("代码", "Code"), tr("指标", "Indicator"), tr("年份", "Year"), tr("数值", "Value"), tr("增速%", "Growth %"),
        tr("口径", "Definition"), tr("原文", "As printed"), tr("位置", "Place"), tr("可信", "Conf."),
    )  # fmt: skip
    shown = [i for i in range(len(titles)) if any(cells[i] for cells, _ in rows) and (i > 0 or several)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i in shown:
        number = i in (3, 4, 8)
        table.add_column(
            titles[i], justify="right" if number else "left", no_wrap=number or i in (0, 2), overflow="fold"
        )
    for cells, failed in rows:
        table.add_row(*(cells[i] for i in shown), style="red" if failed else None)
    return table


def _cells(reading: Reading, growth: Reading | None, doubtful: set[int], lang: Lang) -> tuple[list[str], bool]:
    from bolang.atlas.catalogue import unit_text

    failed = id(reading) in doubtful or (growth is not None and id(growth) in doubtful)
    cells = [
        reading.code,
        ("✗ " if failed else "") + _label(reading, lang),
        str(reading.year) + ("" if reading.period == "year" else f" {reading.period}"),
        f"{reading.value:,.10g} {unit_text(reading.unit).in_(lang)}",
        f"{growth.value:g}" if growth else "",
        tr("；", "; ").join(reading.definition),
        reading.printed,
        str(reading.place.where or reading.place.line),
        f"{reading.confidence:.2f}",
    ]
    return cells, failed


def _label(reading: Reading, lang: Lang) -> str:
    from bolang.intake.vocabulary import vocabulary

    return vocabulary()[reading.indicator].label.in_(lang)


def _paired(readings: tuple[Reading, ...]) -> list[tuple[Reading, Reading | None]]:
    """Put a growth rate on the line of the level that it belongs to."""
    growth = {(r.code, r.indicator, r.year, r.period, r.scope): r for r in readings if r.indicator.endswith("_growth")}
    used: set[int] = set()
    levels: dict[int, Reading | None] = {}
    for reading in readings:
        if not reading.indicator.endswith("_growth"):
            key = (reading.code, f"{reading.indicator}_growth", reading.year, reading.period)
            match = growth.get((*key, reading.scope)) or growth.get((*key, ()))
            levels[id(reading)] = match if match is not None and id(match) not in used else None
            if match is not None:
                used.add(id(match))
    return [
        (reading, levels.get(id(reading))) for reading in readings if id(reading) in levels or id(reading) not in used
    ]


def _unread(console: Console, found: Import, lang: Lang, full: bool) -> None:
    from collections import Counter

    from bolang.intake.readings import REASONS

    if not found.unread:
        return
    counts = Counter(item.reason for item in found.unread)
    console.print(
        tr(f"未取的数字 {len(found.unread)} 个：", f"{len(found.unread)} figures were not taken:"), style="bold"
    )
    for reason, count in counts.most_common():
        console.print(f"  {count:>4}  {REASONS[reason].in_(lang)}", style="dim")
    shown = [item for item in found.unread if full or item.reason in ("unclear", "unit", "malformed")]
    for item in shown if full else shown[:_SHOWN_UNREAD]:
        console.print(
            f"  ? {item.printed}  {item.phrase}  [{item.place.text.in_(lang)}]  {REASONS[item.reason].in_(lang)}",
            markup=False,
        )
        if full:
            console.print(f"      {item.sentence}", style="dim", markup=False)
    if not full and len(shown) > _SHOWN_UNREAD:
        console.print(tr("  ……加 --full 看全部。", "  ... add --full to see all."), style="dim")
