"""What the two axes of the report's types are made of, as values and percentiles of all units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.industries import FACTORY_SERVICES, MARKET_AND_WORKSHOP
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.names import Names
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text

Floats = NDArray[np.float64]
Axis = Literal["industry", "location"]
AXES: tuple[Axis, ...] = ("industry", "location")
SAMPLE_SHARE = 0.10
_NAMES = Names("bolang.pathway.types", "parts")
_UNITS = Names("bolang.pathway.types", "units")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an axis.

    Attributes
    ----------
    key : str
    digits : int
        Decimals worth showing.
    axis : {'industry', 'location'}
    direction : {1, -1}
        1 if more is better.
    """

    key: str
    digits: int
    axis: Axis
    direction: Literal[1, -1]

    @property
    def label(self) -> Text:
        """Name for readers."""
        return _NAMES[self.key]

    @property
    def unit(self) -> Text:
        """Unit for readers."""
        return _UNITS[self.key]


PARTS: tuple[Part, ...] = (
    Part("manufacturing_quotient", 2, "industry", 1),
    Part("services_quotient", 2, "industry", 1),
    Part("industry_scale", 1, "industry", 1),
    Part("market_potential", 0, "location", 1),
    Part("port_cost", 0, "location", -1),
    Part("metropolis_hours", 1, "location", -1),
)
KEYS = tuple(part.key for part in PARTS)
BASES = [KEYS.index("manufacturing_quotient"), KEYS.index("services_quotient")]
"""Parts of which one must reach its floor where industry is to count as complete."""
FLOORS = ("industry_floor", "function_quotient")
"""Parameters of those floors: factories near the nation's share, or services that are a speciality."""


def members(axis: Axis) -> list[int]:
    """Positions in `PARTS` of the parts of an axis."""
    return [number for number, part in enumerate(PARTS) if part.axis == axis]


def weights(axis: Axis) -> Floats:
    """Cited weights of the parts of an axis, adding to one."""
    cited = load_parameters("bolang.pathway.types")[f"{axis}_weights"].value
    assert isinstance(cited, dict)
    values = np.array([float(cited[PARTS[number].key]) for number in members(axis)])
    return np.asarray(values / values.sum())


def industry_values(employment: Floats, nation: Floats | None = None) -> Floats:
    """Manufacturing quotient, services quotient and scale (in 万人, the sample scaled up), shape (n, 3).

    Quotients are against `nation`, by default the sum of the units.
    """
    total = employment.sum(axis=1)
    reference = np.nansum(employment, axis=0) if nation is None else nation

    def quotient(sections: str) -> Floats:
        columns = [INDUSTRIES.index(section) for section in sections]
        share = _divide(employment[:, columns].sum(axis=1), total)
        return np.asarray(share / (reference[columns].sum() / reference.sum()))

    scale = (
        employment[:, [INDUSTRIES.index(section) for section in MARKET_AND_WORKSHOP]].sum(axis=1) / SAMPLE_SHARE / 1e4
    )
    return np.column_stack([quotient("C"), quotient(FACTORY_SERVICES), scale])


@dataclass(frozen=True, eq=False)
class Scale:
    """Turns values of one part into national percentiles (0-100, more is better) and back.

    Attributes
    ----------
    values : ndarray
        Distinct values of the nation in ascending order.
    percentiles : ndarray
        Mid-rank percentile of each.
    """

    values: Floats
    percentiles: Floats

    @classmethod
    def of(cls, values: Floats, direction: int) -> Scale:
        """Build the scale from the values of all units (NaN left out)."""
        known = values[~np.isnan(values)]
        distinct, counts = np.unique(known, return_counts=True)
        # Equal values share the mean of their ranks.
        ranks = np.cumsum(counts) - (counts - 1) / 2
        percentiles = 100.0 * (ranks - 0.5) / known.size
        return cls(distinct, percentiles if direction > 0 else 100.0 - percentiles)

    def percentile(self, values: Floats) -> Floats:
        """Percentile of values, interpolated between units; NaN stays NaN."""
        return np.asarray(np.where(np.isnan(values), np.nan, np.interp(values, self.values, self.percentiles)))

    def value(self, percentile: float) -> float | None:
        """Value that has a percentile; None beyond the best and the worst unit of the nation."""
        order = np.argsort(self.percentiles)
        if not self.percentiles[order[0]] <= percentile <= self.percentiles[order[-1]]:
            return None
        return float(np.interp(percentile, self.percentiles[order], self.values[order]))


def _divide(top: Floats, bottom: Floats) -> Floats:
    quotient: Floats = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=np.nan_to_num(bottom) > 0)
    return quotient
