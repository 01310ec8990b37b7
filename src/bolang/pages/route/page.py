"""The ways for goods between two places: the best, the second best with their legs, what the ranges of the rates mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bolang.document.model import Block, Cell, Column, Document, Figure, Number, Row, Section, Table
from bolang.foundation.text import Lang, Text, join, same
from bolang.foundation.units import NONE, Unit, number_text, unit_of
from bolang.pages.route.sentences import carriers_text, means_text, stop_text, weakness_text
from bolang.pages.short import page_of, said
from bolang.space.route import Route, Stop
from bolang.space.routing import Routes
from bolang.space.spread import Spread
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from bolang.space.system import TransportSystem

WORDS = load("route")
MOST_OTHERS = 6
DAYS_FROM = 48.0
"""Hours from which a way is told in days."""


def route_page(system: TransportSystem, found: Routes, spreads: Sequence[Spread], day: date | None = None) -> Document:
    """Write the ways between two places.

    Parameters
    ----------
    system : TransportSystem
        In which they were found, for the map.
    found : Routes
    spreads : sequence of Spread
        What the ranges of the parameters mean, a way each.
    day : date, optional
    """
    best, second = found.best, found.second
    answer = [WORDS("answer", way=_way(best), cost=_money(best, best.cost, unit=True), time=_time(best.hours))]
    if second is None:
        answer.append(WORDS("no.second"))
    else:
        answer.append(WORDS("answer.second", way=_way(second), cost=_money(best, second.cost, unit=True)))
    front: list[Block] = [said(*answer, role="answer"), _summary(found, spreads)]
    front += [_legs(key, route) for key, route in (("best", best), ("second", second)) if route is not None]
    front += [said(text, role="small") for text in (WORDS("total"), *map(weakness_text, found.notes))]
    ends = {"origin": best.origin.name, "destination": best.destination.name}

    def draw(lang: Lang) -> Drawing:
        from bolang.figures.route_map import draw_route_map

        return draw_route_map(system, found, lang, means_text)

    picture = Figure("map", WORDS("map.caption", **ends), WORDS("map.alt", **ends), WORDS("map.source"), draw)
    sections = (Section("map", WORDS("map.title"), (picture,), numbered=False),)
    return page_of(WORDS("title", **ends), front, sections, day=day)


def _unit(route: Route) -> Unit:
    return unit_of(WORDS(f"unit.{route.cargo}"))


def _money(
    route: Route, value: float, *, unit: bool = False, low: float | None = None, high: float | None = None
) -> Number:
    return Number(value, 0, _unit(route) if unit else NONE, None, "estimated", WORDS("source"), low=low, high=high)


def _time(hours: float) -> Text:
    return (
        WORDS("days", number=number_text(hours / 24, 1))
        if hours >= DAYS_FROM
        else WORDS("hours", number=number_text(hours, 1))
    )


def _way(route: Route) -> Text:
    """Name the means, and the ports and crossings on the way; of a way by road a town near its middle."""
    passed = route.gateways or ((route.via,) if route.via else ())
    return join([carriers_text(route.carriers), *passed], "，", ", ")


def _summary(found: Routes, spreads: Sequence[Spread]) -> Table:
    money = {"unit": _unit(found.best).name}
    columns = (
        Column(WORDS("column.number")),
        Column(WORDS("column.way"), "left"),
        Column(WORDS("column.km")),
        Column(WORDS("column.time")),
        Column(WORDS("column.paid", **money)),
        Column(WORDS("column.total", **money)),
        Column(WORDS("column.cheapest")),
    )
    rows = tuple(
        Row(_summary_cells(number, route, spread), key=str(number))
        for number, (route, spread) in enumerate(zip(found.routes[:MOST_OTHERS], spreads, strict=False), 1)
    )
    return Table("ways", WORDS("ways.caption"), columns, rows, WORDS("source"))


def _summary_cells(number: int, route: Route, spread: Spread) -> tuple[Cell, ...]:
    low, high = spread.cost
    return (
        same(str(number)),
        _way(route),
        _plain(route.km),
        _time(route.hours),
        _plain(route.money),
        _plain(route.cost, low=low, high=high),
        _plain(100 * spread.cheapest),
    )


def _plain(value: float, low: float | None = None, high: float | None = None) -> Number:
    """Return an estimate for a table that says as a whole that its figures are estimates."""
    return Number(value, 0, NONE, None, "derived", WORDS("source"), low=low, high=high)


def _legs(key: str, route: Route) -> Table:
    columns = (
        Column(WORDS("column.means"), "left"),
        Column(WORDS("column.leg"), "left"),
        Column(WORDS("column.km")),
        Column(WORDS("column.time")),
        Column(WORDS("column.paid", unit=_unit(route).name)),
    )
    rows = [
        Row(
            (means_text(leg.means), _stretch(leg.start, leg.end), _km(leg.km), _time(leg.hours), _plain(leg.money)),
            key=str(number),
        )
        for number, leg in enumerate(route.legs, 1)
    ]
    rows.append(Row((WORDS(f"ends.{route.cargo}"), same(""), same(""), same(""), _plain(route.ends_money)), key="ends"))
    caption = WORDS(f"caption.{key}", way=_way(route))
    return Table(f"legs-{key}", caption, columns, tuple(rows), WORDS("source"))


def _stretch(start: Stop, end: Stop) -> Text:
    return stop_text(end) if start == end else join([stop_text(start), stop_text(end)], " → ", " → ")


def _km(value: float) -> Cell:
    return same("") if value == 0 else Number(value, 0, NONE, None, "derived", WORDS("source"))
