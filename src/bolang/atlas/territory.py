"""Changes of territory: which years of a unit may be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from bolang.atlas import store

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas
    from bolang.atlas.model import County

BreakKind = Literal["split", "merged", "gave", "received", "reassigned"]
TERRITORIAL: tuple[BreakKind, ...] = ("split", "merged", "gave", "received")
"""Kinds after which the unit is another area; a reassigned unit keeps its area under another prefecture."""


@dataclass(frozen=True, slots=True)
class Break:
    """One change: figures of `year` and later describe another territory than those before.

    Attributes
    ----------
    kind : {'split', 'merged', 'gave', 'received', 'reassigned'}
    others : tuple of str
        Names of the units on the other side.
    areas : tuple of str
        Prefectures that they lay in.
    """

    year: int
    kind: BreakKind
    others: tuple[str, ...]
    codes: tuple[str, ...]
    areas: tuple[str, ...] = ()

    @property
    def territorial(self) -> bool:
        """Whether the area changed."""
        return self.kind in TERRITORIAL


class Territory:
    """The changes of every unit since 2000."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    def of(self, county: str | County) -> tuple[Break, ...]:
        """Return the changes of a unit, oldest first."""
        return self._by_code.get(self.atlas.county(county).code, ())

    def comparable(self, county: str | County, first: int, last: int) -> bool:
        """Whether figures of two years describe the same territory."""
        early, late = sorted((first, last))
        return not any(change.territorial and early < change.year <= late for change in self.of(county))

    def since(self, county: str | County) -> int | None:
        """Return the year from which the territory is as it is today, None if it did not change."""
        return max((change.year for change in self.of(county) if change.territorial), default=None)

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Break, ...]]:
        found: dict[str, tuple[Break, ...]] = {}
        for row in store.load("territory").sort("code", "year").iter_rows(named=True):
            change = Break(
                row["year"], row["kind"], tuple(row["other_names"]), tuple(row["others"]), tuple(row["other_areas"])
            )
            found[row["code"]] = (*found.get(row["code"], ()), change)
        return found
