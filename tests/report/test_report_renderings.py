import io
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest
from sample_report import FACT, GDP, GUESS, sample_document

from bolang.figures.fonts import uncovered
from bolang.foundation import files
from bolang.foundation.errors import BadInputError, OutputError
from bolang.render import FORMATS, format_of, render
from bolang.render.flat import flatten


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_the_same_document_gives_the_same_bytes(form, lang):
    assert render(sample_document(), form, lang) == render(sample_document(), form, lang)


class Outline(HTMLParser):
    VOID = frozenset({"meta", "img", "br", "link"})

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.images, self.remote = [], set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in attributes:
            assert attributes["id"] not in self.ids
            self.ids.add(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.links.add(attributes["href"][1:])
        if tag == "img":
            self.images.append(attributes)
        self.remote += [v for k, v in attrs if k in ("src", "href") and v.startswith("http")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_html_is_one_sound_page_whose_links_lead_somewhere(lang):
    page = render(sample_document(), "html", lang).decode()
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.links <= outline.ids
    assert outline.remote == []
    assert all(i["alt"] and i["src"].startswith("data:image/") for i in outline.images)
    assert "&lt;&amp;&gt;" in page
    assert ("未公布" if lang == "zh" else "not published") in page


@pytest.mark.parametrize("style", ["analyst", "official"])
def test_pdf_embeds_its_fonts_and_keeps_its_text(style):
    reader = pypdf.PdfReader(io.BytesIO(render(sample_document(), "pdf", "zh", style)))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "义乌市县域经济报告" in text
    assert "浙江统计年鉴" in text
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert any(key.startswith("/FontFile") for key in descriptor)
    assert [reader.get_destination_page_number(o) for o in reader.outline if not isinstance(o, list)] != []
    assert reader.metadata.title == "义乌市县域经济报告"


def sheet_rows(book, name):
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def test_xlsx_traces_every_number_and_every_fact():
    book = openpyxl.load_workbook(io.BytesIO(render(sample_document(), "xlsx", "zh")))
    assert book.sheetnames == ["目录", "关键数", "表1", "图1", "全部数字", "事实"]
    facts = sheet_rows(book, "事实")[1:]
    assert [row[3] for row in facts] == [FACT.value, GUESS.value]
    assert [row[7] for row in facts] == ["公布", "估计"]
    assert all(row[4] and row[5] and row[8] for row in facts)
    numbers = sheet_rows(book, "全部数字")[1:]
    assert len(numbers) == 5
    for row in numbers:
        assert row[8]
    gdp = next(row for row in numbers if row[0] == "表1" and row[1] == "地区生产总值")
    assert gdp[3] == pytest.approx(GDP.value / 1e4, rel=1e-12)
    assert gdp[4:6] == ["亿元", 2020]
    assert gdp[9] == "统计年鉴 & <普查>"
    assert sheet_rows(book, "表1")[3][1] == pytest.approx(1485.6)
    assert sheet_rows(book, "表1")[5][1] == "未公布"


def test_english_xlsx_counts_in_billions():
    book = openpyxl.load_workbook(io.BytesIO(render(sample_document(), "xlsx", "en")))
    assert sheet_rows(book, "Table 1")[3][1] == pytest.approx(148.56)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_uncovered_characters_are_found():
    assert uncovered("义乌 −3.0 “兴商建市”①") == set()
    assert uncovered("\U0001f600") == {"\U0001f600"}
    content = flatten(sample_document(), "zh", lambda figure: {})
    assert uncovered("".join(strings(content))) == set()


@pytest.mark.parametrize(
    ("name", "form"), [("docx", "docx"), ("报告.PDF", "pdf"), ("a.b.xlsx", "xlsx"), ("x.html", "html")]
)
def test_the_format_follows_the_suffix(name, form):
    assert format_of(name) == form


def test_an_unknown_format_names_those_that_exist():
    with pytest.raises(BadInputError, match="docx"):
        format_of("report.doc")


def test_writing_replaces_a_file_in_one_step(tmp_path):
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    files.write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_an_unwritable_place_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(OutputError):
        files.write(tmp_path / "missing" / "a.docx", b"x")
    with pytest.raises(OutputError):
        files.write(tmp_path, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OutputError, match="No space"):
        files.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
