"""What is written for spreadsheets is text where it is text: no name, source or heading of a user becomes a formula."""

import csv
import io
from datetime import date

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.cli.frames import write_csv
from bolang.document.model import Document, Section
from bolang.foundation.plain import cell_text
from bolang.foundation.text import Text
from bolang.publish.batch import BatchLine, save_summary
from bolang.render import render

FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "+1+cmd|x", "-2+3+cmd|x", "@SUM(A1)", "\t=1+1", "\r=1",
    "＝1+1", "＠x", "+A1", "-A1", "=", "@",
)  # fmt: skip
NUMBERS = ("-3.5", "+2.3", "-1,234", "-0.4%", "+2.3 %", "-", "-12:30", "-1e5x"[:2], "+86 571 8888")
TEXTS = ("义乌市", "a=b", "3-2", "–", "−3", "", "'=1", "1+1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    assert cell_text(text) == "'" + text


@pytest.mark.parametrize("text", [*NUMBERS, *TEXTS])
def test_numbers_dashes_and_plain_text_stay_as_they_are(text):
    assert cell_text(text) == text


@given(st.text(max_size=20))
def test_no_cell_starts_a_formula_and_nothing_else_changes(text):
    safe = cell_text(text)
    assert safe in (text, "'" + text)
    if safe == text and text[:1] in tuple("=+-@\t\r"):
        assert not any(letter.isalpha() or letter in "()=!|" for letter in text)


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_frame_keeps_its_numbers_and_disarms_its_texts_and_heads(tmp_path):
    frame = pl.DataFrame({"=name": list(FORMULAS[:3]), "value": [-1.5, 2.0, None], "kind": ["-2", "+x", "y"]})
    write_csv(frame, tmp_path / "x.csv")
    head, *rows = rows_of(tmp_path / "x.csv")
    assert head == ["'=name", "value", "kind"]
    assert [row[0] for row in rows] == ["'" + text for text in FORMULAS[:3]]
    assert [row[1] for row in rows] == ["-1.5", "2.0", ""]
    assert [row[2] for row in rows] == ["-2", "'+x", "y"]
    lists = pl.DataFrame({"list": [["=1", "b"]], "sort": pl.Series(["=x"], dtype=pl.Categorical)})
    write_csv(lists, tmp_path / "y.csv")
    assert rows_of(tmp_path / "y.csv")[1] == ["'=1；b", "'=x"]


def test_what_a_user_asked_for_is_no_formula_in_the_table_of_a_batch(tmp_path):
    save_summary([BatchLine("=1+1", "", "", "@x.docx", "-bad()", ())], tmp_path / "x.csv")
    row = rows_of(tmp_path / "x.csv")[1]
    assert row[:5] == ["'=1+1", "", "", "'@x.docx", "'-bad()"]


def test_a_workbook_holds_texts_as_texts():
    titles = Text("=1+1", "@SUM(A1)")
    section = Section("=key", titles, ())
    document = Document(titles, Text("", ""), Text("", ""), Text("+x", "-x()"), date(2026, 1, 1), (), (section,))
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(render(document, "xlsx", "zh")))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "=1+1" in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
