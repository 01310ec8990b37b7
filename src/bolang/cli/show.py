"""``bolang show``: the diagnosis and the road of one county on a terminal page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for, heading
from bolang.cli.options import Benchmark, LangOption, Name, PeerGroup
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bolang.diagnosis import Diagnosis, Dimension, Reading, Standing

HELP = tr(
    "显示一个县的诊断与路径：四个短板、三项优势、对标县、增长、类型与路径、与谁联动、财政与债务、跨境敞口。例：bolang show 义乌市 --full",
    "Show a county: four shortcomings, three advantages, peers, growth, its type and road, neighbours to join, public finances "
    "and exposure abroad. Example: bolang show 义乌市 --full",
)

SEVERITY_STYLE = {"gap": "bold yellow", "caution": "yellow", "note": "dim"}


def command(
    name: Name,
    full: Annotated[
        bool, typer.Option("--full", help=tr("列出每个指标及其含义。", "List every indicator and what it means."))
    ] = False,
    peers: PeerGroup = "similar",
    benchmark: Benchmark = "330782",
    lang: LangOption = None,
) -> None:
    """Print the diagnosis and the road of one county."""
    from bolang.atlas import Atlas
    from bolang.cli.show_road import print_road
    from bolang.diagnosis import diagnose

    chosen: Lang = language(lang) if lang else default_language()
    atlas, console = Atlas(), console_for(chosen)
    found = diagnose(name, atlas=atlas, peer_group=peers, benchmark=benchmark)
    _page(console, found, chosen, full)
    print_road(console, atlas, found.county, chosen)


def _page(console: Console, d: Diagnosis, lang: Lang, full: bool) -> None:
    console.rule(f"[bold]{d.county.full_name}[/] {d.county.code}")
    console.print(d.headline.in_(lang), style="bold")
    heading(console, tr("数据说明", "Data quality"))
    for note in d.quality:
        bullet(console, note.text.in_(lang), SEVERITY_STYLE[note.severity])
    for title, dimensions in (
        (tr("四个短板", "Four shortcomings"), d.shortcomings),
        (tr("三项优势", "Three advantages"), d.advantages),
    ):
        heading(console, title)
        console.print(_dimension_table(dimensions, lang))
        for dimension in dimensions:
            bullet(console, dimension.verdict.in_(lang))
            if full:
                console.print(_reading_table(dimension.readings, lang))
                for reading in dimension.readings:
                    console.print(f"  - {reading.sentence.in_(lang)}", style="dim")
    heading(console, tr("专业化行业（2020 年，按区位商）", "Specialised industries (2020, by location quotient)"))
    console.print(_industry_table(d, lang))
    bullet(console, d.market_and_workshop_text.in_(lang))
    heading(console, tr("增长", "Growth"))
    for line in d.growth:
        bullet(console, line.sentence.in_(lang))
    _conflicts(console, d, lang)
    heading(console, tr("对标县", "Peers"))
    console.print(_peer_table(d, lang))
    if d.county.code != d.benchmark.code:
        heading(console, tr(f"与{d.benchmark.name}的差距", f"Distance to {d.benchmark.name}"))
        for benchmark_line in d.benchmark_lines:
            bullet(console, benchmark_line.sentence.in_(lang))


def _table(columns: Sequence[tuple[str, str]], *, wrap: bool = False) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, (title, justify) in enumerate(columns):
        # Rich shrinks what may wrap: names give way, numbers do not.
        table.add_column(title, justify=justify, no_wrap=position > 0 and not wrap)  # type: ignore[arg-type]
    return table


def _dimension_table(dimensions: Sequence[Dimension], lang: Lang) -> Table:
    table = _table(
        [
            (tr("维度", "Dimension"), "left"),
            (tr("指数", "Index"), "right"),
            (tr("全国", "Nation"), "right"),
            (tr("名次区间", "Range"), "right"),
            (tr("省内", "Province"), "right"),
            (tr("市内", "Prefecture"), "right"),
            (tr("对标组", "Peers"), "right"),
        ]
    )
    for d in dimensions:
        ranks = [_rank(d.standing.get(group)) for group in ("nation", "province", "prefecture", "peers")]
        spread = "–" if d.rank_low is None else f"{d.rank_low}–{d.rank_high}"
        index = "–" if d.index is None else f"{d.index:.0f}"
        table.add_row(d.label.in_(lang), f"{_bar(d.index)} {index:>3}", ranks[0], spread, *ranks[1:])
    return table


def _reading_table(readings: Sequence[Reading], lang: Lang) -> Table:
    from bolang.diagnosis.sentences import number

    table = _table(
        [
            (tr("指标", "Indicator"), "left"),
            (tr("数值", "Value"), "right"),
            (tr("区间", "Interval"), "right"),
            (tr("十年前", "Ten years before"), "right"),
            (tr("强于全国%", "Ahead of % nationally"), "right"),
            (tr("省内", "Province"), "right"),
        ]
    )
    for r in readings:
        nation = r.standing.get("nation")
        mark = tr("（估计）", " (estimated)") if r.status == "estimated" else ""
        table.add_row(
            r.label.in_(lang),
            "–" if r.value is None else number(r.value, r.digits) + r.unit.in_(lang) + mark,
            "" if r.low is None or r.high is None else f"{number(r.low, r.digits)}–{number(r.high, r.digits)}",
            "" if r.earlier is None else number(r.earlier, r.digits),
            "–" if nation is None else f"{nation.percentile:.0f}",
            _rank(r.standing.get("province")),
        )
    return table


def _peer_table(d: Diagnosis, lang: Lang) -> Table:
    table = _table([(tr("县级单元", "County"), "left"), (tr("为何可比", "Why comparable"), "left")], wrap=True)
    for peer in d.peers:
        table.add_row(peer.county.full_name, peer.reason.in_(lang))
    return table


def _industry_table(d: Diagnosis, lang: Lang) -> Table:
    table = _table(
        [
            (tr("行业", "Industry"), "left"),
            (tr("占比%", "Share %"), "right"),
            (tr("区位商", "Quotient"), "right"),
            (tr("95%区间", "95 % interval"), "right"),
            ("2010", "right"),
            (tr("竞争效应", "Shift"), "right"),
        ]
    )
    strongest = sorted((line for line in d.industries if line.share >= 1.0), key=lambda line: -line.lq)[:6]
    for line in strongest:
        table.add_row(
            line.label.in_(lang),
            f"{line.share:.1f}",
            f"{line.lq:.2f}",
            f"{line.lq_low:.2f}–{line.lq_high:.2f}",
            "–" if line.lq_earlier is None else f"{line.lq_earlier:.2f}",
            "–" if line.regional_effect is None else f"{line.regional_effect:+,.0f}",
        )
    return table


def _conflicts(console: Console, d: Diagnosis, lang: Lang) -> None:
    if not d.conflicts:
        return
    heading(console, tr("口径不一的公开数字", "Published figures that disagree"))
    for conflict in d.conflicts:
        values = tr("；", "; ").join(
            f"{value:g} {unit} [{definition or source}]" for value, unit, source, definition in conflict.values
        )
        bullet(console, f"{conflict.label.in_(lang)} {conflict.year} {conflict.period}: {values}")


def _rank(standing: Standing | None) -> str:
    return "–" if standing is None else f"{standing.rank}/{standing.count}"


def _bar(index: float | None, width: int = 5) -> str:
    if index is None:
        return ""
    filled = round(index / 100 * width)
    return "█" * filled + "░" * (width - filled)
