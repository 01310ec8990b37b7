"""The terminal page of a simulation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.cli.console import bullet, heading, money, money_unit, plain_table
from bolang.foundation.text import Lang, Text, tr

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.table import Table

    from bolang.economy import Effect, Simulation

SHOWN: dict[str, Text] = {
    "gdp": Text("生产总值", "GDP"),
    "real_wage": Text("实际工资", "real wage"),
    "real_income": Text("人均实际收入", "real income"),
    "employment": Text("就业与人口", "jobs, people"),
    "manufacturing": Text("制造业产出", "manufacturing"),
    "wholesale": Text("批发零售产出", "wholesale"),
    "exports": Text("出口", "exports"),
    "throughput": Text("市场中转额", "throughput"),
    "revenue": Text("预算收入", "budget revenue"),
    "welfare": Text("原居民福利", "welfare"),
}
"""Measures on the page, with names that fit a terminal."""
CIRCLES: dict[str, Text] = {
    "county": Text("本县", "county"),
    "neighbours": Text("邻县", "adjacent"),
    "province": Text("全省", "province"),
    "nation": Text("全国", "nation"),
}
STAGES = {
    "facts": Text("读取事实", "reading the facts"),
    "freight": Text("计算县际运费", "freight costs between all counties"),
    "trade": Text("校准基期贸易", "calibrating baseline trade"),
    "central": Text("求解均衡", "solving the equilibrium"),
    "parts": Text("求解不含人口流动的均衡（分解用）", "solving without migration, for the parts"),
    "draws": Text("抽样求解", "solving the draws"),
    "sensitivity": Text("敏感性分析", "moving each parameter"),
}
INDUSTRIES_SHOWN = 6


@contextmanager
def progress_line() -> Iterator[Callable[[str, float], None]]:
    """Show stage and residual on one line of standard error while the model works."""
    from bolang.cli.console import console_for

    console = console_for(stderr=True)
    with console.status(tr("准备中", "preparing")) as status:

        def tell(stage: str, value: float) -> None:
            name = STAGES.get(stage, Text(stage, stage))
            extra = ""
            if stage == "freight" and value > 0:
                extra = tr(f"，{value:.0%}", f", {value:.0%}")
            elif value > 0:
                extra = tr(f"，残差 {value:.1e}", f", residual {value:.1e}")
            status.update(f"{name}{extra}")

        yield tell


def page(console: Console, done: Simulation, lang: Lang) -> None:
    """Print headline, effects, industries, winners and losers, costs and warnings."""
    from bolang.pages.simulate.sentences import description, headline, known

    console.print(f"\n[bold]{headline(done).in_(lang)}[/]\n")
    console.print(description(done).in_(lang), markup=False)
    heading(console, Text("变化（%，模型估计）", "Change (%, estimated by the model)").in_(lang))
    console.print(_effects(done, lang))
    _others(console, done, lang)
    heading(
        console,
        Text("本县变化最大的行业（产出，%）", "Industries of the county that change most (output, %)").in_(lang),
    )
    console.print(_industries(done, lang))
    if done.decomposition is not None:
        heading(
            console,
            Text("本县生产总值变化的来源（对数百分点）", "Parts of the change of the county's GDP (log points)").in_(
                lang
            ),
        )
        console.print(_parts(done, lang))
    if done.costs:
        heading(console, Text("投入与财政（估计）", "Cost and revenue (estimated)").in_(lang))
        _money(console, done, lang)
    if done.sensitivity:
        heading(console, Text("敏感性：一次变动一个参数", "Sensitivity: one parameter at a time").in_(lang))
        console.print(_sensitivity(done, lang))
    heading(console, Text("须知", "To be known").in_(lang))
    for note in (*known(done), _solver_text(done)):
        bullet(console, note.in_(lang), "dim")


def _effects(done: Simulation, lang: Lang) -> Table:
    """One row a measure, with the interval of each circle under its value."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 0, 0, 1), header_style="bold")
    table.add_column("", no_wrap=True)
    for title in (*CIRCLES.values(), Text("每年", "a year")):
        table.add_column(title.in_(lang), justify="right", no_wrap=True)
    for measure, name in SHOWN.items():
        cells = [_find(done, measure, circle) for circle in CIRCLES]
        own = cells[0]
        if own is None or not math.isfinite(own.value):
            continue
        table.add_row(name.in_(lang), *(_with_interval(cell) for cell in cells), _amount(own))
    table.caption = _caption(done).in_(lang)
    table.caption_justify = "left"
    return table


def _caption(done: Simulation) -> Text:
    count = done.scenario.draws
    text = Text(f"每年：本县，{money_unit()}；就业为人。", f"A year: the county, {money_unit()}; people for jobs.")
    if count:
        text = Text(f"下行为{count}次抽样的 5% 至 95%。", f"Second line: 5 to 95 % of {count} draws. ") + text
    return text


def _find(done: Simulation, measure: str, circle: str) -> Effect | None:
    try:
        return done.effect(measure, circle)
    except KeyError:
        return None


def _with_interval(effect: Effect | None) -> str:
    if effect is None or not math.isfinite(effect.value):
        return "–"
    return _percent(effect.value) + _under(effect.low, effect.high)


def _under(low: float, high: float) -> str:
    if not math.isfinite(low) or _percent(low) == _percent(high) == "0":
        return ""
    return f"\n[dim]{_percent(low)}~{_percent(high)}[/]"


def _percent(value: float) -> str:
    """Per cent with enough digits for small effects; what rounds to nothing is shown as zero."""
    if not math.isfinite(value):
        return "–"
    per_cent = 100 * value
    if abs(per_cent) < 0.0005:
        return "0"
    if abs(per_cent) >= 99.995:
        return f"{per_cent:+.0f}"
    return f"{per_cent:+.2f}" if abs(per_cent) >= 0.1 else f"{per_cent:+.3f}"


def _amount(effect: Effect) -> str:
    if not math.isfinite(effect.amount):
        return ""
    if effect.measure == "employment":
        return f"{effect.amount:+,.0f}"
    return _signed_money(effect.amount)


def _signed_money(value: float) -> str:
    """Write a change of money with its sign, in the unit of the language."""
    digits = 2 if abs(value) >= 0.1 else 3
    return ("+" if value > 0 else "") + money(value, digits)


def _others(console: Console, done: Simulation, lang: Lang) -> None:
    """Name the counties that gain and lose most, with intervals."""
    titles = (
        (Text("得益最多的其他县", "Other counties that gain most"), done.winners),
        (Text("受损最多的其他县", "Other counties that lose most"), done.losers),
    )
    unit = Text(f"（生产总值，{money_unit()}/年，估计）", f" (GDP, {money_unit()} a year, estimated)").in_(lang)
    for title, listed in titles:
        if not listed:
            continue
        heading(console, title.in_(lang) + unit)
        table = plain_table(
            [
                (Text("县", "county").in_(lang), "left"),
                (Text("每年", "a year").in_(lang), "right"),
                (Text("5%—95%", "5–95 %").in_(lang), "right"),
                (Text("占其生产总值", "of its GDP").in_(lang), "right"),
            ],
            fold=False,
        )
        for place in listed:
            span = ""
            if math.isfinite(place.low):
                span = f"{_signed_money(place.low)}~{_signed_money(place.high)}"
            table.add_row(place.county.full_name, _signed_money(place.amount), span, f"{_percent(place.gdp)}%")
        console.print(table)


def _industries(done: Simulation, lang: Lang) -> Table:
    from bolang.atlas import INDUSTRY_LABELS

    moved = sorted(done.industries, key=lambda effect: -abs(effect.value))[:INDUSTRIES_SHOWN]
    table = plain_table([("", "left"), ("%", "right"), (Text("5%—95%", "5–95 %").in_(lang), "right")], fold=False)
    for effect in moved:
        span = f"{_percent(effect.low)}~{_percent(effect.high)}" if math.isfinite(effect.low) else ""
        table.add_row(INDUSTRY_LABELS[effect.industry].in_(lang), _percent(effect.value), span)
    return table


def _parts(done: Simulation, lang: Lang) -> Table:
    from bolang.wording import load

    words = load("scenario")

    assert done.decomposition is not None
    table = plain_table([("", "left"), ("", "right")], fold=False)
    table.show_header = False
    for name, share in done.decomposition.parts.items():
        if abs(share) > 5e-7:
            table.add_row(words(f"term.{name}").in_(lang), f"{100 * share:+.3f}")
    table.add_section()
    table.add_row(Text("合计", "total").in_(lang), f"{100 * done.decomposition.total:+.3f}", style="bold")
    return table


def _money(console: Console, done: Simulation, lang: Lang) -> None:
    unit = money_unit()
    for cost in done.costs:
        lever = cost.lever
        total, low, high, local = (money(x) for x in (cost.total, cost.low, cost.high, cost.local))
        bullet(
            console,
            Text(
                f"{lever.label.zh}：投入约{total}{unit}（{low}至{high}），其中县本级{local}{unit}，{lever.years:g}年见效；"
                f"出资：{lever.payer.zh}。",
                f"{lever.label.en}: about {total} {unit} ({low} to {high}), of which {local} by the counties; {lever.years:g} years; "
                f"paid by {lever.payer.en}.",
            ).in_(lang),
        )
    back = f"{done.payback:.0f}" if math.isfinite(done.payback) and done.payback < 1000 else None
    estimated = Text("（估计）", " (estimated)").in_(lang) if done.revenue_estimated else ""
    gain = _signed_money(done.revenue_gain)
    bullet(
        console,
        Text(
            f"本县一般公共预算收入{money(done.revenue_base)}{unit}{estimated}，每年变化{gain}{unit}；"
            + (f"县本级投入约{back}年收回。" if back else "县本级投入收不回。"),
            f"Budget revenue of the county: {money(done.revenue_base)} {unit}{estimated}; it changes by {gain} {unit} a year; "
            + (f"its own outlay comes back in about {back} years." if back else "its own outlay does not come back."),
        ).in_(lang),
    )


def _sensitivity(done: Simulation, lang: Lang) -> Table:
    from bolang.economy.calibration.calibration import parameters
    from bolang.economy.levers.catalogue import levers

    table = plain_table(
        [
            (Text("参数", "parameter").in_(lang), "left"),
            (Text("取值（下限~上限）", "value (low~high)").in_(lang), "right"),
            (Text("取下限", "at low").in_(lang), "right"),
            (Text("取上限", "at high").in_(lang), "right"),
        ]
    )
    table.caption = Text("右两列：本县生产总值变化，%。", "Right: change of the county's GDP, %.").in_(lang)
    table.caption_justify = "left"
    cited, known = parameters(), levers()
    for name, (low, high) in sorted(done.sensitivity.items(), key=lambda item: -abs(item[1][1] - item[1][0])):
        if name in known:
            label, values = known[name].label.text, Text("效应的 5%~95%", "effect at 5~95 %").in_(lang)
        else:
            parameter = cited[name]
            ends = parameter.range or (parameter.number, parameter.number)
            label = Text(parameter.label.zh, parameter.label.en)
            values = f"{parameter.number:g} ({ends[0]:g}~{ends[1]:g})"
        table.add_row(label.in_(lang), values, _percent(low), _percent(high))
    return table


def _solver_text(done: Simulation) -> Text:
    from bolang.pages.simulate.sentences import closure_text

    closure = closure_text(done.scenario.closure)
    return Text(
        f"闭合方式：{closure.zh}；{done.iterations} 次迭代，市场出清残差 {done.residual:.0e}，未求解市场残差 {done.walras:.0e}。",
        f"Closure: {closure.en}; {done.iterations} iterations, market-clearing residual {done.residual:.0e}, unsolved market "
        f"{done.walras:.0e}.",
    )


def save_places(path: Path, places: pl.DataFrame | None) -> None:
    """Write the results of all counties; with None, only check that the path is usable.

    Raises
    ------
    BadInputError, OutputError
        If the ending is unknown or the file cannot be written.
    """
    from bolang.cli.frames import write_csv
    from bolang.foundation import files
    from bolang.foundation.errors import BadInputError

    if path.suffix.lower() not in (".csv", ".parquet"):
        raise BadInputError(
            tr(f"不支持的格式 {path.suffix or path.name!r}。", f"Unknown format {path.suffix or path.name!r}."),
            tr("请用 .csv 或 .parquet。", "Use .csv or .parquet."),
        )
    files.check_writable(path)
    if places is None:
        return
    if path.suffix.lower() == ".csv":
        write_csv(places, path)
        return
    files.write(path, places.write_parquet)
