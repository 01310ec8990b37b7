"""What intake hands on: figures that were understood, and figures that were not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bolang.foundation.names import Names
from bolang.foundation.text import Text, join, same
from bolang.intake.scope.grounds import Grounds

Remark = Literal[
    "inherited",  # the subject stands in an earlier clause
    "contextual",  # the words name the indicator only under their parent
    "distributed",  # one of several figures after 分别
    "approximate",  # 1200多万元, 突破, 超过
    "spaced",  # a space stands inside the number
    "double sign",  # a negative number after a verb of falling
    "from year",  # the figure of an earlier year beside that of this one
    "table",  # read from a table
    "fraction",  # a fraction in a column of growth rates, read as per cent
]

Reason = Literal[
    "outside",  # names something that the vocabulary does not hold
    "unclear",  # names something of the vocabulary, but not in a way that the rules can settle
    "unit",  # the unit does not fit the indicator
    "malformed",  # the digits form no number
    "change",  # an amount or a number of points by which something changed
    "comparison",  # compares with another area or another rate
    "target",  # a budget, plan or target, or how far it was fulfilled
    "share",  # a share of something that is not kept
    "average",  # an average over several years, or growth over another base year
    "other area",  # speaks of the nation, the province or the prefecture
    "month",  # a single month
    "undated",  # an earlier figure whose year the text does not state
    "bound",  # an approximation beside the exact figure
]

REMARKS: Mapping[str, Text] = Names("bolang.intake", "remarks")
"""What makes a reading less than certain."""
_PLACES = Names("bolang.intake", "places")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in its file.

    Attributes
    ----------
    section : str
        Headings above it.
    line : int
        Line of the text, or row of the sheet, from 1.
    where : str
        Page, table or cell, such as ``表1`` or ``Sheet1!C5``; empty for running text.
    """

    section: str
    line: int
    where: str = ""

    @property
    def text(self) -> Text:
        """The place for readers."""
        spot = same(self.where) if self.where else _PLACES["line"].filled({"line": same(str(self.line))})
        return join((same(self.section), spot), " ") if self.section else spot

    def __str__(self) -> str:
        return self.text.key


@dataclass(frozen=True, slots=True)
class FigureReading:
    """One figure that was understood.

    Attributes
    ----------
    indicator : str
        Name in the vocabulary; growth rates end in ``_growth``.
    value : float
        The figure in `unit`.
    unit : str
        Unit of the vocabulary.
    year : int
        Year that it describes.
    period : str
        ``year``, or ``Q1``, ``H1``, ``Jan-Sep`` ...
    definition : tuple of str
        口径 that the text states.
    printed : str
        Number and unit as printed.
    digit : float
        One unit of the last digit printed, in `unit`.
    sentence : str
        The sentence or table row it came from, as printed.
    place : Place
        Where that stands.
    confidence : float
        Between 0 and 1; see ``parameters.yaml`` for how remarks lower it.
    remarks : tuple of str
        What makes it less than certain: keys of `REMARKS`.
    code : str
        Unit that the figure describes, where the file names several; empty for the file's own county.
    publisher : str
        Who published it, where the file says so of the single figure.
    grounds : Grounds
        The rules by which its time, area, parent total and definition were settled.
    """

    indicator: str
    value: float
    unit: str
    year: int
    period: str
    definition: tuple[str, ...]
    printed: str
    digit: float
    sentence: str
    place: Place
    confidence: float
    remarks: tuple[str, ...] = ()
    code: str = ""
    publisher: str = ""
    grounds: Grounds = field(default_factory=Grounds)

    @property
    def key(self) -> tuple[str, str, int, str, tuple[str, ...]]:
        """What the figure is about: two readings with one key should agree."""
        return (self.code, self.indicator, self.year, self.period, self.scope)

    @property
    def rank(self) -> int:
        """0 for the ordinary definition; the larger, the further behind it this one stands."""
        return sum(APART[part] for part in self.scope)

    @property
    def scope(self) -> tuple[str, ...]:
        """The part of the definition that makes it another figure, not another wording of the same."""
        return tuple(part for part in self.definition if part in APART)


APART: dict[str, int] = {
    "自然口径": 1,
    "人民币": 1,
    "本外币": 1,
    "最终核实数": 1,
    "全口径": 2,
    "按户籍人口计算": 2,
    "较年初": 2,
    "同口径": 3,
    "实际": 3,
    "本级": 4,
    "财政总收入口径": 5,
}
"""Definitions under which a figure differs from the ordinary one of the same name, and how far they stand behind it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """One figure that was not taken, and why."""

    printed: str
    phrase: str
    reason: Reason
    sentence: str
    place: Place
