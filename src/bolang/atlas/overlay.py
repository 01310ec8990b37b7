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
from bolang.foundation import checks
from bolang.foundation.errors import BadInputError
from bolang.foundation.files import is_file
from bolang.foundation.plain import line
from bolang.foundation.text import Text, tr
from bolang.foundation.ways import way

if TYPE_CHECKING:
    import duckdb
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


VERSION = 1
"""Version of the workspace's layout; a file of a later one is refused rather than misread."""

_SEALED: Mapping[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a workspace file, which may have come from anybody: it reaches no other file, and views in it are refused.

    Raises
    ------
    BadInputError
        If the file is no workspace, is damaged, holds views, or was written by a newer bolang.
    """
    import duckdb

    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=dict(_SEALED))
        try:
            views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
            tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            version = connection.execute("SELECT max(version) FROM about").fetchall() if "about" in tables else []
        except BaseException:
            connection.close()
            raise
    except (duckdb.Error, UnicodeError) as error:
        raise _no_workspace(path) from error
    if views:
        connection.close()
        raise _no_workspace(path)
    if version and isinstance(version[0][0], int) and version[0][0] > VERSION:
        connection.close()
        raise BadInputError(
            tr(f"{path} 由更新版本的 bolang 写成。", f"{path} was written by a newer bolang."),
            tr("请升级 bolang。", "Upgrade bolang."),
        )
    return connection


def _no_workspace(path: Path) -> BadInputError:
    return BadInputError(
        tr(f"{path} 不是 bolang 的工作区，或已损坏。", f"{path} is no workspace of bolang, or it is damaged."),
        tr(
            "请移走它，或设置 BOLANG_WORKSPACE 换一个文件；工作区由 bolang import 建立。",
            "Move it away, or set BOLANG_WORKSPACE to another file; bolang import makes a workspace.",
        ),
    )


@dataclass(frozen=True, slots=True)
class LedgerFigure:
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


def open_workspace(workspace: str | Path | bool | None) -> WorkspaceView | None:
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
        return WorkspaceView(path) if is_file(path) else None
    if not isinstance(workspace, str | os.PathLike):
        raise checks.wrong(
            Text("工作区", "The workspace"), workspace, Text("应为文件路径。", "It must be the path of a file.")
        )
    path = Path(workspace)
    if not is_file(path):
        raise BadInputError(
            tr(f"找不到工作区文件 {path}。", f"There is no workspace file {path}."),
            str(way("bring")),
        )
    return WorkspaceView(path)


class WorkspaceView:
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
            If the file is no workspace, or rows of it are no figures.
        """
        import duckdb

        columns = ", ".join(FACT_COLUMNS)
        query = f"SELECT {columns} FROM facts ORDER BY imported_at DESC, code, indicator, year, period"
        with connect(self.path, read_only=True) as connection:
            try:
                found = store.frame_of(connection.sql(query))
            except duckdb.Error as error:
                raise _no_workspace(self.path) from error
        return _checked(found, self.path)

    @cached_property
    def labels(self) -> dict[str, Text]:
        """Names of the workspace's own indicators, where it has a table of them."""
        import duckdb

        with connect(self.path, read_only=True) as connection:
            try:
                rows = connection.execute("SELECT indicator, zh, en FROM indicators").fetchall()
            except duckdb.Error:
                return {}
        return {name: Text(line(zh or name), line(en or name)) for name, zh, en in rows if name}

    @cached_property
    def _by_county(self) -> dict[tuple[str, str], list[LedgerFigure]]:
        return figures_by_county(self.frame)

    def figures(self, code: str, indicator: str) -> list[LedgerFigure]:
        """Return the figures of a unit and indicator, latest import first."""
        return self._by_county.get((code, indicator), [])

    def indicators(self, code: str | None = None) -> tuple[str, ...]:
        """Return the indicators of a unit, or of all units."""
        return tuple(dict.fromkeys(i for c, i in self._by_county if code in (None, c)))

    def column(self, indicator: str, year: int) -> dict[str, LedgerFigure]:
        """Return each unit's figure for a full year, from the latest import."""
        found: dict[str, LedgerFigure] = {}
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


def _checked(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Refuse rows that say nothing or nonsense; the file may have been written by another program."""
    import polars as pl

    names = ("code", "indicator", "unit", "year", "value", "status")
    unfit = frame.filter(
        pl.any_horizontal(pl.col(names).is_null())
        | ~pl.col("value").cast(pl.Float64, strict=False).is_finite()
        | ~pl.col("year").cast(pl.Int64, strict=False).is_between(*YEARS)
        | ~pl.col("status").is_in(STATUSES)
    )
    if unfit.is_empty():
        return frame
    row = unfit.row(0, named=True)
    said = ", ".join(f"{name} {row[name]}" for name in names)
    raise BadInputError(
        tr(
            f"{path} 有 {unfit.height} 行不可用，第一行：{line(said, 120)}。",
            f"{path} has {unfit.height} unusable rows; the first: {line(said, 120)}.",
        ),
        tr(
            "每行须有代码、指标、单位、四位年份、有限的数值和状态（measured 或 estimated）。",
            "Each needs a code, an indicator, a unit, a year of four digits, a finite value and a status"
            " (measured or estimated).",
        ),
    )


YEARS = (1000, 9999)
STATUSES = ("measured", "estimated", "unverified")


def figures_by_county(frame: pl.DataFrame) -> dict[tuple[str, str], list[LedgerFigure]]:
    """Group the rows of a ledger or a workspace by unit and indicator, keeping their order."""
    found: dict[tuple[str, str], list[LedgerFigure]] = defaultdict(list)
    for row in frame.select(list(FACT_COLUMNS)[:11]).iter_rows(named=True):
        figure = LedgerFigure(
            code=row["code"],
            indicator=row["indicator"],
            value=row["value"],
            unit=line(row["unit"]),
            year=row["year"],
            period=row["period"] or "year",
            status=row["status"],
            source=line(row["source"] or ""),
            method=line(row["method"] or ""),
            definition=line(row["definition"] or ""),
            steps=tuple(line(step) for step in row["steps"] or () if step),
        )
        found[figure.code, figure.indicator].append(figure)
    return dict(found)
