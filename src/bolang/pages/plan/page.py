"""The plan of one county as a document: the answer, the measures as a table, what it rests on; everything else behind."""

from __future__ import annotations

from datetime import date

from bolang.atlas.romanize import place
from bolang.document.marks import said_once
from bolang.document.model import Block, Cell, Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import MONEY_YI, PERCENT, number_text, span_text
from bolang.pages.plan import sentences
from bolang.pages.plan.sentences import measure_name, percent, reason
from bolang.pages.plan.tables import cash_table, model_table
from bolang.pathway.plan.cards import Card, cards
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.outlays import published_outlays
from bolang.pathway.plan.result import Plan, PlanEntry
from bolang.wording import load

WORDS = load("plan")

_SIGN = {-1: "negative", 0: "none", 1: "positive"}
_SHOWN = ("do", "pilot", "apply", "ask", "later", "too_dear")


def plan_page(plan: Plan, day: date | None = None) -> Document:
    """Write the plan of a county."""
    everything = Section("all", WORDS("all.title"), (measure_table(plan, plan.entries, "all-measures"),))
    evidence = Section("evidence", WORDS("evidence.title"), (_evidence_table(),))
    outlays = Section("outlays", WORDS("outlays.title"), (outlay_table(),))
    return Document(
        title=WORDS("title", county=place(plan.county.name)),
        subtitle=WORDS("subtitle"),
        kicker=place(plan.county.full_name),
        authors=WORDS("authors"),
        date=day or date.today(),
        front=plan_blocks(plan),
        sections=(*_behind(plan), everything, outlays, evidence),
    )


def plan_blocks(plan: Plan) -> tuple[Block, ...]:
    """Return the first page of a plan, for a document of its own or a chapter of the report."""
    blocks: list[Block] = [Paragraph(tuple(Sentence(text) for text in sentences.answer(plan)), role="answer")]
    shown = plan.of(*_SHOWN)  # type: ignore[arg-type]
    if shown:
        blocks.append(measure_table(plan, shown))
    running = sentences.in_place(plan)
    bullets = [running] if running is not None else []
    bullets += sentences.rests_on(plan)
    blocks += [_bullet(text) for text in bullets]
    for said in (sentences.money(plan), sentences.freight(plan)):
        if said:
            blocks.append(Paragraph(tuple(Sentence(text) for text in said), role="bullet"))
    blocks += [Paragraph((Sentence(text),), WORDS("leave.lead"), "bullet") for text in sentences.leave(plan)]
    return tuple(blocks)


def _behind(plan: Plan) -> list[Section]:
    cash, model = cash_table(plan), model_table(plan)
    made = [] if cash is None else [Section("cash", WORDS("cash.title"), (cash,))]
    return made if model is None else [*made, Section("model", WORDS("model.title"), (model,))]


def plan_tables(plan: Plan) -> tuple[Table, ...]:
    """Return what stands behind the first page: cash by year, and what the model says of the measures."""
    return tuple(table for table in (cash_table(plan), model_table(plan)) if table is not None)


def _bullet(text: Text) -> Paragraph:
    return Paragraph((Sentence(text),), role="bullet")


def measure_table(plan: Plan, entries: tuple[PlanEntry, ...], key: str = "measures") -> Table:
    """Set out measures: what to do with each, because of what, who decides, what it costs, what it would have to bring."""
    columns = (
        Column(WORDS("column.measure"), "left"),
        Column(WORDS("column.standing"), "left"),
        Column(WORDS("column.test"), "left"),
        Column(WORDS("column.decider"), "left"),
        Column(WORDS("column.outlay")),
        Column(WORDS("column.county", here=sentences.here(plan))),
        Column(WORDS("column.running")),
        Column(WORDS("column.break_even")),
    )
    rows = tuple(
        Row(
            (
                measure_name(entry),
                WORDS(f"standing.{entry.standing}"),
                reason(entry),
                sentences.decider(plan, entry),
                *_money_cells(entry, plan.base.year if plan.base else None),
            ),
            key=entry.key,
        )
        for entry in entries
    )
    caption = WORDS("table.caption", county=place(plan.county.name))
    rail = any(entry.key == "sea_rail" and _priced(entry) for entry in entries)
    source = WORDS("table.source")
    if rail:
        source = join((source, WORDS("table.source.sea_rail")), "；", "; ")
    return said_once(Table(key, caption, columns, rows, source))


def _priced(entry: PlanEntry) -> bool:
    """Whether the table says what a measure costs."""
    return entry.account is not None and entry.standing not in ("in_place", "impossible", "off_road")


def _money_cells(entry: PlanEntry, year: int | None) -> tuple[Cell, ...]:
    found = entry.account
    if found is None or not _priced(entry):
        return (same("–"),) * 4
    even = percent(found.break_even)
    return (
        Number(found.outlay, 2, MONEY_YI, year, "estimated", marked=False),  # the heads say that these are assumed
        Number(100 * found.share, 0, PERCENT, year, "estimated", marked=False),
        Number(found.running, 2, MONEY_YI, year, "estimated", marked=False),
        Number(100 * found.break_even, even.digits, PERCENT, year, "estimated"),
    )


def outlay_table() -> Table:
    """Set out what was published of outlays, beside what is assumed for a county of median size."""
    columns = (
        Column(WORDS("column.measure"), "left"),
        Column(WORDS("outlays.place"), "left"),
        Column(WORDS("outlays.kind"), "left"),
        Column(WORDS("outlays.amount")),
        Column(WORDS("outlays.year")),
        Column(WORDS("outlays.assumed")),
        Column(WORDS("outlays.source"), "left"),
    )
    rows = []
    for number, item in enumerate(published_outlays()):
        measure = measures()[item.measure]
        low, mode, high = (Text(number_text(value, 1), number_text(value / 10, 2)) for value in measure.cost)
        rows.append(
            Row(
                (
                    sentences.name_of(measure),
                    item.place.text,
                    WORDS(f"outlays.kind.{item.kind}"),
                    Number(item.amount, 2, MONEY_YI, item.year, "measured", item.source.text),
                    same(str(item.year)),
                    WORDS("outlays.range", low=low, mode=mode, high=high),
                    item.source.text,
                ),
                key=f"{item.measure}-{number}",
            )
        )
    return Table("outlays", WORDS("outlays.caption"), columns, tuple(rows), WORDS("outlays.note"))


def _evidence_table() -> Table:
    columns = (
        Column(WORDS("evidence.study"), "left"),
        Column(WORDS("evidence.outcome"), "left"),
        Column(WORDS("evidence.estimate"), "left"),
        Column(WORDS("evidence.carries"), "left"),
        Column(WORDS("evidence.checked"), "left"),
    )
    rows = tuple(_card_row(card) for card in cards().values())
    kept = load_parameters("bolang.pathway.plan").number("single_study_kept")
    return Table(
        "evidence",
        WORDS("evidence.caption"),
        columns,
        rows,
        WORDS("evidence.source", kept=Number(100 * kept, 0, PERCENT)),
    )


def _card_row(card: Card) -> Row:
    estimate = _estimate(card)
    outcome = WORDS(f"card.{card.key}")
    checked = WORDS("evidence.yes") if card.verified else WORDS("evidence.no")
    return Row(
        (
            Text(card.citation_zh or card.citation, card.citation),
            outcome,
            estimate,
            WORDS(f"evidence.carries.{card.carries}"),
            checked,
        ),
        key=card.key,
    )


def _estimate(card: Card) -> Text:
    if card.estimate is None:
        return WORDS(f"evidence.sign.{_SIGN[card.sign]}")
    digits = 3 if abs(card.estimate) < 0.2 else 2
    mean = number_text(card.estimate, digits)
    if card.low is None or card.high is None:
        return same(mean)
    if card.void is not None:
        low, high = number_text(card.low, digits), number_text(card.high, digits)
        return WORDS("evidence.pooled", mean=mean, low=low, high=high, void=Number(100 * card.void, 0, PERCENT))
    between = span_text(card.low, card.high, digits)
    return Text(f"{mean} ({between.zh})", f"{mean} ({between.en})")
