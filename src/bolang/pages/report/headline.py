"""The title as a judgement: what carries the county, and what binds it."""

from __future__ import annotations

from collections.abc import Callable

from bolang.atlas.industries import CITY_SERVICES, LEADING
from bolang.atlas.products import FARM
from bolang.document.model import Number
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.foundation.units import YUAN_WAN, number_text
from bolang.pages.report import products, risks, sheet
from bolang.pages.report.context import Context
from bolang.pages.report.grades import grade
from bolang.pages.report.people import persons
from bolang.pages.report.say import listed, lower
from bolang.pages.report.successor import successor
from bolang.wording import load

WORDS = load("report_cover")
_SPECIAL = {"C": "workshop", "F": "trade", "B": "mining"}


def title(context: Context) -> Text:
    """Return the title."""
    asset, bound = asset_of(context), constraint_of(context)
    county = WORDS("title.sheet", county=context.name) if sheet.is_sheet(context) else context.name
    if bound is None:
        return WORDS("title.plain", county=county, asset=asset)
    return WORDS("title", county=county, asset=asset, constraint=bound)


def subtitle(context: Context) -> Text:
    """Return the subtitle: whose report it is not, the kind of report, or what is lacking for one."""
    younger = successor(context)
    if younger is not None:
        return WORDS("subtitle.predecessor", asked=younger[0], county=context.name)
    if sheet.is_sheet(context):
        return WORDS("subtitle.sheet", parts=listed(sheet.lacking_names(context)))
    return WORDS("subtitle.district" if context.county.kind == "district" else "subtitle.county")


def asset_of(context: Context) -> Text:
    """Return what carries the county: a listed product, its finances, an industry, farming, its rank, or its size."""
    makers: tuple[Callable[[Context], Text | None], ...] = (
        _product,
        _rich,
        _industry,
        _listed,
        _wealth,
        _farming,
        _rank,
        _grown,
        _leading,
    )
    return next((made for make in makers if (made := make(context)) is not None), None) or _size(context)


def _product(context: Context) -> Text | None:
    least = load_parameters("bolang.pages.report").number("coal_named")
    for product in products.named(context):
        if product.kind == "market" and product.verified:
            return WORDS("asset.market", product=products.titled(product, "market"))
        if product.kind == "cluster" and product.verified and len(product.name) <= 10:
            return WORDS("asset.cluster", product=products.titled(product, "cluster"))
        if product.kind == "coal" and (product.capacity or 0.0) >= least:
            return WORDS("asset.coal")
    return None


def _rich(context: Context) -> Text | None:
    cell = context.desk.row("self_sufficiency").latest
    lines = load_parameters("bolang.pages.report")["self_sufficiency"].value
    assert isinstance(lines, list | tuple)
    return (
        WORDS("asset.rich", value=_percent(cell.value)) if cell is not None and cell.value >= float(lines[-1]) else None
    )


def _industry(context: Context) -> Text | None:
    floor = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    for line in context.specialisations("".join(_SPECIAL) + CITY_SERVICES):
        if line.lq >= floor and line.share >= 5.0 and line.code in _SPECIAL:
            return WORDS(f"asset.{_SPECIAL[line.code]}")
        if line.lq >= floor and line.share >= 2.0 and line.code in CITY_SERVICES:
            return WORDS("asset.services")
    return None


def _listed(context: Context) -> Text | None:
    return WORDS("asset.tourism") if context.atlas.status.has(context.county, "tourism") else None


def _wealth(context: Context) -> Text | None:
    row = context.desk.row("gdp_per_head")
    floors = load_parameters("bolang.pages.report")["strength_floor"].value
    assert isinstance(floors, dict)
    rank = row.in_province
    if (
        row.latest is None
        or rank is None
        or row.latest.value < float(floors["gdp_per_head"])
        or 4 * rank.rank > rank.count
    ):
        return None
    value = row.latest.value
    return WORDS("asset.wealth", value=Number(value, 1, YUAN_WAN), year=row.latest.year)


def _farming(context: Context) -> Text | None:
    share = context.reading("farm_share")
    lines = load_parameters("bolang.pages.report")["weakness_line"].value
    assert isinstance(lines, dict)
    if share is None or share.value is None or context.small_sample or share.value < 0.8 * float(lines["farm_share"]):
        return None
    farm = next((p for p in products.named(context) if p.kind in FARM and p.verified), None)
    return WORDS("asset.farm") if farm is None else WORDS("asset.farm_product", product=products.titled(farm, "farm"))


def _grown(context: Context) -> Text | None:
    farms = [p for p in products.named(context) if p.kind in FARM and p.verified and len(p.name) <= 8]
    return WORDS("asset.grown", product=products.titled(farms[0], "grown")) if farms else None


def _leading(context: Context) -> Text | None:
    floor = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    lines = context.specialisations(LEADING)
    first = next((line for line in lines if line.lq >= floor and line.share >= 5.0), None)
    return (
        None if first is None else WORDS("asset.leading", industry=lower(first.label), value=number_text(first.lq, 1))
    )


def _rank(context: Context) -> Text | None:
    row = context.desk.row("gdp")
    rank = row.in_province
    if row.latest is None or rank is None or 4 * rank.rank > rank.count:
        return None
    return WORDS("asset.rank", rank=rank.rank, count=rank.count, year=row.latest.year)


def _size(context: Context) -> Text:
    cell = context.desk.row("population").latest
    return WORDS("asset.plain", people=persons(0.0 if cell is None else cell.value, 0 if cell is None else cell.year))


def constraint_of(context: Context) -> Text | None:
    """Return what binds the county: transfers, debt, people who leave, distance, foreign demand."""
    lines = load_parameters("bolang.pages.report")["weakness_line"].value
    floors = load_parameters("bolang.pages.report")["strength_floor"].value
    assert isinstance(lines, dict)
    assert isinstance(floors, dict)
    own, debt = context.desk.row("self_sufficiency").latest, context.desk.row("debt_ratio").latest
    if debt is not None and debt.value >= float(lines["debt_ratio"]):
        return WORDS("constraint.debt", value=_percent(debt.value))
    owed = risks.debt_to_revenue(context)
    if owed is not None and owed[0] >= load_parameters("bolang.pages.report").number("debt_multiple"):
        return WORDS("constraint.debt_multiple", value=number_text(owed[0], 0))
    if own is not None and own.value < float(lines["self_sufficiency"]):
        return WORDS("constraint.transfers", value=_percent(own.value))
    for key, line, word, above in (
        ("exports_to_gdp", floors["exports_to_gdp"], "abroad", True),
        ("population_change", lines["population_change"], "loss", False),
        ("metropolis_minutes", lines["metropolis_minutes"], "far", True),
    ):
        reading = context.reading(key)
        if reading is None or reading.value is None or (word == "far" and not context.remote):
            continue
        if (reading.value >= float(line)) if above else (reading.value <= float(line)):
            value = number_text(reading.value / 60.0, 1) if word == "far" else _percent(abs(reading.value))
            if word == "abroad":
                return WORDS("constraint.abroad", value=same(value), year=reading.year)
            return WORDS(f"constraint.{word}", value=same(value))
    old = context.value("share_65_plus", context.census)
    if old is not None and old >= float(lines["share_65_plus"]):
        return WORDS("constraint.old", value=_percent(old))
    return _softer(context)


def _softer(context: Context) -> Text | None:
    college, migrants = context.reading("college_share"), context.reading("migrant_share")
    if college is not None and college.value is not None and grade("college", college.value) in {"lowest", "low"}:
        return WORDS("constraint.skills", value=_percent(college.value))
    own = context.desk.row("self_sufficiency").latest
    if own is not None and grade("self", own.value) in {"lowest", "low", "middle"}:
        return WORDS("constraint.transfers", value=_percent(own.value))
    if migrants is not None and migrants.value is not None and migrants.value >= 20.0:
        return WORDS("constraint.migrants", value=_percent(migrants.value))
    return None


def _percent(value: float) -> str:
    return number_text(value, 0) + "%"
