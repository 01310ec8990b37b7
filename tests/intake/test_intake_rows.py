"""Rows, columns and entries by hand: roles of columns, an old workbook, a csv, a filled template, growth and its sign."""

import io
import zipfile
from decimal import Decimal

import pytest
from test_intake_checks import gdp, reading
from test_intake_laws import growth
from test_intake_parts import one

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.intake import phrases, read
from bolang.intake.blocks import Passage, TextHeading, _blocks_of_line
from bolang.intake.checks import check
from bolang.intake.files import bounds
from bolang.intake.files.html import read_html
from bolang.intake.files.text import read_csv
from bolang.intake.readings import APART, FigureReading, Place, Unread
from bolang.intake.roles import Roles, code_of, place_name, roles_of
from bolang.intake.template import _entry
from bolang.intake.vocabulary import vocabulary

ATLAS = Atlas(workspace=False)
xlwt = pytest.importorskip("xlwt")


# ---------------------------------------------------------------- columns
def roles(heads, *rows):
    return roles_of([[head] for head in heads], rows, lambda cells: bool(vocabulary().find(cells[-1])))


def test_columns_have_the_role_that_their_head_promises_and_their_cells_keep():
    found = roles(
        ["生产总值", "代码", "县", "年份", "备注"],
        ["5", "330782", "义乌市", "2023", "x"],
        ["6", "330783", "东阳市", "2023", "y"],
    )
    assert (found.code, found.area, found.year, found.value, found.indicator) == (1, 2, 3, None, None)
    # the first column that names an indicator does not end the search
    assert roles(["地区生产总值", "县"], ["5", "义乌市"]).area == 1


@pytest.mark.parametrize(
    ("head", "cells", "role"),
    [
        ("代码", ["330782", "330783", "x"], "code"), ("代码", ["330782", "x", "y"], None), ("年份", ["2023", "2022", "x"], "year"), ("年份", ["2023", "x", "y"], None),
        ("县", ["义乌市", "东阳市", "1"], "area"), ("县", ["义乌市", "1", "2"], None), ("县", [""], None), ("城市", ["义乌市"], "area"),
    ],
)  # fmt: skip
def test_a_role_needs_three_fifths_of_its_cells(head, cells, role):
    found = roles([head], *[[cell] for cell in cells])
    assert {name: getattr(found, name) for name in ("code", "year", "area")} == {
        name: 0 if name == role else None for name in ("code", "year", "area")
    }


def test_the_name_of_a_row_has_the_areas_above_it():
    own = Roles(area=2, province=0, prefecture=1)
    assert place_name(["浙江省", "金华市", "义乌市 Yiwu"], own).strip() == "浙江省金华市义乌市"
    assert place_name(["", "金华市", "义乌市"], own) == "金华市义乌市"
    assert place_name(["浙江省"], Roles()) == ""
    assert [code_of(cell) for cell in ("330782.0", "330000.0", "330000000000", "330782001001")] == [
        "330782",
        "",
        "",
        "330782",
    ]
    assert [code_of(cell) for cell in ("330782", "330782000000", "330000", "33078", "x")] == [
        "330782",
        "330782",
        "",
        "",
        "",
    ]


# ---------------------------------------------------------------- files
def test_an_old_workbook_hidden_sheets_merged_cells_and_dates(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("看")
    sheet.write_merge(0, 0, 0, 1, "头")
    sheet.write_merge(1, 2, 0, 0, 7)  # one figure for two rows is nobody's
    sheet.write_merge(1, 2, 1, 1, "竖")
    sheet.write(3, 0, 0.053, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write_merge(3, 3, 1, 2, 5)
    hidden = book.add_sheet("藏")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    book.add_sheet("后").write(0, 0, "末")
    book.save(tmp_path / "f.xls")
    from bolang.intake.files.load import load

    document = load(tmp_path / "f.xls")
    first, last = document.blocks
    assert [list(row) for row in first.rows] == [["头", "头", ""], ["", "竖", ""], ["", "竖", ""], ["5.3%", "5", "5"]]
    assert [list(row) for row in last.rows] == [["末"]]
    assert [note.key for note in document.notes] == ["hidden"]


def test_a_figure_across_columns_of_one_row_fills_them_however_far_down():
    rows = '<row r="300"><c r="A300"><v>5</v></c></row><row r="301"><c r="A301" t="str"><v>甲</v></c><c r="B301" t="str"><v>乙</v></c></row>'
    found = one(rows, merged=("A300:B300",))
    assert found[299] == ["5", "5"]


def test_a_csv_has_its_title_in_a_line_of_its_own():
    document = read_csv("义乌市2023年统计公报,\n\n指标,数\n甲,5\n", "f")
    assert document.title == "义乌市2023年统计公报"
    assert [list(row) for row in document.blocks[0].rows][-1] == ["甲", "5"]
    assert read_csv("甲;5\n乙;6\n", "f").blocks[0].rows == (("甲", "5"), ("乙", "6"))
    assert read_csv("甲\t5\n乙\t6\n", "f").blocks[0].rows == (("甲", "5"), ("乙", "6"))


def test_an_error_of_size_says_the_size(monkeypatch):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * (7 * bounds.MEGABYTE + bounds.MEGABYTE * 3 // 4))
    monkeypatch.setattr(bounds, "bound", lambda name: 5)
    monkeypatch.setenv("BOLANG_LANG", "en")
    with pytest.raises(BadInputError, match="It unpacks to 8 MB, more than the limit of 5 MB"):
        bounds.open_archive(raw.getvalue(), "f")


@pytest.mark.parametrize("width", [1, 99, 100, 101, 250])
def test_a_cell_of_a_page_spans_a_hundred_columns_at_most(width):
    rows = f"<table><tr><td>甲</td><td colspan={width}>乙</td></tr><tr><td>丙</td><td>5</td></tr></table>"
    (table,) = read_html(f"<html><body>{rows}</body></html>", "f").blocks
    assert table.rows[0] == ("甲", *["乙"] * min(width, 100))


# ---------------------------------------------------------------- lines of a text
def kinds(line):
    return [(type(block).__name__, getattr(block, "level", None), block.text) for block in _blocks_of_line(line, 1)]


@pytest.mark.parametrize(
    ("line", "blocks"),
    [
        ("一、综合", [("TextHeading", 1, "综合")]), ("（二）工业", [("TextHeading", 2, "工业")]), ("1.工业", [("TextHeading", 3, "工业")]),
        ("一、工业。全年工业增加值5亿元。", [("TextHeading", 1, "工业"), ("Passage", None, "全年工业增加值5亿元。")]),
        ("一、全年工业增加值5亿元。增长6%。", [("Passage", None, "全年工业增加值5亿元。增长6%。")]),
        ("全年工业增加值5亿元。", [("Passage", None, "全年工业增加值5亿元。")]),
        ("一、工业，农业：全年5亿元。", [("Passage", None, "工业，农业：全年5亿元。")]),
    ],
)  # fmt: skip
def test_a_line_is_a_heading_a_heading_with_its_text_or_text(line, blocks):
    assert kinds(line) == blocks
    assert {TextHeading.__name__, Passage.__name__} >= {kind for kind, *_ in kinds(line)}


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("3", "下降", (-3, False)),
        ("-3", "下降", (-3, True)),
        ("-3", "增长", (-3, False)),
        ("3", "增长", (3, False)),
        ("0", "下降", (0, False)),
    ],
)
def test_a_verb_of_falling_turns_the_sign_once(value, text, found):
    assert phrases.signed(Decimal(value), phrases.growth_before(text)) == found


def test_growth_of_a_sector_that_is_gone_says_nothing_of_the_whole():
    assert [item.name for item in check([*gdp(), *growth(5.0, -100.0, 3.0, 4.0)])] == []


def test_definitions_stand_behind_the_ordinary_one_in_their_order():
    behind = ["自然口径", "最终核实数", "全口径", "同口径", "本级", "财政总收入口径"]
    ranks = [reading("fiscal_revenue", 1.0, definition=[name]).rank for name in behind]
    assert ranks == sorted(ranks)
    assert APART["最终核实数"] == APART["自然口径"] == APART["人民币"] < APART["全口径"]


# ---------------------------------------------------------------- a filled template
def entry(value="5.25", unit="亿元", year="2023", name="gdp"):
    return _entry(["生产总值", name, year, value, unit, "注", "源"], ATLAS.county("义乌市"), Place("", 7, "数据!D7"))


def test_an_entry_is_the_figure_in_the_unit_of_the_vocabulary():
    found = entry()
    assert isinstance(found, FigureReading)
    assert (found.value, found.unit, found.year, found.digit, found.printed) == (
        52_500.0,
        "万元",
        2023,
        100.0,
        "5.25亿元",
    )
    assert (found.definition, found.publisher, found.code, found.confidence) == (("注",), "源", "330782", 1.0)
    assert entry("1,234", "万元").value == 1234.0
    assert entry("5%", "%", name="gdp_growth").value == 5.0
    assert entry(year="2023.0").year == 2023


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"unit": "人"}, "unit"), ({"unit": "吨"}, "unit"), ({"unit": "%"}, "unit"), ({"unit": "？"}, "unit"), ({"value": "x"}, "malformed"), ({"value": "NaN"}, "malformed"), ({"value": "Infinity"}, "malformed"),
     ({"year": "1948"}, "malformed"), ({"year": "2101"}, "malformed"), ({"year": ""}, "malformed"), ({"name": "population_resident", "unit": "亿元"}, "unit"), ({"name": "population_resident", "unit": "%"}, "unit")],
)  # fmt: skip
def test_an_entry_that_is_none_says_why(given, reason):
    found = entry(**given)
    assert isinstance(found, Unread)
    assert found.reason == reason
    assert (entry(year="1949").year, entry(year="2100").year) == (1949, 2100)


# ---------------------------------------------------------------- rules of a table
def test_a_table_says_whether_its_row_its_head_or_the_title_gave_the_year(tmp_path):
    by_title = "义乌市2023年统计公报\n\n表1 主要指标\n指标\t单位\t数\n地区生产总值\t亿元\t1835.5\n一般公共预算收入\t亿元\t131.5\n"
    by_head = "义乌市统计\n\n表1 主要指标\n指标\t单位\t2022年\t2021年\n地区生产总值\t亿元\t1835.5\t1730.2\n一般公共预算收入\t亿元\t131.5\t121.5\n"
    rules = {}
    for name, text in (("title", by_title), ("head", by_head)):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        found = read(path, county="义乌市", year=None if name == "title" else 2022, atlas=ATLAS)
        rules[name] = {(r.indicator, r.year): r.grounds.time for r in found.readings}
    assert rules["title"] == {("gdp", 2023): "title", ("fiscal_revenue", 2023): "title"}
    assert set(rules["head"].values()) == {"caption"}
    assert set(rules["head"]) == {("gdp", 2022), ("gdp", 2021), ("fiscal_revenue", 2022), ("fiscal_revenue", 2021)}
