"""Strengths and weaknesses: at most four each, a number each, an absolute floor beside the rank, one small-sample gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.products import Product
from bolang.diagnosis.result import Standing
from bolang.document.model import Block, Column, Note, Number, Row, Section, Sentence, Table
from bolang.foundation.judgement import STRONG, WEAK, level_of
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import YUAN_WAN, number_text
from bolang.pages.report import notes, products
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, notes_of
from bolang.pages.report.say import filled, paragraph, place, say
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("report_strengths")
LEVELS = load("levels")
Side = Literal["strong", "weak"]
MOST = 4
FAMILIES: Mapping[str, str] = {
    "gdp_per_head": "income",
    "manufacturing_lq": "workshop",
    "wholesale_retail_lq": "trade",
    "college_share": "skills",
    "exports_to_gdp": "abroad",
    "taobao_per_100k": "online",
    "self_sufficiency": "finance",
    "debt_ratio": "debt",
    "population_change": "people",
    "migrant_share": "newcomers",
    "metropolis_minutes": "location",
    "port_cost": "location",
    "young_share": "age",
    "share_65_plus": "old",
    "farm_share": "farm",
}
"""Indicators that may be listed, and what each is about; one of each family is listed."""
SAMPLED = ("manufacturing_lq", "wholesale_retail_lq", "farm_share")
"""Indicators from the census sample, which the small-sample gate holds back."""
LOW_IS_STRONG = ("metropolis_minutes", "port_cost", "debt_ratio", "share_65_plus", "farm_share")
PERCENTS = (
    "college_share",
    "exports_to_gdp",
    "self_sufficiency",
    "debt_ratio",
    "population_change",
    "migrant_share",
    "young_share",
    "share_65_plus",
    "farm_share",
)


@dataclass(frozen=True, slots=True)
class StrengthEntry:
    """One strength or weakness: its indicator, value, year, standing in the nation."""

    key: str
    side: Side
    value: float
    year: int
    standing: Standing
    notes: tuple[Note, ...]

    @property
    def extremity(self) -> float:
        """Distance of the percentile from the middle."""
        return abs(self.standing.percentile - 50.0)


def strengths(context: Context) -> Section:
    """Build the chapter: the best and the worst in a sentence, all that passes both lines as a table."""
    strong, weak = entries(context, "strong"), entries(context, "weak")
    product = measured_product(context)
    rows = [] if product is None else [_product_row(product)]
    rows = [*rows, *map(_row, strong)][:MOST] + [_row(entry) for entry in weak]
    blocks: list[Block] = list(filled(paragraph(_lead(product, strong, weak, context.census))))
    if rows:
        columns = (
            Column(WORDS("head.side"), "left"),
            Column(WORDS("head.what"), "left"),
            Column(WORDS("head.level"), "left"),
            Column(WORDS("head.year"), "center"),
            Column(WORDS("head.rank")),
        )
        blocks.append(Table("strengths", WORDS("table"), columns, tuple(rows), WORDS("rule")))
    return Section("strengths-chapter", WORDS("title"), tuple(blocks))


def _lead(
    product: Product | None, strong: list[StrengthEntry], weak: list[StrengthEntry], census: int
) -> Sentence | None:
    """Say what it is best and what it is worst at, in a sentence without figures: those stand in the table.

    What it was good at before the last census is not what it is best at.
    """
    recent = [entry for entry in strong if entry.year >= census]
    good = products.display(product) if product is not None else WORDS(f"best.{recent[0].key}") if recent else None
    bad = WORDS(f"worst.{weak[0].key}") if weak else None
    return None if good is None or bad is None else say(WORDS, "lead", good=good, bad=bad)


def _row(entry: StrengthEntry) -> Row:
    rank, count = entry.standing.rank, entry.standing.count
    weak = entry.side == "weak"
    shown: dict[str, Value] = {"rank": place(count - rank + 1 if weak else rank), "count": number_text(count)}
    return Row(
        (
            WORDS(f"side.{entry.side}"),
            _claim(entry),
            LEVELS(f"level.{level_of(entry.standing.percentile)}"),
            same(str(entry.year)),
            WORDS("rank.weak" if weak else "rank.strong", **shown),
        ),
        notes=entry.notes,
        key=f"{entry.side}-{entry.key}",
    )


def _product_row(product: Product) -> Row:
    """Set out a product that a list ranks or measures, the first strength."""
    coal = products.coal_text(product)
    named = products.display(product) if coal is None else join((products.display(product), coal), "，", ", ")
    year = BLANK if product.year is None else same(str(product.year))
    cells = (WORDS("side.strong"), named, products.short_kind(product), year, BLANK)
    return Row(cells, notes=products.notes_of_products((product,)), key="strong-product")


def entries(context: Context, side: Side) -> list[StrengthEntry]:
    """Return what passes both lines, the most extreme first, one of each family; what is older than the census comes behind."""
    lines = _lines("strength_floor" if side == "strong" else "weakness_line")
    found = [entry for key, line in lines.items() if (entry := _entry(context, key, line, side)) is not None]
    found.sort(key=lambda entry: (entry.year < context.census, -entry.extremity))
    kept: dict[str, StrengthEntry] = {}
    for entry in found:
        kept.setdefault(FAMILIES[entry.key], entry)
    return list(kept.values())[:MOST]


def _claim(entry: StrengthEntry) -> Text:
    value = _value_text(entry)
    return (
        WORDS(f"strong.{entry.key}", value=value) if entry.side == "strong" else WORDS(f"weak.{entry.key}", value=value)
    )


def short(entry: StrengthEntry) -> Text:
    """Name an entry in a few words, for the brief."""
    return WORDS("dated", claim=_claim(entry), year=same(str(entry.year)))


def measured_product(context: Context) -> Product | None:
    """Return the best verified industrial product with something said of its size."""
    for product in products.named(context):
        large = product.kind == "coal" and (product.capacity or 0.0) >= load_parameters("bolang.pages.report").number(
            "coal_named"
        )
        if product.verified and product.year and (large or (product.kind in {"cluster", "market"} and product.detail)):
            return product
    return None


def _lines(name: str) -> Mapping[str, float]:
    value = load_parameters("bolang.pages.report")[name].value
    assert isinstance(value, dict)
    return {str(key): float(number) for key, number in value.items()}


def _entry(context: Context, key: str, line: float, side: Side) -> StrengthEntry | None:
    if key in SAMPLED and context.small_sample:
        return None
    if key == "metropolis_minutes" and side == "weak" and not context.remote:
        return None
    found = _of_desk(context, key) if key in {"self_sufficiency", "debt_ratio"} else _of_reading(context, key)
    if found is None:
        return None
    value, year, standing, traced = found
    better_low = key in LOW_IS_STRONG
    passes = value <= line if better_low == (side == "strong") else value >= line
    extreme = standing.percentile >= STRONG if side == "strong" else standing.percentile <= WEAK
    return StrengthEntry(key, side, value, year, standing, traced) if passes and extreme else None


Found = tuple[float, int, Standing, tuple[Note, ...]]


def _of_reading(context: Context, key: str) -> Found | None:
    if key == "share_65_plus":
        values = np.asarray(context.evidence.column(key, context.census))
        standing = context.standing(values, higher_is_stronger=False)
        own = context.value(key, context.census)
        return None if standing is None or own is None else (own, context.census, standing, (notes.census(),))
    reading = context.reading(key)
    if reading is None or reading.value is None or "nation" not in reading.standing or reading.status != "measured":
        return None
    return reading.value, reading.year, reading.standing["nation"], (context.note(reading),)


def _of_desk(context: Context, key: str) -> Found | None:
    """Read a ratio of the desk table against all units of the same year."""
    cell = context.desk.row("self_sufficiency" if key == "self_sufficiency" else "debt_ratio").latest
    if cell is None:
        return None
    names = ("fiscal_revenue", "fiscal_expenditure") if key == "self_sufficiency" else ("debt_balance", "gdp")
    values = _ratio(context, *names, cell.year)
    standing = None if values is None else context.standing(values, higher_is_stronger=key == "self_sufficiency")
    return None if standing is None else (cell.value, cell.year, standing, notes_of(cell.facts))


def _ratio(context: Context, above: str, below: str, year: int) -> NDArray[np.float64] | None:
    from bolang.foundation.errors import BolangError

    try:
        top, bottom = context.atlas.column(above, year), context.atlas.column(below, year)
    except BolangError:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, 100.0 * top / bottom, np.nan)


def _value_text(entry: StrengthEntry) -> Text:
    key, value = entry.key, abs(entry.value)
    if key == "gdp_per_head":
        return Number(value, 1, YUAN_WAN).text
    if key in PERCENTS:
        return same(number_text(value, 1) + "%")
    return same(
        number_text(value, 0 if key in {"metropolis_minutes", "port_cost"} else 1 if key == "taobao_per_100k" else 2)
    )
