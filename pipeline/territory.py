"""When a unit's territory changed: splits, mergers and partial transfers, with the units on the other side."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import polars as pl

from pipeline.build import Build
from pipeline.codes import AreaCode, ChangeList, read_changes

FIRST_YEAR = 1999
"""Series begin in 2000: earlier changes break none of them."""


def build_territory(build: Build) -> None:
    """Write `territory`: a row a unit and change."""
    changes = read_changes(build.source)
    units = frozenset(build.read("units")["code"])
    to_unit = dict(build.read("unit_codes").filter(pl.col("unit").is_not_null()).select("code", "unit").iter_rows())
    to_unit |= {unit: unit for unit in units}
    events: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for record in changes.records:
        if record.level == "县级":
            _collect(record, changes, to_unit, events)
    names = _names(changes)
    areas = {code: records[-1].area for code, records in changes.by_code.items()}
    rows = [
        {
            "code": unit,
            "year": year,
            "kind": kind,
            "others": sorted(others),
            "other_names": [names.get(other, other) for other in sorted(others)],
            "other_areas": [areas.get(other, "") for other in sorted(others)],
        }
        for (unit, year, kind), others in sorted(events.items())
        if unit in units and year > FIRST_YEAR
    ]
    schema: dict[str, Any] = {
        "code": pl.String,
        "year": pl.Int16,
        "kind": pl.String,
        "others": pl.List(pl.String),
        "other_names": pl.List(pl.String),
        "other_areas": pl.List(pl.String),
    }
    build.write("territory", pl.DataFrame(rows, schema=schema), sort=["code", "year", "kind"])


def _collect(
    record: AreaCode,
    changes: ChangeList,
    to_unit: dict[str, str],
    events: dict[tuple[str, int, str], set[str]],
) -> None:
    giver = to_unit.get(record.code, record.code)
    for code, year in record.parts:
        taker = to_unit.get(code, code)
        if code != giver:
            events[giver, year, "gave"].add(code)
        if taker != giver:
            events[taker, year, "received"].add(record.code)
    if record.until is None:
        return
    if len(record.whole) > 1:
        for code in record.whole:
            events[to_unit.get(code, code), record.until, "split"].add(record.code)
        events[giver, record.until, "split"].update(record.whole)
    elif record.whole:
        heir = record.whole[0]
        others = [
            r.code
            for r in changes.predecessors.get(heir, [])
            if r is not record and r.until == record.until and heir in r.whole
        ]
        lived_on = any(
            r.since < record.until and (r.until or 9999) > record.until for r in changes.by_code.get(heir, [])
        )
        if others or (lived_on and heir != record.code):
            events[to_unit.get(heir, heir), record.until, "merged"].update({record.code, *others} - {heir})
        elif record.code[:4] != heir[:4]:
            events[to_unit.get(heir, heir), record.until, "reassigned"].add(record.code)


def _names(changes: ChangeList) -> dict[str, str]:
    return {code: records[-1].name for code, records in changes.by_code.items()}
