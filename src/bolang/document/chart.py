"""A chart as data and a form: bars, stacked bars or lines over named categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bolang.foundation.text import Lang, Text
from bolang.foundation.units import Unit, digits_for

THIN = 0.08
"""Share of the tallest stack below which a part is too thin for its label."""
ChartForm = Literal["bar", "stacked", "line"]


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: a value for every category, None where nothing is published."""

    name: Text
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Series of one unit over the same categories.

    Attributes
    ----------
    form : {'bar', 'stacked', 'line'}
    unit : Unit
        Of every value, which is held in the unit's stored scale.
    digits : int
        Decimals of the labels in Chinese.
    """

    form: ChartForm
    categories: tuple[Text, ...]
    series: tuple[ChartSeries, ...]
    unit: Unit
    digits: int = 0

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"{series.name.en}: {len(series.values)} values for {len(self.categories)} categories")

    def shown(self, lang: Lang) -> list[list[float | None]]:
        """Return the values of every series in the scale of a language."""
        scale, digits = self.unit.scale(lang), self.digits_in(lang)
        return [[None if v is None else round(v * scale, digits) for v in s.values] for s in self.series]

    def thin(self, place: int) -> frozenset[int]:
        """Return the categories in which a series is too thin a part of the stack to hold its label."""
        if self.form != "stacked":
            return frozenset()
        tallest = max(sum(s.values[i] or 0.0 for s in self.series) for i in range(len(self.categories)))
        return frozenset(i for i, value in enumerate(self.series[place].values) if (value or 0.0) < THIN * tallest)

    def digits_in(self, lang: Lang) -> int:
        """Return the decimals shown in a language."""
        return digits_for(self.unit, lang, self.digits)
