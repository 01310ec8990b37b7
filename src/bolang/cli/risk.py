"""``bolang risk``: exposure to foreign trade, concentration, ports, shocks, and the early-warning table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.console import bullet, console_for, heading, plain_table
from bolang.cli.options import LangOption, Name
from bolang.foundation.text import Lang, Text, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.pathway.risk import CrossBorderRisk

HELP = tr(
    "跨境风险：出口依存、市场与贸易方式集中度、口岸依赖、关税与港口冲击、预警表。首次要求解模型，之后各县立即回答。例：bolang risk 义乌市",
    "Cross-border risk: dependence on exports, concentration of markets and of trade regimes, ports, tariff and port "
    "shocks, early warning. The first call solves the model, for all counties at once. Example: bolang risk 义乌市",
)
LEVEL_STYLE = {"alarm": "bold red", "watch": "yellow", "calm": "green", "unknown": "dim"}
LISTED = 6


def command(
    name: Name,
    published: Annotated[
        bool,
        typer.Option(
            "--published", help=tr("只用公布的数字，不求解模型。", "Published figures only, without the model.")
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Print the cross-border risk of one county."""
    from bolang.atlas import Atlas
    from bolang.cli.progress import model_status
    from bolang.pathway import cross_border_risk

    chosen: Lang = language(lang) if lang else default_language()
    atlas = Atlas()
    county = atlas.county(name)
    with model_status() as tell:
        found = cross_border_risk(county, model=not published, atlas=atlas, progress=tell)
    console = console_for(chosen)
    console.rule(f"[bold]{county.full_name}[/] {county.code}")
    print_risk(console, found, chosen)


def print_risk(console: Console, found: CrossBorderRisk, lang: Lang) -> None:
    """Print the early-warning table and what lies behind it."""
    from bolang.pages.risk.sentences import headline, markets_note

    console.print(headline(found).in_(lang), style="bold")
    exposure = found.exposure
    heading(console, tr("预警表", "Early warning"))
    print_signals(console, found, lang)
    sections: tuple[tuple[str, Sequence[tuple[Text, float]]], ...] = (
        (tr("出口市场", "Export markets"), [(m.label, m.share) for m in exposure.markets]),
        (
            tr("出口行业（含服务，模型估计）", "Industries of exports, services included (model)"),
            [(i.label, i.share) for i in exposure.industries],
        ),
        (tr("出口口岸（最低运费路径）", "Gateways (cheapest routes)"), found.ports.gateways if found.ports else ()),
    )
    for title, shares in sections:
        if shares:
            listed = tr("、", ", ").join(
                f"{label.in_(lang)}{tr('', ' ')}{share * 100:.1f}%" for label, share in shares[:LISTED]
            )
            console.print(f"[bold cyan]{title}[/]{tr('：', ': ')}{listed}")
    console.print(markets_note(exposure).in_(lang), style="dim")


def print_signals(console: Console, found: CrossBorderRisk, lang: Lang) -> None:
    """Print one row a signal, and then what each says that is not calm."""
    from bolang.pages.risk.sentences import level_text, signal_name, signal_sentence, signal_unit

    table = plain_table(
        [
            (tr("指标", "Signal"), "left"),
            (tr("数值", "Value"), "right"),
            (tr("关注", "Watch"), "right"),
            (tr("预警", "Alarm"), "right"),
            (tr("级别", "Level"), "left"),
        ]
    )
    for signal in found.signals:
        estimated = "*" if signal.status == "estimated" else ""
        value = (
            "–"
            if signal.value is None
            else f"{signal.value:.{signal.digits}f}{signal_unit(signal, found).in_(lang)}{estimated}"
        )
        level = f"[{LEVEL_STYLE[signal.level]}]{level_text(signal.level).in_(lang)}[/]"
        table.add_row(signal_name(signal, found).in_(lang), value, f"{signal.watch:g}", f"{signal.alarm:g}", level)
    console.print(table)
    if any(signal.status == "estimated" for signal in found.signals):
        console.print(tr("* 模型估计", "* estimated by the model"), style="dim")
    for signal in found.warnings:
        colon = tr("：", ": ")
        bullet(console, f"{signal_name(signal, found).in_(lang)}{colon}{signal_sentence(signal, found).in_(lang)}")
