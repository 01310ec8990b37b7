"""``bolang sql``: a query over all tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

HELP = tr(
    '用 SQL（DuckDB）查询全部数据表。例：bolang sql "select name, area_km2 from units order by 2 desc limit 5"',
    'Query all tables with SQL (DuckDB). Example: bolang sql "select name, area_km2 from units order by 2 desc limit 5"',
)
ROWS = 50


def command(
    query: Annotated[
        str,
        typer.Argument(
            metavar="SQL",
            help=tr("查询语句；数据表见 bolang catalogue。", "The query; see bolang catalogue for tables."),
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help=tr("把结果写入 CSV 文件。", "Write the result to a CSV file."), show_default=False
        ),
    ] = None,
    own: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar=tr("名称=文件", "NAME=FILE"),
            help=tr(
                "一并查询自己的 CSV、Parquet 或 JSON 文件；未列出的文件查询读不到。",
                "Query a CSV, Parquet or JSON file of your own as well; no other file can be read.",
            ),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Print or save the result of a query."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for
    from bolang.cli.frames import print_frame, write_csv

    answer = Atlas().sql(query, dict(_named(item) for item in own or ()))
    console = console_for()
    if output is not None:
        write_csv(answer, output)
        console.print(
            tr(f"已写出 {output}（{answer.height} 行）", f"Wrote {output} ({answer.height} rows)"), markup=False
        )
        return
    print_frame(console, answer.head(ROWS))
    if answer.height > ROWS:
        console.print(
            tr(
                f"共 {answer.height} 行，显示前 {ROWS} 行；用 -o 写入文件可得全部。",
                f"{answer.height} rows, the first {ROWS} shown; -o FILE writes them all.",
            ),
            style="dim",
        )


def _named(item: str) -> tuple[str, str]:
    name, sign, path = item.partition("=")
    if not sign:
        raise BadInputError(
            tr(f"--file {item} 缺少名称。", f"--file {item} lacks a name."),
            tr("应为 --file 名称=文件，如 --file own=own.csv。", "Write --file NAME=FILE, such as --file own=own.csv."),
        )
    return name, path
