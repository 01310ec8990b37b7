"""What the atlas holds: the tables, or the columns of one with unit, years, coverage, source and terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.atlas import store
from bolang.atlas.catalogue import CatalogueEntry, source_titles, unit_text
from bolang.document.model import Cell, Column, Document, Number, Paragraph, Row, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import NONE
from bolang.pages.short import page_of, said
from bolang.wording import load

WORDS = load("catalogue")


def tables_page(day: date | None = None) -> Document:
    """List the tables."""
    listed = store.load("catalogue_tables")
    columns = (
        Column(WORDS("column.table"), "left"),
        Column(WORDS("column.content"), "left"),
        Column(WORDS("column.rows")),
    )
    rows = tuple(
        Row((same(name), Text(zh, en), Number(count, 0, NONE, None, "derived", WORDS("source"))), key=name)
        for name, zh, en, count in listed.select("table", "zh", "en", "rows").iter_rows()
    )
    table = Table("tables", WORDS("tables.caption"), columns, rows, WORDS("source"))
    front = (
        said(WORDS("tables.answer", count=listed.height), role="answer"),
        table,
        said(WORDS("tables.next"), role="small"),
    )
    return page_of(WORDS("tables.title"), front, day=day)


def columns_page(entries: Sequence[CatalogueEntry], word: str, day: date | None = None) -> Document:
    """List columns, and for each of their tables how it was made and under which terms it is carried."""
    columns = (
        Column(WORDS("column.column"), "left"),
        Column(WORDS("column.name"), "left"),
        Column(WORDS("column.unit"), "left"),
        Column(WORDS("column.years"), "left"),
        Column(WORDS("column.units")),
        Column(WORDS("column.of"), "left"),
    )
    rows = tuple(Row(_cells(entry), key=f"{entry.table}.{entry.column}") for entry in entries)
    table = Table("columns", WORDS("columns.caption"), columns, rows, WORDS("source"))
    tables = {entry.table: entry for entry in entries}
    answer = WORDS("columns.answer", word=word, count=len(entries), tables=len(tables))
    notes = [_note(entry) for entry in tables.values()]
    return page_of(WORDS("columns.title", word=word), (said(answer, role="answer"), table, *notes), day=day)


def _cells(entry: CatalogueEntry) -> tuple[Cell, ...]:
    span = f"{entry.years[0]}–{entry.years[-1]}" if len(entry.years) > 1 else "".join(map(str, entry.years))
    covered: Cell = same("–")
    if entry.coverage:
        covered = Number(entry.coverage, 0, NONE, entry.coverage_year, "derived", WORDS("source"))
    name = WORDS("estimated", name=entry.label) if entry.status == "estimated" else entry.label
    of = str(entry.coverage_year) if entry.coverage and len(entry.years) > 1 else ""
    return (same(f"{entry.table}.{entry.column}"), name, unit_text(entry.unit), same(span), covered, same(of))


def _note(entry: CatalogueEntry) -> Paragraph:
    titles = [source_titles()[key] for key in entry.sources]
    text = WORDS("note", table=entry.table, method=entry.method)
    if not titles:
        return said(text, role="small")
    return said(text, WORDS("note.source", titles=join(titles, "；", "; "), terms=entry.licence), role="small")
