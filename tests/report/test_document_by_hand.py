"""Documents, their numbers and how many are written at once: each law from both sides, each value by hand."""

import csv
import io
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import SimpleNamespace

import pytest
from sample_report import COLUMNS, FACT, FIGURE, GDP_NOTE, TABLE, sample_document

from bolang.diagnosis.desk import DeskCell
from bolang.document import harmless as cleaning
from bolang.document.chart import Chart, ChartSeries
from bolang.document.closing import take_closing
from bolang.document.harmless import harmless
from bolang.document.marks import said_once
from bolang.document.model import Box, Column, Document, Note, Number, Paragraph, Row, Section, Sentence, Table
from bolang.document.numbering import Numbering, chinese_number
from bolang.document.tidy import tidy
from bolang.foundation.errors import BadInputError, UnknownPlaceError
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, NONE, PERCENT
from bolang.pages.report import chart_figure, facts
from bolang.publish import county_report, handbook
from bolang.publish.batch import BatchLine, read_names, save_summary, write_batch
from bolang.render import render
from bolang.render.flat import flatten
from bolang.render.json import as_data

A, B = Text("甲", "a"), Text("乙", "b")


# ---------------------------------------------------------------- numbers
def test_a_number_of_which_nothing_is_said_is_a_published_one_without_unit_or_decimals():
    found = Number(1234.5)
    assert (found.digits, found.unit, found.year, found.status, found.low, found.high, found.signed, found.dated, found.marked) == (0, NONE, None, "measured", None, None, False, False, True)  # fmt: skip
    assert found.text == same("1,234")
    assert (found.source, found.stage, found.facts, found.mark_key) == (same(""), "", (), "")


@pytest.mark.parametrize(
    ("status", "stage", "long", "short"),
    [("estimated", "", "（估计）", " (est.)"), ("unverified", "", "（待核）", " (unv.)"), ("measured", "expected", "（预计执行数）", " (exp.)"), ("derived", "", "", ""), ("estimated", "expected", "（估计）", " (est.)"), ("measured", "final", "", "")],
)  # fmt: skip
def test_a_mark_is_long_in_a_sentence_and_short_in_a_table(status, stage, long, short):
    found = Number(5.0, 1, PERCENT, 2020, status, stage=stage)
    assert found.text.zh == f"5.0%{long}"
    assert found.plain("en") == f"5.0{short}"
    assert found.unit_and_mark("zh") == f"%{long}"
    bare = replace(found, marked=False)
    assert (bare.text.zh, bare.plain("en")) == ("5.0%", "5.0")
    assert replace(found, value=None).text == Text("未公布", "not published")


def test_an_interval_and_a_year_stand_behind_in_the_scale_of_the_language():
    found = Number(-2e4, 1, MONEY_WAN, 2020, "estimated", low=-3e4, high=1e4, dated=True, signed=True)
    assert found.plain("zh") == "−2.0 (−3.0至1.0)（2020，估）"
    assert found.plain("en") == "−0.20 (−0.30 to 0.10) (2020, est.)"
    assert (found.year_behind("zh"), replace(found, dated=False).year_behind("zh")) == ("（2020）", "")
    assert replace(found, low=None).plain("zh") == "−2.0（2020，估）"
    assert replace(found, value=3e4).bare("zh") == "+3.0"
    assert (found.shown("zh"), replace(found, value=None).shown("zh")) == (-2.0, None)


# ---------------------------------------------------------------- marks said once
def marked(*statuses):
    return [Number(1.0, status=status) if status != "gap" else Number(None, status="estimated") for status in statuses]


def spread(*rows, heads=None):
    width = len(rows[0])
    columns = tuple(Column(heads[n] if heads else A) for n in range(width))
    return said_once(Table("k", A, columns, tuple(Row(tuple(row)) for row in rows), A))


def shown(table):
    return [[cell.plain("zh") if isinstance(cell, Number) else cell.zh for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("statuses", "head", "cells"),
    [
        (("estimated", "estimated"), "甲（估）", ["1", "1"]),
        (("estimated", "measured"), "甲", ["1（估）", "1"]),
        (("estimated", "gap"), "甲", ["1（估）", "未公布"]),
        (("estimated", "gap", "estimated"), "甲（估）", ["1", "未公布", "1"]),
        (("measured", "measured"), "甲", ["1", "1"]),
        (("estimated", "unverified"), "甲", ["1（估）", "1（核）"]),
    ],
)
def test_a_mark_of_a_whole_column_stands_in_its_head(statuses, head, cells):
    made = spread(*([A, number] for number in marked(*statuses)))
    assert made.columns[1].label.zh == head
    assert [row[1] for row in shown(made)] == cells
    assert made.columns[0].label == A


def test_a_mark_of_a_whole_row_stands_behind_its_name_where_no_column_took_it():
    made = spread([A, *marked("estimated", "estimated")], [B, *marked("measured", "measured")])
    assert shown(made) == [["甲（估）", "1", "1"], ["乙", "1", "1"]]
    assert made.rows[0].cells[0].en == "a (est.)"
    mixed = spread(
        [A, *marked("estimated", "estimated", "measured")], [B, *marked("estimated", "measured", "measured")]
    )
    assert mixed.columns[1].label.zh == "甲（估）"
    assert shown(mixed) == [["甲", "1", "1（估）", "1"], ["乙", "1", "1", "1"]]
    first = spread(marked("estimated", "estimated"), marked("measured", "estimated"))
    assert shown(first)[0][0] == "1（估）"


def test_a_mark_goes_into_brackets_that_stand_at_the_end():
    heads = [A, Text("债务（亿元）", "Debt (billion yuan)")]
    made = spread(*([A, number] for number in marked("estimated", "estimated")), heads=heads)
    assert made.columns[1].label == Text("债务（亿元，估）", "Debt (billion yuan, est.)")


# ---------------------------------------------------------------- charts, walking, numbering
def test_parts_of_a_stack_are_thin_below_eight_hundredths_of_the_tallest():
    def thin(part, other=920.0):
        made = Chart("stacked", (A, B), (ChartSeries(A, (part, 500.0)), ChartSeries(B, (other, None))), NONE)
        return made.thin(0)

    assert (thin(80.0), thin(79.9)) == (frozenset(), {0})
    assert thin(None) == {0}
    for part, narrow in ((8.0, frozenset()), (7.95, {0})):  # what is not there has no height
        series = (ChartSeries(A, (part,)), ChartSeries(B, (100.0 - part,)), ChartSeries(A, (None,)))
        assert Chart("stacked", (A,), series, NONE).thin(0) == narrow
    assert Chart("line", (A,), (ChartSeries(A, (0.0,)),), NONE).thin(0) == frozenset()
    found = Chart("bar", (A,), (ChartSeries(A, (123_456.0,)), ChartSeries(B, (None,))), MONEY_WAN, 1)
    assert found.shown("zh") == [[12.3], [None]]
    assert found.shown("en") == [[1.23], [None]]
    assert (found.digits_in("zh"), found.digits_in("en"), Chart("bar", (), (), NONE).digits) == (1, 2, 0)


def test_blocks_are_walked_in_the_order_of_reading():
    text, inner = Paragraph((Sentence(A),)), Paragraph((Sentence(B),))
    box, section = Box(A, (inner,)), Section("s", A, (text, FIGURE))
    document = replace(sample_document(), front=(box, TABLE), sections=(section,))
    assert list(document.walk()) == [box, inner, TABLE, section, text, FIGURE]
    assert (document.tables(), document.figures()) == ((TABLE,), (FIGURE,))
    made = Section("s", A, ())
    assert (made.numbered, made.new_page, Row((A,)).strong, Row((A,)).key) == (True, False, False, "")
    assert (Column(A).align, Paragraph(()).role, document.annex, document.data) == ("right", "body", (), None)


def test_several_references_of_one_sentence_lead_each_to_its_own():
    document = replace(sample_document(), front=(), sections=(Section("s", A, (TABLE, FIGURE)),))
    numbering = Numbering(document)
    pieces = numbering.pieces((Sentence(same("[[desk]][[profile]]x[[desk]]")),), "zh")
    assert [(piece.kind, piece.text, piece.key) for piece in pieces] == [
        ("reference", "表1", "desk"), ("reference", "图1", "profile"), ("text", "x", ""), ("reference", "表1", "desk"),
    ]  # fmt: skip
    assert [piece.text for piece in numbering.pieces((Sentence(A), Sentence(B), Sentence(A)), "en")] == ["a", " ", "b", " ", "a"]  # fmt: skip
    assert [piece.text for piece in numbering.pieces((Sentence(A), Sentence(B)), "zh")] == ["甲", "乙"]


def test_two_sections_of_one_key_are_refused_and_tables_and_figures_count_apart():
    twice = Section("s", A, (Section("t", A, ()),)), Section("t", B, ())
    with pytest.raises(ValueError, match=r"\['t'\]"):
        Numbering(replace(sample_document(), sections=twice))
    second, third = replace(TABLE, key="two"), replace(FIGURE, key="three")
    numbering = Numbering(replace(sample_document(), front=(), sections=(Section("s", A, (TABLE, FIGURE, second, third)),)))  # fmt: skip
    assert [numbering.label(key).en for key in ("desk", "two", "profile", "three")] == ["Table 1", "Table 2", "Figure 1", "Figure 2"]  # fmt: skip
    with pytest.raises(ValueError, match="share the key"):
        Numbering(replace(sample_document(), front=(), sections=(Section("s", A, (TABLE, TABLE)),)))


def test_notes_count_from_one_wherever_they_are_met():
    notes = [Note(str(n), Text(str(n), str(n))) for n in range(5)]
    row = Row((A, B), notes=(notes[1],))
    blocks = (Paragraph((Sentence(A, (notes[0],)),)), Table("t", A, COLUMNS[:2], (row,), A, (notes[2],)), replace(FIGURE, notes=(notes[3],)), Box(A, (Paragraph((Sentence(A, (notes[4],)),)),)))  # fmt: skip
    numbering = Numbering(replace(sample_document(), front=(), sections=(Section("s", A, blocks),)))
    assert [numbering.note_number(note) for note in notes] == [1, 2, 3, 4, 5]
    assert numbering.notes == tuple(notes)
    assert [chinese_number(n) for n in (9, 10, 11, 19, 20, 21, 99)] == ["九", "十", "十一", "十九", "二十", "二十一", "九十九"]  # fmt: skip


# ---------------------------------------------------------------- cleaning
@pytest.mark.parametrize(("length", "kept"), [(19_999, True), (20_000, True), (20_001, False)])
def test_a_text_has_twenty_thousand_signs(length, kept):
    made = harmless(Text("甲" * length, "a"))
    assert made.zh == ("甲" * length if kept else "甲" * 19_999 + "…")
    assert made.en == "a"


def test_only_what_is_foreign_is_changed():
    thing = SimpleNamespace(x="\x00")
    for same_one in (None, 1, 2.5, True, thing, Text, "plain"):
        assert harmless(same_one) is same_one
    assert harmless(("a\x00", ["b\x00", {"c\x00": "d\x00"}, 1])) == ("a�", ["b�", {"c�": "d�"}, 1])
    spoilt = replace(TABLE, rows=(replace(TABLE.rows[0], key="k\x00"), TABLE.rows[1]))
    made = harmless(spoilt)
    assert made.rows[0].key == "k�"
    assert made.columns is spoilt.columns or made.columns == spoilt.columns
    assert harmless(TABLE) == TABLE
    assert cleaning._differs(A, Text("甲", "a")) is False
    assert cleaning._differs("a", "b") is True


def test_texts_are_tidied_and_facts_are_left_alone():
    rough = Sentence(Text("增长 5.3 %，GDP -3", "GDP -3"), (GDP_NOTE,))
    made = tidy(rough)
    assert made.text.zh == "增长5.3 %，GDP −3"
    assert made.text.en == "GDP −3"
    assert made.notes is rough.notes
    clean = Sentence(A, (GDP_NOTE,))
    assert tidy(clean) is clean
    assert tidy((clean, rough))[0] is clean
    assert tidy(5) == 5
    assert tidy(FACT) is FACT


# ---------------------------------------------------------------- many at once
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("county\n甲\n乙", ("甲", "乙")),
        ("County,x\n甲,1\n甲,2\n 乙 ,3", ("甲", "乙")),
        ("甲\ncounty", ("甲", "county")),
        ('"甲,乙",1\n\n,\n丙', ("甲,乙", "丙")),
        ("区县\n甲", ("甲",)),
        ("甲", ("甲",)),
    ],
)
def test_a_list_is_its_first_column_without_head_gaps_and_twins(tmp_path, text, names):
    path = tmp_path / "l.csv"
    path.write_text(text, encoding="utf-8")
    assert read_names(path) == names


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (3000, True), (3001, False)])
def test_a_list_has_one_to_three_thousand_names(tmp_path, count, fits):
    path = tmp_path / "l.csv"
    path.write_text("name\n" + "".join(f"x{n}\n" for n in range(count)), encoding="utf-8")
    if fits:
        assert len(read_names(path)) == count
    else:
        with pytest.raises(BadInputError, match=str(count)):
            read_names(path)


class Places:
    """An atlas that knows two names."""

    def county(self, name):
        if name not in ("甲", "乙"):
            raise UnknownPlaceError("No such place.\nSecond line.", "Look.")
        return SimpleNamespace(full_name=f"省{name}", code=f"0{name}")


def test_each_line_of_a_batch_says_what_became_of_its_name(tmp_path):
    cells = {"gdp": DeskCell(2023, 5.0, "measured", ()), "debt_balance": DeskCell(2022, 3.0, "measured", ())}
    desk = SimpleNamespace(row=lambda key: SimpleNamespace(latest=cells.get(key)))
    made = SimpleNamespace(context=SimpleNamespace(desk=desk))
    told = []

    def save(report):
        if told[-1][1] == "乙":
            raise RuntimeError("disk")
        return tmp_path / "a.docx"

    lines = write_batch(("甲", "丁", "乙"), Places(), lambda name: made, save, lambda *at: told.append(at))
    assert told == [(0, "甲"), (1, "丁"), (2, "乙")]
    assert lines == (
        BatchLine("甲", "省甲", "0甲", "a.docx", "", (("gdp", 5.0, 2023), ("debt_balance", 3.0, 2022))),
        BatchLine("丁", "", "", "", "No such place.", ()),
        BatchLine("乙", "省乙", "0乙", "", "RuntimeError: disk", ()),
    )
    rows = list(csv.reader(io.StringIO(save_summary(lines, tmp_path / "s.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0][:5] == ["asked", "unit", "code", "file", "error"]
    assert len({len(row) for row in rows}) == 1
    assert rows[0][5:7] == ["gdp (万元)", "gdp_year"]
    assert dict(zip(rows[0], rows[1], strict=True))["debt_balance_year"] == "2022"
    assert rows[2][5:] == [""] * 8


# ---------------------------------------------------------------- one report, the handbook
def test_a_report_is_asked_for_in_steps_and_with_the_users_peers(monkeypatch):
    asked, told = [], []
    county = SimpleNamespace(name="甲县", code="1")

    class Doctor(county_report.Diagnostician):
        def __init__(self):
            self.atlas = SimpleNamespace(county=lambda name: county)

        def diagnose(self, found, *, peer_group):
            asked.append((found, peer_group))
            return SimpleNamespace(county=found)

    monkeypatch.setattr(county_report, "peers_of", lambda atlas, found: "乙,丙")
    monkeypatch.setattr(county_report, "_written", lambda context, kind, authors, sections: (kind, authors, sections))
    monkeypatch.setattr(county_report, "tidy", lambda written: written)
    for group, expected in (("similar", "乙,丙"), ("nation", "nation")):
        made = county_report.report("甲县", diagnostician=Doctor(), day=date(2026, 1, 2), peer_group=group, budget=3.0, authors=A, kind="brief", sections=("debt",), progress=told.append)  # fmt: skip
        assert asked[-1] == (county, expected)
        assert (made.document, made.signed, made.county) == (("brief", A, ("debt",)), A, county)
        assert (made.context.day, made.context.budget, made.context.asked) == (date(2026, 1, 2), 3.0, "甲县")
    assert len(told) == 4
    monkeypatch.setattr(county_report, "peers_of", lambda atlas, found: "")
    county_report.report("甲县", diagnostician=Doctor())
    assert asked[-1] == (county, "similar")


@pytest.mark.parametrize(("kind", "maker"), [("brief", "brief_page"), ("plan", "plan_document"), ("full", "whole")])
def test_each_kind_has_its_maker(monkeypatch, kind, maker):
    for name in ("brief_page", "plan_document", "whole"):
        monkeypatch.setattr(county_report, name, lambda *given, name=name: (name, *given))
    made = county_report._written("c", "".join(kind), A, ("s",))
    assert made == ((maker, "c", A, ("s",)) if kind == "full" else (maker, "c", A))


def test_the_official_style_is_made_of_the_document_and_signed(monkeypatch):
    monkeypatch.setattr(county_report, "official", lambda context, document, signed: (context, document, signed))
    monkeypatch.setattr(county_report, "tidy", lambda document: ("tidy", document))
    monkeypatch.setattr(county_report, "render", lambda document, form, lang, style: repr((document, form, lang, style)).encode())  # fmt: skip
    made = county_report.Report("d", SimpleNamespace(county="x"), "c", A)
    assert made.to_bytes("md", "en") == repr(("d", "md", "en", "analyst")).encode()
    assert (
        made.to_bytes("md", "zh", "".join("official"))
        == repr((("tidy", ("c", "d", A)), "md", "zh", "official")).encode()
    )
    assert made.to_bytes("md") == repr(("d", "md", "zh", "analyst")).encode()


def test_a_report_is_saved_as_its_name_says(monkeypatch, tmp_path):
    monkeypatch.setattr(
        county_report.Report, "to_bytes", lambda self, form, lang, style: f"{form} {lang} {style}".encode()
    )
    made = county_report.Report("d", SimpleNamespace(county="x"), "c")
    assert made.save(tmp_path / "a.HTML", "en").read_text() == "html en analyst"
    assert made.save(str(tmp_path / "b.docx"), None, "plan").read_text() == "docx None plan"
    with pytest.raises(BadInputError):
        made.save(tmp_path / "a.doc")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.HTML", "b.docx"]


def test_the_pages_of_the_handbook_are_rewritten_table_by_table(monkeypatch, tmp_path):
    grids = [SimpleNamespace(title=Text("", name), markdown=lambda lang, name=name: f"| {name} {lang} |\n") for name in ("One", "Two")]  # fmt: skip
    monkeypatch.setattr(handbook, "grids", lambda: iter([("p.md", grids[0]), ("p.md", grids[1])]))
    (tmp_path / "p.md").write_text("# P\n\n**One**\n\n| x |\n\ntext\n\n**Two**\n\n| y |\n", encoding="utf-8")
    handbook.main(tmp_path)
    assert (tmp_path / "p.md").read_text(encoding="utf-8") == "# P\n\n**One**\n\n| One en |\n\ntext\n\n**Two**\n\n| Two en |\n"  # fmt: skip


def test_a_document_is_what_it_was_given():
    made = Document(A, A, A, A, date(2026, 1, 1), (), ())
    assert (made.keywords, made.annex, made.data) == ((), (), None)
    assert made == replace(made, data=None)


# ---------------------------------------------------------------- told by its letters, not by the object
def letters(text):
    """Return an equal text that is another object, as one read from a file is."""
    return "".join(list(text)) if len(text) > 1 else text


def respelt(thing):
    if isinstance(thing, str):
        return letters(thing)
    if type(thing) is tuple:
        return tuple(respelt(item) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: respelt(getattr(thing, f.name)) for f in fields(thing) if f.init})
    return thing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_document_read_from_a_file_is_written_as_one_made_here(lang):
    own = replace(FACT, origin="workspace", year=2022, period="year")
    row = Row(
        (A, Number(5.0, 1, PERCENT, 2022, "estimated", dated=True, facts=(own,))), notes=(Note("own", B, (own,)),)
    )
    table = Table("own", A, (Column(A, "left"), Column(B, "center", group=B)), (row,), A)
    more = Section("more", B, (Paragraph((Sentence(A),), role="small"), table, Paragraph((Sentence(B),), role="small")))
    document = replace(sample_document(), sections=(*sample_document().sections, more))
    other = respelt(document)
    assert other == document
    spoken = letters(lang)
    assert flatten(other, spoken, lambda figure: {}) == flatten(document, lang, lambda figure: {})
    assert as_data(other, spoken) == as_data(document, lang)
    assert render(other, "xlsx", spoken) == render(document, "xlsx", lang)
    chart = Chart("stacked", (A, B), (ChartSeries(A, (1.0, 50.0)), ChartSeries(B, (99.0, 50.0))), MONEY_WAN, 1)
    assert respelt(chart).thin(0) == chart.thin(0) == {0}
    assert [chart_figure._values(A, respelt(chart), spoken)] == [chart_figure._values(A, chart, lang)]
    assert facts.source_note(letters("general knowledge")).text == facts.source_note("general knowledge").text
    assert [facts.digits_of(5.0, letters(unit)) for unit in ("万元", "亿美元")] == [2, 2]
    assert facts.source_note("x", (respelt(own),)).key == "source-own-x"


def test_only_the_last_block_of_the_last_chapter_is_a_closing_remark():
    text, end = Paragraph((Sentence(A),)), Paragraph((Sentence(B),), role="closing")
    noted = Paragraph((Sentence(A), Sentence(B, (Note("n", A),))), role="closing")

    def document(*chapters):
        sections = tuple(Section(str(n), A, blocks) for n, blocks in enumerate(chapters))
        return replace(sample_document(), sections=sections)

    whole = document((text, end), (end, text, respelt(end)))
    left, remark = take_closing(whole)
    assert remark == end
    assert [section.blocks for section in left.sections] == [(text, end), (end, text)]
    assert replace(left, sections=whole.sections) == whole
    for kept in (document(), document((text, end), ()), document((end, text)), document((text, noted)), document((end,), (TABLE,))):  # fmt: skip
        assert take_closing(kept) == (kept, None)
