"""What has been imported, as pages: every import, and one with its figures or rows and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bolang.document.model import Block, Column, Document, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.intake import Batch, Workspace
from bolang.intake.times import YEAR
from bolang.intake.user_tables import rows_in
from bolang.intake.vocabulary import vocabulary
from bolang.pages.intake.amounts import amount_text
from bolang.pages.intake.said import county_of
from bolang.wording import load

WORDS = load("intake")
_LISTED = ("number", "when", "county", "title", "figures", "file")
_SHOWN = ("indicator", "value", "year", "definition", "place")


def batches_document(workspace: Workspace) -> Document:
    """Return the imports of a workspace as a page, the newest last."""
    batches = workspace.batches()
    answer = WORDS("answer.batches", count=len(batches)) if batches else WORDS("say.empty")
    columns = _columns(_LISTED)
    rows = tuple(Row(_line(batch), key=str(batch.batch)) for batch in batches)
    front: list[Block] = [Paragraph((Sentence(answer),), role="answer")]
    if batches:
        front.append(Table("imports", WORDS("caption.batches"), columns, rows, same(str(workspace.path))))
    front.append(Paragraph((Sentence(same(str(workspace.path))),), role="small"))
    return _page(WORDS("title.batches"), str(workspace.path), front)


def batch_document(workspace: Workspace, batch: Batch) -> Document:
    """Return one import as a page: its figures with their sentences, or the rows of a user table."""
    words = WORDS("answer.batch", county=county_of(batch), file=batch.file, count=batch.figures, when=_when(batch))
    front: list[Block] = [Paragraph((Sentence(words),), role="answer")]
    sections: tuple[Section, ...] = ()
    facts = list(workspace.facts(batch.batch).iter_rows(named=True))
    if facts:
        rows = tuple(Row(_figure(fact), key=f"{fact['code']}:{fact['indicator']}:{fact['year']}") for fact in facts)
        front.append(Table("figures", WORDS("caption"), _columns(_SHOWN), rows, same(batch.file)))
        sections = (Section("sentences", WORDS("section.sentences"), (_sentences(facts, batch),)),)
    kept = rows_in(workspace, batch.batch)
    if kept:
        from bolang.pages.report import user_rows  # loads much that a list of imports does not need

        front.append(user_rows.table(kept[0].kind, kept))
    title = WORDS("title.batch", number=batch.batch, title=batch.title or batch.file)
    return _page(title, batch.file, front, sections)


def _page(title: Text, subject: str, front: list[Block], sections: tuple[Section, ...] = ()) -> Document:
    return Document(title, same(subject), same(""), same(""), date.today(), tuple(front), sections)


def _columns(keys: tuple[str, ...]) -> tuple[Column, ...]:
    numbers = {"number", "figures", "value", "year"}
    return tuple(Column(WORDS(f"column.{key}"), "right" if key in numbers else "left") for key in keys)


def _line(batch: Batch) -> tuple[Text, ...]:
    number, when, figures = same(str(batch.batch)), same(_when(batch)), same(str(batch.figures))
    return number, when, county_of(batch), same(batch.title), figures, same(batch.file)


def _when(batch: Batch) -> str:
    return f"{batch.imported_at:%Y-%m-%d %H:%M}"


def _figure(fact: Mapping[str, Any]) -> tuple[Text, ...]:
    time = str(fact["year"]) if fact["period"] == YEAR else f"{fact['year']} {fact['period']}"
    label = vocabulary()[fact["indicator"]].label
    return (label, amount_text(fact["value"], fact["unit"]), same(time), same(fact["definition"]), same(fact["place"]))


def _sentences(facts: list[dict[str, Any]], batch: Batch) -> Table:
    columns = _columns(("indicator", "printed", "sentence"))
    rows = tuple(
        Row((vocabulary()[fact["indicator"]].label, same(fact["printed"]), same(fact["sentence"])), key=str(number))
        for number, fact in enumerate(facts, 1)
    )
    return Table("sentences", WORDS("section.sentences"), columns, rows, same(batch.file))
