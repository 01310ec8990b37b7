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
from bolang.pages.report.facts import notes_of, number_of, wan
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
_STILL, _LEVEL, _MOST = 0.5, 0.1, 60.0
"""Growth that has no source; a gap that is none; a part of the rise from which a sector carries it."""


def economy(context: Context) -> Section:
    """Build the chapter."""
    growth = paragraph(*_growth(context))
    structure = paragraph(*_structure(context))
    table = _table(context)
    blocks: list[Block] = list(filled(growth, structure))
    if table is not None:
        blocks.append(table)
    figure = _figure(context)
    if figure is not None:
        blocks.append(figure)
    blocks += also_imported(context, "economy", ROWS)
    return Section("economy", WORDS("title"), tuple(blocks))


def _table(context: Context) -> Block | None:
    series = {key: context.yearly(key) for key in ROWS}
    newest = max((max(found) for found in series.values() if found), default=0)
    if not newest:
        return None
    series = {key: {y: f for y, f in found.items() if y > newest - _OLDEST} for key, found in series.items()}
    years = best_years(series.values(), _YEARS, span=_OLDEST)
    lines = [YearLine.from_facts(WORDS(f"row.{key}"), found, years) for key, found in series.items() if found]
    caption = WORDS("table", county=context.short)
    return year_table("economy", caption, WORDS("table.head"), years, lines, WORDS("table.source"))


def _structure(context: Context) -> list[Sentence | None]:
    """Say that farming weighs, where it does; how many industrial firms there are and what is exported."""
    parts = [context.yearly(key) for key in SECTORS]
    years = sorted(set(parts[0]) & set(parts[1]) & set(parts[2]))
    made: list[Sentence | None] = []
    if years:
        facts = [part[years[-1]] for part in parts]
        values = [wan(fact) for fact in facts]
        farming = 100.0 * values[0] / sum(values)
        if farming >= _HIGH_FARMING:
            made.append(say(WORDS, "farming", notes_of(facts), year=years[-1], share=number_text(farming, 1) + "%"))
    (firms, counted), (sold, reading) = _firms(context), _exports(context)
    traced = [*notes_of(counted), *(() if reading is None else (context.note(reading),))]
    made.append(clauses((firms, sold), traced))
    return made


def _firms(context: Context) -> tuple[Text | None, tuple[Fact, ...]]:
    firms = context.yearly("industry_firms_above_scale")
    recent = {year: fact for year, fact in firms.items() if year > max(firms) - _OLDEST} if firms else {}
    if len(recent) < 2:
        return None, ()
    first, last = min(recent), max(recent)
    before, now = recent[first].value, recent[last].value
    change = 100.0 * (now / before - 1.0) if before > 0 else 0.0
    shown = {"before": number_text(before), "now": number_text(now)}
    return WORDS(f"firms.{grade('firms', change)}", first=first, last=last, **shown), (recent[first], recent[last])


def _exports(context: Context) -> tuple[Text | None, Reading | None]:
    share = context.reading("exports_to_gdp")
    if share is None or share.value is None:
        return None, None
    key = f"exports.{grade('exports', share.value)}"
    return WORDS(key, year=share.year, share=number_text(share.value, 1) + "%"), share


def _growth(context: Context) -> list[Sentence | None]:
    series = context.yearly("gdp")
    made: list[Sentence | None] = []
    found = nominal(context, series, revised=True)
    if found is not None:
        made.append(_nominal(context, found))
    made.append(_real(context))
    broken = break_between(context, series)
    if broken is not None:
        made.append(say(WORDS, "break", notes_of((series[broken],)), year=broken))
    made.append(_jump(context, series))
    made.append(_share(context))
    return made


def _jump(context: Context, series: Mapping[int, Fact]) -> Sentence | None:
    """Point at the newest step between two years that is too large to be growth, and where it lies."""
    lines = load_parameters("bolang.pages.report")["gdp_jump"].value
    assert isinstance(lines, list | tuple)
    for first, last in reversed(list(pairwise(sorted(year for year in series if year > max(series) - _OLDEST)))):
        low, high = wan(series[first]), wan(series[last])
        if low <= 0 or high <= 0 or not comparable(context, series, first, last, revised=True):
            continue
        yearly = 100.0 * ((high / low) ** (1.0 / (last - first)) - 1.0)
        if not float(lines[0]) <= yearly <= float(lines[1]):
            facts = (series[first], series[last])
            values = {"before": number_of(facts[0]), "after": number_of(facts[1])}
            rate = number_text(abs(100.0 * (high / low - 1.0)), 0) + "%"
            step = WORDS("jump", first=first, last=last, rate=rate, **values)
            origin = WORDS("jump.same" if facts[0].source == facts[1].source else "jump.sources")
            lead = _leading_sector(context, first, last)
            where = None if lead is None else WORDS("jump.sector", sector=WORDS(f"sector.{lead[0]}"))
            return clauses((step, where, origin), notes_of(facts))
    return None


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


def _nominal(context: Context, found: Growth) -> Sentence | None:
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
        name, part = WORDS(f"sector.{lead[0]}"), number_text(min(lead[1], 100.0), 0) + "%"
        way = "fall" if found.rate < 0 else "all" if lead[1] >= 100.0 else "most" if lead[1] >= _MOST else "part"
        source = WORDS(f"from.{way}", sector=name, part=part) if way == "part" else WORDS(f"from.{way}", sector=name)
    gap, traced = _beside_prefecture(context, found)
    return clauses((pace, source, gap), notes_of((*found.facts, *traced)))


def _beside_prefecture(context: Context, found: Growth) -> tuple[Text | None, tuple[Fact, ...]]:
    above = context.above(context.county.prefecture_code, "gdp")
    other = same_period(above, found)
    if other is None or context.in_municipality:
        return None, ()
    gap = found.rate - other
    place_name, facts = same(context.county.prefecture), (above[found.first], above[found.last])
    if abs(gap) < _LEVEL:
        return WORDS("gap.level", place=place_name), facts
    points = number_text(abs(gap), 1)
    return WORDS("gap.above" if gap > 0 else "gap.below", place=place_name, points=points), facts


def _real(context: Context) -> Sentence | None:
    series = context.yearly("gdp_growth")
    if not series:
        return None
    fact = series[max(series)]
    moved = WORDS("moved.up" if fact.value >= 0 else "moved.down")
    return say(
        WORDS, "real", notes_of((fact,)), year=fact.year, moved=moved, rate=number_text(abs(fact.value), 1) + "%"
    )


def _share(context: Context) -> Sentence | None:
    """Say that the prefecture hangs on the county, where it does; other shares stand in the table of sisters."""
    own, above = context.yearly("gdp"), context.above(context.county.prefecture_code, "gdp")
    years = [y for y in own if y in above and own[y].revision == above[y].revision]
    if not years or context.in_municipality:
        return None
    year = max(years)
    share = 100.0 * wan(own[year]) / wan(above[year])
    if grade("share", share) != "highest":
        return None
    place_name, shown = same(context.county.prefecture), number_text(share, 1) + "%"
    area, traced = area_word(context.county.prefecture, "whole"), notes_of((own[year], above[year]))
    return say(WORDS, "share", traced, year=year, place=place_name, area=area, share=shown)


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
