"""An indicator: how it is computed for all units at once, and what a high or a low value means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

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
    key : str
    label, unit : Text
    digits : int
        Decimals worth showing.
    direction : {1, -1}
        1 if a higher value is the stronger one, otherwise -1.
    source : str
        Key of the census table, yearbook or derived table that the inputs come from.
    title : str
        Name of the source.
    compute : callable
    """

    key: str
    label: Text
    unit: Text
    digits: int
    direction: int
    source: str
    title: str
    compute: Callable[[Evidence], Values]


@dataclass(frozen=True, slots=True)
class DimensionSpec:
    """A shortcoming or advantage of the source report and the indicators that stand for it."""

    key: str
    label: Text
    kind: DimensionKind
    indicators: tuple[Indicator, ...]


SAMPLED = "census_long_form"
"""The source that is a sample: what rests on it is not judged where the sample is small."""


def dimension(key: str, formulas: Mapping[str, Callable[[Evidence], Values]]) -> DimensionSpec:
    """Join the formulas of a dimension with the names in ``indicators.yaml``; both must name the same indicators.

    Raises
    ------
    KeyError
        If they do not: a slip of the programmer.
    """
    registry = _registry()
    said = registry["dimensions"][key]
    listed = said["indicators"]
    if listed.keys() != formulas.keys():
        raise KeyError(f"{key}: indicators.yaml and the formulas differ in {sorted(listed.keys() ^ formulas.keys())}")
    parts = tuple(_indicator(registry, name, item, formulas[name]) for name, item in listed.items())
    return DimensionSpec(key, Text(**said["label"]), said["kind"], parts)


def _indicator(
    registry: Mapping[str, Any], key: str, item: Mapping[str, Any], compute: Callable[[Evidence], Values]
) -> Indicator:
    return Indicator(
        key=key,
        label=Text(**item["label"]),
        unit=Text(**registry["units"][item["unit"]]),
        digits=item["digits"],
        direction=item["direction"],
        source=item["source"],
        title=registry["sources"][item["source"]],
        compute=compute,
    )


@cache
def _registry() -> Mapping[str, Any]:
    import yaml

    text = resources.files("bolang.diagnosis").joinpath("indicators.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return read
