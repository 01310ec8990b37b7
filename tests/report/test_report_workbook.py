"""The workbook of a report: every number of every sheet with unit, year, status and source; nothing a spreadsheet would run."""

import io
import re

import openpyxl
import pytest

from bolang.document.model import Number

QUICK = ["清河县", "浦东新区"]
REST = ["义乌市", "昆山市", "晋江市", "威宁", "漠河市", "神木市", "曹县", "嵊泗县", "临平区", "莱芜区"]
PLACES = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in REST)]
HEADS = {
    "zh": ("所在", "数值", "单位", "年份", "状态", "来源"),
    "en": ("Where", "Value", "Unit", "Year", "Status", "Source"),
}
LISTS = {"zh": ("目录", "全部数字", "事实"), "en": ("Index", "All numbers", "Facts")}
FIRST_ROW = 4


def opened(report_of, name, lang):
    made = report_of(name)
    return made.document, openpyxl.load_workbook(io.BytesIO(made.to_bytes("xlsx", lang)))


def rows_of(sheet):
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def shown_tables(document):
    return [*document.tables(), *(f.data for f in document.figures() if f.data is not None), *document.annex]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PLACES)
def test_every_number_of_every_sheet_has_its_unit_year_status_and_source(report_of, name, lang):
    document, book = opened(report_of, name, lang)
    _, numbers, facts = LISTS[lang]
    where, value, unit, year, status, source = HEADS[lang]
    sheets = [sheet for sheet in book if sheet.title not in LISTS[lang]]
    tables = shown_tables(document)
    assert len(sheets) == len(tables)
    listed = rows_of(book[numbers])
    for sheet, table in zip(sheets, tables, strict=True):
        placed = [
            (line, position, cell)
            for line, row in enumerate(table.rows, FIRST_ROW)
            for position, cell in enumerate(row.cells, 1)
            if isinstance(cell, Number)
        ]
        known = [(line, position, cell) for line, position, cell in placed if cell.value is not None]
        for line, position, cell in known:
            assert sheet.cell(line, position).value == pytest.approx(cell.shown(lang), rel=1e-9, abs=1e-12)
        mine = [row for row in listed if row[where] == sheet.title]
        assert len(mine) == len(placed)
        told = [row for row in mine if not isinstance(row[value], str)]
        assert [row[value] for row in told] == pytest.approx([cell.shown(lang) for *_, cell in known], rel=1e-9)
        for row in told:
            assert row[unit], row
            assert isinstance(row[year], int), row
            assert 1900 < row[year] < 2100, row
            assert row[status], row
            assert row[source], row
    for row in rows_of(book[facts]):
        assert all(row[head] for head in (unit, year, status, source)), row


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_are_read_as_they_open(report_of, lang):
    """Names are short and plain, heads stay in sight, columns are as wide as what stands in them, links lead to their sheet."""
    _, book = opened(report_of, "清河县", lang)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)
    index = book[LISTS[lang][0]]
    targets = [row[0].hyperlink.location for row in index.iter_rows() if row[0].hyperlink]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
    desk = book.worksheets[1]
    longest = max(len(row[0].value or "") for row in desk.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 12))
    assert desk.column_dimensions["A"].width >= longest * (1.9 if lang == "zh" else 1.0)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_year_or_a_rank_is_a_number_and_a_head_says_the_unit_once(report_of):
    _, book = opened(report_of, "清河县", "en")
    heads, first = (next(book["All indicators"].iter_rows(min_row=row, values_only=True)) for row in (3, FIRST_ROW))
    told = dict(zip(heads, first, strict=True))
    assert isinstance(told["Year"], int)
    assert isinstance(told["Rank in the nation"], int)
    ages = next(sheet for sheet in book if sheet.cell(3, 1).value == "Age")
    assert "thousand" in ages.cell(3, 2).value
    assert all(sheet.cell(3, 2).value.count("billion yuan") <= 1 for sheet in book if sheet.cell(3, 2).value)


def test_no_figure_carries_the_noise_of_its_unit(report_of):
    _, book = opened(report_of, "清河县", "zh")
    values = [c.value for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, float)]
    assert len(values) > 500
    assert [value for value in values if float(f"{value:.12g}") != value] == []


def test_an_english_workbook_names_no_source_in_chinese_alone(report_of):
    made = report_of("义乌市")
    book = openpyxl.load_workbook(io.BytesIO(made.to_bytes("xlsx", "en")))
    alone = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and re.match(r"[^A-Za-z(]*[\u4e00-\u9fff]", cell.value)
    }
    assert not alone
