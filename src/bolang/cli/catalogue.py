"""``bolang catalogue``: what the atlas holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption, To
from bolang.foundation.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.atlas.catalogue import CatalogueEntry

HELP = tr(
    "列出数据目录：每张表、每个指标的名称、单位、年份、覆盖、来源与许可。例：bolang catalogue gdp；bolang catalogue 人口",
    "List what the data hold: tables and indicators with unit, years, coverage, source and terms. "
    "Example: bolang catalogue gdp",
)


_Word = Annotated[
    str | None,
    typer.Argument(
        metavar=tr("表名或关键词", "TABLE OR WORD"),
        help=tr(
            "一张表的名字，或在指标名中查找的词；缺省列出所有表。",
            "A table, or a word to look for; all tables if left out.",
        ),
        show_default=False,
    ),
]


def command(
    word: _Word = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=tr("把整个目录写入 CSV 文件。", "Write the whole catalogue to a CSV file."),
            show_default=False,
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help=tr(
                "各指标各年有公布数的单元数与人口占比。", "Units and share of people with a published figure, by year."
            ),
        ),
    ] = False,
    to: To = None,
    lang: LangOption = None,
) -> None:
    """Print the catalogue or a part of it."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for

    chosen: Lang = language(lang) if lang else default_language()
    if coverage:
        from bolang.cli.page import emit
        from bolang.pages.sources import coverage_page

        emit(coverage_page(Atlas()), chosen, to, str(output) if output else None)
        return
    atlas, console = Atlas(), console_for()
    if output is not None:
        from bolang.cli.frames import write_csv

        write_csv(atlas.catalogue(), output)
        console.print(tr(f"已写出 {output}", f"Wrote {output}"), markup=False)
        return
    if word is None:
        _tables(console, chosen)
        return
    wanted = word.casefold()
    entries = [e for e in atlas.entries.entries if e.table == wanted]
    if not entries:
        entries = [
            e for e in atlas.entries.entries if any(wanted in t.casefold() for t in (e.column, e.label.zh, e.label.en))
        ]
    if not entries:
        atlas.entries.indicator(word)  # raises, and lists the nearest names
    _columns(console, entries, chosen)


def _tables(console: Console, lang: Lang) -> None:
    from rich import box
    from rich.table import Table

    from bolang.atlas import store

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in (tr("数据表", "Table"), tr("内容", "Content"), tr("行数", "Rows")):
        table.add_column(title, justify="right" if title == tr("行数", "Rows") else "left", overflow="fold")
    for row in store.load("catalogue_tables").iter_rows(named=True):
        table.add_row(row["table"], row[lang], f"{row['rows']:,}")
    console.print(table)
    console.print(
        tr(
            "bolang catalogue 表名 列出各列；bolang sql 可查询任何一张表。",
            "bolang catalogue TABLE lists the columns; bolang sql queries any table.",
        ),
        style="dim",
    )


def _columns(console: Console, entries: list[CatalogueEntry], lang: Lang) -> None:
    from rich import box
    from rich.table import Table

    from bolang.atlas.catalogue import unit_text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in (tr("列", "Column"), tr("名称", "Name"), tr("单位", "Unit"), tr("年份", "Years"), tr("覆盖", "Units")):
        table.add_column(title, overflow="fold", justify="right" if title == tr("覆盖", "Units") else "left")
    for entry in entries:
        span = f"{entry.years[0]}–{entry.years[-1]}" if len(entry.years) > 1 else "".join(map(str, entry.years))
        name = entry.label.in_(lang) + (tr("（估计）", " (estimated)") if entry.status == "estimated" else "")
        table.add_row(f"{entry.table}.{entry.column}", name, unit_text(entry.unit).in_(lang), span, _coverage(entry))
    console.print(table)
    tables = {e.table: e for e in entries}
    for entry in tables.values():
        sources = "；".join(t.in_(lang) for t in _titles(entry))
        console.print(f"{entry.table}：{entry.method.in_(lang)}", style="dim", markup=False)
        if sources:
            console.print(
                f"  {sources}（{entry.licence.in_(lang)}）"
                if lang == "zh"
                else f"  {sources} ({entry.licence.in_(lang)})",
                style="dim",
                markup=False,
            )


def _coverage(entry: CatalogueEntry) -> str:
    when = f" ({entry.coverage_year})" if len(entry.years) > 1 else ""
    return f"{entry.coverage:,}{when}" if entry.coverage else "–"


def _titles(entry: CatalogueEntry) -> list[Text]:
    from bolang.atlas.catalogue import source_titles

    return [source_titles()[key] for key in entry.sources]
