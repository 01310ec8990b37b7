"""The user's workspace: one DuckDB file with every imported figure, safe to copy, share and undo.

A change is made on a copy beside the file, which then takes its place in one step. Whatever happens in between (a full
disk, a killed process), the workspace is the old one or the new one, never something between; and who reads it is never
kept waiting. A lock lets one process change it at a time.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bolang.atlas.overlay import connect, default_path
from bolang.atlas.store import frame_of
from bolang.foundation.errors import BadInputError, OutputError
from bolang.foundation.files import exists
from bolang.foundation.text import tr
from bolang.intake.lock import exclusive
from bolang.intake.vocabulary import vocabulary

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from bolang.intake.readings import Unread

_SCHEMA = """
CREATE TABLE about (version INTEGER NOT NULL);
INSERT INTO about VALUES (1);
CREATE TABLE batches (
    batch INTEGER PRIMARY KEY, imported_at TIMESTAMP NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    title VARCHAR NOT NULL, code VARCHAR NOT NULL, county VARCHAR NOT NULL, year INTEGER NOT NULL, figures INTEGER NOT NULL
);
CREATE TABLE facts (
    code VARCHAR NOT NULL, indicator VARCHAR NOT NULL, value DOUBLE NOT NULL, unit VARCHAR NOT NULL, year INTEGER NOT NULL,
    period VARCHAR NOT NULL, status VARCHAR NOT NULL, source VARCHAR NOT NULL, method VARCHAR NOT NULL,
    definition VARCHAR NOT NULL, steps VARCHAR[] NOT NULL, imported_at TIMESTAMP NOT NULL, batch INTEGER NOT NULL,
    printed VARCHAR NOT NULL, sentence VARCHAR NOT NULL, place VARCHAR NOT NULL, confidence DOUBLE NOT NULL
);
CREATE TABLE indicators (indicator VARCHAR PRIMARY KEY, zh VARCHAR NOT NULL, en VARCHAR NOT NULL);
CREATE TABLE unread (
    batch INTEGER NOT NULL, printed VARCHAR NOT NULL, phrase VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL, place VARCHAR NOT NULL
);
"""


_ROWS_A_STATEMENT = 20_000
_KINDS: Mapping[str, tuple[str, ...]] = {
    "facts": (
        "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR",
        "VARCHAR[]", "TIMESTAMP", "INTEGER", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE",
    ),
    "unread": ("INTEGER", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"),
}  # fmt: skip
"""Types of the columns of the tables that are filled row by row, in the order of the schema."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class FactRow:
    """One figure as the workspace keeps it; the columns are those of its table ``facts``.

    `rank` orders several figures of one indicator and year from one import: 0 for the plain one, more for those of a
    narrower definition. It becomes a microsecond each in the time of import, by which readers choose.
    """

    code: str
    indicator: str
    value: float
    unit: str
    year: int
    period: str
    source: str
    method: str
    definition: str
    steps: tuple[str, ...]
    printed: str
    sentence: str
    place: str
    confidence: float
    status: str = "measured"
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: what came from which file, when."""

    batch: int
    imported_at: datetime
    file: str
    sha256: str
    title: str
    code: str
    county: str
    year: int
    figures: int


@dataclass(frozen=True, slots=True)
class Addition:
    """What one file adds to the workspace."""

    rows: Sequence[FactRow]
    file: str
    sha256: str
    title: str
    code: str
    county: str
    year: int
    unread: Sequence[Unread] = ()


class Workspace:
    """The user's own figures.

    Parameters
    ----------
    path : str or Path, optional
        The DuckDB file; `default_path` if not given. It need not exist yet.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path) if path is not None else default_path()

    # ------------------------------------------------------------ reading
    def batches(self) -> list[Batch]:
        """Return the imports, oldest first."""
        rows = self._rows("SELECT * FROM batches ORDER BY batch")
        return [Batch(*row) for row in rows]

    def facts(self, batch: int | None = None) -> pl.DataFrame:
        """Return the figures, of one import or of all, as a frame."""
        import polars as pl

        if not exists(self.path):
            return pl.DataFrame()
        with self._reading() as connection:
            where = "" if batch is None else f"WHERE batch = {int(batch)}"
            return frame_of(connection.sql(f"SELECT * FROM facts {where} ORDER BY batch, code, indicator, year"))

    def unread(self, batch: int) -> pl.DataFrame:
        """Return the figures of an import that were not taken, with the reasons."""
        with self._reading() as connection:
            return frame_of(connection.sql(f"SELECT * FROM unread WHERE batch = {int(batch)}"))

    def find(self, batch: int) -> Batch:
        """Return one import.

        Raises
        ------
        BadInputError
            If there is none with this number.
        """
        listed = self.batches()
        for entry in listed:
            if entry.batch == batch:
                return entry
        numbers = ", ".join(str(entry.batch) for entry in listed)
        raise BadInputError(
            tr(f"没有编号为 {batch} 的导入。", f"There is no import number {batch}."),
            tr(f"现有：{numbers or '无'}。", f"There are: {numbers or 'none'}."),
        )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        if not exists(self.path):
            return []
        with self._reading() as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        connection = connect(self.path, read_only=True)
        try:
            yield connection
        finally:
            connection.close()

    # ------------------------------------------------------------ changing
    def add(
        self,
        rows: Sequence[FactRow],
        file: str,
        sha256: str,
        title: str,
        code: str,
        county: str,
        year: int,
        unread: Sequence[Unread] = (),
    ) -> Batch:
        """Save the figures of one import in one step.

        Raises
        ------
        OutputError
            If the file cannot be written or another process holds it; nothing is saved then.
        """
        [batch] = self.add_all([Addition(rows, file, sha256, title, code, county, year, unread)])
        return batch

    def add_all(self, additions: Sequence[Addition]) -> list[Batch]:
        """Save the figures of several files, each an import of its own, in one step.

        Raises
        ------
        OutputError
            If the file cannot be written or another process holds it; nothing is saved then.
        """
        now = datetime.now(UTC).replace(tzinfo=None)

        def change(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
            [(last,)] = connection.execute("SELECT coalesce(max(batch), 0) FROM batches").fetchall()
            return _add(connection, additions, last + 1, now)

        return self._change(change)

    def undo(self, batch: int | None = None) -> Batch:
        """Take one import back, the last one unless a number is given; the figures it laid over come back.

        Raises
        ------
        BadInputError
            If there is nothing to undo.
        """
        listed = self.batches()
        if not listed:
            raise BadInputError(tr("工作区里没有导入，无可撤销。", "The workspace has no import to undo."))
        number = self.find(batch).batch if batch is not None else listed[-1].batch
        return self.undo_all(number, number)[0]

    def undo_all(self, first: int, last: int) -> list[Batch]:
        """Take back the imports of these numbers, both ends among them, in one step: those of a folder, say.

        Raises
        ------
        BadInputError
            If there is no import of these numbers.
        """
        targets = [entry for entry in self.batches() if first <= entry.batch <= last]
        if not targets:
            self.find(max(first, last))
            raise BadInputError(tr(f"没有编号 {first} 至 {last} 的导入。", f"There are no imports {first} to {last}."))

        def change(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
            held = set(_tables(connection))
            for table in ("facts", "unread", "user_rows", "batches"):
                if table in held:
                    connection.execute(f"DELETE FROM {table} WHERE batch BETWEEN ? AND ?", [first, last])
            return targets

        return self._change(change)

    def change(self, change: Callable[[duckdb.DuckDBPyConnection], _Result]) -> _Result:
        """Make a change of another part of the intake, in one step like every change."""
        return self._change(change)

    def _change(self, change: Callable[[duckdb.DuckDBPyConnection], _Result]) -> _Result:
        """Make a change on a copy and put the copy in the file's place."""
        import duckdb

        path = self.path.resolve()  # a link stays a link, and two names of one file share its lock
        with exclusive(path):
            _sweep(path)
            draft = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
            try:
                if exists(path):
                    shutil.copyfile(path, draft)
                connection = connect(draft, read_only=False)
                try:
                    if not _tables(connection):
                        connection.execute(_SCHEMA)
                    result = change(connection)
                    connection.execute("CHECKPOINT")
                finally:
                    connection.close()
                _flush(draft)
                _replace(draft, path)
            except (duckdb.Error, OSError) as error:
                raise OutputError(
                    tr(
                        f"工作区没有写成，内容未变：{error}", f"The workspace was not written and is unchanged: {error}"
                    ),
                    tr("请检查磁盘空间和写入权限。", "Check the space on the disk and the right to write."),
                ) from error
            finally:
                for leftover in (draft, draft.with_name(draft.name + ".wal")):
                    leftover.unlink(missing_ok=True)
        return result


def _add(
    connection: duckdb.DuckDBPyConnection, additions: Sequence[Addition], number: int, now: datetime
) -> list[Batch]:
    """Insert several files, a statement a table rather than one a file."""
    batches = [
        Batch(place, now, each.file, each.sha256, each.title, each.code, each.county, each.year, len(each.rows))
        for place, each in enumerate(additions, number)
    ]
    pairs = list(zip(batches, additions, strict=True))
    connection.executemany(
        "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [[b.batch, now, b.file, b.sha256, b.title, b.code, b.county, b.year, b.figures] for b in batches],
    )
    _insert(connection, "facts", [_fact_values(row, batch) for batch, each in pairs for row in each.rows])
    _name_indicators(connection, {row.indicator for each in additions for row in each.rows})
    unread = [
        [batch.batch, u.printed, u.phrase, u.reason, u.sentence, str(u.place)]
        for batch, each in pairs
        for u in each.unread
    ]
    _insert(connection, "unread", unread)
    return batches


def _sweep(path: Path) -> None:
    """Remove what a killed process left behind; the lock is held, so nobody is using it."""
    for leftover in path.parent.glob(f"{glob.escape(path.name)}.*.part*"):
        leftover.unlink(missing_ok=True)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]


def _fact_values(row: FactRow, batch: Batch) -> list[Any]:
    return [
        row.code,
        row.indicator,
        row.value,
        row.unit,
        row.year,
        row.period,
        row.status,
        row.source,
        row.method,
        row.definition,
        list(row.steps),
        batch.imported_at - timedelta(microseconds=row.rank),
        batch.batch,
        row.printed,
        row.sentence,
        row.place,
        row.confidence,
    ]


def _name_indicators(connection: duckdb.DuckDBPyConnection, names: set[str]) -> None:
    """Keep the labels of the indicators, so that readers of the file can show them by name."""
    rows = [[name, *vocabulary()[name].label.forms] for name in sorted(names)]
    connection.executemany("INSERT OR REPLACE INTO indicators VALUES (?, ?, ?)", rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows column by column: a statement a row would take minutes for a panel of all counties."""
    if not rows:
        return
    columns = ", ".join(f"unnest(?::{kind}[])" for kind in _KINDS[table])
    connection.execute("BEGIN")
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        some = rows[start : start + _ROWS_A_STATEMENT]
        connection.execute(
            f"INSERT INTO {table} SELECT {columns}", [list(column) for column in zip(*some, strict=True)]
        )
    connection.execute("COMMIT")


def _flush(path: Path) -> None:
    """Have the system write a file out before it takes another's place."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _replace(draft: Path, target: Path) -> None:
    """Put the draft in the target's place; on Windows a reader may hold it for a moment."""
    for _ in range(50):
        with contextlib.suppress(PermissionError):
            os.replace(draft, target)
            return
        time.sleep(0.1)
    os.replace(draft, target)
