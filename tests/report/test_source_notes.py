"""What a note says of its facts, and that the workbook holds each of them as it is, with all that was done to it."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from sample_report import FACT

from bolang.atlas.catalogue import unit_text
from bolang.atlas.provenance import Provenance, Step
from bolang.document.model import Document, Paragraph, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.pages.report.facts import notes_of, source_note
from bolang.render import render

BULLETIN = replace(FACT.provenance, source=same("公报"))
OWN = replace(FACT, origin="workspace", provenance=BULLETIN)
BUILT = replace(FACT, origin="built-in", provenance=BULLETIN)


def test_a_note_is_the_users_own_as_soon_as_one_of_its_facts_is():
    keys = {source_note("公报", facts).key for facts in ([OWN], [BUILT, OWN], [OWN, BUILT])}
    assert len(keys) == 1
    assert keys.pop().startswith("source-own-")
    assert not source_note("公报", [BUILT]).key.startswith("source-own-")
    assert source_note("公报").key == source_note("公报。", [BUILT]).key


def test_one_note_a_source_with_all_its_facts():
    other = replace(FACT, provenance=Provenance(same("年鉴")))
    notes = notes_of([BUILT, other, replace(BUILT, year=1999)])
    assert [[fact.source for fact in note.facts] for note in notes] == [["公报", "公报"], ["年鉴"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_every_fact_unrounded_with_its_steps(lang):
    steps = (Step.quoted(Text("先", "first")), Step("derived"))
    known = Provenance(same("公报"), Text("调查", "survey"), steps, Text("照录", "as published"))
    fact = replace(BUILT, value=1234.5678, provenance=known)
    said = Sentence(same("x"), (source_note("公报", [fact]),))
    empty = Text("", "")
    section = Section("one", same("One"), (Paragraph((said,)),))
    document = Document(same("T"), empty, empty, empty, date(2026, 1, 1), (), (section,))
    book = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx", lang)))
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    (found,) = [row for row in rows if 1234.5678 in row]
    assert {
        known.method.in_(lang),
        known.definition.in_(lang),
        unit_text(fact.unit).in_(lang),
        fact.year,
        fact.code,
    } <= set(found)
    assert any(all(step.in_(lang) in str(cell) for step in known.said_steps) for cell in found)
