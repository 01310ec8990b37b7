"""Keeping user tables in the workspace: saved in one step, taken back with the import they came from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.atlas.overlay import connect
from bolang.intake.user_tables.kinds import TableKind
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
    workspace: Workspace, kind: TableKind, county: County, rows: Sequence[Values], file: str, sha256: str
) -> Batch:
    """Save a table; it takes the place of the county's earlier table of this kind."""
    now = datetime.now(UTC).replace(tzinfo=None)

    def change(connection: duckdb.DuckDBPyConnection) -> Batch:
        connection.execute(_SCHEMA)
        [(last,)] = connection.execute("SELECT coalesce(max(batch), 0) FROM batches").fetchall()
        batch = Batch(last + 1, now, file, sha256, kind.name, county.code, county.name, now.year, len(rows))
        connection.execute(
            "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [batch.batch, now, file, sha256, kind.name, county.code, county.name, now.year, len(rows)],
        )
        for position, values in enumerate(rows):
            fields = json.dumps(dict(values), ensure_ascii=False)
            connection.execute(
                "INSERT INTO user_rows VALUES (?, ?, ?, ?, ?)", [batch.batch, kind.key, county.code, position, fields]
            )
        return batch

    return workspace.change(change)


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
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        if ("user_rows",) not in names:
            return ()
        found = connection.execute(query, [code, kind, code, kind]).fetchall()
    return tuple(UserRow(kind, json.loads(fields), file) for fields, file in found)
