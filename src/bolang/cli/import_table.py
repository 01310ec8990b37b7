"""``bolang import --table``: a user table into the workspace."""

from __future__ import annotations

import hashlib
from pathlib import Path

import typer

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr


def import_table(file: Path, table: str, county: str | None) -> None:
    """Read, check and save a filled user table; it takes the place of the county's earlier one."""
    from bolang.atlas import Atlas
    from bolang.intake import Workspace
    from bolang.intake.user_tables import kind_of, read_table, save

    if county is None:
        raise BadInputError(
            tr("用户表须说明是哪个县。", "A user table needs its county."),
            tr("加 --county 县名。", "Add --county NAME."),
        )
    if not file.is_file():
        raise BadInputError(tr(f"找不到文件 {file}。", f"There is no file {file}."))
    kind, place = kind_of(table), Atlas().county(county)
    rows = read_table(kind, file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    batch = save(Workspace(), kind, place, rows, file.name, digest)
    typer.echo(
        tr(
            f"已保存“{kind.name}”{len(rows)} 行（{place.full_name}），批次 {batch.batch}；bolang workspace undo 可撤销。",
            f"Saved {len(rows)} rows of {kind.key} for {place.full_name} as import {batch.batch}; bolang workspace undo takes it back.",
        )
    )
