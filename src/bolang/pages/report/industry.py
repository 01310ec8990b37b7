"""Industry: named products and lists first, then what the census says of jobs; one small-sample gate."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.atlas.industries import EXPORT_BASE, SOLD_AT_HOME
from bolang.atlas.products import FARM, Product
from bolang.atlas.status import OfficialStatus
from bolang.diagnosis.result import IndustryLine
from bolang.document.model import Block, Cell, Column, Note, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import NONE, PERCENT, number_text
from bolang.pages.report import notes, products, user_rows
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, source_note
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, listed, lower, paragraph, say
from bolang.wording import load

WORDS = load("report_industry")
_MOST_PRODUCTS, _MOST_FARM, _MOST_LINES, _MOST_NAMED = 8, 6, 8, 4


def industry(context: Context) -> Section:
    """Build the chapter."""
    found = products.named(context)
    made_here = [p for p in found if p.kind not in FARM][:_MOST_PRODUCTS]
    blocks: list[Block] = []
    if made_here:
        blocks.append(product_table(made_here))
    text = _farm([p for p in found if p.kind in FARM])
    blocks += filled(paragraph(*text, _statuses(context)), _jobs(context))
    table = _industries(context)
    if table is not None:
        blocks.append(table)
    blocks += user_rows.tables(context, ("firms", "parks"))
    blocks += also_imported(context, "industry", ())
    return Section("industry", WORDS("title"), tuple(blocks))


def product_table(found: list[Product]) -> Table:
    """List industrial products with what the source says and its year."""
    columns = (
        Column(WORDS("head.kind"), "left"),
        Column(WORDS("head.name"), "left"),
        Column(WORDS("head.detail"), "left"),
        Column(WORDS("head.year"), "center"),
    )
    rows = []
    for product in found:
        name = products.display(product)
        shown = name if product.verified else WORDS("unverified", name=name)
        detail = products.remark(product) or BLANK
        year = BLANK if product.year is None else same(str(product.year))
        rows.append(
            Row((products.short_kind(product), shown, detail, year), notes=products.notes_of_products((product,)))
        )
    return Table("products", WORDS("products"), columns, tuple(rows), WORDS("products.source"))


def _farm(found: list[Product]) -> list[Sentence]:
    if not found:
        return []
    names = join([products.display(p) for p in found[:_MOST_FARM]], "、", ", ")
    shown = WORDS("farm.more", names=names) if len(found) > _MOST_FARM else names
    return [say(WORDS, "farm", products.notes_of_products(found[:_MOST_FARM]), count=len(found), names=shown)]


def _statuses(context: Context) -> Sentence | None:
    """Say the official lists that name the county, and those that name its prefecture only."""
    found = context.atlas.status.of(context.county)
    named, above = (
        listed(_status_name(status) for status in found if status.level == level) for level in ("county", "prefecture")
    )
    area = area_word(context.county.prefecture, "home")
    made = [WORDS("status", names=named)] if named.zh else []
    made += [WORDS("status.prefecture", area=area, names=above)] if above.zh else []
    return clauses(made, _status_notes(found))


def _status_name(status: OfficialStatus) -> Text:
    name = WORDS(f"status.{status.key}")
    mark = same("") if status.verified else WORDS("status.mark")
    if status.year is None:
        return name if status.verified else WORDS("unverified", name=name)
    return WORDS("status.item", name=name, year=status.year, mark=mark)


def _status_notes(found: Iterable[OfficialStatus]) -> tuple[Note, ...]:
    return tuple(source_note(source) for source in dict.fromkeys(s.source for s in found if s.source))


def _jobs(context: Context) -> Paragraph:
    if not context.diagnosis.industries or context.small_sample:
        return paragraph()
    strong = context.specialisations(EXPORT_BASE + SOLD_AT_HOME)[:_MOST_NAMED]
    year = context.census
    if strong:
        items = listed(
            WORDS("special.item", name=lower(line.label), quotient=number_text(line.lq, 2)) for line in strong
        )
        first = WORDS("special", names=items, year=year)
    else:
        first = WORDS("special.none", year=year)
    return paragraph(clauses((first, _change(context)), (notes.census(),)), _legs(context))


def _legs(context: Context) -> Sentence | None:
    lines = {line.code: line for line in context.diagnosis.industries}
    made, sold = lines.get("C"), lines.get("F")
    if made is None or sold is None:
        return None
    line = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    if made.lq >= line and sold.lq >= line:
        return say(WORDS, "both", line=number_text(line, 1))
    values = {"c": number_text(made.lq, 2), "f": number_text(sold.lq, 2)}
    if made.lq >= line and sold.lq < 1.0:
        return say(WORDS, "leg.workshop", (), **values)
    if sold.lq >= line and made.lq < 1.0:
        return say(WORDS, "leg.market", (), **values)
    return None


def _change(context: Context) -> Text | None:
    lines = [line for line in context.diagnosis.industries if line.employed_earlier is not None]
    before = sum(line.employed_earlier or 0 for line in lines)
    if not before:
        return None
    moved = {line.code: line.share - 100.0 * (line.employed_earlier or 0) / before for line in lines}
    gain = max(lines, key=lambda line: moved[line.code])
    loss = min(lines, key=lambda line: moved[line.code])
    return WORDS("change", gain=_moved(gain, moved[gain.code]), loss=_moved(loss, moved[loss.code]))


def _moved(line: IndustryLine, points: float) -> Text:
    return WORDS("change.item", name=lower(line.label), size=number_text(points, 1, signed=True))


def _industries(context: Context) -> Table | None:
    lines = sorted(context.diagnosis.industries, key=lambda line: -line.share)[:_MOST_LINES]
    if not lines or context.small_sample:
        return None
    with_before = any(line.lq_earlier is not None for line in lines)
    columns = [
        Column(WORDS("table.industry"), "left"),
        Column(WORDS("table.share")),
        Column(WORDS("table.lq")),
    ]
    if with_before:
        columns.append(Column(WORDS("table.before", year=context.earlier_census)))
    rows = []
    for line in lines:
        quotient = Number(line.lq, 2, NONE, context.census, "derived", low=line.lq_low, high=line.lq_high)
        cells: list[Cell] = [line.label, Number(line.share, 1, PERCENT, context.census, "derived"), quotient]
        if with_before:
            before = line.lq_earlier
            cells.append(BLANK if before is None else Number(before, 2, NONE, context.earlier_census, "derived"))
        rows.append(Row(tuple(cells)))
    source = WORDS("table.source", year=context.census, before=context.earlier_census)
    return Table("jobs", WORDS("table"), tuple(columns), tuple(rows), source, (notes.census(),))
