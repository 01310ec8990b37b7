"""``bolang types``: the type of one county and the road that fits, or counts of the whole nation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for
from bolang.cli.options import LangOption
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.pathway.types import CountyType, National

HELP = tr(
    "县域分类：属于哪一类、多大把握、离分界多远、适合走哪条路；不带县名时给出全国分类统计。例：bolang types 威宁彝族回族苗族自治县",
    "Type of a county: which, how surely, how far from the border, and the road that fits; without a name, counts of "
    "the nation. Example: bolang types 义乌市",
)
MAP_DPI = 200


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=tr("县名", "NAME"),
            help=tr("县名、全名或六位代码；不填为全国。", "Name, full name or code; all units without it."),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=tr("把全部单元的分类写入 CSV 文件。", "Write the types of all units to a CSV file."),
            show_default=False,
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help=tr("把全国分类图画到 .png 文件。", "Draw the map of the nation by type to a .png file."),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Print the type of a county, or the nation's counts."""
    from bolang.atlas import Atlas
    from bolang.cli.frames import write_csv
    from bolang.pathway.types import National

    chosen: Lang = language(lang) if lang else default_language()
    console = console_for(chosen)
    national = National(Atlas())
    if output is not None:
        write_csv(national.frame(), output)
        console.print(tr(f"已写出 {output}", f"Wrote {output}"), markup=False)
    if picture is not None:
        _draw(national, picture, chosen)
        console.print(tr(f"已画出 {picture}", f"Drew {picture}"), markup=False)
    if output is not None or picture is not None:
        return
    if name is None:
        _counts(console, national, chosen)
    else:
        print_type(console, national.of(national.atlas.county(name)), chosen)


def _draw(national: National, path: Path, lang: Lang) -> None:
    """Draw the map of the nation to a file."""
    from bolang.figures.canvas import png
    from bolang.figures.geography import shapes
    from bolang.figures.type_map import TypeMap, draw_type_map
    from bolang.foundation import files
    from bolang.foundation.errors import BadInputError
    from bolang.pathway.types import CELLS, ROADS

    if path.suffix.lower() != ".png":
        raise BadInputError(
            tr(
                f"不认识图片格式 {path.suffix or path.name!r}。",
                f"Unknown picture format {path.suffix or path.name!r}.",
            ),
            tr("请用 .png。", "Use .png."),
        )
    found, counts = national.report_types, national.counts()["all"]
    data = TypeMap(
        shapes(national.atlas),
        found.cell,
        found.probability.max(axis=1),
        [ROADS[cell].label for cell in CELLS],
        [counts[cell] for cell in CELLS],
    )
    content = png(draw_type_map(lang, data), MAP_DPI).content
    files.write(path, content)


def print_type(console: Console, found: CountyType, lang: Lang) -> None:
    """Print one county's type."""
    from bolang.pages.types.sentences import AXES, TOWNS, border, crossing_text, headline
    from bolang.pathway.types import ROADS

    console.rule(f"[bold]{found.county.full_name}[/] {found.county.code}")
    console.print(headline(found).in_(lang), style="bold")
    if found.cell is None:
        return
    bullet(console, border(found).in_(lang))
    for axis, points in found.index.items():
        console.print(
            f"  {AXES[axis].in_(lang)}: {points:.0f} ({tr('距门槛', 'from its line')} {found.margin[axis]:+.0f})"
        )
    road = found.road
    assert road is not None
    own = "" if road.from_report else tr("（本项目补充的路径）", " (a road added by this project)")
    console.print(f"\n[bold cyan]{road.road.in_(lang)}[/]{own}")
    console.print(road.reason.in_(lang))
    for step in road.steps:
        console.print(f"  → {step.in_(lang)}")
    console.print(f"  ! {road.caution.in_(lang)}", style="yellow")
    console.print(f"\n[bold cyan]{tr('各类概率', 'How likely')}[/]")
    for cell, share in found.probability.items():
        console.print(f"  {ROADS[cell].label.in_(lang)}: {likely(share)}")
    if found.is_county_town:
        console.print(f"\n[bold cyan]{tr('县城五类（2022 年政策）', 'Five county-town types (policy of 2022)')}[/]")
        for key, share in found.town_types.items():
            console.print(f"  {TOWNS[key].in_(lang)}: {likely(share)}")
        console.print(
            tr(
                "  农产品主产区与重点生态功能区按就业结构与人口密度推断，不是官方名录。",
                "  Farm-product and ecological areas are inferred from jobs and density, not from the official lists.",
            ),
            style="dim",
        )
    if len(found.changes) > 1:
        console.print(f"\n[bold cyan]{tr('什么会改变分类', 'What would change the type')}[/]")
        for change in found.changes:
            bullet(console, crossing_text(change).in_(lang))


def likely(share: float) -> str:
    """Write a probability; thresholds are drawn from ranges, so nothing is ever certain."""
    if math.isnan(share):
        return "–"
    return ">99%" if share > 0.995 else "<1%" if share < 0.005 else f"{share * 100:.0f}%"


def _counts(console: Console, national: National, lang: Lang) -> None:
    from rich import box
    from rich.table import Table

    from bolang.pages.types.sentences import TOWNS
    from bolang.pathway.types import CELLS, ROADS

    counts = national.counts()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(tr("类型", "Type"))
    table.add_column(tr("全部单元", "All units"), justify="right")
    table.add_column(tr("县与县级市", "Counties"), justify="right")
    labels = {cell: ROADS[cell].label for cell in CELLS} | dict(TOWNS)
    for key, label in labels.items():
        table.add_row(label.in_(lang), f"{counts['all'][key]:,}", f"{counts['county_towns'][key]:,}")
        if key == CELLS[-1]:
            table.add_section()
    console.print(table)
    console.print(
        tr(
            "前四类互斥；后五类可重叠（概率不低于 50%），政策只针对县城，市辖区一列仅供参考。",
            "The first four exclude each other; the other five may overlap (probability of 50 % or more) and are made for "
            "county towns.",
        ),
        style="dim",
    )
