"""Economy: output nominal and real apart, sectors, industry, investment, sales, trade, beside the prefecture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bolang.atlas.model import Fact
from bolang.document.chart import Chart, ChartSeries
from bolang.document.model import Block, Figure, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same
from bolang.foundation.units import MONEY_WAN, number_text
from bolang.pages.report import chart_figure
from bolang.pages.report.context import Context
from bolang.pages.report.facts import latest_of, notes_of, number_of, row_notes, wan
from bolang.pages.report.grades import front, grade
from bolang.pages.report.growth import Growth, break_between, comparable, nominal, same_period
from bolang.pages.report.imported import also_imported
from bolang.pages.report.say import filled, paragraph, place, say
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


def economy(context: Context) -> Section:
    """Build the chapter."""
    growth = paragraph(*_growth(context))
    structure = paragraph(*_structure(context), *_industry(context))
    table = _table(context)
    blocks: list[Block] = list(filled(structure, growth))
    if not blocks and table is None:
        blocks.append(paragraph(say(WORDS, "nothing")))
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
    parts = [context.yearly(key) for key in SECTORS]
    years = sorted(set(parts[0]) & set(parts[1]) & set(parts[2]))
    made: list[Sentence | None] = []
    if years:
        facts = [part[years[-1]] for part in parts]
        values = [wan(fact) for fact in facts]
        total = sum(values)
        shares = [100.0 * value / total for value in values]
        shown = [number_text(share, 1) for share in shares]
        lead = "primary" if shares[0] >= _HIGH_FARMING else "secondary" if shares[1] > shares[2] else "tertiary"
        made.append(
            say(
                WORDS,
                "sectors",
                notes_of(facts),
                year=years[-1],
                primary=shown[0],
                secondary=shown[1],
                tertiary=shown[2],
                lead=WORDS(f"lead.{lead}"),
            )
        )
    row = context.desk.row("gdp_per_head")
    number, rank = latest_of(row), row.in_province
    if number is not None and rank is not None and rank.year == number.year:
        group = same(context.county.province)
        traced = row_notes(row, (rank.year,))
        made.append(
            say(
                WORDS,
                f"per_head.{front(rank.rank, rank.count)}",
                traced,
                value=number,
                year=rank.year,
                group=group,
                count=rank.count,
                rank=place(rank.rank),
            )
        )
    return made


def _industry(context: Context) -> list[Sentence | None]:
    firms = context.yearly("industry_firms_above_scale")
    recent = {year: fact for year, fact in firms.items() if year > max(firms) - _OLDEST} if firms else {}
    made: list[Sentence | None] = []
    if len(recent) >= 2:
        first, last = min(recent), max(recent)
        before = recent[first].value
        change = 100.0 * (recent[last].value / before - 1.0) if before > 0 else 0.0
        made.append(
            say(
                WORDS,
                f"firms.{grade('firms', change)}",
                notes_of((recent[first], recent[last])),
                first=first,
                last=last,
                before=number_text(before),
                now=number_text(recent[last].value),
            )
        )
    share = context.reading("exports_to_gdp")
    if share is not None and share.value is not None:
        value = number_text(share.value, 1) + "%"
        made.append(say(WORDS, "dependence", (context.note(share),), year=share.year, share=value))
    return made


def _growth(context: Context) -> list[Sentence | None]:
    series = context.yearly("gdp")
    made: list[Sentence | None] = []
    found = nominal(context, series, revised=True)
    if found is not None:
        made += _nominal(context, found)
    made.append(_real(context))
    broken = break_between(context, series)
    if broken is not None:
        made.append(say(WORDS, "break", notes_of((series[broken],)), year=broken))
    made.append(_jump(context, series))
    made.append(_share(context))
    return made


def _jump(context: Context, series: Mapping[int, Fact]) -> Sentence | None:
    """Point at the newest step between two years that is too large to be growth."""
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
            return say(WORDS, "jump", notes_of(facts), first=first, last=last, rate=rate, **values)
    return None


def _nominal(context: Context, found: Growth) -> list[Sentence]:
    rate = number_text(abs(found.rate), 1) + "%"
    moved = WORDS("moved.up" if found.rate >= 0 else "moved.down")
    if found.last - found.first == 1:
        made = [say(WORDS, "nominal.one", notes_of(found.facts), last=found.last, moved=moved, rate=rate)]
    else:
        key = "nominal.fall" if found.rate < 0 else f"nominal.{grade('growth', found.rate)}"
        made = [say(WORDS, key, notes_of(found.facts), first=found.first, last=found.last, rate=rate)]
    above = context.above(context.county.prefecture_code, "gdp")
    other = same_period(above, found)
    if other is not None and not context.in_municipality:
        gap = found.rate - other
        key = "level" if abs(gap) < 0.05 else "above" if gap > 0 else "below"
        words = WORDS("gap.level") if key == "level" else WORDS(f"gap.{key}", points=number_text(abs(gap), 1))
        made.append(
            say(
                WORDS,
                "nominal.prefecture",
                notes_of((above[found.first], above[found.last])),
                place=same(context.county.prefecture),
                rate=number_text(other, 1) + "%",
                gap=words,
            )
        )
    return made


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
    own, above = context.yearly("gdp"), context.above(context.county.prefecture_code, "gdp")
    years = [y for y in own if y in above and own[y].revision == above[y].revision]
    if not years or context.in_municipality:
        return None
    year = max(years)
    share = 100.0 * wan(own[year]) / wan(above[year])
    place_name = same(context.county.prefecture)
    return say(
        WORDS,
        f"share.{grade('share', share)}",
        notes_of((own[year], above[year])),
        year=year,
        place=place_name,
        share=number_text(share, 1) + "%",
    )


def _figure(context: Context) -> Figure | None:
    parts = [context.yearly(key) for key in SECTORS]
    years = sorted(set(parts[0]) & set(parts[1]) & set(parts[2]))
    years = [year for year in years if year > years[-1] - _OLDEST]
    if len(years) < 3:
        return None
    names = [WORDS(key.removeprefix("gdp_")) for key in SECTORS]
    series = tuple(ChartSeries(n, tuple(wan(part[y]) for y in years)) for n, part in zip(names, parts, strict=True))
    top = max(wan(part[years[-1]]) for part in parts) * 1e-4
    chart = Chart("stacked", tuple(same(str(y)) for y in years), series, MONEY_WAN, 0 if top >= 100 else 1)
    facts = [part[year] for part in parts for year in years]
    return chart_figure.figure(
        "sectors", WORDS("figure", county=context.short), chart, WORDS("figure.source"), notes_of(facts)
    )
