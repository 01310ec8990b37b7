"""The list of administrative code changes since 1981, and the way from one year's codes to another's."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CENSUS_YEAR = 2020
_SUCCESSOR = re.compile(r"(\d{6})(?:\[(\d{4})\])?")


@dataclass(frozen=True)
class AreaCode:
    """One record of the change list: a code under one name for a span of years.

    `whole` are the codes that took over when the record ended; `parts` are codes that received a part of the
    territory in a given year while the record went on (or before it ended).
    """

    code: str
    name: str
    province: str
    level: str
    since: int
    until: int | None
    whole: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    area: str = ""
    """Name of the prefecture above."""

    def lasts(self, year: int) -> bool:
        """Whether the record is in force at the end of a year."""
        return self.since <= year and (self.until is None or self.until > year)


@dataclass
class Lineage:
    """Where the territory of one code went by the census year."""

    units: set[str] = field(default_factory=set)
    divided: bool = False
    """At some step the whole was divided among several codes."""


class ChangeList:
    """All records, with lookups by code and year."""

    def __init__(self, records: Iterable[AreaCode]) -> None:
        self.records = tuple(records)
        self.by_code: dict[str, list[AreaCode]] = defaultdict(list)
        for record in self.records:
            self.by_code[record.code].append(record)
        for same_code in self.by_code.values():
            same_code.sort(key=lambda r: r.since)

    def at(self, code: str, year: int) -> AreaCode | None:
        """Return the record of a code at the end of a year, or else the last one that ended in or before it."""
        started = [r for r in self.by_code.get(code, []) if r.since <= year]
        return started[-1] if started else None

    def in_force(self, year: int, level: str = "县级") -> dict[str, AreaCode]:
        """Return the records in force at the end of a year, by code."""
        return {r.code: r for r in self.records if r.level == level and r.lasts(year)}

    def forward(self, record: AreaCode, targets: frozenset[str]) -> Lineage:
        """Follow a record to the target codes of the census year, along whole successions only."""
        found = Lineage()
        self._forward(record, targets, found, {record})
        return found

    def _forward(self, record: AreaCode, targets: frozenset[str], found: Lineage, seen: set[AreaCode]) -> None:
        ended = record.until is not None and record.until <= CENSUS_YEAR
        # The census may still list a code whose abolition is dated to the census year.
        if record.code in targets and (not ended or record.until == CENSUS_YEAR):
            found.units.add(record.code)
            return
        if not ended or record.until is None:
            return
        found.divided |= len(record.whole) > 1
        for code in record.whole:
            following = self._successor(code, record.until)
            if following is not None and following not in seen:
                self._forward(following, targets, found, seen | {following})

    def _successor(self, code: str, year: int) -> AreaCode | None:
        """Return the record of `code` that was in force once a change of `year` had been made."""
        records = [r for r in self.by_code.get(code, []) if r.until is None or r.until > year or r.since >= year]
        return records[0] if records else None

    def successor(self, record: AreaCode) -> AreaCode | None:
        """Return the one record that took over the whole of another, or None."""
        if record.until is None or len(record.whole) != 1:
            return None
        return self._successor(record.whole[0], record.until)

    @cached_property
    def predecessors(self) -> dict[str, list[AreaCode]]:
        """Records by the codes that took over from them, in whole or in part."""
        found: dict[str, list[AreaCode]] = defaultdict(list)
        for record in self.records:
            for code in {*record.whole, *(code for code, _ in record.parts)}:
                found[code].append(record)
        return found


def read_changes(source: Path) -> ChangeList:
    """Read the change list.

    The last column holds successors: ``A;B`` at the end of the record, ``A[2016]`` for a part given to A in 2016.
    """
    records = []
    with (source / "areacodes_1981_2024.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            successors = _SUCCESSOR.findall(row["新代码"])
            records.append(
                AreaCode(
                    code=row["代码"],
                    name=row["名称"],
                    province=row["一级行政区"],
                    level=row["级别"],
                    since=int(row["启用时间"]),
                    until=int(row["变更/弃用时间"]) if row["变更/弃用时间"] else None,
                    whole=tuple(code for code, year in successors if not year),
                    parts=tuple((code, int(year)) for code, year in successors if year),
                    area=row["二级行政区"] or "",
                )
            )
    return ChangeList(records)
