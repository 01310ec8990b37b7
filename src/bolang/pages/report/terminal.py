"""What the command prints when a report is written: at most ten lines."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.atlas.places import stem
from bolang.atlas.romanize import place, romanize
from bolang.diagnosis.desk import DeskKey
from bolang.foundation.text import Text, join, same
from bolang.pages.asked_by import asked_by
from bolang.pages.plan.sentences import measure_name
from bolang.pages.report import cover, headline, road, strengths
from bolang.pages.report.context import Context
from bolang.pages.report.facts import latest_of
from bolang.wording import load

WORDS = load("report_terminal")
NAMES = load("report_desk")
FACTS: tuple[DeskKey, ...] = ("gdp", "fiscal_revenue", "debt_balance", "population", "household_deposits")
_THREE = 3


def lines(context: Context, file: str, asked: str) -> tuple[Text, ...]:
    """Return the lines: file, unit, title, three facts, strongest, weakest, road, measures, gaps, next command."""
    county = context.county
    known = asked in {county.code, county.name, county.full_name} or stem(asked) == stem(county.name)
    unit = {"place": place(county.full_name), "code": same(county.code)}
    made: list[Text | None] = [
        WORDS("file", file=file),
        WORDS("unit", **unit) if known else WORDS("unit.other", asked=asked, **unit),
        WORDS("title", title=headline.title(context)),
        _facts(context),
        _entry(context, "strong"),
        _entry(context, "weak"),
        _road(context),
        _measures(context),
        _gaps(context),
        WORDS("next", county=asked_by(county)),
    ]
    return tuple(Text(line.zh, romanize(line.en)) for line in made if line is not None)


def _facts(context: Context) -> Text | None:
    found = []
    for key in FACTS:
        number = latest_of(context.desk.row(key))
        if number is not None and number.year is not None:
            found.append(WORDS("fact", name=NAMES(f"name.{key}"), value=number, year=number.year))
    return WORDS("facts", items=join(found[:_THREE], "，", ", ")) if found else None


def _entry(context: Context, side: strengths.Side) -> Text | None:
    found: Sequence[strengths.StrengthEntry] = strengths.entries(context, side)
    if not found:
        return None
    text = strengths.short(found[0])
    return WORDS("strongest", item=text) if side == "strong" else WORDS("weakest", item=text)


def _road(context: Context) -> Text | None:
    text = road.in_a_few_words(context)
    return None if text is None else WORDS("road", text=text)


def _measures(context: Context) -> Text | None:
    found = context.plan.recommended
    return WORDS("measures", items=join([measure_name(entry) for entry in found], "、", ", ")) if found else None


def _gaps(context: Context) -> Text | None:
    absent = cover.absent_rows(context)
    return WORDS("gaps", items=join([NAMES(f"name.{key}") for key in absent], "、", ", ")) if absent else None
