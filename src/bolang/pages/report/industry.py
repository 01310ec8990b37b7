"""Industry: named products and lists first, then what the census says of jobs; one small-sample gate."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.atlas.industries import EXPORT_BASE, SOLD_AT_HOME
from bolang.atlas.products import FARM, Product
from bolang.atlas.status import OfficialStatus
from bolang.document.model import Block, Cell, Column, Note, Number, Paragraph, Row, Section, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import NONE, PERCENT, number_text
from bolang.pages.report import notes, products, user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, source_note
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, listed, lower, paragraph
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
    (farm, grown), (lists, told) = _farm([p for p in found if p.kind in FARM]), _statuses(context)
    blocks += filled(paragraph(clauses((farm, lists), (*grown, *told))), _jobs(context))
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


def _farm(found: list[Product]) -> tuple[Text | None, tuple[Note, ...]]:
    if not found:
        return None, ()
    shown_names = [products.display(p) for p in found[:_MOST_FARM]]
    # Two varieties may have one English name.
    english = join([same(name) for name in dict.fromkeys(name.en for name in shown_names)], ", ", ", ")
    names = Text(join(shown_names, "、", ", ").zh, english.en)
    shown = WORDS("farm.more", names=names) if len(found) > _MOST_FARM else names
    return WORDS("farm", count=len(found), names=shown), products.notes_of_products(found[:_MOST_FARM])


def _statuses(context: Context) -> tuple[Text | None, tuple[Note, ...]]:
    """Say the official lists that name the county; a list that names its prefecture says nothing of it."""
    found = [status for status in context.atlas.status.of(context.county) if status.level == "county"]
    if not found:
        return None, ()
    return WORDS("status", names=listed(map(_status_name, found))), _status_notes(found)


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
        first = WORDS("special", names=listed(lower(line.label) for line in strong), year=year)
    else:
        first = WORDS("special.none", year=year)
    return paragraph(clauses((first, _legs(context), *_change(context)), (notes.census(),)))


def _legs(context: Context) -> Text | None:
    lines = {line.code: line for line in context.diagnosis.industries}
    made, sold = lines.get("C"), lines.get("F")
    if made is None or sold is None:
        return None
    line = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    if made.lq >= line and sold.lq >= line:
        return WORDS("both", line=number_text(line, 1))
    if made.lq >= line and sold.lq < 1.0:
        return WORDS("leg.workshop")
    return WORDS("leg.market") if sold.lq >= line and made.lq < 1.0 else None


def _change(context: Context) -> tuple[Text, ...]:
    """Say which industry gained the largest share of jobs, and which lost most where it is not farming, as nearly everywhere."""
    lines = [line for line in context.diagnosis.industries if line.employed_earlier is not None]
    before = sum(line.employed_earlier or 0 for line in lines)
    if not before:
        return ()
    moved = {line.code: line.share - 100.0 * (line.employed_earlier or 0) / before for line in lines}
    gain = max(lines, key=lambda line: moved[line.code])
    loss = min(lines, key=lambda line: moved[line.code])
    size = number_text(moved[gain.code], 1, signed=True)
    made = [WORDS("change.gain", name=lower(gain.label), size=size)]
    if loss.code != "A":
        made.append(WORDS("change.loss", name=lower(loss.label)))
    return tuple(made)


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
