"""Spreadsheets of Excel 97-2003: visible sheets, stored values, dates and percentages as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bolang.foundation.errors import BolangError
from bolang.foundation.text import tr
from bolang.intake.blocks import SourceNote, SourceText
from bolang.intake.files.bounds import bound, damaged, too_large
from bolang.intake.files.sheets import grids_of_rows, title_of_grids

if TYPE_CHECKING:
    import xlrd

_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5


def read_xls(data: bytes, name: str, stem: str) -> SourceText:
    """Read every visible sheet of an old workbook.

    Raises
    ------
    BadInputError
        If it is damaged or encrypted, or larger than allowed.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent())
        return _workbook(book, stem)
    except BolangError:
        raise
    except Exception as error:  # xlrd lets errors of every class through for broken files
        raise damaged(name, "xls") from error


class _Silent:
    """Swallows what xlrd has to say about odd files."""

    def write(self, _: str) -> None:
        """Write nothing."""

    def flush(self) -> None:
        """Do nothing."""


def _workbook(book: xlrd.Book, stem: str) -> SourceText:
    document = SourceText(stem)
    for sheet in book.sheets():
        if sheet.visibility:
            document.notes.append(SourceNote("hidden", {"sheet": sheet.name}))
            continue
        if sheet.nrows > bound("rows") or sheet.nrows * sheet.ncols > bound("cells"):
            raise too_large(
                tr(f"工作表有 {sheet.nrows} 行", f"The sheet has {sheet.nrows} rows"),
                tr(f"{bound('rows')} 行", f"{bound('rows')} rows"),
            )
        document.blocks.extend(grids_of_rows(_rows(book, sheet), sheet.name))
    document.title = title_of_grids(document.blocks, stem)
    return document


def _rows(book: xlrd.Book, sheet: Any) -> list[tuple[str, ...]]:
    cells = [[_text(book, cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]
    for top, bottom, left, right in sheet.merged_cells:
        text = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        if bottom - top > 1 and sheet.cell(top, left).ctype == _NUMBER:
            cells[top][left] = ""  # one figure across the rows of several areas
            continue
        for row in range(top, min(bottom, len(cells))):
            for column in range(left, min(right, len(cells[row]))):
                cells[row][column] = cells[row][column] or text
    return [tuple(row) for row in cells]


def _text(book: xlrd.Book, cell: Any) -> str:
    if cell.ctype == _DATE:
        import xlrd

        try:
            return str(xlrd.xldate_as_datetime(cell.value, book.datemode).date().isoformat())
        except (ValueError, OverflowError):
            return f"{cell.value:.15g}"
    if cell.ctype == _NUMBER:
        shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index is not None else ""
        return f"{cell.value * 100:.12g}%" if "%" in shown else f"{cell.value:.15g}"
    return "" if cell.ctype in (_BOOLEAN, _ERROR) else str(cell.value).strip()
