"""``bolang where``: in which counties a lever does most."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, Output, To
from bolang.foundation.text import Lang, default_language, language, tr

HELP = tr(
    "某个抓手在哪些县作用最大。例：bolang where sea_rail --province 浙江省；全部名次：-o 名次.csv",
    "In which counties a lever does most. Example: bolang where sea_rail --province 浙江省; all ranks: -o ranks.csv",
)


def command(
    lever: Annotated[
        str,
        typer.Argument(
            metavar=tr("抓手", "LEVER"),
            help=tr("抓手的代号或名称，见 bolang simulate --list。", "Key or name; bolang simulate --list shows all."),
            show_default=False,
        ),
    ],
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            help=tr(
                "结果：gdp、real_income、employment、manufacturing、wholesale、exports、revenue。",
                "Result: gdp, real_income, employment, manufacturing, wholesale, exports or revenue.",
            ),
            show_default=False,
        ),
    ] = None,
    circle: Annotated[
        str | None,
        typer.Option(
            "--circle",
            help=tr("范围：county、neighbours、province、nation。", "Circle: county, neighbours, province or nation."),
            show_default=False,
        ),
    ] = None,
    province: Annotated[
        str | None, typer.Option("--province", help=tr("只看某省。", "Only one province."), show_default=False)
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help=tr("显示前几名。", "How many to show."))] = 20,
    everyone: Annotated[
        bool,
        typer.Option(
            "--all",
            help=tr("也列出已实施的和缺条件的县。", "Also list counties that have it already or lack what it takes."),
        ),
    ] = False,
    to: To = None,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """Print where a lever does most."""
    asked = {"measure": measure, "circle": circle, "province": province}
    _emit(
        lever,
        asked,
        None if output or to else top,
        everyone,
        to,
        output,
        language(lang) if lang else default_language(),
    )


def _emit(
    lever: str,
    asked: dict[str, str | None],
    top: int | None,
    everyone: bool,
    to: str | None,
    output: str | None,
    lang: Lang,
) -> None:
    from bolang.atlas import own_atlas
    from bolang.cli.frames import write_csv
    from bolang.cli.page import emit, written
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.where import ranks, where_page

    swept, atlas = Sweep.shipped(), own_atlas()
    if output is not None and output.endswith(".csv"):
        write_csv(ranks(swept, atlas, lever, **asked), Path(output))
        written(output)
        return
    page = where_page(swept, atlas, lever, top=top, everyone=everyone, intervals=Intervals.shipped(), **asked)
    emit(page, lang, to, output)
