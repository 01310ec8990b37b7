"""``bolang simulate --list``: levers with their evidence, foreign regions, and the scenarios that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console


def list_page(console: Console, lang: Lang) -> None:
    """Print everything that a scenario may name."""
    _levers(console, lang)
    _regions(console, lang)
    _showcases(console, lang)


def _levers(console: Console, lang: Lang) -> None:
    from bolang.cli.console import heading, plain_table
    from bolang.economy.levers.catalogue import levers

    heading(console, Text("抓手（--lever）", "Levers (--lever)").in_(lang))
    table = plain_table(
        [
            (Text("键", "key").in_(lang), "left"),
            (Text("名称；作用于", "name; moves").in_(lang), "left"),
            (Text("标准效应", "size").in_(lang), "right"),
            (Text("证据", "evidence").in_(lang), "left"),
        ]
    )
    table.columns[0].no_wrap = True
    for key, item in levers().items():
        name = f"{item.label.text.in_(lang)}{Text('；', '; ').in_(lang)}{item.moves.text.in_(lang)}"
        table.add_row(key, name, f"{100 * item.effect.centre:.3g}%", item.evidence.text.in_(lang))
    console.print(table)


def _regions(console: Console, lang: Lang) -> None:
    from rich.columns import Columns

    from bolang.cli.console import heading
    from bolang.economy.calibration.calibration import parameters

    heading(
        console,
        Text("境外地区（--tariff、--demand、--freight）", "Foreign regions (--tariff, --demand, --freight)").in_(lang),
    )
    listed = parameters()["foreign_regions"].value
    assert isinstance(listed, dict)
    names = (
        f"{key}（{region['zh']}）" if lang == "zh" else f"{key} ({region['en']})" for key, region in listed.items()
    )
    console.print(Columns(list(names), padding=(0, 2)))


def _showcases(console: Console, lang: Lang) -> None:
    from bolang.cli.console import heading, plain_table
    from bolang.economy import showcase, showcases

    heading(console, Text("示例情景（--showcase）", "Showcases (--showcase)").in_(lang))
    table = plain_table([(Text("键", "key").in_(lang), "left"), (Text("内容", "what happens").in_(lang), "left")])
    for name in showcases():
        zh, _, en = showcase(name).name.partition(" / ")
        table.add_row(name, Text(zh, en).in_(lang))
    console.print(table)
