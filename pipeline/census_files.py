"""The two census workbooks, read as they are: cells by position, codes as six digits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import openpyxl

from pipeline.build import require

Cell = str | int | float | None


@dataclass(frozen=True)
class CensusRow:
    """One line of a county table: code (if any), name, names of the units above (2020 only), cells by column."""

    code: str | None
    name: str
    province: str
    prefecture: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CensusFile:
    """Header and rows of one census workbook; `header` and `cells` share their positions."""

    year: int
    header: tuple[str, ...]
    rows: tuple[CensusRow, ...]


def read_census(source: Path, year: int) -> CensusFile:
    """Read the workbook of a census; blank lines and the digitiser's footer are left out."""
    path = source / f"census_county_{year}.xlsx"
    workbook = openpyxl.load_workbook(path, read_only=True)
    lines = cast("list[tuple[Cell, ...]]", list(workbook.worksheets[0].iter_rows(values_only=True)))
    workbook.close()
    raw_header, *raw_rows = lines
    header = tuple(str(cell or "").replace("\n", "") for cell in raw_header)
    rows = tuple(row for line in raw_rows if (row := _row(line, year)) is not None)
    require(len(rows) > 3000, f"{path.name}: {len(rows)} rows is too few")
    return CensusFile(year, header, rows)


def _row(line: tuple[Cell, ...], year: int) -> CensusRow | None:
    if year == 2010:
        name, code, province, prefecture = line[0], line[1], "", ""
        if line[2] is None:
            return None
    else:
        code, name, province, prefecture = line[0], line[3], str(line[1]), str(line[2])
    return CensusRow(_code(code), _name(name), province, prefecture, line)


def _code(cell: Cell) -> str | None:
    return f"{int(cell):06d}" if isinstance(cell, int | float) else None


def _name(cell: Cell) -> str:
    # The 2010 file writes 巿 (U+5DFF, "apron") for 市 ("city") in some names.
    return str(cell or "").strip().replace(" ", "").replace("　", "").replace("巿", "市")
