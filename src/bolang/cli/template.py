"""``bolang template``: a workbook to fill in for one county."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, Name
from bolang.foundation.text import language, tr

HELP = tr(
    "写出一个县的填报模板（xlsx），列出报告所需的指标、单位和现有数值，填好后用 bolang import 导入。例：bolang template 义乌市 -o 义乌.xlsx",
    "Write a workbook (xlsx) with the indicators that reports need, their units and the values at hand, to fill in and import. "
    "Example: bolang template 义乌市 -o yiwu.xlsx",
)


def command(
    name: Name,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=tr("写到哪里；缺省为“县名.xlsx”。", "Where to write; NAME.xlsx by default."),
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=1949,
            max=2100,
            help=tr("预填的年份；缺省为上一年。", "Year to suggest; last year by default."),
            show_default=False,
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            help=tr(
                "只写一张用户表的空表：platforms（城投）、bonds（债券）、firms、parks、projects、assets、targets、peers（对标县）。",
                "Write an empty user table instead: platforms, bonds, firms, parks, projects, assets, targets or peers.",
            ),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write the template."""
    if table is not None:
        return _user_table(name, table, output)
    from bolang.atlas import Atlas
    from bolang.intake import write_template

    if lang:
        language(lang)
    atlas = Atlas()
    county = atlas.county(name)
    path = write_template(county, output or Path(f"{county.name}.xlsx"), atlas, year)
    typer.echo(
        tr(f"已写出 {path}；填好后运行 bolang import {path}", f"Wrote {path}; fill it in and run: bolang import {path}")
    )
    return None


def _user_table(name: str, table: str, output: Path | None) -> None:
    from bolang.atlas import Atlas
    from bolang.foundation.files import check_writable
    from bolang.intake.user_tables import kind_of, write_blank

    kind, county = kind_of(table), Atlas().county(name)
    path = output or Path(f"{county.name}_{kind.name}.xlsx")
    check_writable(path)
    write_blank(kind, path)
    typer.echo(
        tr(
            f"已写出 {path}；填好后运行 bolang import {path} --table {kind.key} --county {county.name}",
            f"Wrote {path}; fill it in and run: bolang import {path} --table {kind.key} --county {county.name}",
        )
    )
