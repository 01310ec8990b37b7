"""Office and other files made by hand: what OpenDocument, Word, pdf, csv and old workbooks hold comes out cell by cell."""

import datetime
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from test_intake_files import open_document

from bolang.foundation.errors import BadInputError
from bolang.intake.blocks import FilledTable, Passage
from bolang.intake.files import docx as word_module
from bolang.intake.files import odf as odf_module
from bolang.intake.files import text as text_module
from bolang.intake.files.assemble import assemble
from bolang.intake.files.bounds import bound
from bolang.intake.files.docx import read_docx
from bolang.intake.files.html import read_html
from bolang.intake.files.odf import read_ods, read_odt
from bolang.intake.files.pdf import _lines
from bolang.intake.files.sheets import grids_of_rows, title_of_grids
from bolang.intake.files.text import decode, looks_binary, looks_like_html, read_csv
from bolang.intake.files.xlsx import _DATE_FORMATS, _format

xlwt = pytest.importorskip("xlwt")
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def opened(kind, body, styles=""):
    content = f"<office:document-content {SPACES}>{styles}<office:body>{body}</office:body></office:document-content>"
    return zipfile.ZipFile(io.BytesIO(open_document(kind, content)))


def sheet(rows, styles="", name="表", style=""):
    body = f'<office:spreadsheet><table:table table:name="{name}" table:style-name="{style}">{rows}</table:table></office:spreadsheet>'
    return read_ods(opened("spreadsheet", body, styles), "f.ods", "f")


def grid(rows):
    (table,) = sheet(rows).blocks
    return [list(row) for row in table.rows]


def row(*cells, repeated=None):
    count = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    return f"<table:table-row{count}>{''.join(cells)}</table:table-row>"


def cell(inside="", kind="", **attributes):
    names = {"value": "office:value", "date": "office:date-value", "rows": "table:number-rows-spanned", "columns": "table:number-columns-spanned", "again": "table:number-columns-repeated"}  # fmt: skip
    given = "".join(f' {names[key]}="{value}"' for key, value in attributes.items())
    typed = f' office:value-type="{kind}"' if kind else ""
    words = f"<text:p>{inside}</text:p>" if inside and not inside.startswith("<text:p>") else inside
    return f"<table:table-cell{typed}{given}>{words}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


# ---------------------------------------------------------------- OpenDocument sheets
def test_every_kind_of_cell_shows_what_the_sheet_shows():
    cells = (
        cell("1,234,567.5", "float", value="1234567.5"), cell("￥3", "currency", value="3.25"), cell("4.1%", "percentage", value="0.041"),
        cell("31.12.22", "date", date="2022-12-31T08:00:00"), cell("甲", "string"), cell("<text:p>乙</text:p><text:p>丙</text:p>"), cell("0.1", "float", value="0.1"),
        cell("12345678901234", "float", value="12345678901234"),
    )  # fmt: skip
    assert grid(row(*cells)) == [["1234567.5", "3.25", "4.1%", "2022-12-31", "甲", "乙\n丙", "0.1", "12345678901234"]]
    assert grid(row(cell("7", "boolean"), cell("x", "percentage"), cell("y", "float"))) == [["7", "x", "y"]]


def test_spaces_tabs_and_breaks_are_written_out_and_notes_left_out():
    inside = (
        '甲<text:s text:c="3"/>乙<text:tab/>丙<text:line-break/>丁<text:note><text:p>注</text:p></text:note>戊<text:span>己<text:s/></text:span>庚'
        "<office:annotation><text:p>批</text:p></office:annotation>辛"
    )
    assert grid(row(cell(inside))) == [["甲   乙\t丙\n丁戊己 庚辛"]]
    assert grid(row(cell('甲<text:s text:c="100000"/>乙'))) == [["甲" + " " * 100 + "乙"]]
    assert grid(row(cell('甲<text:s text:c="x"/>乙'))) == [["甲 乙"]]


def test_what_a_count_repeats_is_repeated_unless_it_is_blank_to_the_edge():
    rows = row(cell("甲", again=3), cell(again=2), cell("5", "float", value="5", again=2), cell(again=16000))
    assert grid(rows) == [["甲", "甲", "甲", "", "", "5", "5"]]
    rows = row(cell("甲"), repeated=3) + row(cell(), repeated=7) + row(cell("乙")) + row(cell(), repeated=1_000_000)
    assert grid(rows) == [["甲"], ["甲"], ["甲"], [], ["乙"]]  # blank rows count once
    limit = bound("columns")
    (found,) = grid(row(cell("甲", again=limit + 5)))
    assert len(found) == limit
    assert grid(row(cell(again=limit - 1), cell("末"), cell("外")))[0][-1] == "末"


def test_merged_words_fill_their_cells_and_a_figure_down_several_rows_is_nobodys():
    rows = row(cell("甲", rows=2, columns=2), COVERED, cell("5", "float", value="5", rows=2)) + row(COVERED, COVERED, COVERED)  # fmt: skip
    assert grid(rows + row(cell("末"), cell("x"), cell("7", "float", value="7"))) == [["甲", "甲"], ["甲", "甲"], ["末", "x", "7"]]  # fmt: skip
    across = row(cell("乙"), cell("5", "float", value="5", columns=2), COVERED) + row(cell("丙"), cell("1"), cell("2"))
    assert grid(across) == [["乙", "5", "5"], ["丙", "1", "2"]]
    below = row(cell("头", rows=3)) + row(COVERED, cell("1")) + row(COVERED, cell("2"))
    assert grid(below) == [["头"], ["头", "1"], ["头", "2"]]


def test_a_hidden_sheet_is_told_and_not_read():
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style><style:style style:name="v"><style:table-properties table:display="true"/></style:style>'
    hidden, seen = (sheet(row(cell("甲")), styles, "藏", style) for style in ("h", "v"))
    assert [(note.key, note.values["sheet"]) for note in hidden.notes] == [("hidden", "藏")]
    assert (hidden.blocks, len(seen.blocks), seen.notes) == ([], 1, [])
    tables = "".join(f'<table:table table:name="{name}" table:style-name="{style}">{row(cell(name))}</table:table>' for name, style in (("一", "h"), ("二", "v"), ("三", "h"), ("四", "")))  # fmt: skip
    both = read_ods(opened("spreadsheet", f"<office:spreadsheet>{tables}</office:spreadsheet>", styles), "f.ods", "f")
    assert [block.name for block in both.blocks] == ["二", "四"]
    assert [note.values["sheet"] for note in both.notes] == ["一", "三"]
    assert grid(row("<text:soft-page-break/>", cell("甲"), "<text:soft-page-break/>", cell("乙"))) == [["甲", "乙"]]


@pytest.mark.parametrize(("name", "most"), [("rows", 3), ("cells", 6)])
def test_a_sheet_beyond_its_bounds_is_refused_and_one_at_them_is_not(monkeypatch, name, most):
    real, rows = odf_module.bound, row(cell("1"), cell("2")) * 3
    monkeypatch.setattr(odf_module, "bound", lambda asked: most if asked == name else real(asked))
    assert len(grid(rows)) == 3
    monkeypatch.setattr(odf_module, "bound", lambda asked: most - 1 if asked == name else real(asked))
    with pytest.raises(BadInputError):
        grid(rows)


def test_an_open_text_is_its_paragraphs_headings_lists_and_tables_in_order(monkeypatch):
    table = f"<table:table>{row(cell('甲'), cell('1'))}{row(cell('乙'), cell('2'))}</table:table>"
    body = (
        "<office:text><text:h>义乌市2023年统计公报</text:h><text:tracked-changes><text:p>删</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>目</text:p></text:table-of-content>"
        f"<text:section><text:p>全年收入5亿元。<text:line-break/>支出6亿元。</text:p></text:section><text:p>表1</text:p>{table}<text:p>末句。</text:p></office:text>"
    )
    found = read_odt(opened("text", body), "f.odt", "f")
    assert found.title == "义乌市2023年统计公报"
    texts = [block.text for block in found.blocks if not isinstance(block, FilledTable)]
    assert texts[1:] == ["全年收入5亿元。", "支出6亿元。", "表1", "末句。"]
    (grid_,) = [block for block in found.blocks if isinstance(block, FilledTable)]
    assert (grid_.rows, grid_.caption.splitlines()[-1]) == ((("甲", "1"), ("乙", "2")), "表1")
    length = len("义乌市2023年统计公报全年收入5亿元。支出6亿元。表1末句。")
    for most, fits in ((length, True), (length - 1, False)):
        monkeypatch.setattr(odf_module, "bound", lambda name, most=most: most if name == "characters" else bound(name))
        if fits:
            assert read_odt(opened("text", body), "f.odt", "f").blocks
        else:
            with pytest.raises(BadInputError, match="文档过长"):
                read_odt(opened("text", body), "f.odt", "f")
    assert read_odt(opened("text", ""), "f.odt", "f").blocks == []


# ---------------------------------------------------------------- Word
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*elements):
    document = docx.Document()
    body = document.element.body
    for element in reversed(elements):
        body.insert(0, parse_xml(element))
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "f.docx", "f")


def paragraph(*runs):
    return f"<w:p {W}>{''.join(runs)}</w:p>"


def run(inside, raised=""):
    mark = f'<w:rPr><w:vertAlign w:val="{raised}"/></w:rPr>' if raised else ""
    return f"<w:r>{mark}{inside}</w:r>"


def words(text):
    return run(f"<w:t>{text}</w:t>")


def test_runs_tabs_and_breaks_of_word_and_no_footnote_marks():
    found = word(
        paragraph(words("全年收入"), run("<w:t>12</w:t>", "superscript"), words("5亿元，面积3平方"), run("<w:t>米</w:t>", "superscript"), words("。")),
        paragraph(words("水H"), run("<w:t>2</w:t>", "subscript"), words("O，"), run("<w:t>[3]</w:t>", "superscript"), run("<w:t>123</w:t>", "superscript"), words("。")),
        paragraph(words("甲"), run("<w:br/>"), words("乙"), run("<w:cr/>"), words("丙"), run("<w:instrText>PAGE</w:instrText>")),
        f'<w:sdt {W}><w:sdtContent>{paragraph(words("丁。"))}</w:sdtContent></w:sdt>', f"<w:sdt {W}/>",
    )  # fmt: skip
    assert [block.text for block in found.blocks] == ["全年收入5亿元，面积3平方米。", "水H2O，123。", "甲", "乙", "丙", "丁。"]  # fmt: skip
    assert [block.line for block in found.blocks] == [1, 2, 3, 4, 5, 6]


def test_merged_cells_of_word_fill_their_cells():
    def td(text, span="", merge=None):
        props = (f'<w:gridSpan w:val="{span}"/>' if span else "") + ("" if merge is None else f"<w:vMerge{merge}/>")
        return f"<w:tc><w:tcPr>{props}</w:tcPr>{''.join(paragraph(words(part)) for part in text.split('/'))}</w:tc>"

    def tr(*cells):
        return f"<w:tr>{''.join(cells)}</w:tr>"

    rows = (
        tr(td("头", "2"), td("竖", merge=' w:val="restart"'))
        + tr(td("a"), td("1/2"), td("", merge=""))
        + tr(td("b"), td("3"), td("新", merge=' w:val="restart"'))
        + tr(td("c"))
    )
    (found,) = word(f"<w:tbl {W}>{rows}</w:tbl>").blocks
    assert found.rows == (("头", "头", "竖"), ("a", "12", "竖"), ("b", "3", "新"), ("c", "", ""))
    (wide,) = word(f"<w:tbl {W}>{tr(td('x', '100000'))}</w:tbl>").blocks
    assert len(wide.rows[0]) == 100


def test_a_word_text_at_its_bound_is_read_and_beyond_it_is_not(monkeypatch):
    for most, fits in ((8, True), (7, False)):
        monkeypatch.setattr(word_module, "bound", lambda name, most=most: most)
        elements = [paragraph(words("甲乙丙丁")), paragraph(words("戊己庚辛"))]
        if fits:
            assert len(word(*elements).blocks) == 2
        else:
            with pytest.raises(BadInputError):
                word(*elements)


# ---------------------------------------------------------------- pages of a pdf
def test_running_heads_and_page_numbers_are_no_text():
    pages = [
        "义乌公报\n第一页的话\n- 1 -",
        "义乌公报\n第二页的话\n中间 12\n第 2 页 共 3 页",
        "义乌公报\n第三页的话\n3/3",
    ]
    assert _lines(pages) == ["第一页的话", "第二页的话", "中间 12", "第三页的话"]
    # at the head of three of five pages: running; of two of five, or in two pages only, it is a line
    five = [f"头\n话{i}" if i < 3 else f"话{i}\n别{i}" for i in range(5)]
    assert "头" not in _lines(five)
    assert _lines([f"头\n话{i}" if i < 2 else f"话{i}\n别{i}" for i in range(5)]).count("头") == 2
    assert _lines(["头\n话1", "头\n话2"]) == ["头", "话1", "头", "话2"]
    # a figure that stands alone is none: no page has a number of four digits
    assert _lines(["2023", "1234年", " 7 ", "第12页", "83660", "2/共10页"]) == ["2023", "1234年", "83660"]
    # a last line that returns is as much a running head; one in the middle is not
    assert _lines([f"话{i}\n中\n末{i}a\n脚" for i in range(3)]) == [x for i in range(3) for x in (f"话{i}", "中", f"末{i}a")]  # fmt: skip


# ---------------------------------------------------------------- plain text
@pytest.mark.parametrize(
    ("text", "mark"),
    [("a,b\nc,d", ","), ("a;b\nc;d", ";"), ("a\tb\nc\td", "\t"), ("a|b\nc|d", "|"), ("a，b\nc，d", "，"), ("a,b,c;d\ne;f\ng;h", ";"), ("a,b,c,d;e\nf,g,h;i", ","),
     ("甲\n乙", ","), ("\n\na;b\n", ";"), ("x,y,z\n" * 2 + "p;q\n" * 3, ";"), ("p;q\n" * 50 + "x,y\n" * 90, ";")],
)  # fmt: skip
def test_the_separator_is_the_one_on_most_lines_then_the_commonest(text, mark):
    assert text_module._separator(text) == mark


def test_a_text_is_decoded_by_its_mark_its_declaration_or_what_fits():
    text = "义乌市地区生产总值"
    assert all(decode(text.encode(code), "f") == text for code in ("utf-8", "utf-8-sig", "utf-16", "gb18030"))
    assert decode(b"\xfe\xff" + text.encode("utf-16-be"), "f") == text
    traditional = '<meta charset="big5">義烏市地區生產總值'
    assert decode(traditional.encode("big5"), "f") == traditional
    with pytest.raises(BadInputError, match="编码"):
        decode(b"\xef\xbb\xbf\xff\xff", "f")


def test_a_few_control_bytes_make_no_binary_and_many_do():
    assert not looks_binary(b"a" * 98 + b"\x01\x02")  # two per cent
    assert looks_binary(b"a" * 97 + b"\x01\x02\x03")
    assert looks_binary(b"a" * 999 + b"\x00")
    assert not looks_binary(b"a\t\n\r" * 30)
    assert looks_binary(b"a" * 90 + b"\x08" * 10)
    assert looks_binary(b"a" * 90 + b"\x0e" * 10)
    assert not looks_binary("\ufeff甲".encode("utf-16-le"))
    assert not looks_binary(b"a" * 8192 + b"\x00")
    assert looks_binary(b"a" * 8191 + b"\x00")
    late = "<x>" + " " * 2100 + 'charset="big5" 義烏市'
    assert decode(late.encode("big5"), "f") != late  # a declaration stands at the beginning
    assert looks_like_html(" " * 4091 + "<html>")
    assert not looks_like_html(" " * 4092 + "<html>")
    assert [looks_like_html(text) for text in ("<html>", "a<p>b", "<P class=x>", "a < b", "<pre>", " " * 4096 + "<html>")] == [True, True, True, False, False, False]  # fmt: skip


def test_a_csv_beyond_its_bounds_is_refused_and_one_at_them_is_not(monkeypatch):
    real = text_module.bound
    for name, most in (("rows", 3), ("characters", 11)):
        monkeypatch.setattr(text_module, "bound", lambda asked, n=name, m=most: m if asked == n else real(asked))
        assert read_csv("a,1\nb,2\nc,3", "f").blocks
        monkeypatch.setattr(text_module, "bound", lambda asked, n=name, m=most: m - 1 if asked == n else real(asked))
        with pytest.raises(BadInputError):
            read_csv("a,1\nb,2\nc,3", "f")


@pytest.mark.parametrize("above", range(5))
def test_the_title_of_a_csv_stands_alone_in_one_of_its_first_four_rows(above):
    text = "x,y\n" * above + "义乌市2023年统计公报,\n指标,数\n甲,5\n"
    assert read_csv(text, "f").title == ("义乌市2023年统计公报" if above < 4 else "f")
    assert read_csv("义乌市2023年统计公报,注\n甲,5\n", "f").title == "f"


def test_the_title_of_a_workbook_is_a_short_cell_of_its_first_three_rows():
    def title(*rows):
        return title_of_grids(grids_of_rows([*rows, ("甲", "5")], "s"), "f")

    named = "义乌市2023年" + "长" * 52
    assert len(named) == 60
    assert (title((named, "")), title((named + "长", ""))) == (named, "f")
    assert [title(*[("x", "y")] * above, ("义乌市2023年统计", "")) for above in (2, 3)] == ["义乌市2023年统计", "f"]
    assert title(("a2023年", "义乌市2023年")) == "义乌市2023年"


# ---------------------------------------------------------------- formats of a workbook
@pytest.mark.parametrize(
    ("code", "kind"),
    [("0.0%", "percent"), ('0.0"%"', "plain"), ("0.0\\%", "plain"), ("yyyy", "date"), ("yy-m-d", "date"), ("m/d", "date"), ("mm-", "date"), ("d", "date"), ("dd", "date"),
     ("[Red]0.0", "plain"), ("[$-804]yyyy", "date"), ("#,##0.00", "plain"), ("mm", "plain"), ("y", "plain"), ('0"days"', "plain"), ("General", "plain")],
)  # fmt: skip
def test_a_format_of_ones_own_is_read_without_what_it_quotes(code, kind):
    assert _format(170, {170: code}) == kind


def test_the_built_in_formats_of_dates_and_percentages():
    """By the standard: 14 to 22 and 45 to 47; in Chinese also 27 to 31, 36, 50 to 54, 57 and 58."""
    dates = {*range(14, 23), *range(45, 48), *range(27, 32), 36, *range(50, 55), 57, 58}
    assert dates == _DATE_FORMATS
    assert {k for k in range(80) if _format(k, {}) == "date"} == dates
    assert {k for k in range(80) if _format(k, {}) == "percent"} == {9, 10}


def test_an_old_workbook_shows_dates_and_fills_what_is_merged_across(tmp_path):
    from bolang.intake.files.load import load

    book = xlwt.Workbook()
    page = book.add_sheet("s")
    page.write(0, 0, datetime.date(2022, 12, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    page.write(0, 1, True)
    page.write(0, 2, 12345.678)
    page.write_merge(1, 1, 0, 2, "横")
    page.write_merge(2, 3, 0, 1, "块")
    page.write(2, 2, 0.25, xlwt.easyxf(num_format_str="0%"))
    page.write(3, 2, " 空 ")
    book.save(tmp_path / "f.xls")
    (found,) = load(tmp_path / "f.xls").blocks
    assert [list(line) for line in found.rows] == [["2022-12-31", "", "12345.678"], ["横"] * 3, ["块", "块", "25%"], ["块", "块", "空"]]  # fmt: skip


# ---------------------------------------------------------------- lines and tables in order
def table(*rows, name="", caption=""):
    return FilledTable(tuple(rows), name, 0, caption)


def test_lines_are_numbered_through_the_document_and_tables_take_the_lines_above_them():
    """Two lines, a table of two rows, one line, two tables of one row: lines 1, 2, 3 (and 4), 5, 6, 7."""
    items = [
        "甲。",
        "表题",
        table(("a", "1"), ("b", "2")),
        "乙。",
        table(("c",)),
        table(("d",), name="名", caption="题"),
    ]
    found = assemble(items)
    assert [(type(block), block.line) for block in found] == [(Passage, 1), (Passage, 2), (FilledTable, 3), (Passage, 5), (FilledTable, 6), (FilledTable, 7)]  # fmt: skip
    tables = [block for block in found if isinstance(block, FilledTable)]
    assert [(block.name, block.caption) for block in tables] == [("表1", "甲。\n表题"), ("表2", "乙。"), ("名", "题")]
    lines = [f"第{i}行" for i in range(5)]
    assert assemble([*lines, table(("a",))])[-1].caption == "第2行\n第3行\n第4行"
    for length, kept in ((80, True), (81, False)):
        assert (assemble(["长" * length, table(("a",))])[-1].caption != "") is kept
    assert assemble([]) == []


# ---------------------------------------------------------------- web pages
def blocks(body):
    return read_html(f"<html><head><title>题</title></head><body>{body}</body></html>", "f").blocks


def test_a_table_that_only_lays_out_a_page_is_its_lines():
    layout = f"<table><tr><td>短</td><td>{'长' * 201}</td></tr></table>"
    assert [block.text for block in blocks(layout)] == ["短", "长" * 201]
    (kept,) = blocks(layout.replace("长" * 201, "长" * 200))
    assert isinstance(kept, FilledTable)
    one = blocks("<table><tr><td>甲。</td></tr><tr><td>乙。<br>丙。</td></tr></table>")
    assert [block.text for block in one] == ["甲。", "乙。", "丙。"]
    outer = blocks("<table><tr><td>左。</td><td><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>")
    assert [type(block) for block in outer] == [Passage, FilledTable]
    assert outer[1].rows == (("甲", "1"),)


def test_a_cell_of_words_loses_its_blanks_and_one_of_latin_keeps_them():
    (found,) = blocks("<table><tr><td>地区 生产\n总值</td><td>a  b</td></tr><tr><td> 5 </td><td></td></tr></table>")
    assert found.rows == (("地区生产总值", "a  b"), ("5", ""))


def test_what_breaks_a_line_breaks_it_and_what_is_left_open_ends_with_the_page():
    texts = [block.text for block in blocks("<div>甲。</div>乙。<hr>丙。<h2>丁</h2><li>戊。<span>己。</span></li>")]
    assert texts == ["甲。", "乙。", "丙。", "丁", "戊。己。"]
    (left,) = blocks("<table><tr><td>甲<td>1<tr><td>乙<td>2")
    assert left.rows == (("甲", "1"), ("乙", "2"))
    assert [block.text for block in blocks("<form>选<p>项</p></form><p>正文。</p>")] == ["正文。"]
    assert read_html("<title>义乌市2023年统计公报</title><p>收入5亿元。</p>", "f").title == "义乌市2023年统计公报"


@pytest.mark.parametrize(("value", "width"), [("2", 2), (" 3 ", 3), ("999", 100), ("1000", 1), ("0", 1), ("-2", 1), ("", 1)])  # fmt: skip
def test_a_span_is_a_small_number_or_none(value, width):
    rows = f'<table><tr><td>甲</td><td colspan="{value}">乙</td></tr><tr><td>丙</td><td>5</td></tr></table>'
    (found,) = blocks(rows)
    assert found.rows[0] == ("甲", *["乙"] * width)
