"""Which year, and which part of it, a document reports: the first of the named rules that gives one."""

from __future__ import annotations

import re

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.intake.blocks import FilledTable, Passage, SourceText
from bolang.intake.characters import clean
from bolang.intake.scope.grounds import TimeRule
from bolang.intake.times import YEAR, Time, stated_time, year_of_title

_REPORT_OF_WORK = re.compile(r"政府工作(?:的)?报告|(?<!财政)(?<!预算)工作报告")
_ANNUAL = re.compile(r"统计公报|工作报告|决算|预算|年鉴|全年|年报|债务")
_REVIEW = re.compile(r"回顾|过去|总结|主要工作|工作(?:完成)?情况")
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*\d{1,2}\s*日?")
_FIGURE = re.compile(r"\d(?:[\d.,]*)(?:万|亿|元|%|户|人|家)")
_BODY_YEAR = re.compile(r"(?<![\d\-~至由从比较])((?:19|20)\d{2})年(?:度|全年)?(?=，|预计|全|我|实现|完成|地区|是)")
_OPENING = 14
_SHORT = 24
"""Letters that a heading without a number may have: 2024年工作总结."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENDS = {"Q1": 3, "H1": 6, **{month: number for number, month in enumerate(_MONTHS, 1)}}
"""Month with which a part of a year ends."""


def is_report_of_work(title: str) -> bool:
    """Tell whether a title is that of a government work report: its year is often the year after the one reported."""
    return _REPORT_OF_WORK.search(title) is not None


def governing_time(document: SourceText, stem: str = "", year: int | None = None) -> tuple[Time, TimeRule]:
    """Return the time that a document reports and the rule that gave it.

    Parameters
    ----------
    document : SourceText
        Blocks and title of the file.
    stem : str
        Name of the file without its ending.
    year : int, optional
        The year that the user names.

    Raises
    ------
    BadInputError
        If no rule gives a year.
    """
    _, titled = stated_time(document.title.split("和")[0])
    period = titled if titled not in (None, YEAR) else _period_of_opening(document)
    for rule, found in _years(document, stem, year, period):
        if found is not None:
            return Time(found, period or YEAR), rule
    raise BadInputError(
        tr("看不出这份文件说的是哪一年。", "The year that this file reports cannot be told."),
        tr("请用 --year 指明，如 --year 2023。", "Name it with --year, such as --year 2023."),
    )


def _years(document: SourceText, stem: str, year: int | None, period: str | None) -> list[tuple[TimeRule, int | None]]:
    if year is not None:
        return [("option", year)]
    if is_report_of_work(document.title):
        return [
            ("heading", _reviewed(document)),
            ("opening", _first_of_body(document)),
            ("opening", _before_delivery(document)),
        ]
    return [
        ("title", year_of_title(document.title)),
        ("heading", _reviewed(document)),
        ("file name", year_of_title(stem)),
        ("opening", _only_year(document)),
        ("opening", _of_publication(document, period)),
    ]


def dates(document: SourceText) -> list[tuple[int, int]]:
    """Return year and month of the full dates in the opening: when it was published or delivered."""
    return [(int(found["year"]), int(found["month"])) for text in _opening(document) for found in _DATE.finditer(text)]


def _opening(document: SourceText) -> list[str]:
    texts = [clean(block.text).text for block in document.blocks if isinstance(block, Passage)]
    return [document.title, *texts[:_OPENING]]


def _reviewed(document: SourceText) -> int | None:
    """Return the year that a heading reviews: 2022年工作回顾."""
    for block in document.blocks:
        if isinstance(block, FilledTable) or (isinstance(block, Passage) and len(block.text) > _SHORT):
            continue
        text = clean(block.text).text
        if _REVIEW.search(text) and not re.search(r"[-~至。；，]", text):
            found = re.findall(r"((?:19|20)\d{2})年", text)
            if found:
                return int(found[-1])
    return None


def _of_publication(document: SourceText, period: str | None) -> int | None:
    """Return the year in which a text on a part of a year without a year of its own was published, after that part ended."""
    if period in (None, YEAR):
        return None
    ends = _ENDS.get(str(period), _ENDS.get(str(period).removeprefix("Jan-"), 12))
    published = [(year, month) for year, month in dates(document) if month >= ends]
    return published[0][0] if len({year for year, _ in published}) == 1 else None


def _first_of_body(document: SourceText) -> int | None:
    """Return the first year that introduces figures of its own."""
    for block in document.blocks:
        if isinstance(block, Passage):
            text = _DATE.sub("", clean(block.text).text)
            for sentence in re.split(r"[。；]", text):
                found = _BODY_YEAR.search(sentence)
                if found and _FIGURE.search(sentence[found.end() :]):
                    return int(found.group(1))
    return None


def _before_delivery(document: SourceText) -> int | None:
    """Return the year before a report was delivered, if that was in the first half of a year."""
    delivered = [year for year, month in dates(document) if month <= 6]
    return delivered[0] - 1 if delivered else None


def _only_year(document: SourceText) -> int | None:
    years = {found for text in _opening(document)[1:7] for found in [stated_time(_DATE.sub("", text))[0]] if found}
    return years.pop() if len(years) == 1 else None


def _period_of_opening(document: SourceText) -> str | None:
    """Return the part of the year that the first figures of a text without 公报 or 决算 in its title are of."""
    if _ANNUAL.search(document.title):
        return None
    seen = 0
    for block in document.blocks:
        if not isinstance(block, Passage):
            continue
        text = clean(block.text).text
        found = _FIGURE.search(text)
        if not found:
            continue
        year, period = stated_time(_DATE.sub("", text[: found.start()]))
        if period is not None and period != YEAR:
            titled = year_of_title(document.title)
            return period if year is None or titled is None or year == titled else None
        seen += 1
        if seen >= 2:
            return None
    return None
