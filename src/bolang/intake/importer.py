"""From a file to figures with sources, and from there into the workspace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bolang.atlas import Atlas, County, own_atlas
from bolang.atlas.catalogue import unit_text
from bolang.atlas.provenance import Step
from bolang.foundation.errors import AmbiguousPlaceError, BadInputError, BolangError, UnknownPlaceError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import join, same, tr
from bolang.intake.blocks import SourceNote, SourceText
from bolang.intake.bulletin import read_document
from bolang.intake.checks import check, held_back
from bolang.intake.disagreements import Check
from bolang.intake.files import load
from bolang.intake.files.load import has_tables_only
from bolang.intake.knowledge import Known
from bolang.intake.readings import REMARKS, FigureReading, Unread
from bolang.intake.review import Review, review_of
from bolang.intake.scope.barriers import refuse_foreign_language, scope_checks
from bolang.intake.scope.grounds import TimeRule
from bolang.intake.scope.names import names_in
from bolang.intake.scope.time import governing_time
from bolang.intake.template import is_template, read_template
from bolang.intake.times import YEAR, Time
from bolang.intake.workspace import Addition, Batch, FactRow, Workspace

METHOD = "由 bolang 按规则从导入文件读出"


@dataclass(frozen=True)
class Import:
    """What a file gave, before anything is saved.

    Attributes
    ----------
    file, sha256, title : str
        Name, digest and title of the file.
    county : County or None
        The county it describes; None for a table of several counties.
    time : Time
        Year and period reported.
    readings : tuple of FigureReading
        Figures understood, each with the code of its county.
    unread : tuple of Unread
        Figures not taken, with the reasons.
    checks : tuple of Check
        Disagreements; errors hold figures back.
    notes : tuple of SourceNote
        What the file's format left unreadable.
    rule : str
        Rule that gave its time.
    known : Known or None
        What was known when it was read.
    """

    file: str
    sha256: str
    title: str
    county: County | None
    time: Time
    readings: tuple[FigureReading, ...]
    unread: tuple[Unread, ...]
    checks: tuple[Check, ...]
    notes: tuple[SourceNote, ...]
    rule: TimeRule = "title"
    known: Known | None = None

    @property
    def doubtful(self) -> tuple[FigureReading, ...]:
        """The figures that an error of a check holds back."""
        held = held_back(self.checks)
        return tuple(reading for reading in self.readings if id(reading) in held)

    @property
    def accepted(self) -> tuple[FigureReading, ...]:
        """The figures that are saved unless the user also takes the doubtful ones."""
        held = held_back(self.checks)
        return tuple(reading for reading in self.readings if id(reading) not in held)

    def review(self) -> Review:
        """Set the figures beside what is known, to be accepted or refused one by one."""
        return review_of(self)

    def save(
        self, workspace: Workspace | None = None, doubtful: bool = False, only: Sequence[FigureReading] | None = None
    ) -> Batch:
        """Save the figures in the workspace, in one step; a file that is there already is not saved again.

        Parameters
        ----------
        workspace : Workspace, optional
            The user's own if not given.
        doubtful : bool
            Save also the figures that a check holds back, with lower confidence.
        only : sequence of FigureReading, optional
            The figures to save, whatever the checks say of them.

        Raises
        ------
        BadInputError
            If there is nothing to save.
        """
        chosen = only if only is not None else self.readings if doubtful else self.accepted
        if not chosen:
            held = len(self.doubtful)
            raise BadInputError(
                tr("没有可保存的数字。", "There is no figure to save."),
                tr(
                    f"{held} 个数字未通过校验；核对无误后加 --doubtful 保存。",
                    f"{held} figures failed a check; add --doubtful to save them all the same.",
                )
                if held
                else "",
            )
        target = workspace or Workspace()
        addition = self.addition(chosen)
        for earlier in target.batches():
            if (earlier.sha256, earlier.code) == (self.sha256, addition.code) and earlier.figures >= len(chosen):
                return earlier
        [batch] = target.add_all([addition])
        return batch

    def addition(self, chosen: Sequence[FigureReading]) -> Addition:
        """Return these figures as the workspace takes them."""
        doubted = held_back(self.checks)
        rows = [self._row(reading, id(reading) in doubted) for reading in chosen]
        name = self.county.full_name if self.county else ""
        code = self.county.code if self.county else ""
        year = self.time.year or max(reading.year for reading in chosen)
        return Addition(rows, self.file, self.sha256, self.title, code, name, year, self.unread)

    def _source(self, reading: FigureReading) -> str:
        """Name who published the figure, else the document's title, and the file."""
        named = reading.publisher or self.title
        return f"{named}（{self.file}）" if named and named not in self.file else self.file

    def _row(self, reading: FigureReading, doubtful: bool) -> FactRow:
        factor = load_parameters("bolang.intake").number("confidence_failed_check") if doubtful else 1.0
        return FactRow(
            reading.code,
            reading.indicator,
            reading.value,
            reading.unit,
            reading.year,
            reading.period,
            self._source(reading),
            METHOD,
            "；".join(reading.definition),
            tuple(step.written() for step in _steps(reading)),
            reading.printed,
            reading.sentence,
            str(reading.place),
            round(reading.confidence * factor, 3),
            rank=reading.rank,
        )


def _steps(reading: FigureReading) -> Iterator[Step]:
    """Yield where a figure stands, how it was printed, and what makes it less than certain."""
    yield Step("reading", {"place": reading.place.text, "sentence": same(reading.sentence)})
    kept = {"value": same(f"{reading.value:.12g}"), "unit": unit_text(reading.unit)}
    yield Step("printed", {"printed": same(reading.printed), **kept})
    if reading.remarks:
        yield Step("remarks", {"remarks": join((REMARKS[remark] for remark in reading.remarks), "、", ", ")})


def read(
    path: str | Path,
    county: str | County | None = None,
    year: int | None = None,
    atlas: Atlas | None = None,
    known: Known | None = None,
) -> Import:
    """Read a file into figures; nothing is saved.

    Parameters
    ----------
    path : str or Path
        A bulletin, budget report, yearbook sheet, terminal export or filled template.
    county : str or County, optional
        The county it describes; by default the one that its title names.
    year : int, optional
        The year it reports; by default the one that its title names.
    atlas : Atlas, optional
        Used to recognise counties and to compare with what is known.
    known : Known, optional
        What is known, where several files are read one after another.

    Raises
    ------
    BadInputError
        If the file cannot be read, or its county or year cannot be told.
    """
    path = Path(path)
    atlas = atlas or (county.atlas if isinstance(county, County) else None) or own_atlas()
    return checked(parse(path, county, year, atlas), known or Known(atlas))


@dataclass(frozen=True)
class ParsedFile:
    """What the rules made of a file, before it is set beside what is known.

    Attributes
    ----------
    barriers : tuple of Check
        What makes all its figures doubtful: a title of another place, another year.
    """

    file: str
    sha256: str
    title: str
    county: County | None
    time: Time
    rule: TimeRule
    readings: tuple[FigureReading, ...]
    unread: tuple[Unread, ...]
    barriers: tuple[Check, ...]
    notes: tuple[SourceNote, ...]


def parse(path: Path, county: str | County | None, year: int | None, atlas: Atlas) -> ParsedFile:
    """Read a file by the rules; see `read`."""
    document = load(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    unit: County | None
    rule: TimeRule = "option"
    if is_template(document):
        unit, time, readings, unread = read_template(document, atlas)
    else:
        refuse_foreign_language(document)
        unit = _county(document, path.stem, county, atlas)
        time, rule = _time(document, path.stem, year)
        own = unit.code if unit else ""
        readings, unread = read_document(document, time, unit.name if unit else "", _Resolver(atlas, unit), own, rule)
        undated = [reading for reading in readings if not reading.year]
        if undated:
            governing_time(document, path.stem, year)  # a table without years, and nothing else tells one: say so
    located = tuple(_locate(readings, unit))
    barriers = tuple(scope_checks(document, path.stem, unit, time, rule, located))
    notes = list(document.notes)
    if time.period != YEAR:
        notes.append(SourceNote("part_of_year", {"year": time.year, "period": time.period}))
    return ParsedFile(
        path.name, digest, document.title, unit, time, rule, located, tuple(unread), barriers, tuple(notes)
    )


def checked(parsed: ParsedFile, known: Known) -> Import:
    """Check what a file gave against itself and against what is known."""
    checks = (*parsed.barriers, *check(parsed.readings, known))
    return Import(
        parsed.file,
        parsed.sha256,
        parsed.title,
        parsed.county,
        parsed.time,
        parsed.readings,
        parsed.unread,
        checks,
        parsed.notes,
        parsed.rule,
        known,
    )


def _time(document: SourceText, stem: str, year: int | None) -> tuple[Time, TimeRule]:
    """Return the time of a document; a workbook of years needs none of its own."""
    try:
        return governing_time(document, stem, year)
    except BadInputError:
        if not has_tables_only(document):
            raise
        return Time(0), "row"


def _county(document: SourceText, file_stem: str, county: str | County | None, atlas: Atlas) -> County | None:
    if county is not None:
        return atlas.county(county)
    for name in names_in(document, file_stem):
        try:
            return atlas.county(name)
        except AmbiguousPlaceError as error:
            raise AmbiguousPlaceError(
                error.message,
                tr("请用 --county 指明全名或代码。", "Name it with --county.") + " " + error.hint,
                error.candidates,
            ) from error
        except UnknownPlaceError:
            continue
    return None


def _locate(readings: Sequence[FigureReading], unit: County | None) -> list[FigureReading]:
    from dataclasses import replace

    located = [reading if reading.code or unit is None else replace(reading, code=unit.code) for reading in readings]
    if any(not reading.code for reading in located):
        raise BadInputError(
            tr("看不出这份文件说的是哪个县。", "The county that this file describes cannot be told."),
            tr("请用 --county 指明，如 --county 义乌市。", "Name it with --county, such as --county 义乌市."),
        )
    return located


class _Resolver:
    """Recognises counties in tables; a name that several have means the one in the file's own province."""

    def __init__(self, atlas: Atlas, unit: County | None) -> None:
        self.atlas = atlas
        self.unit = unit
        self.cache: dict[str, str | None] = {}

    def __call__(self, name: str) -> str | None:
        name = name.strip("#※ 　")
        if not 2 <= len(name) <= 20:
            return None
        if name not in self.cache:
            self.cache[name] = self._find(name)
        return self.cache[name]

    def _find(self, name: str) -> str | None:
        try:
            return self.atlas.county(name).code
        except AmbiguousPlaceError:
            if self.unit is None:
                return None
            near = (self.unit.prefecture, self.unit.province)
            for area in near:
                try:
                    return self.atlas.county(area + name).code
                except BolangError:
                    continue
            return None
        except BolangError:
            return None
