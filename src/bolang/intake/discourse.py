"""What a sentence takes from those before it: time, budget, level of government, subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.figures import Numeral
from bolang.intake.readings import Reason
from bolang.intake.scope.area import part_of_county, whole_county
from bolang.intake.scope.grounds import Grounds, TimeRule
from bolang.intake.subjects import UNKNOWN, Memory, Subject, beside, mentioned, phrase_before, resolve
from bolang.intake.times import YEAR, Time, end_of_plan, is_long, stated_time
from bolang.intake.vocabulary import vocabulary

_CENSUS = re.compile(
    r"第(?P<ordinal>[五六七])次(?:全国)?人口普查(?:时|结果|数据|公报)*(?:的|显示)?，?(?:[全我][县市区旗])?(?:常住|总)人口(?:数)?(?:为|是|达)?$"
)
_CENSUS_YEARS = {ordinal: 2000 + 10 * number for number, ordinal in enumerate("五六七")}
"""Reference years of the population censuses; 第七次全国人口普查常住人口 names one without its year."""
FROM = re.compile(
    r"(?:由|从)(?P<when>上年(?:同期|末)?|去年(?:同期)?|(?P<year>(?:19|20)\d{2})年(?:末)?)(?:的)?(?:分别)?(?:为)?$"
)
_LAST_YEAR = re.compile(
    r"^[（(，]?(?:较|比|与)?(?:上年|去年)(?:同期)?(?:决算|完成|执行|实际|实绩|实现)*数?(?:为|是|的)?$"
)
UNDATED = re.compile(r"(?:由|从)(?:原来|原|此前|过去)?的?$")
"""A level without its year that a later one replaces: 由61家|增加到118家."""
# 财政收入, of which 一般公共预算收入 is a part, is the total of some provinces.
_ALL_REVENUE = re.compile(r"(?:组织|地方)?财政收入")
_ITS_GENERAL_PART = re.compile(r"其中[：，]?(?:(?:地方)?(?:一般公共|公共财政)预算|地方财政)收入")
_SINGLE_MONTH = re.compile(r"当月|单月|(?<!\d)本月|^\d{1,2}月份(?![末底])|其中[，：]?\d{1,2}月份?(?![末底]|\d)")
_NAMED_MONTH = re.compile(r"\d{1,2}月份?当月")
_FINAL = re.compile(r"最终核|核实|核定|修订|普查(?!办)")
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
    figure: Numeral
    digit: Decimal
    remarks: tuple[str, ...]
    grounds: Grounds = field(default_factory=Grounds)


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
    time_rule : str
        Rule by which `time` was settled; see `bolang.intake.scope`.
    """

    def __init__(
        self,
        time: Time,
        memory: Memory,
        scope: str = "全域",
        plan: bool = False,
        town: bool = True,
        time_rule: TimeRule = "title",
    ) -> None:
        self.time = time
        self.memory = memory
        self.scope = scope
        self.plan = plan
        self.town = town
        self.now = time
        self.time_rule = time_rule
        self.rule: TimeRule = time_rule  # the rule that settled `now`
        self.carried = False  # a revised earlier year governs the sentences after it
        self.part = False  # the clause speaks of a zone or a town
        self.single = False  # the sentence speaks of a single month
        self.long = False  # the paragraph reviews several years
        self.long_until: int | None = None  # the year with which the plan that it reviews ended
        self.rising = False  # in it, the figure before was the one that this replaces: 由61家增加到|118家
        self.base = False  # growth is over another year than the last
        self.base_governs = False  # and that holds for the rest of the paragraph
        self.rest = ""  # what of the sentence is still to come
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
        if re.search(r"全年|初步核算|今年|本年|当年", sentence):
            self.carried = False
        if not sentence.startswith("其中") and not self.carried and self._set_back(sentence):
            self.now, self.rule = self.time, self.time_rule
        elif self.rule == "stated":
            self.rule = "sentence"
        self.part = self.single = False
        self.base = self.base_governs
        self.long = self.long or is_long(sentence[:16])
        self.long_until = end_of_plan(sentence) or self.long_until
        self.memory.listed, self.memory.queue, self.memory.whole = [], [], ""
        self.memory.under = frozenset()
        self.outer, self.announced, self.spanning, self.revised, self.flow = None, False, False, False, False
        self.adding = re.match(r"加", sentence) is not None
        self.following = re.match(r"其中|加上|加", sentence) is not None
        self.budgeted = self.budgeted and self.following

    def _set_back(self, sentence: str) -> bool:
        return self.now.year != self.time.year or "全年" in sentence

    def earlier(self, before: str) -> tuple[Time, tuple[str, ...]]:
        """Return the time of a figure that 由上年的… or a leading 上年 sets back."""
        tail = re.split(r"[，；。]", before)[-1]
        found = FROM.search(before)
        if found:
            year = int(found.group("year")) if found.group("year") else self.now.year - 1
            return Time(year, self.now.period), ("from year",)
        if _LAST_YEAR.match(tail):
            return Time(self.now.year - 1, self.now.period), ("from year",)
        return self.now, ()

    def enter_brackets(self, before: str) -> None:
        """Keep the subject while a bracket adds to it, and take it up again after the bracket."""
        outside = phrases.BRACKETS.sub("", before)
        if ")" in outside and self.outer is not None:
            self.memory.subjects, self.outer = self.outer, None
        if "(" in outside:
            self.outer = list(self.memory.subjects)

    def settle_context(self, before: str) -> None:
        """Take the time, the budget and a subject named without a figure from the text before a figure."""
        self._settle_time(before)
        self._settle_area(before)
        self.adding = self.adding or re.search(r"[，；：]加(?!大|强|快|速|之|工|计)", before) is not None
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

    def _settle_time(self, before: str) -> None:
        year, period = stated_time(before)
        if year is not None:
            self.now, self.rule = Time(year, period or YEAR), "stated"
            self.carried = year != self.time.year and _FINAL.search(before) is not None
            self.long = self.long and re.match(r"[^，到由从至]{0,3}(?:19|20)\d{2}年", before) is None
        elif period is not None:
            self.now, self.rule = Time(self.now.year, period), "stated"
        if year is not None or period is not None or "全年" in before:
            self.single = False
        apart = _NAMED_MONTH if self.time.period == YEAR else _SINGLE_MONTH
        self.single = self.single or apart.search(before) is not None
        counted = _CENSUS.search(before)
        if counted:
            self.now, self.rule = Time(_CENSUS_YEARS[counted.group("ordinal")], YEAR), "stated"

    def _settle_area(self, before: str) -> None:
        for clause in re.split(r"[，；：。]", before):
            if whole_county(clause):
                self.part = False
            elif part_of_county(clause, self.memory.own):
                self.part = True

    def note_subject(
        self, text: str, count: int, nested: bool, distributed: bool = False, level: bool = False
    ) -> list[Subject]:
        """Resolve the noun phrase that ends a text; an adverbial or an empty one keeps the current subjects."""
        phrase = phrase_before(text, self.memory.own)
        if _ALL_REVENUE.fullmatch(phrase) and _ITS_GENERAL_PART.search(self.rest):
            phrase = "财政总收入"
        neighbour = beside(phrase, self.memory) if count == 1 else None
        if neighbour:
            self.memory.settle([neighbour], nested)
            return [neighbour]
        silent = phrases.keeps_subject(phrase) if level else phrases.is_adverbial(phrase)
        if silent and not vocabulary().find(phrase, self.memory.context):
            return self.inherit(count, distributed)
        self.memory.queue = []
        clause = phrases.last_clause(text)
        if phrases.of_higher_area(clause) or (not self.town and "全市" in clause):
            higher = Subject(phrase, elsewhere=True)
            self.memory.settle([higher], nested)
            return [higher] * count
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
