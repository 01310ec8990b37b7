"""Keeping user tables in the workspace: saved in one step, taken back with the import they came from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.atlas.overlay import connect
from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import tr
from bolang.intake.user_tables.kinds import COUNTY, TableKind
from bolang.intake.user_tables.reading import Values
from bolang.intake.workspace import Batch, Workspace

if TYPE_CHECKING:
    import duckdb

    from bolang.atlas import Atlas, County

_SCHEMA = """
CREATE TABLE IF NOT EXISTS user_rows (
    batch INTEGER NOT NULL, kind VARCHAR NOT NULL, code VARCHAR NOT NULL, position INTEGER NOT NULL, fields VARCHAR NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class UserRow:
    """One row of a user table, and the file that it came from."""

    kind: str
    values: Values
    file: str


def save(
    workspace: Workspace, kind: TableKind, tables: Mapping[County, Sequence[Values]], file: str, sha256: str
) -> list[Batch]:
    """Save the tables of some counties in one step; each takes the place of the county's earlier table of this kind."""
    now = datetime.now(UTC).replace(tzinfo=None)

    def change(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
        connection.execute(_SCHEMA)
        [(last,)] = connection.execute("SELECT coalesce(max(batch), 0) FROM batches").fetchall()
        batches = []
        for number, (county, rows) in enumerate(tables.items(), last + 1):
            batch = Batch(number, now, file, sha256, kind.name, county.code, county.full_name, now.year, len(rows))
            connection.execute(
                "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [number, now, file, sha256, kind.name, county.code, county.full_name, now.year, len(rows)],
            )
            for position, values in enumerate(rows):
                fields = json.dumps(dict(values), ensure_ascii=False)
                connection.execute(
                    "INSERT INTO user_rows VALUES (?, ?, ?, ?, ?)", [number, kind.key, county.code, position, fields]
                )
            batches.append(batch)
        return batches

    return workspace.change(change)


def by_county(rows: Sequence[Values], county: County | None, atlas: Atlas, file: str) -> dict[County, list[Values]]:
    """Sort rows by the county that they name, or give all to one county.

    Raises
    ------
    BadInputError
        If a row names no county and none was given, or one that is not known; the row is named.
    """
    sorted_: dict[County, list[Values]] = {}
    for number, row in enumerate(rows, 2):
        values = dict(row)
        named = str(values.pop(COUNTY.key, ""))
        try:
            own = atlas.county(named) if named else county
        except BolangError as error:
            raise BadInputError(
                tr(f"{file} 第 {number} 行：{error.message}", f"{file}, row {number}: {error.message}"), error.hint
            ) from error
        if own is None:
            raise BadInputError(
                tr(f"{file} 第 {number} 行没有写明是哪个县。", f"{file}, row {number}, names no county."),
                tr(
                    "加 --county 县名，或在表里加“县”一列。", "Add --county NAME, or a column 县 (county) to the table."
                ),
            )
        sorted_.setdefault(own, []).append(values)
    return sorted_


def peers_of(atlas: Atlas, county: County) -> str:
    """Return the peers that the user has named for a county, as `diagnose` takes them; empty if none."""
    return "、".join(str(row.values["name"]) for row in rows_of(atlas, county, "peers"))


def rows_in(workspace: Workspace, batch: int) -> tuple[UserRow, ...]:
    """Return the rows of a user table that one import brought; none for an import of another kind."""
    with connect(workspace.path, read_only=True) as connection:
        if not _has_table(connection):
            return ()
        query = """
            SELECT u.kind, u.fields, b.file FROM user_rows u JOIN batches b USING (batch) WHERE u.batch = ? ORDER BY u.position
        """
        found = connection.execute(query, [batch]).fetchall()
    return tuple(UserRow(kind, json.loads(fields), file) for kind, fields, file in found)


def _has_table(connection: duckdb.DuckDBPyConnection) -> bool:
    return ("user_rows",) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()


def rows_of(atlas: Atlas, county: County, kind: str) -> tuple[UserRow, ...]:
    """Return the county's rows of a kind from the latest import of it."""
    path = None if atlas.workspace is None else atlas.workspace.path
    return () if path is None else _read(Path(path), county.code, kind)


def _read(path: Path, code: str, kind: str) -> tuple[UserRow, ...]:
    query = """
        SELECT u.fields, b.file FROM user_rows u JOIN batches b USING (batch)
        WHERE u.code = ? AND u.kind = ?
          AND u.batch = (SELECT max(batch) FROM user_rows WHERE code = ? AND kind = ?)
        ORDER BY u.position
    """
    with connect(path, read_only=True) as connection:
        if not _has_table(connection):
            return ()
        found = connection.execute(query, [code, kind, code, kind]).fetchall()
    return tuple(UserRow(kind, json.loads(fields), file) for fields, file in found)
