"""The fixed words of a report: names of its parts that no finding changes."""

from __future__ import annotations

from calendar import month_name
from datetime import date

from bolang.foundation.text import Lang, Text

CONTENTS = Text("目录", "Contents")
NOTES = Text("注释", "Notes")
SOURCE = Text("资料来源：", "Source: ")
COLON = Text("：", ": ")


def caption_gap(lang: Lang) -> str:
    """Return what stands between the number and the text of a caption."""
    return "　" if lang == "zh" else ". "


def date_text(day: date, lang: Lang) -> str:
    """Write a date as readers of the language write it."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {month_name[day.month]} {day.year}"
