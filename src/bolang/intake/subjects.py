"""What a figure is about: a noun phrase resolved against the vocabulary, in the light of what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bolang.intake.phrases import coordinated, noun_phrase, strip_phrase, without_stray_title
from bolang.intake.units import WrittenUnit
from bolang.intake.vocabulary import PhraseContext, Term, TermMatch, vocabulary

# What may follow an indicator in a clause without a figure: 固定资产投资平稳增长，同比增长5%.
_PREDICATE = re.compile(
    r"(?:平稳|稳步|稳定|持续|较快|快速|保持|稳中|小幅|大幅|有所|呈|继续|情况|按|方面|中$|运行|增长|回升|恢复|提升|壮大|下降|回落|攀升|再创"
    r"|增速|增幅|结构|收支|跃上|再上|突破|迈上|首次|实现|不断|逐步|明显|总体|增势|较|比|规模|进一步|健康|完成|构成|执行|平衡|口径|增收|稳健|向好|趋|上(?![缴交解级划市规]))"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase and the indicators that it may name; `elsewhere` if it speaks of a higher area."""

    phrase: str
    matches: tuple[TermMatch, ...] = ()
    own_level: bool | None = None
    elsewhere: bool = False

    def fitting(self, unit: WrittenUnit) -> TermMatch | None:
        """Return the match whose unit measures the same as `unit`."""
        fitting = (match for match in self.matches if match.indicator.unit.dimension == unit.dimension)
        # 价格总指数为100.8%: an index is often printed with a percent sign.
        index = (match for match in self.matches if match.indicator.unit.name == "指数" and unit.name == "%")
        return next(fitting, None) or next(index, None)

    @property
    def first(self) -> Term | None:
        """The leading match: what a growth rate without a level speaks of."""
        return self.matches[0].indicator if self.matches else None


UNKNOWN = Subject("")
_ADDED = re.compile(r"(?:净)?新(?:增|认定|培育|登记|设立|设)(?:国家|省级)?(?P<what>.+)")
_DEBT_PART = re.compile(r"(?:政府)?(?P<kind>一般|专项)债(?:务|券)?")
_TOTAL = re.compile(r"总(?:数|量|户数)|累计(?:总数)?")

# A bare noun right after another indicator is the one beside it: 一般债务限额43.6亿元、余额42.8亿元.
_BESIDE: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("死亡"), "births", "deaths"),
    (re.compile("户数"), "population_registered", "households_registered"),
    (re.compile("新(?:增|培育|纳)(?:入)?"), "industry_firms_above_scale", "industry_firms_new"),
    (re.compile("余额"), "debt_limit", "debt_balance"),
    (re.compile("限额"), "debt_balance", "debt_limit"),
    (re.compile("人均(?:生活)?消费(?:性)?支出"), "income", "consumption_per_head"),
)


@dataclass
class Memory:
    """What the sentences read so far in a paragraph leave behind for the next."""

    subjects: list[Subject] = field(default_factory=list)
    parents: frozenset[str] = frozenset()
    head: str = ""
    under: frozenset[str] = frozenset()  # what 其中 nests the current figures under
    topic: str = "none"
    listed: list[Subject] = field(default_factory=list)  # subjects with a level in this sentence
    shares: bool = False  # the subjects' figures are shares of GDP
    planned: bool = False  # the last figure was a budget
    own: tuple[str, ...] = ()  # names of the county itself
    queue: list[Subject] = field(default_factory=list)  # subjects still to come after 分别
    whole: str = ""  # what the last share was a share of
    tags: tuple[str, ...] = ()  # 口径 of the last level, which its growth shares

    @property
    def context(self) -> PhraseContext:
        """Context for the vocabulary."""
        return PhraseContext(self.parents, self.topic, self.under, self.head)

    def settle(self, subjects: list[Subject], nested: bool) -> None:
        """Make these the current subjects; what is not nested under 其中 becomes the head."""
        self.subjects = subjects
        self.shares = False
        names = {match.indicator.name for subject in subjects for match in subject.matches}
        if not names:
            return
        contextual = any(match.contextual for subject in subjects for match in subject.matches)
        if "fiscal_revenue" in names:
            self.head = "fiscal_revenue"
        if nested or contextual or not names & vocabulary().parents:
            self.parents |= names
        else:
            self.parents = frozenset(names)
            self.head = next(iter(sorted(names)))

    def open_sentence(self, phrase: str) -> None:
        """Forget what earlier sentences may have been a part of, once one begins with something that is no part of it."""
        lexicon = vocabulary()
        if lexicon.find(phrase, self.context):
            return
        if re.match(r"规模?以上工业企业|规上工业企业", phrase):
            self.parents = frozenset({"industry_firms_above_scale"})  # 资产总计……；营业收入……: sums over these firms
        elif re.search(r"规模以上|限额以上|企业|单位|机构$", phrase):
            self.parents = frozenset()


def resolve(phrase: str, memory: Memory, count: int = 1, clause: str = "") -> list[Subject]:
    """Resolve a noun phrase into one subject, or into `count` subjects that it names together.

    `clause` is the clause that the phrase was taken from, for wordings that put more around the noun.

    Returns a list of unknown subjects if the vocabulary does not hold the phrase.
    """
    lexicon = vocabulary()
    if count == 1:
        matches = lexicon.find(phrase, memory.context)
        rest = None if matches else without_stray_title(clause)
        if rest:
            matches = lexicon.find(rest, memory.context)
        stated = mentioned(clause, memory) if clause and not matches else None
        return [stated or Subject(phrase, matches)]
    ways = []
    for way in coordinated(phrase):
        if len(way) != count:
            continue
        found = [Subject(part, lexicon.find(strip_phrase(part), memory.context)) for part in way]
        if all(subject.matches for subject in found):
            ways.append(found)
    # 城镇、农村居民人均可支配收入 under 零售总额: names of their own go before what only the context would make of a part.
    ways.sort(key=lambda found: any(match.contextual for subject in found for match in subject.matches))
    return ways[0] if ways else [Subject(phrase)] * count


def beside(phrase: str, memory: Memory) -> Subject | None:
    """Return the indicator that a bare noun names beside the last one, None if it names none."""
    last = memory.subjects[-1].first if len(memory.subjects) == 1 else None
    added = _ADDED.match(memory.subjects[-1].phrase) if memory.subjects and not last else None
    if added and _TOTAL.fullmatch(phrase):
        whole = vocabulary().find(added["what"], memory.context)
        return Subject(added["what"], tuple(replace(match, contextual=True) for match in whole)) if whole else None
    debt = _DEBT_PART.fullmatch(phrase) if last and last.name.startswith("debt_interest") else None
    if debt:
        part = vocabulary()["debt_interest_general" if debt["kind"] == "一般" else "debt_interest_special"]
        return Subject(phrase, (TermMatch(part, True),))
    for noun, before, beside in _BESIDE:
        name = last.name.replace(before, beside, 1) if last and last.name.startswith(before) else ""
        if name in vocabulary().indicators and noun.fullmatch(phrase):
            return Subject(phrase, (TermMatch(vocabulary()[name], True),))
    return None


def mentioned(clause: str, memory: Memory) -> Subject | None:
    """Return the indicator that a clause without a figure speaks of, such as 固定资产投资稳步增长."""
    phrase = strip_phrase(clause)
    if len(phrase) < 2:
        return None
    lexicon = vocabulary()
    matches = lexicon.find(phrase, memory.context)
    if matches and not any(match.contextual for match in matches):
        return Subject(phrase, matches)
    predicate = next((m for m in _PREDICATE.finditer(phrase) if m.start() >= 3), None)
    while predicate:
        stem = strip_phrase(phrase[: predicate.start()])
        own = tuple(match for match in lexicon.find(stem, PhraseContext()) if not match.contextual)
        if own:
            return Subject(stem, own)
        predicate = next((m for m in _PREDICATE.finditer(phrase) if m.start() > predicate.start()), None)
    return None


def phrase_before(text: str, own: tuple[str, ...] = ()) -> str:
    """Return the noun phrase that ends a text, without the county's own name and what a budget adds to it."""
    phrase = re.sub(r"^.*(?:控制在|[均都]在|未突破|未超过|未超出|低于)(?=.{2,})", "", noun_phrase(text))
    for name in own:
        phrase = strip_phrase(phrase.removeprefix(name))
    phrase = re.sub(r"^年初预算(?:安排|数)?", "", phrase)
    phrase = re.sub(r"(?:的)?(?:由|从)(?:上年|去年|年初|\d{4}年)?(?:同期)?的?$", "", phrase)
    phrase = re.sub(
        r"(?<=[收支]入|支出|收入|限额)(?:的)?(?:年初|调整|变动|当年)*预算(?:数|安排|目标)?(?:为|是)?$", "", phrase
    )
    return strip_phrase(phrase)
