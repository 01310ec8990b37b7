"""Reading a filled user table from csv or xlsx, and writing an empty one."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.intake.files.bounds import damaged, open_archive, read_bytes
from bolang.intake.user_tables.kinds import COUNTY, TableField, TableKind

Values = Mapping[str, str | float | int]
_MOST_ROWS = 2000
_YEARS = range(1949, 2101)
_LARGEST = 1e7


def write_blank(kind: TableKind, path: Path) -> Path:
    """Write the heads of a table as csv (with a mark that spreadsheets read as UTF-8) or xlsx, by the suffix."""
    heads = [field.head for field in kind.fields]
    if path.suffix.lower() == ".csv":
        path.write_text(",".join(heads) + "\n", encoding="utf-8-sig")
        return path
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(kind.name)
        sheet.write_row(0, 0, heads)
        sheet.set_column(0, len(heads) - 1, 18)
    return path


def read_table(kind: TableKind, path: Path) -> tuple[Values, ...]:
    """Read and check a filled table.

    Raises
    ------
    BadInputError
        If a head is unknown or missing, or a cell does not hold what its column asks for; the row is named.
    """
    rows = _rows(path)
    if not rows:
        raise BadInputError(tr(f"{path.name} 是空的。", f"{path.name} is empty."))
    heads = [cell.strip() for cell in rows[0]]
    columns = _columns(kind, heads, path)
    if len(rows) > _MOST_ROWS:
        raise BadInputError(
            tr(
                f"{path.name} 有 {len(rows)} 行，最多 {_MOST_ROWS} 行。",
                f"{path.name} has {len(rows)} rows; at most {_MOST_ROWS}.",
            )
        )
    found = []
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            found.append(_row(columns, row, f"{path.name}", number))
    return tuple(found)


def _rows(path: Path) -> list[list[str]]:
    data = read_bytes(path)
    if path.suffix.lower() == ".xlsx":
        return _sheet(data, path.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    try:
        return list(csv.reader(text.splitlines()))
    except csv.Error as error:
        raise damaged(path.name, "csv") from error


def _sheet(data: bytes, name: str) -> list[list[str]]:
    import openpyxl

    with open_archive(data, name):  # refuses what would unpack to more than any table
        pass
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=_MOST_ROWS + 2, max_col=40))
    except Exception as error:  # what a broken part makes the reader raise has no end
        raise damaged(name, "xlsx") from error
    return [["" if value is None else str(value) for value in values] for values in rows]


def _columns(kind: TableKind, heads: Sequence[str], path: Path) -> Mapping[int, TableField]:
    fields = (*kind.fields, COUNTY)
    known = {field.head: field for field in fields} | {field.key: field for field in fields}
    unknown = [head for head in heads if head and head not in known]
    columns = {place: known[head] for place, head in enumerate(heads) if head in known}
    missing = [field.head for field in kind.fields if field.required and field not in columns.values()]
    if unknown or missing:
        expected = "、".join(field.head for field in (*kind.fields, COUNTY))
        raise BadInputError(
            tr(
                f"{path.name} 的表头与“{kind.name}”不符：{'多出 ' + '、'.join(unknown) if unknown else '缺 ' + '、'.join(missing)}。",
                f"The heads of {path.name} are not those of {kind.key}: {', '.join(unknown or missing)}.",
            ),
            tr(f"表头应为：{expected}。", f"Expected: {expected}."),
        )
    return columns


def _row(columns: Mapping[int, TableField], row: Sequence[str], file: str, number: int) -> Values:
    made: dict[str, str | float | int] = {}
    for place, field in columns.items():
        cell = row[place].strip() if place < len(row) else ""
        if not cell:
            if field.required:
                raise BadInputError(
                    tr(f"{file} 第 {number} 行缺“{field.head}”。", f"{file}, row {number}: {field.head} is missing.")
                )
            continue
        made[field.key] = _cell(field, cell, file, number)
    return made


def _cell(field: TableField, cell: str, file: str, number: int) -> str | float | int:
    if field.holds == "text":
        return cell[:200]
    try:
        value = float(cell.replace(",", "").removesuffix("年").removesuffix("%"))
    except ValueError:
        value = math.nan
    fits = math.isfinite(value) and abs(value) < _LARGEST
    if field.holds == "year":
        fits = fits and value == int(value) and int(value) in _YEARS
    if not fits:
        raise BadInputError(
            tr(
                f"{file} 第 {number} 行“{field.head}”应为{'年份' if field.holds == 'year' else '数字'}，得到 {cell!r}。",
                f"{file}, row {number}: {field.head} should be a {field.holds}, got {cell!r}.",
            )
        )
    return int(value) if field.holds == "year" else value
