"""What a sentence takes from those before it: time, budget, level of government, subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.figures import Figure
from bolang.intake.readings import Reason
from bolang.intake.subjects import UNKNOWN, Memory, Subject, mentioned, phrase_before, resolve
from bolang.intake.times import YEAR, Time, stated_time
from bolang.intake.vocabulary import vocabulary

_CENSUS = re.compile(
    r"第(?P<ordinal>[五六七])次(?:全国)?人口普查(?:时|结果|数据|公报)*(?:的|显示)?，?(?:[全我][县市区旗])?(?:常住|总)人口(?:数)?(?:为|是|达)?$"
)
_CENSUS_YEARS = {"五": 2000, "六": 2010, "七": 2020}
"""Reference years of the population censuses; 第七次全国人口普查常住人口 names one without its year."""
# New or repaid debt: its parts are not parts of the stock.
_DEBT_FLOW = re.compile(
    r"(?:新增|发行|再融资|置换|偿还|归还|兑付|还本|转贷|争取|到位).{0,12}(?:债|本金)|债.{0,8}(?:新增|发行|还本|转贷)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure given to an indicator; the caller adds place, sentence and code."""

    indicator: str
    value: Decimal
    unit: str
    time: Time
    definition: tuple[str, ...]
    figure: Figure
    digit: Decimal
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A figure not taken."""

    printed: str
    phrase: str
    reason: Reason


class Discourse:
    """The context of the current figure, kept up to date from one sentence of a paragraph to the next.

    Parameters
    ----------
    time : Time
        Year and part of it that the paragraph speaks of unless a sentence says otherwise.
    memory : Memory
        Topic from the headings; left over to the next sentence.
    scope : str
        ``本级`` if the headings speak of the county's own level of government.
    plan : bool
        True where the headings announce a budget or targets: nothing is taken.
    town : bool
        True if 全市 means the file's own area (a county-level city).
    """

    def __init__(self, time: Time, memory: Memory, scope: str = "全域", plan: bool = False, town: bool = True) -> None:
        self.time = time
        self.memory = memory
        self.scope = scope
        self.plan = plan
        self.town = town
        self.now = time
        self.outer: list[Subject] | None = None
        self.spanning = False  # the last figure covers several years
        self.budgeted = False  # the last total is a budget, so its parts are
        self.revised = False  # the sentence compares a revised figure with its first version
        self.flow = False  # the sentence speaks of new or repaid debt
        self.adding = False  # the sentence adds transfers and balances to revenue
        self.following = False  # the sentence goes on about the total of the one before
        self.announced = False  # the sentence lists budgets: 年初预算为：…

    def begin(self, sentence: str) -> None:
        """Start a sentence: forget what holds only inside one."""
        if not sentence.startswith("其中") and (self.now.year != self.time.year or "全年" in sentence):
            self.now = self.time
        self.memory.listed, self.memory.queue, self.memory.whole = [], [], ""
        self.memory.under = frozenset()
        self.outer, self.announced, self.spanning, self.revised, self.flow = None, False, False, False, False
        self.adding = sentence.startswith("加")
        self.following = re.match(r"其中|加上|加", sentence) is not None
        self.budgeted = self.budgeted and self.following

    def enter_brackets(self, before: str) -> None:
        """Keep the subject while a bracket adds to it, and take it up again after the bracket."""
        outside = phrases.BRACKETS.sub("", before)
        if ")" in outside and self.outer is not None:
            self.memory.subjects, self.outer = self.outer, None
        if "(" in outside:
            self.outer = list(self.memory.subjects)

    def settle_context(self, before: str) -> None:
        """Take the time, the budget and a subject named without a figure from the text before a figure."""
        year, period = stated_time(before)
        if year is not None:
            self.now = Time(year, period or YEAR)
        elif period is not None:
            self.now = Time(self.now.year, period)
        counted = _CENSUS.search(before)
        if counted:
            self.now = Time(_CENSUS_YEARS[counted.group("ordinal")], YEAR)
        self.memory.topic = phrases.topic_of(before, self.memory.topic)
        scope = phrases.budget_scope(before)
        if scope:
            self.scope = scope
        if re.search(r"(?:预算|计划|目标)(?:草案|安排|数)?(?:为|如下|是)?：", before):
            self.announced = True
        clauses = phrases.CLAUSE_END.split(before)
        for clause in clauses[:-1]:
            subject = mentioned(clause, self.memory)
            if subject:
                self.memory.settle([subject], nested=False)

    def note_subject(
        self, text: str, count: int, nested: bool, distributed: bool = False, level: bool = False
    ) -> list[Subject]:
        """Resolve the noun phrase that ends a text; an adverbial or an empty one keeps the current subjects."""
        phrase = phrase_before(text, self.memory.own)
        silent = phrases.keeps_subject(phrase) if level else phrases.is_adverbial(phrase)
        if silent and not vocabulary().find(phrase, self.memory.context):
            return self.inherit(count, distributed)
        self.memory.queue = []
        clause = phrases.last_clause(text)
        if phrases.of_higher_area(clause) or (not self.town and "全市" in clause):
            self.memory.settle([Subject(phrase)], nested)
            return [Subject(phrase)] * count
        if not self.memory.listed and not nested:
            self.memory.open_sentence(phrase)
        subjects = resolve(phrase, self.memory, count, clause)
        if _is_debt_part(subjects):
            subjects = [Subject(phrase)] * count if self.flow else subjects
        else:
            self.flow = _DEBT_FLOW.search(clause) is not None and not any(s.matches for s in subjects)
        self.memory.settle(subjects, nested)
        return subjects

    def inherit(self, count: int, distributed: bool = False) -> list[Subject]:
        """Return the subjects that a figure without a noun phrase of its own takes up."""
        memory = self.memory
        if count == 1:
            if distributed:  # 分别增长5.5%和下降3.1%
                memory.queue = list(memory.subjects if len(memory.subjects) > 1 else memory.listed[-2:])
            if memory.queue:
                return [memory.queue.pop(0)]
            return memory.subjects[-1:] if len(memory.subjects) == 1 else [UNKNOWN]
        if len(memory.subjects) == count:
            return memory.subjects
        if len(memory.listed) >= count:
            return memory.listed[-count:]
        return [UNKNOWN] * count


def _is_debt_part(subjects: list[Subject]) -> bool:
    names = [match.indicator.name for subject in subjects for match in subject.matches]
    return bool(names) and all(re.fullmatch(r"debt_(?:balance|limit)_(?:general|special)", name) for name in names)
