"""An indicator: how it is computed for all units at once, and what a high or a low value means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.diagnosis.result import DimensionKind
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.diagnosis.evidence import Evidence

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Values:
    """One indicator for all units; NaN means that nothing is published.

    Attributes
    ----------
    now : ndarray, shape (n,)
        Values of `year`.
    year : int, optional
        Year of `now`; that of the latest census where nothing is said.
    years : ndarray of int, shape (n,), optional
        Year of each unit's value where they differ.
    earlier : ndarray, shape (n,), optional
        Values of `earlier_year`, NaN where not comparable.
    low, high : ndarray, shape (n,), optional
        95 % sampling interval of `now`.
    estimated : ndarray of bool, shape (n,), optional
        Units whose value rests on an estimate.
    """

    now: Array
    year: int | None = None
    earlier: Array | None = None
    earlier_year: int | None = None
    low: Array | None = None
    high: Array | None = None
    estimated: NDArray[np.bool_] | None = None
    years: NDArray[np.int64] | None = None

    def year_of(self, index: int) -> int:
        """Year of one unit's value."""
        year = self.year if self.years is None else int(self.years[index])
        assert year is not None
        return year


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named indicator of a dimension.

    Attributes
    ----------
    direction : {1, -1}
        1 if a higher value is the stronger one, otherwise -1.
    strong, weak : Text
        What a strong (weak) standing means for the county: used in the upper (lower) quarter of the nation.
    source : str
        Census table, yearbook or derived table the inputs come from.
    """

    key: str
    label: Text
    unit: Text
    digits: int
    direction: int
    strong: Text
    weak: Text
    source: str
    compute: Callable[[Evidence], Values]


@dataclass(frozen=True, slots=True)
class DimensionSpec:
    """A shortcoming or advantage of the source report and the indicators that stand for it."""

    key: str
    label: Text
    kind: DimensionKind
    question: Text
    indicators: tuple[Indicator, ...]


CENSUS_LONG_FORM = "第六、七次全国人口普查分县资料，长表（10% 抽样）"
CENSUS_SHORT_FORM = "第六、七次全国人口普查分县资料"
PER_CENT = Text("%", "%")
RATIO = Text("", "")
