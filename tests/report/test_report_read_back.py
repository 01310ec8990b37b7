"""Numbers read back from the files that were written: workbook, JSON, page, table of a batch, handbook."""

import io
import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from sample_report import FACT, GDP_NOTE, sample_document

from bolang.document.model import Column, Number, Row, Section, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import (
    PERCENT,
)
from bolang.publish.batch import BatchLine, save_summary, summary_path
from bolang.publish.handbook import rewritten
from bolang.render import render
from bolang.render.flat import anchor, flatten

A = Text("甲", "a")


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request):
    lang = request.param
    return lang, openpyxl.load_workbook(io.BytesIO(render(sample_document(), "xlsx", lang)))


def test_the_workbook_has_every_number_in_its_place_scale_and_form(book):
    lang, found = book
    sheet = found["全部数字" if lang == "zh" else "All numbers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    gdp, scale = (1485.6, "亿元") if lang == "zh" else (148.56, "billion yuan")
    missing = "未公布" if lang == "zh" else "not published"
    table = "表1" if lang == "zh" else "Table 1"
    values = [(row[0], *row[3:8]) for row in rows]
    assert values[0][1:] == (pytest.approx(gdp), scale, 2020, None, None)
    assert values[1] == (table, pytest.approx(gdp), scale, 2020, None, None)
    assert values[2] == (table, -7.94, "%", 2021, -9.0, -6.0)
    assert values[3] == (table, missing, "%", None, None, None)
    assert values[4][1] == pytest.approx(gdp)
    assert len(values) == 5
    growth_row = 4
    cell = sheet.cell(growth_row, 4)
    assert (cell.number_format, cell.font.italic) == ("#,##0.0", True)
    assert sheet.cell(2, 4).number_format == ("#,##0.0" if lang == "zh" else "#,##0.00")
    assert not sheet.cell(2, 4).font.italic


def test_the_workbook_has_every_fact_with_as_many_decimals_as_it_needs(book):
    lang, found = book
    sheet = found["事实" if lang == "zh" else "Facts"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    wan = "万元" if lang == "zh" else "10,000 yuan"
    assert [row[:6] for row in rows] == [
        [1, "330782", "地区生产总值" if lang == "zh" else "GDP", 14856000, wan, 2020],
        [1, "330782", "地区生产总值" if lang == "zh" else "GDP", 123.25, wan, 2021],
    ]
    assert [row[8] for row in rows] == ["浙江统计年鉴", "推算"]
    assert [sheet.cell(row, 4).number_format for row in (2, 3)] == ["#,##0", "#,##0.00"]
    assert [bool(sheet.cell(row, 4).font.italic) for row in (2, 3)] == [False, True]


def test_a_table_of_the_workbook_stands_as_it_does_in_the_document(book):
    lang, found = book
    sheet = found["表1" if lang == "zh" else "Table 1"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == (
        ["指标", "数值", "位次｜省内", "位次｜市内"]
        if lang == "zh"
        else ["Item", "Value", "Rank: Province", "Rank: Prefecture"]
    )
    body = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=6)]
    assert [row[0] for row in body] == (
        ["地区生产总值", "增速", "债务率"] if lang == "zh" else ["GDP", "Growth", "Debt rate"]
    )
    assert body[0][2:] == ["3/90", "1/9"]
    assert [bool(sheet.cell(row, 1).font.bold) for row in (4, 5)] == [True, False]
    assert sheet.freeze_panes == "B4"
    assert sheet.cell(8, 1).value.endswith("<普查>" if lang == "zh" else "<census>")
    index = found.worksheets[0]
    assert [index.cell(row, 1).value for row in range(5, 10)] == found.sheetnames[1:]


def test_signed_figures_and_figures_with_their_year_keep_both_in_the_workbook():
    cells = (Number(5.0, 1, PERCENT, 2020, signed=True), Number(6.0, 0, PERCENT, 2021, dated=True))
    table = Table("k", A, (Column(A), Column(A)), (Row(cells),), A)
    document = replace(sample_document(), front=(), sections=(Section("s", A, (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx", "zh")))["表1"]
    assert [cell.number_format for cell in sheet[4]] == ["+#,##0.0;-#,##0.0;#,##0.0", '#,##0"（2021）"']


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_has_every_number_in_its_scale_with_its_bounds(lang):
    data = json.loads(render(sample_document(), "json", lang))
    inner = data["sections"][0]["blocks"][0]
    table, drawn, bullet = inner["blocks"]
    scale = 1e-4 if lang == "zh" else 1e-5
    assert table["rows"][0]["cells"][1]["value"] == pytest.approx(14856000.0 * scale)
    falling = table["rows"][1]["cells"][1]
    assert (falling["value"], falling["low"], falling["high"], falling["year"], falling["status"]) == (
        -7.94,
        -9.0,
        -6.0,
        2021,
        "estimated",
    )
    assert table["rows"][2]["cells"][1]["value"] is None
    assert [column["group"] for column in table["columns"]] == [
        "",
        "",
        *(["位次"] * 2 if lang == "zh" else ["Rank"] * 2),
    ]
    assert drawn["data"]["rows"][0]["cells"][1]["value"] == pytest.approx(14856000.0 * scale)
    assert bullet["sentences"][0]["notes"] == [1]
    assert [note["number"] for note in data["notes"]] == [1, 2]
    assert [fact["value"] for fact in data["notes"][0]["facts"]] == [14856000.0, 123.25]
    assert [block["type"] for block in data["front"]] == ["section", "keyfigures", "box"]
    assert data["front"][1]["items"][0]["number"]["value"] == pytest.approx(14856000.0 * scale)


def test_flat_heads_span_their_group_and_numbers_can_be_looked_up():
    pairs = [("g", "x"), ("g", "y"), (None, "p"), ("g", "z"), ("h", "w")]
    columns = tuple(Column(same(name), group=None if group is None else same(group)) for group, name in pairs)
    known = Number(5.0, facts=(replace(FACT, origin="workspace"),), year=2020)
    row = Row((known, Number(None), A, A, A), strong=True, key="r")
    table = Table("a.b", A, columns, (row,), A, (GDP_NOTE,))
    document = replace(sample_document(), front=(), sections=(Section("s", A, (table,)), Section("t", A, (), False)))
    flat = flatten(document, "en", lambda figure: {})
    made = flat["body"][0]["blocks"][0]
    upper, lower = made["heads"]
    assert [(head["text"], head["span"], head["rows"]) for head in upper] == [
        ("g", 2, 1),
        ("p", 1, 2),
        ("g", 1, 1),
        ("h", 1, 1),
    ]
    assert [head["text"] for head in lower] == ["x", "y", "z", "w"]
    first, second, third = made["rows"][0]["traces"][:3]
    assert (first["facts"], first["own"], first["year"]) == ([("330782", "gdp", 2020)], True, 2020)
    assert second is None
    assert third is None
    assert made["id"] == anchor("a.b") == "item-a-b"
    assert made["caption"] == "Table 1. a"
    assert [entry["text"] for entry in flat["contents"]] == ["1 a", "a"]
    assert flat["notes"] == [{"number": 1, "text": GDP_NOTE.text.en}]
    single = replace(table, columns=tuple(Column(same(name)) for _, name in pairs))
    plain = flatten(replace(document, sections=(Section("s", A, (single,)),)), "zh", lambda figure: {})["body"][0][
        "blocks"
    ][0]
    assert [[head["text"] for head in line] for line in plain["heads"]] == [["x", "y", "p", "z", "w"]]


def test_the_table_of_a_batch_has_every_figure_with_its_year_and_no_formula(tmp_path):
    lines = [
        BatchLine("义乌", "义乌市", "330782", "a.docx", "", (("gdp", 1.5, 2023), ("debt_balance", 2.0, 2022))),
        BatchLine("=1+1", "", "", "", "no", ()),
    ]
    path = save_summary(lines, summary_path(tmp_path, date(2026, 1, 2)))
    assert path.name == "reports_2026-01-02.csv"
    head, first, second = path.read_bytes().decode("utf-8-sig").splitlines()
    assert head.startswith("asked,unit,code,file,error,gdp (")
    assert first == "义乌,义乌市,330782,a.docx,,1.5,2023,,,,,2.0,2022"
    assert second == "'=1+1,,,,no,,,,,,,,"


def test_only_the_table_of_a_handbooks_page_is_rewritten():
    grid = SimpleNamespace(title=Text("", "T"), markdown=lambda lang: "\n| new |\n")
    assert rewritten("a\n\n**T**\n\n| old |\n| old |\n\nb\n", grid) == "a\n\n**T**\n\n| new |\n\nb\n"
    assert rewritten("**T**\n\n| old |", grid) == "**T**\n\n| new |\n"
    assert rewritten("nothing", grid) == "nothing"


@pytest.mark.parametrize(("lang", "code", "words"), [("zh", "zh-CN", "目录"), ("en", "en", "Contents")])
def test_a_page_says_its_language_as_browsers_know_it(lang, code, words):
    flat = flatten(sample_document(), lang, lambda figure: {})
    assert (flat["lang"], flat["words"]["contents"]) == (code, words)
    summary, cards, box = flat["front"]
    assert (summary["type"], summary["level"], summary["text"]) == ("section", 0, "摘要" if lang == "zh" else "Summary")
    (card,) = cards["cards"]
    assert (card["value"], card["unit"]) == (("1,485.6", "亿元") if lang == "zh" else ("148.56", "billion yuan"))
    assert card["trace"]["status"] == "measured"
    assert box["paragraphs"][0]["lead"] == ("要点。" if lang == "zh" else "Point.")
    chapter = flat["body"][0]
    assert (chapter["level"], chapter["text"]) == (1, "一、历程" if lang == "zh" else "1 Course")
    inner = chapter["blocks"][0]
    assert (inner["level"], inner["text"]) == (2, "（一）行业" if lang == "zh" else "1.1 Industry")
    assert inner["blocks"][1]["caption"] == ("图1　区位商" if lang == "zh" else "Figure 1. Quotients")
    assert [row["strong"] for row in inner["blocks"][0]["rows"]] == [True, False, False]
    assert [entry["level"] for entry in flat["contents"]] == [1, 1]
