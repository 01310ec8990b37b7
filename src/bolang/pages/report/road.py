"""Road: the type with its probability, whom to join, and the plan."""

from __future__ import annotations

from bolang.atlas.model import INDUSTRY_LABELS
from bolang.atlas.romanize import place
from bolang.document.model import Block, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.foundation.units import number_text
from bolang.pages.plan.page import plan_blocks, plan_tables
from bolang.pages.report import notes, user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.say import chance, filled, listed, lower, paragraph, say
from bolang.pathway.reach import city_drives
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("report_road")
_SURE = 0.7
_WEAK = 0.85
"""Quotient up to which a link counts as weak here."""
_MOST_LINKS, _MOST_SUPPLIERS = 2, 2


def road(context: Context) -> Section:
    """Build the chapter."""
    blocks: list[Block] = list(
        filled(paragraph(kind_sentence(context), *core_city(context)), paragraph(*_links(context)))
    )
    blocks += plan_blocks(context.plan)
    blocks += plan_tables(context.plan)
    blocks += user_rows.tables(context, ("projects",))
    return Section("road", WORDS("title"), tuple(blocks))


def kind_sentence(context: Context) -> Sentence | None:
    """Say the type with its probability, and the road that belongs to it."""
    if context.is_benchmark:
        return say(WORDS, "type.benchmark", (notes.SOURCE_REPORT,))
    if context.small_sample:
        return say(WORDS, "type.small")
    kind = context.kind
    if kind is None or kind.road is None or kind.cell is None:
        return None
    if kind.situation == "core":
        city = place(city_drives(context.atlas)[context.county.code].core_city.city)
        return say(WORDS, "type.core", (notes.SOURCE_REPORT,), county=context.name, city=city, road=kind.road.road)
    share = kind.probability[kind.cell]
    values: dict[str, Value] = {"county": context.name, "kind": kind.road.label, "chance": chance(share)}
    if share >= _SURE:
        return say(WORDS, "type", (notes.SOURCE_REPORT,), road=kind.road.road, **values)
    return say(WORDS, "type.unsure", (notes.SOURCE_REPORT,), **values)


def in_a_few_words(context: Context) -> Text | None:
    """Say road, type and probability in one short sentence; None where the county is not classified."""
    kind = context.kind
    if kind is None or kind.road is None or kind.cell is None or context.small_sample or context.is_benchmark:
        return None
    if kind.situation == "core":
        return WORDS("short.core", road=kind.road.road)
    return WORDS("short", kind=kind.road.label, chance=chance(kind.probability[kind.cell]), road=kind.road.road)


def core_city(context: Context) -> list[Sentence]:
    """Say which core city is within reach and what it buys that the county makes; nothing where none is."""
    found = context.neighbours
    if found is None:
        return []
    if found.own_city is not None:
        itself = found.own_city.name == context.county.name
        return [] if itself else [say(WORDS, "core.own", city=same(found.own_city.name))]
    if not found.pulls:
        if found.nearest is None:
            return []
        city, hours = found.nearest
        return [say(WORDS, "core.none", city=same(city.name), hours=number_text(hours, 1))]
    first = found.pulls[0]
    made = [say(WORDS, "core", city=same(first.city.name), hours=number_text(first.hours, 1))]
    if found.opportunities and not context.small_sample:
        names = listed(lower(INDUSTRY_LABELS[o.industry]) for o in found.opportunities[:3])
        made.append(say(WORDS, "core.supply", (notes.CENSUS,), industries=names))
    return made


def _links(context: Context) -> list[Sentence]:
    found = context.neighbours
    if found is None or context.small_sample:
        return []
    made = []
    for link in [link for link in found.missing if link.suppliers and link.quotient <= _WEAK][:_MOST_LINKS]:
        suppliers = listed(
            WORDS("supplier", name=same(county.name), hours=number_text(hours, 1))
            for county, hours in link.suppliers[:_MOST_SUPPLIERS]
        )
        product = INDUSTRY_LABELS[link.product]
        made.append(
            say(
                WORDS,
                "missing_link",
                (notes.CENSUS,),
                buyer=lower(INDUSTRY_LABELS[link.buyer]),
                product=product,
                quotient=number_text(link.quotient, 2),
                suppliers=suppliers,
            )
        )
    return made
