"""What a check reports: which figures disagree, how gravely, and the numbers of the disagreement; no sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bolang.foundation.parameters import load_parameters
from bolang.intake.readings import FigureReading

Severity = Literal["error", "warning"]
Known = Callable[[str, str, int], float | None]
"""Looks up what is known of a county: code, indicator, year; None if nothing is."""
Group = dict[str, FigureReading]
"""Figures of one county, year, period and level of government by indicator."""


@dataclass(frozen=True, slots=True)
class KnownAmount:
    """A figure that was known already, with its unit."""

    value: float
    unit: str


CheckValue = FigureReading | tuple[FigureReading, ...] | KnownAmount | tuple[str, ...] | str | int | float


@dataclass(frozen=True, slots=True)
class Check:
    """One disagreement.

    Attributes
    ----------
    name : str
        Kind of check, such as ``sum`` or ``unit``.
    severity : {'error', 'warning'}
        An error holds the figures named back; a warning is only shown.
    key : str
        What exactly disagrees, such as ``unit.known``: the entry of the wording that says it.
    readings : tuple of FigureReading
        The figures it is about.
    values : mapping
        The figures and numbers that the wording names.
    """

    name: str
    severity: Severity
    key: str
    readings: tuple[FigureReading, ...]
    values: Mapping[str, CheckValue] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, float | int | str | list[str]]:
        """The values for machines: figures by indicator and as printed."""
        return {name: _plain(value) for name, value in self.values.items()}


def _plain(value: CheckValue) -> float | int | str | list[str]:
    if isinstance(value, FigureReading):
        return f"{value.indicator} {value.printed}"
    if isinstance(value, KnownAmount):
        return f"{value.value:.12g} {value.unit}"
    if isinstance(value, tuple):
        return [str(_plain(item)) for item in value]
    return value


def parameter(name: str) -> float:
    """Return a threshold of the checks from ``parameters.yaml``."""
    return load_parameters("bolang.intake").number(f"check_{name}")
