"""The first page: three sentences, the desk table, what is missing and where it stands."""

from __future__ import annotations

from dataclasses import replace

from bolang.atlas.industries import LIVED_FROM
from bolang.atlas.model import Fact
from bolang.atlas.products import Product
from bolang.diagnosis.desk import DESK_KEYS, DeskKey, DeskRank, DeskRow
from bolang.document.model import Block, Box, Cell, Column, Note, Paragraph, Row, Sentence, Table
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.foundation.ways import medium
from bolang.pages.desk.tables import rank_text
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
ROWS = tuple(key for key in DESK_KEYS if key not in {"debt_limit", "debt_rate", "exports_cny"})
"""What the table of the first page shows: the limit stands in the chapter on debt, exports in dollars."""
BULLETIN: tuple[DeskKey, ...] = ("gdp", "gdp_growth", "household_deposits", "exports", "exports_cny", "income")
ACCOUNTS: tuple[DeskKey, ...] = ("fiscal_revenue", "fiscal_expenditure", "debt_balance", "debt_limit", "debt_rate")
IN_BROWSER = {
    "missing.platforms": "missing.platforms.browser",
    "missing.products": "missing.products.browser",
    "missing.how": "missing.how.browser",
}
_YEARS, _BEST_LISTS = 4, 4
_FULL = 99.0
"""Share of the limit from which it is called used up."""


def cover(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the first page."""
    return (
        *filled(
            paragraph(_predecessor(context)), paragraph(_standing(context)), paragraph(_debt(context), _lives(context))
        ),
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


def _standing(context: Context) -> Sentence | None:
    """Say in one sentence how large and how rich, and how far the unit's own revenue goes."""
    (size, traced), (money, paid) = _size(context), _money(context)
    return clauses((size, *money), (*traced, *paid))


def _size(context: Context) -> tuple[Text | None, tuple[Note, ...]]:
    """Say how large and how rich among the units of the province; where GDP is unknown, how many live here."""
    row = context.desk.row("gdp")
    number = latest_of(row)
    if number is None:
        return _people(context)
    year = number.year or 0
    traced = row_notes(row, (year,))
    rank, per_head = row.in_province, context.desk.row("gdp_per_head").in_province
    if rank is None or rank.year != year:
        return WORDS("size.unranked", year=year, gdp=number), traced
    words: dict[str, Value] = {"year": year, "group": same(context.county.province)}
    words |= {"rank": place(rank.rank)} if _third(rank) == "front" else {}
    if per_head is None:
        return WORDS(f"size.{_third(rank)}", **words), traced
    at = same("") if per_head.year == year else _behind(WORDS("at", year=per_head.year))
    return WORDS(f"size.{_third(rank)}.{_third(per_head)}", at=at, **words), traced


def _behind(text: Text) -> Text:
    """Set a remark apart from what it stands behind."""
    return Text(text.zh, f" {text.en}")


def _third(rank: DeskRank) -> str:
    """Return in which third of the units a rank lies."""
    return ("front", "middle", "back")[min(3 * (rank.rank - 1) // max(rank.count, 1), 2)]


def _people(context: Context) -> tuple[Text | None, tuple[Note, ...]]:
    people = context.desk.row("population").latest
    if people is None:
        return None, ()
    shown = persons(people.value, people.year)
    traced = row_notes(context.desk.row("population"), (people.year,))
    return WORDS("size.people", year=people.year, people=shown), traced


def _money(context: Context) -> tuple[tuple[Text | None, ...], tuple[Note, ...]]:
    """Say how far the treasury's own revenue goes."""
    row, share = context.desk.row("fiscal_revenue"), context.desk.row("self_sufficiency")
    number = latest_of(row)
    if number is None:
        return _together(context)
    both = share.latest
    own = None if both is None else row.of(both.year)
    if both is None or own is None:
        year = number.year or 0
        return (WORDS("money.alone", year=year, revenue=number),), row_notes(row, (year,))
    first = WORDS(f"money.{grade('self', both.value)}", year=both.year, share=cell_number(both, "%"))
    return (first,), row_notes(share, (both.year,))


def _together(context: Context) -> tuple[tuple[Text | None, ...], tuple[Note, ...]]:
    """Say what all districts of the city take in and spend together, where the district has no budget of its own."""
    found = {t.key: t for t in context.desk.together}
    revenue, spent = found.get("fiscal_revenue"), found.get("fiscal_expenditure")
    if revenue is None:
        return (), ()
    city, year = same(revenue.city), revenue.fact.year
    if spent is not None and spent.fact.year == year and wan(spent.fact) > 0:
        share = 100.0 * wan(revenue.fact) / wan(spent.fact)
        said = WORDS(f"together.{grade('self', share)}", city=city, year=year, share=number_text(share, 0) + "%")
        return (said,), notes_of((revenue.fact, spent.fact))
    return (WORDS("together", city=city, year=year, revenue=number_of(revenue.fact)),), notes_of((revenue.fact,))


def _debt(context: Context) -> Sentence | None:
    """Say what is owed in years of revenue, and that the limit leaves no room; the balance stands in the table."""
    row, limit = context.desk.row("debt_balance"), context.desk.row("debt_limit")
    cell = row.latest
    if cell is None:
        return None
    burden, facts = _burden(context)
    if burden is None:
        return None
    ceiling = limit.of(cell.year)
    used = 0.0 if ceiling is None or ceiling.value <= 0 else 100.0 * cell.value / ceiling.value
    room = WORDS("room.beyond") if used > 100.0 else WORDS("room.full") if used >= _FULL else None
    return clauses((burden, room), (*row_notes(row, (cell.year,)), *notes_of(facts)))


def _burden(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    """Say the debt in years of revenue, of the newest year that has both."""
    found = debt_to_revenue(context)
    if found is None:
        return None, ()
    times, year, facts = found
    at = _behind(WORDS("debt.at.expected" if any(fact.stage for fact in facts) else "debt.at", year=year))
    return WORDS(f"burden.{grade('times', times)}", times=number_text(times, 1), at=at), facts


def _lives(context: Context) -> Sentence | None:
    least = load_parameters("bolang.pages.report").number("coal_named")
    found = [p for p in products.named(context) if p.rank <= _BEST_LISTS and p.verified]
    large = [p for p in found if p.kind != "coal" or (p.capacity or 0.0) >= least]
    if all(p.kind == "coal" for p in large):
        large = []  # the title and the chapter on industry say it
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
    least = load_parameters("bolang.pages.report").number("lived_from")
    strong = [line for line in context.specialisations(LIVED_FROM) if line.lq >= least]
    if not strong:
        return None
    first, *others = strong
    values: dict[str, Value] = {"quotient": number_text(first.lq, 1), "year": context.census}
    said = WORDS("lives.industry", industry=lower(first.label), **values)
    if others:
        said = WORDS("lives.industry.two", industry=lower(first.label), second=lower(others[0].label), **values)
    return clauses((said,), (notes.census(),))


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
    municipal, county = context.in_municipality, context.county
    areas = [county.province] if municipal else [county.prefecture, county.province]
    columns += [Column(HEADS("column.in_area", area=area_word(area, "whole"))) for area in areas]
    made = []
    for row, other in zip(rows, others, strict=True):
        cells: list[Cell] = [HEADS(f"row.{row.key}")]
        cells += [BLANK if (cell := row.of(year)) is None else cell_number(cell, row.unit) for year in years]
        cells += [other] if with_other else []
        cells += [] if municipal else [rank_text(row.in_prefecture)]
        cells.append(rank_text(row.in_province))
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


def _other(row: DeskRow, years: tuple[int, ...]) -> Cell:
    latest = row.latest
    if latest is None or any(row.of(year) for year in years):
        return BLANK
    return replace(cell_number(latest, row.unit), dated=True)


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
        made.append(paragraph(_how("missing.platforms", code=code)))
    if not products.named(context) and not user_rows.tables(context, ("firms", "parks")):
        made.append(paragraph(_how("missing.products", code=code)))
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
        made.append(paragraph(_how("missing.how", county=context.name, code=code)))
    return Box(WORDS("missing.title"), tuple(made))


def _how(key: str, **values: Value) -> Sentence:
    """Say what to do in the medium of the reader: a browser has no command line."""
    shown = IN_BROWSER[key] if medium() == "browser" else key
    return say(
        WORDS, shown, (), **{name: value for name, value in values.items() if name in WORDS.entries[shown].names}
    )


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
