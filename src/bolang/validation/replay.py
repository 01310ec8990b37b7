"""Yiwu's road replayed on paper: mechanisms switched off one at a time in 2020, and fed one at a time to 2010."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.vintage import censuses
from bolang.economy.calibration.calibration import YIWU, Calibration, calibrate
from bolang.economy.calibration.hub_selection import location_quotients
from bolang.economy.calibration.scaling import hub_border_terms
from bolang.economy.core.arrays import Array, by_place
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.industries import GOODS, WHOLESALE
from bolang.economy.core.kernels import KernelCosts, KernelTrade
from bolang.economy.core.migration import Closure
from bolang.economy.core.solver import Options, Solution, solve
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.levers.hub_opening import opening_worth
from bolang.economy.scenarios.outcomes import outcomes
from bolang.foundation.errors import BadInputError
from bolang.foundation.progress import Progress
from bolang.foundation.text import tr

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

OPTIONS = Options(tolerance=1e-7)
SAMPLED = 10
"""The census asks one person in ten about work."""
WAN_PER_YI = 1e4


WITHOUT = (
    "base",
    "market",
    "size",
    "channel",
    "freight",
    "remote",
    "market_fixed",
    "market_province",
    "market_scale",
    "market_inputs",
)
"""2020 with one thing changed."""
DECADE = ("then", "market", "demand", "sea_rail", "together", "pull", "now")
"""2010 with what the decade brought; the nation's size is that of 2010."""


@dataclass(frozen=True, slots=True)
class ReplayLine:
    """Yiwu in one world; money in 亿元 of the national table.

    Attributes
    ----------
    wholesale_lq, manufacturing_lq : float
        Location quotients of employment.
    exports, throughput, gdp : float
        Exports registered in Yiwu, services included; trade through its market; GDP at national prices.
    people, wholesale : float
        Employment, and employment in wholesale and retail.
    """

    wholesale_lq: float
    manufacturing_lq: float
    exports: float
    throughput: float
    gdp: float
    people: float
    wholesale: float


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """Yiwu's road on paper.

    Attributes
    ----------
    without : mapping of key in `WITHOUT` to ReplayLine
    decade : mapping of key in `DECADE` to ReplayLine
        `now` has the people of 2020 scaled by the nation's employment, so that lines compare.
    market_growth : float
        Throughput of Yiwu's market over national output of goods, 2020 over 2010.
    demand : float
        National exports of goods over GDP, 2020 over 2010.
    pull : float
        Rise of what Yiwu offers besides real income (amenities, openness to newcomers, business ideas) that would bring
        employment to what was observed; relative, as if income had risen by as much.
    """

    without: dict[str, ReplayLine]
    decade: dict[str, ReplayLine]
    market_growth: float
    demand: float
    pull: float

    def to_frame(self) -> pl.DataFrame:
        """Return one row a world."""
        import polars as pl

        fields = ReplayLine.__dataclass_fields__
        return pl.DataFrame(
            [
                {"part": part, "world": key, **{name: getattr(line, name) for name in fields}}
                for part, lines in (("without", self.without), ("decade", self.decade))
                for key, line in lines.items()
            ]
        )


@dataclass(frozen=True, slots=True, eq=False)
class InputPricesHeld(Technology):
    """Technology in which unit cost does not respond to prices of inputs: the cost side of input links switched off."""

    def log_cost(self, log_wage: Array, log_price: Array) -> Array:
        """Change of unit cost, from wages alone."""
        return np.asarray(by_place(self.value_added) * log_wage[:, None, :] + np.zeros_like(log_price))


def replay_yiwu(atlas: Atlas, progress: Progress | None = None) -> Replay:
    """Solve every world of `WITHOUT` and `DECADE`; takes a minute or two."""
    now = calibrate(atlas, progress=progress)
    then = calibrate(atlas, year=censuses()[-2], progress=progress)
    growth = _growth_of_market(then, now)
    decade, demand, pull = _decade(then, now, growth, progress)
    return Replay(_without(now, growth, progress), decade, growth, demand, pull)


def market_growth(then: Calibration, progress: Progress | None = None) -> Solution:
    """Solve 2010 with Yiwu's market grown to its share of 2020; everybody may move."""
    growth = _growth_of_market(then, calibrate(then.atlas, progress=progress))
    return _solve(then.economy, Shock(costs=_hub_costs(then, _worth_factor(then, growth))), progress=progress)


def _growth_of_market(then: Calibration, now: Calibration) -> float:
    shares = [c.anchor_throughput / c.observed.nation.output[GOODS] for c in (then, now)]
    return float(shares[1] / shares[0])


def _without(now: Calibration, growth: float, progress: Progress | None) -> dict[str, ReplayLine]:
    economy, yiwu = now.economy, now.atlas.codes.index(YIWU)
    run = partial(_solve, economy, progress=progress)
    closed = Shock(costs=_hub_costs(now, 0.0))
    elasticities = economy.elasticities
    held = economy.technology
    frozen = replace(economy, technology=InputPricesHeld(held.value_added, held.links, held.final))
    found = {
        "base": run(Shock()),
        "market": run(closed),
        "size": run(Shock(costs=_hub_costs(now, _worth_factor(now, 1 / growth)))),
        "channel": run(Shock(costs=_hub_costs(now, 1.0, border=_common_border(now)))),
        "freight": run(Shock(costs=_gate(yiwu, _median_freight(now, yiwu, freight_only=True)))),
        "remote": run(Shock(costs=_gate(yiwu, _median_freight(now, yiwu, freight_only=False)))),
        "market_fixed": run(closed, closure="fixed"),
        "market_province": run(closed, closure="province"),
        "market_scale": run(closed, elasticities=replace(elasticities, scale=0 * elasticities.scale)),
        "market_inputs": _solve(frozen, closed, progress=progress),
    }
    return {key: _line(now, found[key]) for key in WITHOUT}


def _decade(
    then: Calibration, now: Calibration, growth: float, progress: Progress | None
) -> tuple[dict[str, ReplayLine], float, float]:
    from bolang.economy.levers.catalogue import lever
    from bolang.economy.levers.draws import central
    from bolang.economy.levers.mechanisms import ShockBuilder

    yiwu = then.atlas.codes.index(YIWU)
    cited = then.parameters
    demand = _goods_exports_of_gdp(now) / _goods_exports_of_gdp(then)
    builder = ShockBuilder(then, central(cited, []))
    builder.lever("sea_leg", yiwu, np.array([lever("sea_rail").effect.centre]))
    rail = builder.build().costs
    assert isinstance(rail, KernelCosts)
    market = _hub_costs(then, _worth_factor(then, growth))
    abroad = np.full((1, 1, 1), demand)
    together = replace(rail, hub_factor=market.hub_factor, demand_abroad=abroad)
    costs = {
        "market": market,
        "demand": KernelCosts(demand_abroad=abroad),
        "sea_rail": rail,
        "together": together,
    }
    found = {key: _solve(then.economy, Shock(costs=cost), progress=progress) for key, cost in costs.items()}
    found["then"] = _solve(then.economy, Shock(), progress=progress)
    observed = _line(now, _solve(now.economy, Shock(), progress=progress))
    scale = then.observed.employment.sum() / now.observed.employment.sum()
    target = observed.people * scale / (then.observed.employment[yiwu].sum() * SAMPLED)
    pull, found["pull"] = _needed_pull(then, together, float(np.log(target)), found["together"], progress)
    lines = {key: _line(then, found[key]) for key in DECADE if key != "now"}
    lines["now"] = replace(observed, people=observed.people * scale, wholesale=observed.wholesale * scale)
    return lines, demand, pull


def _needed_pull(
    then: Calibration, costs: KernelCosts, target: float, first: Solution, progress: Progress | None
) -> tuple[float, Solution]:
    """Find the amenity at which Yiwu's people grow by `target` (in logs), by secants."""
    yiwu = then.atlas.codes.index(YIWU)

    def with_pull(log_pull: float) -> Solution:
        amenity = np.ones((then.home, 1))
        amenity[yiwu] = np.exp(log_pull)
        return _solve(then.economy, Shock(costs=costs, amenity=amenity), progress=progress)

    def people(found: Solution) -> float:
        return float(np.log(found.population[yiwu, 0]))

    previous, reached = 0.0, people(first)
    guess = target - reached
    for _ in range(8):
        found = with_pull(guess)
        got = people(found)
        if abs(got - target) < 1e-4:
            return float(np.expm1(guess)), found
        slope = (got - reached) / (guess - previous)
        previous, reached, guess = guess, got, guess + (target - got) / slope
    raise BadInputError(
        tr("找不到能再现义乌就业增长的吸引力。", "No pull of Yiwu reproduces the growth of its employment.")
    )


def _goods_exports_of_gdp(calibration: Calibration) -> float:
    """National exports of goods over GDP in the census year, from customs and national accounts."""
    cited, year = calibration.parameters, calibration.observed.year
    dollars = cited["national_exports_usd"].value
    assert isinstance(dollars, dict)
    gdp = cited.number(f"gdp_{year}")
    return float(dollars[year]) * cited.number(f"exchange_rate_{year}") / gdp


def _solve(
    economy: Economy,
    shock: Shock,
    *,
    closure: Closure = "national",
    elasticities: Elasticities | None = None,
    progress: Progress | None = None,
) -> Solution:
    tell = None if progress is None else (lambda _, miss: progress("replay", miss))
    return solve(economy, shock, closure=closure, elasticities=elasticities, options=OPTIONS, progress=tell)


def _hub_costs(calibration: Calibration, factor: float, border: float = 1.0) -> KernelCosts:
    """Scale the worth of Yiwu's market and its way abroad."""
    places = calibration.economy.trade.hub_places
    worth, abroad = np.ones((len(places), 1, 1)), np.ones((1, len(places), 1))
    position = np.flatnonzero(places == calibration.atlas.codes.index(YIWU))
    worth[position], abroad[:, position] = factor, border
    return KernelCosts(hub_factor=worth, hub_border=abroad)


def _worth_factor(calibration: Calibration, growth: float) -> float:
    """Factor on the market's worth, beyond what its own size brings, for a throughput `growth` times the baseline's."""
    trade = calibration.economy.trade
    assert isinstance(trade, KernelTrade)
    assert trade.hubs is not None
    hubs, mu = trade.hubs, float(calibration.economy.elasticities.market_size[0])
    h = int(np.flatnonzero(hubs.places == calibration.atlas.codes.index(YIWU))[0])
    base = float(hubs.worth[h, 0])
    if growth >= 1:
        added = opening_worth(calibration.economy, h, np.array([(growth - 1) * hubs.reference[h]]))[0]
        return float((base + added) / base * growth**-mu)
    # Far from saturation throughput moves in proportion to worth.
    return float(growth ** (1 - mu))


def _common_border(calibration: Calibration) -> float:
    """Other markets' median way abroad over that of Yiwu's."""
    terms = hub_border_terms(calibration.targets, calibration.fitted.multipliers)[:, GOODS]
    assert calibration.hubs is not None
    anchored = calibration.hubs.anchored
    return float(np.exp(np.median(terms[~anchored]) - terms[anchored][0]))


def _median_freight(calibration: Calibration, county: int, *, freight_only: bool) -> Array:
    """Factor on closeness abroad (R,) if the county's freight to each region were that of the median county."""
    geography, cited = calibration.geography, calibration.parameters
    own, other = geography.abroad[:, county], np.median(geography.abroad, axis=1)
    if freight_only:
        value, theta = cited.number("export_value"), cited.number("trade_elasticity")
        return np.asarray(((value + other) / (value + own)) ** -theta)
    return np.asarray((other / own) ** -geography.exponent(cited.number("distance_goods")))


def _gate(county: int, factor: Array) -> KernelCosts:
    return KernelCosts(gates=np.array([county]), outward=factor[:, None, None, None])


def _line(calibration: Calibration, found: Solution) -> ReplayLine:
    """Read Yiwu off a solution."""
    n, yiwu = calibration.home, calibration.atlas.codes.index(YIWU)
    seen = calibration.observed.employment
    workers = seen * found.labour[:n, :, 0]
    # Efficiency units of a county add up to its people.
    workers *= (seen.sum(axis=1) * found.population[:n, 0] / workers.sum(axis=1))[:, None]
    quotients = location_quotients(workers)[yiwu]
    after = {name: float(v[yiwu, 0]) for name, v in outcomes(calibration, calibration.economy, found).after.items()}
    return ReplayLine(
        wholesale_lq=float(quotients[WHOLESALE]),
        manufacturing_lq=float(quotients[GOODS]),
        exports=after["exports"] / WAN_PER_YI,
        throughput=after["throughput"] / WAN_PER_YI,
        gdp=after["gdp"] / WAN_PER_YI,
        people=float(workers[yiwu].sum()) * SAMPLED,
        wholesale=float(workers[yiwu, WHOLESALE]) * SAMPLED,
    )
