"""``bolang join``: which neighbours a county should join, in which industries, and which links it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.console import bullet, console_for, heading, plain_table
from bolang.cli.options import LangOption, Name
from bolang.foundation.text import Lang, default_language, language, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.pathway.neighbours import Neighbours

HELP = tr(
    "与谁联动：可及的核心城市与集群、可供应的行业、本地缺的环节，附证据。例：bolang join 固始县",
    "Which neighbours to join: core cities and clusters within reach, industries to supply, missing links, with the "
    "evidence. Example: bolang join 固始县",
)
CITIES = 5


def command(name: Name, lang: LangOption = None) -> None:
    """Print which neighbours a county should join."""
    from bolang.atlas import Atlas
    from bolang.pathway import advise_neighbours

    chosen: Lang = language(lang) if lang else default_language()
    atlas = Atlas()
    county = atlas.county(name)
    console = console_for(chosen)
    console.rule(f"[bold]{county.full_name}[/] {county.code}")
    print_neighbours(console, advise_neighbours(atlas, county), chosen)


def print_neighbours(console: Console, found: Neighbours, lang: Lang) -> None:
    """Print the advice with all its evidence."""
    from bolang.pages.join.sentences import (
        caveat,
        cluster_sentence,
        headline,
        missing_sentence,
        opportunity_sentence,
    )

    console.print(headline(found).in_(lang), style="bold")
    if found.pulls:
        heading(console, tr("可及的核心城市（车程三小时内）", "Core cities within reach (three hours)"))
        _print_pulls(console, found)
    sections = (
        (
            tr("可供应的行业", "Industries to supply"),
            [opportunity_sentence(row, found.pulls[0].city) for row in found.opportunities],
        ),
        (tr("本地缺的环节", "Missing links"), [missing_sentence(row) for row in found.missing]),
        (tr("邻近的专业化集群", "Specialised clusters nearby"), [cluster_sentence(row) for row in found.clusters]),
    )
    for title, rows in sections:
        if rows:
            heading(console, title)
            for row in rows:
                bullet(console, row.in_(lang))
    console.print(f"\n{caveat(found).in_(lang)}", style="dim")


def _print_pulls(console: Console, found: Neighbours) -> None:
    table = plain_table(
        [
            (tr("城市", "City"), "left"),
            (tr("城镇人口（万）", "Urban residents (million)"), "right"),
            (tr("车程（小时）", "Hours"), "right"),
            (tr("引力占比", "Share of the pull"), "right"),
        ]
    )
    for pull in found.pulls[:CITIES]:
        people = tr(f"{pull.city.population / 1e4:.0f}", f"{pull.city.population / 1e6:.1f}")
        table.add_row(pull.city.name, people, f"{pull.hours:.1f}", f"{pull.share * 100:.0f}%")
    console.print(table)
