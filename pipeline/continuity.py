"""Which census rows of 2010 make up a unit of 2020, and whether the two can be compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

from pipeline.build import Build, require
from pipeline.census_files import CensusFile, CensusRow, read_census
from pipeline.codes import CENSUS_YEAR, ChangeList, read_changes
from pipeline.units import is_unit

FIRST_YEAR = 2010

# Rows that the 2010 tables list without a code, or under a code that the change list does not carry to the unit.
UNLISTED_2010: dict[str, str] = {
    "加格达奇": "232761",
    "松岭区": "232762",
    "新林区": "232763",
    "呼中区": "232764",
    "平桂管理区": "451103",
    "西沙群岛": "460300",
    "柴旦行委": "632857",
    "芒崖行委": "632803",
    "冷湖行委": "632803",
}
# Sanya had no districts in 2010 and has four in 2020.
DIVIDED_2010: dict[str, tuple[str, ...]] = {"460200": ("460202", "460203", "460204", "460205")}


@dataclass
class Past:
    """What a unit of 2020 was made of in 2010."""

    whole: list[str] = field(default_factory=list)
    """Census rows of 2010 (codes, or names where there is no code) that went wholly into the unit."""
    shared: list[str] = field(default_factory=list)
    """Rows of 2010 that went into this unit and others."""
    moved: set[int] = field(default_factory=set)
    """Years in which a part of the territory came or went."""

    def status(self, code: str) -> str:
        """Return ``same``, ``recoded``, ``merged``, ``boundary_changed``, ``split`` or ``new``."""
        if not self.whole:
            return "split" if self.shared else "new"
        if self.shared or self.moved:
            return "boundary_changed"
        if len(self.whole) > 1:
            return "merged"
        return "same" if self.whole == [code] else "recoded"


def key_of(row: CensusRow) -> str:
    """Identify a census row: its code, or its name where it has none."""
    return row.code or row.name


def is_county_row_2010(row: CensusRow) -> bool:
    """Whether a row of 2010 is a county-level unit rather than an aggregate."""
    return is_unit(row.code) or row.code in DIVIDED_2010 or (row.code is None and row.name in UNLISTED_2010)


def trace_2010(census: CensusFile, changes: ChangeList, units: frozenset[str]) -> dict[str, Past]:
    """Follow every county-level row of 2010 to the units of 2020."""
    pasts: dict[str, Past] = {unit: Past() for unit in sorted(units)}
    for row in filter(is_county_row_2010, census.rows):
        reached = sorted(_reached(row, changes, units))
        require(bool(reached), f"2010 row {row.code} {row.name} leads to no unit of 2020")
        for unit in reached:
            (pasts[unit].whole if len(reached) == 1 else pasts[unit].shared).append(key_of(row))
    for unit, years in _moves(changes, units).items():
        pasts[unit].moved |= years
    return pasts


def _reached(row: CensusRow, changes: ChangeList, units: frozenset[str]) -> set[str]:
    if row.code is None:
        return {UNLISTED_2010[row.name]}
    if row.code in DIVIDED_2010:
        return set(DIVIDED_2010[row.code])
    record = changes.at(row.code, FIRST_YEAR)
    if record is None or (row.code in units and record.level != "县级"):
        return {row.code} & units
    return changes.forward(record, units).units


def _moves(changes: ChangeList, units: frozenset[str]) -> dict[str, set[int]]:
    """Return the years between the censuses in which a unit gave or received a part of a continuing one."""
    moved: dict[str, set[int]] = defaultdict(set)
    for record in changes.records:
        for code, year in record.parts:
            if not FIRST_YEAR < year <= CENSUS_YEAR or record.level != "县级":
                continue
            receiver = changes.at(code, year)
            reached = changes.forward(record, units).units
            if receiver is not None:
                reached = reached | changes.forward(receiver, units).units
            for unit in reached:
                moved[unit].add(year)
    return moved


def build_continuity(build: Build) -> None:
    """Write `continuity`: one row a unit."""
    units = build.read("units")
    codes = frozenset(units["code"])
    pasts = trace_2010(read_census(build.source, FIRST_YEAR), read_changes(build.source), codes)
    zones = _zone_population(read_census(build.source, CENSUS_YEAR), units)
    records = [
        {
            "code": code,
            "status": past.status(code),
            "comparable": past.status(code) in ("same", "recoded", "merged"),
            "rows_2010": past.whole,
            "shared_2010": past.shared,
            "years_moved": sorted(past.moved),
            "prefecture_zone_population_2020": zones.get(code, 0),
        }
        for code, past in pasts.items()
    ]
    frame = pl.DataFrame(records).cast({"years_moved": pl.List(pl.Int16), "prefecture_zone_population_2020": pl.Int32})
    for status, count in frame["status"].value_counts().sort("status").iter_rows():
        build.say(f"  {status}: {count:,}")
    missing = frame.filter(pl.col("rows_2010").list.len() == 0).join(units, on="code")
    build.say(f"  units without a 2010 row: {missing.height} ({' '.join(missing['full_name'])})")
    build.write("continuity", frame, sort=["code"])


def _zone_population(census: CensusFile, units: pl.DataFrame) -> dict[str, int]:
    """Return, for each unit, the people whom the 2020 tables count in zones of its prefecture and not in counties."""
    by_prefecture: dict[tuple[str, str], int] = defaultdict(int)
    names = {str(row.code): (row.province, row.prefecture) for row in census.rows if is_unit(row.code)}
    for row in filter(is_zone, census.rows):
        by_prefecture[row.province, row.prefecture] += int(str(row.cells[4]))
    return {code: by_prefecture[names[code]] for code in units["code"] if names[code] in by_prefecture}


def is_zone(row: CensusRow) -> bool:
    """Whether a 2020 row is a development zone or an island group, counted outside the county-level units."""
    if row.code is not None:
        return row.code[4] == "7"
    aggregate = row.province == "全国" or row.name.endswith("直辖县级行政区划")
    return not aggregate and row.province != "海南省"
