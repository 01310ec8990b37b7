"""What a simulation says: effects with intervals, who gains and who loses, what it costs, and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import County
from bolang.economy.core.decomposition import Decomposition
from bolang.economy.levers.catalogue import Lever
from bolang.economy.scenarios.scenario import Scenario
from bolang.foundation.text import Lang, Text
from bolang.foundation.voice import spoken

if TYPE_CHECKING:
    import polars as pl

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """A relative change with its interval over draws.

    Attributes
    ----------
    measure : str
        Key of `MEASURES`.
    circle : {'county', 'neighbours', 'province', 'nation'}
    value : float
        Central case, as a fraction.
    low, high : float
        5 and 95 % of the draws; NaN without draws.
    amount : float
        Change in 亿元 a year (people for employment); NaN for indices.
    base : float
        Baseline in the same unit.
    """

    measure: str
    circle: str
    value: float
    low: float
    high: float
    amount: float
    base: float


@dataclass(frozen=True, slots=True)
class PlaceEffect:
    """What another county gains or loses.

    Attributes
    ----------
    county : County
    gdp : float
        Relative change.
    amount : float
        Change of GDP, 亿元.
    low, high : float
        5 and 95 % of the draws of `amount`; NaN without draws.
    """

    county: County
    gdp: float
    amount: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class IndustryEffect:
    """What happens to the output of one industry in the county.

    Attributes
    ----------
    industry : str
        Letter of GB/T 4754.
    value : float
        Relative change at national prices.
    low, high : float
        5 and 95 % of the draws; NaN without draws.
    """

    industry: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LeverCost:
    """What a lever costs.

    Attributes
    ----------
    lever : Lever
    places : int
        Counties in which it is pulled.
    total, local : float
        亿元, all payers and the counties themselves, at the mean of the cost distribution.
    low, high : float
        Ends of the total.
    """

    lever: Lever
    places: int
    total: float
    local: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LeverPulled:
    """A lever, where it was pulled and how far.

    Attributes
    ----------
    lever : Lever
    counties : tuple of County
        One, or all of a province.
    size : float
        Of the effect, as a fraction.
    """

    lever: Lever
    counties: tuple[County, ...]
    size: float


@dataclass(frozen=True, slots=True)
class ShockHit:
    """A shock from outside.

    Attributes
    ----------
    kind : str
        As in `bolang.economy.scenarios.scenario.TradeShock`.
    region : Text or None
        Name of the foreign region; None for all of them.
    change : float
    place : str or None
        The port or county that closes.
    """

    kind: str
    region: Text | None
    change: float
    place: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """The result of a scenario.

    Attributes
    ----------
    county : County
    scenario : Scenario
    pulled : tuple of LeverPulled
    shocks : tuple of ShockHit
    effects : tuple of Effect
        All measures for county, neighbours, province and nation.
    industries : tuple of IndustryEffect
        Change of output by industry in the county.
    winners, losers : tuple of PlaceEffect
        Other counties with the largest gains and losses in yuan.
    places : polars.DataFrame
        One row a county: change of GDP in 亿元 a year, relative changes of GDP, real income, employment, exports and
        revenue, and the 5 and 95 % quantiles of each over the draws (``gdp_low``, ``gdp_high`` and so on).
    decomposition : Decomposition or None
    sensitivity : mapping of parameter to (low, high)
        Change of the county's GDP with the parameter at each end of its range.
    costs : tuple of LeverCost
    revenue_base, revenue_gain : float
        General public budget revenue of the county and its yearly change, 亿元.
    revenue_year : int
        Year of the published figure that the base is; of the census where it is estimated.
    revenue_estimated : bool
    payback : float
        Years until the county's own outlay has come back as revenue; infinite if it never does.
    gdp_estimated : bool
        The baseline GDP of the county is an estimate, and so is what follows from it.
    iterations : int
    residual, walras : float
        Largest market-clearing residual, and that of the market left unsolved.
    draws : dict of measure to array (D,)
        Relative changes of the county in each draw.
    """

    county: County
    scenario: Scenario
    pulled: tuple[LeverPulled, ...]
    shocks: tuple[ShockHit, ...]
    effects: tuple[Effect, ...]
    industries: tuple[IndustryEffect, ...]
    winners: tuple[PlaceEffect, ...]
    losers: tuple[PlaceEffect, ...]
    places: pl.DataFrame
    decomposition: Decomposition | None
    sensitivity: dict[str, tuple[float, float]]
    costs: tuple[LeverCost, ...]
    revenue_base: float
    revenue_gain: float
    revenue_year: int
    revenue_estimated: bool
    payback: float
    gdp_estimated: bool
    iterations: int
    residual: float
    walras: float
    draws: dict[str, Floats]

    def effect(self, measure: str, circle: str = "county") -> Effect:
        """Return one effect.

        Raises
        ------
        KeyError
            If there is no such measure or circle.
        """
        for found in self.effects:
            if found.measure == measure and found.circle == circle:
                return found
        raise KeyError((measure, circle))

    def to_frame(self) -> pl.DataFrame:
        """Return all effects as a table: measure, circle, value, low, high, amount, base."""
        import polars as pl

        columns = ("measure", "circle", "value", "low", "high", "amount", "base")
        return pl.DataFrame({name: [getattr(effect, name) for effect in self.effects] for name in columns})

    def explain(self, lang: Lang = "zh") -> str:
        """Return headline, description, the parts of the effect and what must be known as plain text."""
        return spoken("simulate", self, lang)
