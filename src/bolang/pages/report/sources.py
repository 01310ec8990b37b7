"""Sources and method in half a page."""

from __future__ import annotations

from bolang.document.model import Paragraph, Section, Sentence
from bolang.foundation.text import join, same
from bolang.foundation.units import number_text
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.say import paragraph, say
from bolang.wording import load

WORDS = load("report_sources")


def sources(context: Context) -> Section:
    """Build the chapter."""
    first = paragraph(say(WORDS, "facts"), say(WORDS, "growth"), say(WORDS, "rank"))
    second = paragraph(
        _territory(context),
        _census(context),
        say(WORDS, "xlsx"),
    )
    last = Paragraph((say(WORDS, "disclaimer"),), role="closing")
    return Section("sources", WORDS("title"), (first, second, last))


def _census(context: Context) -> Sentence | None:
    """Say how large the sample behind the industries is; where it is too small, that none is judged."""
    if not context.sample:
        return None
    sample = number_text(context.sample)
    if context.small_sample:
        return say(WORDS, "census.small", (notes.census(),), sample=sample)
    return say(WORDS, "census", (notes.census(),), year=context.census, sample=sample)


def _territory(context: Context) -> Sentence | None:
    changes = [change for change in context.atlas.territory.of(context.county) if change.territorial]
    if not changes:
        return None
    last = changes[-1]
    if not last.others:
        return say(WORDS, "territory.alone", county=context.name, year=last.year)
    return say(
        WORDS,
        "territory",
        county=context.name,
        year=last.year,
        others=join([same(name) for name in last.others], "、", ", "),
    )
