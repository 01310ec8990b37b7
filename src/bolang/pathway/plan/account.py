"""What a measure costs, what it would have to bring, and in how many draws it does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.income import YUAN_PER_YI, IncomeFrom, estimated_from, estimated_incomes
from bolang.pathway.plan.measures import Measure

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Base:
    """What effects are turned into money with.

    Attributes
    ----------
    income : float
        Disposable income of all residents, 亿元 a year.
    income_from : {'published', 'output', 'without_mines', 'ceiling'}
        Where it is from; see `bolang.pathway.plan.income`.
    year : int
    size : float
        Residents' estimated income over that of the median county of the same year.
    rural : float
        Rural share of residents, 0 to 1.
    residents : float
        Persons, of the census.
    """

    income: float
    income_from: IncomeFrom
    year: int
    size: float
    rural: float
    residents: float

    @property
    def income_estimated(self) -> bool:
        """Whether it is estimated, for want of a published income."""
        return self.income_from != "published"

    @property
    def per_head(self) -> float:
        """Disposable income per head, yuan a year."""
        return self.income * YUAN_PER_YI / self.residents


@dataclass(frozen=True, slots=True)
class IncomeEffect:
    """Change of residents' disposable income as a share, with its interval.

    Attributes
    ----------
    origin : {'card', 'arithmetic', 'user'}
        From a study, from plain arithmetic, or assumed by the user.
    """

    mean: float
    low: float
    high: float
    origin: str

    def draws(self, uniform: Floats) -> Floats:
        """Triangular draws at given probabilities."""
        width = self.high - self.low
        if width <= 0:
            return np.full_like(uniform, self.mean)
        split = (self.mean - self.low) / width
        rising = self.low + np.sqrt(uniform * width * (self.mean - self.low))
        falling = self.high - np.sqrt((1.0 - uniform) * width * (self.high - self.mean))
        return np.where(uniform < split, rising, falling)


@dataclass(frozen=True, slots=True)
class Account:
    """The account of one measure in one county; money in 亿元 at constant prices.

    Attributes
    ----------
    outlay, outlay_low, outlay_high : float
        Once, all payers.
    running : float
        A year, all payers.
    share : float
        Part that the county pays, of both.
    break_even : float
        Share by which residents' income would have to rise, at full effect, for benefits to equal costs.
    effect : IncomeEffect or None
        None where nobody has measured it.
    pays : float or None
        Share of draws of effect and cost in which it is worth its cost.
    benefit_cost : float or None
        Mean benefit over mean cost.
    unrealistic : bool
        Whether the ratio is above the line at which one asks why nobody has done it.
    needed : float
        Benefit a year at full effect for which benefits equal costs, 亿元.
    once, kept : tuple of float
        What the county's treasury pays year by year, for building and for running.
    course : tuple of float
        Share of the full effect in force year by year.
    """

    outlay: float
    outlay_low: float
    outlay_high: float
    running: float
    share: float
    break_even: float
    effect: IncomeEffect | None
    pays: float | None
    benefit_cost: float | None
    unrealistic: bool
    needed: float
    once: tuple[float, ...]
    kept: tuple[float, ...]
    course: tuple[float, ...]

    @property
    def cash(self) -> tuple[float, ...]:
        """What the county's treasury pays in all, year by year."""
        return tuple(a + b for a, b in zip(self.once, self.kept, strict=True))


def account(measure: Measure, base: Base, effect: IncomeEffect | None, *, draws: int, seed: int) -> Account:
    """Reckon a measure.

    Notes
    -----
    Benefits are residents' disposable income: ``base * effect`` times a ramp to the full effect, then halving every
    ``fading_years``. Costs are those of all payers, once and running, times one plus the cost of public funds. Both are
    discounted at the social rate over ``running_discount_years``.
    """
    cited = load_parameters("bolang.pathway.plan")
    years, rate = int(cited.number("running_discount_years")), cited.number("social_discount")
    discount = 1.0 / (1.0 + rate) ** np.arange(1, years + 1)
    factor = base.size ** _cost_scale() if measure.scales == "county" else 1.0
    low, mode, high = (value * factor for value in measure.cost)
    centre = (low + mode + high) / 3.0
    spent = np.clip(measure.years - np.arange(years), 0.0, 1.0) / measure.years
    kept = np.where(np.arange(years) >= measure.years, measure.running, 0.0)
    a_yuan = float((spent + kept) @ discount) * (1.0 + cited.number("public_funds_cost"))
    fading = cited.number("fading_years") if measure.fades else np.inf
    course = _course(measure.years, years, fading)
    a_point = base.income * float(course @ discount)
    cost = centre * a_yuan
    pays = ratio = None
    if effect is not None:
        uniform = _latin(draws, seed)
        gains = effect.draws(uniform[:, 0]) * a_point
        costs = IncomeEffect(mode, low, high, "").draws(uniform[:, 1]) * a_yuan
        pays = float((gains > costs).mean())
        ratio = float(gains.mean() / costs.mean())
    return Account(
        outlay=centre,
        outlay_low=low,
        outlay_high=high,
        running=centre * measure.running,
        share=measure.share,
        break_even=cost / a_point,
        needed=cost / a_point * base.income,
        effect=effect,
        pays=pays,
        benefit_cost=ratio,
        unrealistic=ratio is not None and ratio > cited.number("realism_line"),
        once=tuple(float(x) for x in measure.share * centre * spent),
        kept=tuple(float(x) for x in measure.share * centre * kept),
        course=tuple(float(x) for x in course),
    )


def _cost_scale() -> float:
    return load_parameters("bolang.economy.levers").number("cost_scale")


def _course(years: float, horizon: int, fading: float) -> Floats:
    """Share of the full effect in force in each year: none in the first, then a ramp, then halving."""
    t = np.arange(horizon, dtype=np.float64)
    ramp = np.clip(t / years, 0.0, 1.0)
    return ramp * 0.5 ** (np.maximum(t - years, 0.0) / fading)


@lru_cache(maxsize=8)
def _latin(draws: int, seed: int) -> Floats:
    """Latin hypercube in two dimensions: every margin has one point in each of `draws` equal intervals."""
    rng = np.random.default_rng(seed)
    inside = rng.uniform(size=(draws, 2))
    interval = np.stack([rng.permutation(draws) for _ in range(2)], axis=1)
    points = np.asarray((interval + 1 - inside) / draws)
    points.flags.writeable = False
    return points


def base_of(atlas: Atlas, county: County) -> Base | None:
    """Return the base of a county; None where neither income nor GDP of a recent year is known, nor estimated."""
    accounts, census = atlas.vintage.accounts, atlas.vintage.census
    since = accounts - int(load_parameters("bolang.pathway.plan").number("oldest_base"))
    people = float(atlas.column("population", census)[county.index])
    rural = 1.0 - float(atlas.column("urban_share", census)[county.index]) / 100.0
    size = _size(atlas, county, accounts, census)
    income, gdp = atlas.latest(county, "income", since=since), atlas.latest(county, "gdp", since=since)
    if income is not None:
        return Base(income.value * people / YUAN_PER_YI, "published", income.year, size, rural, people)
    year = census if gdp is None else gdp.year
    guess = float(estimated_incomes(atlas, year)[county.index])
    if np.isnan(guess):
        return None
    return Base(guess, estimated_from(atlas, county, year), year, size, rural, people)


def _size(atlas: Atlas, county: County, *years: int) -> float:
    """Return estimated income over that of the median county, in the first of the years in which the county has a figure."""
    for year in years:
        values = estimated_incomes(atlas, year)
        if np.isfinite(values[county.index]):
            return float(values[county.index] / np.nanmedian(values))
    return 1.0
