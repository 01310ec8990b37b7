"""``bolang sources``: where the facts come from, and under which terms."""

from __future__ import annotations

from bolang.cli.options import Full, LangOption, Output, To
from bolang.foundation.text import default_language, language, tr

HELP = tr(
    "列出内置事实的来源、发布者与使用条件。例：bolang sources --to md",
    "List where the built-in facts come from, their publishers and terms. Example: bolang sources --to md",
)


def command(to: To = None, output: Output = None, full: Full = False, lang: LangOption = None) -> None:
    """Show the sources."""
    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.pages.sources import sources_page

    emit(sources_page(own_atlas()), language(lang) if lang else default_language(), to, output, full=full)
