"""All indicators and all facts of the county, for the workbook: each with unit, year, status and source."""

from __future__ import annotations

from bolang.atlas.catalogue import unit_text
from bolang.atlas.model import Fact
from bolang.diagnosis.result import Reading
from bolang.document.model import STATUS_TEXT, Cell, Column, Number, NumberStatus, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import Unit
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK
from bolang.pages.report.source_names import source_name
from bolang.wording import load

WORDS = load("report_annex")
_OLDEST = 2000


def annex(context: Context) -> tuple[Table, ...]:
    """Return the two tables."""
    return (_readings(context), _facts(context))


def _readings(context: Context) -> Table:
    heads = ("indicator", "value", "unit", "year", "rank", "count", "status", "origin")
    rows = tuple(_reading(reading) for reading in context.readings.values() if reading.value is not None)
    columns = tuple(
        Column(WORDS(head), "left" if head in {"indicator", "unit", "status", "origin"} else "right") for head in heads
    )
    return Table("all-readings", WORDS("readings"), columns, rows, WORDS("source"))


def _reading(reading: Reading) -> Row:
    nation = reading.standing.get("nation")
    unit = reading.unit if reading.unit.zh else WORDS("ratio")
    status: NumberStatus = "estimated" if reading.status == "estimated" else "derived"
    cells: tuple[Cell, ...] = (
        reading.label,
        Number(
            reading.value,
            reading.digits,
            Unit(unit),
            reading.year,
            status,
            source_name(reading.source),
            reading.low,
            reading.high,
        ),
        unit,
        same(str(reading.year)),
        BLANK if nation is None else same(str(nation.rank)),
        BLANK if nation is None else same(str(nation.count)),
        STATUS_TEXT[status],
        source_name(reading.source),
    )
    return Row(cells, key=reading.key)


def _facts(context: Context) -> Table:
    heads = ("indicator", "value", "unit", "year", "status", "origin")
    columns = tuple(Column(WORDS(head), "left" if head not in {"value", "year"} else "right") for head in heads)
    found = [fact for name in _names(context) for fact in context.facts(name) if fact.year >= _OLDEST]
    return Table("all-facts", WORDS("facts"), columns, tuple(_fact(fact) for fact in found), WORDS("facts.source"))


def _names(context: Context) -> tuple[str, ...]:
    own = () if context.atlas.workspace is None else context.atlas.workspace.indicators(context.county.code)
    return tuple(dict.fromkeys((*context.atlas.entries.names(), *own)))


def _fact(fact: Fact) -> Row:
    unit = unit_text(fact.unit) if fact.unit else WORDS("ratio")
    digits = next((d for d in range(4) if round(fact.value, d) == fact.value), 4)
    when = str(fact.year) if fact.period == "year" else f"{fact.year} {fact.period}"
    number = Number(fact.value, digits, Unit(unit), fact.year, fact.status, fact.provenance.source, stage=fact.stage)
    mark: Text = STATUS_TEXT[fact.status]
    return Row((fact.label, number, unit, same(when), mark, fact.provenance.source), key=fact.indicator)
