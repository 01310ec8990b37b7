"""The order of the report: one chapter a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bolang.document.model import Section
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.pages.report import (
    debt,
    economy,
    finance,
    industry,
    peers,
    people,
    resources,
    risks,
    road,
    sources,
    strengths,
)
from bolang.pages.report.context import Context
from bolang.pages.report.say import paragraph, say
from bolang.wording import load

WORDS = load("report")

CHAPTERS: Mapping[str, Callable[[Context], Section]] = {
    "economy": economy.economy,
    "industry": industry.industry,
    "people": people.people,
    "finance": finance.finance,
    "debt": debt.debt,
    "resources": resources.resources,
    "strengths": strengths.strengths,
    "peers": peers.peers,
    "road": road.road,
    "risks": risks.risks,
    "sources": sources.sources,
}
"""Chapters by key, in the order of reading."""


def build_chapters(context: Context, wanted: Sequence[str] | None = None) -> tuple[Section, ...]:
    """Build the chapters that are wanted, in the order of the report; all by default."""
    keys = set(CHAPTERS if wanted is None else wanted)
    built = tuple(build(context) for key, build in CHAPTERS.items() if key in keys)
    if wanted is None:
        return written(built)
    return tuple(
        chapter if chapter.blocks else replace(chapter, blocks=(paragraph(say(WORDS, "nothing")),)) for chapter in built
    )


def written(chapters: Iterable[Section]) -> tuple[Section, ...]:
    """Leave out chapters that have nothing to say: the first page names what is missing."""
    return tuple(chapter for chapter in chapters if chapter.blocks)


def chapter_keys(names: str) -> tuple[str, ...]:
    """Check a list of chapters such as ``economy,debt``, by key or by title.

    Raises
    ------
    BadInputError
        If a chapter is not known.
    """
    titles = {form.casefold(): key for key in CHAPTERS for form in load(f"report_{key}")("title").forms}
    asked = (name.strip() for name in names.replace("，", ",").replace("、", ",").split(","))
    keys = tuple(titles.get(name.casefold(), name) for name in asked if name)
    unknown = [key for key in keys if key not in CHAPTERS]
    if unknown or not keys:
        listed = ", ".join(CHAPTERS)
        raise BadInputError(
            tr(
                f"没有这样的章节：{'、'.join(unknown) or names!r}。",
                f"No such chapter: {', '.join(unknown) or repr(names)}.",
            ),
            tr(f"可用：{listed}，或章节标题。", f"Known: {listed}, or the title of a chapter."),
        )
    return keys
