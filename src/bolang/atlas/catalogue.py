"""What the atlas holds: every table and column, with names, unit, years, coverage, source and terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

from bolang.atlas import store
from bolang.atlas.model import Status
from bolang.atlas.places import edit_distance
from bolang.foundation import checks
from bolang.foundation.errors import UnknownIndicatorError
from bolang.foundation.names import Names
from bolang.foundation.text import Text, tr
from bolang.foundation.ways import way

if TYPE_CHECKING:
    import polars as pl

INDICATOR_ROLES = ("value", "derived", "bound", "indicator")
COUNTY_LEVELS = ("county", "ledger")
FIRST = ("gdp", "accounts", "fiscal")
"""Tables in the order of preference where several hold one indicator; the others follow."""
NEAREST = 6


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One column of one table, or one indicator of a ledger.

    Attributes
    ----------
    table, column : str
        Where it is.
    label : Text
        Name for readers.
    unit : str
        Unit of every value; empty for text.
    role : str
        ``value``, ``derived`` (computed from counts of the same table), ``bound`` (end of an interval),
        ``indicator`` (of a ledger), ``key``, ``text``, ``flag`` or ``geometry``.
    status : {'measured', 'estimated'}
        Of the table; `gdp` also says it row by row.
    level : str
        ``county``, ``area``, ``nation``, ``pair``, ``list``, ``network`` or ``ledger``.
    years : tuple of int
        Years with values.
    coverage, coverage_year : int, int or None
        Units with a published value in the year that has most of them, and that year.
    sources : tuple of str
        Keys of the table ``sources``; several where the source depends on the year or the row.
    licence : Text
        Terms of the sources.
    method, note : Text
        How the source arrived at the table; what to know about this column.
    timeless : bool
        The table has no year column and describes the one year of `years`.
    source_column : str
        Column of the table that names the source of each row, or empty.
    """

    table: str
    column: str
    label: Text
    unit: str
    role: str
    status: Status
    level: str
    years: tuple[int, ...]
    coverage: int
    coverage_year: int | None
    sources: tuple[str, ...]
    licence: Text
    method: Text
    note: Text
    timeless: bool
    source_column: str

    @property
    def name(self) -> str:
        """Name of the indicator: the column, or ``table.column`` for industries and sectors."""
        return f"{self.table}.{self.column}" if len(self.column) <= 2 else self.column


@cache
def source_titles() -> dict[str, Text]:
    """Return the titles of all sources by key."""
    rows = store.load("sources").select("source", "zh", "en").iter_rows()
    return {key: Text(zh, en) for key, zh, en in rows}


@cache
def source_terms() -> dict[str, Text]:
    """Return the terms of all sources by key."""
    rows = store.load("sources").select("source", "licence", "licence_en").iter_rows()
    return {key: Text(zh, en) for key, zh, en in rows}


UNITS: Mapping[str, Text] = Names("bolang.atlas", "units")
"""Units of the built-in data in both languages."""


def unit_text(unit: str) -> Text:
    """Return a unit in both languages; one that the built-in data do not use stays as it is."""
    return UNITS.get(unit, Text(unit, unit))


def _preference(entry: CatalogueEntry) -> tuple[bool, int]:
    return entry.level == "ledger", FIRST.index(entry.table) if entry.table in FIRST else len(FIRST)


class Catalogue:
    """All entries, found by name."""

    @cached_property
    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Every column of every table."""
        tables = {row["table"]: row for row in store.load("catalogue_tables").iter_rows(named=True)}
        return tuple(
            CatalogueEntry(
                table=row["table"],
                column=row["column"],
                label=Text(row["zh"], row["en"]),
                unit=row["unit"] or "",
                role=row["role"],
                status=cast(Status, row["status"]),
                level=tables[row["table"]]["level"],
                years=tuple(row["years"]),
                coverage=row["coverage"],
                coverage_year=row["coverage_year"],
                sources=tuple(row["sources"]),
                licence=Text(row["licence"], row["licence_en"]),
                method=Text(tables[row["table"]]["method_zh"], tables[row["table"]]["method_en"]),
                note=Text(row["note_zh"] or "", row["note_en"] or ""),
                timeless=tables[row["table"]]["year"] is not None,
                source_column=tables[row["table"]]["source_column"],
            )
            for row in store.load("catalogue_columns").iter_rows(named=True)
        )

    @cached_property
    def _indicators(self) -> dict[str, list[CatalogueEntry]]:
        """Entries of county-level indicators by bare name and by ``table.column``; tables before ledgers."""
        found: dict[str, list[CatalogueEntry]] = defaultdict(list)
        listed = [e for e in self.entries if e.role in INDICATOR_ROLES and e.level in COUNTY_LEVELS]
        for entry in sorted(listed, key=_preference):
            for key in dict.fromkeys((entry.column, f"{entry.table}.{entry.column}", *entry.label.forms)):
                found[key.casefold()].append(entry)
        return found

    def indicator(self, name: str) -> CatalogueEntry:
        """Return the county-level indicator of a name: its column, ``table.column``, or its label.

        Raises
        ------
        UnknownIndicatorError
            If there is none; the nearest names are listed.
        """
        found = self._indicators.get(_named(name).strip().casefold())
        if found:
            return found[0]
        raise UnknownIndicatorError(
            tr(f"没有名为 {name!r} 的县级指标。", f"There is no county-level indicator {name!r}."),
            tr("相近的有：", "Nearest: ") + ", ".join(self.nearest(name)) + tr("。", ". ") + str(way("indicators")),
        )

    def all_of(self, name: str) -> tuple[CatalogueEntry, ...]:
        """Return the county-level columns that hold an indicator, the preferred table first; ledgers are not listed."""
        first = self.indicator(name)
        return tuple(
            e for e in self._indicators[first.column.casefold()] if e.level == "county" and e.name == first.name
        )

    def of_areas(self, name: str) -> tuple[CatalogueEntry, ...]:
        """Return the columns that hold an indicator of prefectures or provinces, in tables keyed by ``code``."""
        return self._of_areas.get(_named(name), ())

    @cached_property
    def _of_areas(self) -> dict[str, tuple[CatalogueEntry, ...]]:
        keyed = {e.table for e in self.entries if e.level == "area" and e.column == "code"} - {"area_debt"}
        found: dict[str, tuple[CatalogueEntry, ...]] = {}
        for entry in self.entries:
            if entry.table in keyed and entry.role in INDICATOR_ROLES:
                found[entry.name] = (*found.get(entry.name, ()), entry)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.strip().casefold() in self._indicators

    def nearest(self, name: str, count: int = NEAREST) -> list[str]:
        """Return the indicators whose names or labels are nearest by edit distance."""
        wanted = name.strip().casefold()

        def distance(entry: CatalogueEntry) -> float:
            forms = (entry.column, *(form.casefold() for form in entry.label.forms))
            return min(
                edit_distance(wanted, form) / max(len(wanted), len(form), 1) - 0.5 * (wanted in form) for form in forms
            )

        entries = {e.name: e for group in self._indicators.values() for e in group}
        return sorted(entries, key=lambda n: (distance(entries[n]), n))[:count]

    def names(self) -> tuple[str, ...]:
        """Return the names of all county-level indicators."""
        return tuple(dict.fromkeys(e.name for group in self._indicators.values() for e in group))

    def frame(self) -> pl.DataFrame:
        """Return the catalogue as one frame, a row a column, with the method of its table."""
        tables = store.load("catalogue_tables").select("table", "level", "method_zh", "method_en", "rows")
        return store.load("catalogue_columns").join(tables, on="table", how="left", maintain_order="left")


def _named(name: str) -> str:
    return checks.text(name, Text("指标", "The indicator"), longest=checks.NAME)
