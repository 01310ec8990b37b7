"""The terminal page of a simulation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from bolang.atlas import INDUSTRY_LABELS
from bolang.text import Lang, Text, tr

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from bolang.economy import Effect, Simulation

SHOWN: dict[str, Text] = {
    "gdp": Text("生产总值", "GDP"),
    "real_income": Text("人均实际收入", "real income"),
    "employment": Text("就业与人口", "employment"),
    "manufacturing": Text("制造业产出", "manufacturing"),
    "wholesale": Text("批发零售产出", "wholesale"),
    "exports": Text("出口", "exports"),
    "throughput": Text("市场中转额", "throughput"),
    "revenue": Text("预算收入", "budget revenue"),
}
"""Measures on the page, with names that fit a terminal."""
STAGES = {
    "calibration": Text("校准基期经济", "calibrating the baseline"),
    "central": Text("求解均衡", "solving"),
    "draws": Text("抽样", "draws"),
}


@contextmanager
def progress_line() -> Iterator[Callable[[str, float], None]]:
    """Show stage and residual on one line of standard error while the model works."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(tr("准备中", "preparing")) as status:

        def tell(stage: str, residual: float) -> None:
            name = STAGES.get(stage, Text(stage, stage))
            extra = tr(f"，残差 {residual:.1e}", f", residual {residual:.1e}") if residual > 0 else ""
            status.update(f"{name}{extra}")

        yield tell


def page(console: Console, done: Simulation, lang: Lang) -> None:
    """Print headline, effects, industries, winners and losers, costs and warnings."""
    console.print(f"\n[bold]{done.headline.in_(lang)}[/]\n")
    console.print(done.description.in_(lang), markup=False)
    console.print(_effects(done, lang))
    if done.decomposition is not None:
        console.print(_parts(done, lang))
    console.print(_industries(done, lang), markup=False)
    for title, listed in (
        (Text("得益最多的其他县", "Other counties that gain most"), done.winners),
        (Text("受损最多的其他县", "Other counties that lose most"), done.losers),
    ):
        if listed:
            names = [f"{p.county.full_name} {p.amount:+.2f}" for p in listed]
            unit = Text("（亿元/年）：", " (100 million yuan a year): ")
            console.print(
                f"{title.in_(lang)}{unit.in_(lang)}" + ("，" if lang == "zh" else ", ").join(names), markup=False
            )
    _money(console, done, lang)
    if done.sensitivity:
        console.print(_sensitivity(done, lang))
    for warning in done.warnings:
        console.print(f"[dim]· {warning.in_(lang)}[/]")
    console.print(
        f"[dim]{_solver_text(done).in_(lang)}[/]",
    )


def _effects(done: Simulation, lang: Lang) -> Table:
    from bolang.economy.results import CIRCLES

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(Text("变化（%）", "change, %").in_(lang), no_wrap=True)
    for circle in CIRCLES:
        table.add_column(CIRCLES[circle].in_(lang), justify="right", no_wrap=True)
    table.add_column(Text("本县区间", "interval").in_(lang), justify="right", no_wrap=True)
    table.add_column(Text("亿元，人", "100m, jobs").in_(lang), justify="right", no_wrap=True)
    for measure, name in SHOWN.items():
        cells = [_find(done, measure, circle) for circle in CIRCLES]
        own = cells[0]
        if own is None or not any(cell and math.isfinite(cell.value) for cell in cells):
            continue
        table.add_row(
            name.in_(lang),
            *(_percent(cell.value) if cell else "" for cell in cells),
            f"{100 * own.low:+.2f}~{100 * own.high:+.2f}" if math.isfinite(own.low) else "",
            _amount(own),
        )
    return table


def _find(done: Simulation, measure: str, circle: str) -> Effect | None:
    try:
        return done.effect(measure, circle)
    except KeyError:
        return None


def _percent(value: float) -> str:
    """Per cent with enough digits for small effects; what rounds to nothing is shown as zero."""
    if not math.isfinite(value):
        return "-"
    per_cent = 100 * value
    if abs(per_cent) < 0.0005:
        return "0"
    return f"{per_cent:+.2f}" if abs(per_cent) >= 0.1 else f"{per_cent:+.3f}"


def _amount(effect: Effect) -> str:
    if not math.isfinite(effect.amount):
        return ""
    return f"{effect.amount:+,.0f}" if effect.measure == "employment" else f"{effect.amount:+,.2f}"


def _parts(done: Simulation, lang: Lang) -> Table:
    from bolang.economy.decomposition import TERMS

    assert done.decomposition is not None
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(
        Text("本县生产总值变化的来源（对数百分点，加总为合计）", "Parts of the county's GDP change (log points)").in_(
            lang
        )
    )
    table.add_column("", justify="right")
    for name, share in done.decomposition.parts.items():
        if abs(share) > 5e-7:
            table.add_row(TERMS[name].in_(lang), f"{100 * share:+.3f}")
    table.add_row(Text("合计", "total").in_(lang), f"{100 * done.decomposition.total:+.3f}", style="bold")
    return table


def _industries(done: Simulation, lang: Lang) -> str:
    moved = sorted(done.industries, key=lambda pair: -abs(pair[1]))[:6]
    listed = [f"{INDUSTRY_LABELS[letter].in_(lang)} {_percent(change)}%" for letter, change in moved]
    title = Text("本县变化最大的行业：", "Industries of the county that change most: ")
    return title.in_(lang) + ("，" if lang == "zh" else ", ").join(listed)


def _money(console: Console, done: Simulation, lang: Lang) -> None:
    for cost in done.costs:
        lever = cost.lever
        console.print(
            Text(
                f"{lever.label.zh}：投入约{cost.total:.1f}亿元（{cost.low:.1f}至{cost.high:.1f}），其中县本级{cost.local:.1f}亿元，"
                f"{lever.years:g}年见效；出资：{lever.payer.zh}。",
                f"{lever.label.en}: about {100 * cost.total:.0f} million yuan ({100 * cost.low:.0f} to {100 * cost.high:.0f}), of which "
                f"{100 * cost.local:.0f} by the counties; {lever.years:g} years; paid by {lever.payer.en}.",
            ).in_(lang),
            markup=False,
        )
    if done.costs:
        back = f"{done.payback:.0f}" if math.isfinite(done.payback) and done.payback < 1000 else "-"
        estimated = Text("（估计）", " (estimated)").in_(lang) if done.revenue_estimated else ""
        console.print(
            Text(
                f"本县一般公共预算收入每年变化 {done.revenue_gain:+.3f} 亿元{estimated}，县本级投入约 {back} 年收回。",
                f"Budget revenue of the county {100 * done.revenue_gain:+.1f} million yuan a year{estimated}; its own outlay comes back in "
                f"about {back} years.",
            ).in_(lang),
            markup=False,
        )


def _sensitivity(done: Simulation, lang: Lang) -> Table:
    from bolang.economy.calibration import parameters
    from bolang.economy.lever_catalogue import levers

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(Text("敏感性：参数取下限、上限时的本县 GDP 变化", "GDP change at the low and high end").in_(lang))
    table.add_column("", justify="right")
    table.add_column("", justify="right")
    cited, known = parameters(), levers()
    for name, (low, high) in sorted(done.sensitivity.items(), key=lambda item: -abs(item[1][1] - item[1][0])):
        label = known[name].label.text if name in known else Text(cited[name].label.zh, cited[name].label.en)
        table.add_row(label.in_(lang), f"{_percent(low)}%", f"{_percent(high)}%")
    return table


def _solver_text(done: Simulation) -> Text:
    return Text(
        f"闭合方式：{done.closure.zh}；{done.iterations} 次迭代，市场出清残差 {done.residual:.0e}，未求解市场残差 {done.walras:.0e}。",
        f"Closure: {done.closure.en}; {done.iterations} iterations, market-clearing residual {done.residual:.0e}, unsolved market "
        f"{done.walras:.0e}.",
    )


def list_page(console: Console, lang: Lang) -> None:
    """Print all levers with their evidence, and the scenarios that ship with the package."""
    from bolang.economy import levers, showcases

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (Text("抓手", "lever"), Text("名称", "name"), Text("作用于", "moves"), Text("证据", "evidence")):
        table.add_column(title.in_(lang), overflow="fold")
    for key, item in levers().items():
        table.add_row(key, item.label.text.in_(lang), item.moves.text.in_(lang), item.evidence.text.in_(lang))
    console.print(table)
    title = Text("示例情景（--showcase）：", "Showcases (--showcase): ")
    console.print(title.in_(lang) + ", ".join(showcases()), markup=False)


def save_places(path: Path, places: pl.DataFrame | None) -> None:
    """Write the results of all counties; with None, only check that the path is usable.

    Raises
    ------
    BadInputError, OutputError
        If the ending is unknown or the file cannot be written.
    """
    from bolang.cache import write_atomically
    from bolang.errors import BadInputError, OutputError

    if path.suffix not in (".csv", ".parquet"):
        raise BadInputError(
            tr(f"不支持的格式 {path.suffix!r}。", f"Unknown format {path.suffix!r}."),
            tr("请用 .csv 或 .parquet。", "Use .csv or .parquet."),
        )
    if not path.resolve().parent.is_dir():
        raise OutputError(tr(f"文件夹不存在：{path.parent}。", f"No such folder: {path.parent}."))
    if places is None:
        return
    write = places.write_csv if path.suffix == ".csv" else places.write_parquet
    try:
        write_atomically(path, write)
    except OSError as error:
        raise OutputError(tr(f"无法写入 {path}：{error}", f"Cannot write {path}: {error}")) from error
