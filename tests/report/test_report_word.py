import io
import re
import zipfile
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn
from sample_report import DAY, sample_document

from bolang.document.model import Column, Document, Row, Section, Table
from bolang.foundation.text import Text, same
from bolang.render import render
from bolang.render.widths import TITLE_PT, fitted, stays_whole, title_points


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(rendered()))


@cache
def rendered(lang="zh", style="analyst"):
    return render(sample_document(), "docx", lang, style)


def xml_of(lang="zh", style="analyst", part="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(rendered(lang, style))) as package:
        return package.read(part).decode()


def paragraphs(word, style):
    return [p for p in word.paragraphs if p.style.name == style]


def test_headings_are_real_heading_styles_with_native_numbering(word):
    assert [p.text for p in paragraphs(word, "Heading 1")] == ["历程", "免责声明", "注释"]
    numbering = word.styles["Heading 1"].element.pPr.numPr
    assert numbering.numId.val == 1
    assert [p._p.pPr.numPr.numId.val for p in paragraphs(word, "Heading 1")[1:]] == [0, 0]
    assert "chineseCountingThousand" in xml_of(part="word/numbering.xml")
    assert "chineseCountingThousand" not in xml_of(lang="en", part="word/numbering.xml")


@pytest.mark.parametrize("style", ["analyst", "official"])
def test_every_paragraph_style_names_an_east_asian_font_with_a_fallback(style):
    word = docx.Document(io.BytesIO(rendered("zh", style)))
    table = xml_of(style=style, part="word/fontTable.xml")
    with_alternative = set(re.findall(r'w:name="([^"]+)"><w:altName', table))
    for each in word.styles:
        if each.type == 1:
            font = each.element.rPr.rFonts.get(qn("w:eastAsia"))
            assert font in with_alternative, each.name


def test_contents_are_links_in_running_text_that_no_other_pagination_makes_wrong(word):
    [contents] = paragraphs(word, "Contents")
    links = contents._p.findall(qn("w:hyperlink"))
    texts = ["".join(t.text or "" for t in link.iter(qn("w:t"))) for link in links]
    assert texts == ["一、历程", "免责声明"]
    assert "PAGEREF" not in xml_of()
    assert "updateFields" not in xml_of(part="word/settings.xml")
    anchors = {link.get(qn("w:anchor")) for link in links}
    assert anchors <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml_of()))


def test_captions_number_themselves_and_references_point_at_them():
    code = xml_of()
    assert "SEQ 图 \\* ARABIC" in code
    assert "SEQ 表 \\* ARABIC" in code
    assert "REF _item_desk" in code
    assert 'w:name="_item_desk"' in code
    assert "SEQ Figure" in xml_of(lang="en")


def test_tables_repeat_their_header_rows(word):
    table = word.tables[-2]
    marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marked == [True, True, False, False, False]
    assert [cell.text for cell in table.rows[2].cells] == ["地区生产总值", "1,485.6", "3/90", "1/9"]
    assert table.rows[4].cells[1].text == "未公布"


def test_notes_are_a_numbered_list_and_every_mark_refers_to_its_paragraph(word):
    """In a list of their own the notes follow the text in every program; endnotes proper take a page of their own in some."""
    notes = [p for row in word.tables[-1].rows for cell in row.cells for p in cell.paragraphs]
    assert {p.style.name for p in notes} == {"Note Text"}
    assert notes[0].text.startswith("地区生产总值（2020）：浙江统计年鉴。")
    numbering = word.styles["Note Text"].element.pPr.numPr.numId.val
    assert 'w:numFmt w:val="decimal"/><w:lvlText w:val="%1"' in xml_of(part="word/numbering.xml")
    assert numbering == 3
    marks = re.findall(r" REF (_note_\d+) \\r \\h ", xml_of())
    places = [re.search(r'bookmarkStart w:id="\d+" w:name="(_note_\d+)"', note._p.xml).group(1) for note in notes]
    assert list(dict.fromkeys(marks)) == places == ["_note_1", "_note_2"]
    assert marks.count("_note_1") >= 3
    with zipfile.ZipFile(io.BytesIO(rendered())) as package:
        assert "word/endnotes.xml" not in package.namelist()


def test_no_chinese_line_begins_with_the_mark_of_a_note():
    found = re.search(r'noLineBreaksBefore w:lang="zh-CN" w:val="([^"]+)"', xml_of(part="word/settings.xml"))
    assert set("[。，）") <= set(found.group(1))
    assert "noLineBreaksBefore" not in xml_of(lang="en", part="word/settings.xml")


def test_pictures_carry_their_replacement_text():
    assert 'descr="两根柱"' in xml_of()


def test_the_official_layout_follows_the_standard():
    word = docx.Document(io.BytesIO(rendered("zh", "official")))
    section = word.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    body = word.styles["Body Text"]
    assert body.font.size.pt == 16
    assert body.paragraph_format.line_spacing.pt == 28
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    fonts = {
        name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Body Text", "Heading 1", "Heading 2", "Title")
    }
    assert fonts == {"Body Text": "仿宋", "Heading 1": "黑体", "Heading 2": "楷体", "Title": "方正小标宋简体"}
    assert "— " in "".join(run.text for run in section.footer.paragraphs[0].runs)


def test_marked_up_characters_survive():
    assert "再引一次 &lt;&amp;&gt;。" in xml_of()


# Order of children in the schema of WordprocessingML (ECMA-376); Word refuses some files that break it.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs overflowPunct "
    "spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar cols titlePg docGrid",
    "settings": "zoom proofState defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksBefore savePreviewPicture updateFields "
    "endnotePr compat rsids mathPr themeFontLang clrSchemeMapping doNotAutoCompressPictures shapeDefaults decimalSymbol "
    "listSeparator docId defaultImageDpi",
}


@pytest.mark.parametrize("style", ["analyst", "official"])
def test_elements_stand_in_the_order_of_the_schema(style):
    from lxml import etree

    for part in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
        root = etree.fromstring(xml_of(style=style, part=part).encode())
        for node in root.iter():
            known = ORDER.get(etree.QName(node).localname)
            if known is None:
                continue
            names = [etree.QName(child).localname for child in node]
            assert set(names) <= set(known.split()), (part, node.tag, names)
            assert names == sorted(names, key=known.split().index), (part, node.tag, names)


def test_the_rule_under_the_header_spans_merged_cells(word):
    cells = word.tables[-2].rows[1]._tr.tc_lst
    assert all(cell.tcPr.find(qn("w:tcBorders")) is not None for cell in cells)


def chart_document():
    from bolang.document.chart import Chart, ChartSeries
    from bolang.foundation.units import MONEY_WAN
    from bolang.pages.report.chart_figure import figure

    years = tuple(same(str(year)) for year in (2021, 2022, 2023))
    series = (
        ChartSeries(Text("收入", "Revenue"), (105000.0, None, 131000.0)),
        ChartSeries(Text("支出", "Expenditure"), (320000.0, 330000.0, 312000.0)),
    )
    chart = Chart("bar", years, series, MONEY_WAN, 1)
    made = figure("budget", Text("收支", "Budget"), chart, Text("决算", "accounts"), ())
    return Document(
        Text("报告", "Report"),
        Text("", ""),
        Text("", ""),
        Text("某", "X"),
        DAY,
        (),
        (Section("a", Text("财政", "Finance"), (made,)),),
    )


@pytest.mark.parametrize(("lang", "value"), [("zh", 10.5), ("en", 1.05)])
def test_a_chart_is_native_and_its_workbook_holds_the_values(lang, value):
    import openpyxl

    raw = render(chart_document(), "docx", lang)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        xml = package.read("word/charts/chart1.xml").decode()
        book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx")))
        document = package.read("word/document.xml").decode()
    assert f"<c:v>{value}</c:v>" in xml
    assert book["Sheet1"]["B2"].value == value
    assert book["Sheet1"]["B3"].value is None
    assert "10.5" in document if lang == "zh" else "1.05" in document
    assert "<pic:pic" not in document


def test_word_is_asked_for_its_current_layout_and_for_latin_that_breaks_at_words():
    settings = xml_of(part="word/settings.xml")
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    for lang in ("zh", "en"):
        assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in xml_of(lang=lang, part="word/styles.xml")


def test_columns_are_as_wide_as_what_may_not_break():
    table = next(iter(sample_document().tables()))
    for lang in ("zh", "en"):
        widths = fitted(table, lang)
        assert sum(widths) == pytest.approx(160.0)
        assert all(width > 5.0 for width in widths)


def test_a_table_of_few_tall_rows_may_break_and_one_of_few_short_rows_may_not():
    columns = (Column(Text("项", "Item"), "left"), Column(Text("说明", "Said"), "left"))
    short = Table(
        "a", Text("表", "T"), columns, tuple(Row((Text("甲", "a"), Text("乙", "b"))) for _ in range(7)), Text("源", "s")
    )
    long = Text("很长的说明" * 60, "a long saying " * 60)
    tall = Table("b", Text("表", "T"), columns, tuple(Row((long, long)) for _ in range(5)), Text("源", "s"))
    assert stays_whole(short, "zh")
    assert not stays_whole(tall, "zh")
    many = Table("c", Text("表", "T"), columns, short.rows * 2, Text("源", "s"))
    assert not stays_whole(many, "en")


def test_room_goes_to_the_column_whose_words_make_the_table_tall():
    """A cell of n lines at its least width needs the room; single words beside it do not."""
    columns = tuple(Column(Text(name, name), "left") for name in ("a", "b", "c"))
    said = Text("说" * 100, "a reason of many short words " * 6)
    table = Table(
        "t",
        Text("表", "T"),
        columns,
        tuple(Row((Text("甲", "x"), said, Text("乙", "y"))) for _ in range(4)),
        Text("源", "s"),
    )
    for lang in ("zh", "en"):
        first, second, third = fitted(table, lang)
        assert first + second + third == pytest.approx(160.0)
        assert second > 4 * max(first, third)


def test_a_word_breaks_after_its_hyphen_and_a_number_nowhere():
    columns = tuple(Column(Text(name, name), "left") for name in ("a", "b"))

    def widths(text):
        return fitted(
            Table(
                "t", Text("表", "T"), columns, (Row((Text(text, text), Text("b" * 100, "b" * 100))),), Text("源", "s")
            ),
            "en",
        )

    assert widths("market-procurement")[0] < widths("marketprocurement")[0]
    assert widths("2019-2023-2024-2025")[0] == pytest.approx(widths("2019x2023x2024x2025")[0])


def test_a_title_shrinks_where_a_sign_or_two_would_stand_alone():
    wide = 160.0 / (22 * 25.4 / 72)
    full, over, two = int(wide), int(wide) + 1, int(1.6 * wide)
    assert title_points("字" * full) == title_points("字" * two) == TITLE_PT[0]
    assert title_points("字" * over) < TITLE_PT[0]


def test_a_closing_remark_stays_with_the_text_before_it_and_the_last_text_with_the_notes():
    from bolang.document.model import Paragraph, Sentence
    from bolang.render.flat import ties

    def part(*roles):
        return Section(
            "s", Text("章", "C"), tuple(Paragraph((Sentence(Text("句", "s")),), role=role) for role in roles)
        )

    assert ties(part("body", "body", "small")) == [False, True, False]
    assert ties(part("small", "body")) == [True, False]
    assert ties(part("body", "small", "bullet")) == [False, True, False]
    assert ties(part("body", "body"), noted=True) == [False, True]


def test_a_box_is_one_cell_that_no_page_break_tears(word):
    table = next(table for table in word.tables if table.cell(0, 0).paragraphs[0].style.name == "Box Heading")
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert [p.style.name for p in table.cell(0, 0).paragraphs[1:]] == ["Box Text"] * (
        len(table.cell(0, 0).paragraphs) - 1
    )
    assert len(table.cell(0, 0).paragraphs) > 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_column_of_empty_cells_has_a_width_and_leaves_the_rest(lang):
    rows = tuple(
        Row((Text("公路 " + "甲" * 60, "road " + "word " * 60), same(""), same("3")), key=str(n)) for n in range(3)
    )
    columns = (Column(Text("方式", "Means"), "left"), Column(same("")), Column(Text("小时", "Hours")))
    first, empty, hours = fitted(Table("t", same("t"), columns, rows, same("")), lang)
    assert first + empty + hours == pytest.approx(160.0)
    assert 0.0 < empty < first
