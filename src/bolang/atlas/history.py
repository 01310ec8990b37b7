"""How a unit's code, name and kind changed since 1981, and whether its territory of 2010 compares with 2020."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from bolang.atlas import store
from bolang.atlas.model import County
from bolang.atlas.vintage import censuses

What = Literal[
    "became_district",
    "became_city",
    "became_county",
    "renamed",
    "recoded",
    "absorbed",
    "founded_from",
    "later_became",
    "later_part",
]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One change of a unit's code, name, kind or territory.

    Attributes
    ----------
    year : int
        Year of the change.
    what : str
        ``became_district``, ``became_city``, ``became_county``, ``renamed``, ``recoded`` for the unit itself;
        ``absorbed`` where another unit went into it; ``founded_from`` where a divided unit left it a part;
        ``later_became`` and ``later_part`` for changes after the census of 2020.
    before_code, before_name, after_code, after_name : str
        Codes and names on both sides.
    """

    year: int
    what: What
    before_code: str
    before_name: str
    after_code: str
    after_name: str

    @property
    def census(self) -> int:
        """The latest census: what came later changes nothing in its figures."""
        return censuses()[-1]


def history(county: County) -> tuple[UnitChange, ...]:
    """Return the changes of a unit since 1981, oldest first."""
    rows = store.load("unit_codes").filter(pl.col("unit") == county.code).rows(named=True)
    heir = next((row["next_code"] for row in rows if row["relation"] == "current"), None)
    found = [change for row in rows for change in _changes(county, row, heir)]
    return tuple(dict.fromkeys(sorted(found, key=lambda c: (c.year, c.before_code, c.after_code))))


def _changes(county: County, row: dict[str, Any], heir: str | None) -> Iterator[UnitChange]:
    relation, until = row["relation"], row["until"]
    if relation in ("later", "later_joint"):
        what: What = "later_became" if relation == "later" and row["code"] == heir else "later_part"
        yield UnitChange(row["since"], what, county.code, county.name, row["code"], row["name"])
        return
    if until is None or relation in ("current", "census"):
        return
    if relation == "divided":
        if row["next_code"] is not None:  # it went on under another code, and was divided later
            return
        yield UnitChange(until, "founded_from", row["code"], row["name"], county.code, county.name)
        return
    after_code, after_name = row["next_code"], row["next_name"]
    if after_code is not None:
        what = "absorbed" if relation == "absorbed" else _kind_of_change(row["name"], after_name)
        yield UnitChange(until, what, row["code"], row["name"], after_code, after_name)


def _kind_of_change(before: str, after: str) -> What:
    if before == after:
        return "recoded"
    if before[-1] == after[-1]:
        return "renamed"
    endings: dict[str, What] = {"区": "became_district", "市": "became_city", "县": "became_county"}
    return endings.get(after[-1], "renamed")


@dataclass(frozen=True, slots=True)
class Continuity:
    """How a unit's territory at the census before relates to that at the latest.

    Attributes
    ----------
    status : {'split', 'new', 'boundary_changed', 'merged'}
    years : tuple of int
        Years in which territory came or went.
    parts : int
        Units of the census before that its figures put together.
    census_before, census : int
    """

    status: Literal["split", "new", "boundary_changed", "merged"]
    years: tuple[int, ...]
    parts: int
    census_before: int
    census: int


def continuity(county: County) -> Continuity | None:
    """Return what changed in the territory between the latest censuses; None where nothing did."""
    row = store.load("continuity").filter(pl.col("code") == county.code).row(0, named=True)
    if row["status"] not in ("split", "new", "boundary_changed", "merged"):
        return None
    before, census = censuses()[-2:]
    return Continuity(row["status"], tuple(row["years_moved"] or ()), len(row["rows_2010"] or ()), before, census)
