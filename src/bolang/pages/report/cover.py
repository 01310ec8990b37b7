"""The first page: three sentences, the desk table, what is missing and where it stands."""

from __future__ import annotations

from bolang.atlas.industries import LIVED_FROM
from bolang.diagnosis.desk import DeskKey, DeskRank, DeskRow
from bolang.document.model import Block, Box, Cell, Column, Paragraph, Row, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.report import notes, products, user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, cell_number, latest_of, notes_of, number_of, row_notes
from bolang.pages.report.grades import front, grade
from bolang.pages.report.say import filled, listed, lower, paragraph, place, say
from bolang.pages.report.sheet import is_sheet
from bolang.pages.report.year_table import best_years
from bolang.wording import load

WORDS = load("report_cover")
DESK = load("report_desk")
HEADS = load("desk")
ROWS: tuple[DeskKey, ...] = (
    "gdp",
    "gdp_growth",
    "gdp_per_head",
    "population",
    "fiscal_revenue",
    "fiscal_expenditure",
    "self_sufficiency",
    "debt_balance",
    "debt_ratio",
    "household_deposits",
    "exports",
    "income",
    "urban_share",
)
BULLETIN: tuple[DeskKey, ...] = ("gdp", "gdp_growth", "household_deposits", "exports", "exports_cny", "income")
ACCOUNTS: tuple[DeskKey, ...] = ("fiscal_revenue", "fiscal_expenditure", "debt_balance", "debt_limit", "debt_rate")
_YEARS, _BEST_LISTS = 4, 4


def cover(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the first page."""
    sentences = (_size(context), _money(context), _debt(context), _lives(context))
    return (
        *filled(paragraph(*sentences[:2]), paragraph(*sentences[2:])),
        desk_table(context),
        missing_box(context),
    )


def _size(context: Context) -> Sentence:
    row = context.desk.row("gdp")
    number = latest_of(row)
    if number is None:
        people = context.desk.row("population").latest
        if people is None:
            return say(WORDS, "missing.nothing")
        shown = cell_number(people, "人")
        return say(
            WORDS,
            "size.people",
            row_notes(context.desk.row("population"), (people.year,)),
            year=people.year,
            people=shown,
        )
    rank = row.in_province
    traced = row_notes(row, (number.year or 0,))
    if rank is None or rank.year != number.year:
        return say(WORDS, "size.unranked", traced, year=number.year or 0, gdp=number)
    return say(
        WORDS,
        f"size.{front(rank.rank, rank.count)}",
        traced,
        year=number.year or 0,
        gdp=number,
        group=same(context.county.province),
        count=rank.count,
        rank=place(rank.rank),
    )


def _money(context: Context) -> Sentence | None:
    row, share = context.desk.row("fiscal_revenue"), context.desk.row("self_sufficiency")
    number = latest_of(row)
    if number is None:
        found = next((t for t in context.desk.together if t.key == "fiscal_revenue"), None)
        if found is None:
            return None
        amount = number_of(found.fact)
        return say(
            WORDS,
            "money.together",
            notes_of((found.fact,)),
            city=same(found.city),
            year=found.fact.year,
            revenue=amount,
        )
    both = share.latest
    if both is not None:
        own = row.of(both.year)
        if own is not None:
            revenue = cell_number(own, row.unit)
            return say(
                WORDS,
                f"money.{grade('self', both.value)}",
                row_notes(share, (both.year,)),
                year=both.year,
                revenue=revenue,
                share=cell_number(both, "%"),
            )
    return say(WORDS, "money.alone", row_notes(row, (number.year or 0,)), year=number.year or 0, revenue=number)


def _debt(context: Context) -> Sentence | None:
    row, limit = context.desk.row("debt_balance"), context.desk.row("debt_limit")
    if row.latest is None:
        return None
    number = cell_number(row.latest, row.unit)
    ceiling = limit.of(row.latest.year)
    traced = row_notes(row, (row.latest.year,))
    if ceiling is None or not ceiling.value:
        return say(WORDS, "debt.alone", traced, year=row.latest.year, debt=number)
    used = f"{number_text(100 * row.latest.value / ceiling.value, 1)}%"
    return say(WORDS, "debt", traced, year=row.latest.year, debt=number, used=used)


def _lives(context: Context) -> Sentence | None:
    least = load_parameters("bolang.pages.report").number("coal_named")
    found = [p for p in products.named(context) if p.rank <= _BEST_LISTS and p.verified]
    named = [p for p in found if p.kind != "coal" or (p.capacity or 0.0) >= least][:3]
    if named:
        kinds = listed(dict.fromkeys(products.kind_name(p) for p in named))
        return say(
            WORDS,
            "lives.product",
            products.notes_of_products(named),
            source_kind=kinds,
            products=listed(products.display(p) for p in named),
        )
    strong = context.specialisations(LIVED_FROM)
    if not strong:
        return None
    first = strong[0]
    return say(
        WORDS,
        "lives.industry",
        (notes.CENSUS,),
        industry=lower(first.label),
        quotient=number_text(first.lq, 1),
        year=context.census,
    )


def desk_table(context: Context) -> Table:
    """The table of the first page: the years in which most rows have figures, the newest others, the ranks."""
    desk = context.desk
    rows = [desk.row(key) for key in shown_rows(context)]
    if is_sheet(context):
        rows = [row for row in rows if row.cells]
    series = [[cell.year for cell in row.cells] for row in rows]
    years = best_years(series, _YEARS)
    others = [_other(row, years) for row in rows]
    if any(cell is not BLANK for cell in others):
        years = best_years(series, _YEARS - 1)
        others = [_other(row, years) for row in rows]
    with_other = any(cell is not BLANK for cell in others)
    columns = [Column(WORDS("table.head"), "left", 2.9), *(Column(same(str(year)), width=0.95) for year in years)]
    if with_other:
        columns.append(Column(WORDS("table.other"), width=1.5))
    municipal = context.in_municipality
    if not municipal:
        columns.append(Column(WORDS("table.in_prefecture"), width=1.9))
    above = "table.in_prefecture" if municipal else "table.in_province"
    columns.append(Column(WORDS(above), width=1.9))
    made = []
    for row, other in zip(rows, others, strict=True):
        cells: list[Cell] = [HEADS(f"row.{row.key}")]
        cells += [BLANK if (cell := row.of(year)) is None else cell_number(cell, row.unit) for year in years]
        cells += [other] if with_other else []
        cells += [] if municipal else [_rank(row.in_prefecture)]
        cells.append(_rank(row.in_province))
        traced = row_notes(row, (*years, row.latest.year)) if row.latest else ()
        made.append(Row(tuple(cells), notes=traced, key=row.key))
    return Table("desk", WORDS("table"), tuple(columns), tuple(made), WORDS("table.source"))


def shown_rows(context: Context) -> tuple[DeskKey, ...]:
    """Return the rows of the first page: the debt rate in place of debt to GDP, exports in the currency that is known."""
    there = {row.key for row in context.desk.rows}
    swapped: dict[DeskKey, DeskKey] = {}
    if context.desk.row("debt_rate").latest is not None:
        swapped["debt_ratio"] = "debt_rate"
    if "exports" not in there and "exports_cny" in there:
        swapped["exports"] = "exports_cny"
    return tuple(swapped.get(key, key) for key in ROWS)


def absent_rows(context: Context) -> tuple[DeskKey, ...]:
    """Return the rows of the first page without any figure; debt to GDP goes without saying where debt is absent."""
    return tuple(key for key in shown_rows(context) if key != "debt_ratio" and context.desk.row(key).latest is None)


def _other(row: DeskRow, years: tuple[int, ...]) -> Text:
    latest = row.latest
    if latest is None or any(row.of(year) for year in years):
        return BLANK
    number = cell_number(latest, row.unit)
    return WORDS("other", value=Text(number.plain("zh"), number.plain("en")), year=latest.year)


def _rank(rank: DeskRank | None) -> Text:
    return BLANK if rank is None else WORDS("rank", rank=rank.rank, count=rank.count, year=rank.year)


def missing_box(context: Context) -> Box:
    """Say what is missing, which document holds it, how to bring it, and what would then appear."""
    desk = context.desk
    absent = set(desk.missing)
    if desk.row("gdp_per_head").latest is None:
        absent.add("gdp_per_head")
    made: list[Paragraph] = []
    for key, listed_keys in (("missing.bulletin", BULLETIN), ("missing.accounts", ACCOUNTS)):
        found = [DESK(f"name.{item}") for item in listed_keys if item in absent]
        if found:
            made.append(paragraph(say(WORDS, key, items=listed(found))))
    if "debt_balance" not in absent and user_rows.platform_debt(context) is None:
        made.append(paragraph(say(WORDS, "missing.platforms")))
    made += _stale(context)
    made += _territory(context)
    made += [
        paragraph(
            say(
                WORDS,
                "missing.together",
                notes_of((t.fact,)),
                city=same(t.city),
                year=t.fact.year,
                item=DESK(f"name.{t.key}"),
                value=number_of(t.fact),
            )
        )
        for t in desk.together
        if t.key != "fiscal_revenue"
    ]
    if not made:
        made.append(paragraph(say(WORDS, "missing.nothing")))
    else:
        made.append(paragraph(say(WORDS, "missing.how", county=context.name)))
    return Box(WORDS("missing.title"), tuple(made))


def _territory(context: Context) -> list[Paragraph]:
    """Say that the territory changed after the census, so that a reader of the new unit knows what the figures are of."""
    changes = [c for c in context.atlas.territory.of(context.county) if c.territorial and c.year > context.census]
    return [
        paragraph(
            say(
                WORDS,
                f"territory.{change.kind}",
                year=change.year,
                county=context.name,
                others=join([same(name) for name in change.others], "、", ", "),
                census=context.census,
            )
        )
        for change in changes
        if change.others
    ]


def _stale(context: Context) -> list[Paragraph]:
    """Name the rows whose newest figure is old beside the day of the report; the census of ten years is not blamed."""
    oldest = context.day.year - round(load_parameters("bolang.pages.report").number("fresh_years"))
    found = []
    for key in shown_rows(context):
        row = context.desk.row(key)
        if key in {"urban_share", "population", "gdp_per_head"} or row.latest is None or row.latest.year >= oldest:
            continue
        found.append(WORDS("missing.stale_item", item=DESK(f"name.{key}"), year=row.latest.year))
    return [paragraph(say(WORDS, "missing.stale", items=join(found, "、", ", ")))] if found else []
