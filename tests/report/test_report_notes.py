"""Notes stand in two columns of like height, and the closing remark after them."""

import io

import docx
import pytest
from sample_report import sample_document

from bolang.document.closing import take_closing
from bolang.document.model import Document, Note, Paragraph, Section, Sentence
from bolang.foundation.text import Text, same
from bolang.render import render
from bolang.render.note_columns import note_columns


def heights(rows, lines):
    return [(sum(lines[i] for i in left), sum(lines[i] for i in right)) for left, right in rows]


def test_every_note_stands_once_and_in_order():
    rows = note_columns([f"note {n} " * (1 + n % 7) for n in range(57)])
    assert [place for row in rows for column in row for place in column] == list(range(57))


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12, 24])
def test_the_columns_of_a_row_differ_by_a_line_at_most(count):
    [row] = note_columns(["短"] * count)
    left, right = heights([row], [1] * count)[0]
    assert 0 <= left - right <= 1


def test_a_row_is_a_fifth_of_a_page_at_most_unless_one_note_is_longer():
    assert [max(pair) for pair in heights(note_columns(["短"] * 60), [1] * 60)] == [10, 10, 10]
    assert len(note_columns(["长" * 4000, "短"])) <= 2


def with_closing(role="closing", notes=(), noted=True):
    said = Sentence(Text("有数。", "A figure."), (Note("n", Text("来源。", "Source.")),) if noted else ())
    last = Paragraph((Sentence(Text("供签发人复核。", "To be signed."), notes),), role=role)
    section = Section("s", Text("章", "Chapter"), (Paragraph((said,)), last))
    return Document(Text("题", "T"), same(""), same(""), same(""), sample_document().date, (), (section,))


def test_the_closing_remark_is_taken_once_and_only_where_it_ends_the_last_chapter():
    document = with_closing()
    rest, remark = take_closing(document)
    assert remark is document.sections[0].blocks[1]
    assert rest.sections[0].blocks == document.sections[0].blocks[:1]
    assert take_closing(rest) == (rest, None)
    assert take_closing(with_closing("small")) == (with_closing("small"), None)
    noted = with_closing(notes=(Note("m", Text("注。", "Note.")),))
    assert take_closing(noted) == (noted, None)


@pytest.mark.parametrize("noted", [True, False])
def test_the_remark_ends_the_page_in_word_and_in_the_browser(noted):
    document = with_closing(noted=noted)
    word = docx.Document(io.BytesIO(render(document, "docx", "zh")))
    assert [p.text for p in word.paragraphs if p.text][-1] == "供签发人复核。"
    assert word.element.body[-2].tag.endswith("}p"), "the last block before the properties of the page"
    html = render(document, "html", "zh").decode()
    assert html.count("供签发人复核。") == 1
    assert html.find('id="note-1"') < html.find("供签发人复核。")


def test_marks_that_stand_together_share_their_brackets_and_begin_no_line():
    notes = tuple(Note(str(n), same(f"{n}。")) for n in range(3))
    said = (Sentence(same("甲。"), notes[:2]), Sentence(same("乙。"), notes[2:]))
    section = Section("s", same("章"), (Paragraph(said),))
    document = Document(same("题"), same(""), same(""), same(""), sample_document().date, (), (section,))
    word = docx.Document(io.BytesIO(render(document, "docx", "zh")))
    [text] = [p.text for p in word.paragraphs if p.style.name == "Body Text"]
    assert text == "甲。\ufeff[1,2]乙。\ufeff[3]"


def test_no_row_is_left_with_a_lone_note_beside_nothing():
    for count in range(2, 90):
        rows = note_columns(["a note of some length " * 3] * count)
        assert all(len(left) + len(right) > 1 for left, right in rows), count
