"""The diagnosis in one sentence."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.diagnosis.result import Diagnosis, Dimension
from bolang.foundation.text import Text, join
from bolang.pages.diagnosis.figures import grouped, inside
from bolang.wording import load

WORDS = load("diagnosis")
NEAR_FACTOR, NEAR_PLACES = 1.1, 2
"""Ranks within this factor and these places of each other are named together."""


def headline(found: Diagnosis) -> Text:
    """Name the strongest and the weakest dimension, with their national ranks."""
    county = place(found.county.name)
    if found.small_sample:
        return WORDS("headline.small", county=county)
    ranked = sorted(
        (d for d in found.dimensions if "nation" in d.standing),
        key=lambda d: d.standing["nation"].percentile,
        reverse=True,
    )
    if len(ranked) < 2:
        return WORDS("headline.little", county=county)
    worst = ranked[-1]
    best = [d for d in ranked[:2] if d is not worst and _is_near(ranked[0], d)]
    strongest = join([_ranked(d) for d in best], "和", " and ")
    return WORDS("headline.one", county=county, best=strongest, worst=_ranked(worst))


def _is_near(best: Dimension, other: Dimension) -> bool:
    """Whether two ranks are so near that naming only one would be chance."""
    first, second = best.standing["nation"].rank, other.standing["nation"].rank
    return second <= NEAR_FACTOR * first + NEAR_PLACES


def _ranked(dimension: Dimension) -> Text:
    nation = dimension.standing["nation"]
    assert dimension.rank_low is not None
    assert dimension.rank_high is not None
    return WORDS(
        "headline.ranked",
        dimension=inside(dimension.label),
        rank=grouped(nation.rank),
        count=grouped(nation.count),
        low=grouped(dimension.rank_low),
        high=grouped(dimension.rank_high),
    )
