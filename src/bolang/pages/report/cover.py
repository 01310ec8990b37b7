"""The first page: three sentences, the desk table, what is missing and where it stands."""

from __future__ import annotations

from bolang.atlas.industries import LIVED_FROM
from bolang.atlas.model import Fact
from bolang.atlas.products import Product
from bolang.diagnosis.desk import DeskKey, DeskRank, DeskRow
from bolang.document.model import Block, Box, Cell, Column, Paragraph, Row, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.report import notes, products, user_rows
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, cell_number, latest_of, notes_of, number_of, row_notes, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.people import persons
from bolang.pages.report.risks import debt_to_revenue
from bolang.pages.report.say import clauses, filled, listed, lower, paragraph, place, say
from bolang.pages.report.sheet import is_sheet
from bolang.pages.report.successor import successor
from bolang.pages.report.year_table import best_years
from bolang.wording import load
from bolang.wording.entry import Value

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
_FULL = 99.0
"""Share of the limit from which it is called used up."""


def cover(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the first page."""
    sentences = (_size(context), _money(context), _debt(context), _lives(context))
    return (
        *filled(paragraph(_predecessor(context)), paragraph(*sentences[:2]), paragraph(*sentences[2:])),
        desk_table(context),
        missing_box(context),
    )


def _predecessor(context: Context) -> Sentence | None:
    """Say that the unit that was asked for has no figures of its own, and what these figures hold of it."""
    found = successor(context)
    if found is None:
        return None
    younger, year = found
    return say(WORDS, "predecessor", asked=younger, year=year, county=context.name, census=context.census)


def _size(context: Context) -> Sentence | None:
    """Say how large and how rich, as ranks among the units of the province; where GDP is unknown, how many live here."""
    row, head = context.desk.row("gdp"), context.desk.row("gdp_per_head")
    number = latest_of(row)
    if number is None:
        return _people(context)
    year = number.year or 0
    traced = row_notes(row, (year,))
    rank, per_head = row.in_province, head.in_province
    group = same(context.county.province)
    if rank is None or rank.year != year:
        return say(WORDS, "size.unranked", traced, year=year, gdp=number)
    first = WORDS("size", year=year, gdp=number, group=group, count=rank.count, rank=place(rank.rank))
    if per_head is None:
        return clauses((first, WORDS(f"size.{_third(rank)}")), traced)
    words: dict[str, Value] = {"rank": place(per_head.rank), "count": per_head.count, "year": per_head.year}
    other = "size.head" if per_head.year == year and per_head.count == rank.count else "size.head.other"
    shown = WORDS(other, **words) if other == "size.head.other" else WORDS(other, rank=words["rank"])
    return clauses((first, shown, WORDS(f"size.{_third(rank)}.{_third(per_head)}")), traced)


def _third(rank: DeskRank) -> str:
    """Return in which third of the units a rank lies."""
    return ("front", "middle", "back")[min(3 * (rank.rank - 1) // max(rank.count, 1), 2)]


def _people(context: Context) -> Sentence | None:
    people = context.desk.row("population").latest
    if people is None:
        return say(WORDS, "missing.nothing")
    shown = persons(people.value, people.year)
    traced = row_notes(context.desk.row("population"), (people.year,))
    return say(WORDS, "size.people", traced, year=people.year, people=shown)


def _money(context: Context) -> Sentence | None:
    """Say what the treasury takes in, how far it goes, and what of GDP it is."""
    row, share = context.desk.row("fiscal_revenue"), context.desk.row("self_sufficiency")
    number = latest_of(row)
    if number is None:
        return _together(context)
    both = share.latest
    own = None if both is None else row.of(both.year)
    if both is None or own is None:
        return say(WORDS, "money.alone", row_notes(row, (number.year or 0,)), year=number.year or 0, revenue=number)
    values = {"revenue": cell_number(own, row.unit), "share": cell_number(both, "%")}
    first = WORDS(f"money.{grade('self', both.value)}", year=both.year, **values)
    output = context.desk.row("gdp").of(both.year)
    weight = None
    if output is not None and output.value > 0:
        value = 100.0 * own.value / output.value
        weight = WORDS(f"weight.{grade('weight', value)}", value=number_text(value, 1) + "%")
    return clauses((first, weight), row_notes(share, (both.year,)))


def _together(context: Context) -> Sentence | None:
    """Say what all districts of the city take in and spend together, where the district has no budget of its own."""
    found = {t.key: t for t in context.desk.together}
    revenue, spent = found.get("fiscal_revenue"), found.get("fiscal_expenditure")
    if revenue is None:
        return None
    facts = (revenue.fact,) if spent is None else (revenue.fact, spent.fact)
    first = WORDS("together", city=same(revenue.city), year=revenue.fact.year, revenue=number_of(revenue.fact))
    second = None
    if spent is not None and spent.fact.year == revenue.fact.year and wan(spent.fact) > 0:
        share = 100.0 * wan(revenue.fact) / wan(spent.fact)
        second = WORDS(f"together.{grade('self', share)}", share=number_text(share, 0) + "%")
    return clauses((first, second), notes_of(facts))


def _debt(context: Context) -> Sentence | None:
    """Say what is owed, in years of revenue, and whether the limit leaves room."""
    row, limit = context.desk.row("debt_balance"), context.desk.row("debt_limit")
    cell = row.latest
    if cell is None:
        return None
    first = WORDS("debt", year=cell.year, debt=cell_number(cell, row.unit))
    burden, facts = _burden(context, cell.year)
    ceiling = limit.of(cell.year)
    room = None
    if ceiling is not None and ceiling.value > 0:
        used = 100.0 * cell.value / ceiling.value
        key = "beyond" if used > 100.0 else "full" if used >= _FULL else "left"
        room = WORDS(f"room.{key}", used=number_text(used, 1) + "%")
    return clauses((first, burden, room), (*row_notes(row, (cell.year,)), *notes_of(facts)))


def _burden(context: Context, newest: int) -> tuple[Text | None, tuple[Fact, ...]]:
    """Say the debt in years of revenue, of the newest year that has both."""
    found = debt_to_revenue(context)
    if found is None:
        return None, ()
    times, year, facts = found
    shown = number_text(times, 1)
    if year == newest:
        return WORDS(f"burden.{grade('times', times)}", times=shown), facts
    return WORDS("burden.other", times=shown, year=year), facts


def _lives(context: Context) -> Sentence | None:
    least = load_parameters("bolang.pages.report").number("coal_named")
    found = [p for p in products.named(context) if p.rank <= _BEST_LISTS and p.verified]
    large = [p for p in found if p.kind != "coal" or (p.capacity or 0.0) >= least]
    named = [p for n, p in enumerate(large) if not any(_stem(p) in other.name for other in large[:n])][:3]
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
        (notes.census(),),
        industry=lower(first.label),
        quotient=number_text(first.lq, 1),
        year=context.census,
    )


def _stem(product: Product) -> str:
    """Return the name of a product without what stands in brackets, so that it is not named twice."""
    return product.name.split("（")[0]


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
    columns = [Column(WORDS("table.head"), "left"), *(Column(same(str(year))) for year in years)]
    if with_other:
        columns.append(Column(WORDS("table.other")))
    municipal = context.in_municipality
    if not municipal:
        columns.append(Column(WORDS("table.in_prefecture", area=area_word(context.county.prefecture, "whole"))))
    above = "table.in_prefecture" if municipal else "table.in_province"
    columns.append(Column(WORDS(above, area=area_word(context.county.province, "whole"))))
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
    desk, code = context.desk, context.county.code
    absent = set(desk.missing)
    if desk.row("gdp_per_head").latest is None:
        absent.add("gdp_per_head")
    made: list[Paragraph] = []
    for key, listed_keys in (("missing.bulletin", BULLETIN), ("missing.accounts", ACCOUNTS)):
        found = [DESK(f"name.{item}") for item in listed_keys if item in absent]
        if found:
            made.append(paragraph(say(WORDS, key, items=listed(found))))
    if "debt_balance" not in absent and user_rows.platform_debt(context) is None:
        made.append(paragraph(say(WORDS, "missing.platforms", code=code)))
    if not products.named(context) and not user_rows.tables(context, ("firms", "parks")):
        made.append(paragraph(say(WORDS, "missing.products", code=code)))
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
        made.append(paragraph(say(WORDS, "missing.how", county=context.name, code=code)))
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
