"""The workbook, the dictionaries of templates and JSON, cell by cell on a small document whose every value is known."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from sample_report import COLUMNS, FACT, FIGURE, GDP, GDP_LABEL, GDP_NOTE, SOURCE, TABLE, sample_document

from bolang.document.model import (
    Box,
    Column,
    KeyFigure,
    KeyFigures,
    Note,
    Number,
    Paragraph,
    Row,
    Section,
    Sentence,
    Table,
)
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, NONE, PERCENT
from bolang.render import render, xlsx
from bolang.render.flat import WHOLE_BOX, anchor, flatten, ties
from bolang.render.json import as_data, fact_data

A, B = Text("甲", "a"), Text("乙", "b")


def only(*blocks, **changes):
    return replace(sample_document(), front=(), sections=(Section("s", A, blocks),), **changes)


def opened(document, lang="zh"):
    return openpyxl.load_workbook(io.BytesIO(render(document, "xlsx", lang)))


def table(*rows, columns=None, key="k"):
    width = len(rows[0].cells)
    return Table(key, A, columns or tuple(Column(A, "left" if n == 0 else "right") for n in range(width)), rows, SOURCE)


# ---------------------------------------------------------------- the workbook
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_index_names_every_sheet_in_its_order_below_the_title(lang):
    document = sample_document()
    book = opened(document, lang)
    index = book.worksheets[0]
    assert [index.cell(row, 1).value for row in (1, 2)] == [document.title.in_(lang), document.subtitle.in_(lang)]
    assert index.cell(3, 1).value.startswith(document.authors.in_(lang) + "　")
    assert index.cell(4, 1).value is None
    listed = [(index.cell(row, 1).value, index.cell(row, 1).hyperlink.location) for row in range(5, 10)]
    assert listed == [(name, f"'{name}'!A1") for name in book.sheetnames[1:]]
    captions = [index.cell(row, 2).value for row in (6, 7)]
    assert captions == [TABLE.caption.in_(lang), FIGURE.data.caption.in_(lang)]
    assert index.cell(10, 1).value is None
    assert index.column_dimensions["B"].width > index.column_dimensions["A"].width > 12
    assert index["A1"].font.size > index["B5"].font.size > index["A3"].font.size
    assert index["A1"].font.bold
    assert {index[cell].font.name for cell in ("A1", "A3", "B5")} == {"Microsoft YaHei" if lang == "zh" else "Arial"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_key_figures_have_all_that_traces_them_in_their_columns(lang):
    gap = KeyFigure(B, Number(None, unit=PERCENT, status="estimated"), A)
    estimate = KeyFigure(A, Number(5.0, 1, PERCENT, 2021, "estimated", B), B)
    items = (sample_document().front[1].items[0], gap, estimate)
    sheet = opened(only(KeyFigures(items)), lang).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    gdp, unit = (1485.6, "亿元") if lang == "zh" else (148.56, "billion yuan")
    pick = (lambda zh, en: zh) if lang == "zh" else (lambda zh, en: en)
    assert rows == [
        [GDP_LABEL.in_(lang), pytest.approx(gdp), unit, 2020, pick("公布", "published"), pick("省内第3位", "3rd in the province"), SOURCE.in_(lang)],
        [B.in_(lang), pick("未公布", "not published"), "%", None, pick("未公布", "not published"), A.in_(lang), ""],
        [A.in_(lang), 5.0, "%", 2021, pick("估计", "estimated"), B.in_(lang), B.in_(lang)],
    ]  # fmt: skip
    assert len([cell for cell in sheet[1] if cell.value]) == 7
    assert sheet.freeze_panes == "B2"


def test_every_sheet_prints_on_one_width_of_a_lying_page():
    book = opened(sample_document())
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
        assert setup.fitToWidth in (None, 1)
        assert not sheet.sheet_view.showGridLines
        assert not sheet.print_options.gridLines
    assert [sheet.freeze_panes for sheet in book.worksheets[2:]] == ["B4", "B4", "A2", "A2"]


def test_years_and_ranks_are_numbers_but_not_in_the_first_column():
    rows = (
        Row((same("12"), same("2020"), same("9999"), same("10000"))),
        Row((same("x"), same("007"), same("0"), same("3/90"))),
    )
    sheet = opened(only(table(*rows)))["表1"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)] == [
        ["12", 2020, 9999, "10000"],
        ["x", "007", "0", "3/90"],
    ]


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (Number(5.0, 0), "#,##0"),
        (Number(5.0, 3), "#,##0.000"),
        (Number(5.0, 1, signed=True), "+#,##0.0;-#,##0.0;#,##0.0"),
        (Number(5.0, 2, year=2021, dated=True), '#,##0.00"（2021）"'),
        (Number(5.0, 0, year=2021), "#,##0"),
        (Number(5.0, 0, year=2021, dated=True, signed=True), '+#,##0"（2021）";-#,##0"（2021）";#,##0"（2021）"'),
    ],
)
@pytest.mark.parametrize("estimated", [False, True])
def test_a_number_is_formed_as_it_is_shown(number, form, estimated):
    shown = replace(number, status="estimated" if estimated else "measured")
    cell = opened(only(table(Row((A, shown)))))["表1"].cell(4, 2)
    assert (cell.value, cell.number_format, bool(cell.font.italic), bool(cell.font.bold)) == (5, form, estimated, False)


def test_texts_stand_as_their_column_does_and_strong_rows_are_bold():
    columns = tuple(Column(A, align) for align in ("left", "center", "right"))
    rows = (Row((A, A, A), strong=True), Row((A, Number(None), Number(1.0))))
    sheet = opened(only(table(*rows, columns=columns)))["表1"]
    assert [cell.alignment.horizontal for cell in sheet[4]] == ["left", "center", "right"]
    assert [bool(cell.font.bold) for cell in sheet[4]] == [True] * 3
    assert [bool(cell.font.bold) for cell in sheet[5]] == [False] * 3
    assert (sheet.cell(5, 2).value, sheet.cell(5, 2).alignment.horizontal) == ("未公布", "right")
    assert sheet.cell(6, 1).value is None
    assert sheet.cell(7, 1).value.startswith("资料来源")
    assert sheet.max_row == 7


@pytest.mark.parametrize(
    ("cells", "columns", "zh", "en"),
    [
        ([(A, Number(1.0, 0, PERCENT))], None, "数（%）", "n (%)"),
        ([(A, Number(1.0, 0, PERCENT)), (A, Number(1.0, 0, MONEY_WAN))], None, "数", "n"),
        ([(Text("增速（%）", "growth (%)"), Number(1.0, 0, PERCENT))], None, "数", "n"),
        ([(Text("增速（%）", "growth (%)"), Number(1.0, 0, PERCENT)), (A, Number(2.0, 0, PERCENT))], None, "数（%）", "n (%)"),
        ([(A, Number(1.0, 0, NONE))], None, "数", "n"),
        ([(A, B)], None, "数", "n"),
        ([(A, Number(1.0, 0, PERCENT))], "per %", "数 %", "n %"),
        ([(A, Number(1.0, 0, PERCENT))], "group", "组｜数（%）", "g: n (%)"),
    ],
)  # fmt: skip
def test_a_head_says_the_unit_once_where_neither_it_nor_the_rows_do(cells, columns, zh, en):
    label = Text("数 %", "n %") if columns == "per %" else Text("数", "n")
    made = table(
        *(Row(pair) for pair in cells),
        columns=(Column(A, "left"), Column(label, group=Text("组", "g") if columns == "group" else None)),
    )
    for lang, expected in (("zh", zh), ("en", en)):
        assert opened(only(made), lang).worksheets[1].cell(3, 2).value == expected


@pytest.mark.parametrize(
    ("head", "cells", "width"),
    [
        ("a", ["b"], 11),
        ("a" * 30, ["b"], 17),
        ("a", ["b" * 20, "c"], 22),
        ("a", ["b", "县" * 20], 42),
        ("a", ["b" * 100], 60),
        ("县" * 20, ["b"], 22),
        ("a", ["b" * 9], 11),
        ("a", ["b" * 10], 12),
        ("a", ["b" * 58], 60),
        ("a", ["b" * 57], 59),
    ],
)
def test_a_column_is_as_wide_as_its_longest_cell_or_half_its_head_within_bounds(head, cells, width):
    made = table(*(Row((same(cell),)) for cell in cells))
    assert xlsx._width(made, 0, head, "en") == width


@pytest.mark.parametrize(("sign", "count"), [("a", 1), ("é", 1), ("\u2e7f", 1), ("\u2e80", 2), ("县", 2), ("（", 2)])
def test_a_chinese_sign_counts_as_two(sign, count):
    assert xlsx._signs(sign) == count
    assert xlsx._signs(sign * 3 + "b") == 3 * count + 1


@pytest.mark.parametrize(
    ("value", "digits"), [(1.0, 0), (1.5, 1), (1.25, 2), (1.125, 3), (1.0625, 4), (1.03125, 4), (-0.5, 1)]
)
def test_a_fact_has_as_many_decimals_as_it_holds_up_to_four(value, digits):
    assert xlsx._digits(value) == digits


def test_twelve_figures_of_a_product_are_kept():
    assert xlsx._exact(0.1 + 0.2) == 0.3
    assert xlsx._exact(123456789.012) == 123456789.012
    assert xlsx._exact(1.234567890123) == 1.23456789012


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_numbers_are_listed_with_their_place_bounds_and_source(lang):
    own = Number(2.0, 1, MONEY_WAN, 2021, "derived", B, low=1e4, high=2e4)
    bare = Number(0.5, 2, NONE, None, "estimated", low=0.0)
    gone = Number(None, 1, PERCENT)
    annex = table(Row((A, own)), key="annex")
    document = only(
        table(Row((A, own, bare)), Row((Number(7.0, year=2019), gone, B))),
        FIGURE,
        annex=(replace(annex, caption=Text("附表", "Annex")),),
    )
    book = opened(document, lang)
    sheet = book[xlsx.WORDS("numbers").in_(lang)] if "numbers" in xlsx.WORDS else book.worksheets[-2]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    scale = 1e-4 if lang == "zh" else 1e-5
    pick = (lambda zh, en: zh) if lang == "zh" else (lambda zh, en: en)
    first, unit = pick("表1", "Table 1"), pick("亿元", "billion yuan")
    a, b = A.in_(lang), B.in_(lang)
    told = pick("据公布数计算", "computed from published figures")
    assert [row[:8] for row in rows] == [
        [first, a, a, pytest.approx(2 * scale), unit, 2021, pytest.approx(1e4 * scale), pytest.approx(2e4 * scale)],
        [first, a, a, 0.5, pick("无量纲", "ratio"), None, 0, None],
        [first, "7", a, 7, pick("无量纲", "ratio"), 2019, None, None],
        [first, "7", a, pick("未公布", "not published"), "%", None, None, None],
        [pick("图1", "Figure 1"), GDP_LABEL.in_(lang), COLUMNS[1].label.in_(lang), pytest.approx(GDP.value * scale), unit, 2020, None, None],
        [pick("附表", "Annex"), a, a, pytest.approx(2 * scale), unit, 2021, pytest.approx(1e4 * scale), pytest.approx(2e4 * scale)],
    ]  # fmt: skip
    assert [row[8] for row in rows][:4] == [told, pick("估计", "estimated"), pick("公布", "published"), pick("未公布", "not published")]  # fmt: skip
    assert [row[9] for row in rows][:2] == [b, SOURCE.in_(lang)]
    assert not sheet.cell(2, 7).font.italic
    assert book.worksheets[-3].cell(1, 1).value == pick("附表", "Annex")


def test_facts_are_listed_with_all_that_is_known_of_them():
    half = replace(FACT, value=0.5, unit="", period="H1", origin="workspace", year=2022)
    note = Note("n", A, (half,))
    document = only(Paragraph((Sentence(A, (GDP_NOTE,)), Sentence(B, (note,)))))
    sheet = opened(document).worksheets[-1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [1, 1, 2]
    assert rows[2][1:8] == ["330782", "地区生产总值", 0.5, "无量纲", 2022, "H1", "公布"]
    assert rows[0][6] == "全年"
    assert (rows[2][12], rows[0][12]) == ("使用者导入", "随软件")
    assert len(sheet[1]) == 13
    assert sheet.cell(4, 4).number_format == "#,##0.0"


def test_a_name_of_a_sheet_has_thirty_one_signs():
    long = replace(table(Row((A, B)), key="annex"), caption=same("x" * 40))
    book = opened(only(Paragraph((Sentence(A),)), annex=(long,)))
    assert "x" * 31 in book.sheetnames


def test_text_is_never_a_formula_or_a_link():
    sheet = opened(only(table(Row((same("=1+1"), same("http://a.cn"))))))["表1"]
    assert [cell.data_type for cell in sheet[4]] == ["s", "s"]
    assert sheet.cell(4, 2).hyperlink is None


# ---------------------------------------------------------------- what the templates are given
def test_small_text_stays_with_what_follows_and_the_last_text_with_a_closing_remark():
    def text(role="body"):
        return Paragraph((Sentence(A),), role=role)

    spread = table(Row((A, B)))
    cases = [
        ([text(), text("small"), spread, text()], [False, True, False, False]),
        ([text(), text(), text("small")], [False, True, False]),
        ([text("small")], [False]),
        ([spread, text("small")], [False, False]),
        ([text("small"), text("small"), text()], [True, True, False]),
        ([text(), text(), text()], [False, False, False]),
        ([], []),
    ]
    for blocks, tied in cases:
        assert ties(Section("s", A, tuple(blocks))) == tied
    flat = flatten(only(text(), text(), text("small")), "zh", lambda figure: {})
    assert [block["tied"] for block in flat["body"][0]["blocks"]] == [False, True, False]


@pytest.mark.parametrize(("count", "whole"), [(1, True), (8, True), (9, False)])
def test_a_box_of_eight_paragraphs_is_not_broken(count, whole):
    box = Box(B, tuple(Paragraph((Sentence(A),)) for _ in range(count)))
    (made,) = flatten(replace(sample_document(), front=(box,), sections=()), "zh", lambda figure: {})["front"]
    assert (made["whole"], made["title"], len(made["paragraphs"])) == (whole, "乙", count)
    assert WHOLE_BOX == 8


def test_notes_are_numbered_from_one():
    said = Paragraph(tuple(Sentence(A, (Note(str(n), A),)) for n in range(40)))
    made = flatten(only(said), "en", lambda figure: {})
    assert [note["number"] for note in made["notes"]] == list(range(1, 41))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headings_of_all_depths_and_only_chapters_in_the_contents(lang):
    deep = Section("b.c", B, (Section("d", A, (), new_page=True),))
    sections = (Section("a", A, (deep,)), Section("e", B, (), numbered=False, new_page=True))
    front = (Section("f", A, (Paragraph((Sentence(B),), lead=A, role="bullet"),)),)
    made = flatten(replace(sample_document(), front=front, sections=sections), lang, lambda figure: {})
    assert [(entry["id"], entry["level"]) for entry in made["contents"]] == [("section-a", 1), ("section-e", 1)]
    first, second = made["body"]
    inner = first["blocks"][0]
    assert [(part["level"], part["id"], part["new_page"]) for part in (first, inner, inner["blocks"][0], second)] == [
        (1, "section-a", False),
        (2, "section-b-c", False),
        (3, "section-d", True),
        (1, "section-e", True),
    ]
    assert (second["text"], made["front"][0]["level"], made["front"][0]["text"]) == (
        B.in_(lang),
        0,
        A.in_(lang),
    )
    assert (made["front"][0]["blocks"][0]["lead"], made["front"][0]["blocks"][0]["role"]) == (A.in_(lang), "bullet")
    assert first["text"] == ("一、甲" if lang == "zh" else "1 a")


def test_an_identifier_is_of_letters_figures_and_dashes():
    assert anchor("a.B_9县 x") == "item-a-B-9--x"
    assert anchor("k", "section") == "section-k"


def test_a_trace_is_of_a_number_that_is_there():
    known = Number(5.0, facts=(FACT, replace(FACT, year=2021)), year=2020, status="derived", source=B)
    own = replace(known, facts=(FACT, replace(FACT, origin="workspace")))
    made = flatten(only(table(Row((A, known, own, Number(None))))), "en", lambda figure: {})
    plain, first, second, gone = made["body"][0]["blocks"][0]["rows"][0]["traces"]
    assert plain is gone is None
    assert first == {"facts": [("330782", "gdp", 2020), ("330782", "gdp", 2021)], "status": "derived", "year": 2020, "source": "b", "own": False}  # fmt: skip
    assert second["own"] is True


def test_references_and_notes_are_marked_where_they_stand():
    said = Paragraph((Sentence(Text("见[[k]]、[[k]]。", "See [[k]], [[k]]."), (GDP_NOTE,)), Sentence(A, (GDP_NOTE,))))
    made = flatten(only(said, table(Row((A, B), notes=(GDP_NOTE,)))), "en", lambda figure: {})
    pieces = made["body"][0]["blocks"][0]["pieces"]
    assert [(piece["kind"], piece["text"], piece["target"], piece["first"]) for piece in pieces] == [
        ("text", "See ", "", False),
        ("reference", "Table 1", "item-k", False),
        ("text", ", ", "", False),
        ("reference", "Table 1", "item-k", False),
        ("text", ".", "", False),
        ("note", "1", "", True),
        ("text", " ", "", False),
        ("text", "a", "", False),
        ("note", "1", "", False),
    ]
    assert made["body"][0]["blocks"][1]["rows"][0]["pieces"][0]["first"] is False


def test_a_group_spans_its_neighbours_and_the_others_both_lines():
    groups = [None, "g", "g", "g", None, "g", "h", "h"]
    columns = tuple(Column(same(str(n)), group=group and same(group)) for n, group in enumerate(groups))
    made = flatten(only(table(Row((A,) * 8), columns=columns)), "zh", lambda figure: {"image": figure.key})
    upper, lower = made["body"][0]["blocks"][0]["heads"]
    assert [(head["text"], head["span"], head["rows"], head["align"]) for head in upper] == [
        ("0", 1, 2, "right"), ("g", 3, 1, "center"), ("4", 1, 2, "right"), ("g", 1, 1, "center"), ("h", 2, 1, "center"),
    ]  # fmt: skip
    assert [(head["text"], head["rows"]) for head in lower] == [("1", 1), ("2", 1), ("3", 1), ("5", 1), ("6", 1), ("7", 1)]  # fmt: skip


# ---------------------------------------------------------------- JSON
def test_json_has_each_block_by_its_kind_and_plain_values_where_there_are_some():
    document = sample_document()
    assert "data" not in as_data(document, "zh")
    assert as_data(replace(document, data={"a": 1}), "zh")["data"] == {"a": 1}
    made = as_data(document, "en")
    assert (made["form"], made["lang"], made["date"]) == ("bolang.document/1", "en", "2026-03-01")
    summary, keys, box = made["front"]
    assert [sentence["notes"] for sentence in summary["blocks"][0]["sentences"]] == [[1], [2]]
    assert [sentence["text"] for sentence in summary["blocks"][0]["sentences"]] == ["See Table 1.", "And Figure 1."]
    assert keys["items"][0]["notes"] == [1]
    assert (box["title"], box["blocks"][0]["lead"], box["blocks"][0]["role"]) == ("Data quality", "Point.", "bullet")
    bare = as_data(only(replace(FIGURE, data=None), Paragraph((Sentence(A),))), "zh")["sections"][0]["blocks"]
    assert (bare[0]["data"], bare[0]["text"], bare[1]["lead"]) == (None, "两根柱", "")


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (1e4, 0.0, None, (1.0, 0.0, None)),
        (0.0, None, 2e4, (0.0, None, 2.0)),
        (float("nan"), float("inf"), float("-inf"), (None, None, None)),
        (None, None, None, (None, None, None)),
    ],
)
def test_a_number_of_json_is_finite_and_in_the_scale_of_its_unit(value, low, high, shown):
    made = as_data(only(table(Row((A, Number(value, 0, MONEY_WAN, low=low, high=high))))), "zh")
    cell = made["sections"][0]["blocks"][0]["rows"][0]["cells"][1]
    assert (cell["value"], cell["low"], cell["high"]) == shown
    assert (cell["unit"], cell["year"], cell["status"]) == ("亿元", None, "measured")


def test_a_fact_of_json_is_as_it_is_stored():
    made = fact_data(replace(FACT, value=float("inf"), stage="expected", revision="after"), "en")
    assert (made["value"], made["stage"], made["revision"], made["origin"]) == (None, "expected", "after", "built-in")
    assert fact_data(FACT, "zh")["value"] == 14856000.0
    assert (made["label"], made["unit"], made["period"], made["steps"]) == ("GDP", "万元", "year", [])
    text = render(only(Paragraph((Sentence(A, (Note("n", A, (FACT,)),)),))), "json", "zh").decode()
    assert text.endswith("}\n")
    assert json.loads(text)["notes"][0]["facts"][0]["code"] == "330782"
    assert "\\u" not in text
