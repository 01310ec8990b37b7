"""Risks that this county's own figures show, what to watch, and what would change the view."""

from __future__ import annotations

from collections.abc import Callable

from bolang.atlas.model import Fact
from bolang.diagnosis.desk import DeskCell
from bolang.document.model import Block, Column, Note, Number, Row, Section, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.foundation.units import TONNES, exact_text, number_text
from bolang.pages.report import notes, products
from bolang.pages.report.context import Context
from bolang.pages.report.facts import notes_of, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import nominal, unmoved
from bolang.pages.report.say import clauses, paragraph, say
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("report_risks")
MOST = 5
_POINTS = 5
_TENTH = 10.0
"""Per cent by which transfers are taken to fall in the sentence on what rests on them."""
_NEAR = 0.5
"""Share of its value by which one part may move for the move to be worth naming."""


def risks(context: Context) -> Section:
    """Build the chapter."""
    found = sentences(context)[:MOST]
    lines: list[Block] = [paragraph(sentence, bullet=True) for sentence in found]
    return Section("risks", WORDS("title"), (*lines, _watch(context)))


def sentences(context: Context) -> list[Sentence]:
    """Return the risks that apply, the gravest kinds first."""
    makers: tuple[Callable[[Context], Sentence | None], ...] = (
        _transfers,
        _limit,
        _coal,
        _exhausted,
        _exports,
        _market,
        _one_industry,
    )
    return [made for make in makers if (made := make(context)) is not None]


def _limits(name: str) -> tuple[float, ...]:
    value = load_parameters("bolang.pages.report")[name].value
    assert isinstance(value, list | tuple)
    return tuple(float(x) for x in value)


def _line(name: str, key: str) -> float:
    value = load_parameters("bolang.pages.report")[name].value
    assert isinstance(value, dict)
    return float(value[key])


def _percent(value: float) -> str:
    return number_text(value, 1) + "%"


def _transfers(context: Context) -> Sentence | None:
    """Say what a tenth less of transfers would ask for, and what else presses: debt to be served, debt that outgrows revenue.

    What a tenth less of transfers and funds leaves open is a tenth of the spending that own revenue does not cover.
    """
    cell = context.desk.row("self_sufficiency").latest
    resting, owing = None, None
    if cell is not None and 0 < cell.value < _limits("self_sufficiency")[1]:
        owed, key = debt_to_revenue(context), f"transfers.{grade('self', cell.value)}"
        gap = number_text(_TENTH * (100.0 - cell.value) / cell.value, 0) + "%"
        resting = WORDS(key, gap=gap, year=cell.year) if key in WORDS else None
        if resting is not None and owed is not None and owed[0] >= _multiple():
            owing = WORDS("transfers.debt")
    growing, known = _faster(context)
    traced = notes_of(cell.facts) if cell is not None and resting is not None else ()
    return clauses((resting, owing, growing), (*traced, *known))


def _limit(context: Context) -> Sentence | None:
    used = limit_used(context)
    if used is None or used[0] < _line("watch_lines", "debt_used"):
        return None
    return say(WORDS, "debt.limit", notes_of(used[1].facts), used=_percent(used[0]), year=used[1].year)


def _multiple() -> float:
    return load_parameters("bolang.pages.report").number("debt_multiple")


def limit_used(context: Context) -> tuple[float, DeskCell] | None:
    """Return the share of the debt limit that is used, in per cent, and the balance."""
    balance = context.desk.row("debt_balance").latest
    limit = None if balance is None else context.desk.row("debt_limit").of(balance.year)
    if balance is None or limit is None or limit.value <= 0:
        return None
    return 100.0 * balance.value / limit.value, balance


def debt_to_revenue(context: Context) -> tuple[float, int, tuple[Fact, ...]] | None:
    """Return the debt balance over the general budget revenue of the same year, for the newest year that has both."""
    debt, revenue = context.desk.row("debt_balance"), context.desk.row("fiscal_revenue")
    pairs = [(cell, revenue.of(cell.year)) for cell in reversed(debt.cells)]
    both = ((cell, own) for cell, own in pairs if own is not None and own.value > 0)
    return next(((cell.value / own.value, cell.year, (*cell.facts, *own.facts)) for cell, own in both), None)


def _faster(context: Context) -> tuple[Text | None, tuple[Note, ...]]:
    """Say that debt grows away from revenue, each over its newest comparable years."""
    debt = nominal(context, context.yearly("debt_balance"), revised=False)
    revenue = nominal(context, context.yearly("fiscal_revenue"), revised=False)
    if debt is None or revenue is None or debt.rate <= max(revenue.rate, 0.0) + _POINTS or debt.last < revenue.first:
        return None, ()
    traced = notes_of((*debt.facts, *revenue.facts))
    moved = "still" if unmoved(revenue.rate) else "falls" if revenue.rate < 0 else "faster"
    return WORDS(f"debt.{moved}", debt=_percent(debt.rate)), traced


def _coal(context: Context) -> Sentence | None:
    """Say what shrinks when coal prices fall: jobs too where many are in mines."""
    least = load_parameters("bolang.pages.report").number("coal_named")
    found = (p for p in products.named(context) if p.kind == "coal" and (p.capacity or 0.0) >= least)
    product = next(found, None)
    if product is None:
        return None
    traced = products.notes_of_products((product,))
    mines = next((line.share for line in context.diagnosis.industries if line.code == "B"), 0.0)
    if mines >= _line("watch_lines", "mining_jobs") and not context.small_sample:
        values: dict[str, Value] = {"share": _percent(mines), "year": context.census}
        return say(WORDS, "resource.coal.jobs", (*traced, notes.census()), **values)
    shown = Number(product.capacity, 0, TONNES, product.year)
    return say(WORDS, "resource.coal", traced, capacity=shown, year=product.year or context.census)


def _exhausted(context: Context) -> Sentence | None:
    return say(WORDS, "resource.exhausted") if context.atlas.status.has(context.county, "exhausted") else None


def _exports(context: Context) -> Sentence | None:
    reading = context.reading("exports_to_gdp")
    if reading is None or reading.value is None or reading.value < _line("strength_floor", "exports_to_gdp"):
        return None
    return say(WORDS, "trade.exports", (context.note(reading),), share=_percent(reading.value), year=reading.year)


def _market(context: Context) -> Sentence | None:
    found = next((p for p in products.named(context) if p.kind == "market" and p.verified), None)
    return (
        None
        if found is None
        else say(WORDS, "trade.market", products.notes_of_products((found,)), product=products.display(found))
    )


def _one_industry(context: Context) -> Sentence | None:
    lines = [line for line in context.diagnosis.industries if line.code not in {"A", "S", "P"}]
    if not lines or context.small_sample:
        return None
    first = max(lines, key=lambda line: line.share)
    if first.share < _line("watch_lines", "one_industry"):
        return None
    name = Text(first.label.zh, first.label.en)
    return say(
        WORDS, "industry.one", (notes.census(),), industry=name, share=_percent(first.share), year=context.census
    )


def _type(context: Context) -> Row | None:
    """Watch what the type hangs on most, where a move by half of its value would change it."""
    kind = context.kind
    if kind is None or not kind.changes or context.small_sample or context.is_benchmark or kind.situation == "core":
        return None
    from bolang.pathway.types.roads import ROADS

    first = kind.changes[0]
    if abs(first.needed - first.now) > _NEAR * abs(first.now):
        return None
    unit = first.part.unit
    now, needed = (
        Text(
            number_text(value, first.part.digits) + unit.zh,
            f"{number_text(value, first.part.digits)} {unit.en}".strip(),
        )
        for value in (first.now, first.needed)
    )
    line = WORDS("line.type", value=needed, kind=ROADS[first.to].label)
    return Row((WORDS("item.type", part=_capital(first.part.label)), now, line, WORDS("where.type")), key="type")


def _capital(text: Text) -> Text:
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def _watch(context: Context) -> Table:
    """Indicators with their present value, the line that changes the view, and where to read them."""
    used, share = limit_used(context), context.reading("exports_to_gdp")
    own, debt = context.desk.row("self_sufficiency").latest, context.desk.row("debt_ratio").latest
    rows = [
        _watched(
            "self_sufficiency",
            None if own is None else (own.value, own.year),
            -_limits("self_sufficiency")[0],
            "accounts",
        ),
        _watched(
            "debt_used", None if used is None else (used[0], used[1].year), _line("watch_lines", "debt_used"), "debt"
        ),
        _watched(
            "debt_ratio",
            None if debt is None else (debt.value, debt.year),
            _line("weakness_line", "debt_ratio"),
            "debt",
        ),
        _watched("loan_ratio", _loans(context), _limits("loan_ratio")[1], "bulletin"),
    ]
    if share is not None and share.value is not None:
        rows.append(
            _watched("exports_to_gdp", (share.value, share.year), _line("strength_floor", "exports_to_gdp"), "customs")
        )
    kind = _type(context)
    rows += [] if kind is None else [kind]
    columns = (
        Column(WORDS("watch.head"), "left"),
        Column(WORDS("watch.now")),
        Column(WORDS("watch.line")),
        Column(WORDS("watch.where"), "left"),
    )
    return Table("watch", WORDS("watch"), columns, tuple(rows), WORDS("watch.source"))


def _watched(key: str, now: tuple[float, int] | None, line: float, where: str) -> Row:
    """Make a row; a negative line is one from above."""
    side = "below" if line < 0 else "above"
    limit = abs(line)
    shown = WORDS("watch.missing") if now is None else WORDS("watch.value", value=_percent(now[0]), year=now[1])
    beyond = now is not None and (now[0] < limit if line < 0 else now[0] > limit)
    text = WORDS(f"line.{side}.already" if beyond else f"line.{side}", value=f"{exact_text(limit)}%")
    return Row((WORDS(f"item.{key}"), shown, text, WORDS(f"where.{where}")), key=key)


def _loans(context: Context) -> tuple[float, int] | None:
    deposits, loans = context.yearly("household_deposits"), context.yearly("loans")
    years = sorted(set(deposits) & set(loans))
    return (100.0 * wan(loans[years[-1]]) / wan(deposits[years[-1]]), years[-1]) if years else None
