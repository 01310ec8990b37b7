"""Official lists that name a county: resource, border, autonomous, grain, assistance, tourism."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from bolang.atlas import store

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas
    from bolang.atlas.model import County

StatusKey = Literal[
    "resource",
    "exhausted",
    "border",
    "autonomous",
    "grain",
    "grain_2009",
    "key_assistance",
    "formerly_poor",
    "tourism",
    "top100",
]


@dataclass(frozen=True, slots=True)
class OfficialStatus:
    """One list that names the county, or the prefecture that it lies in.

    Attributes
    ----------
    level : {'county', 'prefecture'}
        A prefecture on a list does not say which of its counties is meant.
    verified : bool
        False where the entry was recalled, not read.
    """

    key: StatusKey
    detail: str
    year: int | None
    source: str
    verified: bool
    level: Literal["county", "prefecture"] = "county"


class Statuses:
    """The official lists of every county."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    def of(self, county: str | County) -> tuple[OfficialStatus, ...]:
        """Return the lists that name a county, then those that name its prefecture."""
        place = self.atlas.county(county)
        own = [_status(row) for row in self._by_code.get(place.code, ())]
        named = {status.key for status in own}
        above = [_status(row) for row in self._by_code.get(place.prefecture_code, ()) if row["status"] not in named]
        return (*own, *above)

    def has(self, county: str | County, key: StatusKey) -> bool:
        """Whether a list names the county itself."""
        return any(status.key == key and status.level == "county" for status in self.of(county))

    @cached_property
    def _by_code(self) -> Mapping[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in store.load("statuses").iter_rows(named=True):
            found.setdefault(row["code"], []).append(row)
        return found


def _status(row: Mapping[str, Any]) -> OfficialStatus:
    return OfficialStatus(row["status"], row["detail"], row["year"], row["source"], row["verified"], row["level"])
