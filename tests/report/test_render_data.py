"""JSON, Markdown and the terminal: the same page in each, nothing cut, foreign text harmless."""

import io
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.diagnosis.desk import desk_of
from bolang.document.model import Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN
from bolang.pages.desk import desk_notes, desk_table, sister_table
from bolang.render.formats import FORMATS, render
from bolang.render.terminal import render_terminal
from bolang.render.terminal_fold import folded


@pytest.fixture(scope="module")
def document():
    desk = desk_of(Atlas(workspace=False).county("昆山市"))
    front = (
        Paragraph((Sentence(Text("财力充裕。", "Its means are ample.")),), role="answer"),
        desk_table(desk),
        sister_table(desk),
        *desk_notes(desk),
    )
    return Document(same("昆山市"), same(""), same(""), same("x"), date(2026, 11, 26), front, ())


def printed(document, lang="zh", width=80, full=False):
    from rich.console import Console

    console = Console(file=io.StringIO(), width=width, highlight=False)
    render_terminal(document, lang, console, full=full)
    return console.file.getvalue()


def test_json_gives_every_number_with_unit_year_status_and_source(document):
    data = json.loads(render(document, "json", "zh"))
    table = next(block for block in data["front"] if block.get("key") == "desk")
    revenue = next(row for row in table["rows"] if row["key"] == "fiscal_revenue")
    number = next(cell for cell in revenue["cells"] if cell.get("year") == 2023)
    assert number["value"] == pytest.approx(456.6)
    assert (number["unit"], number["status"]) == ("亿元", "measured")
    assert "县域统计年鉴" in number["source"]


def test_json_in_english_counts_in_billions(document):
    table = next(b for b in json.loads(render(document, "json", "en"))["front"] if b.get("key") == "desk")
    revenue = next(row for row in table["rows"] if row["key"] == "fiscal_revenue")
    assert next(cell for cell in revenue["cells"] if cell.get("year") == 2023)["value"] == pytest.approx(45.66)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_writes_the_page_twice_alike(document, form):
    if form == "pdf":
        pytest.skip("covered by the tests of the report")
    assert render(document, form, "zh") == render(document, form, "zh")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_terminal_never_cuts_a_number_nor_leaves_the_width(document, width, lang):
    from rich.cells import cell_len

    text = printed(document, lang, width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    for number in ("456.6", "434.0") if lang == "zh" else ("45.66", "43.40"):
        assert number in text


def test_the_terminal_shows_the_front_and_the_rest_on_request(document):
    section = Section("more", Text("其余", "More"), (Paragraph((Sentence(same("细节")),)),))
    whole = Document(same("x"), same(""), same(""), same(""), document.date, document.front, (section,))
    assert "细节" not in printed(whole)
    assert "细节" in printed(whole, full=True)


SAID = (
    "引力最强的核心城市是济南市（城镇人口605万，车程1.8小时；另有7个可及，它占引力的31%）。可优先对接：制造业。",
    "按2022年县城分类，2017年出口约合0.7万标箱，若12%走铁路、每箱省524元，一年省46万元。",
    "The share of jobs is 1.92 times the nation's (2020); 1,644,840 residents.",
)


@given(text=st.sampled_from(SAID), width=st.integers(14, 90))
def test_a_line_of_the_terminal_breaks_no_number_and_begins_with_no_closing_sign(text, width):
    from rich.cells import cell_len

    lines = folded(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。、；）：%" for line in lines)
    assert not any(line[-1] == "（" for line in lines)
    for number in re.findall(r"\d[\d,.]*\d%?", text):
        assert any(number in line for line in lines), (number, lines)


def test_a_long_word_breaks_after_its_hyphen_in_the_terminal():
    assert folded("market-procurement trade", 12) == ["market-", "procurement", "trade"]
    assert folded("2019-2023", 5) == ["2019-", "2023"]


def nasty(text):
    table = Table(
        "t",
        same(text),
        (Column(same(text), "left"), Column(same("n"))),
        (Row((same(text), Number(1.0, 1, MONEY_WAN, 2020))),),
        same(text),
    )
    return Document(
        same(text), same(""), same(""), same(text), date(2026, 1, 1), (Paragraph((Sentence(same(text)),)), table), ()
    )


@pytest.mark.parametrize(
    "text", ["[/red] [bold]", "a|b\n| c", "<script>alert(1)</script>", "\x1b[31mred\x07", "# * _ `x`"]
)
def test_foreign_text_is_text(text):
    shown = printed(nasty(text))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    json.loads(render(nasty(text), "json", "zh"))
    lines = render(nasty(text), "md", "zh").decode().splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1
    assert "<script>" not in "\n".join(lines)


def test_english_sentences_stand_apart_in_markdown(report_of):
    text = report_of("清河县").to_bytes("md", "en").decode()
    assert re.search(r"\.(\[\^\d+\])+ [A-Z]", text)
    assert not re.search(r"\.(\[\^\d+\])+[A-Z]", text)
