"""Natural experiments as a page: prediction beside outcome, failures and drifts told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.document.model import Cell, Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.validation.events.catalogue import event_catalogue
from bolang.validation.events.study import EventStudy
from bolang.wording import load

WORDS = load("model_events")
COLUMNS = ("event", "outcome", "years", "counties", "predicted", "found", "spread", "share", "lead", "verdict")

FAILURES = ("too_low", "too_high", "wrong_sign")


def events_page(studies: Sequence[EventStudy], day: date | None = None) -> Document:
    """Write the natural experiments."""
    verdicts = [study.verdict for study in studies]
    answer = WORDS(
        "answer",
        predicted=sum(v != "no_mechanism" for v in verdicts),
        agrees=verdicts.count("agrees"),
        undecided=verdicts.count("undecided"),
        failed=sum(v in FAILURES for v in verdicts),
        silent=verdicts.count("no_mechanism"),
    )
    front: list[Paragraph | Table] = [Paragraph((Sentence(answer),), role="answer")]
    drifted = [study for study in studies if study.drifted]
    if drifted:
        names = join([WORDS(f"event.{study.event.key}") for study in drifted], "、", ", ")
        front.append(Paragraph((Sentence(WORDS("leads", count=len(drifted), events=names)),)))
    columns = tuple(
        Column(WORDS(f"column.{key}"), "left" if key in ("event", "outcome", "verdict") else "right")
        for key in COLUMNS
    )  # fmt: skip
    rows = tuple(Row(_cells(study), key=study.event.key) for study in studies)
    front.append(Table("events", WORDS("table"), columns, rows, WORDS("table.source")))
    blind = [s for s in studies if s.predicted is not None and s.predicted.pulled < len(s.found.rows)]
    methods = (
        *(WORDS("method.markets", pulled=s.predicted.pulled) for s in blind if s.predicted is not None),
        WORDS("method.comparison"),
        WORDS("method.placebo", count=number_text(event_catalogue().placebos)),
        WORDS("method.prediction"),
        WORDS("method.verdict"),
    )
    front.extend(Paragraph((Sentence(method),), role="small") for method in methods)
    return Document(WORDS("title"), same(""), same(""), WORDS("authors"), day or date.today(), tuple(front), ())


def _cells(study: EventStudy) -> tuple[Cell, ...]:
    found, event, guess = study.found, study.event, study.predicted
    first, last = event.years
    span = WORDS("one_year", year=first) if first == last else WORDS("years", first=first, last=last)
    return (
        WORDS(f"event.{event.key}"),
        WORDS(f"outcome.{event.outcome}"),
        span,
        WORDS("counties", judged=len(found.rows), touched=study.treated),
        WORDS("missing")
        if guess is None
        else WORDS("point", centre=_points(guess.centre), low=_points(guess.low), high=_points(guess.high)),
        Number(100 * found.mean, 1, status="derived", signed=True),
        WORDS("interval", low=_points(found.low), high=_points(found.high)),
        Number(found.share, 2, status="derived"),
        WORDS("missing") if study.lead is None else Number(100 * study.lead, 1, status="derived", signed=True),
        WORDS(f"verdict.{study.verdict}"),
    )


def _points(value: float) -> Text:
    """Log points, signed."""
    return Number(100 * value, 1, signed=True).text
