"""The template: a workbook with the indicators that reports need, to be filled in and imported."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bolang.atlas import Atlas, County, Fact, asked
from bolang.foundation import files
from bolang.foundation.errors import BadInputError
from bolang.foundation.names import Names
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, tr
from bolang.intake.blocks import FilledTable, SourceText
from bolang.intake.figures import last_digit
from bolang.intake.knowledge import known_facts
from bolang.intake.readings import FigureReading, Place, Unread
from bolang.intake.times import YEAR, Time
from bolang.intake.units import convert, parse_unit
from bolang.intake.vocabulary import Term, vocabulary

MARK = "bolang-template"
_COLUMNS = Names("bolang.intake", "template")
_FORM = Names("bolang.intake", "form")
_WIDTHS = (34, 26, 8, 16, 10, 26, 26, 16, 10, 40)
_HEADER_ROW = 3


def write_template(county: County, path: str | Path, atlas: Atlas | None = None, year: int | None = None) -> Path:
    """Write the template of one county.

    Parameters
    ----------
    county : County
        The county.
    path : str or Path
        The xlsx file to write.
    atlas : Atlas, optional
        Where the values at hand come from.
    year : int, optional
        Year to suggest; the last full one by default.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise BadInputError(
            tr(f"模板是 xlsx 文件，而不是 {path.name}。", f"A template is an xlsx file, not {path.name}."),
            tr("请用 .xlsx 结尾的文件名。", "Give a name that ends in .xlsx."),
        )
    content = _content(county, asked(county, atlas)[0], year or date.today().year - 1)
    files.write(path, content)
    return path


def _content(county: County, atlas: Atlas, year: int) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(str(_FORM["sheet"]))
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EEF2F5"})
    group = book.add_format({"bold": True, "font_color": "#1F5F8B", "top": 1})
    entry = book.add_format({"bg_color": "#FFFBE6", "border": 1, "border_color": "#E0D9B8"})
    grey = book.add_format({"font_color": "#888888", "num_format": "#,##0.##"})
    sheet.write_row(0, 0, [f"{MARK} 1", county.code, county.full_name], bold)
    sheet.write(1, 0, str(_FORM["hint"]))
    sheet.write_row(_HEADER_ROW - 1, 0, [str(column) for column in _COLUMNS.values()], head)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    row = _HEADER_ROW
    for title, names in _groups():
        sheet.write(row, 0, str(title), group)
        row += 1
        for name in names:
            indicator = vocabulary()[name]
            known = _latest(atlas, county, name)
            sheet.write_row(row, 0, [str(indicator.label), name])
            sheet.write(row, 2, year, entry)
            sheet.write_blank(row, 3, None, entry)
            sheet.write(row, 4, _usual_unit(indicator), entry)
            sheet.write_blank(row, 5, None, entry)
            sheet.write_blank(row, 6, None, entry)
            sheet.data_validation(row, 3, row, 3, _number_rule())
            sheet.data_validation(row, 4, row, 4, {"validate": "list", "source": _units(indicator)})
            if known:
                sheet.write(row, 7, _in_usual_unit(known, indicator), grey)
                sheet.write(row, 8, known.year, grey)
                sheet.write(row, 9, known.source, grey)
            row += 1
    sheet.freeze_panes(_HEADER_ROW, 1)
    book.close()
    return buffer.getvalue()


def _number_rule() -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -1e15,
        "maximum": 1e15,
        "error_title": str(_FORM["number"]),
        "error_message": str(_FORM["number.why"]),
    }


def _groups() -> list[tuple[Text, list[str]]]:
    listed = load_parameters("bolang.intake")["template_groups"].value
    assert isinstance(listed, list)
    return [(Text(group["zh"], group["en"]), list(group["indicators"])) for group in listed]


def _units(indicator: Term) -> list[str]:
    """Return the units that a figure of this indicator may be given in."""
    choices = {
        "yuan": ["元", "万元", "亿元"],
        "dollar": ["美元", "万美元", "亿美元"],
        "person": ["人", "万人", "万人次"],
        "count": ["户", "家", "个", "万户"],
        "weight": ["吨", "万吨"],
        "area": ["平方米", "万平方米"],
        "energy": ["万千瓦时", "亿千瓦时"],
    }
    return choices.get(indicator.unit.dimension, [indicator.unit.name])


def _usual_unit(indicator: Term) -> str:
    """Return the unit that bulletins print: 亿元 for money kept in 万元, 万人 for people."""
    return {"万元": "亿元", "人": "万人", "万美元": "亿美元"}.get(indicator.unit.name, indicator.unit.name)


def _latest(atlas: Atlas, county: County, name: str) -> Fact | None:
    latest: Fact | None = None
    for fact in known_facts(atlas, county.code, name):
        if latest is None or fact.year > latest.year:
            latest = fact
    return latest


def _in_usual_unit(fact: Fact, indicator: Term) -> float | str:
    source, target = parse_unit(fact.unit), parse_unit(_usual_unit(indicator))
    if source is None or target is None or source.dimension != target.dimension:
        return f"{fact.value:g} {fact.unit}"
    return float(convert(Decimal(str(fact.value)), source, target))


# ---------------------------------------------------------------- reading a filled template
def is_template(document: SourceText) -> bool:
    """Tell whether a document is a template of bolang."""
    return _sheet(document) is not None


def _sheet(document: SourceText) -> FilledTable | None:
    for block in document.blocks:
        if isinstance(block, FilledTable) and block.rows and any(cell.startswith(MARK) for cell in block.rows[0][:1]):
            return block
    return None


def read_template(document: SourceText, atlas: Atlas) -> tuple[County, Time, list[FigureReading], list[Unread]]:
    """Return the county, the latest year filled in, the figures, and what could not be used.

    Raises
    ------
    BadInputError
        If the template names no county that is known, or nothing is filled in.
    """
    grid = _sheet(document)
    assert grid is not None
    county = atlas.county(next((cell for cell in grid.rows[0][1:] if cell), ""))
    readings: list[FigureReading] = []
    unread: list[Unread] = []
    for index, row in enumerate(grid.rows[_HEADER_ROW - 1 :], _HEADER_ROW):
        cells = [*row, *[""] * (len(_COLUMNS) - len(row))]
        if cells[1] not in vocabulary() or not cells[3].strip():
            continue
        outcome = _entry(cells, county, Place("", index, f"{grid.name}!D{index}"))
        if isinstance(outcome, FigureReading):
            readings.append(outcome)
        else:
            unread.append(outcome)
    if not readings and not unread:
        raise BadInputError(
            tr("模板里还没有填数。", "Nothing has been filled in."),
            tr("请在“数值”一列填数后再导入。", "Fill in the column of values first."),
        )
    return county, Time(max((reading.year for reading in readings), default=date.today().year)), readings, unread


def _entry(cells: Sequence[str], county: County, place: Place) -> FigureReading | Unread:
    label, name, year, value, unit_text, note, source = cells[:7]
    indicator = vocabulary()[name]
    sentence = " ".join(filter(None, (label, year, value, unit_text, note, source)))
    unit = parse_unit(unit_text)
    if unit is None or unit.dimension != indicator.unit.dimension:
        return Unread(f"{value} {unit_text}", label, "unit", sentence, place)
    try:
        value = value.removesuffix("%") if unit_text == "%" else value
        number = Decimal(value.replace(",", ""))
        stated = int(float(year))
    except (InvalidOperation, ValueError):
        return Unread(value, label, "malformed", sentence, place)
    if not number.is_finite() or not 1949 <= stated <= 2100:
        return Unread(value, label, "malformed", sentence, place)
    kept = convert(number, unit, indicator.unit)
    definition = (note,) if note else ()
    digit = float(convert(last_digit(number), unit, indicator.unit))
    return FigureReading(
        name, float(kept), indicator.unit.name, stated, YEAR, definition, f"{value}{unit_text}", digit, sentence, place, 1.0,
        (), county.code, source,
    )  # fmt: skip
