"""From the menu to a portfolio problem: sizes, starting years, present values and yearly cash."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.menu import Menu
from bolang.pathway.plan.problem import Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Options:
    """All ways of pulling the levers of a menu.

    Attributes
    ----------
    lever, size, start : ndarray, shape (O,)
        Lever, place in `Menu.sizes` and starting year of each option.
    benefit : ndarray, shape (D, O)
        Present value of the goal's gain, 亿元.
    cost : ndarray, shape (O, Y)
        What the county pays in each year, without contingency, 亿元.
    revenue : ndarray, shape (O, Y)
        Expected additional general budget revenue in each year, 亿元.
    discount : ndarray, shape (Y,)
        Present value of a yuan in each year.
    """

    lever: NDArray[np.int64]
    size: NDArray[np.int64]
    start: NDArray[np.int64]
    benefit: Floats
    cost: Floats
    revenue: Floats
    discount: Floats

    @property
    def outlay(self) -> Floats:
        """Present value of the cost of each option, shape (O,)."""
        return np.asarray(self.cost @ self.discount)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms on which options are valued (the cited parameters by default).

    Attributes
    ----------
    finance_years, evaluation_years, budget_years : int
        Years that money is followed, that benefits are counted, and over which the budget arrives.
    discount, interest : float
        Nominal social discount rate, and rate on the plan's debt.
    contingency, prudence : float
        Addition to costs, and share of additional revenue that counts, in the constraints.
    starts : tuple of int
    """

    finance_years: int
    evaluation_years: int
    budget_years: int
    discount: float
    interest: float
    contingency: float
    prudence: float
    starts: tuple[int, ...]

    @classmethod
    def from_parameters(cls) -> Terms:
        """Take the cited parameters."""
        cited = load_parameters("bolang.pathway.plan")
        starts = cited["starts"].value
        assert isinstance(starts, list)
        return cls(
            finance_years=int(cited.number("finance_years")),
            evaluation_years=int(cited.number("evaluation_years")),
            budget_years=int(cited.number("budget_years")),
            discount=(1.0 + cited.number("social_discount")) * (1.0 + cited.number("price_growth")) - 1.0,
            interest=load_parameters("bolang.pathway.debt").number("issue_rate"),
            contingency=cited.number("contingency"),
            prudence=cited.number("prudence"),
            starts=tuple(int(start) for start in starts),
        )

    def arrival(self, budget: float) -> Floats:
        """Spread a budget over the years in which it arrives, shape (finance_years,)."""
        arrives = np.arange(self.finance_years) < self.budget_years
        return np.asarray(budget * arrives / arrives.sum())


def ramp(start: int, years: float, horizon: int) -> Floats:
    """Share of the full effect in each year: none in the first, then in proportion until complete, shape (horizon,)."""
    return np.clip((np.arange(horizon) - start) / years, 0.0, 1.0)


def spread(start: int, years: float, horizon: int) -> Floats:
    """Share of the cost paid in each year, even over the building time, shape (horizon,).

    What would fall beyond the horizon is left out: only starts that leave room for it should be offered.
    """
    edges = np.clip(np.arange(horizon + 1) - start, 0.0, years)
    return np.asarray(np.diff(edges) / years)


def build_options(menu: Menu, terms: Terms) -> Options:
    """Value every lever at every size and starting year."""
    slow = [lever.key for lever in menu.levers if lever.years > terms.finance_years]
    if slow:
        raise BadInputError(f"Levers that take longer than {terms.finance_years} years cannot be planned: {slow}.")
    sizes = range(menu.sizes.size)
    listed = [
        (number, size, start)
        for (number, lever), size, start in product(enumerate(menu.levers), sizes, terms.starts)
        if start + lever.years <= terms.finance_years
    ]
    lever, size, start = (np.array([row[k] for row in listed], dtype=np.int64) for k in range(3))
    weights = _goal_weights(menu, terms)
    years = terms.finance_years
    growth = (1.0 + menu.growth) ** np.arange(years)
    benefit = np.empty((menu.draws, lever.size))
    cost, revenue = np.empty((lever.size, years)), np.empty((lever.size, years))
    for option, (number, step, first) in enumerate(listed):
        chosen = menu.levers[number]
        benefit[:, option] = chosen.goal[:, step] * (weights @ ramp(first, chosen.years, weights.size))
        cost[option] = chosen.cost[step] * spread(first, chosen.years, years)
        revenue[option] = chosen.revenue[step] * menu.revenue_base * growth * ramp(first, chosen.years, years)
    discount = 1.0 / (1.0 + terms.discount) ** np.arange(1, years + 1)
    return Options(lever, size, start, benefit, cost, revenue, np.asarray(discount, dtype=float))


def build_problem(menu: Menu, options: Options, terms: Terms, budget: Floats, debt_limit: Floats) -> Problem:
    """Set up the choice: net present value of each option, interactions, and prudent yearly cash."""
    pairs, interaction = _interactions(menu, options, terms)
    requires = [
        (option, menu.position(key))
        for option in range(options.lever.size)
        for key in menu.levers[options.lever[option]].requires
    ]
    return Problem(
        lever=options.lever,
        size=options.size,
        value=options.benefit - _cost_factors(menu)[:, options.lever] * options.outlay,
        outlay=options.cost * (1.0 + terms.contingency) - terms.prudence * np.maximum(options.revenue, 0.0),
        budget=budget,
        debt_limit=debt_limit,
        interest=terms.interest,
        discount=terms.discount,
        pairs=pairs,
        interaction=interaction,
        requires=np.array(requires, dtype=np.int64).reshape(-1, 2),
    )


def _cost_factors(menu: Menu) -> Floats:
    """Cost of each lever in each draw over its mean, shape (D, L)."""
    return np.array([lever.cost_factor for lever in menu.levers]).T.reshape(menu.draws, len(menu.levers))


def _goal_weights(menu: Menu, terms: Terms) -> Floats:
    """Present value of the goal's baseline in each year of evaluation, 亿元."""
    years = np.arange(terms.evaluation_years)
    return np.asarray(menu.goal_base * (1.0 + menu.growth) ** years / (1.0 + terms.discount) ** (years + 1))


def _interactions(menu: Menu, options: Options, terms: Terms) -> tuple[NDArray[np.int64], Floats]:
    """Pairs of options of different levers, and their joint value.

    At other sizes the interaction of a pair scales with both sizes; it lasts while both levers work; in a draw it moves
    with both effects.
    """
    first, second = np.triu_indices(options.lever.size, 1)
    touching = menu.interaction[options.lever[first], options.lever[second]] != 0.0
    keep = touching & (options.lever[first] != options.lever[second])
    pairs = np.column_stack([first[keep], second[keep]]).astype(np.int64)
    weights = _goal_weights(menu, terms)
    work = np.array(
        [
            ramp(int(start), menu.levers[k].years, weights.size)
            for k, start in zip(options.lever, options.start, strict=True)
        ]
    ).reshape(options.lever.size, weights.size)
    relative = _relative_effect(menu)
    one, other = pairs.T
    joint = (work[one] * work[other]) @ weights
    standard = menu.interaction[options.lever[one], options.lever[other]]
    scale = menu.sizes[options.size[one]] * menu.sizes[options.size[other]]
    moves = relative[:, options.lever[one]] * relative[:, options.lever[other]]
    return pairs, np.asarray(moves * (standard * scale * joint))


def _relative_effect(menu: Menu) -> Floats:
    """Effect of each lever in each draw relative to its mean, at the largest size, shape (D, L)."""
    largest = np.array([lever.goal[:, -1] for lever in menu.levers]).T.reshape(menu.draws, len(menu.levers))
    mean = largest.mean(axis=0)
    relative: Floats = np.divide(largest, mean, out=np.ones_like(largest), where=np.abs(mean) > 1e-12)
    return relative
