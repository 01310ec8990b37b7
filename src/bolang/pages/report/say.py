"""Making sentences and paragraphs from words and figures."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.document.model import Note, Paragraph, Sentence
from bolang.foundation.text import Text, join, last_and, same
from bolang.foundation.units import number_text
from bolang.wording import Words
from bolang.wording.entry import Value

_PAIR = 2
"""Names up to which a series has no comma."""


def say(words: Words, key: str, notes: Iterable[Note] = (), **values: Value) -> Sentence:
    """Make a sentence from a statement of a wording file and its figures."""
    return Sentence(words(key, **values), tuple({note.key: note for note in notes}.values()))


def paragraph(*sentences: Sentence | None, lead: Text | None = None, bullet: bool = False) -> Paragraph:
    """Join sentences to a paragraph, leaving out those that do not apply."""
    return Paragraph(tuple(s for s in sentences if s is not None), lead, "bullet" if bullet else "body")


def clauses(parts: Iterable[Text | None], notes: Iterable[Note] = ()) -> Sentence | None:
    """Make one sentence of clauses that belong together, each with or without its full stop; None where there is none.

    A sentence that sets a figure beside its cause, or beside what it means together with another, is said of few counties.
    """
    kept = [open_ended(part) for part in parts if part is not None]
    if not kept:
        return None
    whole = join(kept, "；", "; ")
    text = Text(whole.zh + "。", whole.en[:1].upper() + whole.en[1:] + ".")
    return Sentence(text, tuple({note.key: note for note in notes}.values()))


def open_ended(text: Text) -> Text:
    """Drop the full stop, so that more can follow."""
    return Text(text.zh.rstrip("。"), text.en.rstrip("."))


def filled(*paragraphs: Paragraph) -> tuple[Paragraph, ...]:
    """Leave out paragraphs without a sentence."""
    return tuple(p for p in paragraphs if p.sentences)


def listed(parts: Iterable[Text]) -> Text:
    """Join names as ``甲、乙和丙`` and ``A, B and C``; names that hold such words or marks themselves are set further apart."""
    items = list(parts)
    if len(items) < 2:
        return items[0] if items else same("")
    last = "与" if any("和" in item.zh for item in items) else "和"
    comma, word = "、", last_and(items)
    if len(items) > _PAIR and any("、" in item.zh for item in items):
        comma, last = "，", "，以及"
    return join(items[:-1], comma, ", ") + Text(last, word) + items[-1]


def wide(text: str) -> str:
    """Give a Chinese text of the tables Chinese marks.

    Examples
    --------
    >>> wide("甘南粥米(大米), 1,000户")
    '甘南粥米（大米），1,000户'
    """
    for narrow, broad in ((", ", "，"), ("; ", "；"), (" (", "（"), ("(", "（"), (")", "）")):
        text = text.replace(narrow, broad)
    return text


def lower(text: Text) -> Text:
    """Lower the first letter of an English name inside a sentence, except of abbreviations and proper names."""
    first = text.en.split(" ", 1)[0]
    if first.isupper() or first in {"Taobao", "Yiwu", "Chinese", "China"}:
        return text
    return Text(text.zh, text.en[:1].lower() + text.en[1:])


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 11th.

    Examples
    --------
    >>> ordinal(22)
    '22nd'
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number_text(number)}{ending}"


def place(number: int) -> Text:
    """Write a rank: ``5`` in 第5位, and ``5th``."""
    return Text(number_text(number), ordinal(number))


def chance(share: float) -> str:
    """Write a probability in per cent so that it never claims certainty.

    Examples
    --------
    >>> chance(0.9993), chance(0.62)
    ('>99%', '62%')
    """
    return ">99%" if share >= 0.995 else f"{number_text(100 * share)}%"
