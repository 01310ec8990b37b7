"""The whole report as a document."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.document.model import Document
from bolang.foundation.text import Text, same
from bolang.pages.report.annex import annex
from bolang.pages.report.chapters import build_chapters
from bolang.pages.report.context import Context
from bolang.pages.report.cover import cover
from bolang.pages.report.headline import subtitle, title
from bolang.pages.report.location import with_map
from bolang.wording import load

WORDS = load("report_cover")


def whole(context: Context, authors: Text | None = None, wanted: Sequence[str] | None = None) -> Document:
    """Write the report of a county."""
    return Document(
        title=title(context),
        subtitle=subtitle(context),
        kicker=WORDS("kicker", place=same(context.county.full_name)),
        authors=authors or WORDS("authors"),
        date=context.day,
        front=cover(context),
        sections=build_chapters(context, wanted) if wanted else with_map(context, build_chapters(context)),
        keywords=(context.name, WORDS("keyword")),
        annex=annex(context),
    )
