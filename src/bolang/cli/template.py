"""``bolang template``: a workbook to fill in for one county."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, Name, option
from bolang.foundation.text import language
from bolang.wording import load

WORDS = load("cli_own")


def command(
    name: Name,
    output: Annotated[Path | None, option("-o", "--output", said=WORDS("template.output"))] = None,
    year: Annotated[int | None, option("--year", said=WORDS("template.year"), min=1949, max=2100)] = None,
    table: Annotated[str | None, option("--table", said=WORDS("template.table"))] = None,
    lang: LangOption = None,
) -> None:
    """Write the template."""
    if table is not None:
        return _user_table(name, table, output)
    from bolang.atlas import Atlas
    from bolang.intake import write_template

    if lang:
        language(lang)
    atlas = Atlas()
    county = atlas.county(name)
    path = write_template(county, output or Path(f"{county.name}.xlsx"), atlas, year)
    typer.echo(WORDS("template.written", file=str(path)))
    return None


def _user_table(name: str, table: str, output: Path | None) -> None:
    from bolang.atlas import Atlas
    from bolang.foundation.files import check_writable
    from bolang.intake.user_tables import kind_of, write_blank

    kind, county = kind_of(table), Atlas().county(name)
    path = output or Path(f"{county.name}_{kind.name}.xlsx")
    check_writable(path)
    write_blank(kind, path)
    typer.echo(WORDS("template.written.table", file=str(path), table=kind.key, county=county.name))
