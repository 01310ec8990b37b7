"""How a unit's code, name and kind changed since 1981, and whether its territory of 2010 compares with 2020."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from bolang.atlas import store
from bolang.atlas.model import County
from bolang.foundation.text import Text

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
    def text(self) -> Text:
        """The change in a sentence."""
        before, after, year = self.before_name, self.after_name, self.year
        sentences = {
            "became_district": Text(
                f"{year} 年{before}撤销，设{after}", f"{before} became the district {after} in {year}"
            ),
            "became_city": Text(f"{year} 年{before}撤县设市（{after}）", f"{before} became the city {after} in {year}"),
            "became_county": Text(f"{year} 年{before}改为{after}", f"{before} became {after} in {year}"),
            "renamed": Text(f"{year} 年{before}更名为{after}", f"{before} was renamed {after} in {year}"),
            "recoded": Text(
                f"{year} 年代码由 {self.before_code} 改为 {self.after_code}",
                f"The code changed from {self.before_code} to {self.after_code} in {year}",
            ),
            "absorbed": Text(f"{year} 年{before}并入{after}", f"{before} was merged into {after} in {year}"),
            "founded_from": Text(
                f"{year} 年{before}撤销，其辖区分入本单位与相邻单位",
                f"{before} was divided in {year}; a part went into this unit",
            ),
            "later_became": Text(
                f"{year} 年（2020 年普查之后）改设{after}", f"Became {after} in {year}, after the census of 2020"
            ),
            "later_part": Text(
                f"{year} 年（2020 年普查之后）其辖区全部或部分划入{after}",
                f"Its territory, or a part of it, went to {after} in {year}, after the census of 2020",
            ),
        }
        return sentences[self.what]


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


def continuity(county: County) -> Text | None:
    """Say why the unit of 2020 cannot be compared with 2010 as it stands; None where it can."""
    row = store.load("continuity").filter(pl.col("code") == county.code).row(0, named=True)
    status, moved = row["status"], "、".join(str(y) for y in row["years_moved"])
    years = ", ".join(str(y) for y in row["years_moved"])
    if status == "split":
        return Text(
            "本单位由 2010 年的单位分拆而来，没有可比的 2010 年普查数。",
            "This unit came out of a unit of 2010 that was divided; there are no census figures of 2010 for it.",
        )
    if status == "new":
        return Text(
            "本单位设立于 2010 年之后，没有 2010 年普查数。", "Founded after 2010; there are no census figures of 2010."
        )
    if status == "boundary_changed":
        when = Text(f"（{moved} 年）" if moved else "", f" ({years})" if years else "")
        return (
            Text("2010 至 2020 年间有辖区划入或划出", "Territory came or went between 2010 and 2020")
            + when
            + Text("，两次普查不可直接比较。", ", so the two censuses do not compare.")
        )
    if status == "merged":
        count = len(row["rows_2010"])
        return Text(
            f"2010 年普查数由 {count} 个单位合并而成，可与 2020 年比较。",
            f"The figures of 2010 put {count} units together and compare with 2020.",
        )
    return None
