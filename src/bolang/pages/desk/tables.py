"""The desk table and the sister counties, from the numbers of `bolang.diagnosis.desk`."""

from __future__ import annotations

from dataclasses import replace

from bolang.atlas.romanize import place
from bolang.diagnosis.desk import SISTER_KEYS, UNITS, Desk, DeskCell, DeskKey, DeskRank
from bolang.document.model import Cell, Column, Number, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, join
from bolang.foundation.units import MONEY_WAN
from bolang.foundation.ways import way
from bolang.pages.report.areas import area_word
from bolang.pages.report.facts import BLANK, cell_number
from bolang.wording import load

WORDS = load("desk")
ACCOUNTS: frozenset[DeskKey] = frozenset(
    (
        "fiscal_revenue",
        "fiscal_expenditure",
        "self_sufficiency",
        "debt_balance",
        "debt_limit",
        "debt_ratio",
        "debt_rate",
    )
)
"""What the final accounts, or the report on the budget, hold; the statistical bulletin holds the rest."""


def desk_table(desk: Desk, key: str = "desk") -> Table:
    """Set out the desk table: the latest years in columns, ranks behind them; figures read as they do in the report."""
    areas = [desk.county.province] if desk.county.in_municipality else [desk.county.prefecture, desk.county.province]
    columns = [
        Column(WORDS("column.item"), "left"),
        *(Column(WORDS("column.year", year=year)) for year in desk.years),
        *(Column(WORDS("column.in_area", area=area_word(area, "whole"))) for area in areas),
    ]
    rows = [
        Row(
            (
                WORDS(f"row.{row.key}"),
                *(_number(row.key, row.of(year)) for year in desk.years),
                *map(rank_text, (row.in_prefecture, row.in_province)[-len(areas) :]),
            ),
            key=row.key,
        )
        for row in desk.rows
        if any(row.of(year) for year in desk.years)
    ]
    source = join([WORDS("source"), *_remarks(desk)], "；", "; ")
    return Table(key, WORDS("caption", county=place(desk.county.name)), tuple(columns), tuple(rows), source)


def sister_table(desk: Desk, key: str = "sisters") -> Table:
    """Set the county beside the other units of its prefecture, each figure with its year; what none of them has is left out."""
    keys = [k for k in SISTER_KEYS if any(k in sister.cells for sister in desk.sisters)]
    columns = [Column(WORDS("column.county"), "left"), *(Column(WORDS(f"row.{k}")) for k in keys)]
    rows = [
        Row(
            (place(sister.county.name), *(dated(k, sister.cells.get(k)) for k in keys)),
            strong=sister.county.code == desk.county.code,
            key=sister.county.code,
        )
        for sister in desk.sisters
    ]
    caption = WORDS("sisters.caption", prefecture=place(desk.county.prefecture))
    return Table(key, caption, tuple(columns), tuple(rows), WORDS("source"))


def desk_notes(desk: Desk) -> tuple[Paragraph, ...]:
    """Say what is known of all districts together, what is missing, and which document holds it."""
    notes = [
        Paragraph(
            (
                Sentence(
                    WORDS(
                        "together",
                        city=place(item.city),
                        item=_label(item.key),
                        value=Number(item.fact.value, 1, MONEY_WAN, item.fact.year),
                        year=item.fact.year,
                    )
                ),
            ),
            role="bullet",
        )
        for item in desk.together
    ]
    for paper, held in (("accounts", ACCOUNTS), ("bulletin", set(UNITS) - ACCOUNTS)):
        found = [_label(key) for key in desk.missing if key in held]
        if found:
            notes.append(
                Paragraph((Sentence(WORDS(f"missing.{paper}", items=join(found, "、", ", "))),), role="bullet")
            )
    if desk.missing:
        notes.append(Paragraph((Sentence(way("papers")),), role="bullet"))
    return tuple(notes)


def _remarks(desk: Desk) -> list[Text]:
    remarks = []
    expected = [
        cell.year for row in desk.rows for cell in row.cells if cell.stage == "expected" and cell.year in desk.years
    ]
    if expected:
        remarks.append(WORDS("expected", year=max(expected)))
    remarks += [WORDS("break", year=change.year) for change in desk.breaks]
    sides = {fact.revision for cell in desk.row("gdp").cells if cell.year in desk.years for fact in cell.facts}
    if {"before", "after"} <= sides:
        remarks.append(WORDS("revision"))
    return remarks


def _number(key: DeskKey, cell: DeskCell | None) -> Cell:
    return BLANK if cell is None else replace(cell_number(cell, UNITS[key]), facts=cell.facts)


def dated(key: DeskKey, cell: DeskCell | None) -> Cell:
    """Write a figure with its year: sister counties need not have figures of one year."""
    number = _number(key, cell)
    return replace(number, dated=True) if isinstance(number, Number) else number


def rank_text(rank: DeskRank | None) -> Text:
    """Write a rank with the size of the field and the year in which it is ranked."""
    if rank is None:
        return BLANK
    return WORDS("rank", rank=rank.rank, count=rank.count, year=rank.year)


def _label(key: DeskKey) -> Text:
    """Return the name of a row without its unit."""
    return WORDS(f"row.{key}").bare
