"""The position of a county: its port, what each means of transport adds, its markets, and who is as well placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.space.gateways import Gateway, find_gateway

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

NEARER_IS_BETTER = frozenset({"port_cost", "metropolis_hours"})

ASPECTS = ("port_cost", "harris_all", "foreign_harris_all", "metropolis_hours")
"""Four sides of a position; figures of `access`."""

GRADES: tuple[tuple[float, str], ...] = (
    (90.0, "outstanding"),
    (75.0, "good"),
    (50.0, "above_middle"),
    (25.0, "below_middle"),
    (0.0, "remote"),
)
"""By the mean of the four percentiles."""


@dataclass(frozen=True)
class PortReach:
    """The way of a container to the cheapest ocean port.

    Attributes
    ----------
    port : Gateway
    cost, cost_by_road : float
        Yuan a TEU, time included: by the best means, and by road to whichever port is cheapest so.
    cheaper : int
        Units for which it is cheaper.
    """

    port: Gateway
    cost: float
    cost_by_road: float
    cheaper: int

    @property
    def saved(self) -> float:
        """Per cent that railways and ships save against the road."""
        return 100 * (1 - self.cost / self.cost_by_road)


@dataclass(frozen=True)
class MarketReach:
    """A market potential, and what railways and ships add to it.

    Attributes
    ----------
    percentile, percentile_by_road : float
        Share of the units with less: by all means, and by road alone; percent.
    rail, ships : float
        Per cent by which the whole exceeds the potential without railways, and without rivers and the coast.
    rail_usual, ships_usual : float
        The same of the median unit.
    """

    percentile: float
    percentile_by_road: float
    rail: float
    ships: float
    rail_usual: float
    ships_usual: float


@dataclass(frozen=True)
class CityReach:
    """The nearest city above five million people, and the people around.

    Attributes
    ----------
    name : str
    within : bool
        Whether the county is part of it.
    hours : float
        By car.
    one_hour, three_hours : float
        People within that time, 10 thousand.
    """

    name: str
    within: bool
    hours: float
    one_hour: float
    three_hours: float


@dataclass(frozen=True)
class Position:
    """Where a county stands; all figures are estimates.

    Attributes
    ----------
    county : County
    percentiles : mapping of str to float
        Share of the units that do worse in each aspect, percent.
    as_good : int
        Other units that do at least as well in every aspect.
    port : PortReach
    domestic, foreign : MarketReach
    city : CityReach
    """

    county: County
    percentiles: dict[str, float]
    as_good: int
    port: PortReach
    domestic: MarketReach
    foreign: MarketReach
    city: CityReach

    @property
    def mean(self) -> float:
        """Mean of the four percentiles."""
        return float(np.mean(list(self.percentiles.values())))

    @property
    def grade(self) -> str:
        """Key of `GRADES`."""
        return next(grade for least, grade in GRADES if self.mean >= least)

    @property
    def best(self) -> str:
        """The aspect in which most units do worse."""
        return max(self.percentiles, key=lambda aspect: self.percentiles[aspect])

    @property
    def worst(self) -> str:
        """The aspect in which fewest units do worse."""
        return min(self.percentiles, key=lambda aspect: self.percentiles[aspect])


def position(atlas: Atlas, county: County) -> Position:
    """Measure where a county is.

    Parameters
    ----------
    atlas : Atlas
    county : County
    """
    table, row = _AccessTable(atlas), county.index
    return Position(
        county=county,
        percentiles={name: table.percentile(name, row) for name in ASPECTS},
        as_good=int(np.all([table.no_worse(name, row) for name in ASPECTS], axis=0).sum()) - 1,
        port=_port(atlas, table, row),
        domestic=_market(table, row, "harris"),
        foreign=_market(table, row, "foreign_harris"),
        city=_city(table, county),
    )


class _AccessTable:
    """The table of access, read by column."""

    def __init__(self, atlas: Atlas) -> None:
        self.frame = atlas.table("access")

    def values(self, name: str) -> NDArray[np.float64]:
        return self.frame[name].to_numpy().astype(np.float64)

    def number(self, name: str, row: int) -> float:
        return float(self.frame[name][row])

    def text(self, name: str, row: int) -> str:
        return str(self.frame[name][row])

    def percentile(self, name: str, row: int) -> float:
        values = self.values(name)
        worse = values > values[row] if name in NEARER_IS_BETTER else values < values[row]
        return float(100 * worse.mean())

    def no_worse(self, name: str, row: int) -> NDArray[np.bool_]:
        values = self.values(name)
        return np.asarray(values <= values[row] if name in NEARER_IS_BETTER else values >= values[row])


def _port(atlas: Atlas, table: _AccessTable, row: int) -> PortReach:
    cost = table.number("port_cost", row)
    return PortReach(
        port=find_gateway(atlas, table.text("port_cheapest", row)),
        cost=cost,
        cost_by_road=table.number("port_cost_road", row),
        cheaper=int((table.values("port_cost") < cost).sum()),
    )


def _market(table: _AccessTable, row: int, kind: str) -> MarketReach:
    """Measure what railways and what ships add: the whole against the whole without them."""
    whole, without = f"{kind}_all", (f"{kind}_water", f"{kind}_rail")
    own = [100 * (table.number(whole, row) / table.number(name, row) - 1) for name in without]
    usual = [100 * (float(np.median(table.values(whole) / table.values(name))) - 1) for name in without]
    return MarketReach(
        percentile=table.percentile(whole, row),
        percentile_by_road=table.percentile(f"{kind}_road", row),
        rail=own[0],
        ships=own[1],
        rail_usual=usual[0],
        ships_usual=usual[1],
    )


def _city(table: _AccessTable, county: County) -> CityReach:
    row = county.index
    name = table.text("metropolis", row)
    return CityReach(
        name=name,
        within=name in (county.prefecture, county.name),
        hours=table.number("metropolis_hours", row),
        one_hour=table.number("population_60_minutes", row),
        three_hours=table.number("population_180_minutes", row),
    )
