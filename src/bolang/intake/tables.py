"""Read a table: which cells are labels, units, years, growth; then give every number to its indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.blocks import FilledTable
from bolang.intake.cells import (
    are_fractions,
    header_length,
    is_year,
    label_phrase,
    number,
    stated_units,
    units_in,
    without_latin,
)
from bolang.intake.characters import clean, has_chinese
from bolang.intake.columns import HeaderNames, Resolver
from bolang.intake.discourse import Found, Left
from bolang.intake.figures import Numeral
from bolang.intake.headers import column_kind, columns_of, is_banner, rectangle, row_text
from bolang.intake.readings import Reason
from bolang.intake.roles import Roles, code_of, place_name, roles_of
from bolang.intake.scope.grounds import Grounds, TimeRule
from bolang.intake.subjects import Memory
from bolang.intake.times import YEAR, Time, row_year, stated_time
from bolang.intake.units import WrittenUnit, convert, parse_unit
from bolang.intake.vocabulary import PhraseContext, TermMatch, vocabulary

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("month", re.compile(r"^(?:(?:19|20)\d{2}年)?(?:\d{1,2}月份?|本月|当月)(?:数|完成|实际)?$")),
    ("rank", re.compile(r"排名|位次|序号|名次|行次|编号|代码|编码|科目|Rank|Code|\bID\b")),
    ("change", re.compile(r"增减额|增减量|增加额|增收额|增减值|增减数|增减$|增长额|增长量")),
    ("target", re.compile(r"完成.{0,8}%|[为占]预算|进度|完成率|完成比例|预算.{0,4}%")),
    ("average", re.compile(r"(?:[两二三四五六七八九十]|\d)年(?:年均|平均)|年均|平均增[长速幅]")),
    ("growth", re.compile(r"增长|增幅|增速|增减|±|同比|比上年|比去年|较上年|升降|[Gg]rowth|[Yy]o[Yy]|幅度")),
    ("share", re.compile(r"比重|占比|占|构成|结构|[Ss]hare|[Pp]roportion")),
)
_LEFT: dict[str, Reason] = {
    "rank": "outside",
    "change": "change",
    "target": "target",
    "share": "share",
    "month": "month",
    "average": "average",
}
_INDEX = (Decimal(80), Decimal(130))
"""A number in this range under 涨跌幅度 is the price index itself."""
_PLAN = re.compile(r"预算数|年初预算|调整预算|预算$|计划|目标|预期|任务|草案")
_DONE = re.compile(r"执行|决算|完成|平衡")
_LAST = re.compile(r"上年|去年|同期(?!增|比)")


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """What a column of numbers holds: kind, time and units, as its header says."""

    position: int
    kind: str
    header: str
    time: Time
    units: tuple[WrittenUnit, ...]
    dated: bool = False
    fractions: bool = False
    in_rows: bool = False

    @property
    def rule(self) -> TimeRule:
        """The rule that gave the time of its cells."""
        return "row" if self.in_rows else "caption" if self.dated else "title"


def _apart(columns: Sequence[FigureColumn], row: Sequence[str], rate: bool) -> list[FigureColumn]:
    """Return the columns as a row has them: beside a level that is itself a rate, growth is the change of that rate."""
    own = rate and any(column.kind == "level" and number(row[column.position]) is not None for column in columns)
    return [replace(column, kind="change") if own and column.kind == "growth" else column for column in columns]


@dataclass(frozen=True, slots=True)
class CellFound:
    """A reading of a table with the cell it stands in, and the county that its row names."""

    found: Found
    row: int
    column: int
    line: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CellLeft:
    """A number of a table that was not taken."""

    left: Left
    row: int
    line: str


@dataclass
class TableResult:
    """What a table gave."""

    found: list[CellFound] = field(default_factory=list)
    left: list[CellLeft] = field(default_factory=list)


class TableReader:
    """Reads one table.

    Parameters
    ----------
    time : Time
        Year of the document.
    topic : str
        Budget that the headings speak of.
    resolver : callable
        Recognises counties in rows and headers.
    own : str
        Code of the file's own county, if it is known: rows of other places are left.
    plan : bool
        True where the headings announce a budget.
    """

    def __init__(
        self, time: Time, topic: str, resolver: Resolver | None = None, own: str = "", plan: bool = False
    ) -> None:
        self.time = self.now = time
        self.topic = topic
        self.resolver = resolver or (lambda _: None)
        self.own = own
        self.plan = plan
        self.units: tuple[WrittenUnit, ...] = ()
        self.parents: frozenset[str] = frozenset()
        self._names = HeaderNames(topic, self.resolver)
        self.result = TableResult()

    def read(self, grid: FilledTable) -> TableResult:
        """Return the figures of a table."""
        self.result = TableResult()
        table = rectangle(grid)
        head = header_length(table)
        if head == len(table):
            return self.result
        banners = [row for row in table[:head] if is_banner(row)]
        header = [row for row in table[:head] if not is_banner(row)]
        caption = clean(grid.caption.replace("\n", "；")).text
        banner = "；".join(dict.fromkeys(cell for row in banners for cell in row if cell))
        above = "；".join(filter(None, [caption, banner]))
        self.now = self._table_time(above)
        self.units = stated_units("；".join(cell for row in table[:head] for cell in row if cell)) or stated_units(
            caption
        )
        self.topic = phrases.topic_of(above, self.topic)
        # 生产总值及其增长速度 above a table: its rows 工业, 批发和零售业 are parts of GDP.
        self.parents = frozenset({"gdp", "gdp_tertiary"}) if re.search(r"生产总值|GDP", above) else frozenset()
        body = list(enumerate(table))[head:]
        self._names = HeaderNames(self.topic, self.resolver)
        roles = roles_of(columns_of(header), [row for _, row in body], lambda cells: bool(self._names.named(cells)[0]))
        if self.plan or (re.search(r"预算(?:表|草案|安排)", above) and not _DONE.search(above)):
            self._refuse(body)
        elif roles.long:
            self._by_item(roles, body)
        elif self._indicators_in_columns(header, body):
            self._by_column(header, body, roles)
        else:
            self._by_row(header, body)
        return self.result

    def _table_time(self, text: str) -> Time:
        year, period = stated_time(text)
        if year is not None and len(set(re.findall(r"(?:19|20)\d{2}(?=年)", text))) == 1:
            return Time(year, period or self.time.period)
        return self.time

    def _refuse(self, body: Sequence[tuple[int, list[str]]]) -> None:
        for index, row in body:
            label = next((cell for cell in row if has_chinese(cell)), "")
            self._leave_row(index, row, label, "target")

    def _leave_row(self, index: int, row: Sequence[str], label: str, reason: Reason) -> None:
        line = row_text(row)
        self.result.left.extend(
            CellLeft(Left(cell, label, reason), index, line) for cell in row if number(cell) is not None
        )

    def _record(
        self, outcome: Found | Reason, text: str, phrase: str, index: int, column: int, line: str, code: str = ""
    ) -> None:
        if isinstance(outcome, Found):
            self.result.found.append(CellFound(outcome, index, column, line, code))
        else:
            self.result.left.append(CellLeft(Left(text, phrase, outcome), index, line))

    # ------------------------------------------------------------ indicators in rows
    def _by_row(self, header: list[list[str]], body: list[tuple[int, list[str]]]) -> None:
        for label_column, columns, unit_column in self._panels(header, [row for _, row in body]):
            memory = Memory(topic=self.topic, parents=self.parents)
            for index, row in body:
                unit_text = row[unit_column] if unit_column is not None else ""
                self._read_row(row, label_column, unit_text, columns, memory, index)

    def _panels(
        self, header: list[list[str]], body: list[list[str]]
    ) -> list[tuple[int, list[FigureColumn], int | None]]:
        """Split a table into panels: a column of labels and the columns of numbers right of it."""
        width = len(body[0])
        kinds = [column_kind([row[c] for row in body], "".join(row[c] for row in header)) for c in range(width)]
        labels = [c for c in range(width) if kinds[c] == "label"]
        panels = []
        for place, label in enumerate(labels):
            end = labels[place + 1] if place + 1 < len(labels) else width
            columns = [self._column(header, c) for c in range(label + 1, end) if kinds[c] == "number"]
            columns = [
                replace(c, fractions=c.kind == "growth" and are_fractions([row[c.position] for row in body]))
                for c in columns
            ]
            unit_column = next((c for c in range(label + 1, end) if kinds[c] == "unit"), None)
            if columns:
                panels.append((label, columns, unit_column))
        return panels

    def _column(self, header: list[list[str]], position: int) -> FigureColumn:
        text = "".join(dict.fromkeys(row[position] for row in header if row[position]))
        year, period = stated_time(text)
        if year is None:
            bare = re.search(r"(?<!\d)((?:19|20)\d{2})(?:年)?(?:[-/.]12(?:[-/.]31)?)?(?!\d)", text)
            year = int(bare.group(1)) if bare else None
        time = Time(year or self.now.year, period or (YEAR if year else self.now.period))
        kind = next((name for name, pattern in _KINDS if pattern.search(text)), "")
        if not kind and _PLAN.search(text) and not _DONE.search(text):
            kind = "target"
        if not kind and year is None and _LAST.search(text):
            time = Time(time.year - 1, time.period)
        return FigureColumn(position, kind or "level", text, time, units_in(text), year is not None)

    def _read_row(
        self, row: list[str], label_column: int, unit_text: str, columns: list[FigureColumn], memory: Memory, index: int
    ) -> None:
        label = row[label_column]
        phrase, own_units = label_phrase(label)
        if not has_chinese(label) and not vocabulary().find(phrase):  # GDP is a label, a bare number or a code is none
            self._leave_row(index, [row[column.position] for column in columns], label, "outside")
            return
        bare = phrases.BRACKETS.sub("", label)
        rate = None if phrase.endswith("增加值") else phrases.growth_before(bare)
        if rate:
            phrase = label_phrase(bare[: rate.start])[0]
        memory.topic = phrases.topic_of(label, memory.topic)
        matches = vocabulary().find(phrase, memory.context)
        names = frozenset(match.indicator.name for match in matches)
        if matches and not matches[0].contextual and not re.match(r"[#※其]", label):
            memory.parents, memory.head = names, sorted(names)[0]
        else:
            memory.parents |= names
        units = own_units or units_in(unit_text)
        for column in _apart(columns, row, rate is not None):
            text = row[column.position]
            value = number(text)
            if value is None:
                if matches and re.search(r"\d", text):
                    self._record("malformed", text, phrase, index, column.position, row_text(row))
                continue
            named = matches or vocabulary().find(phrase + label_phrase(column.header)[0], memory.context)
            outcome = self._cell(named, column, value, text, units, label, rate is not None, memory.head)
            self._record(outcome, text, phrase, index, column.position, row_text(row))

    def _cell(
        self,
        matches: Sequence[TermMatch],
        column: FigureColumn,
        value: Decimal,
        text: str,
        units: tuple[WrittenUnit, ...],
        label: str,
        rate: bool,
        head: str = "",
    ) -> Found | Reason:
        """Read one cell: a figure, or the reason why it is none."""
        kind = column.kind
        if kind in _LEFT:
            return _LEFT[kind]
        if not matches:
            return "unclear" if vocabulary().mentions(label) else "outside"
        figure = Numeral(0, len(text), value, None, "", text)
        index = matches[0].indicator.unit.name == "指数" and _INDEX[0] <= value <= _INDEX[1]
        if (kind == "growth" or rate) and not index:
            if matches[0].indicator.unit.dimension == "percent":
                return "change"
            name = f"{matches[0].indicator.name}_growth"
            scale = 100 if column.fractions and not text.endswith("%") else 1
            notes = ("table", "fraction") if scale == 100 else ("table",)
            grounds = Grounds(column.rule)
            return Found(name, value * scale, "%", column.time, (), figure, figure.digit * scale, notes, grounds)
        percent = [unit for unit in [parse_unit("%")] if unit and text.endswith("%")]
        choices = [*percent, *units, *column.units, *(() if units or column.units else self.units)]
        for match in matches:
            target = match.indicator.unit
            fitting = next((unit for unit in choices if unit.dimension == target.dimension), None)
            if fitting is None and target.dimension == "number" and not units:
                fitting = target
            if fitting:
                return self._level(match, figure, fitting, column, label, head)
        return "unit"

    def _level(
        self, match: TermMatch, figure: Numeral, unit: WrittenUnit, column: FigureColumn, label: str, head: str
    ) -> Found:
        target = match.indicator.unit
        definition = phrases.definitions(label)
        if head == "fiscal_total_revenue" and match.indicator.name in ("tax_revenue", "nontax_revenue"):
            definition = (*definition, "财政总收入口径")
        return Found(
            match.indicator.name,
            convert(figure.value, unit, target),
            target.name,
            column.time,
            definition,
            figure,
            convert(figure.digit, unit, target),
            ("table", "contextual") if match.contextual else ("table",),
            Grounds(
                column.rule, "title", "context" if match.contextual else "named", "stated" if definition else "plain"
            ),
        )

    # ------------------------------------------------------------ indicators in columns
    def _indicators_in_columns(self, header: list[list[str]], body: list[tuple[int, list[str]]]) -> bool:
        columns = columns_of(header)
        named = sum(bool(self._names.named(cells)[0]) for cells in columns)
        labels = [cell for _, row in body for cell in row[:2] if has_chinese(cell)]
        rows = sum(bool(vocabulary().find(label_phrase(cell)[0])) for cell in labels)
        return named > rows

    def _by_column(self, header: list[list[str]], body: list[tuple[int, list[str]]], roles: Roles) -> None:
        columns = columns_of(header)
        named = [
            self._names.named(cells) if c not in roles.keys else ((), "", False) for c, cells in enumerate(columns)
        ]
        shapes = [self._shape(c, cells, named[c][2], [row[c] for _, row in body]) for c, cells in enumerate(columns)]
        for index, row in body:
            time, code, known = self._row_key(row, [bool(match) for match, _, _ in named], roles)
            line = row_text(row)
            for c, shape in enumerate(shapes):
                value = None if c in roles.keys else number(row[c])
                matches, place, _ = named[c]
                if value is None and matches and c not in roles.keys and re.search(r"\d", row[c]):
                    self._record("malformed", row[c], shape.header, index, c, line)
                if value is None or (is_year(row[c]) and not matches):
                    continue
                outcome: Found | Reason = "other area"
                if known and not (self.own and place and place != self.own):
                    dated = replace(
                        shape,
                        time=self._cell_time(shape, time, roles),
                        in_rows=roles.year is not None or time != self.now,
                    )
                    outcome = self._cell(matches, dated, value, row[c], (), shape.header, False)
                self._record(outcome, row[c], shape.header, index, c, line, place or code)

    def _shape(self, position: int, cells: Sequence[str], growth: bool, values: Sequence[str]) -> FigureColumn:
        header = "".join(cells)
        units = tuple(unit for cell in cells for unit in units_in(cell))
        year, period = stated_time(header)
        time = Time(year, period or YEAR) if year is not None else self.now
        kind = "growth" if growth else "level"
        return FigureColumn(position, kind, header, time, units, year is not None, growth and are_fractions(values))

    def _cell_time(self, shape: FigureColumn, row: Time, roles: Roles) -> Time:
        """Return the time of a cell: its row's, or its header's where that states one and no column of years does."""
        return shape.time if shape.dated and roles.year is None and row == self.now else row

    # ------------------------------------------------------------ one figure a row
    def _by_item(self, roles: Roles, body: list[tuple[int, list[str]]]) -> None:
        """Read a long table: area, year, indicator, unit and value each in a column."""
        assert roles.indicator is not None
        assert roles.value is not None
        columns = [FigureColumn(roles.value, "level", "", self.now, ())]
        if roles.growth is not None:
            values = [row[roles.growth] for _, row in body]
            columns.append(FigureColumn(roles.growth, "growth", "", self.now, (), False, are_fractions(values)))
        for index, row in body:
            time, code, known = self._row_key(row, [False] * len(row), roles)
            label = row[roles.indicator]
            phrase, own_units = label_phrase(label)
            rate = phrases.growth_before(phrases.BRACKETS.sub("", label))
            if rate:
                phrase = label_phrase(phrases.BRACKETS.sub("", label)[: rate.start])[0]
            matches = vocabulary().find(phrase, PhraseContext(topic=self.topic))
            units = own_units or (units_in(row[roles.unit]) if roles.unit is not None else ())
            for column in _apart(columns, row, rate is not None):
                value = number(row[column.position])
                if value is None:
                    continue
                outcome: Found | Reason = "other area"
                if known:
                    dated = replace(column, time=time, in_rows=roles.year is not None)
                    outcome = self._cell(matches, dated, value, row[column.position], units, label, rate is not None)
                self._record(outcome, row[column.position], phrase, index, column.position, row_text(row), code)

    def _row_key(self, row: Sequence[str], named: Sequence[bool], roles: Roles) -> tuple[Time, str, bool]:
        """Return time and county of a row; the flag is False for a row of another place or part of a year."""
        time, code = self.now, ""
        if roles.year is not None:
            year = row_year(row[roles.year])
            if not year:
                return time, code, False
            time = Time(year, YEAR)
        if roles.area is not None or roles.code is not None:
            given = code_of(row[roles.code]) if roles.code is not None else ""
            name = place_name(row, roles)
            found = (self.resolver(given) if given else None) or (self.resolver(name) if name else None)
            if found is None and roles.area is not None:
                found = self.resolver(without_latin(row[roles.area]))
            if found is None and (given or name):
                return time, "", False
            return time, found or "", not (found and self.own and found != self.own)
        return self._row_key_by_content(row, named, time)

    def _row_key_by_content(self, row: Sequence[str], named: Sequence[bool], time: Time) -> tuple[Time, str, bool]:
        code = ""
        for cell, holds_indicator in zip(row, named, strict=True):
            if holds_indicator:
                continue
            year = row_year(cell)
            if year is not None:
                if not year:
                    return time, code, False
                time = Time(year, YEAR)
            elif has_chinese(cell) and number(cell) is None:
                found = self.resolver(without_latin(cell))
                if found:
                    code = found
                elif re.search(r"[县市区旗州盟省计]$|合计|总计", without_latin(cell)):
                    return time, "", False
        return time, code, not (code and self.own and code != self.own)
