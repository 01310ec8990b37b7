"""A mark that all figures of a column or row share is said once; an interval of negative numbers is written with a word."""

from bolang.document.marks import said_once
from bolang.document.model import Column, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, span_text


def table(*rows):
    columns = (
        Column(Text("项目", "Item")),
        Column(Text("投入（亿元）", "Outlay (billion yuan)")),
        Column(Text("比例", "Share")),
    )
    return Table("t", same("t"), columns, tuple(Row((same(str(n)), *row)) for n, row in enumerate(rows)), same("s"))


def number(value, status="measured"):
    return Number(value, 1, NONE, 2020, status)


def test_a_column_of_estimates_says_so_in_its_head():
    made = said_once(table((number(1, "estimated"), number(2)), (number(3, "estimated"), number(4, "estimated"))))
    assert made.columns[1].label == Text("投入（亿元，估）", "Outlay (billion yuan, est.)")
    assert made.columns[2].label == Text("比例", "Share")
    assert [row.cells[1].plain("en") for row in made.rows] == ["1.0", "3.0"]
    assert made.rows[1].cells[2].plain("zh") == "4.0（估）"
    assert all(row.cells[1].status == "estimated" for row in made.rows)


def test_a_row_of_estimates_says_so_in_its_first_cell():
    made = said_once(table((number(1), number(2)), (number(3, "estimated"), number(4, "estimated"))))
    assert made.rows[1].cells[0] == Text("1（估）", "1 (est.)")
    assert [cell.plain("zh") for cell in made.rows[1].cells[1:]] == ["3.0", "4.0"]
    assert made.rows[0] == table((number(1), number(2))).rows[0]


def test_one_figure_keeps_its_mark_and_none_is_lost():
    alone = table((number(1, "estimated"), number(2)))
    assert said_once(alone) == alone


def test_an_interval_below_zero_is_written_with_a_word():
    assert span_text(-1.07, -0.9, 2) == Text("−1.07至−0.90", "−1.07 to −0.90")
    assert span_text(-0.2, 0.3, 1) == Text("−0.2至0.3", "−0.2 to 0.3")
    assert span_text(1.2, 3.4, 1) == Text("1.2–3.4", "1.2–3.4")
    shown = Number(-1, 2, NONE, 2020, low=-1.07, high=-0.9)
    assert shown.plain("en") == "−1.00 (−1.07 to −0.90)"
