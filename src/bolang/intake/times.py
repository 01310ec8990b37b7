"""Which year, and which part of it, a stretch of text speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = "year"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTERS = {"一": "Q1", "1": "Q1", "二": "Q2", "2": "Q2", "三": "Q3", "3": "Q3", "四": "Q4", "4": "Q4"}

_PART = (
    r"(?P<months>1\s*[-~至]\s*(?P<to>1?\d)月份?)|(?P<half>上半年|下半年)|(?P<nine>前三季度|1-3季度|一至三季度|前三个季度)"
    r"|(?P<quarter>(?<!前)[一二三四](?=季度)|第[一二三四](?=季度))季度|(?P<monthend>1?\d)月(?:末|底|份|(?=\d+日))?(?:\d{1,2}日)?"
    r"|(?P<end>末|底)|(?P<whole>全年|度)"
)
# Not a statement of time: the base of a comparison, the start of a span, a plan's name.
_TIME = re.compile(
    rf"(?<![比较与同由自从和\d~-])(?P<year>(?:19|20)\d{{2}})年(?:{_PART})?"
    r"(?!以来|相比|[-~至、]|可比|预算草案|不变价|.{0,3}以上|(?:的|同期的?|全年的?)?\d[\d.]*倍|度?(?:的)?(?:年)?(?:平均|年末|末)?汇率|为基期|=100)"
)
_PART_ALONE = re.compile(rf"(?<![比较与同由自从\d~至-])(?:{_PART})(?!以来|相比)")
_SPAN = re.compile(
    r"(?:19|20)\d{2}\s*(?:年)?\s*[-~至]\s*(?:19|20)\d{2}\s*年|“?十[一二三四]五”?(?:期间|时期|以来|五年|规划期)|“十[一二三四]五”"
)
_LONG = re.compile(
    r"(?:[两二三四五六]|近[三五])年(?:来|间|以来)|过去(?:的)?(?:这)?[三五]年|回顾[^，]{0,6}[三五]年|[三五]年累计|本届政府(?:任期)?(?:以来|[五四三]年)|届以来|“?十[一二三四]五”?(?:期间|时期|以来)"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A year and a part of it."""

    year: int
    period: str = YEAR


def stated_time(text: str) -> tuple[int | None, str | None]:
    """Return the year and the part of the year that a text states last, None for what it does not state."""
    year: int | None = None
    period: str | None = None
    tail = text
    for match in _TIME.finditer(text):
        if _is_base(text, match):
            continue
        year, period = int(match.group("year")), _period(match) or YEAR
        tail = text[match.end() :]
    for match in _PART_ALONE.finditer(tail):
        if match.group("end") or match.group("whole"):
            continue
        period = _period(match) or period
    return year, period


def _is_base(text: str, match: re.Match[str]) -> bool:
    """Tell whether a year is the base of a multiple that follows: 是2017年的|1.44倍."""
    return (
        text[match.end() :] == "的"
        and re.search(r"(?:[是为达到]|相当于)$", text[: match.start()]) is not None
        and not re.search(r"(?:增[加长]|提高|上升|扩大|升|减少|下降|调整|变)(?:到|为)$", text[: match.start()])
    )


def is_long(text: str) -> bool:
    """Tell whether a text opens a review of several years: 五年来, 过去五年, “十三五”期间."""
    return _LONG.search(text) is not None


_PLAN = re.compile(r"十([一二三四])五”?(?:期间|时期|五年|规划期)")
_PLANS = "一二三四"
_TENTH_ENDED, _PLAN_YEARS = 2005, 5


def end_of_plan(text: str) -> int | None:
    """Return the last year of the five-year plan that a text reviews as a whole (“十三五”期间: 2020), None if it names none."""
    found = _PLAN.search(text)
    return _TENTH_ENDED + _PLAN_YEARS * (_PLANS.index(found.group(1)) + 1) if found else None


def is_span(text: str) -> bool:
    """Tell whether a text speaks of several years at once."""
    return _SPAN.search(text) is not None


def _period(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if found["months"]:
        return _through(int(found["to"]))
    if found["half"]:
        return "H1" if found["half"] == "上半年" else "H2"
    if found["nine"]:
        return "Jan-Sep"
    if found["quarter"]:
        return _QUARTERS[found["quarter"][-1]]
    if found["monthend"]:
        month = int(found["monthend"])
        return (YEAR if month == 12 else _through(month)) if 1 <= month <= 12 else None
    return None


def _through(month: int) -> str:
    if not 1 <= month <= 12:
        return YEAR
    return {3: "Q1", 6: "H1", 12: YEAR, 1: "Jan"}.get(month, f"Jan-{_MONTHS[month - 1]}")


_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_TITLE_YEAR_CHINESE = re.compile(
    r"二[〇○零OＯ]([〇○零OＯ一二三四五六七八九])([〇○零OＯ一二三四五六七八九])年|二[〇○零]([一二三])十?([〇○零一二三四五六七八九])年"
)
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○OＯ", 0)


def year_of_title(title: str) -> int | None:
    """Return the year that a title names (2023年, 二〇二三年); the first one, which is the year reported."""
    found = _TITLE_YEAR.search(title)
    if found:
        return int(found.group(1))
    chinese = _TITLE_YEAR_CHINESE.search(title)
    if chinese:
        first, second = (g for g in chinese.groups() if g is not None)
        return 2000 + 10 * _CHINESE_DIGITS[first] + _CHINESE_DIGITS[second]
    return None


_ROW_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:年[末底度]?|年(?:1-)?(?P<month>\d{1,2})月(?:[末底份]|\d{1,2}日)?"
    r"|[-/.](?P<number>\d{1,2})(?:[-/.]\d{1,2})?(?:[ T].*)?)?"
)


def row_year(cell: str) -> int | None:
    """Return the year that a cell dates its row with, 0 where it ends before December, None where the cell is no date."""
    dated = _ROW_DATE.fullmatch(cell)
    if dated is None:
        return None
    month = dated["month"] or dated["number"]
    return int(dated["year"]) if int(month or 12) == 12 else 0
