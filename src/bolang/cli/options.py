"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from bolang.foundation.text import tr

Name = Annotated[
    str,
    typer.Argument(
        metavar=tr("县名", "NAME"),
        help=tr(
            "县名、全名或六位代码：义乌市、浙江省金华市义乌市、330782。", "Name, full name or code: 义乌市, 330782."
        ),
        show_default=False,
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option("--lang", help=tr("语言：zh 或 en。", "Language: zh or en."), show_default=False),
]
PeerGroup = Annotated[
    str,
    typer.Option(
        "--peers",
        help=tr(
            "对标组：similar、structure、size、income、location、province、prefecture、kind、fiscal、product；或逗号隔开的县名。",
            "Peer group (similar, structure, size, income, location, province, prefecture, kind, fiscal, product) or names, "
            "separated by commas.",
        ),
    ),
]
Benchmark = Annotated[
    str,
    typer.Option("--benchmark", help=tr("对标县，默认义乌市。", "County to measure the distance to; Yiwu by default.")),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        help=tr(
            "写成文件或数据：docx、pdf、html、xlsx、json、md；不填则在终端显示。",
            "Write docx, pdf, html, xlsx, json or md; without it the page is shown in the terminal.",
        ),
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        help=tr(
            "输出文件；json 与 md 不填则写到标准输出。",
            "File to write; json and md go to standard output without it.",
        ),
        show_default=False,
    ),
]
Full = Annotated[bool, typer.Option("--full", help=tr("显示全部内容与来源。", "Show everything, with the sources."))]
