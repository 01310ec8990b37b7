"""People: one figure, one paragraph."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.document.model import Block, Column, Figure, Number, Row, Section, Table
from bolang.figures.people import AGES, Pyramid, draw_pyramid
from bolang.foundation.text import Text, same
from bolang.foundation.units import PERSONS, PERSONS_MANY, number_text
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.facts import notes_of
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, paragraph
from bolang.wording import load

WORDS = load("report_people")
_MANY = 1e6
_SHOWN = ("population", "population_resident", "urbanisation")


def people(context: Context) -> Section:
    """Build the chapter."""
    registered = _registered_fact(context)
    traced = (notes.census(), *(() if registered is None else notes_of((registered,))))
    said = (_size(context), _from_where(context), _ages(context), _school(context))
    text = paragraph(clauses(said, traced))
    blocks: list[Block] = list(filled(text))
    figure = pyramid_figure(context)
    if figure is not None:
        blocks.append(figure)
    blocks += also_imported(context, "people", _SHOWN)
    return Section("people", WORDS("title"), tuple(blocks))


def persons(value: float, year: int) -> Number:
    """Return a number of people for a sentence: English counts in thousands, from a million on in millions."""
    return Number(value, 1 if value >= 1e5 else 2, PERSONS if value < _MANY else PERSONS_MANY, year)


def _census(context: Context) -> float | None:
    return context.value("population", context.census)


def _size(context: Context) -> Text | None:
    now, before = _census(context), context.value("population", context.earlier_census)
    if now is None:
        return None
    year, earlier = context.census, context.earlier_census
    if before is None:
        return WORDS("size.alone", year=year, before=earlier, people=persons(now, year))
    change = 100.0 * (now / before - 1.0)
    if unmoved(change):
        return WORDS("size.same", year=year, before=earlier)
    level = grade("change", change)
    key = f"size.middle.{'up' if change > 0 else 'down'}" if level == "middle" else f"size.{level}"
    return WORDS(key, year=year, before=earlier, change=number_text(abs(change), 1) + "%")


def _from_where(context: Context) -> Text | None:
    """Say what moves the number of residents: those who come, where they are many, else those who live elsewhere."""
    share, far = context.reading("migrant_share"), context.reading("other_province_share")
    if share is not None and far is not None and share.value is not None and far.value is not None:
        came = grade("migrants", share.value)
        if came in {"high", "highest"}:
            key = f"came.{came}.far" if far.value > share.value / 2.0 else f"came.{came}"
            return WORDS(key, share=number_text(share.value, 1) + "%")
    return _away(context)


def _away(context: Context) -> Text | None:
    fact, now = _registered_fact(context), _census(context)
    if fact is None or now is None:
        return None
    gap = fact.value - now
    away = grade("registered", 100.0 * gap / now)
    if away == "highest":
        return WORDS("away.highest", year=fact.year, share=number_text(100.0 * gap / fact.value, 0) + "%")
    key = f"away.{away}"
    return WORDS(key, year=fact.year, gap=persons(abs(gap), fact.year)) if key in WORDS else None


def _registered_fact(context: Context) -> Fact | None:
    """Return the newest registered population that may stand beside the census."""
    series = context.yearly("population_registered")
    if not series or max(series) < context.census:
        return None
    fact = series[max(series)]
    return fact if context.atlas.territory.comparable(context.county, context.census, fact.year) else None


def _ages(context: Context) -> Text | None:
    """Say how old the residents are, unless they are as old as in the median county."""
    old = context.value("share_65_plus", context.census)
    if old is None or (level := grade("old", old)) == "middle":
        return None
    return WORDS(f"ages.{level}")


def _school(context: Context) -> Text | None:
    """Say how schooled they are, unless they are as schooled as in the median county."""
    college = context.reading("college_share")
    if college is None or college.value is None or (level := grade("college", college.value)) == "middle":
        return None
    return WORDS(f"school.{level}")


def pyramid_figure(context: Context) -> Figure | None:
    """Return the age pyramid of the latest census, with the one before as an outline."""
    now = _pyramid(context, context.census)
    if now is None:
        return None
    before = _pyramid(context, context.earlier_census)
    shares = {key: context.value(key, context.census) for key in ("share_0_14", "share_15_64", "share_65_plus")}
    young, middle, old = ("—" if value is None else number_text(value, 1) + "%" for value in shares.values())
    return Figure(
        "pyramid",
        WORDS("figure", county=context.short),
        WORDS("figure.alt", year=now.year, young=young, middle=middle, old=old),
        WORDS("figure.source"),
        lambda lang: draw_pyramid(lang, now, before),
        data=_pyramid_data(context, now),
    )


def _pyramid(context: Context, year: int) -> Pyramid | None:
    sides = {sex: [_age(context, sex, age, year) for age in AGES] for sex in ("male", "female")}
    if any(value is None for side in sides.values() for value in side):
        return None
    known = {sex: [float(value or 0.0) for value in side] for sex, side in sides.items()}
    return Pyramid(year, known["male"], known["female"])


def _age(context: Context, sex: str, age: str, year: int) -> float | None:
    if age != AGES[0]:
        return context.value(f"{sex}_{age}", year)
    whole = context.value(f"{sex}_0_4", year)
    if whole is not None:
        return whole
    parts = (context.value(f"{sex}_0", year), context.value(f"{sex}_1_4", year))
    return None if parts[0] is None or parts[1] is None else parts[0] + parts[1]


def _pyramid_data(context: Context, now: Pyramid) -> Table:
    columns = (Column(WORDS("figure.age"), "left"), Column(WORDS("figure.men")), Column(WORDS("figure.women")))
    rows = tuple(
        Row((_age_name(age), Number(male, 2, PERSONS, now.year), Number(female, 2, PERSONS, now.year)))
        for age, male, female in zip(AGES, now.male, now.female, strict=True)
    )
    return Table("pyramid-data", WORDS("figure", county=context.short), columns, rows, WORDS("figure.source"))


def _age_name(age: str) -> Text:
    return same(age.replace("_plus", "+").replace("_", "–"))
