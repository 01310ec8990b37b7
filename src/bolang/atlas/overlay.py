"""The user's own figures, laid over the built-in ones and never mixed into them.

A workspace is a DuckDB file with a table ``facts`` that has at least the columns `FACT_COLUMNS`, and, if its writer wants
its own indicators to be shown by name, a table ``indicators`` (indicator, zh, en). `bolang import` writes it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.atlas import store
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    import polars as pl

FACT_COLUMNS: Mapping[str, str] = {
    "code": "VARCHAR",
    "indicator": "VARCHAR",
    "value": "DOUBLE",
    "unit": "VARCHAR",
    "year": "SMALLINT",
    "period": "VARCHAR",
    "status": "VARCHAR",
    "source": "VARCHAR",
    "method": "VARCHAR",
    "definition": "VARCHAR",
    "steps": "VARCHAR[]",
    "imported_at": "TIMESTAMP",
    "batch": "INTEGER",
}
"""Columns of the table ``facts`` and their DuckDB types; years are four digits, ``period`` is ``year`` for a full year."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a ledger or of a workspace."""

    code: str
    indicator: str
    value: float
    unit: str
    year: int
    period: str
    status: str
    source: str
    method: str
    definition: str
    steps: tuple[str, ...]


def default_path() -> Path:
    """Return the user's workspace file: ``BOLANG_WORKSPACE`` if set, otherwise in the system's folder for user data."""
    chosen = os.environ.get("BOLANG_WORKSPACE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("bolang")) / "workspace.duckdb"


def open_workspace(workspace: str | Path | bool | None) -> Workspace | None:
    """Return the workspace meant by the argument of `Atlas`.

    None means the user's own if there is one, False none at all, a path that very file.

    Raises
    ------
    BadInputError
        If a named file does not exist.
    """
    if workspace is False:
        return None
    if workspace is None or workspace is True:
        path = default_path()
        return Workspace(path) if path.is_file() else None
    path = Path(workspace)
    if not path.is_file():
        raise BadInputError(
            tr(f"找不到工作区文件 {path}。", f"There is no workspace file {path}."),
            tr("请先用 bolang import 导入数据。", "Bring data in with bolang import first."),
        )
    return Workspace(path)


class Workspace:
    """Read-only view of a workspace file; it is read once, and closed again at once.

    Parameters
    ----------
    path : Path
        The DuckDB file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The table of facts, latest import first.

        Raises
        ------
        BadInputError
            If the file is no workspace.
        """
        import duckdb

        columns = ", ".join(FACT_COLUMNS)
        try:
            with duckdb.connect(str(self.path), read_only=True) as connection:
                query = f"SELECT {columns} FROM facts ORDER BY imported_at DESC, code, indicator, year, period"
                return store.frame_of(connection.sql(query))
        except duckdb.Error as error:
            raise BadInputError(
                tr(
                    f"{self.path} 不是 bolang 的工作区，或已损坏。",
                    f"{self.path} is no workspace of bolang, or it is damaged.",
                ),
                tr(
                    "请移走它，或设置 BOLANG_WORKSPACE 换一个文件；工作区由 bolang import 建立。",
                    "Move it away, or set BOLANG_WORKSPACE to another file; bolang import makes a workspace.",
                ),
            ) from error

    @cached_property
    def labels(self) -> dict[str, Text]:
        """Names of the workspace's own indicators, where it has a table of them."""
        import duckdb

        try:
            with duckdb.connect(str(self.path), read_only=True) as connection:
                rows = connection.execute("SELECT indicator, zh, en FROM indicators").fetchall()
        except duckdb.Error:
            return {}
        return {name: Text(zh, en) for name, zh, en in rows}

    @cached_property
    def _by_county(self) -> dict[tuple[str, str], list[Figure]]:
        return figures_by_county(self.frame)

    def figures(self, code: str, indicator: str) -> list[Figure]:
        """Return the figures of a unit and indicator, latest import first."""
        return self._by_county.get((code, indicator), [])

    def indicators(self, code: str | None = None) -> tuple[str, ...]:
        """Return the indicators of a unit, or of all units."""
        return tuple(dict.fromkeys(i for c, i in self._by_county if code in (None, c)))

    def column(self, indicator: str, year: int) -> dict[str, Figure]:
        """Return each unit's figure for a full year, from the latest import."""
        found: dict[str, Figure] = {}
        for (code, name), figures in self._by_county.items():
            if name == indicator:
                for figure in figures:
                    if figure.year == year and figure.period == "year":
                        found.setdefault(code, figure)
        return found

    def years(self, indicator: str) -> tuple[int, ...]:
        """Return the years for which any unit has a full-year figure."""
        found = {f.year for (_, n), fs in self._by_county.items() if n == indicator for f in fs if f.period == "year"}
        return tuple(sorted(found))

    def unit(self, indicator: str) -> str | None:
        """Return the unit of an indicator, None if the workspace does not have it."""
        return next((fs[0].unit for (_, name), fs in self._by_county.items() if name == indicator), None)


def figures_by_county(frame: pl.DataFrame) -> dict[tuple[str, str], list[Figure]]:
    """Group the rows of a ledger or a workspace by unit and indicator, keeping their order."""
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in frame.select(list(FACT_COLUMNS)[:11]).iter_rows(named=True):
        figure = Figure(
            code=row["code"],
            indicator=row["indicator"],
            value=row["value"],
            unit=row["unit"],
            year=row["year"],
            period=row["period"] or "year",
            status=row["status"],
            source=row["source"] or "",
            method=row["method"] or "",
            definition=row["definition"] or "",
            steps=tuple(row["steps"] or ()),
        )
        found[figure.code, figure.indicator].append(figure)
    return dict(found)
