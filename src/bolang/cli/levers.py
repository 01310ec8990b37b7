"""``bolang levers``: what each lever does in one county, at once."""

from __future__ import annotations

from bolang.cli.options import LangOption, Name, Output, To
from bolang.foundation.text import Lang, default_language, language, tr

HELP = tr(
    "一个县各抓手的作用与全国名次（查表，立即回答）。例：bolang levers 义乌市",
    "What each lever does in a county, with its rank in the nation, at once. Example: bolang levers 义乌市",
)


def command(name: Name, to: To = None, output: Output = None, lang: LangOption = None) -> None:
    """Print what the levers do in a county."""
    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.levers import levers_page

    chosen: Lang = language(lang) if lang else default_language()
    atlas = own_atlas()
    emit(levers_page(Sweep.shipped(), atlas, atlas.county(name), intervals=Intervals.shipped()), chosen, to, output)
