"""What the equilibrium of all counties says that a measure would do here: read off the table that ships, never solved anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.economy.levers.catalogue import Lever, levers
from bolang.economy.scenarios.sweep import Sweep, SweptEffect
from bolang.economy.scenarios.sweep.intervals import Intervals

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

RESULT = ("real_income", "county")
"""The measure and circle that stand beside the account: real income of the county's residents."""


@dataclass(frozen=True, slots=True)
class ModelledEffect:
    """A lever of standard size in a county, as fractions of the baseline.

    Attributes
    ----------
    lever : Lever
        Its effect is the size that was assumed.
    income, gdp, neighbours : float
        Real income per head and GDP of the county, GDP of its neighbours.
    low, high : float or None
        Where 90 % of the sets of parameters and sizes put the income; None where only the central sets were solved.
    solved : bool
        Whether the interval was solved here; otherwise the central effect was scaled as in counties that were sampled.
    """

    lever: Lever
    income: float
    gdp: float
    neighbours: float | None
    low: float | None = None
    high: float | None = None
    solved: bool = False


def modelled(atlas: Atlas, county: County) -> Mapping[str, ModelledEffect]:
    """Return what levers do in a county, by key: those whose size was measured and enters the model as it was measured.

    A lever that the table lacks, or whose model has changed since, is left out; so is one whose size the user sets, as no
    default size is anybody's finding.
    """
    found = Sweep.shipped().effects(county, atlas)
    return {item.lever: _effect(item) for item in found if levers()[item.lever].measured}


def _effect(item: SweptEffect) -> ModelledEffect:
    lever, change = levers()[item.lever], item.change
    income, gdp = change[RESULT], change["gdp", "county"]
    ends = Intervals.shipped().of(item.lever, item.county, income, "_".join(RESULT))
    neighbours = change.get(("gdp", "neighbours"))
    if ends is None:
        return ModelledEffect(lever, income, gdp, neighbours)
    return ModelledEffect(lever, income, gdp, neighbours, ends.low, ends.high, ends.solved)
