"""``bolang sql``: a query over all tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption
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
    lang: LangOption = None,
) -> None:
    """Print or save the result of a query."""
    from rich.console import Console

    from bolang.atlas import Atlas
    from bolang.cli.frames import print_frame, write_csv

    answer = Atlas().sql(query)
    console = Console(highlight=False)
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
