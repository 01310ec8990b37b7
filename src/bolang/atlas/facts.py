"""Figures with everything needed to trace them, from tables, ledgers and the user's workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

from bolang.atlas import store
from bolang.atlas.catalogue import CatalogueEntry, source_terms, source_titles, unit_text
from bolang.atlas.model import Fact, Revision, Status
from bolang.atlas.overlay import LedgerFigure, figures_by_county
from bolang.atlas.provenance import Provenance, Step
from bolang.foundation.names import Names
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text

if TYPE_CHECKING:
    import polars as pl

LEDGERS = ("report_2025", "yiwu_series")
REVISED_FROM = 2024
"""First year that is published on the base of the fifth economic census (reference year 2023)."""
OUTPUT_BASES = (2018, REVISED_FROM)
"""First years on the base of the fourth and the fifth economic census: output is compared only between two of them."""

FLAGS: Mapping[str, Text] = Names("bolang.atlas", "flags")
"""What the flags of the tables mean."""

_SCALED = re.compile(r"([\d.,]+) (\S+) × ([\d.]+)")

ESTIMATES: Mapping[str, Text] = Names("bolang.atlas", "estimates")
"""What the methods of estimated GDP are."""


@dataclass(frozen=True, slots=True)
class Trail:
    """A fact, the table (and column) that holds it, and the terms under which it is carried."""

    fact: Fact
    place: str
    terms: Text


def table_trails(entry: CatalogueEntry, code: str) -> Iterator[Trail]:
    """Yield the facts of a unit in a wide table, one a year."""
    for row in _rows_of(entry.table, code):
        value = row.get(entry.column)
        if value is not None:
            keys = _source_keys(entry, row)
            fact = _table_fact(entry, code, row, float(value), keys)
            yield Trail(fact, f"{entry.table}.{entry.column}", join([source_terms()[key] for key in keys], "；", "; "))


def _rows_of(table: str, code: str) -> list[dict[str, Any]]:
    start, length = _spans(table).get(code, (0, 0))
    return list(store.load(table).slice(start, length).iter_rows(named=True))


@cache
def _spans(table: str) -> dict[str, tuple[int, int]]:
    """Return where the rows of each unit begin and how many there are; tables are stored in the order of codes."""
    runs = store.load(table)["code"].rle().struct.unnest()
    ends = runs["len"].cum_sum()
    return dict(zip(runs["value"], zip(ends - runs["len"], runs["len"], strict=True), strict=True))


def _table_fact(entry: CatalogueEntry, code: str, row: dict[str, Any], value: float, keys: Sequence[str]) -> Fact:
    titles = [source_titles()[key] for key in keys]
    year = int(row["year"]) if "year" in row else entry.years[0]
    status = cast(Status, row.get("status", entry.status) if entry.table == "gdp" else entry.status)
    estimate = ESTIMATES.get(row.get("method") or "") if status == "estimated" else None
    return Fact(
        code=code,
        indicator=entry.name,
        label=entry.label,
        value=value,
        unit=entry.unit,
        year=year,
        period="year",
        status=status,
        provenance=Provenance(
            join(titles, "；", "; "),
            estimate or entry.method,
            tuple(_steps(entry, code, row, year)),
            _definition(entry, row),
        ),
        stage=row.get("stage") or "",
        revision=revision_of(entry.name, year, row.get("source") or ""),
    )


def revision_of(indicator: str, year: int, source: str = "") -> Revision:
    """Say on which side of the latest economic-census revision a figure of output stands.

    The fifth economic census revised GDP of 2018 to 2023. Yearbooks printed before 2025 hold the figures as they were; figures of 2024
    and later stand on the revised base.
    """
    if not indicator.startswith("gdp") or indicator.endswith("growth"):
        return ""
    return "after" if year >= REVISED_FROM else "before"


def _source_keys(entry: CatalogueEntry, row: dict[str, Any]) -> Sequence[str]:
    """Return the source of a row, or of its year, or else all sources of the table."""
    if entry.source_column:
        return (row[entry.source_column],)
    dated = [key for key in entry.sources if "year" in row and key.endswith(str(row["year"]))]
    return dated or entry.sources


def _definition(entry: CatalogueEntry, row: dict[str, Any]) -> Text:
    item = row.get(f"{entry.column}_item")
    return Step("item", {"item": same(item)}).text if item else entry.note


def _steps(entry: CatalogueEntry, code: str, row: dict[str, Any], year: int) -> Iterator[Step]:
    if entry.role == "derived":
        yield Step("derived")
    for flag in filter(None, (row.get("flag") or "").split(";")):
        yield Step.quoted(FLAGS[flag])
    if row.get("status") == "estimated" and row.get("gdp_low") is not None:
        bounds = {"low": row["gdp_low"] / row["gdp"], "high": row["gdp_high"] / row["gdp"]}
        yield Step("tested", {name: same(number_text(bound, 2)) for name, bound in bounds.items()})
    if "2010" in entry.sources[0] and year == 2010:
        yield from _merged(code)
    yield from _repaired(entry, code, year)


def _merged(code: str) -> Iterator[Step]:
    row = _rows_of("continuity", code)[0]
    parts = row["rows_2010"]
    if len(parts) > 1:
        yield Step("merged", {"parts": join(map(same, parts), "、", ", ")})
    elif row["status"] == "recoded":
        yield Step("recoded", {"code": same(parts[0])})


@cache
def _repairs() -> dict[tuple[str, int, str], tuple[float, float]]:
    rows = store.load("census_repairs").select("code", "year", "column", "printed", "corrected").iter_rows()
    return {(code, year, column): (printed, corrected) for code, year, column, printed, corrected in rows}


def _repaired(entry: CatalogueEntry, code: str, year: int) -> Iterator[Step]:
    if entry.table not in ("census", "employment", "occupation"):
        return
    origins = _rows_of("continuity", code)[0]["rows_2010"] if year == 2010 else [code]
    for origin in origins:
        if (origin, year, entry.column) in _repairs():
            printed, corrected = _repairs()[origin, year, entry.column]
            key = "repaired.dash" if printed < 0 else "repaired.sums"
            yield Step(key, {"printed": same(f"{printed:g}"), "corrected": same(f"{corrected:g}")})


@cache
def _ledger(table: str) -> dict[tuple[str, str], list[LedgerFigure]]:
    return figures_by_county(store.load(table))


def _all_ledgers() -> Iterator[tuple[str, str, list[LedgerFigure]]]:
    for table in LEDGERS:
        for (code, indicator), figures in _ledger(table).items():
            yield code, indicator, figures


@cache
def _phrases() -> dict[str, str]:
    return dict(store.load("phrases").iter_rows())


def ledger_indicators(code: str) -> tuple[str, ...]:
    """Return the indicators for which a place has figures in a ledger."""
    return tuple(dict.fromkeys(indicator for own, indicator, _ in _all_ledgers() if own == code))


def ledger_years(indicator: str) -> set[int]:
    """Return the years for which any place has a full-year figure of an indicator in a ledger."""
    figures = (f for _, name, listed in _all_ledgers() if name == indicator for f in listed)
    return {figure.year for figure in figures if figure.period == "year"}


def ledger_column(indicator: str, year: int) -> dict[str, float]:
    """Return the full-year figures of a ledger indicator by code, the first of several."""
    found: dict[str, float] = {}
    for code, name, figures in _all_ledgers():
        for figure in figures if name == indicator else ():
            if figure.year == year and figure.period == "year":
                found.setdefault(code, figure.value)
    return found


def ledger_trails(indicator: str, label: Text, code: str) -> Iterator[Trail]:
    """Yield the built-in figures that came one by one, conflicting ones included."""
    for table in LEDGERS:
        for figure in _ledger(table).get((code, indicator), ()):
            yield Trail(figure_fact(figure, label, "built-in"), table, _terms_of(table))


def _terms_of(table: str) -> Text:
    import polars as pl

    own = (pl.col("table") == table) & (pl.col("column") == "value")
    return Text(*store.load("catalogue_columns").filter(own).select("licence", "licence_en").row(0))


def figure_fact(figure: LedgerFigure, label: Text, origin: Literal["built-in", "workspace"]) -> Fact:
    """Return the fact of a figure; what the user wrote stays as he wrote it, built-in phrases have their English."""

    def both(text: str) -> Text:
        return Text(text, _phrases().get(text, text)) if origin == "built-in" else same(text)

    return Fact(
        code=figure.code,
        indicator=figure.indicator,
        label=label,
        value=figure.value,
        unit=figure.unit,
        year=figure.year,
        period=figure.period,
        status=cast(Status, figure.status),
        provenance=Provenance(
            both(figure.source),
            both(figure.method),
            tuple(Step.read(step) or _scaled(step) or Step.quoted(both(step)) for step in figure.steps),
            both(figure.definition),
        ),
        origin=origin,
        revision=revision_of(figure.indicator, figure.year),
    )


def _scaled(text: str) -> Step | None:
    """Return the step that turned a figure into another unit, None where the words are no such step."""
    found = _SCALED.fullmatch(text)
    if found is None:
        return None
    return Step("scaled", {"value": same(found[1]), "unit": unit_text(found[2]), "factor": same(found[3])})


def table_column(entry: CatalogueEntry, year: int, *, estimated: bool) -> pl.DataFrame:
    """Return code and value of a wide table in a year, estimates only if asked for."""
    import polars as pl

    frame = _of_year(entry.table, year, entry.table == "gdp" and not estimated)
    # Columns are taken as they are: a query for each of hundreds of them would take longer than all else.
    return pl.DataFrame([frame["code"], frame[entry.column].cast(pl.Float64).alias("value")])


@lru_cache(maxsize=256)
def _of_year(table: str, year: int, measured: bool) -> pl.DataFrame:
    """Return the rows of a shipped table that belong to a year, only measured ones if asked for."""
    import polars as pl

    frame = store.load(table)
    if "year" in frame.columns:
        frame = frame.filter(pl.col("year") == year)
    return frame.filter(pl.col("status") == "measured") if measured else frame
