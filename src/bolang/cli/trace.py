"""``bolang trace``: where a figure comes from, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption, Name
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.atlas.facts import Trail
    from bolang.atlas.model import Fact
    from bolang.atlas.trace import Trace

HELP = tr(
    "追溯一个数字：数值、单位、年份、来源、方法、口径与所做处理。例：bolang trace 义乌市 gdp --year 2020",
    "Trace a figure: value, unit, year, source, method, definition and what was done to it. "
    "Example: bolang trace 义乌市 gdp --year 2020",
)


def command(
    name: Name,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar=tr("指标", "INDICATOR"),
            help=tr(
                "指标的代号或名称：gdp、地区生产总值、employment.C；见 bolang catalogue。",
                "Key or name of the indicator: gdp, employment.C; see bolang catalogue.",
            ),
            show_default=False,
        ),
    ],
    year: Annotated[
        int | None,
        typer.Option(
            "--year", "-y", help=tr("年份；缺省列出所有年份。", "Year; all years if left out."), show_default=False
        ),
    ] = None,
    workspace: Annotated[
        bool,
        typer.Option(
            "--workspace/--built-in-only",
            help=tr("是否叠加自己导入的数据。", "Whether to lay the imported figures over the built-in ones."),
        ),
    ] = True,
    lang: LangOption = None,
) -> None:
    """Print the trail of a figure."""
    from bolang.atlas import Atlas
    from bolang.cli.console import console_for

    chosen: Lang = language(lang) if lang else default_language()
    atlas = Atlas(workspace=None if workspace else False)
    trace = atlas.trace(name, indicator, year)
    console = console_for()
    first = trace.facts[0]
    console.print(f"[bold]{trace.place}[/]  {first.label.in_(chosen)}  [dim]{first.indicator}[/]")
    if year is None:
        _series(console, trace)
        return
    for trail in trace.trails:
        _print_trail(console, trail, chosen)
    if len(trace.trails) > 1:
        count = len(trace.trails)
        note = tr(
            f"同一年有 {count} 个数，并列如上，首个为采用值。",
            f"{count} figures for this year, side by side; the first is the one used.",
        )
        console.print(note, style="yellow")


def amount(fact: Fact) -> str:
    """Return value and unit in the language of the interface, an estimate marked as such."""
    from bolang.atlas.catalogue import unit_text

    mark = tr("（估计）", "(estimated)") if fact.status == "estimated" else ""
    return f"{fact.value:,.10g} {unit_text(fact.unit)} {mark}".rstrip()


def _print_trail(console: Console, trail: Trail, lang: Lang) -> None:
    from rich.table import Table
    from rich.text import Text as Line

    from bolang.atlas.trace import trail_lines

    console.print()
    console.print(f"{trail.fact.year}  {amount(trail.fact)}", style="bold", markup=False)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in trail_lines(trail):
        grid.add_row(label.in_(lang), Line(text))
    console.print(grid)


def _series(console: Console, trace: Trace) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Line

    from bolang.atlas.trace import standing_of

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(tr("年份", "Year"), no_wrap=True)
    table.add_column(tr("数值", "Value"), justify="right", no_wrap=True)
    table.add_column(tr("来源与处理", "Source and steps"), overflow="fold")
    for fact in trace.facts:
        period = "" if fact.period == "year" else f" {fact.period}"
        footing = (str(text) for text in standing_of(fact))
        said = [text for text in (*footing, fact.source, fact.definition, *fact.steps) if text]
        table.add_row(f"{fact.year}{period}", amount(fact), Line(tr("；", "; ").join(said)))
    console.print(table)
