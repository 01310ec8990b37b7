"""The review of a folder of files: one line a file."""

from __future__ import annotations

from datetime import date

from bolang.document.model import Block, Column, Document, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.intake.folder import FolderEntry, FolderReview
from bolang.wording import load

WORDS = load("intake")
_COLUMNS = (
    "file",
    "county",
    "year",
    "accepted",
    "held",
    "unread",
    "state",
)


_SHOWN_FILES = 40
"""Files that a page lists unless it is asked for all: those that cannot be read come first, then those with figures held back."""


def folder_document(review: FolderReview, full: bool = False) -> Document:
    """Return the review of a folder as a page: how many files and figures, then the files.

    Parameters
    ----------
    review : FolderReview
    full : bool
        Every file; otherwise those that want a look first, and how many there are.
    """
    words = WORDS(
        "answer.folder",
        files=len(review.entries),
        ready=len(review.ready),
        done=sum(entry.state == "done" for entry in review.entries),
        failed=sum(entry.state == "failed" for entry in review.entries),
        accepted=sum(entry.accepted for entry in review.entries),
        held=sum(entry.held for entry in review.entries),
    )
    columns = tuple(
        Column(WORDS(f"column.{name}"), "left" if name in ("file", "county", "state") else "right") for name in _COLUMNS
    )
    listed = review.entries
    if not full and len(listed) > _SHOWN_FILES:
        listed = tuple(sorted(listed, key=_concern)[:_SHOWN_FILES])
    rows = tuple(_row(entry) for entry in listed)
    table = Table("files", WORDS("caption.folder"), columns, rows, WORDS("source"))
    title = WORDS("title.folder", folder=review.folder)
    front: list[Block] = [Paragraph((Sentence(words),), role="answer"), table]
    if len(listed) < len(review.entries):
        more = WORDS("files.more", shown=len(listed), count=len(review.entries))
        front.append(Paragraph((Sentence(more),), role="small"))
    return Document(title, same(review.folder), same(""), same(""), date.today(), tuple(front), ())


def _concern(entry: FolderEntry) -> tuple[int, int]:
    """Order files: not readable, then by the figures that a check holds back."""
    return (0 if entry.state == "failed" else 1, -entry.held)


def _row(entry: FolderEntry) -> Row:
    year = "" if not entry.year else str(entry.year) if entry.period == "year" else f"{entry.year} {entry.period}"
    numbers = (entry.accepted, entry.held, entry.unread) if entry.state in ("ready", "empty") else ("", "", "")
    cells = (same(entry.file), same(entry.county), same(year), *(same(str(n)) for n in numbers), _state(entry))
    return Row(cells, strong=entry.state == "failed", key=entry.file)


def _state(entry: FolderEntry) -> Text:
    return same(entry.error) if entry.state == "failed" else WORDS(f"state.{entry.state}")
