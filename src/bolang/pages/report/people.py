"""People: one figure, one paragraph."""

from __future__ import annotations

from bolang.diagnosis.desk import DeskCell
from bolang.document.model import Block, Column, Figure, Number, Row, Section, Sentence, Table
from bolang.figures.people import AGES, Pyramid, draw_pyramid
from bolang.foundation.text import Text, same
from bolang.foundation.units import PERSONS, number_text
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.facts import notes_of, number_of
from bolang.pages.report.grades import grade
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import filled, paragraph, say
from bolang.wording import load

WORDS = load("report_people")
_SHOWN = ("population", "population_resident", "population_registered", "urbanisation")


def people(context: Context) -> Section:
    """Build the chapter."""
    text = paragraph(
        _size(context), _later(context), _registered(context), *_ages(context), _migrants(context), _school(context)
    )
    blocks: list[Block] = list(filled(text))
    figure = pyramid_figure(context)
    if figure is not None:
        blocks.append(figure)
    blocks += also_imported(context, "people", _SHOWN)
    return Section("people", WORDS("title"), tuple(blocks))


def _people(value: float, year: int) -> Number:
    return Number(value, 1 if value >= 1e5 else 2, PERSONS, year)


def _census(context: Context) -> float | None:
    return context.value("population", context.census)


def _size(context: Context) -> Sentence | None:
    now, before = _census(context), context.value("population", context.earlier_census)
    if now is None:
        return None
    year, earlier = context.census, context.earlier_census
    if before is None:
        return say(WORDS, "size.alone", (notes.CENSUS,), year=year, before=earlier, people=_people(now, year))
    change = 100.0 * (now / before - 1.0)
    return say(
        WORDS,
        f"size.{grade('change', change)}",
        (notes.CENSUS,),
        year=year,
        before=earlier,
        people=_people(now, year),
        change=number_text(abs(change), 1) + "%",
    )


def _later(context: Context) -> Sentence | None:
    latest: DeskCell | None = context.desk.row("population").latest
    if latest is None or latest.year <= context.census:
        return None
    return say(WORDS, "later", notes_of(latest.facts), year=latest.year, people=_people(latest.value, latest.year))


def _registered(context: Context) -> Sentence | None:
    series, now = context.yearly("population_registered"), _census(context)
    if not series or now is None or max(series) < context.census:
        return None
    fact = series[max(series)]
    shown = number_of(fact)
    gap = fact.value - now
    if not context.atlas.territory.comparable(context.county, context.census, fact.year):
        return None
    key = f"registered.{grade('registered', 100.0 * gap / now)}"
    return say(
        WORDS,
        key,
        notes_of((fact,)),
        year=fact.year,
        census=context.census,
        people=shown,
        gap=_people(abs(gap), fact.year),
    )


def _ages(context: Context) -> list[Sentence]:
    old, young = context.value("share_65_plus", context.census), context.value("share_0_14", context.census)
    if old is None or young is None:
        return []
    shown = {"old": number_text(old, 1) + "%", "young": number_text(young, 1) + "%"}
    return [say(WORDS, f"ages.{grade('old', old)}", (notes.CENSUS,), year=context.census, **shown)]


def _migrants(context: Context) -> Sentence | None:
    share, far = context.reading("migrant_share"), context.reading("other_province_share")
    if share is None or far is None or share.value is None or far.value is None:
        return None
    values = {"share": number_text(share.value, 1) + "%", "far": number_text(far.value, 1) + "%"}
    return say(WORDS, f"migrants.{grade('migrants', share.value)}", (notes.CENSUS,), year=share.year, **values)


def _school(context: Context) -> Sentence | None:
    college, years = context.reading("college_share"), context.value("mean_schooling", context.census)
    if college is None or college.value is None or years is None:
        return None
    share = number_text(college.value, 1) + "%"
    return say(
        WORDS,
        f"school.{grade('college', college.value)}",
        (notes.CENSUS,),
        share=share,
        schooling=number_text(years, 1),
        year=college.year,
    )


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
