"""Economy: output nominal and real apart, sectors, industry, investment, sales, trade, beside the prefecture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bolang.atlas.model import Fact
from bolang.diagnosis.result import Reading
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, number_text
from bolang.pages.report import chart_figure
from bolang.pages.report.areas import area_word
from bolang.pages.report.context import Context
from bolang.pages.report.facts import notes_of, wan
from bolang.pages.report.grades import grade
from bolang.pages.report.growth import Growth, break_between, comparable, nominal, same_period, unmoved
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import clauses, filled, paragraph, say
from bolang.pages.report.year_table import YearLine, best_years, year_table
from bolang.wording import load

WORDS = load("report_economy")
ROWS: tuple[str, ...] = (
    "gdp",
    "gdp_primary",
    "gdp_secondary",
    "gdp_tertiary",
    "gdp_per_capita",
    "gdp_growth",
    "industry_firms_above_scale",
    "industry_output_above_scale",
    "fixed_investment",
    "retail_sales",
    "trade_total",
    "exports",
    "exports_cny",
    "income",
    "income_urban",
    "income_rural",
)
SECTORS: tuple[str, ...] = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
_YEARS, _OLDEST = 5, 8
_HIGH_FARMING = 30.0
"""Share of farming in GDP that is said."""
_STILL, _MOST = 0.5, 60.0
"""Growth that has no source; a part of the rise from which a sector carries it."""


def economy(context: Context) -> Section:
    """Build the chapter."""
    growth = paragraph(*_growth(context))
    structure = paragraph(_structure(context))
    table = _table(context)
    blocks: list[Block] = list(filled(growth, structure))
    if table is not None:
        blocks.append(table)
    figure = _figure(context)
    if figure is not None:
        blocks.append(figure)
    blocks += also_imported(context, "economy", ROWS)
    return Section("economy", WORDS("title"), tuple(blocks))


def _series(context: Context) -> dict[str, dict[int, Fact]]:
    """Return the rows of the table, as far back as it looks."""
    series = {key: context.yearly(key) for key in ROWS}
    newest = max((max(found) for found in series.values() if found), default=0)
    return {key: {y: f for y, f in found.items() if y > newest - _OLDEST} for key, found in series.items()}


def _table(context: Context) -> Block | None:
    series = _series(context)
    years = best_years(series.values(), _YEARS, span=_OLDEST)
    if not years:
        return None
    lines = [YearLine.from_facts(WORDS(f"row.{key}"), found, years) for key, found in series.items() if found]
    caption = WORDS("table", county=context.short)
    return year_table("economy", caption, WORDS("table.head"), years, lines, WORDS("table.source"))


def _structure(context: Context) -> Sentence | None:
    """Say that farming weighs, that industrial firms fell away or shot up, and that exports weigh, each where it is so."""
    parts = [context.yearly(key) for key in SECTORS]
    years = sorted(set(parts[0]) & set(parts[1]) & set(parts[2]))
    weight, facts = None, []
    if years:
        facts = [part[years[-1]] for part in parts]
        values = [wan(fact) for fact in facts]
        farming = 100.0 * values[0] / sum(values)
        if farming >= _HIGH_FARMING:
            weight = WORDS("farming", year=years[-1], share=number_text(farming, 1) + "%")
    (firms, counted), (sold, reading) = _firms(context), _exports(context)
    traced = [*notes_of((*(facts if weight else ()), *counted)), *(() if reading is None else (context.note(reading),))]
    return clauses((weight, firms, sold), traced)


def _firms(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    firms = context.yearly("industry_firms_above_scale")
    recent = {year: fact for year, fact in firms.items() if year > max(firms) - _OLDEST} if firms else {}
    if len(recent) < 2:
        return None, ()
    first, last = min(recent), max(recent)
    before, now = recent[first].value, recent[last].value
    change = 100.0 * (now / before - 1.0) if before > 0 else 0.0
    key, rate = f"firms.{grade('firms', change)}", number_text(abs(change), 0) + "%"
    if key not in WORDS:
        return None, ()
    return WORDS(key, first=first, last=last, rate=rate), (recent[first], recent[last])


def _exports(context: Context) -> tuple[Text | None, Reading | None]:
    share = context.reading("exports_to_gdp")
    if share is None or share.value is None:
        return None, None
    key = f"exports.{grade('exports', share.value)}"
    if key not in WORDS:
        return None, None
    return WORDS(key, year=share.year, share=number_text(share.value, 1) + "%"), share


def _growth(context: Context) -> list[Sentence | None]:
    series = context.yearly("gdp")
    made: list[Sentence | None] = []
    found = nominal(context, series, revised=True)
    pace, traced = ((), ()) if found is None else _nominal(context, found)
    weight, known = _share(context)
    jump, apart = _jump(context, series)
    alone = weight is not None or not pace
    made.append(
        clauses((*pace, weight, *(() if alone else jump)), notes_of((*traced, *known, *(() if alone else apart))))
    )
    made.append(_real(context))
    broken = break_between(context, series)
    if broken is not None:
        made.append(say(WORDS, "break", notes_of((series[broken],)), year=broken))
    made.append(clauses(jump, notes_of(apart)) if alone else None)
    return made


def _jump(context: Context, series: Mapping[int, Fact]) -> tuple[tuple[Text | None, ...], tuple[Fact, ...]]:
    """Point at the newest step between two years that is too large to be growth, and where it lies."""
    lines = load_parameters("bolang.pages.report")["gdp_jump"].value
    assert isinstance(lines, list | tuple)
    shown = best_years(_series(context).values(), _YEARS, span=_OLDEST)
    for first, last in reversed(list(pairwise(sorted(year for year in series if year >= min(shown, default=0))))):
        low, high = wan(series[first]), wan(series[last])
        if low <= 0 or high <= 0 or not comparable(context, series, first, last, revised=True):
            continue
        yearly = 100.0 * ((high / low) ** (1.0 / (last - first)) - 1.0)
        if not float(lines[0]) <= yearly <= float(lines[1]):
            facts = (series[first], series[last])
            rate = number_text(abs(100.0 * (high / low - 1.0)), 0) + "%"
            step = WORDS("jump.up" if high > low else "jump.down", first=first, last=last, rate=rate)
            lead = _leading_sector(context, first, last)
            where = None if lead is None else WORDS("jump.sector", sector=WORDS(f"sector.{lead[0]}"))
            return (step, where), facts
    return (), ()


def _leading_sector(context: Context, first: int, last: int) -> tuple[str, float] | None:
    """Return the sector that moved most between two years, and its part of the whole change in per cent."""
    moves = {}
    for key in SECTORS:
        series = context.yearly(key)
        if first not in series or last not in series:
            return None
        moves[key.removeprefix("gdp_")] = wan(series[last]) - wan(series[first])
    total = sum(moves.values())
    if not total:
        return None
    key = max(moves, key=lambda name: moves[name] / total)
    return key, 100.0 * moves[key] / total


def _nominal(context: Context, found: Growth) -> tuple[tuple[Text | None, ...], tuple[Fact, ...]]:
    """Say the pace, which sector it came from, and how it compares with the prefecture."""
    rate = number_text(abs(found.rate), 1) + "%"
    moved = WORDS("moved.up" if found.rate >= 0 else "moved.down")
    one = found.last - found.first == 1
    years = {"last": found.last} if one else {"first": found.first, "last": found.last}
    pace = WORDS("nominal.one" if one else "nominal.many", moved=moved, rate=rate, **years)
    if unmoved(found.rate):
        pace = WORDS("nominal.still", first=found.first, last=found.last)
    lead = _leading_sector(context, found.first, found.last)
    source = None
    if lead is not None and abs(found.rate) >= _STILL:
        way = "fall" if found.rate < 0 else "all" if lead[1] >= 100.0 else "most" if lead[1] >= _MOST else "part"
        source = WORDS(f"from.{way}", sector=WORDS(f"sector.{lead[0]}"))
    gap, traced = _beside_prefecture(context, found)
    return (pace, source, gap), (*found.facts, *traced)


def _beside_prefecture(context: Context, found: Growth) -> tuple[Text | None, tuple[Fact, ...]]:
    above = context.above(context.county.prefecture_code, "gdp")
    other = same_period(above, found)
    if other is None or context.in_municipality:
        return None, ()
    gap = found.rate - other
    place_name, facts = same(context.county.prefecture), (above[found.first], above[found.last])
    if abs(gap) < load_parameters("bolang.pages.report").number("growth_gap"):
        return WORDS("gap.level", place=place_name), facts
    return WORDS("gap.above" if gap > 0 else "gap.below", place=place_name), facts


def _real(context: Context) -> Sentence | None:
    series = context.yearly("gdp_growth")
    if not series:
        return None
    fact = series[max(series)]
    moved = WORDS("moved.up" if fact.value >= 0 else "moved.down")
    return say(
        WORDS, "real", notes_of((fact,)), year=fact.year, moved=moved, rate=number_text(abs(fact.value), 1) + "%"
    )


def _share(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    """Say that the prefecture hangs on the county, where it does; other shares stand in the table of sisters."""
    own, above = context.yearly("gdp"), context.above(context.county.prefecture_code, "gdp")
    years = [y for y in own if y in above and own[y].revision == above[y].revision]
    if not years or context.in_municipality:
        return None, ()
    year = max(years)
    share = 100.0 * wan(own[year]) / wan(above[year])
    if grade("share", share) != "highest":
        return None, ()
    place_name, shown = same(context.county.prefecture), number_text(share, 1) + "%"
    area = area_word(context.county.prefecture, "whole")
    return WORDS("share", year=year, place=place_name, area=area, share=shown), (own[year], above[year])


def _figure(context: Context) -> Figure | None:
    parts = [context.yearly(key) for key in SECTORS]
    years = sorted(set(parts[0]) & set(parts[1]) & set(parts[2]))
    years = [year for year in years if year > years[-1] - _OLDEST]
    if len(years) < 3:
        return None
    names = [WORDS(f"name.{key.removeprefix('gdp_')}") for key in SECTORS]
    series = tuple(ChartSeries(n, tuple(wan(part[y]) for y in years)) for n, part in zip(names, parts, strict=True))
    top = max(wan(part[years[-1]]) for part in parts) * 1e-4
    chart = Chart("stacked", tuple(same(str(y)) for y in years), series, MONEY_WAN, 0 if top >= 100 else 1)
    facts = [part[year] for part in parts for year in years]
    return chart_figure.figure(
        "sectors", WORDS("figure", county=context.short), chart, WORDS("figure.source"), notes_of(facts)
    )
