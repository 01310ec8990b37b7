"""The review of one file: its figures with the known ones beside, what a check says, what was not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from bolang.atlas.romanize import place
from bolang.document.model import Block, Column, Document, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.intake import Check, FigureReading, Review, ReviewRow
from bolang.intake.readings import Unread
from bolang.intake.times import YEAR
from bolang.intake.vocabulary import vocabulary
from bolang.pages.intake.amounts import amount_text, beside_text
from bolang.pages.intake.checks import check_text
from bolang.pages.intake.data import note_text, review_data
from bolang.wording import load

WORDS = load("intake")
_SHOWN_UNREAD = 12
_SHOWN_FIGURES = 80
"""Lines of the figures that a page shows unless it is asked for all: those that a check holds back come first."""
_SHOWN_CHECKS = 20
_ALWAYS = {"indicator", "year", "value", "confidence", "place"}
_NUMBERS = {"year", "value", "known", "growth", "confidence"}
_LISTED_UNREAD = 1000
_WORTH_A_LOOK = ("unclear", "unit", "malformed")


def review_document(review: Review, full: bool = False) -> Document:
    """Return the review of a file as a page: the answer, the figures, the checks, and what was not taken.

    Parameters
    ----------
    review : Review
    full : bool
        Every figure and every check; otherwise a page that a person can read, which says how many there are.
    """
    found = review.found
    front: list[Block] = [_answer(review), *(_small(note_text(note)) for note in found.notes)]
    if review.rows:
        front.extend(_figures(review, full))
    marks = {"error": "✗ ", "warning": "! "}
    said = found.checks if full else found.checks[:_SHOWN_CHECKS]
    names = _names(review)
    front.extend(Paragraph((Sentence(same(marks[c.severity] + _of(c, names)) + check_text(c)),)) for c in said)
    if len(said) < len(found.checks):
        front.append(_small(WORDS("checks.more", count=len(found.checks) - len(said))))
    if review.held:
        front.append(Paragraph((Sentence(WORDS("held.hint")),)))
    seen = [item for item in review.unread if item.reason in _WORTH_A_LOOK][:_SHOWN_UNREAD]
    if review.unread:
        front.append(_unread_counts(review.unread))
        front.extend([_unread_table(seen, "worth_a_look")] if seen else [])
    listed = review.unread if full else review.unread[:_LISTED_UNREAD]
    sections = (
        (Section("unread", WORDS("section.unread"), (_unread_table(listed, "unread"),)),)
        if len(review.unread) > len(seen)
        else ()
    )
    title = WORDS("title", file=found.title or found.file)
    return Document(
        title, same(found.file), same(""), same(""), date.today(), tuple(front), sections, data=review_data(review)
    )


def _answer(review: Review) -> Paragraph:
    found = review.found
    words = WORDS(
        "answer",
        county=place(found.county.full_name) if found.county else WORDS("several"),
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


def _figures(review: Review, full: bool) -> Iterator[Block]:
    paired = _paired(review.rows)
    shown = (
        paired
        if full or len(paired) <= _SHOWN_FIGURES
        else sorted(paired, key=lambda pair: not _held(pair))[:_SHOWN_FIGURES]
    )
    names = _names(review)
    cells = [_cells(line, growth, names) for line, growth in shown]
    keys = [key for key in cells[0] if key in _ALWAYS or any(row[key].zh for row in cells)]
    if _one_time(review):
        keys.remove("year")
    columns = tuple(Column(WORDS(f"column.{key}"), "right" if key in _NUMBERS else "left") for key in keys)
    rows = tuple(
        Row(tuple(row[key] for key in keys), strong=_held(pair), key=_row_key(pair[0]))
        for row, pair in zip(cells, shown, strict=True)
    )
    yield Table("figures", WORDS("caption"), columns, rows, WORDS("source"))
    if len(shown) < len(paired):
        yield _small(WORDS("figures.more", shown=len(shown), count=len(paired)))


def _names(review: Review) -> Mapping[str, str]:
    """Return the names of the counties of a table of several by code; nothing for a file of one."""
    known = review.found.known
    if review.found.county is not None or known is None:
        return {}
    counties = known.atlas.counties
    counts = Counter(county.name for county in counties)
    return {county.code: county.name if counts[county.name] == 1 else county.full_name for county in counties}


def _of(check: Check, names: Mapping[str, str]) -> str:
    """Return the county that a check is about, where the file holds several."""
    code = check.readings[0].code if names and check.readings else ""
    return f"{names.get(code, code)} {code}：" if code else ""


def _one_time(review: Review) -> bool:
    """Tell whether all figures are of the time that the answer names."""
    time = review.found.time
    return all((row.reading.year, row.reading.period) == (time.year, time.period) for row in review.rows)


def _cells(line: ReviewRow, growth: ReviewRow | None, names: Mapping[str, str]) -> dict[str, Text]:
    """Return what a line says, by column; columns that no line fills are left out of the table."""
    reading = line.reading
    label = vocabulary()[reading.indicator].label
    return {
        "indicator": same("✗ ") + label if _held((line, growth)) else label,
        "county": same(names.get(reading.code, reading.code) if names else ""),
        "year": _time(reading.year, reading.period),
        "value": amount_text(reading.value, reading.unit),
        "known": _known(line),
        "growth": same(_rate(growth.reading) if growth else ""),
        "definition": join([same(part) for part in reading.definition], "；", "; "),
        "confidence": same(number_text(reading.confidence, 2)),
        "place": same(str(reading.place.where or reading.place.line)),
    }


def _rate(reading: FigureReading) -> str:
    """Return a rate of growth with the decimals that it was printed with."""
    digits = next((n for n in range(3) if reading.digit >= 10**-n * (1 - 1e-9)), 3)
    return number_text(reading.value, digits)


def _row_key(line: ReviewRow) -> str:
    reading = line.reading
    return f"{reading.code}:{reading.indicator}:{reading.year}:{line.number}"


def _held(pair: tuple[ReviewRow, ReviewRow | None]) -> bool:
    """Tell whether a check holds the level or its growth back."""
    return any(row is not None and row.state == "held" for row in pair)


def _known(line: ReviewRow) -> Text:
    if line.known is None:
        return same("")
    value = beside_text(line.known.value, line.known.unit, line.reading.value)
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
        Column(WORDS(f"column.{name}"), "left") for name in ("printed", "phrase", "reason", "place", "sentence")
    )
    rows = tuple(
        Row(
            (same(u.printed), same(u.phrase), WORDS(f"reason.{u.reason}"), u.place.text, same(u.sentence)),
            key=str(number),
        )
        for number, u in enumerate(unread, 1)
    )
    return Table(key, WORDS("caption.unread"), columns, rows, WORDS("source"))
