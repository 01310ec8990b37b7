"""A debt assessment as plain text."""

from __future__ import annotations

from bolang.foundation.text import Lang
from bolang.pages.debt.sentences import answer, note_text
from bolang.pathway.debt import DebtAssessment


def explain(found: DebtAssessment, lang: Lang) -> str:
    """Write the answer, then what is missing or estimated."""
    notes = (note_text(note, found.position) for note in found.notes)
    return "\n".join(text.in_(lang) for text in (answer(found), *notes))
