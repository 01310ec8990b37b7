"""The atlas: one object that answers what is known of every county."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.atlas import store
from bolang.atlas.catalogue import Catalogue, CatalogueEntry
from bolang.atlas.model import INDUSTRIES, County, Fact
from bolang.atlas.overlay import WorkspaceView, open_workspace
from bolang.atlas.places import Places
from bolang.atlas.products import Products
from bolang.atlas.register import Register
from bolang.atlas.status import Statuses
from bolang.atlas.territory import Territory
from bolang.atlas.trace import Trace
from bolang.atlas.vintage import Vintage, read_vintage
from bolang.foundation import checks
from bolang.foundation.errors import BadInputError, MissingFactError
from bolang.foundation.forks import in_use
from bolang.foundation.text import Text, same, tr
from bolang.foundation.ways import way

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from bolang.atlas.facts import Trail
    from bolang.atlas.history import Continuity, UnitChange

_COUNTY_FIELDS = [
    "code",
    "index",
    "name",
    "full_name",
    "province",
    "province_code",
    "prefecture",
    "prefecture_code",
    "kind",
    "lon",
    "lat",
    "area_km2",
]


_READING = {"SELECT", "EXPLAIN"}


class Atlas:
    """What is known of each county-level unit, and from where.

    Parameters
    ----------
    workspace : path, bool or None
        The user's own facts, laid over the built-in ones: None for the user's workspace if there is one, False for
        none, a path for that very file.
    """

    def __init__(self, workspace: str | Path | bool | None = None) -> None:
        self.workspace: WorkspaceView | None = open_workspace(workspace)

    @cached_property
    def counties(self) -> tuple[County, ...]:
        """All units in the order of their codes; the position is the row in every all-county array."""
        return tuple(
            County(**row, atlas=self) for row in store.load("units").select(_COUNTY_FIELDS).iter_rows(named=True)
        )

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of all units, in order."""
        return tuple(county.code for county in self.counties)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {county.code: county.index for county in self.counties}

    @cached_property
    def places(self) -> Places:
        """The index of names and codes."""
        return Places(self.counties)

    def county(self, name: str | County) -> County:
        """Return a unit by name, full name, short name, code, or an earlier name or code; a unit of another atlas by its code.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            If no unit, or more than one, matches; the nearest candidates are listed.
        """
        if not isinstance(name, County):
            return self.places.find(name)
        return name if name.atlas is self or name.code not in self._rows else self.counties[self._rows[name.code]]

    def __reduce__(self) -> tuple[type[Atlas], tuple[Path | bool]]:
        return Atlas, (self.workspace.path if self.workspace else False,)

    @cached_property
    def vintage(self) -> Vintage:
        """Of which year the census, the accounts and the debt are."""
        return read_vintage(len(self.counties))

    # -- what is in place, what is made here, what changed -----------------------------------------

    @cached_property
    def register(self) -> Register:
        """The policy register: what is in place where, since when, who decides."""
        return Register(self)

    @cached_property
    def products(self) -> Products:
        """What each county makes."""
        return Products(self)

    @cached_property
    def status(self) -> Statuses:
        """Official lists that name a county."""
        return Statuses(self)

    @cached_property
    def territory(self) -> Territory:
        """Changes of territory, and which years may be compared."""
        return Territory(self)

    # -- tables -----------------------------------------------------------------------------------

    def tables(self) -> tuple[str, ...]:
        """Return the names of all tables."""
        return store.table_names()

    def table(self, name: str) -> pl.DataFrame:
        """Return a table as a frame; it is shared, so treat it as read-only.

        Raises
        ------
        UnknownIndicatorError
            If there is no such table.
        """
        return store.load(name)

    @cached_property
    def entries(self) -> Catalogue:
        """The catalogue as objects: look an indicator up by name or label."""
        return Catalogue()

    def catalogue(self) -> pl.DataFrame:
        """Return the catalogue as a frame: a row for every column of every table."""
        return self.entries.frame()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return store.connect()

    def sql(self, query: str, files: Mapping[str, str | Path] | None = None) -> pl.DataFrame:
        """Run a SQL query (DuckDB) over the tables; it sees no other file, and may be asked from several threads.

        Parameters
        ----------
        query : str
            One query.
        files : mapping of str to path, optional
            CSV, Parquet or JSON files of your own to join, by the name that the query uses.

        Raises
        ------
        BadInputError
            If the query is not valid, with the database's own message, or would change something.
        """
        import duckdb

        query = checks.text(query, Text("SQL 查询", "The SQL query"))
        in_use()
        try:
            kinds = store.statement_kinds(query)
            if len(kinds) == 1 and kinds[0] in _READING:
                return store.ask(store.connect(files) if files else self._connection, query)
        except (duckdb.Error, UnicodeError) as error:
            said = str(error).split("\n", maxsplit=1)[0].rstrip(".")
            raise BadInputError(
                tr(f"SQL 查询有误：{said}。", f"The SQL query failed: {said}."),
                str(way("tables")),
            ) from error
        raise BadInputError(
            tr(
                "只接受一条查询语句（SELECT、DESCRIBE、SUMMARIZE 等）。",
                "Only one query is accepted: SELECT, DESCRIBE, SUMMARIZE.",
            ),
            tr("内置数据不可修改。", "The built-in data cannot be changed."),
        )

    # -- one indicator for all units --------------------------------------------------------------

    def column(self, indicator: str, year: int, *, estimated: bool = False) -> NDArray[np.float64]:
        """Return one indicator for all units in code order.

        Parameters
        ----------
        indicator : str
            Name in the catalogue (``gdp``), ``table.column`` (``employment.C``) or label (``地区生产总值``).
        year : int
            Year that the figures describe.
        estimated : bool
            Whether estimates fill the gaps between published figures; `statuses` tells them apart.

        Returns
        -------
        ndarray, shape (units,)
            Values in the unit of the catalogue; NaN where nothing is known. The user's workspace lies on top.

        Raises
        ------
        UnknownIndicatorError
            If neither the catalogue nor the workspace has the indicator.
        MissingFactError
            If no unit has a value for the year.
        """
        return self._column(indicator, year, estimated=estimated)[0]

    def statuses(self, indicator: str, year: int) -> NDArray[np.str_]:
        """Return ``measured``, ``estimated`` or an empty string for all units in code order."""
        import numpy as np

        values, status = self._column(indicator, year, estimated=True)
        return np.where(np.isnan(values), "", status)

    def _column(self, indicator: str, year: int, *, estimated: bool) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
        import numpy as np

        from bolang.atlas.columns import built_in, lay_over

        checks.year(year)
        entry = self._entry(indicator)
        name = entry.name if entry else indicator
        entries = self.entries.all_of(name) if entry else ()
        values, status = built_in(entries, name, year, self._rows, estimated=estimated)
        if self.workspace:
            lay_over(values, status, self.workspace.column(name, year), self._rows, entry.unit if entry else None)
        if np.isnan(values).all():
            raise MissingFactError(
                tr(
                    f"{self._label(indicator).zh}没有 {year} 年的数据。",
                    f"There are no figures of {year} for {self._label(indicator).en}.",
                ),
                tr("有数据的年份：", "Years with figures: ") + self._years(indicator),
            )
        return values, status

    def employment(self, year: int) -> NDArray[np.float64]:
        """Return sampled employment by industry, shape (units, 19), NaN where the census has no row.

        Persons of the 10 % long form, industries in the order of `INDUSTRIES`.

        Raises
        ------
        MissingFactError
            If `year` is not a census year.
        """
        import numpy as np

        checks.year(year)
        years = self._entry_years("employed")
        if year not in years:
            raise MissingFactError(
                tr(f"没有 {year} 年的分行业就业。", f"There is no employment by industry of {year}."),
                tr("普查年份：", "Census years: ") + ", ".join(map(str, years)),
            )
        return np.column_stack([self.column(f"employment.{section}", year) for section in INDUSTRIES])

    def national_employment(self, year: int) -> NDArray[np.float64]:
        """Return sampled employment of the nation by industry as published, development zones included, shape (19,).

        The reference of every location quotient: units alone would leave out the zones.
        """
        import numpy as np
        import polars as pl

        nation = store.load("census_areas").filter(pl.col("level") == "nation", pl.col("year") == checks.year(year))
        if nation.is_empty():
            raise MissingFactError(tr(f"没有 {year} 年的普查。", f"There was no census in {year}."))
        return np.asarray(nation.select(INDUSTRIES).row(0), dtype=np.float64)

    # -- one unit ---------------------------------------------------------------------------------

    def knows(self, indicator: str) -> bool:
        """Whether the catalogue or the workspace has a county-level indicator of that name."""
        own = self.workspace is not None and self.workspace.unit(indicator) is not None
        return own or indicator in self.entries

    def facts(self, county: str | County, indicator: str) -> tuple[Fact, ...]:
        """Return every figure of an indicator for a unit: all years, all sources, conflicting values side by side.

        The order within a year is the order of preference: the user's own, published tables, other published figures,
        estimates. `county` may also be the code of a province or prefecture, for which ledgers hold some figures.

        Raises
        ------
        UnknownIndicatorError
            If neither the catalogue nor the workspace has the indicator.
        """
        return tuple(trail.fact for trail in self._trails(county, indicator))

    def _trails(self, county: str | County, indicator: str) -> list[Trail]:
        from bolang.atlas.facts import Trail, figure_fact, ledger_trails, table_trails

        code = self._code(county)
        above = () if code in self._rows else self.entries.of_areas(indicator)
        entry = above[0] if above else self._entry(indicator)
        name, label = (entry.name, entry.label) if entry else (indicator, self._label(indicator))
        own = self.workspace.figures(code, name) if self.workspace else []
        found = [Trail(figure_fact(figure, label, "workspace"), "", same("")) for figure in own]
        if entry:
            tables = self.entries.all_of(name) if code in self._rows else self.entries.of_areas(name)
            for each in tables:
                found += table_trails(each, code)
            found += ledger_trails(name, label, code)
        return sorted(found, key=lambda t: (t.fact.year, t.fact.status == "estimated" and t.fact.origin == "built-in"))

    def latest(self, county: str | County, indicator: str, *, since: int | None = None) -> Fact | None:
        """Return the newest published full-year figure of an indicator for a unit, None where there is none.

        Parameters
        ----------
        county, indicator : str
            As in `facts`.
        since : int, optional
            Oldest year that still says something of today; older figures are not returned.
        """
        if not self.knows(indicator) and not self.entries.of_areas(indicator):
            return None
        known = [f for f in self.facts(county, indicator) if f.period == "year" and f.status == "measured"]
        newest = max((f.year for f in known), default=None)
        if newest is None or (since is not None and newest < since):
            return None
        return next(f for f in known if f.year == newest)

    def fact(self, county: str | County, indicator: str, year: int) -> Fact:
        """Return the preferred full-year figure of an indicator for a unit.

        Raises
        ------
        MissingFactError
            If the unit has no figure for the year; the years that it has are listed.
        """
        checks.year(year)
        facts = [f for f in self.facts(county, indicator) if f.period == "year"]
        for fact in facts:
            if fact.year == year:
                return fact
        years = ", ".join(map(str, dict.fromkeys(f.year for f in facts)))
        place, label = self._place(county), self._label(indicator)
        raise MissingFactError(
            tr(f"{place}没有 {year} 年的{label.zh}。", f"{place} has no {label.en} of {year}."),
            tr(f"有数据的年份：{years}。", f"Years with figures: {years}.")
            if years
            else tr("该单位没有此指标的任何数据。", "Nothing is known of it here. ") + str(way("bring")),
        )

    def trace(self, county: str | County, indicator: str, year: int | None = None) -> Trace:
        """Return where a figure comes from and what was done to it, with rival figures; all years if none is given.

        Raises
        ------
        UnknownIndicatorError, MissingFactError
            As `fact`.
        """
        if year is not None:
            checks.year(year)
        trails = tuple(t for t in self._trails(county, indicator) if year in (None, t.fact.year))
        if not trails or (year is not None and all(t.fact.period != "year" for t in trails)):
            self.fact(county, indicator, year or self._entry_years(indicator)[-1])
        return Trace(self._place(county), trails)

    def conflicting(self, county: str | County) -> tuple[str, ...]:
        """Return the indicators for which a unit has several figures for one year and period."""
        from bolang.atlas.facts import ledger_indicators

        code = self._code(county)
        candidates = ledger_indicators(code) + (self.workspace.indicators(code) if self.workspace else ())
        return tuple(name for name in dict.fromkeys(candidates) if _several(self.facts(county, name)))

    def history(self, county: str | County) -> tuple[UnitChange, ...]:
        """Return how the code, name and kind of a unit changed since 1981, oldest first."""
        from bolang.atlas.history import history

        return history(self.county(county))

    def continuity(self, county: str | County) -> Continuity | None:
        """Return how the territory at the census before relates to the latest; None where nothing changed."""
        from bolang.atlas.history import continuity

        return continuity(self.county(county))

    # -- helpers ----------------------------------------------------------------------------------

    def _entry(self, indicator: str) -> CatalogueEntry | None:
        """Return the catalogue's entry; None for an indicator that only the workspace has."""
        checks.text(indicator, Text("指标", "The indicator"), longest=checks.NAME)
        if indicator not in self.entries and self.knows(indicator):
            return None
        return self.entries.indicator(indicator)

    def _code(self, county: str | County) -> str:
        if isinstance(county, str) and county.isdigit() and county.endswith("00") and county not in self._rows:
            return county
        if isinstance(county, str) and county in self._areas:
            return self._areas[county]
        return self.county(county).code

    def _place(self, county: str | County) -> str:
        code = self._code(county)
        if code in self._rows:
            return self.counties[self._rows[code]].full_name
        return next((name for name, area in self._areas.items() if area == code), code)

    @cached_property
    def _areas(self) -> dict[str, str]:
        """Codes of prefectures and provinces by name, unless a unit has it; of a municipality, that of the province."""
        found = {county.prefecture: county.prefecture_code for county in self.counties}
        found |= {county.province: county.province_code for county in self.counties}
        units = {county.name for county in self.counties}
        return {name: code for name, code in found.items() if name not in units}

    def _label(self, indicator: str) -> Text:
        entry = self._entry(indicator)
        if entry:
            return entry.label
        return self.workspace.labels.get(indicator, same(indicator)) if self.workspace else same(indicator)

    def _entry_years(self, indicator: str) -> tuple[int, ...]:
        from bolang.atlas.facts import ledger_years

        entry = self._entry(indicator)
        name = entry.name if entry else indicator
        own = self.workspace.years(name) if self.workspace else ()
        built_in = {year for each in (self.entries.all_of(name) if entry else ()) for year in each.years}
        return tuple(sorted({*built_in, *ledger_years(name), *own})) or (0,)

    def _years(self, indicator: str) -> str:
        return ", ".join(map(str, self._entry_years(indicator)))


def _several(facts: tuple[Fact, ...]) -> bool:
    times = [(fact.year, fact.period) for fact in facts if fact.status == "measured"]
    return len(times) > len(set(times))
