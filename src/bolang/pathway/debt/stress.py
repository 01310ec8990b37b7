"""Stress tests and the fan chart: what happens to debt when the assumptions fail, one by one and together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.pathway.debt.outlook import YEARS, Assumptions, OutlookShock, project
from bolang.pathway.debt.position import FiscalPosition
from bolang.pathway.debt.rules import Balance, Rule, rules

Floats = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Stress:
    """One stress test: its name, the shock, and the figures that say what is assumed.

    Attributes
    ----------
    key : str
    shock : OutlookShock
        Arrays of shape (T,).
    figures : mapping
        What is assumed, by name: ``years``, ``points``, ``percent``.
    place : Text or None
        The port that closes, where one does.
    """

    key: str
    shock: OutlookShock
    figures: Mapping[str, float] = field(default_factory=dict)
    place: Text | None = None


def standard_stresses(assumptions: Assumptions, growth_deviation: float) -> tuple[Stress, ...]:
    """Growth, revenue, land, interest, and half of each together, sized by the cited parameters.

    Parameters
    ----------
    assumptions : Assumptions
    growth_deviation : float
        Standard deviation of nominal growth, as a share.
    """
    cited = load_parameters("bolang.pathway.debt")
    years, lasting = assumptions.years, int(cited.number("stress_years"))
    early = (np.arange(years) < lasting).astype(float)
    calm = OutlookShock.none(years)
    drop = cited.number("stress_growth_deviations") * growth_deviation
    revenue, land, rate = (cited.number(f"stress_{name}") for name in ("revenue", "land", "rate"))
    single = (
        Stress(
            "growth",
            OutlookShock(-drop * early, calm.revenue, calm.fund, calm.rate),
            {"years": lasting, "points": 100 * drop},
        ),
        Stress(
            "revenue",
            OutlookShock(calm.growth, revenue * early, calm.fund, calm.rate),
            {"years": lasting, "percent": 100 * revenue},
        ),
        Stress(
            "land",
            OutlookShock(calm.growth, calm.revenue, np.full(years, land), calm.rate),
            {"percent": 100 * land},
        ),
        Stress(
            "rate",
            OutlookShock(calm.growth, calm.revenue, calm.fund, np.full(years, rate)),
            {"points": 100 * rate},
        ),
    )
    share = cited.number("stress_combined")
    return (*single, combined(single, share))


def combined(stresses: Iterable[Stress], share: float) -> Stress:
    """Return a share of every stress, all at once."""
    parts = list(stresses)
    shock = parts[0].shock.scaled(share)
    for other in parts[1:]:
        shock = shock.with_(other.shock.scaled(share))
    return Stress("combined", shock, {"percent": 100 * share})


def output_stress(key: str, *, gdp: float, revenue: float, place: Text | None = None, years: int = YEARS) -> Stress:
    """Turn a model effect into a stress: output and revenue lower from the first year on.

    Parameters
    ----------
    key : str
    gdp, revenue : float
        Relative changes of output and of general budget revenue, such as -0.04.
    place : Text, optional
        The port that closes.
    years : int
        Years ahead.
    """
    if not gdp > -1 or not revenue > -1:
        raise BadInputError("Output and revenue cannot fall by 100 % or more.")
    calm = OutlookShock.none(years)
    growth = calm.growth.copy()
    growth[0] = gdp
    # Revenue already falls with output through its elasticity; the rest of the model's effect is laid on top.
    buoyancy = load_parameters("bolang.pathway.debt").number("revenue_buoyancy")
    rest = 1.0 - (1.0 + revenue) / (1.0 + buoyancy * gdp)
    shock = OutlookShock(growth, np.full(years, rest), calm.fund, calm.rate)
    return Stress(key, shock, {"gdp": 100 * gdp}, place)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one path does to every rule.

    Attributes
    ----------
    key, figures, place
        Of the stress ("baseline" for the baseline).
    balance : Balance
        Arrays of shape (T + 1,).
    ratios : mapping from rule key to ndarray, shape (T + 1,)
        Only the rules that can be computed.
    crossed : mapping from rule key to int
        First year ahead (0: already now) in which the rule is crossed.
    """

    key: str
    figures: Mapping[str, float]
    place: Text | None
    balance: Balance
    ratios: dict[str, Floats]
    crossed: dict[str, int]


def outcome(position: FiscalPosition, assumptions: Assumptions, stress: Stress | None, plan: Floats | None) -> Outcome:
    """Project one path and hold it against every rule that can be computed."""
    balance = project(position, assumptions, None if stress is None else stress.shock, plan)
    ratios, crossed = {}, {}
    for rule in rules():
        ratio = rule.ratio(balance)
        if np.isnan(ratio).any():
            continue
        ratios[rule.key] = ratio
        beyond = np.flatnonzero(ratio > rule.line * (1 + 1e-12))
        if beyond.size:
            crossed[rule.key] = int(beyond[0])
    if stress is None:
        calm = {"growth": 100 * float(assumptions.growth.mean())}
        return Outcome("baseline", calm, None, balance, ratios, crossed)
    return Outcome(stress.key, stress.figures, stress.place, balance, ratios, crossed)


@dataclass(frozen=True, eq=False)
class Fan:
    """Quantiles of one ratio over the years, and how likely its line is crossed.

    Attributes
    ----------
    rule : str
        Key of the rule.
    quantiles : ndarray, shape (5, T + 1)
        At 5, 25, 50, 75 and 95 %.
    crossing : ndarray, shape (T + 1,)
        Share of draws beyond the line in each year.
    ever : float
        Share of draws that cross the line in some year.
    """

    rule: str
    quantiles: Floats
    crossing: Floats
    ever: float


def random_shocks(assumptions: Assumptions, growth_deviation: float, draws: int, seed: int) -> OutlookShock:
    """Draw shocks to growth (persistent) and to fund revenue and issue rates (random walks), shape (N, T).

    All are centred: the mean of fund revenue over the draws stays on the baseline.
    """
    if draws < 1:
        raise BadInputError(f"At least one draw is needed, got {draws}.")
    cited = load_parameters("bolang.pathway.debt")
    rng = np.random.default_rng(seed)
    years, persistence = assumptions.years, cited.number("growth_persistence")
    news = rng.normal(0.0, growth_deviation * np.sqrt(1.0 - persistence**2), (draws, years))
    growth = np.empty((draws, years))
    last = rng.normal(0.0, growth_deviation, draws)
    for year in range(years):
        last = persistence * last + news[:, year]
        growth[:, year] = last
    spread = cited.number("fund_deviation")
    fund = rng.normal(-(spread**2) / 2.0, spread, (draws, years)).cumsum(axis=1)
    rate = rng.normal(0.0, cited.number("rate_deviation"), (draws, years)).cumsum(axis=1)
    return OutlookShock(
        growth=np.maximum(growth, -0.5),
        revenue=np.zeros((draws, years)),
        fund=1.0 - np.exp(fund),
        rate=np.maximum(rate, -assumptions.issue_rate),
    )


def fans(
    position: FiscalPosition,
    assumptions: Assumptions,
    growth_deviation: float,
    plan: Floats | None = None,
    *,
    draws: int = 2000,
    seed: int = 0,
) -> dict[str, Fan]:
    """Fan charts of every rule that can be computed; the same seed gives the same fans."""
    balance = project(position, assumptions, random_shocks(assumptions, growth_deviation, draws, seed), plan)
    return {rule.key: _fan(rule, balance) for rule in rules() if not np.isnan(rule.ratio(balance)).any()}


def _fan(rule: Rule, balance: Balance) -> Fan:
    ratio = rule.ratio(balance)
    beyond = ratio > rule.line * (1 + 1e-12)
    quantiles = np.quantile(ratio, QUANTILES, axis=0)
    return Fan(rule.key, quantiles, beyond.mean(axis=0), float(beyond.any(axis=1).mean()))
