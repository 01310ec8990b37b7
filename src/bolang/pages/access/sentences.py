"""The position of a county in words."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.foundation.text import Text, join
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
        way = WORDS("port.by_rail_or_water", saved=f"{found.saved:.0f}", road=f"{found.cost_by_road:,.0f}")
    return WORDS("port", port=found.port.name, cost=f"{found.cost:,.0f}", way=way, cheaper=found.cheaper)


def _market(found: MarketReach, what: Text) -> Text:
    return WORDS(
        "market",
        what=what,
        share=f"{found.percentile:.0f}",
        rail=f"{found.rail:.0f}",
        rail_usual=f"{found.rail_usual:.0f}",
        ships=f"{found.ships:.0f}",
        ships_usual=f"{found.ships_usual:.0f}",
        by_road=f"{found.percentile_by_road:.0f}",
    )


def _city(found: CityReach) -> Text:
    around = WORDS("city.around", near=_people(found.one_hour), far=_people(found.three_hours))
    if found.within:
        return WORDS("city.within", city=place(found.name), around=around)
    return WORDS("city.near", city=place(found.name), hours=f"{found.hours:.1f}", around=around)


def _people(ten_thousand: float) -> Text:
    """Give people as each language counts them: 10 thousand, or million."""
    return Text(f"{ten_thousand:,.0f}", f"{ten_thousand / 100:,.1f}")


def _summary(found: Position) -> Text:
    plain = found.mean < MIDDLE or not found.as_good
    return WORDS(
        "summary",
        grade=WORDS(f"grade.{found.grade}"),
        best=WORDS(f"aspect.{found.best}"),
        best_share=f"{found.percentiles[found.best]:.0f}",
        worst=WORDS(f"aspect.{found.worst}"),
        worst_share=f"{found.percentiles[found.worst]:.0f}",
        aspects=join([WORDS(f"aspect.{name}") for name in ASPECTS], "、", ", "),
        count=found.as_good,
        end=WORDS("summary.end" if plain else "summary.end.one_condition"),
    )
