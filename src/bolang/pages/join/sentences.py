"""The advice on neighbours in sentences."""

from __future__ import annotations

import math

from bolang.atlas.model import INDUSTRY_LABELS
from bolang.atlas.romanize import place
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pathway.neighbours import City, Cluster, MissingLink, Neighbours, Opportunity, Pull
from bolang.wording import load

WORDS = load("neighbours")
FARMING = "A"
NAMED = 2
"""Industries that the answer names."""


def headline(found: Neighbours) -> Text:
    """Say which city to join, with which industries, and which city is the easiest to coordinate with."""
    parts = []
    if found.own_city is not None and len(found.own_city.members) > 1:
        parts.append(WORDS("own_city", county=place(found.county.name), city=place(found.own_city.name)))
    if found.pulls:
        parts += [_strongest(found.pulls), _begin_with(found.opportunities)]
    elif found.nearest is not None:
        city, hours = found.nearest
        parts.append(WORDS("far", city=place(city.name), hours=number_text(hours, 1)))
    if found.seat is not None and (not found.pulls or found.pulls[0].city.name != found.seat[0].name):
        city, hours = found.seat
        parts.append(WORDS("seat", city=place(city.name), people=_people(city, 2), hours=number_text(hours, 1)))
    return join(parts)


def cluster_sentence(found: Cluster) -> Text:
    """Describe a cluster: its quotient, that of the advised county, its jobs and the drive."""
    label = INDUSTRY_LABELS[found.industry]
    return WORDS(
        "cluster",
        county=place(found.county.name),
        industry=Text(label.zh, label.en.lower()),
        theirs=number_text(found.quotient, 2),
        ours=WORDS("unknown") if math.isnan(found.own) else same(number_text(found.own, 2)),
        jobs=Text(number_text(found.jobs / 1e4, 1), number_text(round(found.jobs, -3))),
        hours=number_text(found.hours, 1),
    )


def opportunity_sentence(found: Opportunity, city: City) -> Text:
    """Say what the city buys outside and how strong the county is in it."""
    quotient = number_text(found.quotient, 2)
    if not found.made:
        strength = WORDS("strength.related", percentile=number_text(found.relatedness), quotient=quotient)
    else:
        strength = WORDS("strength.farming" if found.industry == FARMING else "strength.made", quotient=quotient)
    return WORDS(
        "opportunity",
        industry=INDUSTRY_LABELS[found.industry],
        city=place(city.name),
        bought=Text(number_text(found.purchases), number_text(found.purchases / 10, 1)),
        strength=strength,
    )


def missing_sentence(found: MissingLink) -> Text:
    """Say which input is missing, how weakly it is made here, and who makes it nearby."""
    buyer = INDUSTRY_LABELS[found.buyer]
    suppliers = WORDS("suppliers.none")
    if found.suppliers:
        named = [WORDS("supplier", county=place(c.name), hours=number_text(hours, 1)) for c, hours in found.suppliers]
        suppliers = WORDS("suppliers", listed=join(named, "、", ", "))
    return WORDS(
        "missing",
        buyer=Text(buyer.zh, buyer.en.lower()),
        product=INDUSTRY_LABELS[found.product],
        quotient=number_text(found.quotient, 2),
        share=number_text(found.share * 100),
        suppliers=suppliers,
    )


def caveat(found: Neighbours) -> Text:
    """Say what the figures can and cannot tell."""
    return WORDS("caveat", year=found.table_year)


def _strongest(pulls: tuple[Pull, ...]) -> Text:
    first, others = pulls[0], len(pulls) - 1
    rest = WORDS("strongest.only")
    if others:
        counted = Text(str(others), str(others + 1))  # Chinese counts the others, English all
        rest = WORDS("strongest.of", others=counted, share=number_text(first.share * 100))
    people, hours = _people(first.city, 1), number_text(first.hours, 1)
    return WORDS("strongest", city=place(first.city.name), people=people, hours=hours, rest=rest)


def _begin_with(opportunities: tuple[Opportunity, ...]) -> Text:
    if not opportunities:
        return WORDS("no_base")
    return WORDS(
        "begin_with", industries=join([INDUSTRY_LABELS[o.industry] for o in opportunities[:NAMED]], "、", ", ")
    )


def _people(city: City, digits: int) -> Text:
    """Give urban residents as each language counts them: 10 thousand, or million."""
    return Text(number_text(city.population / 1e4), number_text(city.population / 1e6, digits))
