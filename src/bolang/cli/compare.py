"""``bolang compare``: counties side by side on every dimension and indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import console_for
from bolang.cli.options import LangOption, Output, To
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.table import Table

    from bolang.diagnosis import Diagnosis, Reading

HELP = tr(
    "并排比较几个县的主要经济财政指标；--indices 比较诊断的各维度。例：bolang compare 义乌市 昆山市 晋江市",
    "Compare counties side by side: economy, budget and debt; --indices compares the diagnosis. Example: bolang compare 义乌市 昆山市 晋江市",
)


def command(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar=tr("县名...", "NAMES..."),
            help=tr("两个或更多县名或代码。", "Two or more names or codes."),
            show_default=False,
        ),
    ],
    indices: Annotated[
        bool,
        typer.Option(
            "--indices",
            help=tr("比较诊断的各维度与各指标。", "Compare the dimensions and indicators of the diagnosis."),
        ),
    ] = False,
    to: To = None,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """Print the comparison."""
    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.diagnosis import Diagnostician
    from bolang.foundation.errors import BadInputError
    from bolang.pages.show import compare_page
    from bolang.pathway.shared import national

    if len(names) < 2:
        raise BadInputError(
            tr("比较至少需要两个县。", "A comparison needs at least two counties."),
            tr("例：bolang compare 义乌市 昆山市", "Example: bolang compare 义乌市 昆山市"),
        )
    chosen: Lang = language(lang) if lang else default_language()
    atlas = own_atlas()
    counties = [atlas.county(name) for name in names]
    if not indices:
        emit(compare_page(counties), chosen, to, output)
        return
    diagnostician = Diagnostician(atlas)
    console = console_for(chosen)
    table = _comparison([diagnostician.diagnose(county) for county in counties], chosen)
    types = [national(atlas).of(county) for county in counties]
    roads = ["–" if found.road is None else found.road.label.in_(chosen) for found in types]
    table.add_row(tr("类型", "Type"), *roads, style="bold")
    console.print(table)
    console.print(
        tr(
            "指数为全国百分位均值（0—100），括号内为全国名次；指标为最新可得值，* 为估计值。",
            "Indices are mean national percentiles (0-100) with the national rank; indicators are the latest values, "
            "* marks estimates.",
        ),
        style="dim",
    )


def _comparison(diagnoses: list[Diagnosis], lang: Lang) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(tr("维度与指标", "Dimension and indicator"))
    for d in diagnoses:
        table.add_column(f"{d.county.name}\n{d.county.prefecture}", justify="right")
    for position, dimension in enumerate(diagnoses[0].dimensions):
        same = [d.dimensions[position] for d in diagnoses]
        cells = ["–" if s.index is None else f"{s.index:.0f} ({s.standing['nation'].rank})" for s in same]
        table.add_row(dimension.label.in_(lang), *cells, style="bold", end_section=False)
        for place, reading in enumerate(dimension.readings):
            label = f"  {reading.label.in_(lang)}"
            unit = reading.unit.in_(lang)
            table.add_row(label + (f" ({unit})" if unit else ""), *(_value(s.readings[place]) for s in same))
    return table


def _value(reading: Reading) -> str:
    from bolang.foundation.units import number_text

    if reading.value is None:
        return "–"
    return number_text(reading.value, reading.digits) + ("*" if reading.status == "estimated" else "")
