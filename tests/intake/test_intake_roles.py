"""Tables by the roles of their columns: panels, long tables, two-level headers, units in captions, cells that are not taken."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlwt

from bolang.foundation.errors import BolangError
from bolang.intake import read


def saved(tmp_path, *rows, name="表.xlsx", merge=()):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    path = tmp_path / name
    book.save(path)
    return path


def figures(found):
    return {(r.code, r.indicator, r.year): r.value for r in found.accepted}


PANEL = (
    ["代码", "省份", "城市", "县域", "年份", "地区生产总值（万元）", "年末常住人口（万人）"],
    ["331121", "浙江省", "丽水市", "青田县", 2021, 2700000, 50.1],
    ["331122", "浙江省", "丽水市", "缙云县", 2021, 2800000, 40.4],
    ["331122", "浙江省", "丽水市", "缙云县", 2022, 2900000, 40.5],
)


def test_a_panel_of_many_counties_is_read_at_once_each_row_for_its_own(tmp_path):
    found = read(saved(tmp_path, *PANEL))
    assert found.county is None
    assert {r.grounds.time for r in found.readings} == {r.grounds.area for r in found.readings} == {"row"}
    assert {(r.code, r.indicator, r.year): r.value for r in found.readings} == {
        ("331121", "gdp", 2021): 2700000, ("331121", "population_resident", 2021): 501000,
        ("331122", "gdp", 2021): 2800000, ("331122", "population_resident", 2021): 404000,
        ("331122", "gdp", 2022): 2900000, ("331122", "population_resident", 2022): 405000,
    }  # fmt: skip


def test_with_a_county_named_only_its_rows_are_taken_and_the_others_listed(tmp_path):
    found = read(saved(tmp_path, *PANEL), "青田县")
    assert {r.code for r in found.readings} == {"331121"}
    assert sum(item.reason == "other area" for item in found.unread) == 4


def test_a_long_table_has_its_area_and_indicator_in_columns(tmp_path):
    path = saved(
        tmp_path,
        ["县区", "年度", "指标名称", "计量单位", "指标值"],
        ["青田县", 2021, "一般公共预算收入", "亿元", 24.1],
        ["缙云县", 2021, "一般公共预算收入", "亿元", 21.4],
        ["青田县", 2021, "全县中小学在校生", "人", 51000],
    )
    found = read(path)
    assert {(r.code, r.value) for r in found.readings} == {("331121", 241000.0), ("331122", 214000.0)}
    assert [item.reason for item in found.unread] == ["outside"]


def test_a_header_of_two_levels_tells_the_parts_of_debt(tmp_path):
    path = saved(
        tmp_path,
        ["青田县2022年地方政府债务限额及余额表"],
        ["单位：亿元"],
        ["地区", "2022年债务限额", None, None, "2022年债务余额", None],
        [None, "合计", "一般债务", "专项债务", "合计", "专项债务"],
        ["青田县", 101.3, 42.5, 58.8, 98.7, 57.5],
        merge=("A3:A4", "B3:D3", "E3:F3"),
    )
    found = {r.indicator: r.value for r in read(path).readings}
    assert found == {
        "debt_limit": 1013000, "debt_limit_general": 425000, "debt_limit_special": 588000, "debt_balance": 987000, "debt_balance_special": 575000,
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["单位：万元", "单位：万元   (10 000 yuan)", "（单位：万元）", "计量单位: 万元"])
def test_a_unit_in_the_caption_holds_for_the_column(tmp_path, unit):
    path = tmp_path / "a.csv"
    path.write_text(f"{unit}\n城市,年末金融机构各项贷款余额\n青田县,6100000\n", encoding="utf-8")
    assert [r.value for r in read(path, year=2022).readings] == [6100000]


def test_brackets_are_negative_and_fractions_are_per_cent(tmp_path):
    path = saved(
        tmp_path,
        ["青田县2022年财政收支情况"],
        ["项目", "金额（万元）", "增速（%）"],
        ["一般公共预算收入", "253,000", "(4.5)"],
        ["政府性基金收入", "312,000", "（12.3）"],
    )
    assert {r.indicator: r.value for r in read(path).readings if r.indicator.endswith("growth")} == {
        "fiscal_revenue_growth": -4.5, "fund_revenue_growth": -12.3,
    }  # fmt: skip
    path = saved(
        tmp_path,
        ["青田县2022年主要经济指标"],
        ["指标", "单位", "数值", "同比增长(%)"],
        ["地区生产总值", "亿元", 272.4, 0.029],
        ["一般公共预算收入", "亿元", 25.3, -0.034],
    )
    found = read(path)
    assert {r.indicator: r.value for r in found.readings if r.indicator.endswith("growth")} == pytest.approx(
        {"gdp_growth": 2.9, "fiscal_revenue_growth": -3.4}
    )
    assert all("fraction" in r.remarks for r in found.readings if r.indicator.endswith("growth"))


def test_a_figure_merged_across_counties_is_nobodys(tmp_path):
    path = saved(
        tmp_path,
        ["地区", "年份", "地区生产总值（万元）"],
        ["青田县", 2022, 2724000],
        ["缙云县", 2022, None],
        ["遂昌县", 2022, 990000],
        merge=("C2:C3",),
    )
    found = read(path)
    assert [(r.code, r.value) for r in found.readings] == [("331123", 990000)]
    assert "2724000" in str(found.notes[0].values["listed"])


def test_a_cell_with_digits_that_is_no_number_is_listed(tmp_path):
    path = saved(
        tmp_path,
        ["地区", "年份", "地区生产总值（万元）"],
        ["缙云县", 2022, 2900000],
        ["青田县", 2022, "2724000（初步）"],
    )
    assert [(item.printed, item.reason) for item in read(path).unread] == [("2724000(初步)", "malformed")]


def test_a_csv_takes_county_and_year_from_the_line_above_its_header(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("青田县2022年主要指标\n指标,单位,数值\n地区生产总值,亿元,272.4\n".encode("gb18030"))
    assert figures(read(path)) == {("331121", "gdp", 2022): 2724000}


def test_a_table_without_years_asks_for_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("指标,单位,数值\n地区生产总值,亿元,272.4\n", encoding="utf-8")
    with pytest.raises(BolangError, match="哪一年"):
        read(path, "青田县")


# ---------------------------------------------------------------- other formats
ROWS = (
    ("青田县2022年主要经济指标", "", "", ""),
    ("指标", "单位", "数值", "同比增长"),
    ("地区生产总值", "亿元", 272.4, 0.041),
)
WANTED = {("331121", "gdp", 2022): 2724000.0, ("331121", "gdp_growth", 2022): 4.1}


def test_an_old_workbook_shows_percentages_and_hides_hidden_sheets(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("指标")
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell, xlwt.easyxf(num_format_str="0.0%" if cell == 0.041 else "General"))
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "地区生产总值")
    hidden.visibility = 1
    buffer = io.BytesIO()
    book.save(buffer)
    path = tmp_path / "a.xls"
    path.write_bytes(buffer.getvalue())
    found = read(path)
    assert figures(found) == pytest.approx(WANTED)
    assert found.notes[0].values["sheet"] == "底稿"


def test_an_open_document_sheet_and_text_are_read(tmp_path):
    from test_intake_files import open_document

    def cell(value):
        if value == 0.041:
            return '<table:table-cell office:value-type="percentage" office:value="0.041"/>'
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f"<table:table-cell><text:p>{value}</text:p></table:table-cell>"

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in ROWS)
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    sheet = f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='表'>{rows}{blank}</table:table></office:spreadsheet></office:body></office:document-content>"
    path = tmp_path / "a.ods"
    path.write_bytes(open_document("spreadsheet", sheet))
    assert figures(read(path)) == pytest.approx(WANTED)
    lines = "".join(
        f"<text:p>{t}</text:p>"
        for t in (
            "青田县2022年国民经济和社会发展统计公报",
            "全年地区生产总值272.4亿元，增长<text:span>4.1%</text:span>。",
        )
    )
    text = f"<office:document-content {spaces}><office:body><office:text>{lines}</office:text></office:body></office:document-content>"
    path = tmp_path / "a.odt"
    path.write_bytes(open_document("text", text))
    assert figures(read(path)) == pytest.approx(WANTED)


def test_rich_text_is_read_in_both_ways_of_writing_chinese(tmp_path):
    title = "".join(rf"\u{ord(c)}?" if ord(c) > 127 else c for c in "青田县2022年国民经济和社会发展统计公报")
    body = "".join(rf"\'{byte:02x}" for byte in "全年地区生产总值272.4亿元，增长4.1%。".encode("gbk"))
    path = tmp_path / "a.rtf"
    path.write_text(rf"{{\rtf1\ansi\ansicpg936\deff0 {title}\par {body}\par}}", encoding="ascii")
    assert figures(read(path)) == pytest.approx(WANTED)
