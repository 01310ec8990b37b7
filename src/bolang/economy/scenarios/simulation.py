"""A scenario simulated: the numbers of a run, by county, circle and industry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import Atlas, County, an_atlas, own_atlas
from bolang.economy.calibration.regions import Regions
from bolang.economy.core.arrays import Array
from bolang.economy.scenarios.circles import circles
from bolang.economy.scenarios.fiscal import revenue_base
from bolang.economy.scenarios.outcomes import MEASURES, WEIGHTED, Outcomes, industry_changes
from bolang.economy.scenarios.results import (
    Effect,
    IndustryEffect,
    LeverCost,
    LeverPulled,
    PlaceEffect,
    ShockHit,
    Simulation,
)
from bolang.economy.scenarios.running import Placed, Run, run
from bolang.economy.scenarios.scenario import Scenario, TradeShock
from bolang.foundation import doors
from bolang.foundation.progress import Progress
from bolang.foundation.text import Text

if TYPE_CHECKING:
    import polars as pl

    from bolang.economy.calibration.calibration import Calibration

WAN_PER_YI = 1e4
LISTED = 8
"""Winners and losers that are named."""
NEGLIGIBLE = 5e-6
INTERVAL = (0.05, 0.95)


@doors.door(scenario=doors.a(Scenario, called=Text("bl.Scenario", "a bl.Scenario")), atlas=an_atlas)
def simulate(
    scenario: Scenario,
    atlas: Atlas | None = None,
    *,
    sensitivity: bool = False,
    progress: Progress | None = None,
) -> Simulation:
    """Simulate a scenario in the economy of all counties.

    Parameters
    ----------
    scenario : Scenario
        Levers, shocks, closure, number of draws.
    atlas : Atlas, optional
        The built-in facts if left out.
    sensitivity : bool
        Also move each parameter to the ends of its range.
    progress : callable, optional
        Receives the stage and the largest residual.

    Raises
    ------
    BadInputError
        If the scenario is empty, or names an unknown lever, place or region.
    ConvergenceError
        If no equilibrium is found; the place and the industry are named.

    Examples
    --------
    >>> import bolang as bl
    >>> print(bl.simulate(bl.Scenario("义乌市", levers=["sea_rail"])).explain("en"))  # doctest: +SKIP
    """
    known = atlas or scenario.atlas or own_atlas()
    return summarise(run(scenario, known, sensitivity=sensitivity, progress=progress))


def summarise(done: Run) -> Simulation:
    """Gather what a run says."""
    atlas, county = done.calibration.atlas, done.calibration.atlas.counties[done.county]
    base = revenue_base(atlas, done.calibration, done.county)
    effects = tuple(_effects(done, base.value))
    own = {effect.measure: effect for effect in effects if effect.circle == "county"}
    gain = base.value * own["revenue"].value
    costs = tuple(_costs(done.placed))
    paid = sum(
        cost.local / cost.places for cost, item in zip(costs, done.placed, strict=True) if done.county in item.counties
    )
    winners, losers = _others(done)
    return Simulation(
        county=county,
        scenario=done.scenario,
        pulled=tuple(_pulled(item, atlas.counties) for item in done.placed),
        shocks=tuple(_hit(shock, done.calibration.regions) for shock in done.scenario.shocks),
        effects=effects,
        industries=_industries(done),
        winners=winners,
        losers=losers,
        places=_places(done),
        decomposition=done.decomposition,
        sensitivity=done.sensitivity,
        costs=costs,
        revenue_base=base.value,
        revenue_gain=gain,
        revenue_year=base.year,
        revenue_estimated=base.estimated,
        payback=paid / gain if gain > 0 else np.inf,
        gdp_estimated=bool(done.calibration.observed.estimated[done.county]),
        iterations=done.solution.iterations,
        residual=float(done.solution.residual[0]),
        walras=float(done.solution.walras[0]),
        draws={} if done.drawn is None else {m: done.drawn.outcomes.by_county(m)[done.county] for m in MEASURES},
    )


def _effects(done: Run, revenue: float) -> list[Effect]:
    """All measures for all circles; baselines are published figures where there are any."""
    found = []
    gdp = published_gdp(done.calibration)
    for circle, rows in circles(done.calibration.atlas, done.county).items():
        if not len(rows):
            continue
        for measure in MEASURES:
            value = float(done.central.change(measure, rows)[0])
            low = high = float("nan")
            if done.drawn is not None and np.isfinite(value):
                low, high = (float(q) for q in np.quantile(done.drawn.outcomes.change(measure, rows), INTERVAL))
            base = float("nan")
            if measure == "gdp":
                base = float(gdp[rows].sum())
            elif measure == "revenue" and circle == "county":
                base = revenue
            elif measure not in WEIGHTED:
                base = _baseline(done.central, measure, rows)
            found.append(Effect(measure, circle, value, low, high, base * value, base))
    return found


def published_gdp(calibration: Calibration) -> Array:
    """GDP of all counties, 亿元: as published or estimated by the atlas, otherwise the model's."""
    found = calibration.observed.published.sum(axis=1)
    model = calibration.economy.income[: calibration.home]
    return np.where(np.isfinite(found), found, model) / WAN_PER_YI


def _baseline(found: Outcomes, measure: str, rows: NDArray[np.integer[Any]]) -> float:
    """The model's baseline over some counties: people as they are, money in 亿元."""
    total = float(found.before[measure][rows].sum())
    return total if measure == "employment" else total / WAN_PER_YI


def _industries(done: Run) -> tuple[IndustryEffect, ...]:
    central = industry_changes(done.economy, done.calibration.home, done.solution, done.county)[:, 0]
    low = high = np.full(len(central), np.nan)
    if done.drawn is not None:
        low, high = np.quantile(done.drawn.industries, INTERVAL, axis=1)
    rows = zip(done.economy.sectors, central, low, high, strict=True)
    return tuple(IndustryEffect(s, float(v), float(a), float(b)) for s, v, a, b in rows)


def _others(done: Run) -> tuple[tuple[PlaceEffect, ...], tuple[PlaceEffect, ...]]:
    """The counties outside the scenario with the largest gains and losses."""
    counties = done.calibration.atlas.counties
    change, (low, high) = done.central.by_county("gdp")[:, 0], _by_county(done, "gdp")
    base = published_gdp(done.calibration)
    amount = base * change
    acting = {done.county, *(row for item in done.placed for row in item.counties)}
    order = [int(i) for i in np.argsort(amount) if int(i) not in acting]

    def place(i: int) -> PlaceEffect:
        return PlaceEffect(
            counties[i], float(change[i]), float(amount[i]), float(base[i] * low[i]), float(base[i] * high[i])
        )

    winners = tuple(place(i) for i in reversed(order[-LISTED:]) if change[i] > NEGLIGIBLE)
    losers = tuple(place(i) for i in order[:LISTED] if change[i] < -NEGLIGIBLE)
    return winners, losers


def _by_county(done: Run, measure: str) -> tuple[Array, Array]:
    """Ends of the interval of every county's relative change; NaN without draws."""
    if done.drawn is None:
        nothing = np.full(done.calibration.home, np.nan)
        return nothing, nothing
    drawn = done.drawn.outcomes.by_county(measure)
    known = np.asarray(np.isfinite(drawn).all(axis=1))
    low, high = (
        np.where(known, q, np.nan) for q in np.quantile(np.where(known[:, None], drawn, 0.0), INTERVAL, axis=1)
    )
    return low, high


def _places(done: Run) -> pl.DataFrame:
    import polars as pl

    counties = done.calibration.atlas.counties
    columns: dict[str, object] = {
        "code": [c.code for c in counties],
        "name": [c.full_name for c in counties],
        "gdp_amount": published_gdp(done.calibration) * done.central.by_county("gdp")[:, 0],
    }
    for measure in ("gdp", "real_income", "employment", "exports", "revenue"):
        columns[measure] = done.central.by_county(measure)[:, 0]
        columns[f"{measure}_low"], columns[f"{measure}_high"] = _by_county(done, measure)
    return pl.DataFrame(columns).fill_nan(None)


def _costs(placed: tuple[Placed, ...]) -> list[LeverCost]:
    found = []
    for item in placed:
        scale = len(item.counties) * _size(item)
        cost = item.lever.cost
        total = cost.centre * scale
        found.append(
            LeverCost(
                item.lever,
                len(item.counties),
                total,
                total * item.lever.local_share,
                cost.low * scale,
                cost.high * scale,
            )
        )
    return found


def _size(item: Placed) -> float:
    """Size relative to the standard one: cost grows with a market's size, and with the user's scale otherwise."""
    if item.lever.mechanism == "hub" and item.effect is not None:
        return abs(item.effect) / item.lever.effect.mode  # type: ignore[union-attr]
    return item.scale


def _pulled(item: Placed, counties: Sequence[County]) -> LeverPulled:
    size = item.lever.effect.centre if item.effect is None else item.effect
    return LeverPulled(item.lever, tuple(counties[row] for row in item.counties), size)


def _hit(shock: TradeShock, regions: Regions) -> ShockHit:
    named = None if shock.region is None else regions.names[regions.position(shock.region)]
    return ShockHit(shock.kind, named, shock.change, shock.place)
