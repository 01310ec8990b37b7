"""A review: what a file gave, row by row, with what is known beside it and what happens to each row; accept, refuse, save, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.intake.knowledge import KnownValue
from bolang.intake.readings import FigureReading, Unread
from bolang.intake.times import YEAR

if TYPE_CHECKING:
    import polars as pl

    from bolang.intake.importer import Import
    from bolang.intake.workspace import Batch, Workspace

State = Literal["accepted", "held", "refused"]
"""Will be saved; held back by a check; refused by the user."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One figure under review.

    Attributes
    ----------
    number : int
        Its number in the review, from 1: what `Review.accept` and `Review.refuse` name.
    reading : FigureReading
        The figure with its scope, its sentence and its place.
    known : KnownValue or None
        The published figure to set beside it: of the same year, else of the nearest within three.
    state : {'accepted', 'held', 'refused'}
    checks : tuple of str
        Names of the checks that name it, errors first.
    """

    number: int
    reading: FigureReading
    known: KnownValue | None
    state: State
    checks: tuple[str, ...]

    @property
    def gap(self) -> float | None:
        """Relative difference to the known figure of the same year; None if there is none."""
        if self.known is None or self.known.year != self.reading.year or not self.known.value:
            return None
        return self.reading.value / self.known.value - 1


@dataclass(frozen=True)
class Review:
    """A file's figures before they are saved; every change gives a new review.

    Attributes
    ----------
    found : Import
        What was read: file, title, county, time, checks, notes.
    rows : tuple of ReviewRow
        The figures in the order of the file.
    """

    found: Import
    rows: tuple[ReviewRow, ...]

    @property
    def accepted(self) -> tuple[ReviewRow, ...]:
        """The rows that `save` would save."""
        return tuple(row for row in self.rows if row.state == "accepted")

    @property
    def held(self) -> tuple[ReviewRow, ...]:
        """The rows that a check holds back."""
        return tuple(row for row in self.rows if row.state == "held")

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The figures that were not taken, with the reasons."""
        return self.found.unread

    def accept(self, *numbers: int) -> Review:
        """Return the review with these rows to be saved, whatever the checks say; all held ones if none are named."""
        return self._with(numbers or tuple(row.number for row in self.held), "accepted")

    def refuse(self, *numbers: int) -> Review:
        """Return the review without these rows.

        Raises
        ------
        BadInputError
            If a number is none of the review's.
        """
        return self._with(numbers, "refused")

    def _with(self, numbers: Iterable[int], state: State) -> Review:
        chosen = set(numbers)
        unknown = chosen - {row.number for row in self.rows}
        if unknown:
            listed = ", ".join(map(str, sorted(unknown)))
            raise BadInputError(
                tr(f"核对表里没有第 {listed} 行。", f"The review has no row {listed}."),
                tr(f"行号为 1 至 {len(self.rows)}。", f"Rows are numbered 1 to {len(self.rows)}."),
            )
        return replace(self, rows=tuple(replace(r, state=state) if r.number in chosen else r for r in self.rows))

    def save(self, workspace: Workspace | None = None) -> Batch:
        """Save the accepted rows in one step; `Workspace.undo` takes it back."""
        return self.found.save(workspace, only=tuple(row.reading for row in self.accepted))

    def saved_as(self, workspace: Workspace) -> Batch | None:
        """Return the import that holds this very file already, None if there is none."""
        return next((batch for batch in workspace.batches() if batch.sha256 == self.found.sha256), None)

    def to_frame(self) -> pl.DataFrame:
        """Return the rows as a frame: scope, value, known value, state, confidence, place."""
        import polars as pl

        return pl.DataFrame([_cells(row) for row in self.rows], infer_schema_length=None)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole review as plain values, for machines."""
        found = self.found
        return {
            "file": found.file,
            "sha256": found.sha256,
            "title": found.title,
            "code": found.county.code if found.county else None,
            "county": found.county.full_name if found.county else None,
            "year": found.time.year or None,
            "period": found.time.period,
            "time_rule": found.rule,
            "figures": [_flat(row) for row in self.rows],
            "unread": [
                {"printed": u.printed, "phrase": u.phrase, "reason": u.reason, "sentence": u.sentence, "place": str(u.place)}
                for u in found.unread
            ],
            "checks": [
                {"name": c.name, "severity": c.severity, "key": c.key, "values": c.plain, "rows": self._numbers(c.readings)}
                for c in found.checks
            ],
            "notes": [note.plain for note in found.notes],
        }  # fmt: skip

    def _numbers(self, readings: Iterable[FigureReading]) -> list[int]:
        numbers = {id(row.reading): row.number for row in self.rows}
        return [numbers[id(reading)] for reading in readings if id(reading) in numbers]


def review_of(found: Import) -> Review:
    """Set what a file gave beside what is known."""
    named: dict[int, list[str]] = {}
    for check in found.checks:
        for reading in check.readings:
            named.setdefault(id(reading), []).append(check.name)
    held = {id(reading) for reading in found.doubtful}
    rows = []
    for number, reading in enumerate(found.readings, 1):
        known = None
        if found.known is not None and reading.period == YEAR:
            known = found.known.beside(reading.code, reading.indicator, reading.year, reading.unit)
        state: State = "held" if id(reading) in held else "accepted"
        rows.append(ReviewRow(number, reading, known, state, tuple(dict.fromkeys(named.get(id(reading), ())))))
    return Review(found, tuple(rows))


def _cells(row: ReviewRow) -> dict[str, str | int | float | None]:
    """Return a row as single cells: lists joined, each question of the scope a column of its own."""
    flat = dict(_flat(row))
    scope = {f"scope_{question}": rule for question, rule in flat.pop("scope").items()}
    joined = {name: "；".join(flat[name]) for name in ("checks", "definition", "remarks")}
    return {**flat, **joined, **scope}


def _flat(row: ReviewRow) -> Mapping[str, Any]:
    reading, known = row.reading, row.known
    return {
        "number": row.number,
        "state": row.state,
        "checks": list(row.checks),
        "code": reading.code,
        "indicator": reading.indicator,
        "value": reading.value,
        "unit": reading.unit,
        "year": reading.year,
        "period": reading.period,
        "definition": list(reading.definition),
        "scope": {
            "time": reading.grounds.time,
            "area": reading.grounds.area,
            "parent": reading.grounds.parent,
            "definition": reading.grounds.definition,
        },
        "confidence": reading.confidence,
        "remarks": list(reading.remarks),
        "printed": reading.printed,
        "sentence": reading.sentence,
        "place": str(reading.place),
        "known_value": known.value if known else None,
        "known_year": known.year if known else None,
        "known_source": known.source if known else None,
        "gap": row.gap,
    }
