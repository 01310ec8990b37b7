"""``bolang rank``: counties ordered by an indicator or an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import console_for
from bolang.cli.options import LangOption, To
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

HELP = tr(
    "按某个指标或维度给各县排名；不带参数时列出可用的指标。例：bolang rank wholesale_retail_lq --province 浙江省 --top 20",
    "Rank counties by an indicator or an index; without one, list what there is. "
    "Example: bolang rank wholesale_retail_lq --province 浙江省 --top 20",
)


def command(
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar=tr("指标", "INDICATOR"),
            help=tr(
                "指标或维度的代号；或任一事实（fiscal_revenue、debt_balance、self_sufficiency……）；"
                "或某个抓手的作用（sea_rail、sea_rail.revenue、sea_rail.gdp.province）。",
                "Key of an indicator or a dimension; any fact: fiscal_revenue, debt_balance, self_sufficiency ...; "
                "or what a lever does: sea_rail, sea_rail.revenue, sea_rail.gdp.province.",
            ),
            show_default=False,
        ),
    ] = None,
    province: Annotated[
        str | None,
        typer.Option(
            "--province", help=tr("只排某省，如 浙江省。", "Only one province, such as 浙江省."), show_default=False
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help=tr("显示前几名。", "How many to show."))] = 20,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help=tr("把全部名次写入 CSV 文件。", "Write all ranks to a CSV file."), show_default=False
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", help=tr("年份（按事实排名时）。", "Year, for a ranking by facts."), show_default=False),
    ] = None,
    to: To = None,
    lang: LangOption = None,
) -> None:
    """Print the ranking."""
    import polars.selectors as cs

    from bolang.cli.frames import print_frame
    from bolang.diagnosis.indicators import DIMENSIONS
    from bolang.diagnosis.ranking import ranking
    from bolang.economy.levers.catalogue import levers

    chosen: Lang = language(lang) if lang else default_language()
    console = console_for(chosen)
    if indicator is None:
        _list(console, chosen)
        return
    if indicator.partition(".")[0] in levers():
        _effects(indicator, province, top, output, to, chosen)
        return
    if not any(indicator in (d.key, *(i.key for i in d.indicators)) for d in DIMENSIONS):
        _facts(indicator, year, province, top, output, to, chosen)
        return
    table = ranking(indicator, province=province, lang=chosen)
    if output is not None:
        _write(table, output, console)
        return
    print_frame(console, table.head(top).with_columns(cs.float().round(3)))


def _list(console: Console, lang: Lang) -> None:
    """Say what there is to rank by."""
    from bolang.diagnosis.indicators import DIMENSIONS

    for dimension in DIMENSIONS:
        console.print(f"[bold]{dimension.key}[/]  {dimension.label.in_(lang)}")
        for item in dimension.indicators:
            console.print(f"  {item.key}  [dim]{item.label.in_(lang)}[/]")


def _facts(
    key: str, year: int | None, province: str | None, top: int, output: Path | None, to: str | None, lang: Lang
) -> None:
    """Rank by a published fact."""
    import polars as pl

    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.pages.rank import rank_page

    found = rank_facts(own_atlas(), key, year=year, province=province)
    if output is None or output.suffix != ".csv":
        emit(rank_page(found, None if output or to else top), lang, to, str(output) if output else None)
        return
    frame = pl.DataFrame(
        [(r.rank, r.county.code, r.county.full_name, r.value) for r in found.rows],
        orient="row",
        schema=["rank", "code", "county", found.key],
    )
    _write(frame, output, console_for(lang))


def _effects(key: str, province: str | None, top: int, output: Path | None, to: str | None, lang: Lang) -> None:
    """Rank by what a lever does, all counties listed."""
    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.foundation.errors import BadInputError
    from bolang.pages.where import ranks, result_of, where_page

    result = result_of(key)
    if result is None:
        raise BadInputError(
            tr(f"没有结果 {key!r}。", f"No result {key!r}."),
            tr(
                "应为 抓手.结果.范围，如 sea_rail.revenue.province。",
                "Expected lever.measure.circle, such as sea_rail.revenue.province.",
            ),
        )
    name, measure, circle = result
    swept, atlas = Sweep.shipped(), own_atlas()
    if output is not None and output.suffix == ".csv":
        found = ranks(swept, atlas, name, measure=measure, circle=circle, province=province)
        _write(found, output, console_for(lang))
        return
    shown = None if output or to else top
    page = where_page(
        swept,
        atlas,
        name,
        measure=measure,
        circle=circle,
        province=province,
        top=shown,
        everyone=True,
        intervals=Intervals.shipped(),
    )
    emit(page, lang, to, str(output) if output else None)


def _write(frame: pl.DataFrame, output: Path, console: Console) -> None:
    from bolang.cli.frames import write_csv

    write_csv(frame, output)
    console.print(tr(f"已写出 {output}（{frame.height} 行）", f"Wrote {output} ({frame.height} rows)"), markup=False)
