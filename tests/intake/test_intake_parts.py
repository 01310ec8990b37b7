"""Parts of files made by hand: what Excel itself writes (shared strings, styles, merged cells), bounds, cells, rows of a page."""

import io
import zipfile
from decimal import Decimal

import pytest

from bolang.foundation.errors import BadInputError
from bolang.intake.cells import are_fractions, header_length, label_phrase, number, stated_units, units_in
from bolang.intake.files import bounds
from bolang.intake.files.sheets import grids_of_rows, title_of_grids
from bolang.intake.files.xlsx import _column, read_xlsx
from bolang.intake.layout import _cells_below, _is_header, _is_spaced_row, _rows_of, _single_rows, _spaced

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = ("甲", "乙", "丙")


def workbook(sheets, strings=(), styles="", properties="", merged=()):
    """A workbook of sheets: name, state, rows as XML; the parts that Excel writes and nothing else."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        listed = "".join(
            f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="r{i}"/>'
            for i, (name, state, _) in enumerate(sheets)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{i}" Target="{"/xl/" if i % 2 else ""}worksheets/s{i}.xml"/>'
            for i in range(len(sheets))
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>')
        if styles:
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
        joined = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
        for i, (_, _, rows) in enumerate(sheets):
            archive.writestr(
                f"xl/worksheets/s{i}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells>{joined}</mergeCells></worksheet>',
            )
    return zipfile.ZipFile(io.BytesIO(raw.getvalue()))


def grid(*arguments, **options):
    """The cells of a workbook's only table."""
    document = read_xlsx(workbook(*arguments, **options), "f.xlsx", "f")
    (table,) = document.blocks
    return [list(row) for row in table.rows]


def one(rows, **options):
    return grid([("s", "visible", rows)], **options)


def test_shared_strings_of_runs_and_guides_to_their_sound():
    """A string of several runs is one; how it is pronounced is no part of it; each keeps its number."""
    strings = (
        "<si><t>甲</t></si>", "<si><r><t>乙</t></r><r><rPr><b/></rPr><t>丁</t></r></si>", "<si><t>丙</t><rPh sb='0' eb='1'><t>bing</t></rPh></si>", "<si><t/></si>", "<si><t> 戊 </t></si>",
    )  # fmt: skip
    cells = "".join(f'<c r="{letter}1" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABCDEFG"))
    assert one(f'<row r="1">{cells}</row>', strings=strings) == [["甲", "乙丁", "丙", "", "戊"]]


def test_every_kind_of_cell():
    rows = (
        '<row r="2"><c r="B2"><v>1.5</v></c><c r="C2" t="str"><v> 丙 </v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c>'
        '<c r="F2" t="inlineStr"><is><t>己</t></is></c><c r="G2"><v>1e21</v></c><c r="H2"><v>x</v></c><c r="I2" t="d"><v>2023-01-02</v></c></row>'
    )  # fmt: skip
    found = one(rows)
    assert found[0] == [""] * 9
    assert found[1] == ["", "1.5", "丙", "1", "", "己", "1000000000000000000000.000000", "x", "2023-01-02"]


def test_cells_and_rows_without_a_name_follow_one_another():
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="C2"><v>3</v></c><c><v>4</v></c></row>'
    assert one(rows) == [["1", "2", "", ""], ["", "", "3", "4"]]


def test_numbers_are_shown_as_their_style_says():
    """45292 is the first of January 2024; in the count from 1904 that day is 43830."""
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/><numFmt numFmtId="171" formatCode="yyyy-mm-dd"/><numFmt numFmtId="172" formatCode="0.0&quot;day&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>'
    )  # fmt: skip
    cells = "".join(f'<c r="{"ABCDEFGHI"[i]}1" s="{style}"><v>{value}</v></c>' for i, (style, value) in enumerate(
        [(0, 45292), (1, 0.053), (2, 45292), (3, 0.5), (4, 45292.9), (5, 3.25), (9, 7), (2, 0), (2, 2958466)]))  # fmt: skip
    row = f'<row r="1">{cells}</row>'
    assert one(row, styles=styles) == [
        ["45292", "5.3%", "2024-01-01", "50%", "2024-01-01", "3.25", "7", "0", "2958466"]
    ]
    early = '<row r="1"><c r="A1" s="2"><v>43830</v></c></row>'
    assert one(early, styles=styles, properties='date1904="1"') == [["2024-01-01"]]


def test_merged_words_fill_their_cells_and_a_figure_of_several_rows_is_nobodys():
    rows = (
        '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="C1"><v>5</v></c><c r="D1"><v>2023</v></c></row>'
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v/></c></row>'
    )  # fmt: skip
    archive = workbook([("s", "visible", rows)], merged=("A1:B1", "C1:C2", "D1:D2", "x"))
    document = read_xlsx(archive, "f.xlsx", "f")
    assert [list(row) for row in document.blocks[0].rows] == [["甲", "甲", "", "2023"], ["", "1", "", "2023"]]
    assert [(note.key, note.values["listed"]) for note in document.notes] == [("merged", "5")]
    many = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 22))
    told = read_xlsx(
        workbook([("s", "visible", many)], merged=[f"A{i}:A{i + 1}" for i in range(1, 21, 2)]), "f.xlsx", "f"
    ).notes
    assert [(note.values["listed"], note.values["count"]) for note in told] == [("1、3、5、7、9、11、13、15", 10)]


def test_hidden_sheets_and_formulas_without_a_result_are_told():
    rows = '<row r="1"><c r="A1"><f>B1</f><v>2</v></c><c r="B1"><f>C1</f></c><c r="C1"><f>D1</f><v></v></c></row>'
    document = read_xlsx(
        workbook([("看", "visible", rows), ("藏", "hidden", rows), ("深", "veryHidden", rows)]), "f.xlsx", "f"
    )
    notes = {(note.key, note.values["sheet"]): note.values.get("count") for note in document.notes}
    assert notes == {("formulas", "看"): 2, ("hidden", "藏"): None, ("hidden", "深"): None}
    assert len(document.blocks) == 1
    both = read_xlsx(workbook([("一", "visible", rows), ("二", "visible", rows)]), "f.xlsx", "f")
    assert len(both.blocks) == 2


@pytest.mark.parametrize(
    ("reference", "column"),
    [("A1", 1), ("Z9", 26), ("AA1", 27), ("AZ1", 52), ("XFD1", 16384), ("C", 3), ("1", 0), ("", 0)],
)
def test_the_number_of_a_column(reference, column):
    assert _column(reference) == column


@pytest.mark.parametrize(("name", "most", "rows"), [
    ("rows", 3, "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in (1, 3, 4))),
    ("cells", 3, '<row r="1">' + "".join(f'<c r="{x}1"><v>1</v></c>' for x in "ABCD") + "</row>"),
])  # fmt: skip
def test_a_sheet_beyond_its_bounds_is_refused_and_one_at_them_is_not(monkeypatch, name, most, rows):
    from bolang.intake.files import xlsx

    real = xlsx.bound
    monkeypatch.setattr(xlsx, "bound", lambda asked: most + 1 if asked == name else real(asked))
    assert one(rows)
    monkeypatch.setattr(xlsx, "bound", lambda asked: most if asked == name else real(asked))
    with pytest.raises(BadInputError):
        one(rows)


def test_columns_beyond_the_bound_are_left_out_and_a_sparse_giant_is_refused(monkeypatch):
    from bolang.intake.files import xlsx

    real = xlsx.bound
    row = '<row r="1">' + "".join(f'<c r="{x}1"><v>1</v></c>' for x in "ABCD") + "</row>"
    monkeypatch.setattr(xlsx, "bound", lambda asked: 3 if asked == "columns" else real(asked))
    assert one(row) == [["1", "1", "1"]]
    sparse = '<row r="5"><c r="D5"><v>1</v></c></row>'  # 20 cells wide and high
    monkeypatch.setattr(xlsx, "bound", lambda asked: 2 if asked == "cells" else real(asked))
    assert len(one(sparse)) == 5
    monkeypatch.setattr(xlsx, "bound", lambda asked: 1 if asked == "cells" else real(asked))
    with pytest.raises(BadInputError):
        one(sparse)


# ---------------------------------------------------------------- archives
def archive_of(**parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return raw.getvalue()


@pytest.mark.parametrize(
    "place",
    [0, 100, bounds.MEGABYTE - 9, bounds.MEGABYTE - 5, bounds.MEGABYTE - 1, bounds.MEGABYTE, 3 * bounds.MEGABYTE - 4],
)
@pytest.mark.parametrize("mark", [b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le")])
def test_a_declaration_is_seen_wherever_it_stands(place, mark):
    data = archive_of(**{"a.xml": b" " * place + mark + b" " * 200})
    with pytest.raises(BadInputError, match="实体"):
        bounds.open_archive(data, "f")
    bounds.open_archive(archive_of(**{"a.txt": mark, "b.xml": b" " * place + mark[:-1]}), "f")


def test_bounds_of_an_archive_from_both_sides(monkeypatch):
    data = archive_of(**{"a.xml": b"x" * 10, "b.txt": b"y" * (bounds.MEGABYTE - 10)})
    limits = {"unpacked_megabytes": 1, "archive_entries": 2}
    monkeypatch.setattr(bounds, "bound", limits.__getitem__)
    assert len(bounds.open_archive(data, "f").namelist()) == 2
    limits["archive_entries"] = 1
    with pytest.raises(BadInputError):
        bounds.open_archive(data, "f")
    limits |= {"archive_entries": 2, "unpacked_megabytes": 0}
    with pytest.raises(BadInputError):
        bounds.open_archive(data, "f")
    for name in ("xl/vbaProject.bin", "word/vbaData.xml"):
        limits |= {"unpacked_megabytes": 1}
        with pytest.raises(BadInputError, match="宏"):
            bounds.open_archive(archive_of(**{name: b"x"}), "f")


def test_bounds_of_a_file_from_both_sides(monkeypatch, tmp_path):
    path = tmp_path / "f"
    monkeypatch.setattr(bounds, "bound", lambda name: 1)
    path.write_bytes(b"x" * bounds.MEGABYTE)
    assert len(bounds.read_bytes(path)) == bounds.MEGABYTE
    path.write_bytes(b"x" * (bounds.MEGABYTE + 1))
    with pytest.raises(BadInputError, match="1 MB"):
        bounds.read_bytes(path)
    path.write_bytes(b"")
    for wrong in (path, tmp_path, tmp_path / "none"):
        with pytest.raises(BadInputError):
            bounds.read_bytes(wrong)


# ---------------------------------------------------------------- cells
@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,234.5", "1234.5"), ("1 234", "1234"), ("12,34", None), ("1，234", "1234"), ("5.3%", "5.3"), ("(1,234)", "-1234"), ("（5.3%）", "-5.3"), ("(5.3)%", "-5.3"), ("(12)", None),
     ("(123)", "-123"), ("±0", "0"), ("±0.0%", "0.0"), ("±1", None), ("1e3", "1E+3"), ("+7", "7"), ("-7", "-7"), ("—", None), ("", None), ("N/A", None), ("7.", None), (".7", None)],
)  # fmt: skip
def test_a_number_in_a_cell(cell, value):
    assert number(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("cells", "fractions"),
    [(["0.029", "0.05"], True), (["0.029"], False), (["0.029", "1"], False), (["0.29", "0.05"], False), (["0.0290", "-0.05"], True), (["0.290", "0.050"], False),
     (["2.9%", "0.029", "0.031"], True), (["0.029", "2.9%"], False), (["", "0.1234", "0.5"], True), (["-1.5", "0.123"], False)],
)  # fmt: skip
def test_rates_written_as_fractions(cells, fractions):
    assert are_fractions(cells) is fractions


def test_labels_units_and_heads():
    assert label_phrase("#(一)地区生产总值(亿元)") == ("地区生产总值", units_in("(亿元)"))
    assert [unit.name for unit in units_in("指标(万元、%)")] == ["万元", "%"]
    assert [unit.name for unit in units_in("单位：万元")] == ["万元"]
    assert [unit.name for unit in units_in("出口亿美元")] == ["亿美元"]
    assert units_in("出口") == ()
    assert [unit.name for unit in stated_units("表1 单位：万元；单位：亿元、%")] == ["亿元", "%"]
    assert stated_units("表1") == ()
    assert header_length([["指标", "2023"], ["单位", ""], ["甲", "5"]]) == 2
    assert header_length([["指标", "2023"]]) == 1
    assert header_length([["5"]]) == 0


# ---------------------------------------------------------------- rows of a page
@pytest.mark.parametrize(
    ("line", "row"),
    [("地区生产总值 2503.5 8.0", ("地区生产总值", ["2503.5", "8.0"])), ("第 一 产业 5", ("第一产业", ["5"])), ("5 6", None), ("甲 乙", None), ("", None), ("#甲 -1 — …", ("甲", ["-1", "—", "…"])),
     ("甲 5 乙 6%", ("甲5乙", ["6%"]))],
)  # fmt: skip
def test_a_line_is_a_label_and_the_numbers_behind_it(line, row):
    assert _spaced(line) == row


def test_rows_and_heads_of_a_page():
    assert _is_spaced_row("甲 5")
    assert not _is_spaced_row("a 5")
    assert not _is_spaced_row("甲，乙 5")
    assert not _is_spaced_row("甲。 5")
    assert _is_spaced_row("甲" * 118 + " 5")
    assert not _is_spaced_row("甲" * 119 + " 5")
    assert _is_header("指标 单位")
    assert not _is_header("指标")
    assert not _is_header("指标，单位 数")
    assert _is_header("甲" * 78 + " 乙")
    assert not _is_header("甲" * 79 + " 乙")
    assert not _is_header("a b")


def test_cells_one_a_line_become_rows_of_equal_length():
    assert _rows_of(["甲", "1", "2", "乙", "3", "4"], 2) == (("甲", "1", "2"), ("乙", "3", "4"))
    assert _rows_of(["甲", "1", "2"], 2) is None
    assert _rows_of(["甲", "1", "乙", "3", "4"], 1) is None
    assert _rows_of(["甲", "1", "乙", "丙"], 1) is None
    assert _rows_of(["1", "甲", "乙", "3"], 1) is None
    assert _rows_of(["甲", "1", "乙", "2"], 0) is None
    assert _single_rows(["表", "甲", "1", "乙", "2"]) == (("甲", "1"), ("乙", "2"))
    assert _single_rows(["甲", "1", "2"]) is None
    assert _single_rows([]) == ()


def lines(*texts):
    return [(number, text) for number, text in enumerate(texts, 1)]


def test_cells_below_end_at_a_sentence_a_unit_or_the_page():
    found = lines("单位：亿元", "甲 甲", " 1 ", "", "乙", "2")
    assert _cells_below(found, 1) == (["甲甲", "1", "乙", "2"], 6)
    assert _cells_below([*found, *lines("这是一句。", "丙")], 1) == (["甲甲", "1", "乙", "2"], 6)
    assert _cells_below([*found, *lines("单位：万元")], 1) == (["甲甲", "1", "乙", "2"], 6)
    assert _cells_below(found, 6) == ([], 6)
    assert _cells_below(lines("甲；"), 0) == ([], 0)


# ---------------------------------------------------------------- tables of a sheet
def test_a_sheet_is_cut_at_captions_after_numbers_and_a_continuation_has_the_head_before():
    rows = [("表1", ""), ("指标", "数"), ("甲", "1"), ("续表", ""), ("乙", "2"), ("表2", ""), ("名", "值"), ("丙", "3")]
    found = grids_of_rows(rows, "s")
    assert [[list(row) for row in table.rows] for table in found] == [
        [["表1", ""], ["指标", "数"], ["甲", "1"]],
        [["表1", ""], ["指标", "数"], ["乙", "2"]],
        [["表2", ""], ["名", "值"], ["丙", "3"]],
    ]
    assert [table.first_row for table in found] == [1, 3, 6]  # so that 乙, the third row shown, is row 5 of the sheet
    single = grids_of_rows([("", ""), ("甲", "1")], "s")
    assert len(single) == 1
    assert grids_of_rows([("", "")], "s") == []


def test_the_title_of_a_workbook_names_a_year():
    assert title_of_grids(grids_of_rows([("义乌市2023年统计", ""), ("甲", "1")], "s"), "f") == "义乌市2023年统计"
    assert title_of_grids(grids_of_rows([("导出时间2023年", ""), ("甲", "1")], "s"), "f") == "f"
    assert title_of_grids(grids_of_rows([("a",), ("b",), ("c",), ("义乌市2023年统计",)], "s"), "f") == "f"
    assert title_of_grids([], "f") == "f"
    assert title_of_grids(grids_of_rows([("义乌市2023年统计" + "长" * 60, "")], "s"), "f") == "f"


# ---------------------------------------------------------------- web pages
def page(body):
    from bolang.intake.files.html import read_html

    found = read_html(f"<html><body>{body}</body></html>", "f")
    return [
        [list(row) for row in block.rows] if hasattr(block, "rows") else "".join(line for line in texts_of(block))
        for block in found.blocks
    ]


def texts_of(block):
    return [getattr(line, "text", str(line)) for line in getattr(block, "lines", [block])]


def cells_of(rows):
    (table,) = [block for block in page(f"<table>{rows}</table>") if isinstance(block, list)]
    return table


def test_cells_that_span_rows_and_columns_fill_them_all():
    """A B B / A c d: the first cell spans two rows, the second two columns."""
    rows = "<tr><th rowspan=2>甲</th><th colspan='2'>乙</th></tr><tr><td>1</td><td>2</td></tr>"
    assert cells_of(rows) == [["甲", "乙", "乙"], ["甲", "1", "2"]]
    # a span beyond the table ends with it; one that is none is one cell
    assert cells_of("<tr><td rowspan=9>甲</td><td rowspan=x>乙</td></tr><tr><td>1</td></tr>") == [
        ["甲", "乙"],
        ["甲", "1"],
    ]
    assert cells_of("<tr><td rowspan=0>甲</td><td>乙</td></tr><tr><td>1</td></tr>") == [["甲", "乙"], ["1", ""]]
    assert cells_of("<tr><td colspan=9999>甲</td><td>乙</td></tr>") == [["甲", "乙"]]
    assert cells_of("<td>甲</td><td>1</td>") == [["甲", "1"]]


def test_raised_numbers_are_marks_of_notes_and_raised_words_are_words():
    text = "".join(
        str(part) for part in page("<p>产值<sup>[1]</sup>5亿元，面积3平方<sup>米</sup>，又<sup>（注2）</sup>增长。</p>")
    )
    assert "产值5亿元" in text
    assert "平方米" in text
    assert "又增长" in text


def test_what_a_page_does_not_show_is_not_read():
    text = "".join(str(part) for part in page("<p>甲</p><script>乙<b>丙</b></script><style>丁</style><p>戊<br>己</p>"))
    assert "甲" in text
    assert "戊" in text
    assert not any(sign in text for sign in "乙丙丁")


# ---------------------------------------------------------------- templates and tables of the user
REQUIRED = {
    "platforms": {"name", "debt", "year"}, "bonds": {"issuer", "name", "balance", "due"},
    "firms": {"name", "product", "year"}, "parks": {"name", "year"}, "projects": {"name", "investment"}, "assets": {"name", "value", "year"},
    "targets": {"name", "unit", "base", "base_year", "target", "target_year"}, "peers": {"name"},
}  # fmt: skip
"""What a row of the user's tables says nothing without."""


@pytest.mark.parametrize("kind", sorted(REQUIRED))
def test_a_row_needs_its_name_its_figure_and_their_year(kind):
    from bolang.intake.user_tables import KINDS

    assert {field.key for field in KINDS[kind].fields if field.required} == REQUIRED[kind]


@pytest.mark.parametrize(
    ("value", "unit", "indicator", "shown"),
    [(18_355_400.0, "万元", "gdp", 1835.54), (25.0, "亿元", "gdp", 25.0), (186_200.0, "人", "population_resident", 18.62), (5.0, "吨", "gdp", "5 吨"), (5.0, "？", "gdp", "5 ？")],
)  # fmt: skip
def test_what_is_known_stands_in_the_unit_that_bulletins_print(value, unit, indicator, shown):
    from types import SimpleNamespace

    from bolang.intake.template import _in_usual_unit
    from bolang.intake.vocabulary import vocabulary

    assert _in_usual_unit(SimpleNamespace(value=value, unit=unit), vocabulary()[indicator]) == shown
