"""The weaknesses of the network data on which a route depends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bolang.space.modes import Family
from bolang.space.route import Leg, Route, Stop

CURVED = 1.7
"""A stretch of road or track longer than this many straight lines is worth a second look."""

LONG_KM = 50.0

WEAK = (Family.ROAD, Family.RAIL, Family.RAIL_ABROAD, Family.SEA, Family.FERRY)
"""Means of transport whose data have a weakness of their own, in the order in which they are stated."""


@dataclass(frozen=True)
class Repaired:
    """Kilometres of the best way that the graph lacks and that were closed along the straight line."""

    km: float


@dataclass(frozen=True)
class Curved:
    """A leg much longer than the straight line between its ends.

    Attributes
    ----------
    means : Family
    start, end : Stop
    times : float
        Its length over the straight line, to one decimal.
    """

    means: Family
    start: Stop
    end: Stop
    times: float


Weakness = Family | Repaired | Curved
"""A means of transport whose data are weak as a whole, or what is weak in one way."""


def notes_on(routes: Sequence[Route]) -> tuple[Weakness, ...]:
    """Return the weaknesses of the data that the best and the second-best way depend on."""
    legs = [leg for route in routes[:2] for leg in route.legs]
    used = {leg.means for leg in legs}
    found: list[Weakness] = [means for means in WEAK if means in used]
    repaired = sum(leg.repaired_km for leg in routes[0].legs)
    if repaired > 1:
        found.append(Repaired(repaired))
    return (*found, *dict.fromkeys(_curved(leg) for leg in legs if _is_curved(leg)))


def _is_curved(leg: Leg) -> bool:
    return leg.means in (Family.ROAD, Family.RAIL) and leg.km > LONG_KM and leg.km > CURVED * leg.straight_km


def _curved(leg: Leg) -> Curved:
    return Curved(leg.means, leg.start, leg.end, round(leg.km / leg.straight_km, 1))
