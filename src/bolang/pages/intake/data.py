"""The review of a file for machines, with what the checks and notes say beside their keys."""

from __future__ import annotations

from typing import Any

from bolang.foundation.text import Text
from bolang.intake import Review
from bolang.intake.blocks import SourceNote
from bolang.pages.intake.checks import check_text
from bolang.wording import load

WORDS = load("intake")


def note_text(note: SourceNote) -> Text:
    """Return what the reader of a file's format has to say, in every language."""
    return WORDS(f"note.{note.key}", **note.values)


def review_data(review: Review) -> dict[str, Any]:
    """Return a review as plain values; the sentences stand beside the keys that machines read."""
    data = review.to_dict()
    for entry, text in zip(data["checks"], map(check_text, review.found.checks), strict=True):
        entry.update(zh=text.zh, en=text.en)
    for entry, text in zip(data["notes"], map(note_text, review.found.notes), strict=True):
        entry.update(zh=text.zh, en=text.en)
    return data
