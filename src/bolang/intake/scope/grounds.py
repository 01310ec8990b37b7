"""By which rule the scope of a figure was settled, and how much confidence each rule leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bolang.foundation.parameters import load_parameters

TimeRule = Literal["stated", "sentence", "heading", "head", "title", "file name", "opening", "option", "caption", "row"]
"""In the figure's own clause; earlier in its paragraph; a heading; the opening that governs the text; the document's title;
the file's name; the only year of the opening; the user; a table's caption or header; the table's row."""
AreaRule = Literal["title", "option", "row", "opening"]
ParentRule = Literal["named", "context", "earlier clause", "head"]
"""The words name the indicator; its surroundings do; the subject stands in an earlier clause; a bare part of the total before."""
DefinitionRule = Literal["plain", "stated", "carried"]


@dataclass(frozen=True, slots=True)
class Grounds:
    """The rules by which time, area, parent total and definition of a figure were settled.

    Attributes
    ----------
    time, area, parent, definition : str
        Names of the rules; what each means stands beside its type.
    """

    time: TimeRule = "title"
    area: AreaRule = "title"
    parent: ParentRule = "named"
    definition: DefinitionRule = "plain"

    @property
    def inherited(self) -> tuple[str, ...]:
        """The questions that the figure's own clause leaves open, as ``question: rule``."""
        own = {"stated", "named", "plain", "row"}
        pairs = (("time", self.time), ("area", self.area), ("parent", self.parent), ("definition", self.definition))
        return tuple(f"{question}: {rule}" for question, rule in pairs if rule not in own)


def confidence(grounds: Grounds, remarks: Iterable[str]) -> float:
    """Return the confidence of a figure: a ceiling, times one factor for every inheritance and every remark.

    The factors are in ``parameters.yaml``; docs/intake.md has the curve against which they were set.
    """
    product = _number("confidence_ceiling")
    for question, rule in (("time", grounds.time), ("parent", grounds.parent), ("definition", grounds.definition)):
        product *= _rules(question).get(rule, 1.0)
    for remark in set(remarks):
        product *= _number(f"confidence_{remark.replace(' ', '_')}")
    return round(product, 3)


@cache
def _number(name: str) -> float:
    return load_parameters("bolang.intake").number(name)


@cache
def _rules(question: str) -> dict[str, float]:
    value = load_parameters("bolang.intake")["confidence_inheritance"].value
    assert isinstance(value, dict)
    return {str(rule): float(factor) for rule, factor in value.get(question, {}).items()}
