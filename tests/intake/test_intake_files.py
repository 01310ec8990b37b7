"""Files: every format and encoding gives the same figures; every broken or hostile one a clear error."""

import io
import struct
import time
import zipfile

import docx
import openpyxl
import pypdf
import pytest

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.intake import read
from bolang.intake.blocks import FilledTable
from bolang.intake.files import bounds, load

ATLAS = Atlas(workspace=False)
TEXT = """义乌市2022年国民经济和社会发展统计公报
一、综合
初步核算，全年地区生产总值1835.54亿元，按可比价格计算，比上年增长4.6%。其中，第一产业增加值27.98亿元，第二产业增加值553.06亿元，第三产业增加值1254.50亿元。
全年社会消费品零售总额1022.3亿元，增长2.1%。
"""
EXPECTED = {
    "gdp": 18355400, "gdp_growth": 4.6, "gdp_primary": 279800, "gdp_secondary": 5530600, "gdp_tertiary": 12545000,
    "retail_sales": 10223000, "retail_sales_growth": 2.1,
}  # fmt: skip


def figures(path, **options):
    found = read(path, atlas=ATLAS, **options)
    assert found.county.code == "330782"
    return {reading.indicator: reading.value for reading in found.readings}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "公报.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert figures(path) == EXPECTED


def test_text_wrapped_at_a_width(tmp_path):
    body = "".join(TEXT.splitlines()[2:] * 3)
    wrapped = "\n".join([*TEXT.splitlines()[:2], *(body[i : i + 30] for i in range(0, len(body), 30))])
    path = tmp_path / "公报.txt"
    path.write_text(wrapped, encoding="utf-8")
    assert figures(path) == EXPECTED


def test_a_web_page_with_scripts_footnotes_and_a_table(tmp_path):
    page = f"""<html><head><meta charset="gb2312"><title>x</title><script>var a="地区生产总值9亿元"</script></head><body><nav>首页</nav>
    <h1>{TEXT.splitlines()[0]}</h1><p>一、综合</p><p>初步核算，全年地区生产总值<sup>[1]</sup>1835.54亿元，按可比价格计算，比上年增长<span>4.6</span>%。</p>
    <table><tr><td colspan="3">表1 三次产业 单位：亿元</td></tr><tr><th>指标</th><th>增加值</th><th>增长%</th></tr>
    <tr><td>第一产业</td><td>27.98</td><td></td></tr><tr><td>第二产业</td><td>553.06</td><td></td></tr>
    <tr><td>第三产业</td><td>1254.50</td><td></td></tr><tr><td>社会消费品零售总额</td><td>1022.3</td><td>2.1</td></tr></table></body></html>"""
    path = tmp_path / "公报.html"
    path.write_bytes(page.encode("gb18030"))
    assert figures(path) == EXPECTED


def test_a_word_document_with_a_footnote_mark_and_a_table(tmp_path):
    document = docx.Document()
    document.add_heading(TEXT.splitlines()[0])
    paragraph = document.add_paragraph("初步核算，全年地区生产总值")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run("1835.54亿元，按可比价格计算，比上年增长4.6%。")
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ["指标（亿元）", "绝对数（亿元）", "增长%"], strict=True):
        cell.text = text
    for row in (
        ["第一产业", "27.98", ""],
        ["第二产业", "553.06", ""],
        ["第三产业", "1254.50", ""],
        ["社会消费品零售总额", "1022.3", "2.1"],
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = tmp_path / "公报.docx"
    document.save(path)
    assert figures(path) == EXPECTED


def test_a_pdf_with_text(tmp_path):
    typst = pytest.importorskip("typst")
    source = tmp_path / "a.typ"
    source.write_text(
        '#set page(width: 120mm)\n#set text(font: "Noto Serif CJK SC", size: 11pt)\n' + TEXT.replace("\n", "\n\n"),
        encoding="utf-8",
    )
    from pylopdf_fonts_zh_cn import __file__ as fonts

    path = tmp_path / "公报.pdf"
    folder = str(bounds.Path(fonts).parent)
    typst.compile(str(source), output=str(path), font_paths=[folder])
    found = read(path, atlas=ATLAS)
    values = {reading.indicator: reading.value for reading in found.readings}
    assert values == EXPECTED


def test_a_workbook_with_merged_cells_percent_and_date_formats(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["义乌市2022年主要指标（单位：亿元）", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["指标", "2022年", "增速"])
    for row in (
        ["地区生产总值", 1835.54, 0.046],
        ["第一产业", 27.98, None],
        ["第二产业", 553.06, None],
        ["第三产业", 1254.50, None],
        ["社会消费品零售总额", 1022.3, 0.021],
    ):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=3, min_col=3, max_col=3):
        row[0].number_format = "0.0%"
    book.create_sheet("隐藏").sheet_state = "hidden"
    path = tmp_path / "表.xlsx"
    book.save(path)
    assert figures(path) == EXPECTED
    assert any(note.key == "hidden" for note in read(path, atlas=ATLAS).notes)


def test_dates_of_a_workbook(tmp_path):
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["指标名称", "义乌:GDP"])
    book.active.append(["单位", "亿元"])
    book.active.append([datetime.date(2022, 12, 31), 1835.54])
    path = tmp_path / "终端.xlsx"
    book.save(path)
    found = read(path, "义乌市", 2022, ATLAS)
    assert [(r.indicator, r.year, r.value, r.place.where) for r in found.readings] == [
        ("gdp", 2022, 18355400, "Sheet B3")
    ]


@pytest.mark.parametrize(("mark", "encoding"), [(",", "gbk"), ("\t", "utf-8"), (";", "utf-8-sig")])
def test_csv_with_every_separator(tmp_path, mark, encoding):
    rows = [
        ["指标", "单位", "2022年"],
        ["地区生产总值", "亿元", '"1,835.54"'],
        ["社会消费品零售总额", "亿元", "1022.3"],
    ]
    path = tmp_path / "义乌市.csv"
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    found = read(path, "义乌市", 2022, ATLAS)
    assert {r.indicator: r.value for r in found.readings} == {"gdp": 18355400, "retail_sales": 10223000}


# ---------------------------------------------------------------- broken and hostile files
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def workbook(sheet, extra=()):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            for piece in sheet:
                stream.write(piece)
        for name, content in extra:
            archive.writestr(name, content)
    return buffer.getvalue()


def rows(count):
    yield HEAD
    for row in range(1, count + 1):
        yield b'<row r="%d"><c><v>1</v></c><c><v>2</v></c></row>' % row
    yield TAIL


def good():
    return workbook(rows(3))


def flipped(data):
    return data[:60] + bytes(b ^ 0x5A for b in data[60:120]) + data[120:]


def open_document(kind, content):
    """Return an OpenDocument file with this content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


HOSTILE = {
    "empty": (lambda: b"", "空文件"),
    "truncated.xlsx": (lambda: good()[: len(good()) // 2], "不是完整的"),
    "flipped.xlsx": (lambda: flipped(good()), "不是完整的"),
    "macro.xlsm": (lambda: workbook(rows(2), [("xl/vbaProject.bin", "x")]), "宏"),
    "entities.xlsx": (lambda: workbook([b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', HEAD[21:], TAIL]), "实体"),
    "bomb.xlsx": (lambda: workbook([HEAD, *[b" " * (1 << 20)] * 260, TAIL]), "解压后"),
    "long.xlsx": (lambda: workbook(rows(60_500)), "超过上限"),
    "sparse.xlsx": (lambda: workbook([HEAD, b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', TAIL]), "超过上限"),
    "old.xls": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "旧版"),
    "other.zip": (lambda: other_archive()[:], "压缩包"),
    "noise.bin": (lambda: bytes(range(256)) * 20, "格式"),
    "encoding.txt": (lambda: "地区生产总值".encode() + b"\xff\xfe\xfa" * 7, "编码"),
    "truncated.pdf": (lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog", "不是完整的"),
    "truncated.docx": (lambda: word()[: 2 * len(word()) // 3], "不是完整的"),
    "page.mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n=E4=B9=89", "MHT"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"), "旧版"),
    "broken.xls": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600), "不是完整的"),
    "empty.rtf": (lambda: rb"{\rtf1\ansi\ansicpg936 }", "没有可读"),
    "truncated.ods": (lambda: open_document("spreadsheet", "<a>"), "不是完整的"),
    "scan.pdf": (lambda: written(blank_pdf()), "扫描件"),
    "password.pdf": (lambda: written(blank_pdf("secret")), "已加密"),
    "lying.xlsx": (lambda: lying(workbook([HEAD, *[b" " * (1 << 20)] * 40, TAIL]), 40 * (1 << 20)), "不是完整的"),
    "nothing.txt": (lambda: b"\n \n", "没有可读"),
}  # fmt: skip


def blank_pdf(password=""):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return writer


def written(writer):
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def lying(data, size):
    """Return an archive that states a small size for a part that unpacks to `size` and a little more."""
    stated = struct.pack("<I", size + len(HEAD) + len(TAIL))
    assert stated in data
    return data.replace(stated, struct.pack("<I", 1000))


def other_archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "b")
    return buffer.getvalue()


def word():
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_is_refused_with_a_reason(tmp_path, name):
    content, reason = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(BadInputError, match=reason):
        load(path)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as handle:
        handle.truncate((bounds.bound("file_megabytes") + 1) * bounds.MEGABYTE)
    with pytest.raises(BadInputError, match="超过上限"):
        load(path)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(BadInputError, match="找不到"):
        load(tmp_path / "没有.txt")
    with pytest.raises(BadInputError, match="不是文件"):
        load(tmp_path)


def test_formulas_without_a_stored_result_are_reported_and_not_guessed(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["指标", "2022年（亿元）"])
    book.active.append(["地区生产总值", "=1+1"])
    path = tmp_path / "公式.xlsx"
    book.save(path)
    found = read(path, "义乌市", 2022, ATLAS)
    assert found.readings == ()
    assert any(note.key == "formulas" for note in found.notes)


def test_rows_that_are_only_formatted_do_not_count(tmp_path):
    pieces = [HEAD, b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe6\x8c\x87\xe6\xa0\x87</t></is></c></row>']
    pieces += [b'<row r="%d"><c r="A%d" s="1"/></row>' % (i, i) for i in (70_000, 1_000_000)]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([*pieces, TAIL]))
    (grid,) = load(path).blocks
    assert isinstance(grid, FilledTable)
    assert grid.rows == (("指标",),)


def test_a_line_of_numbers_without_end_takes_no_quadratic_time(tmp_path):
    path = tmp_path / "数字.txt"
    path.write_text("义乌市2024年统计公报\n" + "1,234," * 10_000 + "。" + "3:" * 10_000, encoding="utf-8")
    started = time.monotonic()
    found = read(path, "义乌市", 2024, ATLAS)
    assert found.readings == ()
    assert time.monotonic() - started < 30


def test_a_file_of_a_terminal_keeps_its_first_indicator_and_takes_no_time_stamp_for_a_title(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["区域经济"], ["导出时间：2025-03-02"], ["指标名称", "单位", "2024-12-31", "2023-12-31"],
        ["GDP", "亿元", 2503.5, 2055.6], ["其中：专项债务余额", "亿元", 290.2, "--"], ["数据来源：终端"],
    ):  # fmt: skip
        book.active.append(row)
    path = tmp_path / "义乌市.xlsx"
    book.save(path)
    found = read(path, None, 2024, ATLAS)
    assert {(r.indicator, r.year): r.value for r in found.readings} == {
        ("gdp", 2024): 25035000,
        ("gdp", 2023): 20556000,
        ("debt_balance_special", 2024): 2902000,
    }
    assert found.title == "义乌市"
