"""The position of a county in words."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.foundation.text import Text, join
from bolang.foundation.units import number_text
from bolang.space.position import ASPECTS, CityReach, MarketReach, PortReach, Position
from bolang.wording import load

WORDS = load("access")
MIDDLE = 50.0
"""Below this mean of the percentiles nobody needs to be told that location is not all."""
LEAST_SAVED = 0.5
"""Per cent; less saved than this is the road's own cost, rounded."""


def position_sentences(found: Position) -> tuple[Text, ...]:
    """Say where a county is: port, markets, city, and the sum of it."""
    return (
        _port(found.port),
        _market(found.domestic, WORDS("aspect.harris_all")),
        _market(found.foreign, WORDS("aspect.foreign_harris_all")),
        _city(found.city),
        _summary(found),
    )


def _port(found: PortReach) -> Text:
    if found.saved < LEAST_SAVED:
        way = WORDS("port.by_road")
    else:
        way = WORDS("port.by_rail_or_water", saved=number_text(found.saved), road=number_text(found.cost_by_road))
    return WORDS("port", port=found.port.name, cost=number_text(found.cost), way=way, cheaper=found.cheaper)


def _market(found: MarketReach, what: Text) -> Text:
    return WORDS(
        "market",
        what=what,
        share=number_text(found.percentile),
        rail=number_text(found.rail),
        rail_usual=number_text(found.rail_usual),
        ships=number_text(found.ships),
        ships_usual=number_text(found.ships_usual),
        by_road=number_text(found.percentile_by_road),
    )


def _city(found: CityReach) -> Text:
    around = WORDS("city.around", near=_people(found.one_hour), far=_people(found.three_hours))
    if found.within:
        return WORDS("city.within", city=place(found.name), around=around)
    return WORDS("city.near", city=place(found.name), hours=number_text(found.hours, 1), around=around)


def _people(ten_thousand: float) -> Text:
    """Give people as each language counts them: 10 thousand, or million."""
    return Text(number_text(ten_thousand), number_text(ten_thousand / 100, 1))


def _summary(found: Position) -> Text:
    plain = found.mean < MIDDLE or not found.as_good
    return WORDS(
        "summary",
        grade=WORDS(f"grade.{found.grade}"),
        best=WORDS(f"aspect.{found.best}"),
        best_share=number_text(found.percentiles[found.best]),
        worst=WORDS(f"aspect.{found.worst}"),
        worst_share=number_text(found.percentiles[found.worst]),
        aspects=join([WORDS(f"aspect.{name}") for name in ASPECTS], "、", ", "),
        count=found.as_good,
        end=WORDS("summary.end" if plain else "summary.end.one_condition"),
    )
