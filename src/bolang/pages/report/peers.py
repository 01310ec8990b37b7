"""Peers: five units like this one, with the same fiscal rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bolang.atlas.model import County
from bolang.diagnosis.desk import SISTER_KEYS, UNITS, Desk, DeskCell, DeskKey, desk_of
from bolang.diagnosis.peers import PEER_GROUPS
from bolang.document.marks import said_once
from bolang.document.model import Block, Cell, Column, Row, Section, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, cell_number
from bolang.pages.report.say import filled, listed, paragraph, say
from bolang.wording import load

WORDS = load("report_peers")
MOST = 5
_LEAST, _MOST_SISTERS = 2, 24
_NEARLY = 0.7
KEYS: tuple[DeskKey, ...] = (
    "gdp",
    "population",
    "fiscal_revenue",
    "self_sufficiency",
    "household_deposits",
    "debt_balance",
)


def peers(context: Context) -> Section:
    """Build the chapter."""
    chosen = _chosen(context)
    if not chosen:
        return Section("peers", WORDS("title"), ())
    desks = [context.desk, *chosen]
    blocks: list[Block] = [*filled(paragraph(_ends(desks))), _table(context, desks)]
    return Section("peers", WORDS("title"), tuple(blocks))


def _chosen(context: Context) -> list[Desk]:
    """Return the desks of all peers that the user named, or of the nearest ones, those first whose budget is known."""
    found = (desk_of(peer.county, alone=True) for peer in context.diagnosis.peers)
    if _named(context):
        return list(found)
    known: list[Desk] = []
    unknown: list[Desk] = []
    for desk in found:
        (known if desk.row("fiscal_revenue").cells else unknown).append(desk)
        if len(known) == MOST:
            break
    return [*known, *unknown][:MOST]


def _named(context: Context) -> bool:
    return context.diagnosis.peer_group not in PEER_GROUPS


def _by_what(context: Context, chosen: Sequence[Desk]) -> Text:
    """Say how the peers were chosen, below their table."""
    group = context.diagnosis.peer_group
    if _named(context):
        return WORDS("chosen.named", count=len(chosen))
    if group != "similar":
        return WORDS("chosen.group", group=WORDS(f"group.{group}"))
    budgets = all(desk.row("fiscal_revenue").cells for desk in chosen)
    return WORDS("chosen" if budgets else "chosen.any")


def _ends(desks: Sequence[Desk]) -> Sentence | None:
    """Say in what the county comes first and in what last among its peers."""
    ends: dict[str, list[Text]] = {"first": [], "last": []}
    for key in KEYS:
        place_there = _place(desks, key)
        if place_there is not None:
            ends[place_there].append(WORDS(f"end.{key}"))
    first, last = listed(ends["first"]), listed(ends["last"])
    if ends["first"] and ends["last"]:
        return say(WORDS, "ends.both", first=first, last=last)
    if ends["first"]:
        return say(WORDS, "ends.first", items=first)
    return say(WORDS, "ends.last", items=last) if ends["last"] else None


def _place(desks: Sequence[Desk], key: DeskKey) -> str | None:
    """Return whether the county is first or last in its newest year that nearly all peers have; None between, or in a tie."""
    own = desks[0].row(key)
    for cell in reversed(own.cells):
        others = [found.value for desk in desks[1:] if (found := desk.row(key).of(cell.year)) is not None]
        if len(others) >= min(MOST, len(desks) - 1) - 1 and others:
            above, below = (all(sign * (cell.value - value) > 0 for value in others) for sign in (1, -1))
            return "first" if above else "last" if below else None
    return None


def _table(context: Context, desks: Sequence[Desk]) -> Table:
    lines = [
        UnitLine(desk.county, {key: desk.row(key).cells for key in KEYS}, strong=desk is context.desk) for desk in desks
    ]
    table = unit_table("peers", WORDS("table", county=context.short), lines, KEYS)
    return replace(table, source=join((_by_what(context, desks[1:]), table.source), "；", "; "))


def sister_table(context: Context) -> Table | None:
    """Set the county beside the units of its prefecture; None where too few have figures."""
    lines = [
        UnitLine(
            sister.county,
            {key: (sister.cells[key],) for key in SISTER_KEYS if key in sister.cells},
            strong=sister.county.code == context.county.code,
        )
        for sister in context.desk.sisters
    ]
    known = [line for line in lines if line.strong or len(line.cells) >= _LEAST]
    if len(known) < _LEAST:
        return None
    caption = WORDS("sisters", prefecture=same(context.county.prefecture))
    return unit_table("sisters", caption, known[:_MOST_SISTERS], SISTER_KEYS)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a table of units: its figures by row of the desk table."""

    county: County
    cells: Mapping[DeskKey, Sequence[DeskCell]]
    strong: bool = False


def unit_table(key: str, caption: Text, lines: Sequence[UnitLine], keys: Sequence[DeskKey]) -> Table:
    """Build a table of units; the head names the year that most have, a figure of another year names its own."""
    years = {row: _common_year(lines, row) for row in keys}
    shown = [row for row in keys if years[row] and sum(bool(line.cells.get(row)) for line in lines) >= _LEAST]
    columns = (
        Column(WORDS("head"), "left"),
        *(
            Column(
                WORDS("same_year", name=WORDS(f"column.{row}"), unit=WORDS(f"unit.{row}"), year=years[row] or 0),
            )
            for row in shown
        ),
    )
    rows = tuple(
        Row(
            (same(line.county.name), *(_cell(line, row, years[row] or 0) for row in shown)),
            strong=line.strong,
            key=line.county.code,
        )
        for line in lines
    )
    return said_once(Table(key, caption, columns, rows, WORDS("source")))


def _common_year(lines: Sequence[UnitLine], key: DeskKey) -> int | None:
    """Return the newest year that most of the units have."""
    counts = Counter(cell.year for line in lines for cell in line.cells.get(key, ()))
    most = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if count >= _NEARLY * most), default=None)


def _cell(line: UnitLine, key: DeskKey, year: int) -> Cell:
    cells = line.cells.get(key, ())
    cell = next((cell for cell in cells if cell.year == year), None)
    if cell is not None:
        return cell_number(cell, UNITS[key])
    if not cells:
        return BLANK
    return replace(cell_number(cells[-1], UNITS[key]), dated=True)
