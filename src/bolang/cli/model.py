"""``bolang model``: how well the county economy is calibrated, how it does against data it never saw, Yiwu's road."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption, Output, To
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    from bolang.pages.model.tables import TextTable

HELP = tr(
    "检查全国县域经济模型：校准拟合得如何，用未参与校准的数据回测得如何，义乌之路能解释多少。"
    "例：bolang model；bolang model exports；bolang model growth；bolang model events；bolang model yiwu",
    "Check the model of all counties: how well it is calibrated, how it does against data it was not fitted to, what of Yiwu's "
    "road it accounts for. Examples: bolang model; bolang model exports; bolang model growth; bolang model events; bolang model yiwu",
)

NARROW = 26
"""Width that a label keeps on a narrow terminal."""

group = typer.Typer(help=HELP, invoke_without_command=True)

Markdown = Annotated[
    bool, typer.Option("--markdown", help=tr("以 Markdown 输出表格。", "Print the tables in Markdown."))
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", help=tr("把各县数字写入 CSV。", "Write the figures of all counties to CSV."), show_default=False
    ),
]


@group.callback(invoke_without_command=True)
def _default(context: typer.Context, lang: LangOption = None) -> None:
    """Show the calibration if nothing else is asked for."""
    if context.invoked_subcommand is None:
        calibration(lang=lang)


@group.command(
    "calibration",
    help=tr(
        "校准报告：目标与结果、估计了什么、各批发市场。", "Calibration report: targets and results, estimates, hubs."
    ),
)
def calibration(markdown: Markdown = False, save: Save = None, lang: LangOption = None) -> None:
    """Print the calibration report."""
    from time import perf_counter

    from bolang.atlas import Atlas
    from bolang.cli.simulate_page import progress_line
    from bolang.economy import calibrate
    from bolang.pages.model.tables import estimate_grid, hub_grid, match_grid
    from bolang.validation.calibration_report import CalibrationReport

    start = perf_counter()
    with progress_line() as tell:
        fitted = calibrate(Atlas(), progress=tell)
    seconds = perf_counter() - start
    report = CalibrationReport.from_calibration(fitted)
    notes = [
        tr(
            f"矩阵缩放 {report.iterations} 次迭代，最大残差 {report.residual:.0e}；本次用时 {seconds:.1f} 秒（拟合结果有缓存）。",
            f"Matrix scaling took {report.iterations} iterations to a largest miss of {report.residual:.0e}; this call took "
            f"{seconds:.1f} s (the fit is kept in the cache).",
        ),
        tr(
            "“未作为目标”的行是检验，不是拟合。县GDP与公布值相差约2.6%，因为各县合计须等于全国投入产出表。",
            "Rows that are not a target are checks, not fits. County GDP lies some 2.6 % above the published figures because "
            "counties must add up to the national table.",
        ),
    ]
    _print([match_grid(report), estimate_grid(report), hub_grid(report)], notes, lang, markdown=markdown)
    _save(save, report.counties)


@group.command(
    "exports",
    help=tr(
        "回测：模型从未见过的约780个县的出口。", "Backtest: the exports of some 780 counties that the model never saw."
    ),
)
def exports(
    structure: Annotated[
        bool,
        typer.Option(
            "--structure",
            help=tr(
                "结构参数取区间两端，重新校准（数分钟）。",
                "Fit again with structural parameters at their ends (minutes).",
            ),
        ),
    ] = False,
    markdown: Markdown = False,
    save: Save = None,
    lang: LangOption = None,
) -> None:
    """Print the backtest on county exports."""
    from bolang.atlas import Atlas
    from bolang.cli.simulate_page import progress_line
    from bolang.pages.model.tables import fit_grid, gap_grid, province_grid, structure_grid
    from bolang.validation.backtest_exports import SAMPLES, exports_backtest
    from bolang.validation.backtest_sensitivity import structural_cases

    atlas = Atlas()
    with progress_line() as tell:
        backtest = exports_backtest(atlas, tell)
        cases = structural_cases(atlas, tell) if structure else ()
    grids = [*(fit_grid(backtest, sample) for sample in SAMPLES), gap_grid(backtest), province_grid(backtest)]
    grids += [structure_grid(cases)] if cases else []
    notes = [
        tr(
            "县出口为2015至2019年最近一年，按全国出口折算到2020年；只有十个省公布。朴素方法把海关的省出口按各县制造业增加值、"
            "制造业就业或GDP分摊。误差与高估为中位数。义乌因校准以它为锚，单列。",
            "County exports are the latest of 2015 to 2019, moved to 2020 with national exports; only ten provinces publish "
            "them. The naive ones share provincial exports by value added or employment of manufacturing, or by GDP. Error and "
            "bias are medians. Yiwu stands apart because the hubs are anchored to it.",
        )
    ]
    _print(grids, notes, lang, markdown=markdown)
    _save(save, backtest.counties)


@group.command(
    "growth",
    help=tr(
        "回测：2010年的模型能否预见2010至2020年各县的增长。",
        "Backtest: what the model of 2010 knew of growth to 2020.",
    ),
)
def growth(markdown: Markdown = False, lang: LangOption = None) -> None:
    """Print the backtest on growth."""
    from bolang.atlas import Atlas
    from bolang.cli.simulate_page import progress_line
    from bolang.pages.model.tables import prediction_grid, slope_grid
    from bolang.validation.backtest_growth import OUTCOMES, growth_backtest

    with progress_line() as tell:
        backtest = growth_backtest(Atlas(), tell)
    notes = [
        tr(
            "省固定效应，控制2010年规模、产业结构、人口密度与偏离份额预测；区间按省聚类。",
            "Province effects; controls are size, structure, density and the shift-share prediction; intervals are clustered "
            "by province.",
        )
    ]
    grids = [*(slope_grid(backtest, outcome) for outcome in OUTCOMES), prediction_grid(backtest)]
    _print(grids, notes, lang, markdown=markdown)


@group.command(
    "events",
    help=tr(
        "自然实验：模型会怎么说，实际发生了什么（约一分钟）。",
        "Natural experiments: what the model would have said, and what happened (about a minute).",
    ),
)
def events(to: To = None, output: Output = None, lang: LangOption = None) -> None:
    """Show the natural experiments."""
    from bolang.atlas import Atlas
    from bolang.cli.page import emit
    from bolang.cli.simulate_page import progress_line
    from bolang.economy import calibrate
    from bolang.pages.model import events_page
    from bolang.validation.events import study_events

    chosen: Lang = language(lang) if lang else default_language()
    atlas = Atlas()
    with progress_line() as tell:
        studies = study_events(atlas, calibrate(atlas, progress=tell), progress=tell)
    emit(events_page(studies), chosen, to, output)


@group.command(
    "yiwu",
    help=tr(
        "义乌之路的纸上重演：逐一关掉或加入机制（约两分钟）。",
        "Yiwu's road replayed on paper, one mechanism at a time (about two minutes).",
    ),
)
def yiwu(markdown: Markdown = False, lang: LangOption = None) -> None:
    """Print the replay."""
    from bolang.atlas import Atlas
    from bolang.cli.simulate_page import progress_line
    from bolang.pages.model.yiwu_tables import census_grid, decade_grid, registered_grid, without_grid
    from bolang.validation.replay import replay_yiwu

    atlas = Atlas()
    with progress_line() as tell:
        done = replay_yiwu(atlas, tell)
    notes = [
        tr(
            f"市场中转额占全国工业品产出之比为2010年的{done.market_growth:.2f}倍；全国出口占GDP之比为{done.demand:.2f}倍。"
            f"要再现就业增长，义乌在实际收入之外的吸引力须提高{done.pull:.0%}：这是模型没有解释的部分。",
            f"The market's share of national goods output grew {done.market_growth:.2f} times, national exports over GDP "
            f"{done.demand:.2f} times. To bring employment to what was observed, Yiwu's pull beyond real income must rise by "
            f"{done.pull:.0%}: that is what the model leaves unexplained.",
        ),
        tr(
            "第二表的就业按全国就业折算，可与2010年相比；金额为2017年投入产出表价格，“2020年实际”为2020年价格。",
            "People of the second table are relative to the nation, so that they compare with 2010; money is that of the table "
            "of 2017, in the last row of 2020.",
        ),
    ]
    grids = [census_grid(atlas), registered_grid(atlas), without_grid(done), decade_grid(done)]
    _print(grids, notes, lang, markdown=markdown)


def _print(grids: Iterable[TextTable], notes: list[str], lang: str | None, *, markdown: bool) -> None:
    from rich.cells import cell_len
    from rich.table import Table

    from bolang.cli.console import bullet, console_for

    chosen: Lang = language(lang) if lang else default_language()
    if markdown:
        for grid in grids:
            typer.echo(f"**{grid.title.in_(chosen)}**\n\n{grid.markdown(chosen)}\n")
        return
    console = console_for(chosen)
    for grid in grids:
        console.print(f"\n[bold]{grid.title.in_(chosen)}[/]")
        table = Table(box=None, pad_edge=False, header_style="dim")
        # Labels and headings may wrap, figures may not.
        labels = max((cell_len(label.in_(chosen)) for label, _ in grid.rows), default=0)
        table.add_column(grid.columns[0].in_(chosen), overflow="fold", min_width=min(labels, NARROW))
        headings = [column.in_(chosen) for column in grid.columns[1:]]
        figures = [
            max((cell_len(cells[position]) for _, cells in grid.rows), default=0) for position in range(len(headings))
        ]
        full = labels + sum(max(cell_len(heading), least) + 2 for heading, least in zip(headings, figures, strict=True))
        for heading, least in zip(headings, figures, strict=True):
            # Latin headings wrap at words, Chinese ones in half.
            words = (cell_len(word) if word.isascii() else (cell_len(word) + 3) // 4 * 2 for word in heading.split())
            fixed = max(least, *words, 1) if full > console.width else None
            table.add_column(heading, justify="right", min_width=least, width=fixed, overflow="fold")
        for label, cells in grid.rows:
            table.add_row(label.in_(chosen), *cells)
        console.print(table, markup=False)
    for note in notes:
        bullet(console, note, style="dim")


def _save(output: Path | None, make: Callable[[], pl.DataFrame]) -> None:
    if output is None:
        return
    from bolang.cli.frames import write_csv

    made = make()
    write_csv(made, output)
    typer.echo(tr(f"已写出 {output}（{made.height} 行）", f"Wrote {output} ({made.height} rows)"))
