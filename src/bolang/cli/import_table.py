"""``bolang import --table``: a user table into the workspace."""

from __future__ import annotations

import hashlib
from pathlib import Path

import typer

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, tr


def import_table(file: Path, table: str, county: str | None, lang: Lang) -> None:
    """Read, check and save a filled user table; it takes the place of the county's earlier one."""
    from bolang.atlas import Atlas
    from bolang.intake import Workspace
    from bolang.intake.user_tables import by_county, kind_of, read_table, save
    from bolang.pages.intake import table_saved_text

    if not file.is_file():
        raise BadInputError(tr(f"找不到文件 {file}。", f"There is no file {file}."))
    kind, atlas = kind_of(table), Atlas()
    rows = read_table(kind, file)
    if not rows:
        raise BadInputError(
            tr(f"{file.name} 只有表头，没有数据行。", f"{file.name} has heads and no rows."),
            tr("填好后再导入。", "Fill it in and import it again."),
        )
    tables = by_county(rows, atlas.county(county) if county else None, atlas, file.name)
    if kind.key == "peers":
        for row in rows:
            atlas.county(str(row["name"]))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for line in table_saved_text(kind.key, save(Workspace(), kind, tables, file.name, digest)):
        typer.echo(line.in_(lang))
