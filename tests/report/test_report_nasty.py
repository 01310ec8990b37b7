"""One nasty document through every renderer: foreign text is text, whatever it looks like, and no file is malformed."""

import io
import json
import zipfile
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser

import pytest
from lxml import etree
from sample_report import sample_document

from bolang.document.harmless import LONGEST, harmless
from bolang.foundation.text import Text
from bolang.render import FORMATS, render

NASTY = {
    "tags": "[/red][bold]x[/] {{ 7*7 }} {% raw %} <script>alert(1)</script> <b>& &amp; &#0; ]]> <!-- --> </w:t></w:p>",
    "typst": '#panic() $x$ *a* _b_ @c <label> \\ `raw` = h - l + 1. #let x = 1 // /* "q" ~ #eval("1")',
    "markdown": "| a | b |\n# h [x](javascript:alert(1)) ![i](file:///etc/passwd) ``` \\| ~~~ [^1] <http://x>",
    "sheet": "=cmd|'/C calc'!A1",
    "field": '{ INCLUDETEXT "/etc/passwd" } \\h REF x',
    "controls": "a\x00b\x0bc\x0cd\x1b[31me\x07f\x08g\x7fh\x85i\x9bj\r\nk\u2028l\ufffem\uffffn",
    "halves": "a\ud800b\udfffc",
    "turned": "a\u202eb\u2066c\u200fd",
    "odd": "𠮷🙂👨‍👩‍👧\u0301\u200b\u00ad\u3000é",
    "long": "长" * 30_000,
    "unbroken": "x" * 5_000,
    "empty": "",
}


def spoilt(thing, nasty):
    if isinstance(thing, Text):
        return Text(thing.zh + nasty, thing.en + nasty)
    if type(thing) is tuple:
        return tuple(spoilt(item, nasty) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: spoilt(getattr(thing, f.name), nasty) for f in fields(thing) if f.init})
    return thing


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.scripts, self.texts = 0, []

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        self.texts.append(data)


def scripts(made):
    reader = Reader()
    reader.feed(made.decode("utf-8"))
    return reader.scripts


def check_docx(made, document):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def check_xlsx(made, document):
    import openpyxl

    check_docx(made, document)
    for sheet in openpyxl.load_workbook(io.BytesIO(made)):
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def check_html(made, document):
    assert scripts(made) == scripts(render(sample_document(), "html", "zh"))


def check_pdf(made, document):
    assert made.startswith(b"%PDF-")
    assert b"%%EOF" in made[-1024:]


CHECKS = {"docx": check_docx, "xlsx": check_xlsx, "html": check_html, "pdf": check_pdf}


@pytest.mark.parametrize("form", [f if f != "pdf" else pytest.param(f, marks=pytest.mark.slow) for f in FORMATS])
@pytest.mark.parametrize("kind", NASTY)
def test_no_text_breaks_a_file(form, kind):
    document = spoilt(sample_document(), NASTY[kind])
    made = render(document, form, "zh")
    CHECKS.get(form, lambda made, document: made.decode("utf-8"))(made, document)
    if form == "json":
        json.loads(made)


@pytest.mark.parametrize("kind", NASTY)
def test_no_text_steers_the_terminal(kind, capsys):
    from bolang.cli.console import console_for
    from bolang.render.terminal import render_terminal

    console = console_for("zh", file=io.StringIO(), force_terminal=False, width=100)
    render_terminal(spoilt(sample_document(), NASTY[kind]), "zh", console, full=True)
    said = console.file.getvalue()
    said.encode("utf-8")
    assert not [mark for mark in said if mark not in "\n\t" and ord(mark) < 32]
    assert "\u202e" not in said


def test_a_harmless_document_is_left_as_it_is():
    document = sample_document()
    assert render(document, "json", "zh") == render(harmless(document), "json", "zh")
    assert harmless(harmless(document)) == harmless(document)
    assert len(harmless(Text("长" * 10**6, "")).zh) == LONGEST
