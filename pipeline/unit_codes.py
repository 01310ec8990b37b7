"""Every code and name that has led to a unit of 2020, before the census and after it."""

from __future__ import annotations

import polars as pl

from pipeline.build import Build
from pipeline.codes import CENSUS_YEAR, AreaCode, ChangeList, read_changes


def build_unit_codes(build: Build) -> None:
    """Write `unit_codes`: one row for each code, name and unit that it led to."""
    units = build.read("units")
    changes = read_changes(build.source)
    targets = frozenset(units["code"])
    rows = []
    lost = []
    for record in changes.records:
        if record.level != "县级":
            continue
        reached = _units_of(record, changes, targets)
        if not reached:
            lost.append(f"{record.code} {record.name}")
        rows += [_row(record, unit, _relation(record, unit, reached, changes), changes) for unit in sorted(reached)]
    build.dropped(len(lost), "codes", f"they became whole prefectures or were never enumerated: {', '.join(lost)}")
    listed = {(row["code"], row["name"]) for row in rows}
    for code, name, census_name in units.select("code", "name", "census_name").iter_rows():
        for own in dict.fromkeys((name, census_name)):
            if (code, own) not in listed:
                relation = "current" if own == name else "census"
                rows.append({"code": code, "name": own, "unit": code, "relation": relation})
    schema = {"code": pl.String, "name": pl.String, "since": pl.Int16, "until": pl.Int16, "relation": pl.String}
    schema |= {"unit": pl.String, "next_code": pl.String, "next_name": pl.String}
    frame = pl.DataFrame(rows, schema=schema)
    build.write("unit_codes", frame, sort=["unit", "since", "code", "name", "relation"])


def _units_of(record: AreaCode, changes: ChangeList, targets: frozenset[str]) -> set[str]:
    if record.since <= CENSUS_YEAR and (found := changes.forward(record, targets).units):
        return found
    found = set()
    for before in changes.predecessors[record.code]:
        if before.level == "县级" and before.code != record.code and record.since > CENSUS_YEAR:
            found |= changes.forward(before, targets).units
    return found


def _relation(record: AreaCode, unit: str, reached: set[str], changes: ChangeList) -> str:
    """Tell how a record relates to a unit.

    ``current``: the unit itself; ``earlier``: what it was before; ``absorbed``: went wholly into it while it already
    existed, or together with others; ``divided``: went into it and others; ``later``: founded after the census.
    """
    if record.since > CENSUS_YEAR:
        return "later" if len(reached) == 1 else "later_joint"
    if record is changes.at(unit, CENSUS_YEAR):
        return "current"
    if len(reached) > 1:
        return "divided"
    successor = changes.successor(record)
    if successor is None or record.code == unit:
        return "earlier"
    siblings = [r for r in changes.predecessors[successor.code] if r.until == record.until and r is not record]
    founded_then = successor.since == record.until
    alone = not any(len(s.whole) == 1 and s.level == "县级" for s in siblings)
    return "earlier" if founded_then and (alone or record.name[:-1] == successor.name[:-1]) else "absorbed"


def _row(record: AreaCode, unit: str, relation: str, changes: ChangeList) -> dict[str, object]:
    successor = changes.successor(record)
    return {
        "code": record.code,
        "name": record.name,
        "since": record.since,
        "until": record.until,
        "relation": relation,
        "unit": unit,
        "next_code": successor.code if successor else None,
        "next_name": successor.name if successor else None,
    }
