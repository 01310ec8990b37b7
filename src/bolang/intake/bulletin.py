"""Read a document: walk through its sections, read sentences and tables, settle repeated figures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.blocks import FilledTable, Passage, SourceText, TextHeading
from bolang.intake.characters import CleanLine, clean
from bolang.intake.columns import Resolver
from bolang.intake.discourse import Found
from bolang.intake.readings import FigureReading, Place, Unread
from bolang.intake.scope.grounds import AreaRule, TimeRule, confidence
from bolang.intake.scope.names import name_of_title
from bolang.intake.scope.time import governing_time
from bolang.intake.sentences import SentenceReader
from bolang.intake.subjects import Memory
from bolang.intake.tables import TableReader
from bolang.intake.times import YEAR, Time, stated_time

# A stretch without a full stop is cut after some 4,000 characters, between words, so that no file takes quadratic time.
_SENTENCE = re.compile(r"[^。！？]{1,4000}[^。！？；，、\s]{0,60}[。！？]?")
_PLAN_HEADING = re.compile(
    r"(?<!决算)草案|预算安排|预期目标|主要目标|工作(?:安排|打算|重点|建议|任务|措施|思路)|主要任务|下一步|打算|展望|工作计划|计划(?:安排|草案)|年(?:度)?[^年]{0,12}计划$"
)
_BUDGET_HEADING = re.compile(r"收支预算|预算(?:收入|支出|情况|编制)?$")
_DONE_HEADING = re.compile(r"执行|完成|决算|调整|变动|运行")


_OVERLONG = re.compile(r"[\d.,:~-]{60,}")


@dataclass
class _Sections:
    """The headings above the current line."""

    time: Time
    stack: list[TextHeading]
    title: str = ""
    rule: TimeRule = "title"

    def enter(self, heading: TextHeading) -> None:
        self.stack = [h for h in self.stack if h.level < heading.level] + [heading]

    @property
    def path(self) -> str:
        return " > ".join(heading.text for heading in self.stack)

    @property
    def now(self) -> Time:
        time = self.time
        for heading in self.stack:
            year, period = stated_time(heading.text)
            if year is not None:
                time = Time(year, period or YEAR)
            elif period is not None:
                time = Time(time.year, period)
        return time

    @property
    def time_rule(self) -> TimeRule:
        """The rule that gives the time here: a heading's, else the document's."""
        return "heading" if self.now != self.time else self.rule

    @property
    def plan(self) -> bool:
        """Whether the headings announce what is to come rather than report what was."""
        planned = bool(re.search(r"预算", self.title)) and not _DONE_HEADING.search(self.title)
        years = set(re.findall(r"(?:19|20)\d{2}年", self.title))
        reported = bool(_DONE_HEADING.search(self.title)) and "草案" not in self.title and len(years) == 1
        for heading in self.stack:
            if _DONE_HEADING.search(heading.text) and not re.search(r"草案的?(?:说明|编制)", heading.text):
                planned, reported = False, True
            elif _PLAN_HEADING.search(heading.text) or (_BUDGET_HEADING.search(heading.text) and not reported):
                planned = True
        return planned

    @property
    def topic(self) -> str:
        topic = phrases.topic_of(self.title) if "债务" in self.title else "none"
        for heading in self.stack:
            topic = phrases.topic_of(heading.text, topic)
        return topic

    @property
    def scope(self) -> str:
        return phrases.budget_scope(self.path) or "全域"


__all__ = ["agree", "document_time", "name_of_title", "read_document", "settle"]


def document_time(document: SourceText, year: int | None = None) -> Time:
    """Return the year and period that a document reports.

    Raises
    ------
    BadInputError
        If neither the caller nor the title nor the opening sentences name a year.
    """
    return governing_time(document, year=year)[0]


def read_document(
    document: SourceText,
    time: Time,
    name: str = "",
    resolver: Resolver | None = None,
    own: str = "",
    rule: TimeRule = "title",
) -> tuple[list[FigureReading], list[Unread]]:
    """Read every figure of a document.

    Parameters
    ----------
    document : SourceText
        Blocks of the file.
    time : Time
        Year and period that it reports.
    name : str
        Name of the county, to recognise it in sentences and to tell whether 全市 means the county itself.
    resolver, own
        Recognise counties in the rows of tables; see `TableReader`.
    rule : str
        Rule that gave `time`.

    Returns
    -------
    readings, unread
        Figures understood, repeated ones settled; figures left, with the reason.
    """
    sections = _Sections(time, [], document.title, rule)
    readings: list[FigureReading] = []
    unread: list[Unread] = []
    for block in document.blocks:
        if isinstance(block, TextHeading):
            sections.enter(block)
        elif isinstance(block, Passage):
            if clean(block.text).text.startswith(document.title[:20]) and len(block.text) < 80:
                continue
            _paragraph(block, sections, name, readings, unread)
        else:
            _table(block, sections, resolver, own, readings, unread)
    return settle(readings, unread)


def _paragraph(
    block: Passage, sections: _Sections, name: str, readings: list[FigureReading], unread: list[Unread]
) -> None:
    line = clean(block.text)
    place = Place(sections.path, block.line)
    overlong = list(_OVERLONG.finditer(line.text))
    if overlong:  # no number is that long, and looking for one in it would take for ever
        unread.extend(Unread(m.group()[:40] + "…", "", "malformed", "", place) for m in overlong)
        line = replace(line, text=_OVERLONG.sub(lambda match: "□" * len(match.group()), line.text))
    memory = Memory(topic=sections.topic, own=_own_names(name))
    later = sections.now.year > sections.time.year and sections.now.period == YEAR
    reader = SentenceReader(
        sections.now,
        memory,
        sections.scope,
        sections.plan or later,
        not name or name.endswith("市"),
        sections.time_rule,
    )
    for match in _SENTENCE.finditer(line.text):
        found, left = reader.read(match.group())
        quote = _quote(line, match)
        readings.extend(_reading(item, quote, place) for item in found)
        unread.extend(Unread(item.printed, item.phrase, item.reason, quote, place) for item in left)


def _own_names(name: str) -> tuple[str, ...]:
    stem = re.sub(r"(?:[\u4e00-\u9fff]族)*(?:自治)?[县市区旗]$", "", name)
    own = re.sub(r"^.*(?:市|州|盟|地区)(?=.{2,}$)", "", name)
    return tuple(dict.fromkeys(part for part in (name, stem, own) if len(part) >= 2))


def _quote(line: CleanLine, match: re.Match[str]) -> str:
    return line.quote(match.start(), match.end())


def _table(
    block: FilledTable,
    sections: _Sections,
    resolver: Resolver | None,
    own: str,
    readings: list[FigureReading],
    unread: list[Unread],
) -> None:
    later = sections.now.year > sections.time.year and sections.now.period == YEAR
    reader = TableReader(sections.now, sections.topic, resolver, own, sections.plan or later)
    result = reader.read(block)
    for cell in result.found:
        place = Place(
            sections.path, block.line + cell.row, f"{block.name} {_cell_name(block.first_row + cell.row, cell.column)}"
        )
        reading = replace(_reading(cell.found, cell.line, place), code=cell.code)
        area: AreaRule = "row" if cell.code else "title"
        readings.append(replace(reading, grounds=replace(reading.grounds, area=area)))
    for missed in result.left:
        place = Place(sections.path, block.line + missed.row, block.name)
        unread.append(Unread(missed.left.printed, missed.left.phrase, missed.left.reason, missed.line, place))


def _cell_name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _reading(found: Found, quote: str, place: Place) -> FigureReading:
    return FigureReading(
        found.indicator,
        float(found.value),
        found.unit,
        found.time.year,
        found.time.period,
        found.definition,
        found.figure.printed,
        float(found.digit),
        quote,
        place,
        confidence(found.grounds, found.remarks),
        found.remarks,
        grounds=found.grounds,
    )


def agree(first: FigureReading, second: FigureReading) -> bool:
    """Tell whether two readings of one figure differ by rounding only."""
    return abs(first.value - second.value) <= max(first.digit, second.digit) * (1 + 1e-9)


def settle(readings: list[FigureReading], unread: list[Unread]) -> tuple[list[FigureReading], list[Unread]]:
    """Keep one reading of a figure that is stated several times: the most exact, then the surest.

    Readings that contradict each other are all kept; `checks` reports them.
    """
    by_key: dict[object, list[FigureReading]] = defaultdict(list)
    for reading in readings:
        by_key[reading.key].append(reading)
    kept: list[FigureReading] = []
    dropped: list[Unread] = list(unread)
    for group in by_key.values():
        exact = [reading for reading in group if "approximate" not in reading.remarks]
        dropped.extend(
            Unread(reading.printed, reading.indicator, "bound", reading.sentence, reading.place)
            for reading in (group if exact else [])
            if "approximate" in reading.remarks
        )
        kept.extend(_distinct(exact or group))
    order = {id(reading): position for position, reading in enumerate(readings)}
    return sorted(kept, key=lambda reading: order.get(id(reading), len(order))), dropped


def _distinct(group: list[FigureReading]) -> list[FigureReading]:
    ranked = sorted(group, key=lambda reading: (Decimal(str(reading.digit)), -reading.confidence))
    kept: list[FigureReading] = []
    for reading in ranked:
        if not any(agree(reading, other) for other in kept):
            kept.append(reading)
    return kept
