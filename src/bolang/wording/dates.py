"""A date as readers of each language write it."""

from __future__ import annotations

from calendar import month_name
from datetime import date

from bolang.foundation.text import Text, same
from bolang.wording.book import load

WORDS = load("formats")


def date_text(day: date) -> Text:
    """Write a date: 2026年3月1日, 1 March 2026.

    Examples
    --------
    >>> date_text(date(2026, 3, 1)).en
    '1 March 2026'
    """
    month = Text(str(day.month), month_name[day.month])
    return WORDS("date", year=same(str(day.year)), month=month, day=day.day)
