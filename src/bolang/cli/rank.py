"""``bolang rank``: counties ordered by an indicator or an index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.console import console_for
from bolang.cli.options import LangOption, To
from bolang.foundation.text import Lang, default_language, language, tr

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
                "指标或维度的代号，或任一事实（fiscal_revenue、debt_balance、self_sufficiency……）。",
                "Key of an indicator or a dimension, or any fact: fiscal_revenue, debt_balance, self_sufficiency ...",
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
    import polars as pl
    import polars.selectors as cs

    from bolang.cli.frames import print_frame, write_csv
    from bolang.diagnosis.indicators import DIMENSIONS
    from bolang.diagnosis.ranking import ranking

    chosen: Lang = language(lang) if lang else default_language()
    console = console_for(chosen)
    if indicator is None:
        for dimension in DIMENSIONS:
            console.print(f"[bold]{dimension.key}[/]  {dimension.label.in_(chosen)}")
            for item in dimension.indicators:
                console.print(f"  {item.key}  [dim]{item.label.in_(chosen)}[/]")
        return
    if not any(indicator in (d.key, *(i.key for i in d.indicators)) for d in DIMENSIONS):
        from bolang.atlas import own_atlas
        from bolang.cli.page import emit
        from bolang.diagnosis.fact_ranking import rank_facts
        from bolang.pages.rank import rank_page

        found = rank_facts(own_atlas(), indicator, year=year, province=province)
        if output is None or output.suffix != ".csv":
            emit(rank_page(found, None if output or to else top), chosen, to, str(output) if output else None)
            return
        frame = pl.DataFrame(
            [(r.rank, r.county.code, r.county.full_name, r.value) for r in found.rows],
            orient="row",
            schema=["rank", "code", "county", found.key],
        )
        write_csv(frame, output)
        console.print(
            tr(f"已写出 {output}（{frame.height} 行）", f"Wrote {output} ({frame.height} rows)"), markup=False
        )
        return
    table = ranking(indicator, province=province, lang=chosen)
    if output is not None:
        write_csv(table, output)
        console.print(tr(f"已写出 {output}（{table.height} 行）", f"Wrote {output} ({table.height} rows)"))
        return
    print_frame(console, table.head(top).with_columns(cs.float().round(3)))
