"""The brief: the title, six figures, three strengths and weaknesses, the road, debt, three risks, what is missing."""

from __future__ import annotations

from bolang.diagnosis.desk import DeskKey, DeskRow
from bolang.document.model import Block, Cell, Column, Document, Note, Paragraph, Row, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import number_text
from bolang.pages.desk.tables import rank_text
from bolang.pages.plan.sentences import measure_name
from bolang.pages.report import cover, risks, road, strengths
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, cell_number
from bolang.pages.report.headline import subtitle, title
from bolang.pages.report.say import listed, paragraph, say
from bolang.wording import load

WORDS = load("brief")
COVER = load("report_cover")
NAMES = load("report_desk")
PLAN = load("plan")
CHOICE: tuple[DeskKey, ...] = (
    "gdp",
    "population",
    "fiscal_revenue",
    "self_sufficiency",
    "household_deposits",
    "gdp_per_head",
    "debt_balance",
    "income",
    "exports",
    "urban_share",
)
"""Rows of the desk table, of which the first six with a figure are shown."""
_SIX = 6
_THREE, _MOST_MEASURES, _MOST_MISSING, _MOST_RISKS = 3, 4, 5, 4


def brief_page(context: Context, authors: Text | None = None) -> Document:
    """Write the brief of a county."""
    blocks: list[Block] = [
        _figures(context),
        _entries(context, "strong", "strengths"),
        _entries(context, "weak", "weaknesses"),
        _road(context),
        _debt(context),
        _risks(context),
        _missing(context),
        paragraph(say(WORDS, "sign")),
    ]
    return Document(
        title=title(context),
        subtitle=subtitle(context),
        kicker=WORDS("kicker"),
        authors=authors or COVER("authors"),
        date=context.day,
        front=tuple(blocks),
        sections=(),
        keywords=(context.name,),
    )


def _bare(sentence: Sentence) -> Sentence:
    """Drop the notes: the brief has no room for them, the report holds them."""
    none: tuple[Note, ...] = ()
    return Sentence(sentence.text, none)


def _figures(context: Context) -> Table:
    columns = (
        Column(WORDS("figures.item"), "left"),
        Column(WORDS("figures.value")),
        Column(WORDS("figures.year"), "center"),
        Column(WORDS("figures.rank", area=area_word(context.county.province, "whole"))),
    )
    known = [row for key in CHOICE if (row := context.desk.row(key)).cells]
    rows = tuple(_figure(row) for row in known[:_SIX])
    return Table("six", WORDS("figures"), columns, rows, WORDS("figures.source"))


def _figure(row: DeskRow) -> Row:
    cell = row.latest
    value: Cell = BLANK
    if cell is not None:
        value = cell_number(cell, row.unit).text
    return Row(
        (
            _first(NAMES(f"name.{row.key}")),
            value,
            BLANK if cell is None else same(str(cell.year)),
            rank_text(row.in_province),
        ),
        key=row.key,
    )


def _entries(context: Context, side: strengths.Side, key: str) -> Paragraph:
    found = [strengths.short(entry) for entry in strengths.entries(context, side)]
    if side == "strong":
        product = strengths.measured_product(context)
        if product is not None:
            from bolang.pages.report.products import display

            found = [display(product), *found]
    if not found:
        return paragraph(say(WORDS, "strengths.none" if side == "strong" else "weaknesses.none"), lead=_lead(key))
    return paragraph(*(Sentence(_first(text) + Text("。", ".")) for text in found[:_THREE]), lead=_lead(key))


def _lead(key: str) -> Text:
    return WORDS(key) + Text("：", ":")


def _road(context: Context) -> Paragraph:
    short = road.in_a_few_words(context)
    made = [] if short is None else [Sentence(_first(short))]
    count = 0
    for standing in ("do", "pilot", "apply", "ask"):
        found = context.plan.of(standing)[: _MOST_MEASURES - count]
        if found:
            count += len(found)
            names = listed(measure_name(entry) for entry in found)
            made.append(say(WORDS, "measures", standing=_first(PLAN(f"standing.{standing}")), items=names))
    return paragraph(*made, lead=_lead("road"))


def _first(text: Text) -> Text:
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def _debt(context: Context) -> Paragraph:
    row = context.desk.row("debt_balance")
    if row.latest is None:
        return paragraph(say(WORDS, "debt.unknown"), lead=_lead("debt"))
    cell = row.latest
    limit = context.desk.row("debt_limit").of(cell.year)
    debt = cell_number(cell, row.unit)
    if limit is None or limit.value <= 0:
        return paragraph(say(WORDS, "debt.known", year=cell.year, debt=debt), lead=_lead("debt"))
    used = number_text(100.0 * cell.value / limit.value, 1) + "%"
    return paragraph(say(WORDS, "debt.limit", year=cell.year, debt=debt, used=used), lead=_lead("debt"))


def _risks(context: Context) -> Paragraph:
    found = [part for sentence in risks.sentences(context)[:_THREE] for part in _parts(sentence)]
    return paragraph(*(found[:_MOST_RISKS] or [say(WORDS, "risks.none")]), lead=_lead("risks"))


def _parts(sentence: Sentence) -> list[Sentence]:
    """Take a sentence of several clauses apart: the brief is made of short ones."""
    zh, en = sentence.text.zh.rstrip("。").split("；"), sentence.text.en.rstrip(".").split("; ")
    if len(zh) != len(en):
        return [_bare(sentence)]
    return [Sentence(_first(Text(one + "。", other + "."))) for one, other in zip(zh, en, strict=True)]


def _missing(context: Context) -> Paragraph:
    absent = cover.absent_rows(context)
    if not absent:
        return paragraph(say(WORDS, "missing.nothing"), lead=_lead("missing"))
    names = [NAMES(f"name.{key}") for key in absent]
    halves = (names[:_MOST_MISSING], names[_MOST_MISSING:])
    return paragraph(
        *(say(WORDS, "missing.items", items=_first(listed(half))) for half in halves if half), lead=_lead("missing")
    )
