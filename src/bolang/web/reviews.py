"""What was read of a file, on the screen: its figures page by page, each beside its switch, its sentence and what is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from bolang.atlas.romanize import place
from bolang.document.model import Paragraph, Table
from bolang.foundation.units import number_text
from bolang.pages.intake.amounts import amount_text
from bolang.web.county import whole
from bolang.web.imports import held_review
from bolang.web.shell import Page, Visit, markup, respond

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bolang.intake import Review
    from bolang.intake.review import ReviewRow

ROWS = 200
"""Figures on one page: a panel of a province has a hundred thousand."""
HELD = "held"
"""Choice to show only what a check holds back."""


@dataclass(frozen=True)
class ReviewLeaf:
    """The figures of a review that one page shows.

    Attributes
    ----------
    rows : sequence of ReviewRow
    number, last : int
        Of this page, and of the last one.
    """

    rows: Sequence[ReviewRow]
    number: int
    last: int

    @classmethod
    def of(cls, review: Review, number: int, show: str) -> ReviewLeaf:
        """Return one page of all figures, or of those that a check holds back."""
        rows = doubtful(review) if show == HELD else review.rows
        last = max(1, -(-len(rows) // ROWS))
        number = min(max(number, 1), last)
        return cls(rows[(number - 1) * ROWS : number * ROWS], number, last)


def doubtful(review: Review) -> list[ReviewRow]:
    """Return the figures that a check held back when they were read, whatever was decided since."""
    found = {id(reading) for reading in review.found.doubtful}
    return [row for row in review.rows if id(row.reading) in found]


def review_view(visit: Visit) -> Response:
    """Show what was read, row by row, with the sentence it came from and what is known."""
    from bolang.pages.intake import review_document
    from bolang.render.html import render_fragment

    key, review = held_review(visit)
    taken = "to" in visit.request.query_params
    document = review_document(review, full=taken)
    show = HELD if visit.query.get("show") == HELD else ""
    leaf = ReviewLeaf.of(review, whole(visit, "page", 1, 10**6) or 1, show)
    extra = {"key": key, "rows": _rows(visit, review, leaf.rows), "rest": "", "leaf": leaf, "show": show}
    extra["held"] = len(doubtful(review))
    if not taken:
        # On the screen the figures stand beside their switches, and what was not taken stands behind them.
        said = tuple(block for block in document.front if isinstance(block, Paragraph))
        behind = tuple(block for block in document.front if isinstance(block, Table) and block.key != "figures")
        rest = replace(document, front=() if document.sections else behind)
        extra["rest"] = markup(render_fragment(rest, visit.lang)) if behind or rest.sections else ""
        document = replace(document, front=said, sections=())
    return respond(visit, Page(document, "import", below="review.html", extra=extra))


def _rows(visit: Visit, review: Review, rows: Sequence[ReviewRow]) -> list[dict[str, Any]]:
    """Return rows of the review as they are shown beside their switch."""
    from bolang.intake.vocabulary import vocabulary

    own = review.found.county.code if review.found.county else ""
    shown = []
    for row in rows:
        reading, known = row.reading, row.known
        other = reading.code != own and reading.code in visit.room.atlas.codes
        shown.append(
            {
                "number": row.number,
                "state": row.state,
                "county": place(visit.room.county(reading.code).name).in_(visit.lang) if other else "",
                "label": vocabulary()[reading.indicator].label.in_(visit.lang),
                "value": amount_text(reading.value, reading.unit).in_(visit.lang),
                "year": reading.year,
                "period": "" if reading.period == "year" else reading.period,
                "sentence": reading.sentence,
                "place": reading.place.text.in_(visit.lang),
                "known": "" if known is None else amount_text(known.value, reading.unit).in_(visit.lang),
                "known_year": "" if known is None else known.year,
                "gap": None if row.gap is None else f"{number_text(100 * row.gap, 1, signed=True)}%",
            }
        )
    return shown
