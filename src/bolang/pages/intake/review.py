"""The review of one file: its figures with the known ones beside, what a check says, what was not taken."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bolang.atlas.catalogue import unit_text
from bolang.document.model import Block, Column, Document, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.intake import FigureReading, Review, ReviewRow
from bolang.intake.readings import Unread
from bolang.intake.times import YEAR
from bolang.intake.vocabulary import vocabulary
from bolang.pages.intake.checks import check_text
from bolang.pages.intake.data import note_text
from bolang.wording import load

WORDS = load("intake")
_SHOWN_UNREAD = 12
_WORTH_A_LOOK = ("unclear", "unit", "malformed")


def review_document(review: Review) -> Document:
    """Return the review of a file as a page: the answer, the figures, the checks, and all that was not taken."""
    found = review.found
    front: list[Block] = [_answer(review), *(_small(note_text(note)) for note in found.notes)]
    if review.rows:
        front.append(_figures(review))
    marks = {"error": "✗ ", "warning": "! "}
    front.extend(Paragraph((Sentence(same(marks[c.severity]) + check_text(c)),)) for c in found.checks)
    if review.held:
        front.append(Paragraph((Sentence(WORDS("held.hint")),)))
    if review.unread:
        front.append(_unread_counts(review.unread))
        seen = [item for item in review.unread if item.reason in _WORTH_A_LOOK][:_SHOWN_UNREAD]
        front.extend([_unread_table(seen, "worth_a_look")] if seen else [])
    sections = (
        (Section("unread", WORDS("section.unread"), (_unread_table(review.unread, "unread"),)),)
        if review.unread
        else ()
    )
    title = WORDS("title", file=found.title or found.file)
    return Document(title, same(found.file), same(""), same(""), date.today(), tuple(front), sections)


def _answer(review: Review) -> Paragraph:
    found = review.found
    words = WORDS(
        "answer",
        county=same(found.county.full_name) if found.county else WORDS("several"),
        time=_time(found.time.year, found.time.period) if found.time.year else WORDS("undated"),
        count=len(review.rows),
        accepted=len(review.accepted),
        held=len(review.held),
        unread=len(review.unread),
    )
    return Paragraph((Sentence(words),), role="answer")


def _time(year: int, period: str) -> Text:
    return same(str(year) if period == YEAR else f"{year} {period}")


def _small(text: Text) -> Paragraph:
    return Paragraph((Sentence(text),), role="small")


def _figures(review: Review) -> Table:
    several = review.found.county is None
    keys = [
        "indicator",
        *(["code"] if several else []),
        "year",
        "value",
        "known",
        "growth",
        "definition",
        "confidence",
        "place",
    ]
    numbers = {"year", "value", "known", "growth", "confidence"}
    columns = tuple(
        Column(WORDS(f"column.{key}"), "right" if key in numbers else "left", 2.2 if key == "indicator" else 1.0)
        for key in keys
    )
    rows = tuple(_row(line, growth, several) for line, growth in _paired(review.rows))
    return Table("figures", WORDS("caption"), columns, rows, WORDS("source"))


def _row(line: ReviewRow, growth: ReviewRow | None, several: bool) -> Row:
    reading = line.reading
    failed = line.state == "held" or (growth is not None and growth.state == "held")
    label = vocabulary()[reading.indicator].label
    mark = "✗ " if failed else ""
    cells = [
        Text(mark + label.zh, mark + label.en),
        *([same(reading.code)] if several else []),
        _time(reading.year, reading.period),
        _amount(reading.value, reading.unit),
        _known(line),
        same(f"{growth.reading.value:g}" if growth else ""),
        join([same(part) for part in reading.definition], "；", "; "),
        same(f"{reading.confidence:.2f}"),
        same(str(reading.place.where or reading.place.line)),
    ]
    return Row(tuple(cells), strong=failed, key=f"{reading.code}:{reading.indicator}:{reading.year}:{line.number}")


def _amount(value: float, unit: str) -> Text:
    name = unit_text(unit)
    return Text(f"{value:,.10g} {name.zh}", f"{value:,.10g} {name.en}")


def _known(line: ReviewRow) -> Text:
    if line.known is None:
        return same("")
    value = same(f"{line.known.value:,.10g}")
    if line.known.year == line.reading.year:
        return WORDS("known.same", value=value)
    return WORDS("known.near", value=value, year=line.known.year)


def _paired(rows: tuple[ReviewRow, ...]) -> list[tuple[ReviewRow, ReviewRow | None]]:
    """Put a growth rate on the line of the level that it belongs to."""
    growth = {_key(row.reading, ""): row for row in rows if row.reading.indicator.endswith("_growth")}
    plain = {key[:4]: row for key, row in growth.items() if not key[4]}
    used: set[int] = set()
    levels: list[tuple[ReviewRow, ReviewRow | None]] = []
    for row in rows:
        if row.reading.indicator.endswith("_growth"):
            continue
        key = _key(row.reading, "_growth")
        match = growth.get(key) or plain.get(key[:4])
        match = match if match is not None and match.number not in used else None
        used |= {match.number} if match else set()
        levels.append((row, match))
    alone = [(row, None) for row in rows if row.reading.indicator.endswith("_growth") and row.number not in used]
    return sorted([*levels, *alone], key=lambda pair: pair[0].number)


def _key(reading: FigureReading, suffix: str) -> tuple[str, str, int, str, tuple[str, ...]]:
    return (reading.code, reading.indicator + suffix, reading.year, reading.period, reading.scope)


def _unread_counts(unread: tuple[Unread, ...]) -> Paragraph:
    counts = Counter(item.reason for item in unread)
    reasons = join(
        [
            WORDS("unread.reason", reason=WORDS(f"reason.{reason}"), count=count)
            for reason, count in counts.most_common()
        ],
        "、",
        ", ",
    )
    return _small(WORDS("unread.counts", count=len(unread), reasons=reasons))


def _unread_table(unread: tuple[Unread, ...] | list[Unread], key: str) -> Table:
    columns = tuple(
        Column(WORDS(f"column.{name}"), "left", width)
        for name, width in (("printed", 1.0), ("phrase", 1.6), ("reason", 1.6), ("place", 1.2), ("sentence", 3.0))
    )
    rows = tuple(
        Row(
            (same(u.printed), same(u.phrase), WORDS(f"reason.{u.reason}"), u.place.text, same(u.sentence)),
            key=str(number),
        )
        for number, u in enumerate(unread, 1)
    )
    return Table(key, WORDS("caption.unread"), columns, rows, WORDS("source"))
